"""Check-ins: how often, snooze, skip, rest, and rules that are silent for somebody. Each verb takes one person or thousands and is one step of undo."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from crm.app import preferences
from crm.app.books import Book
from crm.app.drafts import check_every
from crm.domain.cadence import MAX_SNOOZE_DAYS, Interval
from crm.domain.changes import Op
from crm.domain.company import CompanyId
from crm.domain.person import PersonId
from crm.domain.reasons import CHECK_INS, Mute, Offer, Rule
from crm.errors import Invalid, NotFound
from crm.store import checkins as rows
from crm.store import mutes as silent
from crm.store import people as known_people


def set_every(
    book: Book,
    people: Iterable[PersonId],
    every: Interval | None,
    *,
    today: date,
    never: bool = False,
) -> None:
    """Give people a rule of their own. None: back to the rules of tag, company, book; `never`: no check-ins at all.

    Raises `Invalid` for an interval out of range, `NotFound`.
    """
    check_every(every)
    names = _names(book, people)
    own = None if never else every
    with book.write(Op.SET_EVERY, scope="person", never=never, **_subject(names), **_said(own)) as session:
        rows.set_own(session, list(names), own, today, never=never)


def set_tag_every(book: Book, tag: str, every: Interval | None, *, today: date) -> None:
    """Give a tag a rule for whoever carries it; None takes it away. Raises `Invalid`, `NotFound`."""
    check_every(every)
    with book.write(Op.SET_EVERY, scope="tag", **_said(every)) as session:
        name = rows.set_tag(session, tag, every, today)
        if name is None:
            raise NotFound("tag", tag)
        book.note(subject=name)


def set_company_every(book: Book, company: CompanyId, every: Interval | None, *, today: date) -> None:
    """Give a company a rule for the people there now; None takes it away. Raises `Invalid`, `NotFound`."""
    check_every(every)
    with book.write(Op.SET_EVERY, scope="company", **_said(every)) as session:
        name = rows.set_company(session, company, every, today)
        if name is None:
            raise NotFound("company", company)
        book.note(subject=name)


def set_book_every(book: Book, every: Interval | None, *, today: date) -> None:
    """Give everyone without a stronger rule the book's default; None takes it away. Raises `Invalid`."""
    check_every(every)
    with book.write(Op.SET_EVERY, scope="book", **_said(every)):
        preferences.save(book, replace(preferences.get(book), every=every), today=today)


def snooze(book: Book, people: Iterable[PersonId], until: date, *, today: date) -> None:
    """Hide check-ins until a day, 1 to 90 days ahead; whoever of several has none is left out.

    Raises `Invalid` for another day and when nobody has a check-in, `NotFound`.
    """
    if not today < until <= today + timedelta(days=MAX_SNOOZE_DAYS):
        raise Invalid("until", until, "range")
    names = _names(book, people)
    with book.write(Op.SNOOZE, until=until.isoformat(), **_subject(names)) as session:
        _require_some(book, names, rows.snooze(session, list(names), until, today))


def unsnooze(book: Book, people: Iterable[PersonId], *, today: date) -> None:
    """Show check-ins again before their snooze ends. Raises `NotFound`."""
    names = _names(book, people)
    with book.write(Op.SNOOZE, until=None, **_subject(names)) as session:
        rows.unsnooze(session, list(names), today)


def skip(book: Book, people: Iterable[PersonId], *, today: date) -> None:
    """Let this check-in go: the next is due how often after today. It is no touch; whoever has no check-in is left out.

    Raises `Invalid` when nobody has one, `NotFound`.
    """
    names = _names(book, people)
    with book.write(Op.SKIP, on=today.isoformat(), **_subject(names)) as session:
        _require_some(book, names, rows.skip(session, list(names), today))


def rest(book: Book, people: Iterable[PersonId], *, today: date) -> None:
    """Suggest people no more until resumed. Raises `NotFound`."""
    names = _names(book, people)
    with book.write(Op.REST, **_subject(names)) as session:
        rows.set_resting(session, list(names), today, resting=True)


def resume(book: Book, people: Iterable[PersonId], *, today: date) -> None:
    """Suggest people again. Raises `NotFound`."""
    names = _names(book, people)
    with book.write(Op.RESUME, **_subject(names)) as session:
        rows.set_resting(session, list(names), today, resting=False)


def mute(book: Book, people: Iterable[PersonId], mutes: Iterable[Mute]) -> None:
    """Silence rules for people: for good, or for what they say of days up to one. Raises `Invalid`, `NotFound`.

    The rules of the check-in itself end with "no check-ins" or rest.
    """
    said = tuple(mutes)
    wrong = next((one.rule.value for one in said if one.rule in CHECK_INS), None)
    if wrong or not said:
        raise Invalid("rule", wrong or "", "check_in")
    names = _names(book, people)
    once = all(one.until_on for one in said)
    with book.write(Op.MUTE, rules=[one.rule.value for one in said], once=once, **_subject(names)) as session:
        for one in said:
            silent.mute(session, list(names), one)


def unmute(book: Book, people: Iterable[PersonId], rule: Rule | Offer) -> None:
    """Let a rule speak again for people. Raises `NotFound`."""
    names = _names(book, people)
    with book.write(Op.MUTE, rules=[rule.value], on=False, **_subject(names)) as session:
        silent.unmute(session, list(names), rule)


def muted(book: Book, person: PersonId) -> tuple[Mute, ...]:
    """Return the rules that are silent for a person."""
    with book.read() as session:
        return silent.of_people(session, (person,)).get(person, ())


def _names(book: Book, people: Iterable[PersonId]) -> dict[int, str]:
    """Return the names of `people` in their order; those that are gone are left out, unless all are."""
    wanted = list(dict.fromkeys(people))
    with book.read() as session:
        found = known_people.names_of(session, wanted)
    if wanted and not found:
        raise NotFound("person", wanted[0])
    return {person: found[person] for person in wanted if person in found}


def _require_some(book: Book, names: dict[int, str], changed: int) -> None:
    """Keep the number of those concerned for the history; nobody having a check-in is worth saying."""
    if names and not changed:
        raise Invalid("every", next(iter(names.values())), "no_check_in")
    book.note(count=changed)


def _subject(names: dict[int, str]) -> dict[str, object]:
    return {"subject": next(iter(names.values()), ""), "count": len(names)}


def _said(every: Interval | None) -> dict[str, object]:
    return {"every": [every.count, every.unit.value] if every else None}
