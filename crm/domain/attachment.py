"""An attachment: a file kept with an opportunity or one of its rounds, such as the résumé that was sent."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from crm.domain.folding import fold
from crm.domain.interview import InterviewId
from crm.domain.opportunity import OpportunityId

AttachmentId = NewType("AttachmentId", int)

LARGEST = 25 << 20  # bytes; mail won't carry more either, and every backup copies it


class AttachmentKind(StrEnum):
    """What a file is."""

    RESUME = "resume"
    COVER_LETTER = "cover_letter"
    OTHER = "other"


_LETTERS = ("cover", "letter", "motivation", "anschreiben")
_RESUMES = ("resume", "curriculum", "lebenslauf")


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file that is kept. `sha` is its content's address; `elsewhere` names other opportunities it went to as well."""

    id: AttachmentId
    opportunity: OpportunityId
    name: str
    kind: AttachmentKind
    sha: str
    size: int
    added_on: date
    interview: InterviewId | None = None
    elsewhere: tuple[str, ...] = ()


def kind_of(name: str) -> AttachmentKind:
    """Return what a file probably is, by its name; the user may say otherwise."""
    words = fold(name)
    if any(word in words for word in _LETTERS):
        return AttachmentKind.COVER_LETTER
    apart = "".join(c if c.isalpha() else " " for c in words).split()
    if "cv" in apart or any(word in words for word in _RESUMES):
        return AttachmentKind.RESUME
    return AttachmentKind.OTHER
