"""An interview: one round of an opportunity, with who held it and what the user made of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId

InterviewId = NewType("InterviewId", int)

BEST = 5
BRIEF_BEFORE_MINUTES = (2 * 60, 24 * 60)  # when its brief is shown, and calendars ring


class Format(StrEnum):
    """How a round is held."""

    PHONE = "phone"
    VIDEO = "video"
    ONSITE = "onsite"
    TASK = "task"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class InterviewDraft:
    """A round. `on` is the day where the user is; `starts_at` an instant with its zone, None while unknown.

    From `questions` on it is what the user writes afterwards; `went` is 1 to 5.
    """

    on: date
    starts_at: datetime | None = None
    minutes: int = 60
    format: Format = Format.VIDEO
    name: str = ""
    people: tuple[PersonId, ...] = ()
    preparation: str = ""
    questions: str = ""
    went: int | None = None
    enjoyed: str = ""
    repeat: str = ""
    change: str = ""

    @property
    def ends_at(self) -> datetime | None:
        """When it is over, if the hour is known."""
        return None if self.starts_at is None else self.starts_at + timedelta(minutes=self.minutes)

    @property
    def reflected(self) -> bool:
        """Whether anything was written down afterwards."""
        return self.went is not None or bool(self.questions or self.enjoyed or self.repeat or self.change)

    def over(self, now: datetime) -> bool:
        """Say whether it is over at an aware instant; without an hour, from the next day where the user is."""
        if self.ends_at is not None:
            return self.ends_at <= now
        return self.on < now.date()


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """A stored round: its number within the opportunity, and who held it as (id, name)."""

    id: InterviewId
    opportunity: OpportunityId
    number: int
    draft: InterviewDraft
    people: tuple[tuple[PersonId, str], ...] = ()
    title: str = ""  # of the opportunity
    company: str = ""
