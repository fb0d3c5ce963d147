"""Plans: days somebody said, overdue check-ins spread out, time away, and who to keep warm after an import."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from crm.app import preferences
from crm.app.books import Book
from crm.domain.cadence import Interval
from crm.domain.changes import Op
from crm.domain.levelling import Why, needed_per_week
from crm.domain.person import PersonId
from crm.domain.planning import Choice, Pick, PlanPreview, WeekLoad, load_of, pick, weeks_of, wishes
from crm.domain.workdays import Quiet
from crm.errors import Invalid, NotFound
from crm.store import checkins as rules
from crm.store import levelling, rows
from crm.store import people as known_people
from crm.store import planning as store

WEEKS = 12
MOST_DAYS_AHEAD = 5 * 366
MOST_DAYS_AWAY = 366


@dataclass(frozen=True, slots=True)
class Spread:
    """What spreading check-ins out came to: how many, and the last day one stands on."""

    count: int
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the weeks ahead ask for, beside what the user set; `needed` a week is what all plans come to."""

    weeks: tuple[WeekLoad, ...]
    needed: float
    per_week: int
    overdue: int


def plan_check_in(book: Book, people: Iterable[PersonId], on: date, *, today: date) -> None:
    """Put check-ins on a day that levelling won't move; a touch or a skip ends it.

    Raises `Invalid` for a day behind or years ahead, `NotFound`.
    """
    if not today <= on <= today + timedelta(days=MOST_DAYS_AHEAD):
        raise Invalid("planned_on", on, "range")
    wanted = list(dict.fromkeys(people))
    with book.write(Op.PLAN_CHECK_IN, on=on.isoformat()) as session:
        names = known_people.names_of(session, wanted)
        if not names:
            raise NotFound("person", wanted[0] if wanted else "")
        store.plan(session, dict.fromkeys(names, on), Why.USER, today)
        book.note(subject=next(iter(names.values())), count=len(names))


def spread(book: Book, *, today: date) -> Spread:
    """Spread everything overdue over the days from today on, the most urgent first, under the caps."""
    with book.write(Op.SPREAD) as session:
        days = store.spread(session, first=today, before=today, today=today, why=Why.SPREAD)
        return _noted(book, days)


def away(book: Book, until: date, *, today: date) -> Spread:
    """Keep the days up to `until` free: check-ins that nobody set a day for follow after it, under the caps.

    Raises `Invalid` for a day that isn't ahead, or more than a year.
    """
    if not today < until <= today + timedelta(days=MOST_DAYS_AWAY):
        raise Invalid("away", until, "range")
    back = until + timedelta(days=1)
    with book.write(Op.AWAY, on=until.isoformat()) as session:
        kept = preferences.get(book)
        quiet = (*(one for one in kept.quiet if one.until_on >= today), Quiet(today, until))
        days = store.spread(session, first=back, before=back, today=today, why=Why.AWAY)
        preferences.save(book, replace(kept, quiet=quiet), today=today)
        return _noted(book, days)


def back(book: Book, *, today: date) -> bool:
    """End time away today: the days left of it are no longer kept free. Say whether there was any."""
    kept = preferences.get(book)
    if not any(today in one for one in kept.quiet):
        return False
    yesterday = today - timedelta(days=1)
    ended = (replace(one, until_on=yesterday) if today in one else one for one in kept.quiet)
    quiet = tuple(one for one in ended if one.from_on <= one.until_on)
    with book.write(Op.AWAY, on=False):
        preferences.save(book, replace(kept, quiet=quiet), today=today)
    return True


def outlook(book: Book, *, today: date, weeks: int = WEEKS) -> Outlook:
    """Return what the weeks ahead ask for and what all plans come to."""
    with book.read() as session:
        days = store.days_ahead(session, today, weeks)
        needed = needed_per_week(store.intervals(session))
        overdue = store.overdue(session, today)
    return Outlook(weeks_of(days, (), today, weeks), needed, preferences.get(book).per_week, overdue)


def suggest(book: Book, *, today: date, per_week: int | None = None) -> PlanPreview:
    """Pick people worth keeping warm, with reasons, and place their first check-ins; nothing is written."""
    kept = preferences.get(book)
    wanted = per_week or kept.per_week
    caps = replace(kept.caps(), per_week=wanted)
    with book.read() as session:
        taken = needed_per_week(store.intervals(session))
        found, unplanned = store.candidates(session)
        choices = pick(found, caps, today=today, planned=taken)
        placed = levelling.place(session, wishes(choices, today), caps=caps)
        chosen = tuple(replace(choice, on=placed[int(choice.person)].on) for choice in choices)
        lines = {row.id: row for row in rows.people(session, [int(one.person) for one in chosen], today)}
        standing = store.days_ahead(session, today, WEEKS)
    picks = tuple(
        Pick(lines[one.person], one) for one in sorted(chosen, key=lambda one: (one.on, one.person))
    )
    weeks = weeks_of(standing, [one.on for one in chosen], today, WEEKS)
    return PlanPreview(picks, wanted, weeks, taken + load_of(chosen), unplanned)


def start(book: Book, choices: Sequence[Choice], *, today: date, per_week: int | None = None) -> int:
    """Start a plan: how often and the first day of each person, and how many a week; return of how many.

    Raises `NotFound` when all of them are gone.
    """
    with book.write(Op.START_PLAN) as session:
        known = known_people.names_of(session, [int(choice.person) for choice in choices])
        if choices and not known:
            raise NotFound("person", choices[0].person)
        kept = preferences.get(book)
        if per_week is not None:
            preferences.save(book, replace(kept, per_week=per_week), today=today)
        by_interval: dict[Interval, list[int]] = {}
        for choice in choices:
            if choice.person in known:
                by_interval.setdefault(choice.every, []).append(int(choice.person))
        days = {int(choice.person): choice.on for choice in choices if choice.person in known}
        for every, people in by_interval.items():
            rules.set_own(session, people, every, today, never=False)
        store.plan(session, days, Why.PLAN, today)
        book.note(count=len(days), subject=next(iter(known.values()), ""))
    return len(days)


def _noted(book: Book, days: dict[int, date]) -> Spread:
    """Keep for the history how many moved and until when."""
    until = max(days.values(), default=None)
    book.note(count=len(days), until=until.isoformat() if until else None)
    return Spread(len(days), until)
