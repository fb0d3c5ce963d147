"""What stands before a content line's value: group, name and parameters, as vCard 2.1, 3.0 and 4.0 write them."""

import binascii
import re
from dataclasses import dataclass
from enum import Enum, auto

from crm.domain.folding import clean
from crm.formats.vcard.limits import Limits

Params = tuple[tuple[str, tuple[str, ...]], ...]

_LONGEST_NAME = 80
_LONGEST_EXTENSION = 250
_CACHED_HEADS = 4096
_CACHED_LENGTH = 200
_NAME_CHARS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")
_GROUP_CHARS = _NAME_CHARS - frozenset("./")
_AROUND = " \t\ufeff"
_OF_TRANSPORT = frozenset({"ENCODING", "CHARSET"})
_BARE_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_BARE_VALUES = frozenset({"URL", "URI", "CID", "CONTENT-ID"})
_HASHED = frozenset({"TYPE", "ENCODING", "CHARSET", "VALUE"})
_ANDROID_LABEL = re.compile(r"X-CUSTOM\((?:[^,()]*,)*([^,()]*)\)", re.IGNORECASE)
_SCHEMES = frozenset({"HTTP", "HTTPS", "FTP", "MAILTO"})
# Types that say how a value is used, not which of several it is.
NO_LABEL = frozenset(
    {"pref", "internet", "voice", "msg", "x400", "text", "video", "postal", "parcel", "intl", "dom"}
)


# Properties whose content is bytes.
BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})


class Transport(Enum):
    """How a value is wrapped on its way."""

    PLAIN = auto()
    QUOTED = auto()
    BASE64 = auto()
    OVERSIZE = auto()  # dropped: the line was longer than the limit


@dataclass(frozen=True, slots=True)
class Head:
    """A parsed head. `key` is the name to compare with; `name`, `group` and values of `params` are as written.

    `params` come without ENCODING and CHARSET: values leave the reader decoded. `cut`: the limits took some away.
    """

    name: str
    key: str
    group: str = ""
    params: Params = ()
    types: tuple[str, ...] = ()
    preferred: bool = False
    label: str = ""
    transport: Transport = Transport.PLAIN
    charset: str = ""
    value_type: str = ""
    service: str = ""  # that SERVICE-TYPE names, as written
    cut: bool = False
    simple: bool = False  # a short value after it is text as it stands
    written: str = ""  # as it is kept: group, name and parameters as written, without ENCODING and CHARSET

    def param(self, name: str) -> str:
        """Return the first value of a parameter, or ''."""
        for key, values in self.params:
            if key == name and values:
                return values[0]
        return ""


class Heads:
    """Parses heads, each different one once: a file repeats the same few dozen thousands of times."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.plain: dict[str, Head] = {}  # the ones a value follows without further ado
        self._other: dict[str, Head] = {}

    def parse(self, text: str) -> Head | None:
        """Return the head in `text`, or None when this can't be one."""
        known = self.plain.get(text) or self._other.get(text)
        if known is not None:
            return known
        head = _parse(text, self._limits)
        if head is not None and len(text) <= _CACHED_LENGTH and text.count('"') % 2 == 0:
            cache = self.plain if head.transport is Transport.PLAIN and text[:1].strip() else self._other
            if len(cache) >= _CACHED_HEADS:
                cache.clear()
            cache[text] = head
        return head


def head_end(line: str) -> int:
    """Return where the value's colon stands, or -1; colons inside quotes belong to a parameter."""
    colon = line.find(":")
    quote = line.find('"', 0, colon) if colon >= 0 else -1
    if quote < 0:
        return colon
    at = quote
    while True:
        closing = line.find('"', at + 1)
        if closing < 0:
            return colon  # never closed: not a quote after all
        opening = line.find('"', closing + 1)
        after = line.find(":", closing + 1)
        if after < 0:
            return colon
        if opening < 0 or after < opening:
            return after
        at = opening


def looks_like_address(name: str, value: str) -> bool:
    """Say whether "name:value" is rather a web address at the start of a broken line."""
    return value.startswith("//") and name.upper() in _SCHEMES


def _parse(text: str, limits: Limits) -> Head | None:
    tokens = _split_quoted(text, ";") if '"' in text else text.split(";")
    group, name = _group_and_name(tokens[0])
    if not name:
        return None
    cut = len(tokens) - 1 > limits.params
    params: list[tuple[str, tuple[str, ...]]] = []
    for token in tokens[1 : limits.params + 1]:
        if token.strip():
            key, values = _param(token)
            cut = cut or len(values) > limits.values
            params.append((key, values[: limits.values]))
    kept = (token for token in tokens[1:] if token.strip() and _param(token)[0] not in _OF_TRANSPORT)
    return _made(group, name, tuple(params), cut, ";".join((tokens[0].strip(_AROUND), *kept)))


def _group_and_name(text: str) -> tuple[str, str]:
    text = text.strip(_AROUND)
    group, dot, name = text.partition(".")
    if not dot or not group or not _GROUP_CHARS.issuperset(group):
        group, name = "", text
    extension = name[:2].upper() == "X-"
    if (
        not name[:1].isalpha()
        or not name.isascii()
        or len(name) > (_LONGEST_EXTENSION if extension else _LONGEST_NAME)
    ):
        return "", ""
    # Extensions were seen with blanks in their names; without that rule every "word: word" would be a property.
    if not _NAME_CHARS.issuperset(name) and (not extension or '"' in name):
        return "", ""
    return group, name


def _made(group: str, name: str, params: Params, cut: bool, written: str) -> Head:
    encodings = {v.strip().upper() for key, values in params if key == "ENCODING" for v in values}
    transport = Transport.PLAIN
    if "QUOTED-PRINTABLE" in encodings:
        transport = Transport.QUOTED
    elif encodings & {"B", "BASE64"}:
        transport = Transport.BASE64
    said = [v.strip().lower() for key, values in params if key == "TYPE" for v in values]
    types = tuple(dict.fromkeys(part.strip() for v in said for part in v.split(",") if part.strip()))
    pref = [v.strip() for key, values in params if key == "PREF" for v in values]
    key = name.upper().replace("_", "-")
    return Head(
        name=name,
        key=key,
        group=group,
        params=tuple(p for p in params if p[0] not in _OF_TRANSPORT),
        types=types,
        preferred="pref" in types or "1" in pref,
        label=" ".join(t for t in types if t not in NO_LABEL),
        transport=transport,
        charset=next((v.strip() for key, values in params if key == "CHARSET" for v in values), ""),
        value_type=next((v.strip().lower() for key, values in params if key == "VALUE" for v in values), ""),
        service=next((values[0] for key, values in params if key == "SERVICE-TYPE" and values), ""),
        cut=cut,
        simple=transport is Transport.PLAIN and not cut and key not in BINARY,
        written=written,
    )


def _param(token: str) -> tuple[str, tuple[str, ...]]:
    if token[:9].upper() == "X-CUSTOM(" and (found := _ANDROID_LABEL.fullmatch(token)):
        # Android's label of the user's own: X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E6=96=B0)
        label = binascii.a2b_qp(found[1].encode("utf-8", "replace")).decode("utf-8", "replace")
        return "TYPE", (clean(label.strip()),)
    key, equals, value = token.partition("=")
    if not equals and "#" in token and token.partition("#")[0].strip().upper() in _HASHED:
        key, equals, value = token.partition("#")
    name = key.strip().upper()
    if equals:
        values = _split_quoted(value, ",") if '"' in value else value.split(",")
        return name, tuple(_param_value(v) for v in values)
    if name in _BARE_ENCODINGS:
        return "ENCODING", (name,)
    if name in _BARE_VALUES:
        return "VALUE", (name,)
    return "TYPE", (clean(key.strip()),)


def _param_value(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == '"' == text[-1]:
        text = text[1:-1]
    text = clean(text)
    if "^" not in text:
        return text
    # RFC 6868; "^^" first, by way of a character that clean() has just ruled out.
    return text.replace("^^", "\0").replace("^n", "\n").replace("^'", '"').replace("\0", "^")


def _split_quoted(text: str, separator: str) -> list[str]:
    """Split at separators outside quotes; a quote that never closes doesn't count."""
    if text.count('"') % 2:
        return text.split(separator)
    parts = [""]
    for index, piece in enumerate(text.split('"')):
        if index % 2:
            parts[-1] += f'"{piece}"'
        else:
            first, *rest = piece.split(separator)
            parts[-1] += first
            parts.extend(rest)
    return parts
