"""The tables of opportunities: their history, rounds, people, and the dated steps of every plan."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table, new_uid, now, owner_index


class Opportunity(Table):
    """A role the user wants. `stage`, `ending` and `since_on` repeat the newest move."""

    __tablename__ = "opportunity"
    __table_args__ = (Index("ix_opportunity_stage", "stage", "since_on", "id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"), index=True)
    stage: Mapped[str]
    ending: Mapped[str] = mapped_column(default="")
    since_on: Mapped[date]
    added_on: Mapped[date]
    applied_on: Mapped[date | None]
    deadline_on: Mapped[date | None]
    link: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    salary: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=0)
    place: Mapped[int | None]  # from the top of its column of the board; None: where its dates put it
    reapply_on: Mapped[date | None]  # None: as long after closing as is usual


class OpportunityMove(Table):
    """One line of an opportunity's history: the stage it came to, how it ended, the day."""

    __tablename__ = "opportunity_move"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), index=True)
    stage: Mapped[str]
    ending: Mapped[str] = mapped_column(default="")
    moved_on: Mapped[date]


class OpportunityPerson(Table):
    """Who a person is for an opportunity: recruiter, hiring manager, interviewer, referrer."""

    __tablename__ = "opportunity_person"
    __table_args__ = (UniqueConstraint("opportunity_id", "person_id", "role"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]


class Interview(Table):
    """A round. `held_on` is the day where the user is; `starts_at` (UTC) is missing while only the day is known.

    Calendars know it by `uid`.
    """

    __tablename__ = "interview"
    __table_args__ = (Index("ix_interview_held_on", "held_on", "id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), index=True)
    held_on: Mapped[date]
    starts_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=60)
    format: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    preparation: Mapped[str] = mapped_column(default="")
    questions: Mapped[str] = mapped_column(default="")
    went: Mapped[int | None]
    enjoyed: Mapped[str] = mapped_column(default="")
    repeat: Mapped[str] = mapped_column(default="")
    change: Mapped[str] = mapped_column(default="")
    uid: Mapped[str | None] = mapped_column(default=new_uid)
    changed_at: Mapped[datetime | None] = mapped_column(default=now, onupdate=now)


class InterviewPerson(Table):
    """Who held a round."""

    __tablename__ = "interview_person"
    __table_args__ = (UniqueConstraint("interview_id", "person_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class Step(Table):
    """A next step: by hand (no `key`) or of a plan. `key` names subject and step, so a plan starts once.

    A step that waits has no `due_on`: it comes `wait_days` after the step `waits_for` is done. `edited` keeps it from
    being withdrawn with its plan. Calendars know it by `uid`.
    """

    __tablename__ = "step"
    __table_args__ = (
        Index("ix_step_open", "due_on", "id", sqlite_where=text("state = 'open'")),
        owner_index("step", "opportunity_id"),
        owner_index("step", "person_id"),
        owner_index("step", "touch_id"),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interview.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    plan: Mapped[str] = mapped_column(default="")
    key: Mapped[str | None] = mapped_column(unique=True)
    ord: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(default="open")
    from_on: Mapped[date]
    due_on: Mapped[date | None]
    waits_for: Mapped[str] = mapped_column(default="")
    wait_days: Mapped[int] = mapped_column(default=0)
    sooner_after: Mapped[str] = mapped_column(default="")
    edited: Mapped[bool] = mapped_column(default=False)
    done_on: Mapped[date | None]
    touch_id: Mapped[int | None] = mapped_column(ForeignKey("touch.id", ondelete="SET NULL"))
    uid: Mapped[str | None] = mapped_column(default=new_uid)
    changed_at: Mapped[datetime | None] = mapped_column(default=now, onupdate=now)
