"""Today: whom to check in with, why, and what the week looks like."""

from datetime import date, timedelta

from crm.app.books import Book
from crm.domain.agenda import TodayCard, order_key
from crm.store import agenda as rows
from crm.store import touches

SHOWN = 50
SOON_DAYS = 30
DONE_SHOWN = 200
LOSING_SHOWN = 3


def agenda(book: Book, *, today: date, limit: int = SHOWN) -> TodayCard:
    """Return what Today shows on a day: overdue, due, then soon (80 % of the interval is over, due within 30 days).

    Takes as long in a book of a million people as in one of a thousand; counts therefore stop (see `store.agenda`).
    """
    with book.read() as session:
        counts = rows.counts(session, today)
        due = rows.due(session, today, limit)
        soon = rows.soon(session, today, today + timedelta(days=SOON_DAYS))
        found = rows.check_ins(session, [*due, *soon[: limit - len(due)]], today)
        next_up = [] if counts.due else rows.check_ins(session, rows.next_up(session, today), today)
        shown = [row.person.id for row in found]
        return TodayCard(
            on=today,
            check_ins=tuple(sorted(found, key=lambda row: order_key(row, today))),
            more=max(counts.due + len(soon) - len(found), 0),
            overdue=counts.due - counts.due_today,
            due=counts.due_today,
            done=touches.of_day(session, today, DONE_SHOWN),
            week=counts.week,
            losing_touch=rows.losing(session, today, shown, LOSING_SHOWN),
            losing_touch_total=counts.losing,
            rhythm=counts.rhythm,
            people=counts.people,
            planned=counts.planned,
            next_up=next_up[0] if next_up else None,
        )
