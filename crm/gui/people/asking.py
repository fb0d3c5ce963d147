"""What the room asks the book, and the verbs it starts; run in the lanes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crm.domain.person import PersonCard, PersonDraft, PersonId, PersonRow, Standing
from crm.domain.query import PeopleCounts, PeopleQuery
from crm.domain.touch import TouchDraft, TouchId, TouchRow

if TYPE_CHECKING:
    from crm.app.books import Book


@dataclass(frozen=True, slots=True)
class Listing:
    """Whom to list, and the numbers on the chips."""

    ids: Sequence[int]
    counts: PeopleCounts


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of one person shows."""

    card: PersonCard
    timeline: tuple[TouchRow, ...]
    photo: bytes | None


def listing(book: "Book", query: PeopleQuery, today: date) -> Listing:
    """Ask whom to list."""
    from crm.app import browse  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    counts = browse.people_counts(book, today=today, text=query.text)
    return Listing(browse.people_ids(book, query, today=today), counts)


def rows(book: "Book", ids: Sequence[int], today: date) -> Sequence[PersonRow]:
    """Ask for lines; a block of 128 takes two milliseconds, so the list asks on the window's own thread."""
    from crm.app import browse  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return browse.people_rows(book, ids, today=today)


def page(book: "Book", person: int, today: date) -> Page:
    """Ask for a person's page; a picture that was never looked at is made safe and kept on the way."""
    from crm.app import people, touches  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    card = people.card(book, PersonId(person), today=today)
    shown = people.photo(book, card.row.photo) if card.row.photo else None
    return Page(card, touches.timeline(book, PersonId(person)), shown)


def make_photo(book: "Book", person: int) -> bool:
    """Make a person's picture safe to show, in the files lane; say whether there is a new one."""
    from crm.app import people  # noqa: PLC0415 - SQLAlchemy must not load before the first paint
    from crm.gui.widgets.pictures import safe_photo  # noqa: PLC0415 - with the picture only

    raw = people.raw_photo(book, PersonId(person))
    if raw is None:
        return False
    jpeg = safe_photo(raw)
    people.keep_photo(book, PersonId(person), jpeg)
    return jpeg is not None


def save(book: "Book", person: int | None, draft: PersonDraft, today: date) -> int:
    """Add or edit a person; return the id."""
    from crm.app import people  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    if person is None:
        return people.add(book, draft, today=today)
    people.edit(book, PersonId(person), draft, today=today)
    return person


def delete(book: "Book", ids: Sequence[int]) -> None:
    """Delete people."""
    from crm.app import people  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    people.delete(book, [PersonId(one) for one in ids])


def archive(book: "Book", ids: Sequence[int], standing: Standing, today: date) -> None:
    """Archive people, or bring them back."""
    from crm.app import people  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    people.archive(book, [PersonId(one) for one in ids], standing, today=today)


def star(book: "Book", person: int, *, on: bool) -> None:
    """Star a person, or take the star away."""
    from crm.app import people  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    people.star(book, [PersonId(person)], on)


def tag(book: "Book", ids: Sequence[int], name: str, today: date, *, on: bool) -> None:
    """Tag people, or take the tag away."""
    from crm.app import people  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    change = people.tag if on else people.untag
    change(book, [PersonId(one) for one in ids], name, today=today)


def edit_touch(book: "Book", touch: int, draft: TouchDraft, today: date) -> None:
    """Correct a touch."""
    from crm.app import touches  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    touches.edit(book, TouchId(touch), draft, today=today)


def delete_touch(book: "Book", touch: int, today: date) -> None:
    """Delete a touch."""
    from crm.app import touches  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    touches.delete(book, TouchId(touch), today=today)


def company_names(book: "Book") -> tuple[str, ...]:
    """Ask for the names that the editor completes."""
    from crm.app import browse  # noqa: PLC0415 - SQLAlchemy must not load before the first paint
    from crm.domain.query import CompanyQuery  # noqa: PLC0415 - with it

    ids = browse.company_ids(book, CompanyQuery())[:2000]
    return tuple(row.name for row in browse.company_rows(book, ids))


def tag_names(book: "Book") -> tuple[str, ...]:
    """Ask for the tags there are, the most used first."""
    from crm.app import browse  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return tuple(tag.name for tag, _ in sorted(browse.tags(book), key=lambda found: -found[1]))
