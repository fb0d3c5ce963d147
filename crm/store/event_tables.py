"""The tables of events and who is or was there."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table, new_uid, now


class Event(Table):
    """A job fair, a meetup, a group, a mentor. Calendars know it by `uid`."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_held_on", "held_on", "id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    held_on: Mapped[date | None]
    place: Mapped[str]
    link: Mapped[str]
    goal: Mapped[str]
    status: Mapped[str]
    notes: Mapped[str]
    outcome: Mapped[str]
    uid: Mapped[str | None] = mapped_column(default=new_uid)
    changed_at: Mapped[datetime | None] = mapped_column(default=now, onupdate=now)


class EventPerson(Table):
    """Who may be at an event, or was met there."""

    __tablename__ = "event_person"
    __table_args__ = (UniqueConstraint("event_id", "person_id", "attendance"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    attendance: Mapped[str]
