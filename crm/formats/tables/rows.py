"""Bytes of a table → rows of cells, as a stream. One broken row, an unclosed quote above all, costs that row only."""

import csv
from collections.abc import Callable, Container, Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from crm.formats.tables.formulas import meant
from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.codepages import guess_encoding as guess_page
from crm.formats.vcard.encoding import Block, blocks, unicode_form
from crm.formats.vcard.limits import DEFAULT

if TYPE_CHECKING:
    from _csv import Dialect  # the compiled one, which `csv.Dialect` isn't

# A row with more lines or letters than this has a cell whose closing quote is missing, unless all its quotes are as a
# program writes them and it is as wide as a row above. Then each cell may be as long as any text of a card.
_MOST_LINES = 400
_MOST_LETTERS = 1 << 17
_MOST_LETTERS_CLOSED = 4 * DEFAULT.text
csv.field_size_limit(DEFAULT.text)
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
    # Made once: to make it takes the csv module longer than to read a row.
    strict = csv.reader((), delimiter=delimiter, strict=True).dialect
    number, runaways = 1, 0
    widths: set[int] = set()
    while (line := next(lines, None)) is not None:
        cells, held = _cells(line, strict), 1
        if cells is None:
            row = _LongRow(line, lines, strict, single=runaways >= _MOST_RUNAWAYS)
            cells, held = row.cells(widths), len(row.held)
            if row.is_runaway:
                runaways += 1
                lines, held = chain(row.held[1:], lines), 1
        if cells is None or any(cells):
            yield number, (cells if cells and len(cells) <= _MOST_CELLS else None)
            widths.add(len(cells or ()))
        number += held


def _cells(line: str, strict: "Dialect") -> list[str] | None:
    """Return the cells of a row on one line; None when it goes on below, or its quotes aren't as they should be."""
    if '"' not in line and len(line) <= _MOST_LETTERS:
        cells = line.split(strict.delimiter)
    else:
        try:
            cells = next(csv.reader((line,), strict))
        except csv.Error:
            return None
    return list(map(meant, cells)) if "'" in line else cells


class _Runaway(Exception):
    """A quote was opened and, as far as we look, never closed."""


class _LongRow:
    """A row of several lines, all of which are `held`: if it is a runaway, those below the first are to be read again."""

    def __init__(self, line: str, below: Iterator[str], strict: "Dialect", *, single: bool) -> None:
        self.held = [line]
        self.is_runaway = False
        self._below = below
        self._strict = strict
        self._single = single
        self._ended = False

    def cells(self, widths: Container[int]) -> list[str] | None:
        """Return the row's cells, or None when it can't be read. `widths` are those of the rows above."""
        most = 1 if self._single else _MOST_LINES
        try:
            cells = next(csv.reader(self._lines(most, _MOST_LETTERS), self._strict, strict=False))
            self.is_runaway = self._is_open()
        except _Runaway:
            cells = [] if self._single else self._closed()
            self.is_runaway = not cells or len(cells) not in widths
        except csv.Error:
            return None
        return None if self.is_runaway else list(map(meant, cells))

    def _closed(self) -> list[str]:
        """Return the cells of a row longer than usual, all of whose quotes are as they should be, or none."""
        try:
            return next(csv.reader(self._lines(_MOST_LETTERS_CLOSED, _MOST_LETTERS_CLOSED), self._strict))
        except (_Runaway, csv.Error):
            return []

    def _lines(self, most: int, most_letters: int) -> Iterator[str]:
        """Yield the lines that the row may have, as they are asked for."""
        letters = 0
        for number, line in enumerate(chain(tuple(self.held), self._more()), 1):
            letters += len(line) + 1
            yield line + "\n"
            if number >= most or letters > most_letters:
                raise _Runaway

    def _more(self) -> Iterator[str]:
        """Yield lines from below, which the row holds then."""
        for line in self._below:
            self.held.append(line)
            yield line
        self._ended = True

    def _is_open(self) -> bool:
        """Say whether the row ended only because the file did, inside of quotes."""
        if not self._ended or len(self.held) < 2:
            return False
        try:
            list(csv.reader([line + "\n" for line in self.held], self._strict))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False


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
