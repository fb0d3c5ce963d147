"""Message templates as files: TOML that a user may edit, checked before anything is written from it."""

import tomllib
from collections.abc import Mapping
from typing import Any

from crm.domain.interview import Format
from crm.domain.message import FIELDS, Asked, MessageTemplate, Tone
from crm.domain.placeholders import fields
from crm.domain.touch import TouchKind
from crm.errors import ErrorCode, KeepwarmError

MOST_WORDS = 200
MOST_BODY = 10_000
_KEYS = frozenset({"title", "kind", "ask", "tone", "questions"})
_TONE_KEYS = frozenset({"key", "title", "subject", "body"})
_ASK_KEYS = frozenset({"field", "question"})


class _Wrong(Exception):
    """What is wrong with a file, where."""


def read(text: str, name: str, path: str) -> MessageTemplate:
    """Read a template. Raises `KeepwarmError` (MESSAGE_INVALID) with the place and the problem."""
    try:
        return _template(tomllib.loads(text), name)
    except (tomllib.TOMLDecodeError, _Wrong) as error:
        raise KeepwarmError(ErrorCode.MESSAGE_INVALID, path=path, where=str(error)) from error


def _template(data: Mapping[str, Any], name: str) -> MessageTemplate:
    _known(data, _KEYS)
    tones = tuple(_tone(one) for one in _tables(data, "tone"))
    if not tones or len({tone.key for tone in tones}) < len(tones):
        raise _Wrong("tone")
    kind = data.get("kind")
    if kind not in set(TouchKind):
        raise _Wrong("kind")
    return MessageTemplate(
        name,
        _words(data, "title"),
        TouchKind(kind),
        tones,
        tuple(_asked(one) for one in _tables(data, "ask")),
        _questions(data.get("questions", {})),
    )


def _known(data: Mapping[str, Any], keys: frozenset[str]) -> None:
    """A misspelled key would be left out without a word."""
    for key in data:
        if key not in keys:
            raise _Wrong(key)


def _tone(data: Mapping[str, Any]) -> Tone:
    _known(data, _TONE_KEYS)
    body = data.get("body")
    if (
        not isinstance(body, str)
        or not 0 < len(body) <= MOST_BODY
        or not set(FIELDS).issuperset(fields(body))
    ):
        raise _Wrong("tone: body")
    return Tone(_words(data, "key"), _words(data, "title"), _words(data, "subject"), body)


def _asked(data: Mapping[str, Any]) -> Asked:
    _known(data, _ASK_KEYS)
    field = _words(data, "field")
    if field not in FIELDS:
        raise _Wrong(f"ask: {field}")
    return Asked(field, _words(data, "question"))


def _questions(data: Any) -> tuple[tuple[Format | None, tuple[str, ...]], ...]:
    if not isinstance(data, dict):
        raise _Wrong("questions")
    found = []
    for key, several in data.items():
        good = isinstance(several, list) and all(
            isinstance(one, str) and one.isprintable() for one in several
        )
        if not good or (key != "any" and key not in set(Format)):
            raise _Wrong(f"questions: {key}")
        found.append((None if key == "any" else Format(key), tuple(several)))
    return tuple(found)


def _tables(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _Wrong(key)
    return found


def _words(data: Mapping[str, Any], key: str) -> str:
    found = data.get(key)
    good = isinstance(found, str) and 0 < len(found) <= MOST_WORDS and found.isprintable()
    if not good or not set(FIELDS).issuperset(fields(str(found))):
        raise _Wrong(key)
    return str(found)
