"""Properties as they go out, and content lines of them: lawful heads, folded at 75 octets, nothing injected."""

import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from crm.domain.folding import clean
from crm.formats.vcard.heads import Params

MOST_OCTETS = 75
CRLF = b"\r\n"
_NO_NAME = re.compile("[^A-Za-z0-9-]")
_QUOTED = '(?:"[^"]*"|[^";:,]*)'
_LAWFUL = re.compile(
    rf"(?:[A-Za-z0-9-]+\.)?[A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9-]+={_QUOTED}(?:,{_QUOTED})*)*"
)
_MAGIC = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG", "png"), (b"GIF8", "gif"))
_IN_3 = frozenset({"MEDIATYPE", "VALUE"})  # of binary content: 3.0 has it in TYPE, 4.0 in the data: URI
_IN_4 = _IN_3 | {"TYPE"}

Blobs = Callable[[str], bytes | None]
"""Finds binary content by its address."""


@dataclass(frozen=True, slots=True)
class Written:
    """A property to write. `value` is escaped; `head` is the whole head as it came, '' to make it from the rest."""

    name: str
    value: str = ""
    group: str = ""
    params: Params = ()
    blob: str = ""
    head: str = ""


def content_line(one: Written, version: str, blobs: Blobs) -> bytes:
    """Return a property's folded line; nothing when its binary content is gone."""
    if one.blob:
        data = blobs(one.blob)
        return b"" if data is None else folded(_binary(one, version, data))
    head = one.head if one.head and is_lawful(one.head) else _head(one, one.params, version)
    return folded(f"{head}:{_one_line(one.value)}")


def folded(line: str) -> bytes:
    """Return a line and its end, folded at 75 octets, between characters."""
    data = line.encode("utf-8", "replace")
    if len(data) <= MOST_OCTETS:
        return data + CRLF
    parts = []
    start, room = 0, MOST_OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(data[start:end])
        start, room = end, MOST_OCTETS - 1
    parts.append(data[start:])
    return b"\r\n ".join(parts) + CRLF


@lru_cache(maxsize=4096)
def is_lawful(head: str) -> bool:
    """Say whether any reader understands a head: no bare types, no strange characters in names."""
    return _LAWFUL.fullmatch(head) is not None


def _head(one: Written, params: Params, version: str) -> str:
    name = _NO_NAME.sub("-", one.name)
    parts = [f"{_NO_NAME.sub('-', one.group)}.{name}" if one.group else name]
    for key, values in params:
        said = ",".join(_param_value(value, version) for value in values)
        if key:
            parts.append(f"{_NO_NAME.sub('-', key)}={said}")
    return ";".join(parts)


def _param_value(text: str, version: str) -> str:
    """Return a parameter's value; RFC 6868 is for 4.0, before it a quote had no way to be said."""
    text = clean(text).replace("\r", "")
    if version == "4.0":
        text = text.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    else:
        text = text.replace("\n", " ").replace('"', "'")
    return f'"{text}"' if set(text) & set(",;:") else text


def _binary(one: Written, version: str, data: bytes) -> str:
    said = {key: values[0] for key, values in one.params if values}
    kind = said.get("MEDIATYPE", "").rpartition("/")[2].lower() or next(
        (name for magic, name in _MAGIC if data.startswith(magic)), ""
    )
    encoded = binascii.b2a_base64(data, newline=False).decode("ascii")
    if version == "4.0":
        family = {"PHOTO": "image", "LOGO": "image", "SOUND": "audio"}.get(one.name.upper(), "application")
        media = said.get("MEDIATYPE") or f"{family}/{kind or said.get('TYPE', 'octet-stream').lower()}"
        params = tuple(param for param in one.params if param[0] not in _IN_4)
        return f"{_head(one, params, version)}:data:{_NO_MEDIA.sub('', media)};base64,{encoded}"
    params = tuple(param for param in one.params if param[0] not in _IN_3)
    if kind and not any(key == "TYPE" for key, _ in params):
        params = (*params, ("TYPE", (kind.upper(),)))
    return f"{_head(one, (('ENCODING', ('b',)), *params), version)}:{encoded}"


_NO_MEDIA = re.compile("[^A-Za-z0-9/.+-]")


def _one_line(value: str) -> str:
    """Return a value that can't end its line, whatever it holds."""
    if value.isprintable():
        return value
    return clean(value).replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")
