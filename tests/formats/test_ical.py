"""Calendar files: what every program must read alike, whatever the text."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm.domain.calendar import CalendarEntry, starts_at
from crm.formats.ical import render
from tests.calendar_programs.libraries import arriving, libical, libical_says
from tests.check_calendars import HOSTILE, NORMAL

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
CHANGED = datetime(2026, 11, 20, 18, 30, 5, tzinfo=UTC)
ENTRY = CalendarEntry("1b4e28ba@keepwarm", "Check in: Ada Lovelace", NINE, CHANGED)
# Everything a line-based format could stumble over, more often than chance would bring it.
TEXT = st.text(max_size=120) | st.text(
    st.sampled_from('\r\n\t\0\v\f\x1c\x85\u2028\u2029\ud800\\,;:"^ =ENDVBGIé日😀'), max_size=120
)


def file_of(*entries: CalendarEntry, **options: Any) -> bytes:
    return render(entries, **{"version": "1.0", **options})


def lines_of(*entries: CalendarEntry, **options: Any) -> list[str]:
    """Return the content lines, unfolded."""
    return file_of(*entries, **options).decode().replace("\r\n ", "").split("\r\n")


def event_of(entry: CalendarEntry) -> Any:
    (event,) = icalendar.Calendar.from_ical(file_of(entry)).walk("VEVENT")
    return event


def test_an_event_is_written_line_for_line() -> None:
    entry = replace(
        ENTRY,
        created_at=datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
        description="Last touch 2 Oct: coffee; talked, much\nC:\\notes",
        url="https://example.org/?a=1,2;b=3",
        categories=("Check-ins", "Work, paid"),
        alarms=(10, 0),
        sequence=3,
        private=True,
    )
    assert lines_of(entry) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Keepwarm//Keepwarm 1.0//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:1b4e28ba@keepwarm",
        "DTSTAMP:20261120T183005Z",
        "LAST-MODIFIED:20261120T183005Z",
        "CREATED:20260102T030405Z",
        "SEQUENCE:3",
        "DTSTART:20261123T090000Z",
        "DTEND:20261123T091500Z",
        "SUMMARY:Check in: Ada Lovelace",
        r"DESCRIPTION:Last touch 2 Oct: coffee\; talked\, much\nC:\\notes",
        "URL:https://example.org/?a=1,2;b=3",
        r"CATEGORIES:Check-ins,Work\, paid",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Check in: Ada Lovelace",
        "TRIGGER:-PT0M",
        "END:VALARM",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Check in: Ada Lovelace",
        "TRIGGER:-PT10M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_plain_file_has_no_method_and_no_name_of_its_own() -> None:
    text = file_of(ENTRY).decode()
    assert "METHOD" not in text
    assert "X-WR-CALNAME" not in text
    assert lines_of(ENTRY, name="Check-ins, work")[4:6] == [
        r"NAME:Check-ins\, work",
        r"X-WR-CALNAME:Check-ins\, work",
    ]


def test_a_file_of_no_events_is_a_calendar() -> None:
    assert lines_of()[-2:] == ["END:VCALENDAR", ""]


def test_the_same_events_are_the_same_bytes_in_any_order() -> None:
    later = replace(ENTRY, uid="a@keepwarm", starts_at=NINE + timedelta(days=1))
    twin = replace(ENTRY, uid="0@keepwarm")
    assert file_of(ENTRY, later, twin) == file_of(later, twin, ENTRY)
    assert file_of(later, ENTRY, twin).decode().index("UID:0@") < file_of(later, ENTRY, twin).decode().index(
        "UID:1b"
    )


def test_a_cancelled_event_says_so_and_does_not_ring() -> None:
    event = event_of(replace(ENTRY, cancelled=True, sequence=4))
    assert (event["STATUS"], event["SEQUENCE"], event.walk("VALARM")) == ("CANCELLED", 4, [])


def test_alarms_are_before_the_start_and_none_comes_twice() -> None:
    lines = lines_of(replace(ENTRY, alarms=(-10, 10, 1440, 0, 0)))
    assert [line for line in lines if line.startswith("TRIGGER")] == [
        "TRIGGER:-PT0M",
        "TRIGGER:-PT10M",
        "TRIGGER:-PT1440M",
    ]


def test_an_instant_in_any_zone_is_written_in_utc() -> None:
    berlin = NINE.astimezone(ZoneInfo("Europe/Berlin"))
    assert file_of(replace(ENTRY, starts_at=berlin)) == file_of(ENTRY)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ENTRY, uid=""),
        replace(ENTRY, uid="é" * 101),
        replace(ENTRY, changed_at=CHANGED.replace(tzinfo=None)),
    ],
    ids=["no uid", "long uid", "no zone"],
)
def test_an_event_that_programs_would_mistake_is_never_written(wrong: CalendarEntry) -> None:
    with pytest.raises(ValueError, match=r".*"):
        file_of(wrong)


def test_an_address_with_spaces_or_other_letters_is_still_one_address() -> None:
    (line,) = [
        line
        for line in lines_of(replace(ENTRY, url="https://ex.org/a b\r\nX:é%20"))
        if line.startswith("URL")
    ]
    assert line == "URL:https://ex.org/a%20b%20X:%C3%A9%20"


@given(TEXT, TEXT)
@example("Ada", "\ufeff")
def test_text_arrives_as_it_was_whatever_is_in_it(summary: str, description: str) -> None:
    lines = lines_of(replace(ENTRY, summary=summary, description=description))
    alarm = ("DESCRIPTION", [arriving(summary)])
    assert [(name, texts(value)) for name, value in named(lines, "SUMMARY", "DESCRIPTION")] == [
        ("SUMMARY", [arriving(summary)]),
        *([("DESCRIPTION", [arriving(description)])] if arriving(description) else []),
        alarm,
    ]


@given(TEXT, st.lists(TEXT, max_size=3))
def test_addresses_and_categories_arrive_as_one_line_each(url: str, categories: list[str]) -> None:
    lines = lines_of(replace(ENTRY, url=url, categories=tuple(categories)))
    wanted = [line for line in map(one_line, categories) if line]
    assert [texts(value) for _, value in named(lines, "CATEGORIES")] == ([wanted] if wanted else [])
    (address,) = [value for _, value in named(lines, "URL")] if url else [""]
    assert unquote(address) == unquote(one_line(url))
    assert address.isascii()


@given(TEXT, TEXT, TEXT, st.lists(TEXT, max_size=3))
def test_no_text_adds_a_line(summary: str, description: str, url: str, categories: list[str]) -> None:
    entry = replace(ENTRY, summary=summary, description=description, url=url, categories=tuple(categories))
    calendar = icalendar.Calendar.from_ical(file_of(entry, name=summary))
    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VEVENT", "VALARM"]
    everything = event_of(replace(ENTRY, description="x", url="x", categories=("x",)))
    assert set(calendar.walk("VEVENT")[0]) <= set(everything)


@given(TEXT, TEXT)
def test_lines_end_in_crlf_and_have_at_most_75_octets_of_whole_letters(
    summary: str, description: str
) -> None:
    data = file_of(replace(ENTRY, summary=summary * 5, description=description * 5))
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    for line in lines:
        assert len(line) <= 75
        assert line.decode().isprintable() or not set(line) & {*range(0x20), 0x7F}
        assert len(line.decode().splitlines()) <= 1


def named(lines: list[str], *names: str) -> list[tuple[str, str]]:
    """Return name and value of the content lines of these names."""
    split = [line.partition(":") for line in lines]
    return [(name, value) for name, _, value in split if name in names]


def texts(value: str) -> list[str]:
    """Read a list of texts as RFC 5545 3.3.11 says; the library misreads a backslash before an N."""
    found = [""]
    for sign in re.findall(r"\\.|[^\\]", value):
        if sign == ",":
            found.append("")
        else:
            found[-1] += "\n" if sign in {r"\n", r"\N"} else sign[-1]
    return found


def one_line(text: str) -> str:
    return " ".join(arriving(text).split())


@pytest.mark.skipif(libical() is None, reason="libical isn't installed")
@pytest.mark.parametrize("entries", [NORMAL, HOSTILE], ids=["normal", "hostile"])
def test_libical_finds_nothing_wrong(entries: tuple[CalendarEntry, ...]) -> None:
    assert libical_says(file_of(*entries), entries) == (len(entries), [])


@pytest.mark.skipif(libical() is None, reason="libical isn't installed")
def test_libical_would_notice_a_method_without_an_organizer() -> None:
    said = libical_says(file_of(ENTRY).replace(b"CALSCALE:GREGORIAN", b"METHOD:PUBLISH"), (ENTRY,))
    assert said is not None
    assert "ORGANIZER" in said[1][0]


@pytest.mark.parametrize(
    ("on", "at", "zone", "expected"),
    [
        ("2026-11-23", "09:00", "Europe/Berlin", "2026-11-23T08:00"),
        ("2026-07-01", "09:00", "Europe/Berlin", "2026-07-01T07:00"),
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30"),  # skipped: 03:30 summer time
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30"),  # twice: the first, summer time
        ("2026-11-23", "00:30", "Pacific/Auckland", "2026-11-22T11:30"),
        ("2026-11-23", "09:00", "Asia/Kolkata", "2026-11-23T03:30"),
    ],
)
def test_a_check_in_starts_at_the_users_clock_time(on: str, at: str, zone: str, expected: str) -> None:
    found = starts_at(date.fromisoformat(on), time.fromisoformat(at), ZoneInfo(zone))
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.times(),
    st.sampled_from(["Europe/London", "America/Sao_Paulo"]),
)
def test_a_check_in_is_on_its_own_day_or_an_hour_later(on: date, at: time, zone: str) -> None:
    local = starts_at(on, at.replace(second=0, microsecond=0), ZoneInfo(zone)).astimezone(ZoneInfo(zone))
    wanted = datetime.combine(on, at.replace(second=0, microsecond=0))
    assert local.replace(tzinfo=None) - wanted in {timedelta(), timedelta(hours=1)}
