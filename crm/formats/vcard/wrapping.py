"""A property's value out of its wrapping: quoted-printable, base64, `data:` URIs, character sets."""

import binascii
from dataclasses import dataclass

from crm.domain.card import ProblemCode
from crm.domain.folding import clean
from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.heads import BINARY, Head, Transport
from crm.formats.vcard.limits import Limits
from crm.formats.vcard.values import decode_base64, decode_data_uri

_SHORTEST_UNMARKED_PICTURE = 64


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A value as text (still escaped) or as `blob`, with what was found wrong. `dropped`: nothing is left of it."""

    value: str = ""
    blob: bytes | None = None
    media_type: str = ""
    problem: ProblemCode | None = None
    dropped: bool = False


_TOO_LARGE = Unwrapped(problem=ProblemCode.TOO_LARGE, dropped=True)


def unwrap(head: Head, text: str, page: CodePage, limits: Limits) -> Unwrapped:
    """Return what a line's value holds."""
    if head.transport is Transport.OVERSIZE:
        return _TOO_LARGE
    if text[:5].lower() == "data:":
        return _data_uri(text, limits)
    if head.transport is Transport.BASE64:
        return _base64(head, text, page, limits)
    if head.transport is Transport.QUOTED:
        return _quoted(head, text, page, limits)
    if head.key in BINARY and len(text) >= _SHORTEST_UNMARKED_PICTURE and ":" not in text:
        return _base64(head, text, page, limits)  # some writers forget to say that it is base64
    return Unwrapped(text) if len(text) <= limits.text else _TOO_LARGE


def _data_uri(text: str, limits: Limits) -> Unwrapped:
    if len(text) > limits.binary:
        return _TOO_LARGE
    found = decode_data_uri(text)
    if found is not None:
        return Unwrapped(blob=found[1], media_type=found[0])
    return Unwrapped(text) if len(text) <= limits.text else _TOO_LARGE


def _base64(head: Head, text: str, page: CodePage, limits: Limits) -> Unwrapped:
    if len(text) > limits.binary:
        return _TOO_LARGE
    if not text.strip():
        return Unwrapped()
    blob = decode_base64(text)
    if blob is None:
        return _undecodable(head, page.repair(text), limits)
    if head.key in BINARY or head.key[:2] == "X-":
        return Unwrapped(blob=blob)
    return _text(page.decode(blob, head.charset), limits)


def _undecodable(head: Head, text: str, limits: Limits) -> Unwrapped:
    if len(text) > limits.text:
        return _TOO_LARGE
    is_link = "://" in text[:32]
    code = ProblemCode.BAD_PICTURE if head.key == "PHOTO" else ProblemCode.BAD_ENCODING
    return Unwrapped(text, problem=None if is_link else code)


def _quoted(head: Head, text: str, page: CodePage, limits: Limits) -> Unwrapped:
    raw = binascii.a2b_qp(text.encode("utf-8", "surrogateescape"))
    decoded = page.decode(raw, head.charset)
    unwrapped = _text(decoded, limits)
    if "\ufffd" in decoded and not unwrapped.dropped:
        return Unwrapped(unwrapped.value, problem=ProblemCode.BAD_ENCODING)
    return unwrapped


def _text(text: str, limits: Limits) -> Unwrapped:
    """Line ends that the wrapping protected are escaped, as in every other value."""
    if len(text) > limits.text:
        return _TOO_LARGE
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Unwrapped(clean(text).replace("\n", "\\n"))
