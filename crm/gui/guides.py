"""How to get one's contacts out of other programs, step by step; shown at the first start and in the import."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from crm.gui.theme import px
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import column

_IPHONE = """Open icloud.com/contacts on a computer and sign in.
Select one contact, then press Ctrl+A (⌘A) to select all.
Choose Export vCard. You get one .vcf file."""
_MAC = """Open Contacts and press ⌘A to select everyone.
Choose File › Export › Export vCard."""
_ANDROID = """Open Contacts on the phone.
Choose Fix & manage (or ⋮ › Settings), then Export to file.
Send the .vcf file to this computer."""
_GOOGLE = """Open contacts.google.com.
Choose Export, then vCard (for iOS Contacts), then Export."""
_OUTLOOK = """In classic Outlook, select the contacts.
Choose Home › Forward Contact › As a Business Card, and save the attached .vcf files in one folder.
Drop the whole folder here."""
_GUIDES = (
    ("iPhone or iCloud", _IPHONE),
    ("Mac Contacts", _MAC),
    ("Android", _ANDROID),
    ("Google Contacts", _GOOGLE),
    ("Outlook", _OUTLOOK),
)


def guides() -> tuple[tuple[str, str], ...]:
    """Return (program, steps) in the user's language."""
    say = QCoreApplication.translate
    return tuple((say("Guides", program), say("Guides", steps)) for program, steps in _GUIDES)


def show_guides(parent: QWidget) -> Dialog:
    """Open the steps for every program."""
    dialog = Dialog(parent.tr("How to get your file"), parent, width=540)
    sheet = QWidget()
    layout = column(sheet, gap=4)
    for program, steps in guides():
        layout.addWidget(PlainLabel(program, "heading"))
        for number, step in enumerate(steps.split("\n"), start=1):
            layout.addWidget(PlainLabel(f"{number}. {step}", "body", "text2", wrap=True))
        layout.addSpacing(px(12))
    layout.addStretch(1)
    dialog.body.addWidget(sheet)
    dialog.add_cancel(parent.tr("Close"))
    dialog.resize(px(560), px(640))
    dialog.open()
    return dialog
