"""The book's settings: reading them, and saving what changed."""

from dataclasses import replace
from datetime import date

from crm.app.books import Book
from crm.app.drafts import check_every, line
from crm.domain.changes import Op
from crm.domain.plan import DayOff
from crm.domain.preferences import BookPreferences, out_of_range
from crm.errors import Invalid
from crm.store import checkins, derived
from crm.store import preferences as rows

_CAPS = frozenset({"per_day", "per_week"})
_CALENDAR = frozenset({"weekdays", "country", "quiet"})


def get(book: Book) -> BookPreferences:
    """Return the settings; what was never saved, or can't be understood, is the default."""
    with book.read() as session:
        return rows.read(session)


def days_off(book: Book) -> DayOff:
    """Return what says whether a day is one off: not worked, a public holiday, or one the user keeps quiet."""
    working = get(book).caps().days
    return lambda day: working.closed(day) is not None


def save(book: Book, preferences: BookPreferences, *, today: date) -> None:
    """Save the settings; a changed default for how often moves whoever follows it, changed caps what is ahead.

    Raises `Invalid`.
    """
    tidied = _tidied(preferences)
    with book.write(Op.SETTINGS) as session:
        changed = rows.save(session, rows.plain(tidied))
        book.note(fields=sorted(changed))
        if "every" in changed:
            checkins.settle_followers(session, today)
        if changed & _CAPS:
            derived.place_again(session, today)
        elif changed & _CALENDAR:
            days = tidied.caps().days
            derived.place_again(session, today, lambda day: days.closed(day) is not None)


def _tidied(preferences: BookPreferences) -> BookPreferences:
    check_every(preferences.every)
    at = preferences.check_in_at.replace(second=0, microsecond=0, tzinfo=None)
    alarms = tuple(sorted(set(preferences.alarms)))
    quiet = tuple(sorted(set(preferences.quiet)))
    addresses = tuple(
        dict.fromkeys(filter(None, (line(one).strip(" ,;<>") for one in preferences.addresses)))
    )
    tidied = replace(
        preferences,
        check_in_at=at,
        alarms=alarms,
        name=line(preferences.name),
        addresses=addresses,
        quiet=quiet,
    )
    if wrong := out_of_range(tidied):
        raise Invalid(wrong, getattr(tidied, wrong), "range")
    return tidied
