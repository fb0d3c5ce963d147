"""Bytes of a table → rows of cells, as a stream. One broken row, an unclosed quote above all, costs that row only."""

import csv
from collections.abc import Callable, Iterator
from typing import BinaryIO

from crm.formats.tables.formulas import meant
from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.codepages import guess_encoding as guess_page
from crm.formats.vcard.encoding import Block, blocks, unicode_form
from crm.formats.vcard.limits import DEFAULT

# A cell with more lines or letters than this isn't one: its closing quote is missing.
_MOST_LINES = 400
_MOST_LETTERS = 1 << 17
_MOST_RUNAWAYS = 20  # then quotes of this file can't be trusted to span lines
_MOST_CELLS = 2_000
_SEPARATED = "sep="

Row = tuple[int, list[str] | None]  # the number of its first line, and its cells: None when it can't be read


def text_lines(source: BinaryIO, page: CodePage, step: Callable[[int], None] | None = None) -> Iterator[str]:
    """Yield the lines of a file, decoded: UTF-8 or UTF-16 by their form, else by the one code page of the file."""
    for block in blocks(source, DEFAULT, step):
        yield from _decoded(block, page) if block.dirty else block.lines


def guess_encoding(head: bytes) -> str:
    """Return the encoding of a table from its beginning."""
    form, _ = unicode_form(head)
    return form if form and form != "utf-8" else guess_page(_as_values(head))


def rows(lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    """Yield every row that isn't empty, each with the number of its first line, counted from 1."""
    feed = _Feed(lines)
    runaways = 0
    while True:
        reader = csv.reader(feed, delimiter=delimiter, quotechar='"', doublequote=True)
        try:
            for cells in reader:
                number = feed.first
                if feed.is_open(delimiter):
                    raise _Runaway
                feed.taken()
                if any(cells):
                    yield number, (list(map(meant, cells)) if len(cells) <= _MOST_CELLS else None)
            return
        except _Runaway:
            runaways += 1
            yield feed.first, None
            feed.give_back(single=runaways >= _MOST_RUNAWAYS)
        except csv.Error:
            yield feed.first, None
            feed.taken()


class _Runaway(Exception):
    """A quote was opened and, as far as we look, never closed."""


class _Feed:
    """Hands lines to the csv module, and keeps those of the row it is at, so that they can be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: list[str] = []
        self._held: list[str] = []
        self._letters = 0
        self._number = 1
        self._single = False
        self._ended = False

    @property
    def first(self) -> int:
        """Return the number of the row's first line."""
        return self._number

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if self._held and (self._single or len(self._held) >= _MOST_LINES or self._letters > _MOST_LETTERS):
            raise _Runaway
        if self._again:
            line = self._again.pop()
        else:
            try:
                line = next(self._lines)
            except StopIteration:
                self._ended = True
                raise
        self._held.append(line)
        self._letters += len(line)
        return line + "\n"

    def taken(self) -> None:
        """Go on after a row."""
        self._number += len(self._held)
        self._held.clear()
        self._letters = 0

    def is_open(self, delimiter: str) -> bool:
        """Say whether the row ended only because the file did, inside of quotes."""
        if not self._ended or len(self._held) < 2:
            return False
        try:
            list(csv.reader(iter([line + "\n" for line in self._held]), delimiter=delimiter, strict=True))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False

    def give_back(self, *, single: bool) -> None:
        """Leave the row's first line out and hand the others out again."""
        self._again.extend(reversed(self._held[1:]))
        del self._held[1:]
        self.taken()
        self._single = self._single or single
        self._ended = False


def _decoded(block: Block, page: CodePage) -> Iterator[str]:
    page.offer(_as_values(block.raw))
    for line in block.lines:
        yield page.repair(line)


def _as_values(raw: bytes) -> bytes:
    """Return lines as code pages are told from: what stands after a colon."""
    return b"\n".join(b":" + line for line in raw.splitlines())


def separator_said(line: str) -> str:
    """Return the separator that Excel's first line `sep=;` names, or ''."""
    bare = line.strip().strip('"')
    return bare[4] if bare[:4].lower() == _SEPARATED and len(bare) == 5 else ""
