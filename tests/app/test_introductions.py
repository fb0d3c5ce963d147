"""Ways into a company: directness first, then warmth; and introductions from asking to made."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crm import wording
from crm.app import companies, duplicates, history, introductions, people, plans, upkeep
from crm.app.books import Book
from crm.domain.company import CompanyId
from crm.domain.duplicates import Whose
from crm.domain.introduction import IntroductionDraft, IntroductionState, WayKind
from crm.domain.person import PersonDraft, PersonId, PositionDraft, Standing
from crm.domain.plan import StepState
from crm.domain.touch import TouchKind
from crm.errors import Invalid, NotFound
from tests.builders import TODAY, a_company, a_person, a_touch, dump

DAY = timedelta(days=1)


def ways(book: Book, company: CompanyId, today: date = TODAY) -> list[tuple[PersonId, WayKind]]:
    found = introductions.ways_in(book, company, today=today).ways
    return [(way.person, way.kind) for way in found]


def left(name: str, on: date, **fields: object) -> dict[str, object]:
    return {
        "name": name,
        "positions": (PositionDraft("Halden", "Analyst", until_on=on, current=False),),
        **fields,
    }


@pytest.fixture
def halden(book: Book) -> CompanyId:
    return a_company(book, "Halden")


def test_who_is_there_comes_first_then_who_left_then_who_introduced_then_who_knows(
    book: Book, halden: CompanyId
) -> None:
    there = a_person(book, "Zoë There", company="Halden")
    gone = a_person(book, **left("Lea Left", date(2024, 5, 1)))  # type: ignore[arg-type]
    connector = a_person(book, "Ina Introducer")
    people.edit(book, there, replaced(book, there, introduced_by=connector), today=TODAY)
    together = a_person(book, "Tom Together")
    a_touch(book, there, together, on=TODAY - 9 * DAY, kind=TouchKind.EVENT)
    pupil = a_person(book, "Pia Pupil", introduced_by=there)
    a_person(book, "Somebody Else", company="Other")
    assert ways(book, halden) == [
        (there, WayKind.HERE),
        (gone, WayKind.LEFT),
        (connector, WayKind.INTRODUCED),
        (together, WayKind.KNOWS),
        (pupil, WayKind.KNOWS),
    ]


def replaced(book: Book, person: PersonId, **fields: object) -> PersonDraft:
    return replace(people.draft(book, person), **fields)  # type: ignore[arg-type]


def test_a_company_is_known_by_its_name_without_legal_form_and_a_weak_likeness_stays_apart(
    book: Book,
) -> None:
    orbital = a_company(book, "Orbital Labs")
    there = a_person(book, "Zoë There", company="Orbital Labs GmbH")
    a_person(book, "Else Where", company="Orbitel Labs")
    a_person(book, "Not There", company="Suborbital Labs")
    found = introductions.ways_in(book, orbital, today=TODAY)
    assert [(way.person, way.kind, way.at) for way in found.ways] == [
        (there, WayKind.HERE, "Orbital Labs GmbH")
    ]
    assert [name for _, name in found.similar] == ["Orbitel Labs"]
    two = [companies.resolve(book, "Orbital Labs GmbH"), orbital]
    duplicates.set_apart(book, Whose.COMPANIES, two)
    assert not introductions.ways_in(book, orbital, today=TODAY).ways


def test_who_left_is_told_with_the_years(book: Book, halden: CompanyId) -> None:
    for name, since, until in (
        ("Lea", date(2019, 1, 1), date(2024, 5, 1)),
        ("Leo", None, date(2024, 5, 1)),
        ("Lin", None, None),
    ):
        held = PositionDraft("Halden", "Analyst", from_on=since, until_on=until, current=False)
        a_person(book, name, positions=(held,))
    found = introductions.ways_in(book, halden, today=TODAY).ways
    assert [wording.way(way) for way in sorted(found, key=lambda one: one.name)] == [
        "Analyst, 2019–2024",
        "Analyst, until 2024",
        "Analyst, before",
    ]


def test_among_equals_the_warmer_the_later_touched_and_those_who_answered_come_first(
    book: Book, halden: CompanyId
) -> None:
    cold = a_person(book, "Anna Cold", company="Halden")
    warm = a_person(book, "Bea Warm", company="Halden")
    written = a_person(book, "Cleo Written", company="Halden")
    answered = a_person(book, "Dora Answered", company="Halden")
    lately = a_person(book, "Eva Lately", company="Halden")
    for days in (20, 50, 80, 110, 140):
        a_touch(book, warm, on=TODAY - days * DAY, kind=TouchKind.MEETING)
    a_touch(book, lately, on=TODAY - 5 * DAY, kind=TouchKind.EMAIL)
    a_touch(book, written, on=TODAY - 6 * DAY, kind=TouchKind.EMAIL)
    a_touch(book, answered, on=TODAY - 6 * DAY, kind=TouchKind.CALL)
    assert [person for person, _ in ways(book, halden)] == [warm, lately, answered, written, cold]


def test_archived_people_lead_nowhere_and_notes_do_not_make_acquaintances(
    book: Book, halden: CompanyId
) -> None:
    there = a_person(book, "Zoë There", company="Halden")
    other = a_person(book, "Named In A Note")
    a_touch(book, there, other, kind=TouchKind.NOTE)
    gone = a_person(book, "Gone Away", company="Halden")
    people.archive(book, [gone], Standing.ARCHIVED, today=TODAY)
    assert ways(book, halden) == [(there, WayKind.HERE)]


def test_an_introduction_is_a_step_for_the_connector_and_made_says_who_introduced(
    book: Book, halden: CompanyId
) -> None:
    before = dump(book)
    connector, to = a_person(book, "Ana Lima"), a_person(book, "Zoë There", company="Halden")
    started = dump(book)
    id_ = introductions.ask(book, IntroductionDraft(halden, connector, to), title="Ask Ana", today=TODAY)
    (step,) = plans.due(book, today=TODAY)
    assert (step.title, step.due_on) == ("Ask Ana", TODAY)
    assert introductions.ways_in(book, halden, today=TODAY).ways[0].asked_on is None
    introductions.move(book, id_, IntroductionState.AGREED, today=TODAY + DAY)
    assert plans.row(book, step.id).state is StepState.DONE
    introductions.move(book, id_, IntroductionState.MADE, today=TODAY + 2 * DAY)
    assert people.draft(book, to).introduced_by == connector
    (made,) = introductions.introductions(book)
    assert (made.state, made.since_on, made.asked_on) == (IntroductionState.MADE, TODAY + 2 * DAY, TODAY)
    assert upkeep.check(book).ok
    for _ in range(3):
        history.undo(book)
    assert dump(book) == started
    for _ in range(2):
        history.undo(book)
    assert dump(book) == before


def test_who_was_asked_in_the_last_thirty_days_is_marked(book: Book, halden: CompanyId) -> None:
    connector = a_person(book, **left("Lea Left", date(2024, 5, 1)))  # type: ignore[arg-type]
    introductions.ask(book, IntroductionDraft(halden, connector), title="Ask", today=TODAY)
    for days, marked in ((0, True), (29, True), (30, False)):
        today = TODAY + days * DAY
        (way,) = introductions.ways_in(book, halden, today=today).ways
        assert way.asked_lately(today) is marked


def test_a_lapsed_introduction_lets_its_step_go(book: Book, halden: CompanyId) -> None:
    connector = a_person(book)
    id_ = introductions.ask(
        book, IntroductionDraft(halden, connector, to_name="Zoë"), title="Ask", today=TODAY
    )
    (step,) = plans.due(book, today=TODAY)
    introductions.move(book, id_, IntroductionState.LAPSED, today=TODAY + 40 * DAY)
    assert plans.row(book, step.id).state is StepState.SKIPPED


def test_merging_companies_keeps_their_introductions(book: Book, halden: CompanyId) -> None:
    other = a_company(book, "Halden Systems")
    introductions.ask(book, IntroductionDraft(other, a_person(book)), title="Ask", today=TODAY)
    companies.merge(book, halden, [other], today=TODAY)
    assert len(introductions.ways_in(book, halden, today=TODAY).introductions) == 1


def test_what_cannot_be_asked_is_refused(book: Book, halden: CompanyId) -> None:
    ada = a_person(book)
    with pytest.raises(Invalid):
        introductions.ask(book, IntroductionDraft(halden, ada, ada), title="Ask", today=TODAY)
    with pytest.raises(NotFound):
        introductions.ask(book, IntroductionDraft(halden, PersonId(99)), title="Ask", today=TODAY)
    with pytest.raises(NotFound):
        introductions.ask(book, IntroductionDraft(CompanyId(99), ada), title="Ask", today=TODAY)
    with pytest.raises(NotFound):
        introductions.move(book, 5, IntroductionState.MADE, today=TODAY)  # type: ignore[arg-type]
