"""Fields for days in the user's words: "yesterday", "last tue", "in 3 weeks", shown back in full."""

from datetime import date

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward, readings
from crm.gui.widgets.fields import DateField


def day_field(value: date | None, *, today: date, toward: Toward, parent: QWidget | None = None) -> DateField:
    """Return a field for a day that lies mostly on one side of today."""
    return DateField(
        value,
        read=lambda words: read_days(words, today=today, toward=toward),
        show=lambda day: day_in_full(day, today),
        parent=parent,
    )


def read_days(words: str, *, today: date, toward: Toward) -> tuple[date, ...]:
    """Return the days that `words` may mean, the one of the user's own order of day and month first."""
    return readings(words, today=today, toward=toward, day_first=day_first())


def day_in_full(day: date, today: date) -> str:
    """Return "Thursday 23 October", with the year when it isn't this year's."""
    words = wording.full_day(day)
    return words if day.year == today.year else wording.say("{day} {year}", day=words, year=day.year)


def day_first() -> bool:
    """Say whether the user's own short dates start with the day."""
    shape = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return shape.find("d") < shape.find("M")
