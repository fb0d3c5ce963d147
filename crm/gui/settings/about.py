"""What this is, and under which licences its parts come."""

from PySide6.QtCore import Slot

from crm import __version__, paths
from crm.gui.settings.section import Section
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Select, TextArea


class AboutSection(Section):
    """The version, and the texts of all licences."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("About"))
        button = Button(self.tr("Licences"))
        button.clicked.connect(self._on_licences_clicked)
        self.add_row(
            f"Keepwarm {__version__}",
            self.tr("No account, no upload: nothing leaves this computer without you."),
            button,
        )

    @Slot()
    def _on_licences_clicked(self) -> None:
        dialog = Dialog(self.tr("Licences"), self, width=640)
        folder = paths.resources_dir() / "LICENSES"
        files = sorted(file for file in folder.glob("*") if file.is_file())
        choice = Select([(file, file.stem) for file in files])
        choice.setAccessibleName(self.tr("Licence"))
        text = TextArea(lines=20)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("Text of the licence"))
        text.setMinimumHeight(px(360))
        choice.chosen.connect(lambda file: text.setPlainText(file.read_text("utf-8", "replace")))
        if files:
            text.setPlainText(files[0].read_text("utf-8", "replace"))
        dialog.body.addWidget(choice)
        dialog.body.addWidget(text)
        dialog.add_cancel(self.tr("Close"))
        dialog.open()
