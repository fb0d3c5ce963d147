"""The book's tables. Ids are never reused; no journaled table holds a BLOB; derived columns say so.

Dates are ISO days, instants UTC. Texts named `*_key` are folded (`crm.domain.folding`) and never shown.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from crm.store import (  # noqa: F401 - their tables are the book's too
    attachment_tables,
    calendar_tables,
    event_tables,
    introduction_tables,
    lesson_tables,
    meeting_tables,
    opportunity_tables,
    page_tables,
    reason_tables,
    watch_tables,
)
from crm.store.base import KEEP_IDS, Table, late_key, owner_index

SCHEMA_VERSION = 23


class Person(Table):
    """A person. From `company_id` on the columns are derived (`store.derived` is their only writer)."""

    __tablename__ = "person"
    __table_args__ = (
        # Each order of the list is one index walk, ties by name; most recent first, as touches are looked at.
        Index("ix_person_name", "standing", "sort_key", "id"),
        Index("ix_person_due", "standing", "check_in_on", "sort_key", "id"),
        Index("ix_person_losing", "standing", "losing_on", "id"),
        Index("ix_person_quiet", "standing", "quiet_on", "id", sqlite_where=text("quiet_on IS NOT NULL")),
        Index("ix_person_last", "standing", text("last_touch_on DESC"), "sort_key", "id"),
        Index("ix_person_company", "company_id", "standing", "sort_key", "id"),
        Index("ix_person_added", "standing", "id"),
        Index("ix_person_starred", "starred", "standing", "sort_key", "id", sqlite_where=text("starred = 1")),
        Index("ix_person_resting", "resting", "standing", "id", sqlite_where=text("resting = 1")),
        Index("ix_person_sort", "sort_key", "id"),
        Index(
            "ix_person_company_check_in",
            "company_id",
            "check_in_on",
            sqlite_where=text("check_in_on IS NOT NULL"),
        ),
        CheckConstraint("standing IN ('active','archived','deceased','left')", name="standing"),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    display_name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str]
    family: Mapped[str] = mapped_column(default="")
    given: Mapped[str] = mapped_column(default="")
    additional: Mapped[str] = mapped_column(default="")
    prefix: Mapped[str] = mapped_column(default="")
    suffix: Mapped[str] = mapped_column(default="")
    nicknames: Mapped[list[str]] = mapped_column(JSON, default=list)
    notes: Mapped[str] = mapped_column(default="")
    how_met: Mapped[str] = mapped_column(default="")
    met_on: Mapped[date | None]
    starred: Mapped[bool] = mapped_column(default=False)
    linkedin: Mapped[str] = mapped_column(default="", index=True)
    uid: Mapped[str] = mapped_column(default="", index=True)
    photo_sha: Mapped[str] = mapped_column(default="")
    photo_link: Mapped[str] = mapped_column(default="")
    standing: Mapped[str] = mapped_column(default="active")
    added_on: Mapped[date]
    batch_id: Mapped[int | None] = mapped_column(late_key("import_batch.id", "SET NULL"), index=True)
    every_count: Mapped[int | None]
    every_unit: Mapped[str | None] = mapped_column(String(5))
    never: Mapped[bool] = mapped_column(default=False)
    resting: Mapped[bool] = mapped_column(default=False)
    snoozed_until: Mapped[date | None]
    snooze_count: Mapped[int] = mapped_column(default=0)
    skipped_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(
        default=0
    )  # grows with each write that changed this person in any way

    company_id: Mapped[int | None] = mapped_column(late_key("company.id", "SET NULL"))
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    last_touch_on: Mapped[date | None]
    last_touch_id: Mapped[int | None]  # no foreign key: derived, and written in the same transaction
    cadence_count: Mapped[int | None]
    cadence_unit: Mapped[str | None] = mapped_column(String(5))
    cadence_source: Mapped[str] = mapped_column(default="none")
    cadence_name: Mapped[str] = mapped_column(default="")
    next_due_on: Mapped[
        date | None
    ]  # the day it was placed on, whatever the snooze; None when nothing is suggested
    soon_on: Mapped[date | None]  # the first day it counts as "soon": 80 % of the interval
    losing_on: Mapped[date | None]  # the first day it counts as "losing touch"
    check_in_on: Mapped[date | None]  # when to check in: the due date, or the end of a snooze
    check_in_base_on: Mapped[date | None]  # what the interval counts from; another base is another check-in
    check_in_uid: Mapped[str] = mapped_column(default="")
    check_in_sequence: Mapped[int] = mapped_column(default=0)
    check_in_changed_at: Mapped[datetime | None]

    # Added later, so that old books and new ones have their columns in one order; from `ideal_on` on they are derived.
    planned_on: Mapped[date | None]  # the day the user or a plan said for this check-in; a touch ends it
    planned_why: Mapped[str | None] = mapped_column(String(10))
    ideal_on: Mapped[date | None]  # base + how often
    placed_why: Mapped[str | None] = mapped_column(String(10))  # NULL: not placed yet
    rhythm_days: Mapped[int | None]  # the usual number of days between two touches
    rhythm_gaps: Mapped[int | None]  # how many gaps say so
    quiet_on: Mapped[date | None]  # the first day that has been quiet for longer than usual
    meeting_on: Mapped[date | None]  # derived: the last meeting that a calendar told of and nobody answered


class ContactPoint(Table):
    """One way to reach a person or a company; `key` is what compares (folded e-mail, digits of a phone, link)."""

    __tablename__ = "contact_point"
    __table_args__ = (
        Index("ix_contact_point_email", "key", sqlite_where=text("kind = 'email'")),
        Index("ix_contact_point_phone", "key", sqlite_where=text("kind = 'phone'")),
        owner_index("contact_point", "person_id"),
        owner_index("contact_point", "company_id"),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(late_key("person.id", "CASCADE"))
    company_id: Mapped[int | None] = mapped_column(late_key("company.id", "CASCADE"))
    ord: Mapped[int]
    kind: Mapped[str]
    value: Mapped[str]
    key: Mapped[str] = mapped_column(default="")
    label: Mapped[str] = mapped_column(default="")
    types: Mapped[list[str]] = mapped_column(JSON, default=list)
    preferred: Mapped[bool] = mapped_column(default=False)
    parts: Mapped[list[str]] = mapped_column(JSON, default=list)


class Company(Table):
    """A company. From `people` on the columns are derived."""

    __tablename__ = "company"
    __table_args__ = (
        Index("ix_company_people", text("people DESC"), "sort_key", "id"),
        Index("ix_company_last", text("last_touch_on DESC"), "sort_key", "id"),
        Index("ix_company_sort", "sort_key", "id"),
        Index("ix_company_target", "target", "sort_key", "id", sqlite_where=text("target = 1")),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str]
    site: Mapped[str] = mapped_column(default="")
    industry: Mapped[str] = mapped_column(default="")
    size: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    target: Mapped[bool] = mapped_column(default=False)
    uid: Mapped[str] = mapped_column(default="", index=True)
    batch_id: Mapped[int | None] = mapped_column(late_key("import_batch.id", "SET NULL"), index=True)
    every_count: Mapped[int | None]
    every_unit: Mapped[str | None] = mapped_column(String(5))
    revision: Mapped[int] = mapped_column(default=0)

    people: Mapped[int] = mapped_column(default=0)
    past_people: Mapped[int] = mapped_column(default=0)
    last_touch_on: Mapped[date | None]


class Position(Table):
    """What a person does or did at a company."""

    __tablename__ = "position"
    __table_args__ = (
        Index("ix_position_day", text("substr(from_on, 6)"), sqlite_where=text("current = 1")),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(late_key("person.id", "CASCADE"), index=True)
    company_id: Mapped[int] = mapped_column(late_key("company.id", "CASCADE"), index=True)
    ord: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    current: Mapped[bool] = mapped_column(default=True)


class ImportantDate(Table):
    """A birthday, an anniversary, another date; year, day or all but the text may be missing."""

    __tablename__ = "important_date"
    __table_args__ = (Index("ix_important_date_day", "month", "day"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(late_key("person.id", "CASCADE"), index=True)
    ord: Mapped[int]
    kind: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    month: Mapped[int | None]
    day: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="")


class Tag(Table):
    """A tag and its rule for how often."""

    __tablename__ = "tag"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    every_count: Mapped[int | None]
    every_unit: Mapped[str | None] = mapped_column(String(5))


class PersonTag(Table):
    """A person carries a tag."""

    __tablename__ = "person_tag"
    __table_args__ = (UniqueConstraint("person_id", "tag_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(late_key("person.id", "CASCADE"))
    tag_id: Mapped[int] = mapped_column(late_key("tag.id", "CASCADE"), index=True)


class Touch(Table):
    """A touch: a dated contact that happened."""

    __tablename__ = "touch"
    __table_args__ = (Index("ix_touch_on", "touched_on", "id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    direction: Mapped[str]
    touched_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")


class TouchPerson(Table):
    """Who took part in a touch. Kind and day repeat the touch's, so that a timeline is one index walk."""

    __tablename__ = "touch_person"
    __table_args__ = (
        UniqueConstraint("touch_id", "person_id"),
        Index("ix_touch_person_timeline", "person_id", "touched_on", "touch_id", "kind"),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    touch_id: Mapped[int] = mapped_column(ForeignKey("touch.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str]
    touched_on: Mapped[date]


class TouchSource(Table):
    """A touch that a file brought. `key` stays when the touch is deleted: it isn't brought again."""

    __tablename__ = "touch_source"
    __table_args__ = (owner_index("touch_source", "touch_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    touch_id: Mapped[int | None] = mapped_column(ForeignKey("touch.id", ondelete="SET NULL"))


class ImportBatch(Table):
    """One import: what it read and what came of it."""

    __tablename__ = "import_batch"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    files: Mapped[list[str]] = mapped_column(JSON, default=list)
    imported_at: Mapped[datetime]
    read: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    source: Mapped[str | None]  # which program or site the files came from; None: not noted
    undone_at: Mapped[datetime | None]
    possible: Mapped[int | None]  # possible duplicates kept as two; None: not noted


class ImportAdded(Table):
    """Rows `first`..`last` of a table that an import added: what it takes to undo it long after."""

    __tablename__ = "import_added"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), index=True)
    tbl: Mapped[str]
    first: Mapped[int]
    last: Mapped[int]


class ImportChanged(Table):
    """A row that was there and that an import changed: what its columns said before, and what the import gave them."""

    __tablename__ = "import_changed"
    __table_args__ = (Index("ix_import_changed_row", "tbl", "row_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), index=True)
    tbl: Mapped[str]
    row_id: Mapped[int]
    was: Mapped[dict[str, Any]] = mapped_column(JSON)
    became: Mapped[dict[str, Any]] = mapped_column(JSON)


class ImportEdited(Table):
    """A row that an import added and the user changed since, or took something from: undoing the import keeps it."""

    __tablename__ = "import_edited"
    __table_args__ = (Index("ix_import_edited_row", "tbl", "row_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    tbl: Mapped[str]
    row_id: Mapped[int]


class SourceCard(Table):
    """A record as its file brought it (INTEROP.md 6): every property in order, as the text of one card.

    `raw` is what `formats.vcard.properties` reads again: a card is always taken whole, and 19 rows a card would cost
    an import four times the time. Binary content is in `blob`. `digest` tells an unchanged card.
    """

    __tablename__ = "source_card"
    __table_args__ = (
        owner_index("source_card", "person_id"),
        owner_index("source_card", "company_id"),
        owner_index("source_card", "tag_id"),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(late_key("person.id", "CASCADE"))
    company_id: Mapped[int | None] = mapped_column(late_key("company.id", "CASCADE"))
    tag_id: Mapped[int | None] = mapped_column(late_key("tag.id", "CASCADE"))
    batch_id: Mapped[int | None] = mapped_column(late_key("import_batch.id", "SET NULL"), index=True)
    version: Mapped[str] = mapped_column(default="")
    producer: Mapped[str] = mapped_column(default="")
    uid: Mapped[str] = mapped_column(default="", index=True)
    rev: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(index=True)
    raw: Mapped[str] = mapped_column(default="")


class NotSame(Table):
    """Two people, or two companies, that the user says are two; `one` is the lower id.

    No foreign keys: ids are never used again, so a pair whose one is gone does no harm, and is true again once undo
    brings it back.
    """

    __tablename__ = "not_same"
    __table_args__ = (UniqueConstraint("kind", "one", "other"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    one: Mapped[int]
    other: Mapped[int]


class SkippedRecord(Table):
    """A record of a file that the user never wants: known again by its text or, once that changed, by its UID."""

    __tablename__ = "skipped_record"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(index=True)
    uid: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]


class CompanyAlias(Table):
    """A name that a company merged away had: whoever is imported as working there works at the company that stayed."""

    __tablename__ = "company_alias"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)


class Preference(Table):
    """A setting that belongs to the book and travels with it."""

    __tablename__ = "preference"
    __table_args__ = (UniqueConstraint("name"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    value: Mapped[Any] = mapped_column(JSON)


# --- not journaled: content-addressed, derived, or the journal itself -------------------------------------------------


class Blob(Table):
    """Bytes by their SHA-256: files and pictures as they came (`original`), pictures as we show them (`shown`, our JPEG)."""

    __tablename__ = "blob"

    sha: Mapped[str] = mapped_column(primary_key=True)
    original: Mapped[bytes] = mapped_column(LargeBinary)
    shown: Mapped[bytes | None] = mapped_column(LargeBinary)
    refused: Mapped[bool] = mapped_column(default=False)  # a picture we won't decode (SVG, a bomb, damaged)


class JournalEntry(Table):
    """One user action: one step of undo and one line of history."""

    __tablename__ = "journal_entry"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    op: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    done_at: Mapped[datetime]
    undone: Mapped[bool] = mapped_column(default=False)


class JournalRow(Table):
    """How a row stood on the other side of an entry: before it, or, once undone, after it. NULL: it wasn't there."""

    __tablename__ = "journal_row"
    __table_args__ = ({"sqlite_with_rowid": False},)

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("journal_entry.id", ondelete="CASCADE"), primary_key=True
    )
    tbl: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    image: Mapped[str | None]


class JournalRange(Table):
    """Rows `first`..`last` of a table that an entry inserted in bulk: an import needs no image for each."""

    __tablename__ = "journal_range"
    __table_args__ = ({"sqlite_with_rowid": False},)

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("journal_entry.id", ondelete="CASCADE"), primary_key=True
    )
    tbl: Mapped[str] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


UNJOURNALED = frozenset(
    {"blob", "exported_event", "calendar_export", "journal_entry", "journal_row", "journal_range"}
)


def journaled() -> tuple[str, ...]:
    """Return the names of the tables whose every change is journaled, parents before children."""
    return tuple(table.name for table in Table.metadata.sorted_tables if table.name not in UNJOURNALED)
