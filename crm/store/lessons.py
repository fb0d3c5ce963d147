"""Lessons, feedback and practice: writing and reading them, and what a brief says of people."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from crm.domain.lesson import (
    BriefPerson,
    FeedbackDraft,
    FeedbackId,
    FeedbackRow,
    LessonDraft,
    LessonId,
    LessonKind,
    LessonRow,
    PracticeDraft,
    PracticeId,
    PracticeRow,
)
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.store.lesson_tables import Feedback, Lesson, Practice
from crm.store.opportunity_tables import Opportunity
from crm.store.tables import Company, Person, Touch, TouchPerson


def insert(session: Session, draft: LessonDraft, on: date) -> int:
    """Add a lesson; return the id."""
    row = Lesson(learned_on=on, **_values(draft))
    session.add(row)
    session.flush()
    return row.id


def update_from(session: Session, lesson: int, draft: LessonDraft) -> None:
    """Make a lesson say what a draft says."""
    row = session.get_one(Lesson, lesson)
    for name, value in _values(draft).items():
        setattr(row, name, value)


def answer(session: Session, lesson: int, on: date, *, helped: bool) -> None:
    """Note that a lesson was shown, and whether it was of use."""
    row = session.get_one(Lesson, lesson)
    row.shown_on = on
    row.helped += helped
    row.passed = 0 if helped else row.passed + 1


def delete_lesson(session: Session, lesson: int) -> None:
    """Remove a lesson."""
    session.execute(delete(Lesson).where(Lesson.id == lesson))


def lessons(
    session: Session, only: int | None = None, *, company: int | None = None
) -> tuple[LessonRow, ...]:
    """Return the lessons, the newest first: all, the one given, or those learned at a company."""
    query = _lessons() if only is None else _lessons().where(Lesson.id == only)
    if company is not None:
        query = query.where(Opportunity.company_id == company)
    return tuple(_lesson(one) for one in session.execute(query))


def insert_feedback(session: Session, draft: FeedbackDraft) -> int:
    """Add feedback; return the id."""
    row = Feedback(
        opportunity_id=draft.opportunity, person_id=draft.person, given_on=draft.on, text=draft.text
    )
    session.add(row)
    session.flush()
    session.get_one(Opportunity, draft.opportunity).revision += 1
    return row.id


def delete_feedback(session: Session, feedback: int) -> None:
    """Remove feedback; the lessons it taught stay."""
    session.execute(delete(Feedback).where(Feedback.id == feedback))


def feedback(
    session: Session, *, opportunity: int | None = None, company: int | None = None
) -> tuple[FeedbackRow, ...]:
    """Return feedback, the newest first: all, of one opportunity, or of everything at a company."""
    query = (
        select(Feedback, Person.display_name, Company.name, Opportunity.title)
        .join(Opportunity, Opportunity.id == Feedback.opportunity_id)
        .outerjoin(Person, Person.id == Feedback.person_id)
        .outerjoin(Company, Company.id == Opportunity.company_id)
        .order_by(Feedback.given_on.desc(), Feedback.id.desc())
    )
    if opportunity is not None:
        query = query.where(Feedback.opportunity_id == opportunity)
    if company is not None:
        query = query.where(Opportunity.company_id == company)
    found = []
    for stored, name, at, role in session.execute(query):
        draft = FeedbackDraft(
            stored.text,
            stored.given_on,
            OpportunityId(stored.opportunity_id),
            PersonId(stored.person_id) if stored.person_id is not None else None,
        )
        found.append(FeedbackRow(FeedbackId(stored.id), draft, name or "", at or "", role))
    return tuple(found)


def insert_practice(session: Session, draft: PracticeDraft) -> int:
    """Add a practice; return the id."""
    row = Practice(
        person_id=draft.person, practised_on=draft.on, topic=draft.topic, went=draft.went, note=draft.note
    )
    session.add(row)
    session.flush()
    return row.id


def delete_practice(session: Session, practice: int) -> None:
    """Remove a practice."""
    session.execute(delete(Practice).where(Practice.id == practice))


def practice(session: Session) -> tuple[PracticeRow, ...]:
    """Return the practice log, the newest first."""
    query = (
        select(Practice, Person.display_name)
        .outerjoin(Person, Person.id == Practice.person_id)
        .order_by(Practice.practised_on.desc(), Practice.id.desc())
    )
    found = []
    for stored, name in session.execute(query):
        person = PersonId(stored.person_id) if stored.person_id is not None else None
        draft = PracticeDraft(stored.topic, stored.practised_on, person, stored.went, stored.note)
        found.append(PracticeRow(PracticeId(stored.id), draft, name or ""))
    return tuple(found)


def people(session: Session, wanted: Sequence[PersonId]) -> tuple[BriefPerson, ...]:
    """Return what a brief says of these people, in their order."""
    known = {
        row.id: row
        for row in session.execute(
            select(Person.id, Person.display_name, Person.title).where(Person.id.in_(wanted))
        )
    }
    counted = select(TouchPerson.person_id, func.count(), func.max(TouchPerson.touched_on)).where(
        TouchPerson.person_id.in_(wanted)
    )
    history = {
        person: (number, last)
        for person, number, last in session.execute(counted.group_by(TouchPerson.person_id))
    }
    found = []
    for person in wanted:
        if person in known:
            number, last = history.get(person, (0, None))
            row, note = known[person], _last_note(session, person)
            found.append(BriefPerson(person, row.display_name, row.title, number, last, note))
    return tuple(found)


def _last_note(session: Session, person: int) -> str:
    query = (
        select(Touch.note)
        .join(TouchPerson, TouchPerson.touch_id == Touch.id)
        .where(TouchPerson.person_id == person, Touch.note != "")
        .order_by(TouchPerson.touched_on.desc(), Touch.id.desc())
        .limit(1)
    )
    return session.scalar(query) or ""


def _lessons() -> Select[*tuple[Any, ...]]:
    return (
        select(Lesson, Company.name, Opportunity.title, Person.display_name)
        .outerjoin(Feedback, Feedback.id == Lesson.feedback_id)
        .outerjoin(Person, Person.id == Feedback.person_id)
        .outerjoin(Opportunity, Opportunity.id == Lesson.opportunity_id)
        .outerjoin(Company, Company.id == Opportunity.company_id)
        .order_by(Lesson.learned_on.desc(), Lesson.id.desc())
    )


def _lesson(one: Any) -> LessonRow:
    stored: Lesson = one.Lesson
    draft = LessonDraft(
        stored.text,
        LessonKind(stored.kind),
        tuple(stored.tags),
        OpportunityId(stored.opportunity_id) if stored.opportunity_id is not None else None,
        FeedbackId(stored.feedback_id) if stored.feedback_id is not None else None,
    )
    return LessonRow(
        LessonId(stored.id),
        draft,
        stored.learned_on,
        one.name or "",
        one.title or "",
        one.display_name or "",
        stored.helped,
        stored.passed,
        stored.shown_on,
    )


def _values(draft: LessonDraft) -> dict[str, Any]:
    return {
        "text": draft.text,
        "kind": draft.kind.value,
        "tags": list(draft.tags),
        "opportunity_id": draft.opportunity,
        "feedback_id": draft.feedback,
    }
