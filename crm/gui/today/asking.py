"""What the page asks of the book, and the answer as one value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crm.domain.agenda import CheckInRow, TodayCard

if TYPE_CHECKING:
    from crm.app.books import Book

SHOWN = 20
AHEAD_DAYS = 7
ALSO_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the book: the card, whom to greet, the check-ins after today."""

    card: TodayCard
    name: str = ""
    ahead: tuple[CheckInRow, ...] = ()
    per_week: int = 5

    @property
    def due_now(self) -> int:
        """How many the day asks for, of those overdue or due today or suggested for today."""
        return sum(row.due_on <= self.card.on for row in self.card.asked)

    @property
    def tomorrow(self) -> int:
        """How many of those asked for are tomorrow's."""
        return len(self.card.asked) - self.due_now

    @property
    def also(self) -> tuple[CheckInRow, ...]:
        """A few of those one could check in with as well."""
        return self.card.also[:ALSO_SHOWN]

    @property
    def unlisted(self) -> int:
        """How many more are overdue or due than are shown; none that one is told of while away."""
        if self.card.away_until:
            return 0
        shown = sum(row.planned and row.due_on <= self.card.on for row in (*self.card.asked, *self.also))
        return max(self.card.overdue + self.card.due - shown, 0)


def day_question(book: "Book", today: date) -> Callable[[], Day]:
    """Return the question for everything on the page."""

    def ask() -> Day:
        from crm.app import preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint
        from crm.app import today as app  # noqa: PLC0415

        card = app.agenda(book, today=today, limit=SHOWN)
        kept = preferences.get(book)
        coming = app.ahead(book, today=today, days=AHEAD_DAYS)
        return Day(card, kept.name, coming, kept.per_week)

    return ask
