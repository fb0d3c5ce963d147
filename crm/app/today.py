"""Today: whom to check in with, why, and what the week looks like."""

from datetime import date, timedelta

from crm.app.books import Book
from crm.domain import whynow
from crm.domain.agenda import CheckInRow, TodayCard, order_key
from crm.store import agenda as rows
from crm.store import preferences, touches
from crm.store import whynow as reasons

SHOWN = 50
DONE_SHOWN = 200
LOSING_SHOWN = 3
AHEAD_SHOWN = 100


def agenda(book: Book, *, today: date, limit: int = SHOWN) -> TodayCard:
    """Return what Today shows on a day: whoever a rule suggests, late, then today's, then what is near.

    Takes as long in a book of a million people as in one of a thousand; counts therefore stop (see `store.agenda`).
    """
    with book.read() as session:
        counts = rows.counts(session, today)
        due = rows.due(session, today, limit)
        soon = rows.soon(session, today, today + whynow.SOON)
        others = reasons.candidates(session, today, today)
        found = rows.suggested(session, {*due, *soon[: limit - len(due)], *others}, today)
        shown = sorted(found, key=lambda row: order_key(row, today))[:limit]
        next_up = [] if counts.due else rows.coming(session, rows.next_up(session, today), today, date.max)
        kept = preferences.read(session)
        closed = kept.caps().days.closed(today)
        week_room = kept.per_week - counts.checked_in_week
        unplanned = sum(not row.planned for row in found)
        return TodayCard(
            on=today,
            check_ins=tuple(shown),
            more=max(counts.due + len(soon) + unplanned - len(shown), 0),
            overdue=counts.due - counts.due_today,
            due=counts.due_today,
            done=touches.of_day(session, today, DONE_SHOWN),
            week=counts.week,
            losing_touch=rows.losing(session, today, [row.person.id for row in shown], LOSING_SHOWN),
            losing_touch_total=counts.losing,
            rhythm=counts.rhythm,
            people=counts.people,
            planned=counts.planned,
            room=0 if closed else max(min(kept.per_day - counts.checked_in, week_room), 0),
            week_full=week_room <= 0,
            closed=closed,
            away_until=max((one.until_on for one in kept.quiet if today in one), default=None),
            next_up=next_up[0] if next_up else None,
        )


def asked(book: Book, *, today: date) -> int:
    """Return for how many check-ins a day asks, as a number beside its name: no more than the day has room for."""
    with book.read() as session:
        counts = rows.counts(session, today)
        kept = preferences.read(session)
    if kept.caps().days.closed(today):
        return 0
    return max(min(counts.due, kept.per_day - counts.checked_in, kept.per_week - counts.checked_in_week), 0)


def ahead(book: Book, *, today: date, days: int) -> tuple[CheckInRow, ...]:
    """Return what is dated in the next days, today apart: check-ins, steps, birthdays."""
    until = today + timedelta(days=days)
    with book.read() as session:
        check_ins = rows.ahead(session, today, until, AHEAD_SHOWN)
        others = reasons.candidates(session, today, until)
        found = rows.coming(session, {*check_ins, *others}, today, until)
    return tuple(sorted(found, key=lambda row: (row.due_on, row.person.id)))
