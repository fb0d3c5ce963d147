"""Tables of what a contact page shows besides: fields of the user's own, who introduced whom."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table


class CustomField(Table):
    """Something kept of a person under a name of the user's own."""

    __tablename__ = "custom_field"
    __table_args__ = (KEEP_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    ord: Mapped[int]
    name: Mapped[str]
    value: Mapped[str]


class IntroducedBy(Table):
    """Who made a person known to the user. A merge that would make it the person's own doing drops it."""

    __tablename__ = "introduced_by"
    __table_args__ = (CheckConstraint("person_id <> by_id", name="other"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
