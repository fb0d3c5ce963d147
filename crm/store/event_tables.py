"""The tables of events and who is or was there."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table


class Event(Table):
    """A job fair, a meetup, a group, a mentor."""

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


class EventPerson(Table):
    """Who may be at an event, or was met there."""

    __tablename__ = "event_person"
    __table_args__ = (UniqueConstraint("event_id", "person_id", "attendance"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    attendance: Mapped[str]
