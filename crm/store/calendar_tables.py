"""The tables of calendar files: the ones that are kept up to date, and what went out in those made by hand."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table


class Feed(Table):
    """A calendar file that is kept up to date. `scope` says whose check-ins are in it; a company that is gone has none."""

    __tablename__ = "feed"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    path: Mapped[str]
    scope: Mapped[str]
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"))
    tag: Mapped[str] = mapped_column(default="")
    days: Mapped[int | None]
    alarms: Mapped[list[int]] = mapped_column(JSON, default=list)
    detail: Mapped[str]
    kinds: Mapped[list[str] | None] = mapped_column(JSON)


# Not journaled: what other programs hold stays so, whatever is undone here.


class ExportedEvent(Table):
    """An event as it last went out in a calendar file: calendars hold it now, whatever is undone here.

    `scope` says for whom the file was made. A cancelled one stays, so that it can return with a higher `sequence`.
    """

    __tablename__ = "exported_event"
    __table_args__ = ({"sqlite_with_rowid": False},)

    scope: Mapped[str] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    sequence: Mapped[int]
    starts_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    summary: Mapped[str]
    digest: Mapped[str]
    cancelled: Mapped[bool] = mapped_column(default=False)
    fresh: Mapped[bool] = mapped_column(default=False)  # the last export said that it is cancelled


class CalendarExport(Table):
    """When a calendar file was last made for a scope."""

    __tablename__ = "calendar_export"
    __table_args__ = ({"sqlite_with_rowid": False},)

    scope: Mapped[str] = mapped_column(primary_key=True)
    exported_at: Mapped[datetime]
