"""The calendar file: which events, on which day, and the same bytes while nothing changes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from crm import wording
from crm.app import (
    books,
    calendar,
    checkins,
    companies,
    events,
    history,
    interviews,
    opportunities,
    people,
    plans,
    schedule,
    touches,
)
from crm.app.books import Book
from crm.app.calendar import ExportOptions
from crm.domain.agenda import CheckInRow
from crm.domain.calendar import CalendarEntry, Detail, EventKind
from crm.domain.event import EventDraft, EventStatus, EventType
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import OpportunityDraft
from crm.domain.person import PersonId, Standing
from crm.domain.query import PeopleQuery
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import Invalid, KeepwarmError
from tests.builders import TODAY, a_book, a_person

ZONE = ZoneInfo("Europe/Berlin")
NINE = ExportOptions(time(9), ZONE)


def words(row: CheckInRow) -> tuple[str, str]:
    return f"Check in: {row.person.name}", f"{row.reason.last_note}\n{row.phone}\n{row.email}"


def options(**changes: Any) -> ExportOptions:
    return ExportOptions(**{"at": time(9), "zone": ZONE, **changes})


def planned(book: Book, chosen: ExportOptions = NINE, *, today: date = TODAY) -> tuple[CalendarEntry, ...]:
    return calendar.planned(book, chosen, today=today, words=words)


def names(entries: tuple[CalendarEntry, ...]) -> list[str]:
    return [entry.summary.removeprefix("Check in: ") for entry in entries]


def export(book: Book, path: Path, *, today: date = TODAY) -> calendar.Exported:
    return calendar.export(book, path, NINE, today=today, words=words)


def log(book: Book, person: PersonId, on: date = TODAY, note: str = "") -> None:
    touches.log(book, TouchDraft((person,), TouchKind.CALL, on, note), today=on)


def test_each_planned_check_in_is_one_event_at_the_users_hour(book: Book) -> None:
    ada = a_person(book, "Ada", every="6 weeks", phone="+44 20", email="ada@example.org")
    log(book, ada, note="the platform team")
    a_person(book, "Grace")
    (entry,) = planned(book)
    # Berlin is an hour ahead in March, two once summer time began on 29 March.
    assert entry.starts_at == datetime(2026, 4, 13, 7, tzinfo=UTC)
    assert (entry.summary, entry.sequence, entry.alarms) == ("Check in: Ada", 0, (0,))
    assert entry.description == "the platform team\n+44 20\nada@example.org"
    assert entry.uid.endswith("@keepwarm")


def test_the_private_way_tells_nothing_but_the_title(book: Book) -> None:
    log(book, a_person(book, "Ada", every="1 week", phone="+44 20"), note="secret")
    (entry,) = planned(book, options(detail=Detail.TITLE_ONLY, alarms=(10, 60)))
    assert (entry.summary, entry.description, entry.alarms) == ("Check in: Ada", "", (10, 60))


@pytest.mark.parametrize(
    ("detail", "described"),
    [
        (Detail.FULL, "the platform team\n+44 20\nada@example.org"),
        (Detail.NO_CONTACT, "the platform team"),
        (Detail.NO_NOTE, "+44 20\nada@example.org"),
        (Detail.WORK, ""),
    ],
)
def test_notes_and_contacts_can_each_be_left_out(book: Book, detail: Detail, described: str) -> None:
    log(
        book,
        a_person(book, "Ada", every="1 week", phone="+44 20", email="ada@example.org"),
        note="the platform team",
    )
    (entry,) = planned(book, options(detail=detail))
    assert entry.description.strip() == described


def test_what_others_should_not_read_of_rounds_and_events_goes_with_the_notes(book: Book) -> None:
    role = opportunities.add(book, OpportunityDraft("Engineer", "Acme"), today=TODAY)
    interviews.add(book, role, InterviewDraft(TODAY, preparation="their last outage"), today=TODAY)
    events.add(book, EventDraft("Fair", held_on=TODAY, goal="a way into Acme"), today=TODAY)
    for detail, said in ((Detail.NO_CONTACT, True), (Detail.NO_NOTE, False)):
        entries = calendar.planned(book, options(detail=detail), today=TODAY, words=wording.calendar_text)
        words_said = "".join(entry.description for entry in entries)
        assert [part in words_said for part in ("outage", "a way into")] == [said, said]


def test_those_without_suggestions_have_no_events(book: Book) -> None:
    archived, resting = (a_person(book, name, every="1 week") for name in ("Archived", "Resting"))
    people.archive(book, (archived,), Standing.ARCHIVED, today=TODAY)
    checkins.rest(book, (resting,), today=TODAY)
    assert planned(book) == ()


def test_a_snoozed_check_in_moves_and_stays_the_same_event(book: Book) -> None:
    ada = a_person(book, every="1 week")
    (before,) = planned(book)
    checkins.snooze(book, (ada,), TODAY + timedelta(days=30), today=TODAY)
    (after,) = planned(book)
    assert after.starts_at.date() == TODAY + timedelta(days=30)
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1000)
    assert after.changed_at >= before.changed_at


def test_a_renewed_check_in_is_another_event(book: Book) -> None:
    ada = a_person(book, every="1 week")
    (before,) = planned(book)
    log(book, ada, TODAY + timedelta(days=1))
    (after,) = planned(book)
    assert after.uid != before.uid
    assert after.sequence == 0


def test_the_overdue_stand_on_today_and_only_ever_move_forward(book: Book) -> None:
    ada = a_person(book, every="1 week")
    days = [TODAY + timedelta(days=number) for number in (7, 8, 9, 2002, 2003)]
    found = [planned(book, today=day)[0] for day in days]
    assert [entry.starts_at.date() for entry in found] == days
    assert [entry.sequence for entry in found] == [0, 1, 2, 999, 999]
    assert [entry.uid for entry in found] == [found[0].uid] * 5
    assert found[4].changed_at == datetime.combine(days[4], time(), UTC)
    checkins.snooze(book, (ada,), days[4] + timedelta(days=5), today=days[4])
    assert planned(book, today=days[4])[0].sequence > found[4].sequence


def test_one_list_one_company_or_a_horizon_can_be_chosen(book: Book) -> None:
    a_person(book, "Ada", every="1 week", company="Analytical", tags=("mentor",))
    a_person(book, "Grace", every="2 weeks", company="Navy", tags=("mentor",))
    a_person(book, "Mary", every="3 weeks")
    assert names(planned(book)) == ["Ada", "Grace", "Mary"]
    analytical = companies.resolve(book, "Analytical")
    mentors = PeopleQuery(tag="mentor")
    assert names(planned(book, options(company_id=analytical))) == ["Ada"]
    assert names(planned(book, options(people=mentors))) == ["Ada", "Grace"]
    assert names(planned(book, options(people=mentors, company_id=analytical))) == ["Ada"]
    assert names(planned(book, options(until=TODAY + timedelta(days=14)))) == ["Ada", "Grace"]
    assert planned(book, options(until=TODAY - timedelta(days=1))) == ()


def test_a_check_in_beyond_the_calendar_is_left_out(book: Book) -> None:
    a_person(book, every="9999 years")
    assert planned(book) == ()


def test_a_file_that_says_so_already_is_not_touched(book: Book, tmp_path: Path) -> None:
    a_person(book, every="1 week")
    path = tmp_path / "check-ins.ics"
    first = export(book, path)
    assert (first.events, first.changed, first.delta.new) == (1, True, 1)
    before = (path.stat().st_ino, path.stat().st_mtime_ns)
    again = export(book, path)
    assert (again.events, again.changed, again.delta.any) == (1, False, False)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before


def test_a_repeated_export_is_the_same_bytes_and_its_numbers_only_grow(tmp_path: Path) -> None:
    book, path = a_book(tmp_path), tmp_path / "check-ins.ics"
    ada = a_person(book, "Ada", every="1 week")
    a_person(book, "Grace", every="2 months", today=TODAY - timedelta(days=200))
    told: dict[str, tuple[int, bytes]] = {}

    def exported() -> bytes:
        export(book, path)
        data = path.read_bytes()
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
            number, said = told.get(str(event["UID"]), (-1, b""))
            now = bytes(event.to_ical())
            assert int(event["SEQUENCE"]) >= number + (now != said)
            told[str(event["UID"])] = int(event["SEQUENCE"]), now
        export(book, path)
        assert path.read_bytes() == data
        return data

    steps: list[Callable[[], object]] = [
        lambda: log(book, ada, note="Zoë, naïve; \\ , plans"),
        lambda: checkins.snooze(book, (ada,), TODAY + timedelta(days=50), today=TODAY),
        lambda: checkins.skip(book, (ada,), today=TODAY),
        lambda: checkins.rest(book, (ada,), today=TODAY),
        lambda: people.delete(book, (ada,)),
    ]
    exported()
    for step in (*steps, *[lambda: history.undo(book)] * 5, *[lambda: history.redo(book)] * 5):
        step()
        last = exported()
    book.close()
    book = books.open_book(book.path)
    assert exported() == last
    book.close()


def test_another_program_reads_what_was_meant(book: Book, tmp_path: Path) -> None:
    a_person(book, "Zoë Łukasiewicz; & Sons, " + "long " * 30, every="1 week")
    path = tmp_path / "check-ins.ics"
    export(book, path)
    data = path.read_bytes()
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert event["SUMMARY"] == "Check in: Zoë Łukasiewicz; & Sons, " + " ".join(["long"] * 30)
    assert event.decoded("DTSTART") == datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert b"METHOD" not in data


def test_an_empty_plan_is_an_empty_calendar(book: Book, tmp_path: Path) -> None:
    assert export(book, tmp_path / "check-ins.ics").events == 0
    assert icalendar.Calendar.from_ical((tmp_path / "check-ins.ics").read_bytes()).walk("VEVENT") == []


def test_a_book_or_a_folder_is_never_replaced(book: Book, tmp_path: Path) -> None:
    other = a_book(tmp_path, "other.keepwarm")
    other.close()
    link = tmp_path / "link.ics"
    link.symlink_to(book.path)
    for path in (book.path, other.path, link, book.path.with_name(book.path.name + "-wal")):
        with pytest.raises(Invalid):
            export(book, path)
    with pytest.raises(KeepwarmError):
        export(book, tmp_path)
    assert book.path.read_bytes().startswith(b"SQLite format 3")


def test_steps_and_rounds_stand_beside_check_ins(book: Book, tmp_path: Path) -> None:
    ada = a_person(book, "Ada", every="6 weeks", company="Acme")
    other = a_person(book, "Grace", every="6 weeks", company="Navy")
    role = opportunities.add(book, OpportunityDraft("Engineer", "Acme"), today=TODAY)
    at = datetime(2026, 3, 10, 14, tzinfo=ZONE)
    interviews.add(book, role, InterviewDraft(at.date(), at, people=(ada,)), today=TODAY)
    interviews.add(book, role, InterviewDraft(TODAY + timedelta(days=20)), today=TODAY)
    interviews.add(book, role, InterviewDraft(TODAY - timedelta(days=1)), today=TODAY)
    plans.add_step(book, role, "Reply", TODAY - timedelta(days=2), today=TODAY)
    plans.add_step(book, None, "Call", TODAY + timedelta(days=1), today=TODAY, person=other)
    everything = calendar.planned(book, NINE, today=TODAY, words=wording.calendar_text)
    told = {entry.summary: entry for entry in everything}
    assert len(everything) == len(told) + 1 == 6
    assert told["Reply (Acme)"].starts_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert told["Reply (Acme)"].sequence == 2
    first, second = (entry for entry in everything if entry.summary == "Interview: Engineer, Acme")
    assert (first.starts_at, first.minutes, first.busy, first.alarms) == (at, 60, True, (120, 1440))
    assert (second.whole_day, second.busy) == (TODAY + timedelta(days=20), False)
    at_acme = calendar.planned(
        book, options(company_id=companies.resolve(book, "Acme")), today=TODAY, words=wording.calendar_text
    )
    assert {entry.summary for entry in at_acme} == {
        "Reply (Acme)",
        "Check in: Ada",
        "Interview: Engineer, Acme",
    }
    only = options(kinds=(EventKind.STEP,))
    assert len(calendar.planned(book, only, today=TODAY, words=wording.calendar_text)) == 2
    path = tmp_path / "a.ics"
    calendar.export(book, path, NINE, today=TODAY, words=wording.calendar_text)
    whole = [
        event for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        if "VALUE" in event["DTSTART"].params
    ]  # fmt: skip
    assert [event.decoded("DTSTART") for event in whole] == [TODAY + timedelta(days=20)]
    assert b"TRIGGER:-PT900M" in path.read_bytes()


def test_events_stand_on_their_whole_day_and_stay_the_same_when_they_move(book: Book) -> None:
    ada = a_person(book, "Ada", tags=("mentor",))
    fair = events.add(
        book,
        EventDraft("Career fair", EventType.FAIR, TODAY + timedelta(days=9), "Hall 3", expected=(ada,)),
        today=TODAY,
    )
    events.add(book, EventDraft("Missed", held_on=TODAY, status=EventStatus.MISSED), today=TODAY)
    events.add(book, EventDraft("A group", EventType.GROUP), today=TODAY)
    mentors = options(people=PeopleQuery(tag="mentor"))
    (before,) = calendar.planned(book, mentors, today=TODAY, words=wording.calendar_text)
    assert (before.summary, before.whole_day, before.busy) == (
        "Career fair",
        TODAY + timedelta(days=9),
        False,
    )
    assert before.description == "Job fair\nHall 3\nMay be there: Ada"
    schedule.move(
        book,
        schedule.on_days(book, TODAY, TODAY + timedelta(days=9), today=TODAY).items[0],
        TODAY + timedelta(days=12),
        today=TODAY,
    )
    (after,) = calendar.planned(book, NINE, today=TODAY, words=wording.calendar_text)
    assert (after.uid, after.whole_day) == (before.uid, TODAY + timedelta(days=12))
    events.delete(book, fair)
    assert calendar.planned(book, NINE, today=TODAY, words=wording.calendar_text) == ()


def test_a_moved_step_stays_the_same_event_and_a_done_one_goes(book: Book) -> None:
    step = plans.add_step(book, None, "Reply", TODAY, today=TODAY)
    (before,) = calendar.planned(book, NINE, today=TODAY, words=wording.calendar_text)
    plans.redate(book, step, TODAY + timedelta(days=3))
    (after,) = calendar.planned(book, NINE, today=TODAY, words=wording.calendar_text)
    assert after.uid == before.uid
    assert after.changed_at >= before.changed_at
    plans.done(book, step, today=TODAY)
    assert calendar.planned(book, NINE, today=TODAY, words=wording.calendar_text) == ()
