"""A table of contacts, read as a stream: one draft for each row, or one problem for one that isn't about anybody."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

from crm.domain.card import CardDraft, CardKind, Problem, ProblemCode
from crm.domain.company import CompanyDraft
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
    reader = RowReader(shape.slots, day_first=shape.day_first)
    keeping = Keeping(shape.headers)
    for (number, cells), cut in _with_end(table_rows(source, shape, encoding=encoding, step=step), shape):
        if cells is None:
            yield Problem(file, number, ProblemCode.BROKEN)
            continue
        stripped = [cell.strip() for cell in cells]
        if not any(stripped):
            continue
        try:
            found = _read_one(stripped, number, file, shape.layout, reader, keeping)
            if shape.said and isinstance(found, CardDraft):
                found = replace(found, said=shape.said)
            if cut and isinstance(found, CardDraft):
                found = replace(
                    found, problems=(Problem(file, number, ProblemCode.MISSING_END, fatal=False),)
                )
            yield found
        except (KeepwarmError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours must cost one row, never the file
            yield Problem(file, number, ProblemCode.BROKEN, type(error).__name__)


def reread(raw: str) -> PersonDraft | None:
    """Return the person of a row as it was kept, by its headers alone."""
    kept = properties(raw)
    found = RowReader(understand([one.name for one in kept]), day_first=False).read(
        [one.value for one in kept]
    )
    return found if isinstance(found, PersonDraft) else None


def table_rows(
    source: BinaryIO, shape: Shape, *, encoding: str | None, step: Callable[[int], None] | None
) -> Iterator[Row]:
    """Yield the rows below the header."""
    for number, cells in rows(text_lines(source, CodePage(encoding), step), shape.delimiter):
        if number > shape.header_line:
            yield number, cells


def _with_end(found: Iterator[Row], shape: Shape) -> Iterator[tuple[Row, bool]]:
    """Yield each row, and whether the file seems cut off in it: the last one has an open quote, or alone is short."""
    last: Row | None = None
    short = 0
    for row in found:
        if last is not None:
            yield last, False
        last = row
        short += len(row[1] or ()) < len(shape.headers)
    if last is not None:
        cells = last[1] or [""]
        alone = short == 1 and len(cells) < len(shape.headers)
        yield last, alone or cells[-1].endswith("\n")


def owner(source: BinaryIO, shape: Shape) -> frozenset[str]:
    """Return the folded names of whose export it is, from LinkedIn's `Profile.csv`."""
    found = (one.person for one in read(source, "", shape) if isinstance(one, CardDraft) and one.person)
    return frozenset(name for draft in islice(found, 1) if (name := fold(draft.display_name)))


def _read_one(
    cells: list[str], number: int, file: str, layout: Layout, reader: RowReader, keeping: Keeping
) -> CardDraft | Problem:
    draft = reader.read(cells)
    if layout is Layout.CONNECTIONS and (draft is None or isinstance(draft, CompanyDraft)):
        return Problem(file, number, ProblemCode.HIDDEN_MEMBER, fatal=False)
    if draft is None:
        return Problem(file, number, ProblemCode.NO_NAME)
    raw = keeping.text(cells)
    if isinstance(draft, PersonDraft):
        if layout is Layout.CONNECTIONS:
            draft = without_credentials(draft)
        return CardDraft(
            CardKind.PERSON, file, number, person=draft, version=VERSION, producer=layout.value, raw=raw
        )
    return CardDraft(
        CardKind.COMPANY, file, number, company=draft, version=VERSION, producer=layout.value, raw=raw
    )
