"""Lessons: feedback turned into them, keeping them, the brief before an interview, the practice log."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from crm.app import interviews, opportunities, plans
from crm.app.books import Book
from crm.app.drafts import line, note
from crm.app.preferences import days_off
from crm.domain.changes import Op
from crm.domain.company import CompanyId
from crm.domain.folding import fold
from crm.domain.interview import BEST, InterviewId
from crm.domain.lesson import (
    MOST_NOTICED,
    Brief,
    FeedbackDraft,
    FeedbackId,
    FeedbackRow,
    LessonDraft,
    LessonId,
    LessonRow,
    PracticeDraft,
    PracticeId,
    PracticeRow,
    ranked,
)
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.domain.plan import StepId, slide
from crm.errors import Invalid, NotFound
from crm.store import lessons as rows
from crm.store import people as known_people
from crm.store import steps, watch

PRACTISE_WITHIN_DAYS = 3


def add(book: Book, draft: LessonDraft, *, today: date) -> LessonId:
    """Add a lesson; the step to write down what was learned is then done. Raises `Invalid`, `NotFound`."""
    tidied = _tidied(draft)
    with book.write(Op.ADD_LESSON, subject=tidied.text) as session:
        if tidied.opportunity is not None:
            opportunities.draft(book, tidied.opportunity)
        made = LessonId(rows.insert(session, tidied, today))
        if tidied.opportunity is not None:
            steps.lesson_learned(session, tidied.opportunity, today, days_off(book))
    return made


def edit(book: Book, lesson: LessonId, draft: LessonDraft) -> None:
    """Make a lesson say what `draft` says. Raises `Invalid`, `NotFound`."""
    row(book, lesson)
    tidied = _tidied(draft)
    with book.write(Op.EDIT_LESSON, subject=tidied.text) as session:
        rows.update_from(session, lesson, tidied)


def answer(book: Book, lesson: LessonId, *, helped: bool, today: date) -> None:
    """Say after an interview whether a lesson was used; three times in a row not relevant, and it rests."""
    stands = row(book, lesson)
    with book.write(Op.ANSWER_LESSON, subject=stands.draft.text, helped=helped) as session:
        rows.answer(session, lesson, today, helped=helped)


def delete(book: Book, lesson: LessonId) -> None:
    """Remove a lesson. Raises `NotFound`."""
    stands = row(book, lesson)
    with book.write(Op.DELETE_LESSON, subject=stands.draft.text) as session:
        rows.delete_lesson(session, lesson)


def row(book: Book, lesson: LessonId) -> LessonRow:
    """Return one lesson. Raises `NotFound`."""
    with book.read() as session:
        found = rows.lessons(session, lesson)
    if not found:
        raise NotFound("lesson", lesson)
    return found[0]


def every(book: Book) -> tuple[LessonRow, ...]:
    """Return all lessons, the newest first; `domain.lesson.themes` groups them."""
    with book.read() as session:
        return rows.lessons(session)


def of_opportunity(book: Book, opportunity: OpportunityId) -> tuple[LessonRow, ...]:
    """Return the lessons learned from an opportunity, the newest first."""
    return tuple(one for one in every(book) if one.draft.opportunity == opportunity)


def record_feedback(
    book: Book, draft: FeedbackDraft, learned: Iterable[LessonDraft] = (), *, today: date
) -> FeedbackId:
    """Keep what somebody said, with the lessons it taught, in one undo step.

    The steps that waited for feedback get their day. Raises `Invalid`, `NotFound`.
    """
    text = note(draft.text)
    if not text:
        raise Invalid("feedback", draft.text, "empty")
    if draft.on > today:
        raise Invalid("given_on", draft.on, "future")
    about = opportunities.card(book, draft.opportunity, today=today).row
    with book.write(Op.ADD_FEEDBACK, subject=about.company or about.title) as session:
        _check_person(book, draft.person)
        made = FeedbackId(rows.insert_feedback(session, replace(draft, text=text)))
        steps.feedback_came(session, draft.opportunity, today, days_off(book))
        for one in learned:
            add(book, replace(one, opportunity=draft.opportunity, feedback=made), today=today)
    return made


def delete_feedback(book: Book, feedback: FeedbackRow) -> None:
    """Remove feedback; the lessons it taught stay."""
    with book.write(Op.DELETE_FEEDBACK, subject=feedback.company or feedback.role) as session:
        rows.delete_feedback(session, feedback.id)


def feedback(book: Book, opportunity: OpportunityId | None = None) -> tuple[FeedbackRow, ...]:
    """Return the feedback there is, the newest first."""
    with book.read() as session:
        return rows.feedback(session, opportunity=opportunity)


def of_company(book: Book, company: CompanyId) -> tuple[tuple[FeedbackRow, ...], tuple[LessonRow, ...]]:
    """Return the feedback of a company and the lessons learned there, the newest first."""
    with book.read() as session:
        return rows.feedback(session, company=company), rows.lessons(session, company=company)


def practise(book: Book, draft: PracticeDraft, *, today: date) -> PracticeId:
    """Note that something was practised. Raises `Invalid`, `NotFound`."""
    tidied = replace(draft, topic=line(draft.topic), note=note(draft.note))
    if not tidied.topic:
        raise Invalid("topic", draft.topic, "empty")
    if draft.on > today:
        raise Invalid("practised_on", draft.on, "future")
    if draft.went is not None and not 1 <= draft.went <= BEST:
        raise Invalid("went", draft.went, "range")
    with book.write(Op.ADD_PRACTICE, subject=tidied.topic) as session:
        _check_person(book, draft.person)
        return PracticeId(rows.insert_practice(session, tidied))


def plan_practice(book: Book, topic: str, person: PersonId | None = None, *, today: date) -> StepId:
    """Make a step to practise something, within the week and on a working day. Raises `Invalid` without a topic."""
    on = slide(today + timedelta(days=PRACTISE_WITHIN_DAYS), days_off(book))
    return plans.add_step(book, None, topic, on, today=today, person=person)


def delete_practice(book: Book, practice: PracticeRow) -> None:
    """Remove a line of the practice log."""
    with book.write(Op.DELETE_PRACTICE, subject=practice.draft.topic) as session:
        rows.delete_practice(session, practice.id)


def practice_log(book: Book) -> tuple[PracticeRow, ...]:
    """Return what was practised, the newest first."""
    with book.read() as session:
        return rows.practice(session)


def brief(book: Book, interview: InterviewId, *, today: date) -> Brief:
    """Return what to look at before a round: people, promises, feedback and news there, at most five lessons.

    Raises `NotFound`.
    """
    held = interviews.row(book, interview)
    company = opportunities.card(book, held.opportunity, today=today).row.company_id
    with book.read() as session:
        people = rows.people(session, held.draft.people)
        promises = steps.promises(session, held.draft.people, held.opportunity)
        lessons = ranked(rows.lessons(session), held)
        if company is None:
            return Brief(held, people, promises, lessons=lessons)
        said = rows.feedback(session, company=company)
        return Brief(held, people, promises, said, lessons, watch.rows(session, company, MOST_NOTICED))


def _tidied(draft: LessonDraft) -> LessonDraft:
    tags: dict[str, str] = {}
    for tag in map(line, draft.tags):
        if fold(tag):
            tags.setdefault(fold(tag), tag)
    tidied = replace(draft, text=line(draft.text), tags=tuple(tags.values()))
    if not tidied.text:
        raise Invalid("lesson", draft.text, "empty")
    return tidied


def _check_person(book: Book, person: int | None) -> None:
    if person is None:
        return
    with book.read() as session:
        if person not in known_people.names_of(session, [person]):
            raise NotFound("person", person)
