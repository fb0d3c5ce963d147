"""Export people: in which form, whom, with which pictures; with a look at who goes out and what stays behind."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.exportform import FOLDERS, WHOLE, ExportForm, PeopleExport, Whom
from crm.errors import Cancelled, KeepwarmError
from crm.gui import links
from crm.gui.exporting import choices
from crm.gui.exporting.choices import Choices
from crm.gui.exporting.preview import Preview
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog, choose_folder, save_as
from crm.gui.widgets.fields import CheckBox, Field, Select
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.gui.widgets.progress import ProgressPane

if TYPE_CHECKING:
    from crm.app.exporting import ExportedPeople, ExportPreview
    from crm.app.progress import Progress


class ExportPeopleDialog(Dialog):
    """Asks, shows, saves. `shown` is whom the page below shows: those selected, those listed."""

    def __init__(self, session: Session, parent: QWidget, shown: tuple[Whom, ...] = ()) -> None:
        super().__init__(
            parent.tr("Export people"),
            parent,
            lead=parent.tr("Take people to another program, or keep everything."),
            width=600,
            icon="file-down",
        )
        self._session = session
        self._shown = shown
        self._found: ExportPreview | None = None
        self._progress: Progress | None = None
        self._fill_body()
        self._connect()
        self._show_choices(Choices())
        session.ask((self, "choices"), lambda: choices.ask(session), self._show_choices, self)

    # --- building -----------------------------------------------------------------------------------------------------

    def _fill_body(self) -> None:
        self.form, self.whom, self.version = Select(choices.forms()), Select(), Select(choices.versions())
        self.archived = CheckBox("")
        self.archived.hide()
        self.photos = CheckBox(self.tr("With photos"), checked=True)
        self._purpose = PlainLabel("", "small", "text2", wrap=True)
        self._left_out = PlainLabel("", "small", "text2", wrap=True)
        self._version = Field(self.tr("vCard version"), self.version)
        self._whom = Field(self.tr("Whom"), self.whom)
        what = row(None, gap=12)
        add(what, (Field(self.tr("Form"), self.form), 2), (self._version, 1))
        form = add(column(None, gap=4), what, self._purpose)
        told = add(
            row(None, gap=8), (Icon("info", "info", 16), Qt.AlignmentFlag.AlignTop), (self._left_out, 1)
        )
        self.preview = Preview()
        self._choices = QWidget()
        add(
            column(self._choices, gap=12),
            form,
            self._whom,
            self.archived,
            self.photos,
            self.preview,
            boxed(told),
        )
        self.bar = ProgressPane(self.tr("Saving"))
        self.bar.hide()
        add(self.body, self._choices, self.bar)
        self._cancel = self.add_cancel()
        self.save = self.add_button(self.tr("Save…"), Variant.PRIMARY)
        self.save.setEnabled(False)

    def _connect(self) -> None:
        for control in (self.form, self.whom):
            control.chosen.connect(self._on_choice_chosen)
        for box in (self.archived, self.photos):
            box.toggled.connect(self._on_choice_chosen)
        self.save.clicked.connect(self._on_save_clicked)

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _show_choices(self, found: Choices) -> None:
        self.whom.set_options(choices.scopes(found, self._shown))
        self._look()

    def _form(self) -> ExportForm:
        form = self.form.value
        return form if isinstance(form, ExportForm) else ExportForm.VCARD

    def _chosen_whom(self) -> Whom:
        whom = self.whom.value
        if self._form() in WHOLE or not isinstance(whom, Whom):
            return choices.EVERYBODY
        return choices.EVERYBODY if whom == choices.LISTED and self.archived.isChecked() else whom

    def _look(self) -> None:
        """Show what would be written."""
        session, form, whom = self._session, self._form(), self._chosen_whom()
        self._version.setVisible(form in choices.CARDS)
        self.photos.setVisible(form in choices.CARDS)
        self._whom.setVisible(form not in WHOLE)
        self._purpose.setText(choices.purpose(form))
        self._left_out.setText(choices.left_out(form, photos=self.photos.isChecked()))
        session.ask((self, "preview"), lambda: choices.preview(session, whom), self._show_preview, self)

    def _show_preview(self, found: "ExportPreview") -> None:
        self._found = found
        everyone = self.whom.value == choices.LISTED and self._form() not in WHOLE
        self.archived.setText(
            wording.count(found.archived, "Archived people too ({n})", "Archived people too ({n})")
        )
        self.archived.setVisible(everyone and bool(found.archived))
        self.preview.show_people(found)
        self.save.setEnabled(bool(found.people) or self._chosen_whom().everybody)

    @Slot()
    def _on_choice_chosen(self) -> None:
        self.show_problem("")
        self._look()

    # --- saving -------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_save_clicked(self) -> None:
        if self._form() not in FOLDERS:
            ending = choices.ENDINGS[self._form()]
            save_as(self, self.tr("Save the file"), "keepwarm", ending, self.save_to)
            return
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = choose_folder(self, self.tr("Where to make the new folder"), Path(documents))
        if folder is not None:
            self.save_to(_free(folder / f"Keepwarm {self._session.today().isoformat()}"))

    def save_to(self, path: Path) -> None:
        """Write the file or the folder."""
        from crm.app.progress import Progress  # noqa: PLC0415 - with the work only

        session, progress = self._session, Progress()
        version = str(self.version.value)
        wanted = PeopleExport(
            self._form(),
            self._chosen_whom(),
            version=version,
            photos=self.photos.isChecked() or self._form() in WHOLE,
            replace=self._form() not in FOLDERS,  # the system asked, or we did
            readme=wording.book_readme(),
        )
        self._begin(progress)

        def run() -> "ExportedPeople":
            from crm.app import exporting  # noqa: PLC0415 - not before the first paint

            return exporting.export(session.book, path, wanted, progress, today=session.today())

        session.tasks.files(run, self._on_saved, self._on_failed, self)

    def reject(self) -> None:
        """Close; while a file is written, stop that first."""
        if self._progress is not None:
            self._progress.cancel()
            return
        super().reject()

    def _begin(self, progress: "Progress") -> None:
        self.show_problem("")
        self._progress = progress
        self.bar.follow(progress, self.tr("{done} of {total}"))
        self._show_work(True)

    def _end(self) -> None:
        self._progress = None
        self.bar.stop()
        self._show_work(False)

    def _show_work(self, working: bool) -> None:
        for part in (self._choices, self.save, self._cancel):
            part.setVisible(not working)
        self.bar.setVisible(working)

    def _on_saved(self, done: "ExportedPeople") -> None:
        self._end()
        folder = done.path if done.path.is_dir() else done.path.parent
        words = wording.exported_people(done.people, done.path.name)
        self._session.services.tell_with(words, self.tr("Show in folder"), lambda: links.open_folder(folder))
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        """Say here why nothing was saved; the choices stay."""
        self._end()
        if isinstance(error, Cancelled):
            self.show_problem(self.tr("Stopped. Nothing was saved."))
        elif isinstance(error, KeepwarmError):
            self.show_problem(wording.error_line(error))
        else:
            self._session.services.failed(error)


def _free(folder: Path) -> Path:
    """Return a name beside `folder` that nothing has."""
    found, number = folder, 1
    while found.exists():
        number += 1
        found = folder.with_name(f"{folder.name} ({number})")
    return found
