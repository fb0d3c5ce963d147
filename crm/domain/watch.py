"""What the user noticed at a company: news, a post, an opening; and the step to do something about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from crm.domain.company import CompanyId
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.domain.plan import StepId, StepState
from crm.domain.touch import TouchKind

NoticedId = NewType("NoticedId", int)

_WEB = ("http://", "https://")
_IN_PUBLIC = (TouchKind.COMMENT,)
_IN_PRIVATE = (TouchKind.COMMENT, TouchKind.MESSAGE, TouchKind.EMAIL, TouchKind.CALL, TouchKind.LETTER)


class NoticedKind(StrEnum):
    """What it was."""

    NEWS = "news"
    POST = "post"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class NoticedDraft:
    """A light note on a company, and where it can be read."""

    company: CompanyId
    text: str
    on: date
    kind: NoticedKind = NoticedKind.NEWS
    link: str = ""


@dataclass(frozen=True, slots=True)
class Engage:
    """What to do about it, by when; with somebody there, or with nobody in particular."""

    title: str
    on: date
    person: PersonId | None = None

    @property
    def kinds(self) -> tuple[TouchKind, ...]:
        """Which touches do it."""
        return _IN_PUBLIC if self.person is None else _IN_PRIVATE


@dataclass(frozen=True, slots=True)
class Engagement:
    """The step to engage, as it stands."""

    step: StepId
    title: str
    on: date | None
    state: StepState


@dataclass(frozen=True, slots=True)
class NoticedRow:
    """A stored note, its company's name, the step it led to and the opportunity it became."""

    id: NoticedId
    draft: NoticedDraft
    company: str
    engagement: Engagement | None = None
    opportunity: OpportunityId | None = None

    @property
    def is_open_opening(self) -> bool:
        """Whether it is an opening that is no opportunity yet."""
        return self.draft.kind is NoticedKind.OPENING and self.opportunity is None


def read_noticed(text: str) -> tuple[str, str]:
    """Return what was typed without its first web address, and that address; "" where there is none."""
    words = text.split()
    link = next((word for word in words if word.lower().startswith(_WEB)), "")
    if link:
        words.remove(link)
    return " ".join(words), link
