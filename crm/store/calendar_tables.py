"""The tables of calendars: files that are kept up to date, a calendar on a server, and what went out to either."""

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


class Caldav(Table):
    """The calendar on a server that plans are pushed to, and those that `meetings` are read from. No password is here."""

    __tablename__ = "caldav"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    server: Mapped[str]
    user: Mapped[str]
    url: Mapped[str]
    name: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(JSON)
    alarms: Mapped[list[int]] = mapped_column(JSON)
    detail: Mapped[str]
    meetings: Mapped[list[list[str]]] = mapped_column(JSON)


# Not journaled: what other programs hold stays so, whatever is undone here.


class ExportedEvent(Table):
    """An event as it last went out in a calendar file, or to a server: calendars hold it now, whatever is undone here.

    `scope` says for whom the file was made. A cancelled one stays, so that it can return with a higher `sequence`.
    `etag` and `notice` are of what a server holds.
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
    etag: Mapped[str | None]
    notice: Mapped[str | None]
    notice_at: Mapped[datetime | None]


class CalendarExport(Table):
    """When a calendar file was last made for a scope."""

    __tablename__ = "calendar_export"
    __table_args__ = ({"sqlite_with_rowid": False},)

    scope: Mapped[str] = mapped_column(primary_key=True)
    exported_at: Mapped[datetime]
