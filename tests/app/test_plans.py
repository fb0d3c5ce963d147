"""Plans: the days PRODUCT.md gives, who each step is with, what completes, withdraws and holds back a step."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from crm import paths
from crm.app import interviews, opportunities, people, plans, preferences, touches
from crm.app.books import Book
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import Ending, OpportunityDraft, OpportunityId, Role, RolePerson, Stage
from crm.domain.person import PersonId
from crm.domain.plan import StepRow, StepState
from crm.domain.preferences import BookPreferences
from crm.domain.touch import Direction, TouchDraft, TouchKind
from crm.domain.workdays import Quiet
from crm.errors import ErrorCode, Invalid, KeepwarmError, NotFound
from tests.builders import TODAY, a_draft, a_person, dump

THURSDAY = date(2026, 3, 5)  # the day of the no
HELD = date(2026, 3, 3)


@pytest.fixture
def ben(book: Book) -> PersonId:
    return a_person(book, "Ben Okri")


@pytest.fixture
def grace(book: Book) -> PersonId:
    return a_person(book, "Grace Hopper")


@pytest.fixture
def closed(book: Book, ben: PersonId, grace: PersonId) -> OpportunityId:
    """Two interviewers in one round, one of them the hiring manager; a no on a Thursday."""
    draft = OpportunityDraft("Analyst", "Orbital", people=(RolePerson(ben, Role.HIRING_MANAGER),))
    which = opportunities.add(book, draft, today=TODAY)
    interviews.add(book, which, InterviewDraft(HELD, people=(ben, grace)), today=TODAY)
    opportunities.move(book, which, Stage.CLOSED, today=THURSDAY, ending=Ending.NOT_SELECTED)
    return which


def start(book: Book, which: int, today: date = THURSDAY) -> int:
    plan = plans.preview(book, "after_no", which, today=today)
    return plans.start(book, plan, plan.steps, today=today)


def step(book: Book, which: OpportunityId, title: str) -> StepRow:
    return next(one for one in plans.of_opportunity(book, which) if one.title == title)


def log(book: Book, who: PersonId, on: date, kind: TouchKind = TouchKind.EMAIL) -> touches.Logged:
    return touches.log(book, TouchDraft((who,), kind, on), today=date(2026, 12, 31))


def test_a_no_plans_every_step_on_its_day(book: Book, closed: OpportunityId) -> None:
    plan = plans.preview(book, "after_no", closed, today=THURSDAY)
    assert [(step.title, step.on) for step in plan.steps] == [
        ("Take a day, then reply", date(2026, 3, 6)),
        ("Send Ben Okri a thank-you note", date(2026, 3, 6)),
        ("Send Grace Hopper a thank-you note", date(2026, 3, 6)),
        ("Ask Ben Okri for feedback", date(2026, 3, 9)),  # two working days
        ("Record the feedback, and thank Ben Okri for it", None),
        ("Write down what you learned", date(2026, 3, 9)),  # +3 is a Sunday
        ("Connect with Ben Okri on LinkedIn", date(2026, 3, 9)),
        ("Connect with Grace Hopper on LinkedIn", date(2026, 3, 9)),
        ("Tailor your résumé for the next one", date(2026, 3, 10)),
        ("Ask Ben Okri to be considered in future", date(2026, 3, 12)),
        ("Practise with a mock interview on what was hard", date(2026, 3, 16)),  # +10 is a Sunday
        ("Engage with what Orbital posts", date(2026, 3, 19)),
        ("Find an event or group where people of Orbital may be", date(2026, 3, 26)),
        ("Engage with what Orbital posts", date(2026, 4, 2)),
        ("Check in with Ben Okri", date(2026, 4, 6)),  # +30 is a Saturday
        ("Engage with what Orbital posts", date(2026, 4, 16)),
        ("Check in with Ben Okri", date(2026, 6, 3)),
        ("Check in with Ben Okri", date(2026, 9, 1)),
    ]
    assert plans.of_opportunity(book, closed) == ()


def test_the_mock_interview_comes_before_the_next_one_on_file(book: Book, closed: OpportunityId) -> None:
    other = opportunities.add(book, OpportunityDraft("Lead", "Lumen"), today=TODAY)
    interviews.add(book, other, InterviewDraft(date(2026, 3, 16)), today=TODAY)  # a Monday
    plan = plans.preview(book, "after_no", closed, today=THURSDAY)
    mock = next(step for step in plan.steps if step.title.startswith("Practise"))
    assert mock.on == date(2026, 3, 13)


def test_whoever_was_thanked_or_is_connected_needs_no_such_step(
    book: Book, ben: PersonId, closed: OpportunityId
) -> None:
    log(book, ben, HELD + timedelta(days=1))
    people.edit(book, ben, a_draft("Ben Okri", linkedin="linkedin.com/in/ben"), today=TODAY)
    titles = [step.title for step in plans.preview(book, "after_no", closed, today=THURSDAY).steps]
    assert "Send Ben Okri a thank-you note" not in titles
    assert "Send Grace Hopper a thank-you note" in titles
    assert "Connect with Ben Okri on LinkedIn" not in titles


def test_with_nobody_on_file_the_plan_is_about_the_company(book: Book) -> None:
    which = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)
    opportunities.move(book, which, Stage.CLOSED, today=THURSDAY, ending=Ending.NO_REPLY)
    titles = [step.title for step in plans.preview(book, "after_no", which, today=THURSDAY).steps]
    assert "Ask for feedback" in titles
    assert not any("{" in title or "  " in title for title in titles)
    assert not any(title.startswith(("Check in", "Connect", "Send")) for title in titles)


def test_starting_is_one_undo_step_and_starting_again_adds_nothing(book: Book, closed: OpportunityId) -> None:
    before = dump(book)
    assert start(book, closed) == 18
    assert start(book, closed) == 0
    book.undo()
    assert dump(book) == before


def test_what_the_user_leaves_out_or_moves_is_kept_so(book: Book, closed: OpportunityId) -> None:
    plan = plans.preview(book, "after_no", closed, today=THURSDAY)
    ask = next(step for step in plan.steps if step.title.startswith("Ask Ben Okri for"))
    reply = plan.steps[0]
    chosen = [
        replace(one, included=False) if one is ask else one.moved(date(2026, 3, 11)) if one is reply else one
        for one in plan.steps
    ]
    plans.start(book, plan, chosen, today=THURSDAY)
    assert step(book, closed, "Take a day, then reply").due_on == date(2026, 3, 11)
    record = step(book, closed, "Record the feedback, and thank Ben Okri for it")
    assert record.due_on is not None  # what it waited for was left out


def test_a_touch_completes_its_step_whatever_order_touches_come_in(
    book: Book, ben: PersonId, grace: PersonId, closed: OpportunityId
) -> None:
    start(book, closed)
    log(book, grace, date(2026, 3, 10))
    log(book, ben, date(2026, 3, 9))
    log(book, ben, date(2026, 3, 6))
    log(book, ben, date(2026, 3, 8))
    done = [(one.title, one.done_on) for one in plans.of_opportunity(book, closed) if one.done_on]
    assert ("Send Grace Hopper a thank-you note", date(2026, 3, 10)) in done
    assert len(done) == 4
    assert step(book, closed, "Ask Ben Okri for feedback").state is StepState.DONE
    assert step(book, closed, "Ask Ben Okri to be considered in future").state is StepState.OPEN


def test_a_touch_long_before_a_step_of_another_kind_or_from_them_completes_nothing(
    book: Book, ben: PersonId, closed: OpportunityId
) -> None:
    start(book, closed)
    log(book, ben, HELD)
    log(book, ben, date(2026, 3, 6), TouchKind.COMMENT)
    heard = TouchDraft((ben,), TouchKind.EMAIL, date(2026, 3, 6), direction=Direction.HEARD)
    touches.log(book, heard, today=date(2026, 12, 31))
    assert [one.title for one in plans.of_opportunity(book, closed) if one.done_on] == []


def test_a_comment_is_a_step_with_nobody_in_particular(
    book: Book, ben: PersonId, closed: OpportunityId
) -> None:
    start(book, closed)
    log(book, ben, date(2026, 3, 19), TouchKind.COMMENT)
    engaged = [one for one in plans.of_opportunity(book, closed) if one.title.startswith("Engage")]
    assert [one.done_on for one in engaged] == [date(2026, 3, 19), None, None]


def test_feedback_waits_for_the_request_and_brings_the_lesson_forward(
    book: Book, ben: PersonId, closed: OpportunityId
) -> None:
    start(book, closed)
    ask = step(book, closed, "Ask Ben Okri for feedback")
    record = "Record the feedback, and thank Ben Okri for it"
    assert step(book, closed, record).waits
    plans.done(book, ask.id, today=date(2026, 3, 6))
    assert step(book, closed, record).due_on == date(2026, 3, 13)
    plans.done(book, step(book, closed, record).id, today=date(2026, 3, 6))
    assert step(book, closed, "Write down what you learned").due_on == date(2026, 3, 6)
    plans.reopen(book, ask.id)
    assert step(book, closed, "Ask Ben Okri for feedback").state is StepState.OPEN


def test_a_touch_that_goes_opens_its_step_again(book: Book, ben: PersonId, closed: OpportunityId) -> None:
    start(book, closed)
    before = dump(book)
    logged = log(book, ben, date(2026, 3, 6))
    assert step(book, closed, "Take a day, then reply").state is StepState.DONE
    touches.delete(book, logged.touch, today=THURSDAY)
    assert step(book, closed, "Take a day, then reply").state is StepState.OPEN
    book.undo()
    book.undo()
    assert dump(book) == before


def test_taking_the_no_back_withdraws_only_untouched_steps_at_once(book: Book, closed: OpportunityId) -> None:
    start(book, closed)
    plans.done(book, step(book, closed, "Take a day, then reply").id, today=THURSDAY)
    tailor = step(book, closed, "Tailor your résumé for the next one")
    plans.redate(book, tailor.id, date(2026, 5, 5))
    before = dump(book)
    moved = opportunities.move(book, closed, Stage.INTERVIEWING, today=THURSDAY)
    assert moved.withdrawn == 16
    assert [one.title for one in plans.of_opportunity(book, closed)] == [
        "Take a day, then reply",
        "Tailor your résumé for the next one",
    ]
    book.undo()
    assert dump(book) == before


def test_another_kind_of_no_keeps_the_plan(book: Book, closed: OpportunityId) -> None:
    start(book, closed)
    moved = opportunities.move(book, closed, Stage.CLOSED, today=THURSDAY, ending=Ending.FILLED)
    assert moved.withdrawn == 0


def test_the_next_step_shows_on_the_card_and_today(book: Book, closed: OpportunityId) -> None:
    start(book, closed)
    row = opportunities.card(book, closed, today=THURSDAY).row
    assert row.next is not None
    assert (row.next.title, row.plan_done, row.plan_steps) == ("Take a day, then reply", 0, 18)
    assert plans.due(book, today=THURSDAY) == ()
    assert len(plans.due(book, today=THURSDAY + timedelta(days=1))) == 3


def test_steps_keep_quiet_days_free(book: Book, closed: OpportunityId) -> None:
    quiet = (Quiet(date(2026, 3, 6), date(2026, 3, 13)),)
    preferences.save(book, BookPreferences(quiet=quiet), today=THURSDAY)
    plan = plans.preview(book, "after_no", closed, today=THURSDAY)
    assert plan.steps[0].on == date(2026, 3, 16)


def test_a_closed_step_is_closed_once(book: Book, closed: OpportunityId) -> None:
    start(book, closed)
    first = plans.of_opportunity(book, closed)[0]
    plans.skip(book, first.id, today=THURSDAY)
    with pytest.raises(Invalid):
        plans.done(book, first.id, today=THURSDAY)
    with pytest.raises(Invalid):
        plans.redate(book, first.id, THURSDAY)


def test_a_plan_started_late_begins_today(book: Book, closed: OpportunityId) -> None:
    late = date(2026, 3, 21)  # a Saturday
    days = [step.on for step in plans.preview(book, "after_no", closed, today=late).steps if step.on]
    assert min(days) == date(2026, 3, 23)


def test_after_an_interview_each_is_thanked_the_day_after(book: Book, ben: PersonId, grace: PersonId) -> None:
    which = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)
    held = interviews.add(book, which, InterviewDraft(HELD, people=(ben, grace)), today=TODAY)
    plan = plans.preview(book, "after_interview", held, today=HELD)
    assert [(step.title, step.on) for step in plan.steps] == [
        ("Write down how the round went", HELD),
        ("Send Ben Okri a thank-you note", HELD + timedelta(days=1)),
        ("Send Grace Hopper a thank-you note", HELD + timedelta(days=1)),
        ("Ask Grace Hopper what comes next" if plan.facts.contact and plan.facts.contact.person == grace
         else "Ask Ben Okri what comes next", HELD + timedelta(days=7)),
    ]  # fmt: skip
    plans.start(book, plan, plan.steps, today=HELD)
    opportunities.move(book, which, Stage.CLOSED, today=THURSDAY, ending=Ending.NOT_SELECTED)
    after = [step.title for step in plans.preview(book, "after_no", which, today=THURSDAY).steps]
    assert not any("thank-you" in title for title in after)  # they are planned already


@pytest.mark.parametrize("name", ["after_application", "new_connection", "new_job"])
def test_every_other_plan_starts(book: Book, ben: PersonId, name: str) -> None:
    which = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)
    subject = {"after_application": which, "new_connection": ben}.get(name, 0)
    plan = plans.preview(book, name, subject, today=TODAY)
    assert plans.start(book, plan, plan.steps, today=TODAY) == len(plan.steps) > 0


def test_the_users_own_plan_takes_the_place_of_ours(book: Book, closed: OpportunityId) -> None:
    own = paths.data_dir() / "plans" / "after_no.toml"
    own.parent.mkdir(parents=True)
    own.write_text(
        'title = "Mine"\nsubject = "opportunity"\n[[step]]\nkey = "walk"\ntitle = "Go for a walk"\n'
    )
    assert [step.title for step in plans.preview(book, "after_no", closed, today=THURSDAY).steps] == [
        "Go for a walk"
    ]
    own.write_text("title = 3")
    with pytest.raises(KeepwarmError) as raised:
        plans.preview(book, "after_no", closed, today=THURSDAY)
    assert raised.value.code is ErrorCode.PLAN_INVALID
    assert raised.value.params["path"] == str(own)


def test_there_is_no_plan_outside_the_folders(book: Book, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("")
    for name in ("nothing", "../other", str(tmp_path / "other")):
        with pytest.raises(NotFound):
            plans.playbook(name)


def test_an_offer_asks_about_steps_of_earlier_plans_and_closes_nothing_unasked(
    book: Book, closed: OpportunityId
) -> None:
    start(book, closed)
    before = [one.state for one in plans.of_opportunity(book, closed)]
    other = opportunities.add(book, OpportunityDraft("Lead", "Fernway"), today=THURSDAY, stage=Stage.APPLIED)
    assert plans.lingering(book, other, today=THURSDAY) == ()
    again = opportunities.add(book, OpportunityDraft("Lead", "Orbital"), today=THURSDAY, stage=Stage.APPLIED)
    steps = plans.lingering(book, again, today=THURSDAY)
    assert len(steps) == len(before)
    opportunities.move(book, other, Stage.OFFER, today=THURSDAY)
    assert plans.lingering(book, other, today=THURSDAY) == steps
    assert [one.state for one in plans.of_opportunity(book, closed)] == before
    stood = dump(book)
    plans.let_go(book, steps, today=THURSDAY)
    assert {one.state for one in plans.of_opportunity(book, closed)} == {StepState.SKIPPED}
    book.undo()
    assert dump(book) == stood
