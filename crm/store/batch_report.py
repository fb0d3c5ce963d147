"""What an import did, and what undoing it comes to, told with names."""

from collections.abc import Iterable
from types import MappingProxyType

from sqlalchemy.orm import Session

from crm.domain.batch import BatchCard, BatchRow, BatchUndo, Kept, KeptBecause, Named
from crm.domain.card import CardKind
from crm.errors import NotFound
from crm.store import batches, news, unimporting
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


_CARD = "source_card"  # kept beside what was understood of it; nobody sees it come or go
_NO_VALUES = frozenset({_CARD, "touch_person"})  # touches are counted by themselves


def row(session: Session, batch_id: int) -> BatchRow:
    """Return an import's line of the list. Raises `NotFound`."""
    found = next((one for one in batches.rows(session) if one.id == batch_id), None)
    if found is None:
        raise NotFound("import", batch_id)
    return found


def card(session: Session, batch_id: int) -> BatchCard:
    """Return what an import did, as far as it is still there. Raises `NotFound`."""
    added = batches.ranges_of(session, batch_id)
    updated = batches.updated_owners(session, batch_id)
    people, companies = (
        (
            _named(session, table, (id_ for ids in added.get(table, ()) for id_ in ids)),
            _named(session, table, updated[table]),
        )
        for table in ("person", "company")
    )
    return BatchCard(row(session, batch_id), *people, *companies, news.of_batch(session, batch_id))


def undoing(session: Session, planned: Unimport) -> BatchUndo:
    """Return what a plan to undo an import comes to."""
    restored = {
        table: len(
            unimporting.restored_owners(session, planned, table)
            | {
                owner
                for owner, rows in planned.owners(session, table, gone=True).items()
                if any(child not in _NO_VALUES for child, _ in rows)
            }
        )
        for table in ("person", "company")
    }
    return BatchUndo(
        row(session, planned.batch_id),
        planned.number_gone(session, "person"),
        planned.number_gone(session, "company"),
        planned.number_gone(session, "touch"),
        restored["person"],
        restored["company"],
        (*_whole(session, planned), *_parts(session, planned)),
    )


def _whole(session: Session, planned: Unimport) -> tuple[Kept, ...]:
    """Return who and what the import added and stays; a tag that only those carry goes without saying."""
    return tuple(
        Kept(named, why)
        for table in _KINDS
        for named in _named(session, table, planned.kept.get(table, ()))
        if (why := planned.why.get((table, named.id), KeptBecause.NEEDED)) is not KeptBecause.NEEDED
        or table != "tag"
    )


def _parts(session: Session, planned: Unimport) -> tuple[Kept, ...]:
    """Return those who were there before and keep something that the import gave them."""
    found: list[Kept] = []
    for table in ("person", "company"):
        fields: dict[int, dict[str, None]] = {}
        for owner, rows in planned.owners(session, table, gone=False).items():
            for child, id_ in sorted(rows):
                if child != _CARD:
                    fields.setdefault(owner, {})[_field(session, child, id_)] = None
        for owner, columns in unimporting.kept_columns(session, planned, table):
            fields.setdefault(owner, {}).update(dict.fromkeys(_FIELDS.get(name, name) for name in columns))
        found += [
            Kept(named, KeptBecause.EDITED, tuple(fields[named.id]))
            for named in _named(session, table, fields)
        ]
    return tuple(found)


def _field(session: Session, table: str, id_: int) -> str:
    return _FIELDS.get(table) or batches.kind_of(session, table, id_)


def _named(session: Session, table: str, ids: Iterable[int]) -> tuple[Named, ...]:
    """Return those of these that exist, in the order of their names."""
    names = batches.names_of(session, table, ids)
    ordered = sorted(names, key=lambda id_: (names[id_].casefold(), id_))
    return tuple(Named(_KINDS[table], id_, names[id_]) for id_ in ordered)
