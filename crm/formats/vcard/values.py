"""Values inside a decoded content line: escapes, components, lists, addresses of the web, base64."""

import binascii
import re

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "N": "\n", "\\": "\\", ",": ",", ";": ";", ":": ":"}
_PAIRS = tuple((f"\\{letter}", meant) for letter, meant in _ESCAPED.items() if letter != "\\")
_DRIVE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]:\\(?![,;:nN])|(?<![A-Za-z0-9])[A-Za-z]:\\[nN]\w|^\\\\\w")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_LINK_ESCAPE = re.compile(r"\\([,;:\\])")


def unescape(text: str, *, old: bool = False) -> str:
    """Return a text value as it is meant. `old`: of vCard 2.1, which leaves the backslashes of a path alone."""
    if "\\" not in text:
        return text
    if old and _DRIVE.search(text):
        return text.replace("\\;", ";")
    if "\\\\" not in text:  # then no escape begins inside another
        for written, meant in _PAIRS:
            text = text.replace(written, meant)
        return text
    return _ESCAPE.sub(lambda m: _ESCAPED.get(m[1]) or m[0], text)


def unescape_link(text: str) -> str:
    """Return a URI value as it is meant: only separators were escaped in it."""
    return _LINK_ESCAPE.sub(r"\1", text) if "\\" in text else text


def escape(text: str) -> str:
    """Return `text` as a vCard text value."""
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace(",", "\\,").replace(";", "\\;")


def split(text: str, separator: str) -> list[str]:
    """Split an escaped value at its unescaped separators; the parts stay escaped."""
    parts = text.split(separator)
    if len(parts) == 1 or "\\" not in text:
        return parts
    joined: list[str] = []
    open_parts: list[str] = []
    for part in parts:
        open_parts.append(part)
        if not ends_in_escape(part):
            joined.append(separator.join(open_parts))
            open_parts = []
    if open_parts:
        joined.append(separator.join(open_parts))
    return joined


def ends_in_escape(text: str) -> bool:
    """Say whether the last backslash of `text` escapes what follows."""
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def text_list(text: str, most: int, *, old: bool = False) -> tuple[str, ...]:
    """Return a list value: its parts, without empty ones, at most `most`."""
    if "," not in text:
        one = unescape(text, old=old).strip()
        return (one,) if one else ()
    parts = [unescape(part, old=old).strip() for part in split(text, ",")[:most]]
    return tuple([part for part in parts if part])


def components(text: str, most: int, *, old: bool = False) -> list[str]:
    """Return a structured value's components, unescaped and stripped, at most `most`; commas in them stay."""
    if "\\" not in text:
        return list(map(str.strip, text.split(";")[:most]))
    return [unescape(part, old=old).strip() for part in split(text, ";")[:most]]


def decode_base64(text: str | bytes) -> bytes | None:
    """Return what base64 holds, mending missing padding and stray characters, or None when it is none."""
    try:
        raw = text.encode("ascii") if isinstance(text, str) else text
    except UnicodeEncodeError:
        return None
    raw = raw.translate(None, b" \t\r\n")
    bare = _NO_BASE64.sub(b"", raw)
    if not bare or len(bare) * 4 < len(raw) * 3:
        return None
    if len(bare) % 4 == 1:
        bare = bare[:-1]
    try:
        return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4)) or None
    except binascii.Error:
        return None


def decode_data_uri(text: str) -> tuple[str, bytes] | None:
    """Return media type and content of a `data:` URI in base64, or None."""
    head, comma, body = text.partition(",")
    head = head.replace("\\", "").strip()
    if not comma or "base64" not in head.lower():
        return None
    content = decode_base64(body)
    return None if content is None else (head[5:].partition(";")[0].strip().lower(), content)
