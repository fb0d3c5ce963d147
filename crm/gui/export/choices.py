"""What the export dialog offers, asked of the book, and how its offers are worded."""

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from crm import wording
from crm.domain.calendar import Detail
from crm.domain.ledger import Outgoing
from crm.domain.preferences import BookPreferences
from crm.domain.query import CompanyQuery, PeopleQuery
from crm.gui.session import Session

if TYPE_CHECKING:
    from crm.app.calendar import ExportOptions

_ALARMS = (0, 10, 30, 60, 24 * 60)
_HOURS = range(6, 22)
_MOST_COMPANIES = 500
_HOUR, _DAY = 60, 24 * 60

Alarms = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which check-ins: everybody's, those of one company's people, or of one tag's."""

    company: int | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: the settings of the last time, companies where somebody works, tags."""

    preferences: BookPreferences
    companies: tuple[tuple[int, str], ...]
    tags: tuple[str, ...]


def ask(session: Session, scope: Scope) -> Choices:
    """Ask the book; the company of `scope` is offered whatever comes before it."""
    from crm.app import browse, preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    ids = browse.company_ids(session.book, CompanyQuery())[:_MOST_COMPANIES]
    rows = [one for one in browse.company_rows(session.book, ids) if one.people]
    if scope.company is not None and all(one.id != scope.company for one in rows):
        rows[:0] = browse.company_rows(session.book, (scope.company,))
    tags = tuple(tag.name for tag, people in browse.tags(session.book) if people)
    return Choices(preferences.get(session.book), tuple((int(one.id), one.name) for one in rows), tags)


def outgoing(session: Session, wanted: BookPreferences, scope: Scope) -> Outgoing:
    """Return what would be written, and what it changes in the user's calendar."""
    from crm.app import calendar  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    today = session.today()
    return calendar.outgoing(session.book, options(wanted, scope), today=today, words=wording.calendar_text)


def options(wanted: BookPreferences, scope: Scope) -> "ExportOptions":
    """Return the choices as an export takes them."""
    from crm.app.calendar import ExportOptions  # noqa: PLC0415 - SQLAlchemy must not load before the first paint
    from crm.domain.company import CompanyId  # noqa: PLC0415 - with it

    return ExportOptions(
        wanted.check_in_at,
        alarms=wanted.alarms,
        detail=wanted.detail,
        kinds=wanted.kinds,
        company_id=None if scope.company is None else CompanyId(scope.company),
        people=PeopleQuery(tag=scope.tag) if scope.tag else None,
    )


def details() -> list[tuple[Detail, str]]:
    """Return how much an event may tell, in words."""
    return [
        (Detail.FULL, _tr("Last note, phone and email")),
        (Detail.NO_CONTACT, _tr("Last note")),
        (Detail.NO_NOTE, _tr("Phone and email")),
        (Detail.WORK, _tr("No note, phone or email")),
        (Detail.TITLE_ONLY, _tr("Title only")),
    ]


def scopes(found: Choices) -> list[tuple[Scope, str]]:
    """Return what can be exported, in words."""
    everyone = [(Scope(), _tr("Everyone"))]
    tags = [(Scope(tag=tag), wording.say(_tr("People tagged {tag}"), tag=tag)) for tag in found.tags]
    companies = [
        (Scope(company), wording.say(_tr("People at {company}"), company=name))
        for company, name in found.companies
    ]
    return [*everyone, *tags, *companies]


def times(own: time) -> list[tuple[time, str]]:
    """Return the hours of a day, and the user's own time among them."""
    offered = sorted({*(time(hour) for hour in _HOURS), own})
    return [(at, clock(at)) for at in offered]


def clock(at: time) -> str:
    """Return a time as the user's system writes it."""
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


def alarms(own: Alarms) -> list[tuple[int, str]]:
    """Return when alarms may ring, the user's own among them: minutes before, and in words."""
    return [(minutes, _before(minutes)) for minutes in sorted({*_ALARMS, *own})]


def _before(minutes: int) -> str:
    if not minutes:
        return _tr("At the time")
    for length, one, many in (
        (_DAY, "{n} day before", "{n} days before"),
        (_HOUR, "{n} hour before", "{n} hours before"),
    ):
        if minutes % length == 0:
            return wording.count(minutes // length, one, many)
    return wording.count(minutes, "{n} min before", "{n} min before")


def _tr(words: str) -> str:
    return QCoreApplication.translate("Export", words)
