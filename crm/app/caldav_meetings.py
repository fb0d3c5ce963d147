"""Meetings from the connected account's other calendars, read as calendar files are; what Keepwarm put there is left out."""

from datetime import date, tzinfo

from crm.app import caldav
from crm.app.books import Book
from crm.app.caldav_server import CalendarServer
from crm.app.meetings import ReadCalendars
from crm.app.passwords import Passwords
from crm.app.progress import Progress
from crm.app.webdav import Channel
from crm.domain.caldav import Collection
from crm.domain.card import Problem
from crm.domain.meeting import Meeting, Span, in_order, usual_span
from crm.formats import meetings as formats

_OURS = "@keepwarm"


def calendars(book: Book, passwords: Passwords) -> tuple[Collection, ...]:
    """Ask the server which calendars there are to read: all but the one that is pushed to. Raises `KeepwarmError`."""
    stood = caldav.require(book)
    found = caldav.calendars_of(stood.account, passwords.find(stood.account))
    return tuple(one for one in found if one.url != stood.url)


def read(
    book: Book, passwords: Passwords, progress: Progress, *, today: date, zone: tzinfo | None = None
) -> ReadCalendars:
    """Read the meetings of a year back and half a year ahead from the calendars that were chosen. Progress is in calendars.

    Raises `KeepwarmError`: unconnected, locked, not reached, refused, cancelled.
    """
    stood, span = caldav.require(book), usual_span(today)
    found: list[Meeting] = []
    problems: list[Problem] = []
    events = 0
    progress.expect(len(stood.meetings))
    with Channel(stood.account, passwords.find(stood.account)) as channel:
        for calendar in stood.meetings:
            for one in _events(CalendarServer(channel), calendar, span, zone):
                found += one.meetings
                problems += one.problems
                events += one.events
                progress.step(0)
            progress.step()
    names = tuple(one.name for one in stood.meetings)
    return ReadCalendars(in_order(found), tuple(problems), names, events, span)


def _events(
    server: CalendarServer, calendar: Collection, span: Span, zone: tzinfo | None
) -> "list[formats.ReadMeetings]":
    read = [
        formats.read(data.splitlines(keepends=True), calendar.name, span, zone)
        for data in server.between(calendar.url, span)
    ]
    return [one for one in read if not one.ours and not any(_is_ours(each) for each in one.meetings)]


def _is_ours(meeting: Meeting) -> bool:
    """Say whether it is one of our own events, also once another program has rewritten it."""
    return (meeting.series or meeting.uid).endswith(_OURS)
