"""What the user changed in the calendar on a server, as offers: nothing follows here until they say so."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from crm.app import caldav, checkins, interviews, plans, schedule, touches
from crm.app.books import Book
from crm.app.calendar import LAST_DAY
from crm.domain.caldav import Answer, Offer, answers, place
from crm.domain.calendar import CalendarEntry, EventKind
from crm.domain.changes import Op
from crm.domain.interview import InterviewId
from crm.domain.ledger import Notice, Sent
from crm.domain.person import PersonId
from crm.domain.plan import StepId
from crm.domain.schedule import Scheduled
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import NotFound
from crm.store import calendars
from crm.store import schedule as rows

_ASKED = frozenset({Notice.MOVED, Notice.DONE, Notice.REMOVED})


def offers(book: Book, *, today: date, zone: tzinfo | None = None) -> tuple[Offer, ...]:
    """Return what was noticed and has no answer yet, by the day it stands on there. The server isn't asked.

    What was settled here meanwhile is no offer any more.
    """
    stood = caldav.connection(book)
    noticed = (
        [] if stood is None else [one for one in caldav.told(book, stood).values() if one.notice in _ASKED]
    )
    if stood is None or not noticed:
        return ()
    with book.read() as session:
        items = rows.scheduled(session, stood.kinds, today, LAST_DAY, today)
    here = {f"{item.uid}@keepwarm": item for item in items}
    planned = {one.uid: one for one in caldav.planned(book, stood, today, lambda _: ("", ""), zone)}
    made = (_offer(one, here.get(one.uid), planned.get(one.uid), today, zone) for one in noticed)
    return tuple(sorted(filter(None, made), key=lambda one: (one.there_on or date.max, one.title)))


def answer(
    book: Book,
    uid: str,
    said: Answer,
    *,
    today: date,
    zone: tzinfo | None = None,
    kind: TouchKind = TouchKind.OTHER,
) -> None:
    """Do what the user says to an offer; what changes the book is a step of undo, the rest the next push tells.

    `kind` is what a touch that is logged was. `uid` may be its beginning. Raises `NotFound`, and what the verbs raise.
    """
    fitting = [one for one in offers(book, today=today, zone=zone) if one.uid.startswith(uid)]
    if len(fitting) != 1 or said not in fitting[0].answers:
        raise NotFound("offer", uid)
    (offer,) = fitting
    item, on = offer.item, offer.there_on
    if said is Answer.MOVE and item is not None and offer.there_at is not None and on is not None:
        _move(book, item, on, offer.there_at, today)
    elif said is Answer.LOG and item is not None:
        _log(book, item, kind, min(on or today, today), today)
    elif said is Answer.SKIP and item is not None:
        _skip(book, item, today)
    else:
        _note(book, offer.uid, Notice.LEFT if said is Answer.LEAVE else Notice.OVERRULED)
    if said in (Answer.LOG, Answer.SKIP) and offer.uid in {
        one.uid for one in offers(book, today=today, zone=zone)
    }:
        _note(
            book, offer.uid, Notice.OVERRULED
        )  # on the day it counts from, a touch leaves the check-in as it was


def _note(book: Book, uid: str, notice: Notice) -> None:
    stood = caldav.require(book)
    with book.write(Op.EXPORT_CALENDAR) as session:
        calendars.keep_told(session, stood.scope, replace(caldav.told(book, stood)[uid], notice=notice))


def _offer(
    noticed: Sent, item: Scheduled | None, ours: CalendarEntry | None, today: date, zone: tzinfo | None
) -> Offer | None:
    """Return what to ask, None where there is nothing to ask by now."""
    notice, at = noticed.notice or Notice.MOVED, noticed.notice_at
    there_on = None if at is None else at.astimezone(zone).date()
    if item is None or ours is None:
        if notice is not Notice.MOVED or there_on is None or there_on < today:
            return None
        said = answers(notice, None, there_on, today)
        return Offer(noticed.uid, notice, noticed.summary, None, None, there_on, at, said)
    both = False
    if notice is Notice.MOVED and at is not None:
        if place(at, ours, zone) == place(ours.starts_at, ours, zone):
            return None
        moved = place(noticed.starts_at, ours, zone) != place(ours.starts_at, ours, zone)
        both = moved and item.on >= today  # what is overdue goes along with the days by itself
    said = answers(notice, item.kind, there_on, today)
    return Offer(noticed.uid, notice, noticed.summary, item, item.stands_on(today), there_on, at, said, both)


def _move(book: Book, item: Scheduled, on: date, at: datetime, today: date) -> None:
    if item.kind is EventKind.INTERVIEW and item.starts_at is not None:
        draft = interviews.row(book, InterviewId(item.record)).draft
        interviews.edit(book, InterviewId(item.record), replace(draft, on=on, starts_at=at))
    else:
        schedule.move(book, item, on, today=today)


def _log(book: Book, item: Scheduled, kind: TouchKind, on: date, today: date) -> None:
    if item.kind is EventKind.STEP:
        plans.done(book, StepId(item.record), today=today)
    else:
        touches.log(book, TouchDraft((PersonId(item.record),), kind, on), today=today)


def _skip(book: Book, item: Scheduled, today: date) -> None:
    if item.kind is EventKind.STEP:
        plans.skip(book, StepId(item.record), today=today)
    else:
        checkins.skip(book, (PersonId(item.record),), today=today)
