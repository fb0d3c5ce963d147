"""Fields for days in the user's words: "yesterday", "last tue", "in 3 weeks", shown back in full."""

import re
from datetime import date

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward, parse_day
from crm.gui.widgets.fields import DateField

_WEEKDAY_FIRST = re.compile(r"[^\W\d]{3,12}\.?,? (?=\d)")


def day_field(value: date | None, *, today: date, toward: Toward, parent: QWidget | None = None) -> DateField:
    """Return a field for a day that lies mostly on one side of today."""
    return DateField(
        value,
        read=lambda words: read_day(words, today=today, toward=toward),
        show=lambda day: day_in_full(day, today),
        parent=parent,
    )


def read_day(words: str, *, today: date, toward: Toward) -> date | None:
    """Return the day that `words` mean; a weekday before a date, as we show it ourselves, says nothing more."""
    first = _day_first()
    found = parse_day(words, today=today, toward=toward, day_first=first)
    if found is None and (bare := _WEEKDAY_FIRST.sub("", words.strip(), count=1)) != words.strip():
        return parse_day(bare, today=today, toward=toward, day_first=first)
    return found


def day_in_full(day: date, today: date) -> str:
    """Return "Thursday 23 October", with the year when it isn't this year's."""
    words = wording.full_day(day)
    return words if day.year == today.year else wording.say("{day} {year}", day=words, year=day.year)


def _day_first() -> bool:
    """Say whether the user's own short dates start with the day."""
    shape = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return shape.find("d") < shape.find("M")
