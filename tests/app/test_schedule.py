"""What stands on which day, and moving it."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm import wording
from crm.app import calendar, history, interviews, meetings, opportunities, people, plans, schedule, today
from crm.app.books import Book
from crm.app.calendar import ExportOptions
from crm.app.progress import Progress
from crm.domain.calendar import EXPORTED, EventKind
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import OpportunityDraft
from crm.domain.person import DateKind, ImportantDate, PartialDate, PersonDraft
from crm.domain.schedule import Scheduled
from crm.errors import Invalid
from tests.builders import TODAY, a_person

ZONE = ZoneInfo("Europe/Berlin")
WEEK = timedelta(days=7)


def ahead(book: Book) -> tuple[Scheduled, ...]:
    return schedule.on_days(book, TODAY, TODAY + 8 * WEEK, today=TODAY).items


@pytest.fixture
def filled(book: Book) -> Book:
    """Return a book with an event of each kind."""
    a_person(book, "Ada", every="2 weeks")
    role = opportunities.add(book, OpportunityDraft("Engineer", "Acme"), today=TODAY)
    plans.add_step(book, role, "Reply", TODAY - timedelta(days=2), today=TODAY)
    at = datetime(2026, 3, 20, 14, tzinfo=ZONE)
    interviews.add(book, role, InterviewDraft(at.date(), at), today=TODAY)
    return book


def test_a_range_holds_everything_on_its_days_in_their_order(filled: Book) -> None:
    found = schedule.on_days(filled, TODAY, TODAY + 8 * WEEK, today=TODAY)
    assert found.per_week == 5
    days = [(one.kind, one.stands_on(TODAY)) for one in found.items]
    assert days == [
        (EventKind.STEP, TODAY),  # overdue stands on today
        (EventKind.CHECK_IN, TODAY + 2 * WEEK),
        (EventKind.INTERVIEW, TODAY + timedelta(days=18)),
    ]
    assert schedule.on_days(filled, TODAY + WEEK, TODAY + WEEK, today=TODAY).items == ()


def test_days_gone_by_hold_only_the_rounds_that_were(filled: Book) -> None:
    later = TODAY + 4 * WEEK
    found = schedule.on_days(filled, TODAY, TODAY + 3 * WEEK, today=later).items
    assert [one.kind for one in found] == [EventKind.INTERVIEW]


def test_everything_moves_and_undo_brings_it_back(filled: Book) -> None:
    before = ahead(filled)
    for one in before:
        on = one.stands_on(TODAY) + WEEK
        schedule.move(filled, one, on, today=TODAY)
        moved = next(new for new in ahead(filled) if (new.kind, new.record) == (one.kind, one.record))
        assert (moved.on, moved.uid) == (on, one.uid)
        history.undo(filled)
    assert ahead(filled) == before


def test_an_overdue_check_in_waits_for_the_next_day_that_is_worked_as_today_does(filled: Book) -> None:
    saturday = TODAY + 2 * WEEK + timedelta(days=5)
    monday = saturday + timedelta(days=2)

    def stands(first: date, last: date) -> list[date]:
        found = schedule.on_days(filled, first, last, today=saturday).items
        return [one.stands_on(saturday) for one in found if one.kind is EventKind.CHECK_IN]

    assert not today.agenda(filled, today=saturday).asked
    assert stands(saturday, saturday) == []
    assert stands(saturday, saturday + WEEK) == stands(monday, monday) == [monday]
    (step,) = (one for one in ahead(filled) if one.kind is EventKind.STEP)
    assert step.stands_on(saturday) == saturday
    (entry,) = calendar.planned(
        filled,
        ExportOptions(time(9), ZONE, kinds=(EventKind.CHECK_IN,)),
        today=saturday,
        words=wording.calendar_text,
    )
    assert entry.starts_at.date() == monday


def test_a_round_keeps_its_hour_over_the_change_of_clocks(filled: Book) -> None:
    round_ = next(one for one in ahead(filled) if one.kind is EventKind.INTERVIEW)
    schedule.move(filled, round_, round_.on + 2 * WEEK, today=TODAY)
    moved = next(one for one in ahead(filled) if one.kind is EventKind.INTERVIEW)
    assert moved.starts_at == datetime(2026, 4, 3, 14, tzinfo=ZONE)


def test_nothing_moves_into_the_past(filled: Book) -> None:
    for one in ahead(filled):
        with pytest.raises(Invalid):
            schedule.move(filled, one, TODAY - timedelta(days=1), today=TODAY)


def test_meetings_stand_where_the_users_calendar_has_them_and_never_go_back_there(
    filled: Book, tmp_path: Path
) -> None:
    a_person(filled, "Grace", email="grace@navy.example")
    file = tmp_path / "mine.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nBEGIN:VEVENT\r\nUID:m1\r\nDTSTART:20260310T140000Z\r\n"
        "DTEND:20260310T150000Z\r\nSUMMARY:Ships\r\nATTENDEE:mailto:grace@navy.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    read = meetings.read_files((file,), Progress(), today=TODAY)
    meetings.apply(filled, meetings.plan(filled, read, today=TODAY), today=TODAY)
    (met,) = (one for one in ahead(filled) if one.kind is EventKind.MEETING)
    assert (met.on, met.starts_at) == (
        TODAY + timedelta(days=8),
        datetime(2026, 3, 10, 14, tzinfo=ZoneInfo("UTC")),
    )
    with pytest.raises(Invalid):
        schedule.move(filled, met, TODAY + WEEK, today=TODAY)
    told = calendar.planned(filled, ExportOptions(time(9)), today=TODAY, words=wording.calendar_text)
    assert "Ships" not in {entry.summary for entry in told}


def test_important_dates_come_round_each_year_and_the_29th_of_february_on_the_28th(book: Book) -> None:
    for name, month, day, year in (("Ada", 3, 5, 1990), ("Leap", 2, 29, None), ("Later", 3, 5, 2030)):
        dates = (ImportantDate(DateKind.BIRTHDAY, PartialDate(year, month, day)),)
        people.add(book, PersonDraft(display_name=name, dates=dates), today=TODAY)
    year = schedule.on_days(book, TODAY, TODAY + timedelta(days=364), today=TODAY).items
    assert [(wording.calendar_text(one.source), one.on) for one in year] == [
        (("Ada: Birthday", "36 years"), date(2026, 3, 5)),
        (("Leap: Birthday", ""), date(2027, 2, 28)),
    ]
    with pytest.raises(Invalid):
        schedule.move(book, year[0], TODAY + WEEK, today=TODAY)
    usual = calendar.planned(book, ExportOptions(time(9)), today=TODAY, words=wording.calendar_text)
    assert usual == ()
    asked = ExportOptions(time(9), kinds=EXPORTED)
    told = calendar.planned(book, asked, today=TODAY, words=wording.calendar_text)
    assert [entry.whole_day for entry in told] == [date(2026, 3, 5), date(2027, 2, 28)]
    assert told == calendar.planned(book, asked, today=TODAY, words=wording.calendar_text)
    next_year = calendar.planned(book, asked, today=TODAY + timedelta(days=300), words=wording.calendar_text)
    assert told[0].uid not in {entry.uid for entry in next_year}
    assert told[1].uid in {entry.uid for entry in next_year}
