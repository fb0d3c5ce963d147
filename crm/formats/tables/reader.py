"""A table of contacts, read as a stream: one draft for each row, or one problem for one that isn't about anybody."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import dropwhile, islice
from typing import BinaryIO

from crm.domain.card import CardDraft, CardKind, Problem, ProblemCode
from crm.domain.folding import fold
from crm.domain.person import PersonDraft
from crm.errors import KeepwarmError
from crm.formats.tables.headers import understand
from crm.formats.tables.keeping import VERSION, Keeping, properties
from crm.formats.tables.linkedin import without_credentials
from crm.formats.tables.people import RowReader
from crm.formats.tables.rows import Row, rows, text_lines
from crm.formats.tables.slots import Layout
from crm.formats.tables.sniffing import Shape
from crm.formats.vcard.codepages import CodePage

# By names of the module: to ask an enum for a member takes as long as the rest of the line.
_PERSON, _COMPANY = CardKind.PERSON, CardKind.COMPANY


def read(
    source: BinaryIO,
    file: str,
    shape: Shape,
    *,
    encoding: str | None = None,
    step: Callable[[int], None] | None = None,
) -> Iterator[CardDraft | Problem]:
    """Yield a draft or a problem for each row below the header that isn't empty, in their order.

    A member of LinkedIn who hides, of whom only a date is there, is a problem that isn't fatal. Arguments are as
    those of `vcard.read`.
    """
    table = _Table(file, shape)
    for (number, cells), cut in _with_end(table_rows(source, shape, encoding=encoding, step=step), shape):
        if cells is None:
            yield Problem(file, number, ProblemCode.BROKEN)
            continue
        stripped = list(map(str.strip, cells))
        if not any(stripped):
            continue
        try:
            found = table.read(stripped, number)
            if cut and isinstance(found, CardDraft):
                problem = Problem(file, number, ProblemCode.MISSING_END, fatal=False)
                found = replace(found, problems=(problem,))
            yield found
        except (KeepwarmError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours must cost one row, never the file
            yield Problem(file, number, ProblemCode.BROKEN, type(error).__name__)


def reread(raw: str) -> PersonDraft | None:
    """Return the person of a row as it was kept, by its headers alone."""
    kept = properties(raw)
    found = _reader_of(tuple([one.name for one in kept])).read([one.value for one in kept])
    return found if isinstance(found, PersonDraft) else None


def table_rows(
    source: BinaryIO, shape: Shape, *, encoding: str | None, step: Callable[[int], None] | None
) -> Iterator[Row]:
    """Yield the rows below the header."""
    found = rows(text_lines(source, CodePage(encoding), step), shape.delimiter)
    return dropwhile(lambda row: row[0] <= shape.header_line, found)


def _with_end(found: Iterator[Row], shape: Shape) -> Iterator[tuple[Row, bool]]:
    """Yield each row, and whether the file seems cut off in it: the last one has an open quote, or alone is short."""
    last: Row | None = None
    short, wide = 0, len(shape.headers)
    for row in found:
        if last is not None:
            yield last, False
        last = row
        short += len(row[1] or ()) < wide
    if last is not None:
        cells = last[1] or [""]
        alone = short == 1 and len(cells) < wide
        yield last, alone or cells[-1].endswith("\n")


def owner(source: BinaryIO, shape: Shape) -> frozenset[str]:
    """Return the folded names of whose export it is, from LinkedIn's `Profile.csv`."""
    found = (one.person for one in read(source, "", shape) if isinstance(one, CardDraft) and one.person)
    return frozenset(name for draft in islice(found, 1) if (name := fold(draft.display_name)))


@lru_cache(maxsize=256)  # rows of one table differ only in which of their cells are filled
def _reader_of(headers: tuple[str, ...]) -> RowReader:
    return RowReader(understand(headers), day_first=False)


class _Table:
    """Makes the drafts of one table's rows: what all of them share."""

    def __init__(self, file: str, shape: Shape) -> None:
        self._file = file
        self._said = shape.said
        self._producer = shape.layout.value
        self._is_connections = shape.layout is Layout.CONNECTIONS
        named = without_credentials if self._is_connections else None
        self._reader = RowReader(shape.slots, day_first=shape.day_first, named=named)
        self._keeping = Keeping(shape.headers)

    def read(self, cells: list[str], number: int) -> CardDraft | Problem:
        """Return the draft of a row, or why it is none."""
        draft = self._reader.read(cells)
        if isinstance(draft, PersonDraft):
            kind, person, company = _PERSON, draft, None
        elif self._is_connections:
            return Problem(self._file, number, ProblemCode.HIDDEN_MEMBER, fatal=False)
        elif draft is None:
            return Problem(self._file, number, ProblemCode.NO_NAME)
        else:
            kind, person, company = _COMPANY, None, draft
        return CardDraft(
            kind, self._file, number, person, company, version=VERSION, producer=self._producer,
            raw=self._keeping.text(cells), said=self._said,
        )  # fmt: skip
