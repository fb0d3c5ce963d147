"""The tables of meetings that a calendar told of: who is there, and whether the book has answered them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table, owner_index


class Meeting(Table):
    """An occurrence. `held_on` is the user's day; `settled` once it was logged as a touch, or let go."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_held_on", "settled", "held_on", "id"),
        owner_index("meeting", "touch_id"),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    series: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    place: Mapped[str]
    held_on: Mapped[date]
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int]
    settled: Mapped[bool]
    touch_id: Mapped[int | None] = mapped_column(ForeignKey("touch.id", ondelete="SET NULL"))


class MeetingPerson(Table):
    """Who of the book is at a meeting."""

    __tablename__ = "meeting_person"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
