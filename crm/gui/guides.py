"""How to get one's contacts out of other programs, step by step; shown at the first start and in the import."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from crm.gui.theme import px
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import column, scrolled

_GUIDES = (
    (
        "iPhone or iCloud",
        "Open icloud.com/contacts on a computer and sign in.\n"
        "Select one contact, then press Ctrl+A (⌘A) to select all.\n"
        "Choose Export vCard. You get one .vcf file.",
    ),
    (
        "Mac Contacts",
        "Open Contacts and press ⌘A to select everyone.\nChoose File › Export › Export vCard.",
    ),
    (
        "Android",
        "Open Contacts on the phone.\nChoose Fix & manage (or ⋮ › Settings), then Export to file.\n"
        "Send the .vcf file to this computer.",
    ),
    (
        "Google Contacts",
        "Open contacts.google.com.\nChoose Export, then vCard (for iOS Contacts), then Export.",
    ),
    (
        "Outlook",
        "In classic Outlook, select the contacts, then Home › Forward Contact › As a Business Card, and save the "
        "attached .vcf files in one folder.\nDrop the whole folder here.",
    ),
)


def guides() -> tuple[tuple[str, str], ...]:
    """Return (program, steps) in the user's language."""
    say = QCoreApplication.translate
    return tuple((say("Guides", program), say("Guides", steps)) for program, steps in _GUIDES)


def show_guides(parent: QWidget) -> Dialog:
    """Open the steps for every program."""
    dialog = Dialog(parent.tr("How to get your file"), parent, width=540)
    sheet = QWidget()
    layout = column(sheet, (0, 0, 8, 0), 4)
    for program, steps in guides():
        layout.addWidget(PlainLabel(program, "heading"))
        for number, step in enumerate(steps.split("\n"), start=1):
            layout.addWidget(PlainLabel(f"{number}. {step}", "body", "text2", wrap=True))
        layout.addSpacing(px(12))
    layout.addStretch(1)
    area = scrolled(sheet, parent.tr("How to get your file"))
    area.setMinimumHeight(px(380))
    dialog.body.addWidget(area)
    dialog.add_cancel(parent.tr("Close"))
    dialog.open()
    return dialog
