"""Lessons: what the user would repeat or change, the feedback they come from, and which return before an interview."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from crm.domain.folding import fold
from crm.domain.interview import InterviewRow
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.domain.plan import StepRow
from crm.domain.watch import NoticedRow

LessonId = NewType("LessonId", int)
FeedbackId = NewType("FeedbackId", int)
PracticeId = NewType("PracticeId", int)

MOST_SHOWN = 5
MOST_NOTICED = 5
RESTS_AFTER = 3


class LessonKind(StrEnum):
    """What to do with it next time."""

    REPEAT = "repeat"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """A short rule. Tags say what it is about: a kind of round, a skill, a question, a person."""

    text: str
    kind: LessonKind = LessonKind.CHANGE
    tags: tuple[str, ...] = ()
    opportunity: OpportunityId | None = None
    feedback: FeedbackId | None = None


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A stored lesson with its source. `passed` counts how often in a row it was not relevant."""

    id: LessonId
    draft: LessonDraft
    learned_on: date
    company: str = ""
    role: str = ""
    given_by: str = ""
    helped: int = 0
    passed: int = 0
    shown_on: date | None = None

    @property
    def rests(self) -> bool:
        """Whether it was not relevant so often that it is no longer shown before interviews."""
        return self.passed >= RESTS_AFTER


@dataclass(frozen=True, slots=True)
class FeedbackDraft:
    """What somebody said, in their words."""

    text: str
    on: date
    opportunity: OpportunityId
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """Stored feedback: who gave it, about which role where."""

    id: FeedbackId
    draft: FeedbackDraft
    name: str = ""
    company: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """A mock interview or another way to practise; `went` is 1 to 5."""

    topic: str
    on: date
    person: PersonId | None = None
    went: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A stored practice, and with whom it was."""

    id: PracticeId
    draft: PracticeDraft
    name: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """Lessons that share a tag; "" holds those without any."""

    tag: str
    lessons: tuple[LessonRow, ...]


@dataclass(frozen=True, slots=True)
class BriefPerson:
    """Somebody who will be there: how well you know them, and what was last said."""

    person: PersonId
    name: str
    title: str = ""
    touches: int = 0
    last_touch_on: date | None = None
    last_note: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What to look at before a round."""

    held: InterviewRow
    people: tuple[BriefPerson, ...] = ()
    promises: tuple[StepRow, ...] = ()
    feedback: tuple[FeedbackRow, ...] = ()
    lessons: tuple[LessonRow, ...] = ()
    noticed: tuple[NoticedRow, ...] = ()


def themes(lessons: Iterable[LessonRow]) -> tuple[Theme, ...]:
    """Return lessons by tag, however it is spelled; what was seen most comes first, those without a tag last."""
    named: dict[str, str] = {}
    found: dict[str, list[LessonRow]] = {}
    for lesson in lessons:
        for tag in lesson.draft.tags or ("",):
            named.setdefault(fold(tag), tag)
            found.setdefault(fold(tag), []).append(lesson)
    order = sorted(found, key=lambda key: (not key, -len(found[key]), key))
    return tuple(Theme(named[key], tuple(found[key])) for key in order)


def ranked(lessons: Iterable[LessonRow], about: InterviewRow) -> tuple[LessonRow, ...]:
    """Return the lessons to show before a round: by what they share with it, longest not shown, most helpful.

    What was learned since isn't among them, so that the brief of a round gone by asks about what was taken along.
    """
    words = _words(about)

    def place(lesson: LessonRow) -> tuple[int, date, int, int]:
        return -_shared(lesson, words), lesson.shown_on or date.min, -lesson.helped, lesson.id

    taken = (one for one in lessons if not one.rests and one.learned_on <= about.draft.on)
    return tuple(sorted(taken, key=place))[:MOST_SHOWN]


def _words(about: InterviewRow) -> str:
    parts = (about.company, about.title, about.draft.name, about.draft.format.value)
    return f" {' '.join(fold(part) for part in (*parts, *(name for _, name in about.people)))} "


def _shared(lesson: LessonRow, words: str) -> int:
    """Count the tags, and the company, that a round's own words hold as whole words."""
    keys = {fold(one) for one in (*lesson.draft.tags, lesson.company)} - {""}
    return sum(f" {key} " in words for key in keys)
