"""Company watch: notes on companies, steps to engage, openings that become opportunities."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crm.app import (
    browse,
    companies,
    history,
    interviews,
    lessons,
    opportunities,
    plans,
    touches,
    upkeep,
    watch,
)
from crm.app.books import Book
from crm.domain.company import CompanyId
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import OpportunityDraft, Stage
from crm.domain.person import PersonId
from crm.domain.plan import StepState
from crm.domain.query import CompanyQuery
from crm.domain.touch import TouchDraft, TouchKind
from crm.domain.watch import Engage, NoticedDraft, NoticedKind
from crm.errors import Invalid, NotFound
from tests.builders import TODAY, a_company, a_person, dump

DAY = timedelta(days=1)


@pytest.fixture
def orbital(book: Book) -> CompanyId:
    return a_company(book, "Orbital Labs")


def a_note(company: CompanyId, text: str = "Series C closed", **fields: object) -> NoticedDraft:
    return replace(NoticedDraft(company, text, TODAY), **fields)  # type: ignore[arg-type]


def test_notes_are_kept_listed_changed_and_taken_back(book: Book, orbital: CompanyId) -> None:
    before = dump(book)
    old = watch.notice(book, a_note(orbital, on=TODAY - 3 * DAY), today=TODAY)
    new = watch.notice(book, a_note(orbital, "  They moved \n to Porto "), today=TODAY)
    assert [(one.id, one.draft.text, one.company) for one in watch.noticed(book, orbital)] == [
        (new, "They moved to Porto", "Orbital Labs"),
        (old, "Series C closed", "Orbital Labs"),
    ]
    watch.edit(book, old, a_note(orbital, "Series D", kind=NoticedKind.POST), today=TODAY)
    assert watch.row(book, old).draft == a_note(orbital, "Series D", kind=NoticedKind.POST)
    watch.delete(book, new)
    assert [one.id for one in watch.noticed(book)] == [old]
    assert upkeep.check(book).ok
    for _ in range(4):
        history.undo(book)
    assert dump(book) == before


def test_the_search_of_companies_finds_what_was_noticed_and_forgets_what_was_deleted(
    book: Book, orbital: CompanyId
) -> None:
    a_company(book, "Halden")
    note = watch.notice(book, a_note(orbital, "Zürich office opens"), today=TODAY)
    assert list(browse.company_ids(book, CompanyQuery(text="zurich"))) == [orbital]
    watch.delete(book, note)
    assert list(browse.company_ids(book, CompanyQuery(text="zurich"))) == []
    history.undo(book)
    assert list(browse.company_ids(book, CompanyQuery(text="zurich"))) == [orbital]


def test_a_note_with_a_step_is_one_undo_step_and_goes_with_it(book: Book, orbital: CompanyId) -> None:
    before = dump(book)
    note = watch.notice(book, a_note(orbital), today=TODAY, engage=Engage("Comment on it", TODAY + DAY))
    (step,) = plans.due(book, today=TODAY, days=1)
    assert (step.title, step.company, step.watched) == ("Comment on it", "Orbital Labs", orbital)
    watch.delete(book, note)
    assert plans.due(book, today=TODAY, days=1) == ()
    history.undo(book)
    assert watch.row(book, note).engagement is not None
    history.undo(book)
    assert dump(book) == before


def test_a_later_step_takes_the_place_of_an_open_one_and_a_done_one_stays(
    book: Book, orbital: CompanyId
) -> None:
    note = watch.notice(book, a_note(orbital), today=TODAY, engage=Engage("Comment", TODAY))
    second = watch.engage(book, note, Engage("Write to them", TODAY + DAY), today=TODAY)
    assert [one.id for one in plans.due(book, today=TODAY, days=9)] == [second]
    plans.done(book, second, today=TODAY)
    third = watch.engage(book, note, Engage("Once more", TODAY + 2 * DAY), today=TODAY)
    assert plans.row(book, second).state is StepState.DONE
    engagement = watch.row(book, note).engagement
    assert engagement is not None
    assert engagement.step == third


@pytest.mark.parametrize(
    ("kind", "person_named", "does_it"),
    [
        (TouchKind.COMMENT, False, True),
        (TouchKind.CALL, False, False),
        (TouchKind.CALL, True, True),
        (TouchKind.NOTE, True, False),
    ],
)
def test_a_fitting_touch_with_somebody_there_does_the_step(
    book: Book, orbital: CompanyId, *, kind: TouchKind, person_named: bool, does_it: bool
) -> None:
    ana = a_person(book, "Ana Lima", company="Orbital Labs")
    how = Engage("Take it up", TODAY + DAY, ana if person_named else None)
    watch.notice(book, a_note(orbital), today=TODAY, engage=how)
    touches.log(book, TouchDraft((ana,), kind, TODAY), today=TODAY)
    assert (plans.due(book, today=TODAY, days=1) == ()) is does_it


def test_an_opening_becomes_an_opportunity_once(book: Book, orbital: CompanyId) -> None:
    draft = a_note(orbital, "Senior PM, Platform", kind=NoticedKind.OPENING, link="https://orbital.example/1")
    note = watch.notice(book, draft, today=TODAY)
    before = dump(book)
    assert watch.row(book, note).is_open_opening
    made = watch.pursue(book, note, today=TODAY)
    assert watch.pursue(book, note, today=TODAY) == made
    card = opportunities.card(book, made, today=TODAY)
    assert (card.row.title, card.row.company_id, card.row.stage) == (
        "Senior PM, Platform",
        orbital,
        Stage.SAVED,
    )
    assert opportunities.draft(book, made).link == "https://orbital.example/1"
    assert not watch.row(book, note).is_open_opening
    history.undo(book)
    assert dump(book) == before


def test_the_brief_of_an_interview_there_tells_the_latest_five(book: Book, orbital: CompanyId) -> None:
    for days in range(7):
        watch.notice(book, a_note(orbital, f"{days} days ago", on=TODAY - days * DAY), today=TODAY)
    watch.notice(book, a_note(a_company(book, "Halden"), "elsewhere"), today=TODAY)
    role = opportunities.add(book, OpportunityDraft("Analyst", "Orbital Labs"), today=TODAY)
    held = interviews.add(book, role, InterviewDraft(TODAY + DAY), today=TODAY)
    told = [one.draft.text for one in lessons.brief(book, held, today=TODAY).noticed]
    assert told == [f"{days} days ago" for days in range(5)]


def test_merging_companies_brings_their_notes_along(book: Book, orbital: CompanyId) -> None:
    other = a_company(book, "Orbital Labs GmbH")
    watch.notice(book, a_note(other, "from the other"), today=TODAY)
    companies.merge(book, orbital, [other], today=TODAY)
    assert [one.draft.text for one in watch.noticed(book, orbital)] == ["from the other"]
    assert list(browse.company_ids(book, CompanyQuery(text="other"))) == [orbital]


def test_what_cannot_be_noticed_is_refused(book: Book, orbital: CompanyId) -> None:
    before = dump(book)
    with pytest.raises(Invalid):
        watch.notice(book, a_note(orbital, "  "), today=TODAY)
    with pytest.raises(Invalid):
        watch.notice(book, a_note(orbital, on=TODAY + DAY), today=TODAY)
    with pytest.raises(NotFound):
        watch.notice(book, a_note(CompanyId(99)), today=TODAY)
    with pytest.raises(NotFound):
        watch.notice(book, a_note(orbital), today=TODAY, engage=Engage("x", TODAY, PersonId(99)))
    assert dump(book) == before
