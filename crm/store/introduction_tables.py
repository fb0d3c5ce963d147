"""The table of introductions asked for."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table, owner_index


class Introduction(Table):
    """Somebody asked to introduce the user to somebody at a company. `step_id` is the step that asks."""

    __tablename__ = "introduction"
    __table_args__ = (
        owner_index("introduction", "to_person_id"),
        owner_index("introduction", "step_id"),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"), index=True)
    connector_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    to_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    to_name: Mapped[str]
    note: Mapped[str]
    state: Mapped[str]
    asked_on: Mapped[date]
    since_on: Mapped[date]
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
