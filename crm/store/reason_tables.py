"""The tables of why now: what files said that is new, and rules that are silent for somebody."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table


class PersonNews(Table):
    """What a newer file of a program said that an earlier one didn't: a new job, a title, come, gone."""

    __tablename__ = "person_news"
    __table_args__ = (Index("ix_person_news_noticed", "noticed_on", "person_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_batch.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str]
    program: Mapped[str]
    noticed_on: Mapped[date]
    was_company: Mapped[str]
    was_title: Mapped[str]
    company: Mapped[str]
    title: Mapped[str]


class MutedReason(Table):
    """A rule of why now that is silent for a person: for good, or for what it says of days up to `until_on`."""

    __tablename__ = "muted_reason"
    __table_args__ = (UniqueConstraint("person_id", "rule"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    rule: Mapped[str]
    until_on: Mapped[date | None]
