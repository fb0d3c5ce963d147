"""What this room asks the book. Each function runs in the read lane and returns values."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crm.domain.company import CompanyCard, CompanyDraft, CompanyId, CompanyRow, company_key
from crm.domain.introduction import WaysIn
from crm.domain.lesson import FeedbackRow, LessonRow
from crm.domain.opportunity import OpportunityRow
from crm.domain.query import CompanyCounts, CompanyQuery, CompanySort
from crm.domain.touch import TouchRow
from crm.domain.watch import NoticedRow
from crm.errors import NotFound

if TYPE_CHECKING:
    from crm.app.books import Book

RECENT_TOUCHES = 60
OFFERED = 8


@dataclass(frozen=True, slots=True)
class Listing:
    """The list as it is to be shown."""

    ids: "array[int]"
    counts: CompanyCounts


@dataclass(frozen=True, slots=True)
class Sight:
    """All that the page of one company shows."""

    card: CompanyCard
    touches: tuple[TouchRow, ...] = ()
    ways: WaysIn = field(default_factory=WaysIn)
    noticed: tuple[NoticedRow, ...] = ()
    roles: tuple[OpportunityRow, ...] = ()
    feedback: tuple[FeedbackRow, ...] = ()
    lessons: tuple[LessonRow, ...] = ()


def listing(book: "Book", query: CompanyQuery) -> Listing:
    """Return the companies a query lists, and the numbers on the chips."""
    from crm.app import browse as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return Listing(app.company_ids(book, query), app.company_counts(book))


def rows(book: "Book", ids: Sequence[int]) -> tuple[CompanyRow, ...]:
    """Return lines of the list."""
    from crm.app import browse as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return app.company_rows(book, ids)


def best_known(book: "Book") -> CompanyRow | None:
    """Return the company with most people, None for a book that nothing was imported into."""
    from crm.app import batches  # noqa: PLC0415 - as above
    from crm.app import browse as app  # noqa: PLC0415 - as above

    if not batches.list_batches(book):
        return None
    ids = app.company_ids(book, CompanyQuery(sort=CompanySort.PEOPLE, descending=True))
    return next(iter(app.company_rows(book, ids[:1])), None)


def sight(book: "Book", company: CompanyId, today: date) -> Sight | None:
    """Return what the page of a company shows; None when it is gone."""
    from crm.app import companies, introductions, lessons, opportunities, touches, watch  # noqa: PLC0415 - as above

    try:
        card = companies.card(book, company, today=today)
    except NotFound:
        return None
    feedback, taught = lessons.of_company(book, company)
    return Sight(
        card,
        touches.of_company(book, company, limit=RECENT_TOUCHES),
        introductions.ways_in(book, company, today=today),
        watch.noticed(book, company),
        opportunities.of_company(book, company, today=today),
        feedback,
        taught,
    )


def draft(book: "Book", company: CompanyId) -> CompanyDraft:
    """Return what the editor starts from. Raises `NotFound`."""
    from crm.app import companies as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return app.draft(book, company)


def photos(book: "Book", hashes: Sequence[str]) -> dict[str, bytes]:
    """Return the pictures that are there."""
    from crm.app import people as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    found = {sha: app.photo(book, sha) for sha in dict.fromkeys(hashes)}
    return {sha: data for sha, data in found.items() if data}


def offers(book: "Book", words: str, besides: int | None = None) -> tuple[CompanyRow, ...]:
    """Return a few companies whose name fits what was typed so far."""
    from crm.app import browse as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    ids = app.company_ids(book, CompanyQuery(text=words))
    chosen = [one for one in ids[: OFFERED + 1] if one != besides]
    return app.company_rows(book, chosen[:OFFERED])


def called(book: "Book", name: str, besides: int | None = None) -> CompanyRow | None:
    """Return the company that has this name already."""
    key = company_key(name)
    found = offers(book, name, besides)
    return next((row for row in found if company_key(row.name) == key), None)
