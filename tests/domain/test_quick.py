"""Corrections of a reading: they hold, and nobody takes part twice."""

from datetime import date

from crm.domain.person import PersonId
from crm.domain.quick import Corrections, Day, QuickReading, Who, correct
from crm.domain.touch import TouchKind

ANA, BO = Who("Ana", ((PersonId(1), "Ana Lima"),)), Who("Bo", ((PersonId(2), "Bo Chen"),))
READING = QuickReading((ANA, Who("Tom")), TouchKind.CALL, Day(date(2026, 3, 5)), "tea")


def test_without_corrections_a_reading_stays() -> None:
    assert correct(READING, Corrections()) == READING


def test_a_field_a_name_and_somebody_more() -> None:
    corrections = Corrections().with_fields(kind=TouchKind.COFFEE).with_name("Tom", BO).with_more(ANA)
    found = correct(READING, corrections)
    assert (found.kind, found.who) == (TouchKind.COFFEE, (ANA, BO))
    assert found.settled


def test_the_words_of_nobody_go_into_the_note() -> None:
    found = correct(READING, Corrections().with_name("Tom", None))
    assert (found.who, found.note) == ((ANA,), "Tom\ntea")


def test_somebody_added_by_hand_can_be_taken_off_again() -> None:
    corrections = Corrections().with_more(BO)
    assert correct(READING, corrections).who[-1] == BO
    assert correct(READING, corrections.with_name("Bo", None)).who == READING.who
