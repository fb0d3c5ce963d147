"""Days of Today that the sample doesn't have: every reason at once, too much, everything done, away, nobody planned."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from crm.app import opportunities, people, plans, preferences, samples, touches
from crm.app.books import Book
from crm.domain.cadence import parse_interval
from crm.domain.opportunity import OpportunityDraft, Stage
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PersonId,
    PositionDraft,
)
from crm.domain.touch import Direction, TouchDraft, TouchKind
from crm.domain.workdays import Quiet


def reasons(book: Book, today: date) -> None:
    """Add somebody for every reason, some with several."""
    samples.fill(book, today=today)
    birthday = ImportantDate(DateKind.BIRTHDAY, PartialDate(month=today.month, day=today.day))
    joined = (PositionDraft("Cobalt Bank", "Head of Data", from_on=today.replace(year=today.year - 3)),)
    friend = _add(book, "Leonor Brandt", today, dates=(birthday,), positions=joined)
    _touch(book, friend, today - timedelta(days=140), "sent her the article", today)
    promised = _add(
        book, "Oluwaseun Adeyemi", today, positions=(PositionDraft("Petrel Airways", "Recruiter"),)
    )
    _touch(book, promised, today - timedelta(days=61), "said the team grows in autumn", today)
    plans.add_step(book, None, "Ask again about the opening", today, today=today, person=promised)
    quiet = _add(book, "Hanna Virtanen", today, positions=(PositionDraft("Lumen Grid", "Analyst"),))
    for ago in (150, 129, 108, 87, 66):
        _touch(book, quiet, today - timedelta(days=ago), "lunch", today)
    silent = _add(
        book, "Marek Novak", today, positions=(PositionDraft("Fernway", "Talent Partner"),), every="4 weeks"
    )
    for ago in (30, 58, 86, 114, 142):
        on = today - timedelta(days=ago)
        touches.log(book, TouchDraft((silent,), TouchKind.EMAIL, on, direction=Direction.SENT), today=today)
    role = opportunities.add(book, OpportunityDraft("Lead PM", "Cobalt Bank"), today=today)
    opportunities.move(book, role, Stage.APPLIED, today=today - timedelta(days=6))


def late(book: Book, today: date) -> None:
    """Let a dozen check-ins be overdue."""
    samples.fill(book, today=today - timedelta(days=24))


def done(book: Book, today: date) -> None:
    """Do everything that the day asks for."""
    from crm.app import today as app  # noqa: PLC0415 - named like the argument

    samples.fill(book, today=today)
    preferences.save(book, replace(preferences.get(book), per_week=30), today=today)
    for row in app.agenda(book, today=today).check_ins:
        if row.due_on <= today:
            _touch(book, row.person.id, today, "caught up", today)


def away(book: Book, today: date) -> None:
    """Keep two weeks free."""
    samples.fill(book, today=today)
    quiet = (Quiet(today - timedelta(days=2), today + timedelta(days=12)),)
    preferences.save(book, replace(preferences.get(book), quiet=quiet), today=today)


def unplanned(book: Book, today: date) -> None:
    """Know people and plan nobody."""
    for name in ("Ada Lovelace", "Grace Hopper", "Mary Somerville"):
        _add(book, name, today)


DAYS: dict[str, Callable[[Book, date], None]] = {
    "reasons": reasons,
    "late": late,
    "done": done,
    "away": away,
    "unplanned": unplanned,
}


def _add(
    book: Book,
    name: str,
    today: date,
    *,
    dates: tuple[ImportantDate, ...] = (),
    positions: tuple[PositionDraft, ...] = (),
    every: str = "",
) -> PersonId:
    draft = PersonDraft(
        display_name=name,
        contacts=(ContactPoint(ContactKind.EMAIL, f"{name.split(maxsplit=1)[0].lower()}@example.example"),),
        positions=positions,
        dates=dates,
        every=parse_interval(every),
    )
    return people.add(book, draft, today=today - timedelta(days=400))


def _touch(book: Book, person: PersonId, on: date, note: str, today: date) -> None:
    touches.log(book, TouchDraft((person,), TouchKind.COFFEE, on, note), today=today)
