"""The tables of lessons: feedback received, lessons learned, practice."""

from datetime import date

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table, owner_index


class Feedback(Table):
    """What somebody said about an application."""

    __tablename__ = "feedback"
    __table_args__ = (owner_index("feedback", "person_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    given_on: Mapped[date]
    text: Mapped[str]


class Lesson(Table):
    """A lesson with its source; it stays when its source goes."""

    __tablename__ = "lesson"
    __table_args__ = (
        owner_index("lesson", "opportunity_id"),
        owner_index("lesson", "feedback_id"),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    kind: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id", ondelete="SET NULL"))
    feedback_id: Mapped[int | None] = mapped_column(ForeignKey("feedback.id", ondelete="SET NULL"))
    learned_on: Mapped[date]
    helped: Mapped[int] = mapped_column(default=0)
    passed: Mapped[int] = mapped_column(default=0)
    shown_on: Mapped[date | None]


class Practice(Table):
    """A mock interview: with whom, on what, how it went."""

    __tablename__ = "practice"
    __table_args__ = (owner_index("practice", "person_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    practised_on: Mapped[date]
    topic: Mapped[str]
    went: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
