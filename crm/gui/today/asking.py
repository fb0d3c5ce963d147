"""What the page asks of the book, and the answer as one value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crm.domain.agenda import CheckInRow, TodayCard

if TYPE_CHECKING:
    from crm.app.books import Book

SHOWN = 20
AHEAD_DAYS = 7
MOST = 100


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the book: the card, whom to greet, the check-ins after today."""

    card: TodayCard
    name: str = ""
    ahead: tuple[CheckInRow, ...] = ()
    per_day: int = MOST
    per_week: int = 5

    @property
    def room(self) -> int:
        """How many check-ins the day still asks for: as many as the user set, less what was done."""
        return max(self.per_day - len(self.card.done), 0)

    @property
    def asked(self) -> tuple[CheckInRow, ...]:
        """The check-ins the day asks for; the others listed are what one also could do."""
        return self.listed[: self.room]

    @property
    def also(self) -> tuple[CheckInRow, ...]:
        """What one also could do today: more is due than the day asks for."""
        return self.listed[self.room :]

    @property
    def due_now(self) -> int:
        """How many check-ins are overdue or due today, shown or not."""
        return self.card.overdue + self.card.due

    @property
    def listed(self) -> tuple[CheckInRow, ...]:
        """The check-ins to show: overdue and today; with these also tomorrow's. None once the day is done."""
        last = self.card.on + timedelta(days=1)
        rows = tuple(row for row in self.card.check_ins if row.due_on <= last)
        return rows if any(row.due_on <= self.card.on for row in rows) else ()

    @property
    def unlisted(self) -> int:
        """How many more are overdue or due than are shown."""
        shown = sum(row.due_on <= self.card.on for row in self.listed)
        return max(self.due_now - shown, 0)

    @property
    def tomorrow(self) -> int:
        """How many of those listed are tomorrow's."""
        return sum(row.due_on > self.card.on for row in self.listed)


def day_question(book: "Book", today: date) -> Callable[[], Day]:
    """Return the question for everything on the page."""

    def ask() -> Day:
        from crm.app import preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint
        from crm.app import today as app  # noqa: PLC0415

        card = app.agenda(book, today=today, limit=SHOWN)
        kept = preferences.get(book)
        coming = app.ahead(book, today=today, days=AHEAD_DAYS)
        return Day(card, kept.name, coming, kept.per_day, kept.per_week)

    return ask
