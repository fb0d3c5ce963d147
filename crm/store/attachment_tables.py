"""The table of files kept with opportunities; their contents are in `blob`."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.base import KEEP_IDS, Table, owner_index


class Attachment(Table):
    """A file sent with an opportunity, or about one of its rounds. `sha` is its content's address."""

    __tablename__ = "attachment"
    __table_args__ = (owner_index("attachment", "interview_id"), KEEP_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), index=True)
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interview.id", ondelete="SET NULL"))
    name: Mapped[str]
    kind: Mapped[str]
    sha: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    added_on: Mapped[date]
