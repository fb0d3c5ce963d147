"""Pictures of what is typed: the quick box, the palette, a day in words, the question after three snoozes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm.app import browse
from crm.gui.actions import Act
from crm.gui.checkins import SnoozeDialog
from crm.gui.checkins.snoozing import ThirdSnoozeDialog
from crm.gui.palette.palette import Palette
from crm.gui.palette.quick_log import QuickLogDialog
from crm.gui.session import Place
from crm.gui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from tests.gallery.draw import Gallery

_SENTENCES = {
    "quick_log": "Coffee with Tomás yesterday re the platform team is hiring in Q1, check in in 3 weeks",
    "quick_open": "called Tom, Zebulon Quist and Maya on 2/3 about the fair",
}


def _quick(gallery: "Gallery", screen: str) -> QWidget | None:
    session, window = gallery.window.session, gallery.window
    if session is None:
        return None
    dialog = QuickLogDialog(session, window)
    dialog._box.setPlainText(_SENTENCES[screen])
    dialog.show()
    return dialog


def _snooze(gallery: "Gallery", screen: str) -> QWidget | None:
    session, window = gallery.window.session, gallery.window
    rows = browse.people_rows(gallery.book, [2], today=window._today())
    if session is None or not rows:
        return None
    if screen == "third_snooze":
        asked: Dialog = ThirdSnoozeDialog(session, rows[0], window)
    else:
        asked = SnoozeDialog(session, [2], window)
        asked._day.line.setText("4/11")
        asked._day.line.textEdited.emit("4/11")
    asked.show()
    return asked


_TYPED = {"palette": "log coffee with tom", "palette_recent": "", "palette_nothing": "zeb"}


def _palette(gallery: "Gallery", screen: str) -> QWidget | None:
    gallery.window.go(Place("today"))
    gallery.window.actions_[Act.PALETTE].trigger()
    palette = gallery.window.findChildren(Palette)[0]
    palette.field.setText(_TYPED[screen])
    return gallery.window


SHOWERS: dict[str, Callable[["Gallery", str], QWidget | None]] = {
    "quick_log": _quick,
    "quick_open": _quick,
    "palette": _palette,
    "palette_recent": _palette,
    "palette_nothing": _palette,
    "snooze": _snooze,
    "third_snooze": _snooze,
}
