"""The book's own settings: your name, how often by default, when check-ins ring. Saved in the book, undoable."""

from dataclasses import replace
from datetime import time

from PySide6.QtCore import Slot

from crm import wording
from crm.domain.cadence import Interval, parse_interval
from crm.domain.preferences import BookPreferences
from crm.gui.export import choices
from crm.gui.export.alarms import AlarmChips
from crm.gui.session import Session
from crm.gui.settings.pace import PaceSection
from crm.gui.settings.section import Section
from crm.gui.widgets.fields import Select, TextField
from crm.gui.widgets.layouts import add, boxed, column

_EVERY = ("4 weeks", "6 weeks", "2 months", "3 months", "6 months", "1 year")


class ProfileSection(Section):
    """Who the user is; `name` and `addresses` are filled and read by the section of the book's settings."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Profile"))
        self.name = TextField("", limit=60)
        self.add_row(self.tr("Your first name"), self.tr("How Today greets you."), self.name)
        self.addresses = TextField("", limit=1000)
        help_text = self.tr(
            "With commas between them. They tell whether you wrote a saved email or received it."
        )
        self.add_row(self.tr("Your email addresses"), help_text, self.addresses)


class CheckInsSection(Section):
    """What holds for everyone who has no rule of their own; saves the profile too, both being the book's."""

    def __init__(self, session: Session, profile: ProfileSection) -> None:
        super().__init__()
        self._session = session
        self._name, self._addresses = profile.name, profile.addresses
        self.pace = PaceSection(self._save, session.today)
        self._now = BookPreferences()
        self._build_ui()
        self._connect()

    def refresh(self) -> None:
        """Ask the book."""

        def ask() -> tuple[BookPreferences, float]:
            from crm.app import planning, preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            book = self._session.book
            return preferences.get(book), planning.outlook(book, today=self._session.today()).needed

        self._session.ask(self, ask, self._show, self)

    def _build_ui(self) -> None:
        self.set_title(self.tr("Check-ins"))
        self._every, self._at, self._alarms = Select(), Select(), AlarmChips()
        self.add_row(
            self.tr("How often by default"),
            self.tr("For everyone without a rule of their own, their tags’ or their company’s."),
            self._every,
        )
        self.add_row(self.tr("Time of day"), self.tr("When check-ins stand in your calendar."), self._at)
        self.add_row(self.tr("Alarms"), self.tr("When your calendar rings; none for no alarm."))
        self._alarms.setAccessibleName(self.tr("Alarms"))
        self.add_widget(boxed(add(column(margins=(0, 0, 0, 12)), self._alarms)), ruled=False)

    def _connect(self) -> None:
        self._name.editingFinished.connect(self._on_name_edited)
        self._addresses.editingFinished.connect(self._on_addresses_edited)
        self._every.chosen.connect(self._on_every_chosen)
        self._at.chosen.connect(self._on_at_chosen)
        self._alarms.chosen.connect(self._on_alarms_chosen)

    def _show(self, answer: tuple[BookPreferences, float]) -> None:
        """Show what the book says; a value that isn't among the usual ones is offered beside them."""
        found, needed = answer
        self._now = found
        self.pace.show_preferences(found, needed)
        # What is being typed stays.
        if not self._name.isModified():
            self._name.setText(found.name)
        if not self._addresses.isModified():
            self._addresses.setText(", ".join(found.addresses))
        usual = [every for every in map(parse_interval, _EVERY) if every is not None]
        own = [found.every] if found.every is not None and found.every not in usual else []
        offered = [(every, wording.interval(every)) for every in (*usual, *own)]
        self._every.set_options([(None, self.tr("Nobody by default")), *offered])
        self._every.choose(found.every)
        self._at.set_options(choices.times(found.check_in_at))
        self._at.choose(found.check_in_at)
        self._alarms.choose(found.alarms)

    def _save(self, wanted: BookPreferences) -> None:
        if wanted == self._now:
            return
        self._now = wanted

        def run() -> None:
            from crm.app import preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            preferences.save(self._session.book, wanted, today=self._session.today())

        services = self._session.services
        self._session.tasks.write(run, services.did, self._on_failed, self)

    def _on_failed(self, error: Exception) -> None:
        """Say why it wasn't saved, and show what holds instead."""
        self.refresh()
        self._session.services.failed(error)

    @Slot()
    def _on_name_edited(self) -> None:
        self._name.setModified(False)
        self._save(replace(self._now, name=self._name.text().strip()))

    @Slot()
    def _on_addresses_edited(self) -> None:
        self._addresses.setModified(False)
        said = self._addresses.text().replace(";", ",").split(",")
        addresses = tuple(one.strip() for one in said if one.strip())
        if addresses != self._now.addresses:
            self._save(replace(self._now, addresses=addresses))

    @Slot(object)
    def _on_every_chosen(self, every: Interval | None) -> None:
        self._save(replace(self._now, every=every))

    @Slot(object)
    def _on_at_chosen(self, at: time) -> None:
        self._save(replace(self._now, check_in_at=at))

    @Slot(object)
    def _on_alarms_chosen(self, alarms: tuple[int, ...]) -> None:
        self._save(replace(self._now, alarms=alarms))
