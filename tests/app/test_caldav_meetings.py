"""Meetings from a calendar on a server: read like a file of them, without what Keepwarm put there."""

from datetime import UTC, timedelta
from pathlib import Path

from crm import wording
from crm.app import caldav, caldav_meetings, meetings
from crm.app.books import Book
from crm.app.passwords import Passwords
from crm.app.progress import Progress
from crm.domain.caldav import Connection
from crm.domain.meeting import Fate
from tests.builders import TODAY, a_person
from tests.calendar_server import PASSWORD, USER, Radicale

DAY = timedelta(days=1)


def test_meetings_are_read_from_the_other_calendars_of_the_account(
    book: Book, radicale: Radicale, tmp_path: Path
) -> None:
    a_person(book, "Ada", email="ada@engines.example", every="6 weeks")
    account, passwords = caldav.account(radicale.address, USER), Passwords(tmp_path / "passwords")
    passwords.keep(account, PASSWORD)
    own, work = caldav.make(account, PASSWORD), caldav.make(account, PASSWORD, "Work")
    caldav.connect(book, Connection(account, own.url, own.name))
    caldav.push(book, passwords, today=TODAY, words=wording.calendar_text, zone=UTC)
    ours = radicale.events(own.url)[0].to_ical().decode()
    for uid, event in (
        ("past", _event("past", -3, "RRULE:FREQ=WEEKLY;COUNT=2\r\n")),
        ("ahead", _event("ahead", 9)),
        ("old", _event("old", -900)),
        ("copied", ours),
    ):
        data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\n{event}END:VCALENDAR\r\n"
        radicale.ask("PUT", f"{work.url}{uid}.ics", data.encode())
    assert [one.name for one in caldav_meetings.calendars(book, passwords) if one.url == work.url] == ["Work"]
    stood = caldav.require(book)
    caldav.connect(book, Connection(account, stood.url, stood.name, meetings=(work,)))
    read = caldav_meetings.read(book, passwords, Progress(), today=TODAY, zone=UTC)
    assert read.files == ("Work",)
    assert [one.title for one in read.meetings] == ["Coffee past", "Coffee past", "Coffee ahead"]
    plan = meetings.plan(book, read, today=TODAY)
    assert {one.fate for one in plan.records} == {Fate.TOUCH, Fate.AHEAD}
    meetings.apply(book, plan, today=TODAY)
    again = meetings.plan(
        book, caldav_meetings.read(book, passwords, Progress(), today=TODAY, zone=UTC), today=TODAY
    )
    assert not any(one.taken for one in again.records)
    for url in (own.url, work.url):
        radicale.ask("DELETE", url)


def _event(uid: str, days: int, rule: str = "") -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:Coffee {uid}\r\nDTSTAMP:20260301T000000Z\r\n{rule}"
        f"DTSTART:{TODAY + days * DAY:%Y%m%d}T090000Z\r\nDTEND:{TODAY + days * DAY:%Y%m%d}T093000Z\r\n"
        "ATTENDEE:mailto:ada@engines.example\r\nEND:VEVENT\r\n"
    )
