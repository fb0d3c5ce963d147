"""Plans as files: TOML that a user may edit, checked before anything follows from it."""

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from crm.domain.placeholders import fields
from crm.domain.plan import Per, Playbook, StepTemplate, Subject, Unless
from crm.domain.touch import TouchKind
from crm.errors import ErrorCode, KeepwarmError

MOST_STEPS = 60
MOST_DAYS = 3650
MOST_WORDS = 200
_FIELDS = frozenset({"person", "company", "role", "round"})
_STEP_KEYS = frozenset(
    {"key", "title", "days", "working_days", "per", "alone", "unless", "before_interview", "waits_for"}
    | {"sooner_after", "touch", "write"}
)
_PLAN_KEYS = frozenset({"title", "subject", "step"})

Choice = TypeVar("Choice", bound=StrEnum)


class _Wrong(Exception):
    """What is wrong with a file, where."""


def read(text: str, name: str, path: str) -> Playbook:
    """Read a plan. Raises `KeepwarmError` (PLAN_INVALID) with the place and the problem."""
    try:
        return _playbook(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise KeepwarmError(ErrorCode.PLAN_INVALID, path=path, where=str(error)) from error
    except _Wrong as error:
        raise KeepwarmError(ErrorCode.PLAN_INVALID, path=path, where=str(error)) from error


def _playbook(data: Mapping[str, Any], name: str) -> Playbook:
    _known(data, _PLAN_KEYS, name)
    steps = data.get("step")
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        raise _Wrong("step")
    found = tuple(_step(step, f"step {number}") for number, step in enumerate(steps, start=1))
    keys = [step.key for step in found]
    for step in found:
        if keys.count(step.key) > 1:
            raise _Wrong(f"{step.key}: key")
        _check_order(step, found)
    return Playbook(
        name, _words(data, "title", name), _choice(Subject, data.get("subject"), f"{name}: subject"), found
    )


def _check_order(step: StepTemplate, steps: Iterable[StepTemplate]) -> None:
    """What a step waits for is one step, which waits for nothing itself: a chain could never begin."""
    single = {one.key for one in steps if len(one.days) == 1 and one.per is not Per.INTERVIEWER}
    free = {one.key for one in steps if not one.waits_for}
    if step.waits_for and step.waits_for not in single & free - {step.key}:
        raise _Wrong(f"{step.key}: waits_for")
    if step.sooner_after and step.sooner_after not in single - {step.key}:
        raise _Wrong(f"{step.key}: sooner_after")


def _step(data: Any, place: str) -> StepTemplate:
    if not isinstance(data, dict):
        raise _Wrong(place)
    key = _words(data, "key", place)
    if not key.isidentifier():
        raise _Wrong(f"{place}: key")
    _known(data, _STEP_KEYS, key)
    return StepTemplate(
        key=key,
        title=_words(data, "title", key),
        days=_days(data.get("days", 0), key),
        working_days=_number(data["working_days"], f"{key}: working_days")
        if "working_days" in data
        else None,
        per=_choice(Per, data.get("per", Per.NOBODY), f"{key}: per"),
        alone=_words(data, "alone", key, ""),
        unless=_choice(Unless, data.get("unless", Unless.NEVER), f"{key}: unless"),
        before_interview=data.get("before_interview") is True,
        waits_for=_words(data, "waits_for", key, ""),
        sooner_after=_words(data, "sooner_after", key, ""),
        kinds=tuple(_choice(TouchKind, one, f"{key}: touch") for one in _list(data.get("touch", []), key)),
        purpose=_words(data, "write", key, ""),
    )


def _known(data: Mapping[str, Any], keys: frozenset[str], place: str) -> None:
    """A misspelled key would be left out without a word."""
    for key in data:
        if key not in keys:
            raise _Wrong(f"{place}: {key}")


def _words(data: Mapping[str, Any], key: str, place: str, otherwise: str | None = None) -> str:
    found = data.get(key, otherwise)
    good = isinstance(found, str) and len(found) <= MOST_WORDS and found.isprintable()
    if not good or (otherwise is None and not found) or not _FIELDS.issuperset(fields(found)):
        raise _Wrong(f"{place}: {key}")
    return str(found)


def _days(found: Any, key: str) -> tuple[int, ...]:
    several = found if isinstance(found, list) else [found]
    if not several or len(several) > MOST_STEPS:
        raise _Wrong(f"{key}: days")
    return tuple(_number(one, f"{key}: days") for one in several)


def _number(found: Any, place: str) -> int:
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= MOST_DAYS:
        raise _Wrong(place)
    return found


def _list(found: Any, key: str) -> list[Any]:
    if not isinstance(found, list):
        raise _Wrong(f"{key}: touch")
    return found


def _choice(kind: type[Choice], found: Any, place: str) -> Choice:
    try:
        return kind(found)
    except ValueError as error:
        raise _Wrong(place) from error
