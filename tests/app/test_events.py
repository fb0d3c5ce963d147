"""Events: who was met is captured in one step, followed up in two days, and looked back on after ninety."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crm.app import events, history, introductions, opportunities, people, plans, schedule, touches, upkeep
from crm.app.books import Book
from crm.domain.event import EventDraft, EventStatus, Named, follow_up_days, read_names
from crm.domain.introduction import IntroductionDraft, IntroductionState
from crm.domain.opportunity import OpportunityDraft, Role
from crm.domain.touch import TouchKind
from crm.errors import Ambiguous, Invalid, NotFound
from tests.builders import TODAY, a_company, a_person, a_touch, dump

DAY = timedelta(days=1)
FAIR = EventDraft("Fair", held_on=TODAY, goal="Meet two people")
TITLE = "Follow up with {name} after {event}"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana Lima", [Named("Ana Lima")]),
        ("Ana Lima, Orbital Labs", [Named("Ana Lima", "Orbital Labs")]),
        (
            "Ana Lima @ Orbital\n- Zoë at Halden\n\n• Tom",
            [Named("Ana Lima", "Orbital"), Named("Zoë", "Halden"), Named("Tom")],
        ),
        ("Ana; Bob from Y, Z; Ana", [Named("Ana"), Named("Bob", "Y, Z")]),
        ("Nathan Attwood", [Named("Nathan Attwood")]),
        (" ;\n , ", []),
    ],
)
def test_names_are_read_as_they_are_jotted_down(text: str, names: list[Named]) -> None:
    assert list(read_names(text)) == names


def test_follow_ups_come_within_two_working_days_as_many_on_each() -> None:
    def is_off(day: date) -> bool:
        return day.weekday() >= 5

    friday = date(2026, 3, 6)
    days = follow_up_days(5, friday, friday, is_off)
    assert days == (date(2026, 3, 9),) * 3 + (date(2026, 3, 10),) * 2
    assert follow_up_days(1, friday, date(2026, 4, 1), is_off) == (date(2026, 4, 2),)
    assert follow_up_days(2, friday, friday, lambda _day: True) == (friday + DAY,) * 2


def test_who_was_met_is_captured_in_one_step(book: Book) -> None:
    ada = a_person(book, "Ada Lovelace")
    event = events.add(book, FAIR, today=TODAY)
    before = dump(book)
    names = read_names("ada lovelace\nZoë Ångström, Light Ltd")
    captured = events.met(book, event, names, today=TODAY + DAY, follow_up=TITLE)
    assert captured.known == (ada,)
    (zoe,) = captured.added
    draft = people.draft(book, zoe)
    assert (draft.how_met, draft.met_on, draft.positions[0].company) == ("Fair", TODAY, "Light Ltd")
    (touch,) = touches.timeline(book, zoe)
    assert (touch.kind, touch.on, {person for person, _ in touch.people}) == (
        TouchKind.EVENT,
        TODAY,
        {ada, zoe},
    )
    steps = plans.due(book, today=TODAY, days=10)
    assert [step.title for step in steps] == [
        "Follow up with Ada Lovelace after Fair", "Follow up with Zoë Ångström after Fair",
    ]  # fmt: skip
    assert all(TODAY + DAY < step.due_on <= TODAY + 3 * DAY for step in steps if step.due_on)
    assert events.row(book, event).draft.status is EventStatus.WENT
    assert upkeep.check(book).ok
    history.undo(book)
    assert dump(book) == before


def test_naming_somebody_again_logs_nothing_twice(book: Book) -> None:
    event = events.add(book, FAIR, today=TODAY)
    events.met(book, event, [Named("Ada")], today=TODAY, follow_up=TITLE)
    events.met(book, event, [Named("Ada"), Named("Bob")], today=TODAY, follow_up=TITLE)
    row = events.row(book, event)
    assert [name for _, name in row.met] == ["Ada", "Bob"]
    assert len(touches.timeline(book, row.met[0][0])) == 1
    assert len(plans.due(book, today=TODAY, days=10)) == 2


def test_what_came_of_it_is_counted_and_asked_after_ninety_days(book: Book) -> None:
    event = events.add(book, FAIR, today=TODAY)
    captured = events.met(book, event, [Named("Ada"), Named("Bob")], today=TODAY)
    ada, bob = captured.added
    a_touch(book, ada, on=TODAY + 5 * DAY)
    halden = a_company(book, "Halden")
    role = opportunities.add(book, OpportunityDraft("Analyst", "Halden"), today=TODAY + 6 * DAY)
    opportunities.add_person(book, role, bob, Role.REFERRER)
    asked = introductions.ask(book, IntroductionDraft(halden, bob), title="Ask", today=TODAY + 7 * DAY)
    introductions.move(book, asked, IntroductionState.MADE, today=TODAY + 8 * DAY)
    row = events.row(book, event)
    came = row.outcome
    assert (came.met, came.touched, came.opportunities, came.introductions) == (2, 1, 1, 1)
    assert [row.asks_outcome(TODAY + n * DAY) for n in (89, 90)] == [False, True]


def test_an_event_asks_who_was_met_once_it_was(book: Book) -> None:
    event = events.add(book, EventDraft("Meetup", held_on=TODAY + DAY), today=TODAY)
    row = events.row(book, event)
    assert [row.asks_who(TODAY + n * DAY) for n in (0, 1, 2)] == [False, True, True]


def test_expected_people_are_kept_and_edited(book: Book) -> None:
    ada, bob = a_person(book), a_person(book, "Bob")
    event = events.add(book, EventDraft("Meetup", expected=(ada, bob)), today=TODAY)
    events.edit(book, event, EventDraft("Meetup", expected=(bob,)), today=TODAY)
    assert [name for _, name in events.row(book, event).people] == ["Bob"]
    events.delete(book, event)
    assert events.events(book) == ()
    history.undo(book)
    assert [name for _, name in events.row(book, event).people] == ["Bob"]


def test_events_are_found_by_number_and_name(book: Book) -> None:
    one, two = (
        events.add(book, EventDraft(name), today=TODAY) for name in ("Lisbon Tech Fair", "Lisbon Meetup")
    )
    assert events.resolve(book, "tech") == one
    assert events.resolve(book, str(int(two))) == two
    with pytest.raises(Ambiguous):
        events.resolve(book, "lisbon")
    with pytest.raises(NotFound):
        events.resolve(book, "Porto")


def test_what_cannot_be_is_refused(book: Book) -> None:
    with pytest.raises(Invalid):
        events.add(book, EventDraft(" "), today=TODAY)
    event = events.add(book, FAIR, today=TODAY)
    with pytest.raises(Invalid):
        events.met(book, event, [], today=TODAY)
    with pytest.raises(NotFound):
        events.add(book, EventDraft("X", expected=(99,)), today=TODAY)  # type: ignore[arg-type]


def test_nobody_has_been_to_what_lies_ahead(book: Book) -> None:
    been = EventDraft("Fair", held_on=TODAY, status=EventStatus.WENT)
    event = events.add(book, been, today=TODAY)
    with pytest.raises(Invalid):
        events.add(book, replace(been, held_on=TODAY + DAY), today=TODAY)
    (standing,) = schedule.on_days(book, TODAY, TODAY, today=TODAY).items
    with pytest.raises(Invalid):
        schedule.move(book, standing, TODAY + DAY, today=TODAY)
    assert events.row(book, event).draft.held_on == TODAY
