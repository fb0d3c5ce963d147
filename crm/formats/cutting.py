"""Pieces of a file by their line numbers, as the readers count them: what couldn't be read, just as it stands there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from crm.formats.vcard.encoding import utf8_chunks

# Returns before a line feed belong to it, with controls among them, which readers take out; others are line ends each.
_CONTROLS = b"\r" + bytes(c for c in (*range(0x20), 0x7F) if c not in b"\t\n\r\x1b")
_LINE_END = re.compile(rb"\r[" + re.escape(_CONTROLS) + rb"]*\n?|\n")
_LONGEST_RUN = 1 << 16


@dataclass(frozen=True, slots=True)
class _Piece:
    """A record: its lines from `first` up to, without, `until`; None: to the end."""

    place: int
    first: int
    until: int | None


def cut(
    source: BinaryIO,
    starts: Sequence[int],
    wanted: Sequence[int],
    keep: Callable[[int, bytes], None],
    step: Callable[[int], None] | None = None,
) -> None:
    """Hand the lines of the records `wanted` to `keep`, with their places in `starts`, part by part in their order.

    `starts` are the numbers of the first lines of all records, ascending: a record goes up to the next. Files in
    UTF-16 or UTF-32 come out in UTF-8. `step` is called with the number of bytes read; what it raises goes through.
    """
    found = (_Piece(place, starts[place], _end(starts, place)) for place in wanted)
    pieces = [piece for piece in found if piece.first != piece.until]
    pieces.reverse()
    line, held = 1, b""
    for chunk in utf8_chunks(source, step):
        data = held + chunk
        end = _decided(data)
        held, line = data[end:], _take(data[:end], line, pieces, keep)
        if not pieces:
            return
    _take(held, line, pieces, keep)


def _end(starts: Sequence[int], place: int) -> int | None:
    return starts[place + 1] if place + 1 < len(starts) else None


def _decided(data: bytes) -> int:
    """Return where a line end begins that the next chunk may be a part of."""
    text = len(data.rstrip(_CONTROLS))
    run = data.find(b"\r", text)
    return len(data) if run < 0 or len(data) - run > _LONGEST_RUN else run


def _take(data: bytes, line: int, pieces: list[_Piece], keep: Callable[[int, bytes], None]) -> int:
    """Keep what of `data`, which starts in line `line`, belongs to the last of `pieces`; return the line it ends in."""
    ends = data.count(b"\n")
    if line + ends < pieces[-1].first and data.count(b"\r") == data.count(b"\r\n"):
        return line + ends  # far from any piece, and nothing but usual line ends
    start = 0  # of what isn't kept or passed over yet
    for found in _LINE_END.finditer(data):
        end = found.group()
        line += 1 if end.endswith(b"\n") else end.count(b"\r")
        while pieces and (until := pieces[-1].until) is not None and line >= until:
            keep(pieces.pop().place, data[start : found.end()])
            start = found.end()
        if not pieces:
            return line
        if line == pieces[-1].first:
            start = found.end()
    if pieces and line >= pieces[-1].first:
        keep(pieces[-1].place, data[start:])
    return line
