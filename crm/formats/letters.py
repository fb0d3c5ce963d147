"""An e-mail saved as a file (.eml, RFC 5322): who wrote to whom, when, about what. Only its header is ever looked at.

Hostile letters: nothing beyond the first 64 KB is parsed, no attachment, no HTML; what a header says is text only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime

from crm.domain.folding import clean

HEADER_BYTES = 64 << 10
MOST_ADDRESSES = 50
_MOST_SUBJECT = 300
_HEAD = re.compile(rb"(?im)^(from|date|message-id|received|subject|to|mime-version):")


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox; `name` is "" where the letter says none."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What the header says. `on` is the day in the user's zone, None when it says none that can be."""

    sender: Address | None
    to: tuple[Address, ...] = ()
    copied: tuple[Address, ...] = ()
    on: date | None = None
    subject: str = ""


def is_letter(head: bytes) -> bool:
    """Say whether a file that begins so is a letter: at least three of the usual headers before the first empty line."""
    return len({match.lower() for match in _HEAD.findall(_header(head))}) >= 3


def read_letter(data: bytes, zone: tzinfo | None = None) -> Letter:
    """Read a letter's header; `zone` is the user's, None as the system has it."""
    message = BytesParser(policy=compat32).parsebytes(_header(data), headersonly=True)
    senders = _addresses(message, "from") or _addresses(message, "sender")
    return Letter(
        senders[0] if senders else None,
        _addresses(message, "to"),
        _addresses(message, "cc"),
        _day(message, zone),
        _decoded(str(message.get("subject") or ""))[:_MOST_SUBJECT],
    )


def _header(data: bytes) -> bytes:
    """Return the lines before the first empty one; other programs may have put a mark or empty lines before them."""
    start = data[:HEADER_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return re.split(rb"\r?\n\r?\n|\r\r", start, maxsplit=1)[0] + b"\n"


def _addresses(message: Message, header: str) -> tuple[Address, ...]:
    """Return the mailboxes of a header, each once."""
    fields: Sequence[str] = [str(field) for field in message.get_all(header) or ()]
    found: dict[str, Address] = {}
    for name, email in getaddresses(fields)[:MOST_ADDRESSES]:
        bare = clean(email).strip()
        if bare.count("@") == 1 and " " not in bare:
            found.setdefault(bare.casefold(), Address(bare, _decoded(name)))
    return tuple(found.values())


def _day(message: Message, zone: tzinfo | None) -> date | None:
    try:
        sent: datetime = parsedate_to_datetime(str(message.get("date") or ""))
        return (sent.astimezone(zone) if sent.tzinfo else sent).date()
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return None


def _decoded(text: str) -> str:
    """Return a header's text in one line; code pages that nobody knows are read as far as they go."""
    parts: list[str] = []
    try:
        pieces = decode_header(text)
    except (ValueError, AssertionError, MessageError):
        pieces = [(text, None)]
    for piece, charset in pieces:
        if isinstance(piece, str):
            parts.append(piece)
            continue
        try:
            parts.append(piece.decode(charset or "utf-8", "replace"))
        except (LookupError, ValueError):
            parts.append(piece.decode("utf-8", "replace"))
    return " ".join(clean("".join(parts)).split())
