"""Logging in one sentence: the names are the book's, what isn't sure is asked, and it is one step back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crm.app import history, people, quick, touches
from crm.app.books import Book
from crm.domain.cadence import Interval, Unit
from crm.domain.person import ContactKind, ContactPoint
from crm.domain.touch import TouchKind
from crm.errors import Ambiguous, ErrorCode, Invalid, KeepwarmError, NotFound
from tests.builders import TODAY, a_person, dump


def test_a_sentence_logs_a_touch_and_plans_the_next_in_one_step(book: Book) -> None:
    ana = a_person(book, "Ana Lima", company="Orbital")
    before = dump(book)
    reading = quick.read(book, "called Ana Lima yesterday re referral, check in in 3 weeks", today=TODAY)
    assert (reading.settled, reading.kind, reading.note) == (True, TouchKind.CALL, "referral")
    logged = quick.log(book, reading, today=TODAY)
    assert logged.next_due_on == TODAY + timedelta(weeks=3)
    card = people.card(book, ana, today=TODAY)
    assert (card.row.last_touch_on, card.row.next_due_on) == (TODAY - timedelta(days=1), logged.next_due_on)
    step = history.can_undo(book)
    assert step is not None
    assert (step.params["subject"], step.params["next_due_on"]) == (
        "Ana Lima",
        logged.next_due_on.isoformat(),
    )
    history.undo(book)
    assert dump(book) == before


def test_several_people_and_how_often(book: Book) -> None:
    ana, bo = a_person(book, "Ana Lima"), a_person(book, "Bo Chen")
    reading = quick.read(book, "coffee with ana and Bo, every 2 months", today=TODAY)
    quick.log(book, reading, today=TODAY)
    assert [people.card(book, who, today=TODAY).row.cadence.every for who in (ana, bo)] == [
        Interval(2, Unit.MONTH)
    ] * 2
    assert touches.timeline(book, ana)[0].people == ((ana, "Ana Lima"), (bo, "Bo Chen"))


def test_a_name_that_fits_two_is_asked(book: Book) -> None:
    a_person(book, "Tom Ferreira")
    a_person(book, "Tom Okafor")
    reading = quick.read(book, "called Tom", today=TODAY)
    assert [name for _, name in reading.who[0].candidates] == ["Tom Ferreira", "Tom Okafor"]
    with pytest.raises(Ambiguous):
        quick.log(book, reading, today=TODAY)


def test_somebody_unknown_is_named_and_nothing_is_logged(book: Book) -> None:
    reading = quick.read(book, "met Zebulon Quist today", today=TODAY)
    assert [(one.said, one.candidates) for one in reading.who] == [("Zebulon Quist", ())]
    with pytest.raises(NotFound):
        quick.log(book, reading, today=TODAY)
    with pytest.raises(Invalid):
        quick.log(book, quick.read(book, "", today=TODAY), today=TODAY)


def test_words_that_are_nobody_are_the_note(book: Book) -> None:
    a_person(book, "Tom Ferreira")
    reading = quick.read(book, "coffee Tom great chat, talked shop", today=TODAY)
    assert (len(reading.who), reading.note) == (1, "great chat, talked shop")


def test_an_address_names_whose_it_is_and_somebody_new_keeps_theirs(book: Book) -> None:
    ana = a_person(book, "Ana Lima", contacts=(ContactPoint(ContactKind.EMAIL, "ana@orbital.example"),))
    reading = quick.read(book, "emailed ANA@orbital.example and eve@x.example about the role", today=TODAY)
    assert [(one.said, one.person) for one in reading.who] == [
        ("ANA@orbital.example", ana),
        ("eve@x.example", None),
    ]
    known, new = reading.who
    quick.log(book, replace(reading, who=(known, replace(new, new=True))), today=TODAY)
    assert people.card(book, people.resolve(book, "eve@x.example"), today=TODAY).row.email == "eve@x.example"


def test_what_is_still_to_come_is_not_logged(book: Book) -> None:
    a_person(book, "Tom Ferreira")
    with pytest.raises(KeepwarmError) as raised:
        quick.log(book, quick.read(book, "lunch with Tom tomorrow", today=TODAY), today=TODAY)
    assert raised.value.code is ErrorCode.FUTURE_TOUCH


def test_no_more_check_ins(book: Book) -> None:
    ana = a_person(book, "Ana Lima", every="1 week")
    quick.log(book, quick.read(book, "emailed Ana, no check-ins", today=TODAY), today=TODAY)
    assert people.card(book, ana, today=TODAY).row.next_due_on is None
