"""Lessons: feedback taught them, they return before the next interview, and those of no use come to rest."""

from datetime import timedelta

import pytest

from crm.app import interviews, lessons, opportunities, plans, touches
from crm.app.books import Book
from crm.domain.interview import Format, InterviewDraft, InterviewId
from crm.domain.lesson import FeedbackDraft, LessonDraft, PracticeDraft, themes
from crm.domain.opportunity import Ending, OpportunityDraft, OpportunityId, Stage
from crm.domain.person import PersonId
from crm.domain.plan import StepState
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import Invalid, NotFound
from tests.builders import TODAY, a_person, dump


@pytest.fixture
def ada(book: Book) -> PersonId:
    return a_person(book, "Ada Lovelace")


@pytest.fixture
def closed(book: Book, ada: PersonId) -> OpportunityId:
    """A round with Ada, a no, and the plan after it."""
    which = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)
    interviews.add(book, which, InterviewDraft(TODAY, people=(ada,)), today=TODAY)
    opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
    plan = plans.preview(book, "after_no", which, today=TODAY)
    plans.start(book, plan, plan.steps, today=TODAY)
    return which


def a_round(book: Book, company: str, **fields: object) -> InterviewId:
    which = opportunities.add(book, OpportunityDraft("Lead", company), today=TODAY)
    held = InterviewDraft(TODAY + timedelta(days=3), **fields)  # type: ignore[arg-type]
    return interviews.add(book, which, held, today=TODAY)


def test_feedback_is_kept_with_its_lessons_and_moves_the_plan_on(
    book: Book, closed: OpportunityId, ada: PersonId
) -> None:
    before = dump(book)
    said = FeedbackDraft(" More depth on numbers ", TODAY, closed, ada)
    lessons.record_feedback(book, said, (LessonDraft("Numbers first", tags=("Numbers",)),), today=TODAY)
    (kept,) = lessons.feedback(book, closed)
    assert (kept.draft.text, kept.name, kept.company) == ("More depth on numbers", "Ada Lovelace", "Orbital")
    (lesson,) = lessons.every(book)
    assert (lesson.draft.text, lesson.given_by, lesson.company) == (
        "Numbers first",
        "Ada Lovelace",
        "Orbital",
    )
    steps = {step.purpose: step for step in plans.of_opportunity(book, closed) if step.purpose}
    assert steps["lesson"].state is StepState.DONE
    assert steps["thank_feedback"].due_on == TODAY
    book.undo()
    assert dump(book) == before


def test_feedback_without_a_lesson_asks_for_one_today(book: Book, closed: OpportunityId) -> None:
    lessons.record_feedback(book, FeedbackDraft("Fine", TODAY, closed), today=TODAY)
    steps = {step.purpose: step for step in plans.of_opportunity(book, closed) if step.purpose}
    assert (steps["lesson"].state, steps["lesson"].due_on) == (StepState.OPEN, TODAY)


def test_themes_count_however_a_tag_is_spelled(book: Book) -> None:
    for text, tags in (("A", ("Numbers",)), ("B", ("numbers", "Stories")), ("C", ())):
        lessons.add(book, LessonDraft(text, tags=tags), today=TODAY)
    found = [(theme.tag, len(theme.lessons)) for theme in themes(lessons.every(book))]
    assert found == [("numbers", 2), ("Stories", 1), ("", 1)]


def test_the_brief_knows_people_feedback_and_the_lesson_of_the_first_no(
    book: Book, closed: OpportunityId, ada: PersonId
) -> None:
    said = FeedbackDraft("More depth", TODAY, closed, ada)
    lessons.record_feedback(book, said, (LessonDraft("Numbers first"),), today=TODAY)
    touches.log(book, TouchDraft((ada,), TouchKind.COFFEE, TODAY, "the engine"), today=TODAY)
    found = lessons.brief(book, a_round(book, "Orbital", people=(ada,)), today=TODAY)
    assert [(one.name, one.touches, one.last_note) for one in found.people] == [
        ("Ada Lovelace", 1, "the engine")
    ]
    assert [one.draft.text for one in found.feedback] == ["More depth"]
    assert [one.draft.text for one in found.lessons] == ["Numbers first"]


def test_at_most_five_lessons_return_what_fits_first_then_the_longest_unseen(book: Book) -> None:
    for number in range(6):
        lessons.add(book, LessonDraft(f"Lesson {number}"), today=TODAY)
    fits = lessons.add(book, LessonDraft("Fits", tags=("video", "Case study")), today=TODAY)
    seen = lessons.every(book)[-1].id
    lessons.answer(book, seen, helped=True, today=TODAY)
    held = a_round(book, "Fernway", format=Format.VIDEO, name="Case study with the panel")
    shown = lessons.brief(book, held, today=TODAY).lessons
    assert len(shown) == 5
    assert shown[0].id == fits
    assert seen not in {one.id for one in shown}


def test_three_times_not_relevant_and_a_lesson_rests(book: Book) -> None:
    which = lessons.add(book, LessonDraft("Smile"), today=TODAY)
    held = a_round(book, "Fernway")
    for helped in (False, False, True, False, False):
        lessons.answer(book, which, helped=helped, today=TODAY)
    assert lessons.brief(book, held, today=TODAY).lessons
    lessons.answer(book, which, helped=False, today=TODAY)
    assert lessons.row(book, which).rests
    assert lessons.brief(book, held, today=TODAY).lessons == ()
    book.undo()
    assert lessons.brief(book, held, today=TODAY).lessons


def test_a_lesson_stays_when_its_source_goes(book: Book, closed: OpportunityId) -> None:
    lessons.add(book, LessonDraft("Numbers first", opportunity=closed), today=TODAY)
    opportunities.delete(book, [closed])
    assert [one.draft.text for one in lessons.every(book)] == ["Numbers first"]


def test_practice_is_logged(book: Book, ada: PersonId) -> None:
    lessons.practise(book, PracticeDraft(" Numbers ", TODAY, ada, 4), today=TODAY)
    (done,) = lessons.practice_log(book)
    assert (done.draft.topic, done.name, done.draft.went) == ("Numbers", "Ada Lovelace", 4)
    lessons.delete_practice(book, done)
    assert lessons.practice_log(book) == ()


def test_what_says_nothing_is_refused(book: Book, closed: OpportunityId) -> None:
    with pytest.raises(Invalid):
        lessons.add(book, LessonDraft(" "), today=TODAY)
    with pytest.raises(Invalid):
        lessons.record_feedback(book, FeedbackDraft("", TODAY, closed), today=TODAY)
    with pytest.raises(Invalid):
        lessons.record_feedback(book, FeedbackDraft("x", TODAY + timedelta(days=1), closed), today=TODAY)
    with pytest.raises(Invalid):
        lessons.practise(book, PracticeDraft("Numbers", TODAY, went=6), today=TODAY)
    with pytest.raises(NotFound):
        lessons.practise(book, PracticeDraft("Numbers", TODAY, PersonId(99)), today=TODAY)
    with pytest.raises(NotFound):
        lessons.edit(book, lessons.LessonId(9), LessonDraft("x"))


def test_the_brief_of_a_round_gone_by_leaves_out_what_was_learned_since(book: Book) -> None:
    which = opportunities.add(book, OpportunityDraft("Lead", "Orbital"), today=TODAY)
    held = interviews.add(book, which, InterviewDraft(TODAY), today=TODAY)
    lessons.add(book, LessonDraft("Taken along"), today=TODAY)
    lessons.add(book, LessonDraft("Learned since"), today=TODAY + timedelta(days=1))
    found = lessons.brief(book, held, today=TODAY + timedelta(days=1))
    assert [one.draft.text for one in found.lessons] == ["Taken along"]
