"""An event as a calendar server holds it: read without trust, moved without losing what the user wrote in it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from crm.domain.calendar import CalendarEntry
from crm.formats.pushed import retold, seen

AT = datetime(2026, 4, 20, 9, tzinfo=UTC)
ENTRY = CalendarEntry("1@keepwarm", "Check in: Ada", AT, AT, minutes=15, sequence=7)
ZONE = ZoneInfo("Europe/Lisbon")


def event(start: str, *lines: str, before: str = "") -> bytes:
    body = "\r\n".join((f"DTSTART{start}", *lines))
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{before}BEGIN:VEVENT\r\nUID:1@keepwarm\r\n{body}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("start", "at"),
    [
        (":20260402T140000Z", datetime(2026, 4, 2, 14, tzinfo=UTC)),
        (";TZID=Europe/Berlin:20260402T140000", datetime(2026, 4, 2, 12, tzinfo=UTC)),
        (":20260402T140000", datetime(2026, 4, 2, 13, tzinfo=UTC)),
        (";VALUE=DATE:20260402", datetime(2026, 4, 1, 23, tzinfo=UTC)),
    ],
)
def test_a_start_is_read_in_its_zone_or_in_the_users(start: str, at: datetime) -> None:
    assert seen("tag", event(start), ZONE).starts_at == at


def test_a_tick_before_the_title_says_done_and_a_status_cancelled() -> None:
    ticked = seen("tag", event(":20260402T140000Z", "SUMMARY:✓ Check in: Ada"), ZONE)
    assert (ticked.done, ticked.cancelled) == (True, False)
    assert seen("tag", event(":20260402T140000Z", "STATUS:cancelled"), ZONE).cancelled
    assert not seen("tag", event(":20260402T140000Z", "SUMMARY:Undone: call"), ZONE).done


@pytest.mark.parametrize(
    "data",
    [b"", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", event(":99999999T999999Z"), event(";TZID=No/Where:x"), b"\xff" * 99,
     b"BEGIN:VEVENT\r\n" * 9999, event(":20260402T140000Z").replace(b"UID", b"RECURRENCE-ID:20260402\r\nUID")],
)  # fmt: skip
def test_what_cannot_be_read_has_no_start(data: bytes) -> None:
    assert seen("tag", data, ZONE).starts_at is None


def test_a_zone_with_a_rule_that_runs_for_ever_is_not_looked_at() -> None:
    rule = "RRULE:FREQ=SECONDLY;INTERVAL=0;BYMONTH=2;BYMONTHDAY=30"
    zone = f"BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n{rule}\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    data = event(":20260402T140000Z", before=zone)
    assert seen("tag", data, ZONE).starts_at is not None
    assert zone.encode() in retold(data, ENTRY)


def test_moving_an_event_keeps_all_else_that_the_user_wrote_in_it() -> None:
    data = event(
        ";TZID=Europe/Berlin:20260402T140000",
        "DURATION:PT2H",
        "SUMMARY:✓ Check in: Ada",
        "DESCRIPTION:bring the book\\, and tea",
        "LOCATION:Café",
        "X-COLOUR:red",
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT3H\r\nEND:VALARM",
    )
    (moved,) = icalendar.Calendar.from_ical(retold(data, ENTRY)).walk("VEVENT")
    assert (moved.decoded("DTSTART"), moved.decoded("DTEND")) == (AT, AT + timedelta(minutes=15))
    assert (str(moved["SUMMARY"]), moved["SEQUENCE"], str(moved["STATUS"])) == (
        "Check in: Ada",
        7,
        "CONFIRMED",
    )
    said = {name: str(moved[name]) for name in ("DESCRIPTION", "LOCATION", "X-COLOUR")}
    assert said == {"DESCRIPTION": "bring the book, and tea", "LOCATION": "Café", "X-COLOUR": "red"}
    assert "DURATION" not in moved
    assert len(moved.walk("VALARM")) == 1
