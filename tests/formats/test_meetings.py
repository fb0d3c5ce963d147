"""Calendars in: every event in its own day, series in bounds, and nothing that hangs or raises."""

import io
import random
import time
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.card import ProblemCode
from crm.domain.meeting import Attendee, Meeting, Span
from crm.formats import meetings
from crm.formats.meetings import ReadMeetings

LISBON = ZoneInfo("Europe/Lisbon")
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def read(*lines: str, span: Span = YEAR, zone: ZoneInfo = LISBON) -> ReadMeetings:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])
    return meetings.read(io.BytesIO(text.encode("utf-8", "surrogatepass")), "calendar.ics", span, zone)


def event(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", "UID:1@x.example", "SUMMARY:Coffee", *lines, "END:VEVENT")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def days(found: Iterable[Meeting]) -> list[date]:
    return [one.on for one in found]


def test_an_event_is_a_meeting_on_the_users_day() -> None:
    late = event(
        "DTSTART;TZID=America/New_York:20260302T210000", "DTEND;TZID=America/New_York:20260302T213000"
    )
    (one,) = read(*late).meetings
    assert (one.on, one.starts_at, one.minutes) == (date(2026, 3, 3), utc(2026, 3, 3, 2), 30)
    assert read(*late, zone=ZoneInfo("America/New_York")).meetings[0].on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("start", "on", "at"),
    [
        ("DTSTART:20260302T090000", date(2026, 3, 2), utc(2026, 3, 2, 9)),
        ("DTSTART:20260702T090000", date(2026, 7, 2), utc(2026, 7, 2, 8)),
        ("DTSTART;TZID=W. Europe Standard Time:20260302T090000", date(2026, 3, 2), utc(2026, 3, 2, 8)),
        (
            "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260302T090000",
            date(2026, 3, 2),
            utc(2026, 3, 2, 8),
        ),
        ("DTSTART;TZID=Nowhere/Land:20260302T090000", date(2026, 3, 2), utc(2026, 3, 2, 9)),
        ("DTSTART;VALUE=DATE:20260302", date(2026, 3, 2), None),
    ],
)
def test_times_are_read_in_the_zone_they_are_told_in(start: str, on: date, at: datetime | None) -> None:
    (one,) = read(*event(start)).meetings
    assert (one.on, one.starts_at) == (on, at)


def test_who_was_invited_and_did_not_decline() -> None:
    (one,) = read(
        *event(
            "DTSTART:20260302T090000Z",
            'ORGANIZER;CN="Lima, Ana":MAILTO:Ana@X.example',
            "ATTENDEE;CN=Ana:mailto:ana@x.example",
            "ATTENDEE;CN=Bob;PARTSTAT=DECLINED:mailto:bob@x.example",
            "ATTENDEE;CN=Room 1;CUTYPE=ROOM:mailto:room@x.example",
            "ATTENDEE;CN=Zoë Ønskov:invalid:nomail",
        )
    ).meetings
    assert one.attendees == (Attendee("ana@x.example", "Lima, Ana"), Attendee("", "Zoë Ønskov"))


def test_a_series_has_its_times_at_the_same_hour_across_summer_time() -> None:
    found = read(*event("DTSTART;TZID=Europe/Lisbon:20260323T090000", "RRULE:FREQ=WEEKLY;COUNT=3")).meetings
    assert [one.starts_at for one in found] == [
        utc(2026, 3, 23, 9),
        utc(2026, 3, 30, 8),
        utc(2026, 4, 6, 8),
    ]
    assert len({one.uid for one in found}) == 3
    assert {one.series for one in found} == {"1@x.example"}


def test_a_series_began_before_the_span_ends_with_it_and_leaves_days_out() -> None:
    span = Span(date(2026, 3, 1), date(2026, 3, 31))
    rule = event(
        "DTSTART:20200106T090000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE:20260309T090000Z,20260316T090000Z"
    )
    assert days(read(*rule, span=span).meetings) == [date(2026, 3, 2), date(2026, 3, 23), date(2026, 3, 30)]


def test_until_is_the_last_time_and_count_counts_from_the_first() -> None:
    until = event("DTSTART;TZID=Europe/Lisbon:20260302T090000", "RRULE:FREQ=DAILY;UNTIL=20260304T090000Z")
    assert days(read(*until).meetings) == [date(2026, 3, day) for day in (2, 3, 4)]
    count = event("DTSTART:20251230T090000Z", "RRULE:FREQ=DAILY;COUNT=4")
    assert days(read(*count).meetings) == [date(2026, 1, 1), date(2026, 1, 2)]


def test_a_time_of_a_series_moves_or_is_called_off_by_itself() -> None:
    found = read(
        *event("DTSTART:20260302T090000Z", "RRULE:FREQ=WEEKLY;COUNT=3"),
        *event("RECURRENCE-ID:20260309T090000Z", "DTSTART:20260310T100000Z"),
        *event("RECURRENCE-ID:20260316T090000Z", "DTSTART:20260316T090000Z", "STATUS:CANCELLED"),
    ).meetings
    assert days(found) == [date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 16)]
    assert [one.cancelled for one in found] == [False, False, True]
    plain = read(*event("DTSTART:20260302T090000Z", "RRULE:FREQ=WEEKLY;COUNT=3")).meetings
    assert found[1].uid == plain[1].uid


def test_what_lies_outside_the_span_is_counted_and_left() -> None:
    found = read(*event("DTSTART:20190302T090000Z"), *event("DTSTART:20260302T090000Z"))
    assert (found.events, days(found.meetings)) == (2, [date(2026, 3, 2)])


def test_a_broken_event_is_told_with_its_line_and_the_others_are_read() -> None:
    found = read(
        *event("DTSTART:someday"),
        *event("DTSTART:20260302T090000Z"),
        "BEGIN:VEVENT",
        "SUMMARY:no start",
        "END:VEVENT",
    )
    assert days(found.meetings) == [date(2026, 3, 2)]
    assert [(one.line, one.code) for one in found.problems] == [
        (3, ProblemCode.BAD_DATE),
        (13, ProblemCode.BAD_DATE),
    ]


def test_parts_without_an_end_do_not_swallow_the_next_event() -> None:
    found = read(
        "BEGIN:VEVENT", "DTSTART:20260302T090000Z", "BEGIN:VALARM", "TRIGGER:-PT5M",
        "BEGIN:VEVENT", "DTSTART:20260303T090000Z",
    )  # fmt: skip
    assert days(found.meetings) == [date(2026, 3, 2), date(2026, 3, 3)]


def test_what_keepwarm_wrote_is_known() -> None:
    assert read("PRODID:-//Keepwarm//Keepwarm 1.0//EN").ours
    assert not read("PRODID:-//Example//Keepwarm fan//EN").ours


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30",
        "FREQ=YEARLY;BYWEEKNO=53;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=99999999999999999999",
        "FREQ=WEEKLY;UNTIL=99991231T235959Z",
        "FREQ=WEEKLY;BYDAY=99MO",
        "FREQ=NEVER",
    ],
)
def test_no_rule_hangs_or_raises(rule: str) -> None:
    for start in ("DTSTART:20260202T090000Z", "DTSTART:00010101T000000Z", "DTSTART;VALUE=DATE:20260228"):
        began = time.process_time()
        read(*event(start, f"RRULE:{rule}"))
        assert time.process_time() - began < 5, "a hang, not a matter of speed"


def test_a_huge_event_is_a_problem_and_the_rest_is_read() -> None:
    found = read(
        *event("DTSTART:20260302T090000Z", "DESCRIPTION:" + "x" * (meetings.MAX_EVENT + 1)),
        *event("DTSTART:20260303T090000Z"),
    )
    assert [one.code for one in found.problems] == [ProblemCode.TOO_LARGE]
    assert days(found.meetings) == [date(2026, 3, 3)]


def test_every_sample_calendar_is_read(samples: Path) -> None:
    files = sorted((samples / "calendars").rglob("*.ics"))
    assert files
    wide = Span(date(1990, 1, 1), date(2030, 12, 31))
    for file in files:
        with file.open("rb") as stream:
            found = meetings.read(stream, file.name, wide, LISBON)
        assert found.events or b"BEGIN:VEVENT" not in file.read_bytes().upper(), file


@given(
    st.lists(st.text(st.sampled_from('BEGINDRULVT:;=,-/\r\n 0129ZT\\"é\ud800\0'), max_size=60), max_size=12)
)
def test_no_text_raises(lines: list[str]) -> None:
    read("BEGIN:VEVENT", *lines, "END:VEVENT")


@given(st.randoms(use_true_random=False))
def test_mutated_events_never_raise(chance: random.Random) -> None:
    good = "\r\n".join(
        event(
            "DTSTART;TZID=Europe/Lisbon:20260302T090000", "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260601T000000Z",
            "EXDATE:20260309T090000Z", "RDATE;VALUE=PERIOD:20260302T090000Z/PT1H", "ATTENDEE;CN=Ana:mailto:ana@x.example",
        )
    )  # fmt: skip
    text = list(good)
    for _ in range(chance.randrange(1, 8)):
        text[chance.randrange(len(text))] = chance.choice(["", "\0", ":", ";", "\r\n", "9", "é", "="])
    read("".join(text))
