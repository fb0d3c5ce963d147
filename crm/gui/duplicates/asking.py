"""What this room asks the book, in the read lane, and its verbs, in the write lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crm.domain.company import CompanyId
from crm.domain.comparing import Choosable, MergeChoices
from crm.domain.duplicates import Cluster, SideBySide, Whose
from crm.domain.person import PersonId
from crm.gui.session import Session

if TYPE_CHECKING:
    from crm.app.books import Book
    from crm.app.progress import Progress


@dataclass(frozen=True, slots=True)
class Sight:
    """Those of a cluster side by side, and the pictures that are there."""

    side: SideBySide
    photos: Mapping[str, bytes]


def find(book: "Book", whose: Whose, chosen: Sequence[int], progress: "Progress") -> tuple[Cluster, ...]:
    """Return who may be the same; those `chosen` by the user come first, as long as they are there."""
    from crm.app import duplicates as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    found = app.find(book, whose, progress)
    sight = compare(book, whose, chosen) if len(chosen) > 1 else None
    if sight is None:
        return found
    members = sight.side.members
    first = Cluster(whose, tuple(one.id for one in members), tuple(one.name for one in members), (), 0.0)
    return (first, *(one for one in found if set(one.ids) != set(first.ids)))


def compare(book: "Book", whose: Whose, ids: Sequence[int]) -> Sight | None:
    """Return them side by side; None when one of them is gone."""
    from crm.app import duplicates as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint
    from crm.app import people  # noqa: PLC0415
    from crm.errors import NotFound  # noqa: PLC0415

    try:
        found = app.compare(book, whose, ids)
    except NotFound:
        return None
    photos = {one.photo: people.photo(book, one.photo) for one in found.members if one.photo}
    return Sight(found, {sha: data for sha, data in photos.items() if data})


def merge(session: Session, found: SideBySide, take: Mapping[Choosable, int], apart: Sequence[int]) -> None:
    """Merge those that aren't `apart` into the first of them, in one step of undo."""
    keep, *others = (one.id for one in found.members if one.id not in apart)
    choices = MergeChoices(take, tuple(apart))

    def run() -> None:
        from crm.app import companies, people  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        if found.whose is Whose.PEOPLE:
            people.merge(
                session.book,
                PersonId(keep),
                [PersonId(one) for one in others],
                choices,
                today=session.today(),
            )
        else:
            companies.merge(
                session.book,
                CompanyId(keep),
                [CompanyId(one) for one in others],
                choices,
                today=session.today(),
            )

    session.do(run, session.bus)


def set_apart(session: Session, whose: Whose, ids: Sequence[int]) -> None:
    """Remember that these aren't the same."""
    session.do(partial(_set_apart, session.book, whose, ids), session.bus)


def _set_apart(book: "Book", whose: Whose, ids: Sequence[int]) -> None:
    from crm.app import duplicates as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    app.set_apart(book, whose, ids)
