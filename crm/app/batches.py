"""Imports that were made: listing them, saying what one did, and undoing it, also long after."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from crm.app.books import Book
from crm.domain.batch import (
    BatchCard,
    BatchFate,
    BatchRow,
    BatchUndo,
    Kept,
    KeptBecause,
    Named,
)
from crm.domain.card import CardKind
from crm.domain.changes import Op
from crm.errors import ErrorCode, KeepwarmError, NotFound
from crm.store import batches as store
from crm.store import unimporting
from crm.store.unimporting import Unimport

# The tables whose rows can be named, and what they are.
_KINDS = MappingProxyType({"person": CardKind.PERSON, "company": CardKind.COMPANY, "tag": CardKind.GROUP})
# What a row or a column that stays is called as a field; a contact point and a date say it themselves.
_FIELDS = MappingProxyType(
    {
        "position": "positions", "person_tag": "tags", "touch_person": "touches", "photo_sha": "photo",
        "photo_link": "photo", **dict.fromkeys(("family", "given", "additional", "prefix", "suffix"), "name"),
    }
)  # fmt: skip


def list_batches(book: Book) -> tuple[BatchRow, ...]:
    """Return the imports, newest first."""
    with book.read() as session:
        return store.rows(session)


def card(book: Book, batch_id: int) -> BatchCard:
    """Return what an import did, as far as it is still there. Raises `NotFound`."""
    with book.read() as session:
        row = _row(session, batch_id)
        added = store.ranges_of(session, batch_id)
        updated = store.updated_owners(session, batch_id, tuple(_KINDS))

        def named(table: str, ids: Iterable[int]) -> tuple[Named, ...]:
            return _named(session, table, ids)

        return BatchCard(
            row,
            named("person", (id_ for ids in added.get("person", ()) for id_ in ids)),
            named("person", updated["person"]),
            named("company", (id_ for ids in added.get("company", ()) for id_ in ids)),
            named("company", updated["company"]),
        )


def preview_undo(book: Book, batch_id: int) -> BatchUndo:
    """Say what undoing an import comes to; nothing is written. Raises `NotFound`, `KeepwarmError` (undone, unrecorded)."""
    with book.read() as session:
        row = _undoable(session, batch_id)
        return _told(session, row, unimporting.plan(session, batch_id))


def undo(book: Book, batch_id: int) -> BatchUndo:
    """Undo an import, as one step that can be undone itself, and return what it came to.

    What it added goes and what stood before comes back, but for what the user changed since. Raises `NotFound`,
    `KeepwarmError` (undone, unrecorded).
    """
    with book.read() as session:
        files = list(_undoable(session, batch_id).files)
    with book.write(Op.UNDO_IMPORT, files=files) as session:
        row = _undoable(session, batch_id)
        planned = unimporting.plan(session, batch_id)
        told = _told(session, row, planned)
        unimporting.carry_out(session, planned, _now())
        book.note(gone=told.people_gone, restored=told.people_restored, kept=len(told.kept))
    return told


def _row(session: Session, batch_id: int) -> BatchRow:
    for row in store.rows(session):
        if row.id == batch_id:
            return row
    raise NotFound("import", batch_id)


def _undoable(session: Session, batch_id: int) -> BatchRow:
    row = _row(session, batch_id)
    if row.fate is BatchFate.UNDONE:
        raise KeepwarmError(ErrorCode.IMPORT_UNDONE, files=row.files)
    if row.fate is BatchFate.UNRECORDED:
        raise KeepwarmError(ErrorCode.IMPORT_UNRECORDED, files=row.files)
    return row


def _told(session: Session, row: BatchRow, planned: Unimport) -> BatchUndo:
    restored = {
        table: len(
            unimporting.restored_owners(session, planned, table)
            | planned.owners(session, table, gone=True).keys()
        )
        for table in ("person", "company")
    }
    return BatchUndo(
        row,
        len(planned.gone.get("person", ())),
        len(planned.gone.get("company", ())),
        restored["person"],
        restored["company"],
        (*_whole(session, planned), *_parts(session, planned)),
    )


def _whole(session: Session, planned: Unimport) -> tuple[Kept, ...]:
    """Return who and what the import added and stays."""
    return tuple(
        Kept(named, planned.why.get((table, named.id), KeptBecause.NEEDED))
        for table in _KINDS
        for named in _named(session, table, planned.kept.get(table, ()))
    )


def _parts(session: Session, planned: Unimport) -> tuple[Kept, ...]:
    """Return those who were there before and keep something that the import gave them."""
    found: list[Kept] = []
    for table in ("person", "company"):
        fields: dict[int, dict[str, None]] = {}
        for owner, rows in planned.owners(session, table, gone=False).items():
            for child, id_ in sorted(rows):
                if child != "source_card":
                    fields.setdefault(owner, {})[_field(session, child, id_)] = None
        for owner, columns in unimporting.kept_columns(session, planned, table):
            fields.setdefault(owner, {}).update(dict.fromkeys(_FIELDS.get(name, name) for name in columns))
        found += [
            Kept(named, KeptBecause.EDITED, tuple(fields[named.id]))
            for named in _named(session, table, fields)
        ]
    return tuple(found)


def _field(session: Session, table: str, id_: int) -> str:
    return _FIELDS.get(table) or store.kind_of(session, table, id_)


def _named(session: Session, table: str, ids: Iterable[int]) -> tuple[Named, ...]:
    """Return those of these that exist, in the order of their names."""
    names: Mapping[int, str] = store.names_of(session, table, ids)
    ordered: Sequence[int] = sorted(names, key=lambda id_: (names[id_].casefold(), id_))
    return tuple(Named(_KINDS[table], id_, names[id_]) for id_ in ordered)


def _now() -> datetime:
    """Return the present instant: when an import was undone is a fact that no rule depends on."""
    return datetime.now(UTC).replace(tzinfo=None)
