"""The table of what was noticed at companies."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table, owner_index


class Noticed(Table):
    """News, a post or an opening at a company. `step_id` is the step to engage, `opportunity_id` what it became."""

    __tablename__ = "noticed"
    __table_args__ = (
        Index("ix_noticed_company", "company_id", "noticed_on", "id"),
        owner_index("noticed", "step_id"),
        owner_index("noticed", "opportunity_id"),
        KEEP_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    kind: Mapped[str]
    noticed_on: Mapped[date]
    text: Mapped[str]
    link: Mapped[str]
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id", ondelete="SET NULL"))
