"""Calendar files that are kept up to date: current after every change, untouched without one, never in the way."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from crm import wording
from crm.app import calendar, checkins, companies, feeds, history, people, plans, touches
from crm.app.books import Book
from crm.app.calendar import ExportOptions
from crm.domain.agenda import CheckInRow
from crm.domain.calendar import Detail, EventKind
from crm.domain.feed import FeedDraft, FeedState, Scope
from crm.domain.person import PersonId
from crm.domain.query import PeopleQuery
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import ErrorCode, Invalid, KeepwarmError, NotFound
from tests.builders import TODAY, a_person

ZONE = ZoneInfo("Europe/Berlin")


def words(row: CheckInRow) -> tuple[str, str]:
    return f"Check in: {row.person.name}", row.reason.last_note


def refresh(book: Book, today: date = TODAY) -> tuple[FeedState, ...]:
    return feeds.refresh(book, today=today, words=words, zone=ZONE)


def events(path: Path) -> dict[str, icalendar.Event]:
    found = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(event["SUMMARY"]).removeprefix("Check in: "): event for event in found}


def log(book: Book, person: PersonId, on: date = TODAY) -> None:
    touches.log(book, TouchDraft((person,), TouchKind.CALL, on, "secret plans"), today=on)


def test_a_kept_file_follows_every_change_and_undo_brings_its_bytes_back(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "kept.ics"
    ada = a_person(book, "Ada", every="6 weeks")
    a_person(book, "Grace", every="3 months")
    feeds.add(book, FeedDraft("Keepwarm", str(path)))
    assert [state.written for state in refresh(book)] == [True]
    before = path.read_bytes()
    assert b"X-WR-CALNAME:Keepwarm" in before
    assert [state.written for state in refresh(book)] == [False]
    log(book, ada)
    assert [state.written for state in refresh(book)] == [True]
    assert set(events(path)) == {"Ada", "Grace"}
    history.undo(book)
    refresh(book)
    assert path.read_bytes() == before


def test_undo_and_redo_bring_back_the_bytes_of_every_step(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "kept.ics"
    ada = a_person(book, "Ada", every="1 week")
    a_person(book, "Grace", every="2 months", today=TODAY - timedelta(days=200))
    feeds.add(book, FeedDraft("Keepwarm", str(path)))

    def kept() -> bytes:
        refresh(book)
        return path.read_bytes()

    states = [kept()]
    for step in (
        lambda: log(book, ada),
        lambda: checkins.snooze(book, (ada,), TODAY + timedelta(days=50), today=TODAY),
        lambda: checkins.skip(book, (ada,), today=TODAY),
        lambda: people.delete(book, (ada,)),
    ):
        step()
        states.append(kept())
    for state in reversed(states[:-1]):
        history.undo(book)
        assert kept() == state
    for state in states[1:]:
        history.redo(book)
        assert kept() == state


def test_what_is_gone_leaves_a_kept_file(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "kept.ics"
    ada = a_person(book, "Ada", every="6 weeks")
    feeds.add(book, FeedDraft("Keepwarm", str(path)))
    refresh(book)
    checkins.rest(book, (ada,), today=TODAY)
    refresh(book)
    assert events(path) == {}


def test_a_kept_file_holds_whom_and_what_it_was_asked_to(book: Book, tmp_path: Path) -> None:
    ada = a_person(book, "Ada", company="Acme", every="6 weeks")
    a_person(book, "Grace", company="Other", every="6 weeks")
    log(book, ada)
    acme = companies.resolve(book, "Acme")
    draft = FeedDraft(
        "At Acme",
        str(tmp_path / "acme.ics"),
        Scope.COMPANY,
        acme,
        days=60,
        alarms=(),
        detail=Detail.TITLE_ONLY,
    )
    feeds.add(book, draft)
    refresh(book)
    (event,) = events(tmp_path / "acme.ics").values()
    assert "secret" not in str(event.get("DESCRIPTION", ""))
    assert event.walk("VALARM") == []
    companies.delete(book, (acme,), today=TODAY)
    refresh(book)
    assert events(tmp_path / "acme.ics") == {}


def test_a_file_that_cannot_be_written_is_told_and_stops_no_other(book: Book, tmp_path: Path) -> None:
    a_person(book, "Ada", every="6 weeks")
    (tmp_path / "stick").mkdir()
    feeds.add(book, FeedDraft("Stick", str(tmp_path / "stick" / "a.ics")))
    feeds.add(book, FeedDraft("Here", str(tmp_path / "b.ics")))
    (tmp_path / "stick").rmdir()
    lost, here = refresh(book)
    assert lost.error is not None
    assert lost.error.code is ErrorCode.FILE_UNWRITABLE
    assert (here.error, here.events, here.written) == (None, 1, True)


def test_a_place_that_can_not_even_be_looked_at_is_an_expected_error(book: Book, tmp_path: Path) -> None:
    with pytest.raises(KeepwarmError) as raised:
        feeds.add(book, FeedDraft("Long", str(tmp_path / ("x" * 300 + ".ics"))))
    assert raised.value.code is ErrorCode.FILE_UNWRITABLE


def test_keeping_a_file_is_undone_like_everything(book: Book, tmp_path: Path) -> None:
    id_ = feeds.add(book, FeedDraft("Keepwarm", str(tmp_path / "a.ics")))
    feeds.remove(book, id_)
    history.undo(book)
    assert feeds.resolve(book, "Keepwarm").id == id_
    history.undo(book)
    assert feeds.feeds(book) == ()


def test_a_kept_file_needs_a_name_and_a_place_of_its_own(book: Book, tmp_path: Path) -> None:
    cards = tmp_path / "cards.vcf"
    cards.write_bytes(b"BEGIN:VCARD")
    feeds.add(book, FeedDraft("One", str(tmp_path / "one.ics")))
    for draft in (
        FeedDraft(" ", str(tmp_path / "two.ics")),
        FeedDraft("Two", str(tmp_path / "one.ics")),
        FeedDraft("Two", str(tmp_path / "two.ics"), days=0),
        FeedDraft("Two", str(book.path)),
    ):
        with pytest.raises(Invalid):
            feeds.add(book, draft)
    with pytest.raises(KeepwarmError):
        feeds.add(book, FeedDraft("Two", str(cards)))
    with pytest.raises(NotFound):
        feeds.resolve(book, "Two")


def test_a_file_by_hand_cancels_what_is_gone_and_can_be_only_the_changes(book: Book, tmp_path: Path) -> None:
    options = ExportOptions(time(9), ZONE)
    ada = a_person(book, "Ada", every="6 weeks")
    a_person(book, "Grace", every="6 weeks")
    whole, part = tmp_path / "all.ics", tmp_path / "changes.ics"
    calendar.export(book, whole, options, today=TODAY, words=words)
    checkins.rest(book, (ada,), today=TODAY)
    delta = calendar.outgoing(book, options, today=TODAY, words=words).delta
    assert (delta.new, delta.moved, delta.gone) == (0, 0, 1)
    done = calendar.export(book, part, options, today=TODAY, words=words, only_changes=True)
    assert (done.events, done.delta.gone) == (1, 1)
    (event,) = events(part).values()
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    nothing = tmp_path / "nothing.ics"
    assert not calendar.export(book, nothing, options, today=TODAY, words=words, only_changes=True).changed
    assert not nothing.exists()
    calendar.export(book, whole, options, today=TODAY, words=words)
    assert {name: str(event["STATUS"]) for name, event in events(whole).items()} == {
        "Ada": "CANCELLED",
        "Grace": "CONFIRMED",
    }


def test_fewer_kinds_or_people_in_a_file_cancel_nothing_that_another_file_told(
    book: Book, tmp_path: Path
) -> None:
    ada = a_person(book, "Ada", every="6 weeks", tags=("mentor",))
    step = plans.add_step(book, None, "Polish", TODAY + timedelta(days=3), today=TODAY)
    path = tmp_path / "check-ins.ics"
    everything = ExportOptions(time(9), ZONE)
    fewer = replace(everything, kinds=(EventKind.CHECK_IN,))
    mentors = replace(everything, people=PeopleQuery(tag="mentor"))

    def export(options: ExportOptions) -> dict[str, tuple[str, int]]:
        calendar.export(book, path, options, today=TODAY, words=wording.calendar_text)
        found = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        return {str(one["SUMMARY"]): (str(one["STATUS"]), int(one["SEQUENCE"])) for one in found}

    assert set(export(everything)) == {"Check in: Ada", "Polish"}
    assert export(fewer) == {"Check in: Ada": ("CONFIRMED", 0)}
    assert export(mentors) == {"Check in: Ada": ("CONFIRMED", 1)}
    people.untag(book, (ada,), "mentor", today=TODAY)
    assert export(mentors) == {}
    plans.done(book, step, today=TODAY)
    checkins.rest(book, (ada,), today=TODAY)
    assert export(fewer) == {"Check in: Ada": ("CANCELLED", 2)}
    assert export(mentors) == {"Check in: Ada": ("CANCELLED", 3)}
    assert export(everything)["Polish"][0] == "CANCELLED"


def test_what_went_out_is_no_step_of_undo(book: Book, tmp_path: Path) -> None:
    a_person(book, "Ada", every="6 weeks")
    before = history.entries(book)
    calendar.export(book, tmp_path / "a.ics", ExportOptions(time(9), ZONE), today=TODAY, words=words)
    assert history.entries(book) == before
