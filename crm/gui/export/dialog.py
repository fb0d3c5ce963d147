"""Export to calendar: which check-ins, when they ring, how much they tell; with a look at what will be written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.calendar import USUAL, Detail
from crm.domain.ledger import Outgoing
from crm.domain.preferences import BookPreferences
from crm.errors import KeepwarmError
from crm.files import private_folder
from crm.gui import links
from crm.gui.export import choices
from crm.gui.export.advice import Program, advice, programs
from crm.gui.export.alarms import AlarmChips
from crm.gui.export.choices import Choices, Scope
from crm.gui.export.kinds import KindChips
from crm.gui.export.offer import offer_digest
from crm.gui.export.preview import Preview
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog, save_as
from crm.gui.widgets.fields import CheckBox, Field, Select
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.paths import cache_dir

if TYPE_CHECKING:
    from crm.app.calendar import Exported

__all__ = ["ExportDialog", "Scope"]

_NAME = "check-ins"
_PROGRAM = "calendar_program"  # what the user's choice is kept under on this machine


class ExportDialog(Dialog):
    """Asks, shows, saves. Exporting again updates the same events in calendars that can."""

    def __init__(self, session: Session, parent: QWidget, scope: Scope | None = None) -> None:
        super().__init__(
            parent.tr("Export to your calendar"),
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
        self.what, self.at, self.kinds, self.alarms = Select(), Select(), KindChips(), AlarmChips()
        self.detail, self.program = Select(choices.details()), Select(programs())
        whose, how = row(None, gap=12), row(None, gap=12)
        add(whose, (Field(self.tr("Whose"), self.what), 2), (Field(self.tr("Time of day"), self.at), 1))
        shared = self.tr("Choose “Title only” for a calendar that others can see.")
        where = Field(self.tr("Calendar program"), self.program)
        add(how, (Field(self.tr("Details"), self.detail, shared), 1), (where, 1))
        self.only_changes = CheckBox(self.tr("Only what changed since the last export"))
        kinds, alarms = Field(self.tr("Holds"), self.kinds), Field(self.tr("Alarms"), self.alarms)
        add(column(self._form, gap=12), whose, kinds, alarms, how)
        kept = self._session.services.kept(_PROGRAM)
        program = next((one for one in Program if one == kept), Program.GOOGLE)
        self.program.choose(program)
        self._note = PlainLabel(advice(program), "small", "text2", wrap=True)
        self._told = boxed(
            add(row(None, gap=8), (Icon("info", "info", 16), Qt.AlignmentFlag.AlignTop), (self._note, 1))
        )
        self.preview = Preview()
        add(self.body, self._form, self._told, self.preview, self.only_changes)
        self._cancel = self.add_cancel()
        self.hand_over = self.add_button(self.tr("Open in calendar app"))
        self.save = self.add_button(self.tr("Save .ics file"), Variant.PRIMARY)
        self._let_save(False)

    def _connect(self) -> None:
        for control in (self.what, self.at, self.kinds, self.alarms, self.detail):
            control.chosen.connect(self._on_choice_chosen)
        self.program.chosen.connect(self._on_program_chosen)
        self.save.clicked.connect(self._on_save_clicked)
        self.hand_over.clicked.connect(self._on_hand_over_clicked)

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _show_choices(self, found: Choices) -> None:
        self._kept = found.preferences
        self.what.set_options(choices.scopes(found))
        self.what.choose(self._scope)
        self.at.set_options(choices.times(found.preferences.check_in_at))
        self.at.choose(found.preferences.check_in_at)
        self.kinds.choose(found.preferences.kinds)
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
            kinds=self.kinds.value,
            alarms=self.alarms.value,
            detail=detail if isinstance(detail, Detail) else self._kept.detail,
        )

    def _look(self) -> None:
        """Show what would be written."""
        session, wanted, scope = self._session, self._wanted(), self._chosen_scope()
        session.ask(
            (self, "preview"), lambda: choices.outgoing(session, wanted, scope), self._show_preview, self
        )

    def _show_preview(self, found: Outgoing) -> None:
        everything = self._chosen_scope() == Scope() and set(self.kinds.value) >= set(USUAL)
        empty = self.tr("Nobody here has anything planned.")
        if everything:
            empty = self.tr(
                "No check-ins are planned yet. Open somebody, choose how often to check in, then export."
            )
        changed = wording.changed_since(found.delta, everyone=self._chosen_scope() == Scope())
        self.preview.show_entries(found.standing, self._session.today(), empty, changed)
        # With nothing planned at all, and nothing to take back, there is nothing to choose.
        useless = everything and not found.entries
        for part in (self._form, self._told, self.save, self.hand_over):
            part.setVisible(not useless)
        self.only_changes.setVisible(found.delta.since_at is not None and found.delta.any)
        if not found.delta.any:
            self.only_changes.setChecked(False)
        self._cancel.set_label(self.tr("Close") if useless else self.tr("Cancel"))
        self._let_save(bool(found.entries))

    @Slot()
    def _on_choice_chosen(self) -> None:
        self.show_problem("")
        self._look()

    @Slot(object)
    def _on_program_chosen(self, program: Program) -> None:
        self._note.setText(advice(program))
        self._session.services.keep(_PROGRAM, program)

    # --- saving -------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_save_clicked(self) -> None:
        title, kind = self.tr("Save the calendar file"), self.tr("Calendar")
        save_as(self, title, _NAME, ".ics", self.save_to, kind)

    @Slot()
    def _on_hand_over_clicked(self) -> None:
        """Write the file where it can be made again, and let the system's calendar read it."""
        try:
            folder = private_folder(cache_dir())
        except KeepwarmError as error:
            self._on_failed(error)
            return
        self._write(folder / f"{_NAME}.ics", self._on_handed_over)

    def _let_save(self, possible: bool) -> None:
        for button in (self.save, self.hand_over):
            button.setEnabled(possible)

    def save_to(self, path: Path) -> None:
        """Write the file."""
        self._write(path, self._on_saved)

    def _write(self, path: Path, then: Callable[["Exported"], None]) -> None:
        """Write the file, and keep the choices for the next time."""
        session, wanted, kept, scope = self._session, self._wanted(), self._kept, self._chosen_scope()
        only_changes = self.only_changes.isChecked()
        self.show_problem("")
        self._let_save(False)

        def run() -> "Exported":
            from crm.app import calendar, preferences  # noqa: PLC0415 - not before the first paint

            today, options = session.today(), choices.options(wanted, scope)
            done = calendar.export(
                session.book,
                path,
                options,
                today=today,
                words=wording.calendar_text,
                only_changes=only_changes,
            )
            if wanted != kept and not session.book.read_only:
                preferences.save(session.book, wanted, today=today)
            return done

        session.tasks.write(run, then, self._on_failed, self)

    def _on_saved(self, done: "Exported") -> None:
        folder = done.path.parent
        words = wording.exported(done.events, done.path.name, updated=done.updated)
        self._session.services.tell_with(words, self.tr("Show in folder"), lambda: links.open_folder(folder))
        self.accept()
        offer_digest(self._session, self.parentWidget())

    def _on_handed_over(self, done: "Exported") -> None:
        if links.open_calendar_file(done.path):
            self._session.services.tell(
                self.tr("Handed to your calendar app. It asks before it adds anything.")
            )
            self.accept()
        else:
            self._let_save(True)
            self.show_problem(
                self.tr("No program here opens calendar files. Save the file and import it there.")
            )

    def _on_failed(self, error: Exception) -> None:
        """Say here why nothing was saved; the choices stay."""
        self._let_save(True)
        if isinstance(error, KeepwarmError):
            self.show_problem(wording.error_line(error))
        else:
            self._session.services.failed(error)
