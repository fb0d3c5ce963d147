"""How to get one's contacts out of other programs, step by step, and the files that can be chosen for it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from crm.gui.theme import px
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import column

_APPLE = """On the iPhone: open Contacts, go back to Lists, touch and hold All Contacts, and choose Export.
On a Mac: open Contacts, press ⌘A, and choose File › Export › Export vCard.
On any computer: open icloud.com/contacts, press Ctrl+A (⌘A), and choose Export vCard.
You get one .vcf file. Drop it here."""
_ANDROID = """Open Contacts on the phone.
Choose Organise › Export to file. On a Samsung phone: ☰ › Manage contacts › Export contacts.
Send the .vcf file to this computer and drop it here."""
_GOOGLE = """Open contacts.google.com on a computer.
Choose Export in the menu, then Google CSV, then Export.
Drop contacts.csv here: labels, notes and dates come along."""
_LINKEDIN = """On linkedin.com, choose Me › Settings & Privacy › Data privacy › Get a copy of your data.
Tick Connections, and Messages and Invitations if you want them as touches, and choose Request archive.
LinkedIn sends an email with a link: a few minutes later for connections, up to a day for the rest.
Drop the .zip here as it is. LinkedIn leaves out most email addresses. That’s normal."""
_OUTLOOK = """New Outlook or outlook.com: open People, then Manage contacts › Export contacts.
Classic Outlook: File › Open & Export › Import/Export › Export to a file › Comma Separated Values › Contacts.
Drop the .csv file here, in whatever language Outlook wrote it."""
_OTHER = """Thunderbird: Address Book › Tools › Export, as vCard. Nextcloud: Settings › Download.
Excel, Numbers or Google Sheets: save or download the sheet as CSV. Its first line should name the columns.
Any other program: look for Export, and take vCard (.vcf) if you can choose, else CSV.
What the columns mean is shown first, and you can correct it."""
_GUIDES = (
    ("iPhone, Mac or iCloud", _APPLE),
    ("Android", _ANDROID),
    ("Google Contacts", _GOOGLE),
    ("LinkedIn", _LINKEDIN),
    ("Outlook", _OUTLOOK),
    ("Another program or a table", _OTHER),
)


def guides() -> tuple[tuple[str, str], ...]:
    """Return (program, steps) in the user's language."""
    say = QCoreApplication.translate
    return tuple((say("Guides", program), say("Guides", steps)) for program, steps in _GUIDES)


def contact_files() -> tuple[str, ...]:
    """Return the kinds of files for the system's chooser."""
    say = QCoreApplication.translate
    return (
        say("Guides", "Contacts and calendars (*.vcf *.vcard *.csv *.tsv *.txt *.zip *.ics)"),
        say("Guides", "All files (*)"),
    )


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
