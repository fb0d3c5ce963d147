"""The book's own settings: your name, how often by default, when check-ins ring. Saved in the book, undoable."""

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.cadence import Interval, parse_interval
from crm.domain.preferences import BookPreferences
from crm.gui.session import Session
from crm.gui.settings.section import Section
from crm.gui.widgets.fields import Select, TextField

if TYPE_CHECKING:
    from collections.abc import Iterable

_EVERY = ("4 weeks", "6 weeks", "2 months", "3 months", "6 months", "1 year")
_ALARMS = (0, 10, 30, 60)


class CheckInsSection(Section):
    """What holds for everyone who has no rule of their own."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._now = BookPreferences()
        self._build_ui()
        self._connect()

    @property
    def first(self) -> QWidget:
        """The first control."""
        return self._name

    def refresh(self) -> None:
        """Ask the book."""

        def ask() -> BookPreferences:
            from crm.app import preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return preferences.get(self._session.book)

        self._session.ask(self, ask, self._show, self)

    def _build_ui(self) -> None:
        self.set_title(self.tr("Check-ins"))
        self._name = TextField("", limit=60)
        self._every = Select(((None, self.tr("Nobody by default")), *_intervals()))
        self._at = Select([(time(hour), f"{hour}:00") for hour in range(6, 22)])
        self._alarm = Select(
            [(minutes, self.tr("At the time") if not minutes else self.tr("{n} minutes before").replace("{n}", str(minutes)))
             for minutes in _ALARMS]
            + [(None, self.tr("No alarm"))]
        )  # fmt: skip
        self.add_row(self.tr("Your first name"), self.tr("How Today greets you."), self._name)
        self.add_row(
            self.tr("How often by default"),
            self.tr("For everyone without a rule of their own, their tags’ or their company’s."),
            self._every,
        )
        self.add_row(self.tr("Time of day"), self.tr("When check-ins stand in your calendar."), self._at)
        self.add_row(self.tr("Alarm"), "", self._alarm)

    def _connect(self) -> None:
        self._name.editingFinished.connect(self._on_name_edited)
        self._every.chosen.connect(self._on_every_chosen)
        self._at.chosen.connect(self._on_at_chosen)
        self._alarm.chosen.connect(self._on_alarm_chosen)

    def _show(self, found: BookPreferences) -> None:
        self._now = found
        self._name.setText(found.name)
        if found.every is not None and found.every not in dict(_intervals()):
            every = (found.every, wording.interval(found.every))
            self._every.set_options(((None, self.tr("Nobody by default")), *_intervals(), every))
        self._every.choose(found.every)
        self._at.choose(found.check_in_at)
        self._alarm.choose(found.alarms[0] if found.alarms else None)

    def _save(self, wanted: BookPreferences) -> None:
        if wanted == self._now:
            return
        self._now = wanted

        def run() -> None:
            from crm.app import preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            preferences.save(self._session.book, wanted, today=self._session.today())

        self._session.do(run, self)

    @Slot()
    def _on_name_edited(self) -> None:
        self._save(replace(self._now, name=self._name.text().strip()))

    @Slot(object)
    def _on_every_chosen(self, every: Interval | None) -> None:
        self._save(replace(self._now, every=every))

    @Slot(object)
    def _on_at_chosen(self, at: time) -> None:
        self._save(replace(self._now, check_in_at=at))

    @Slot(object)
    def _on_alarm_chosen(self, minutes: int | None) -> None:
        self._save(replace(self._now, alarms=() if minutes is None else (minutes,)))


def _intervals() -> "Iterable[tuple[Interval, str]]":
    for words in _EVERY:
        every = parse_interval(words)
        if every is not None:
            yield every, wording.interval(every)
