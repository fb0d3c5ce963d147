"""Calendar files that are kept up to date: rewritten after changes, only when their bytes differ, whole or not at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from itertools import chain, count
from pathlib import Path

from crm import __version__
from crm.app import calendar, preferences
from crm.app.books import Book
from crm.app.calendar import ExportOptions, Words
from crm.app.drafts import line
from crm.domain.calendar import CalendarEntry
from crm.domain.changes import Op
from crm.domain.feed import Feed, FeedDraft, FeedId, FeedState, Scope
from crm.domain.preferences import MOST_ALARM_MINUTES
from crm.domain.query import PeopleQuery
from crm.errors import Invalid, KeepwarmError, NotFound
from crm.files import atomic_write
from crm.store import calendars

MOST_DAYS = 3650


def feeds(book: Book) -> tuple[Feed, ...]:
    """Return the files that are kept up to date."""
    with book.read() as session:
        return calendars.feeds(session)


def resolve(book: Book, text: str) -> Feed:
    """Return the kept file that a number or a name means. Raises `NotFound`."""
    for feed in feeds(book):
        if text in (str(feed.id), feed.draft.name):
            return feed
    raise NotFound("feed", text)


def add(book: Book, draft: FeedDraft) -> FeedId:
    """Keep a calendar file from now on. Raises `Invalid`, `KeepwarmError` when something else is at its place.

    The file is written by the next `refresh`.
    """
    tidied = _tidied(book, draft)
    with book.write(Op.ADD_FEED, subject=tidied.name) as session:
        return calendars.insert_feed(session, tidied)


def edit(book: Book, id_: FeedId, draft: FeedDraft) -> None:
    """Change what a kept file holds or where it is; a file at the former place stays as it is."""
    tidied = _tidied(book, draft, id_)
    with book.write(Op.EDIT_FEED, subject=tidied.name) as session:
        if calendars.feed(session, id_) is None:
            raise NotFound("feed", id_)
        calendars.update_feed(session, id_, tidied)


def remove(book: Book, id_: FeedId) -> None:
    """Keep a file no longer. The file stays where it is: calendars may still look at it."""
    with book.write(Op.DELETE_FEED) as session:
        found = calendars.feed(session, id_)
        if found is None:
            raise NotFound("feed", id_)
        book.note(subject=found.draft.name)
        calendars.delete_feed(session, id_)


def refresh(book: Book, *, today: date, words: Words, zone: tzinfo | None = None) -> tuple[FeedState, ...]:
    """Write every kept file whose content changed; what goes wrong with one is told with it and stops no other.

    An event that is gone simply leaves the file: a calendar that looks at it again drops what isn't there
    (INTEROP.md 3.2).
    """
    return tuple(_refreshed(book, feed, today, words, zone) for feed in feeds(book))


def content(book: Book, draft: FeedDraft, *, today: date, words: Words, zone: tzinfo | None = None) -> bytes:
    """Return the calendar that a draft describes, as a file would hold it."""
    return _rendered(draft, entries(book, draft, today, words, zone))


def _rendered(draft: FeedDraft, entries: tuple[CalendarEntry, ...]) -> bytes:
    from crm.formats import ical  # noqa: PLC0415 - the library takes a tenth of a second, and only this needs it

    return ical.render(entries, version=__version__, name=draft.name)


def _refreshed(book: Book, feed: Feed, today: date, words: Words, zone: tzinfo | None) -> FeedState:
    path = Path(feed.draft.path)
    try:
        found = entries(book, feed.draft, today, words, zone)
        calendar.require_ours(book, path)
        data = _rendered(feed.draft, found)
        written = calendar.bytes_at(path) != data
        if written:
            atomic_write(path, data)
    except KeepwarmError as error:
        return FeedState(feed, error=error)
    return FeedState(feed, len(found), written)


def entries(
    book: Book, draft: FeedDraft, today: date, words: Words, zone: tzinfo | None
) -> tuple[CalendarEntry, ...]:
    """Return the events that a draft describes."""
    if draft.scope is Scope.COMPANY and draft.company_id is None:
        return ()  # the company is gone; everybody else's check-ins are nobody's business there
    options = ExportOptions(
        at=preferences.get(book).check_in_at,
        zone=zone,
        alarms=draft.alarms,
        detail=draft.detail,
        kinds=draft.kinds,
        company_id=draft.company_id if draft.scope is Scope.COMPANY else None,
        people=PeopleQuery(tag=draft.tag) if draft.scope is Scope.TAG else None,
        until=None if draft.days is None else today + timedelta(days=draft.days),
    )
    return calendar.planned(book, options, today=today, words=words)


def _free(name: str, others: Sequence[FeedDraft]) -> str:
    """Return the name, numbered where another kept file has it: a name has to say which is meant."""
    taken = {other.name for other in others}
    numbered = (f"{name} {number}" for number in count(2))
    return next(one for one in chain((name,), numbered) if one not in taken)


def _tidied(book: Book, draft: FeedDraft, own: FeedId | None = None) -> FeedDraft:
    name = line(draft.name)
    if not name:
        raise Invalid("feed", draft.name, "name")
    others = [feed.draft for feed in feeds(book) if feed.id != own]
    path = Path(draft.path).absolute()
    if path.suffix.lower() != ".ics":
        raise Invalid("feed", path.name, "ending")
    calendar.require_ours(book, path)
    if any(Path(other.path) == path for other in others):
        raise Invalid("feed", path, "path")
    if draft.days is not None and not 1 <= draft.days <= MOST_DAYS:
        raise Invalid("feed", draft.days, "days")
    if any(not 0 <= minutes <= MOST_ALARM_MINUTES for minutes in draft.alarms):
        raise Invalid("alarms", max(draft.alarms), "range")
    alarms = tuple(sorted(set(draft.alarms)))
    return replace(draft, name=_free(name, others), path=str(path), tag=line(draft.tag), alarms=alarms)
