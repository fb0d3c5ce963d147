"""The sheet of shortcuts and the words about the app: two dialogs of the Help menu."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from crm import __version__
from crm.gui.actions import Actions, Menu, keys_in_words, translated
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.labels import KeyLabel, PlainLabel
from crm.gui.widgets.layouts import column


def show_shortcuts(actions: Actions, parent: QWidget) -> Dialog:
    """Open the sheet that lists every shortcut, menu by menu."""
    dialog = Dialog(parent.tr("Keyboard shortcuts"), parent, width=560)
    sheet = QWidget()
    layout = column(sheet, gap=8)
    for menu in Menu:
        found = [(spec.text, keys_in_words(spec)) for spec in actions if spec.menu is menu and spec.keys]
        if found:
            heading = translated(menu.value).replace("&", "") or parent.tr("Lists")
            layout.addWidget(PlainLabel(heading, "heading"))
            layout.addLayout(_grid(found))
    layout.addStretch(1)
    dialog.body.addWidget(sheet)
    dialog.add_cancel(parent.tr("Close"))
    dialog.resize(px(560), px(600))
    dialog.open()
    return dialog


def show_about(parent: QWidget) -> Dialog:
    """Open the words about the app, to copy into a report."""
    lead = parent.tr("Keeps a professional network warm. Everything stays in one file on this computer.")
    versions = "\n".join(
        (
            f"Keepwarm {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}",
            platform.platform(),
        )
    )
    dialog = Dialog(parent.tr("About Keepwarm"), parent, lead=lead, icon="info")
    dialog.body.addWidget(PlainLabel(versions, "body", "text2", wrap=True, selectable=True))
    copy = Button(parent.tr("Copy for a report"), icon="copy")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions))
    dialog.body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
    dialog.add_cancel(parent.tr("Close"))
    dialog.open()
    return dialog


def _grid(found: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, px(8))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(0, 1)
    for number, (words, keys) in enumerate(found):
        grid.addWidget(PlainLabel(translated(words).rstrip("…"), "body", "text2"), number, 0)
        grid.addWidget(KeyLabel(keys), number, 1, Qt.AlignmentFlag.AlignRight)
    return grid
