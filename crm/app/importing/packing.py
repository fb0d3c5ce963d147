"""Frozen values as bytes and back, so that they can wait out of memory: JSON of their fields, in order."""

import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any

_Read = Callable[[Any], Any]


def pack(value: object) -> bytes:
    """Return a frozen value, or a tuple of them, as bytes."""
    return _write(value).encode("utf-8", "surrogatepass")


def unpack(hint: Any, data: bytes) -> Any:
    """Return the value of this type that was packed."""
    value = _parse(data.decode("utf-8", "surrogatepass"))
    read = _reader(hint)
    return value if read is None else read(value)


_parse = json.JSONDecoder().decode


def _plain(value: Any) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, frozenset) else _fields(value.__class__)(value)


_write = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_plain
).encode


@cache
def _fields(kind: Any) -> Callable[[Any], object]:
    return attrgetter(*(field.name for field in fields(kind)))


@cache
def _reader(hint: Any) -> _Read | None:
    """Return what makes a value of a type from its JSON; None when JSON has that type itself."""
    origin, within = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _optional(next(one for one in within if one is not types.NoneType))
    if origin in (tuple, frozenset):
        return _several(origin, within[0])
    hint = getattr(hint, "__supertype__", hint)
    if hint in (str, int, bool, float):
        return None
    if issubclass(hint, date):
        return date.fromisoformat
    if issubclass(hint, Enum):
        return {one.value: one for one in hint}.__getitem__
    return _made(hint)


def _optional(hint: Any) -> _Read | None:
    read = _reader(hint)
    return None if read is None else lambda value: None if value is None else read(value)


def _several(kind: Any, hint: Any) -> _Read:
    """Return what makes a tuple or a set of values of one type."""
    read = _reader(hint)
    return kind if read is None else lambda values: kind([read(one) for one in values])


def _made(kind: Any) -> _Read:
    hints = typing.get_type_hints(kind)
    readers = [(place, _reader(hints[field.name])) for place, field in enumerate(fields(kind))]
    needed = [(place, read) for place, read in readers if read is not None]

    def make(values: list[Any]) -> Any:
        for place, read in needed:
            values[place] = read(values[place])
        return kind(*values)

    return make
