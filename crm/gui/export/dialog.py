"""Export to calendar: which check-ins, when they ring, how much they tell; with a look at what will be written."""

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.calendar import CalendarEntry, Detail
from crm.domain.preferences import BookPreferences
from crm.errors import KeepwarmError
from crm.gui import links
from crm.gui.export import choices
from crm.gui.export.alarms import AlarmChips
from crm.gui.export.choices import Choices, Scope
from crm.gui.export.preview import Preview
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog, Question, ask, choose_save
from crm.gui.widgets.fields import Field, Select
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, column, row

if TYPE_CHECKING:
    from crm.app.calendar import Exported

__all__ = ["ExportDialog", "Scope"]


class ExportDialog(Dialog):
    """Asks, shows, saves. Exporting again updates the same events in calendars that can."""

    def __init__(self, session: Session, parent: QWidget, scope: Scope | None = None) -> None:
        super().__init__(
            parent.tr("Export check-ins to your calendar"),
            parent,
            lead=parent.tr("One .ics file for Outlook, Apple Calendar or Google Calendar."),
            width=600,
            icon="calendar-plus",
        )
        self._session = session
        self._scope = scope or Scope()
        self._kept = BookPreferences()
        self._fill_body()
        self._connect()
        session.ask((self, "choices"), lambda: choices.ask(session, self._scope), self._show_choices, self)

    # --- building -----------------------------------------------------------------------------------------------------

    def _fill_body(self) -> None:
        self._form = QWidget()
        self.what, self.at, self.alarms = Select(), Select(), AlarmChips()
        self.detail = Select(choices.details())
        what = row(None, gap=12)
        add(what, (Field(self.tr("What"), self.what), 2), (Field(self.tr("Time of day"), self.at), 1))
        shared = self.tr("Choose “Title only” for a calendar that others can see.")
        details = Field(self.tr("Details"), self.detail, shared)
        add(column(self._form, gap=12), what, Field(self.tr("Alarms"), self.alarms), details)
        self.preview = Preview()
        self._notes = self._notes_widget()
        add(self.body, self._form, self.preview, self._notes)
        self._cancel = self.add_cancel()
        self.save = self.add_button(self.tr("Save .ics file"), Variant.PRIMARY)
        self.save.setEnabled(False)

    def _notes_widget(self) -> QWidget:
        made = QWidget()
        lines = column(made, gap=8)
        notes = (
            (
                "triangle-alert",
                "warn",
                self.tr(
                    "Google Calendar drops alarms from files and doesn’t update events on re-import. "
                    "Outlook, Apple Calendar and Thunderbird keep the alarms."
                ),
            ),
            (
                "refresh-cw",
                "text2",
                self.tr("Exporting again updates the same events in calendars that support it."),
            ),
        )
        for icon, tone, words in notes:
            line = row(None, gap=8)
            add(line, (Icon(icon, tone, 16), Qt.AlignmentFlag.AlignTop))
            lines.addLayout(add(line, (PlainLabel(words, "small", "text2", wrap=True), 1)))
        return made

    def _connect(self) -> None:
        for control in (self.what, self.at, self.alarms, self.detail):
            control.chosen.connect(self._on_choice_chosen)
        self.save.clicked.connect(self._on_save_clicked)

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _show_choices(self, found: Choices) -> None:
        self._kept = found.preferences
        self.what.set_options(choices.scopes(found))
        self.what.choose(self._scope)
        self.at.set_options(choices.times(found.preferences.check_in_at))
        self.at.choose(found.preferences.check_in_at)
        self.alarms.choose(found.preferences.alarms)
        self.detail.choose(found.preferences.detail)
        self._look()

    def _chosen_scope(self) -> Scope:
        scope = self.what.value
        return scope if isinstance(scope, Scope) else self._scope

    def _wanted(self) -> BookPreferences:
        """Return the choices as the book keeps them for the next time."""
        at, detail = self.at.value, self.detail.value
        return replace(
            self._kept,
            check_in_at=at if isinstance(at, time) else self._kept.check_in_at,
            alarms=self.alarms.value,
            detail=detail if isinstance(detail, Detail) else self._kept.detail,
        )

    def _look(self) -> None:
        """Show what would be written."""
        session, wanted, scope = self._session, self._wanted(), self._chosen_scope()
        session.ask(
            (self, "preview"), lambda: choices.planned(session, wanted, scope), self._show_preview, self
        )

    def _show_preview(self, entries: tuple[CalendarEntry, ...]) -> None:
        everyone = self._chosen_scope() == Scope()
        if everyone:
            empty = self.tr(
                "No check-ins are planned yet. Open somebody, choose how often to check in, then export."
            )
        else:
            empty = self.tr("Nobody here has a check-in planned.")
        self.preview.show_entries(entries, self._session.today(), empty)
        # With nothing planned at all there is nothing to choose.
        useless = everyone and not entries
        for part in (self._form, self._notes, self.save):
            part.setVisible(not useless)
        self._cancel.set_label(self.tr("Close") if useless else self.tr("Cancel"))
        self.save.setEnabled(bool(entries))

    @Slot()
    def _on_choice_chosen(self) -> None:
        self.show_problem("")
        self._look()

    # --- saving -------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_save_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggested = Path(folder) / "check-ins.ics"
        path = choose_save(self, self.tr("Save the calendar file"), suggested, (self.tr("Calendar (*.ics)"),))
        if path is None:
            return
        named = path if path.suffix.lower() == ".ics" else path.with_name(f"{path.name}.ics")
        if named == path or not named.exists():
            self.save_to(named)
            return
        # The system asked about the name as it was typed, not about this file.
        question = Question(
            self.tr("Replace {file}?").format(file=named.name),
            self.tr("There is a file of this name already."),
            self.tr("Replace file"),
        )
        ask(self, question, lambda: self.save_to(named))

    def save_to(self, path: Path) -> None:
        """Write the file, and keep the choices for the next time."""
        session, wanted, kept, scope = self._session, self._wanted(), self._kept, self._chosen_scope()
        self.show_problem("")
        self.save.setEnabled(False)

        def run() -> "Exported":
            from crm.app import calendar, preferences  # noqa: PLC0415 - not before the first paint

            today, options = session.today(), choices.options(wanted, scope)
            done = calendar.export(session.book, path, options, today=today, words=wording.calendar_text)
            if wanted != kept and not session.book.read_only:
                preferences.save(session.book, wanted, today=today)
            return done

        session.tasks.write(run, self._on_saved, self._on_failed, self)

    def _on_saved(self, done: "Exported") -> None:
        folder = done.path.parent
        words = wording.exported(done.check_ins, done.path.name)
        self._session.services.tell_with(words, self.tr("Show in folder"), lambda: links.open_folder(folder))
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        """Say here why nothing was saved; the choices stay."""
        self.save.setEnabled(True)
        if isinstance(error, KeepwarmError):
            self.show_problem(wording.error_line(error))
        else:
            self._session.services.failed(error)
