"""Where files are dropped: `DropZone(DropWords("Drop a .vcf here", "from your phone", "Choose file", "How to…"))`.

`dropped(object)` tells a tuple of paths of this computer; `choose_requested()` and `help_requested()` the buttons,
which are the keyboard's way. `local_paths(mime)` serves other widgets that take drops;
`is_calendar_name(path)` tells calendars from contacts.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from crm.gui import paint
from crm.gui.theme import color, px
from crm.gui.widgets.buttons import Button, LinkButton, Variant
from crm.gui.widgets.labels import IconTile, PlainLabel
from crm.gui.widgets.layouts import add, column, row


@dataclass(frozen=True, slots=True)
class DropWords:
    """What the zone says. Without `link` there is no link."""

    title: str
    sub: str
    button: str
    link: str = ""


def local_paths(mime: QMimeData) -> tuple[Path, ...]:
    """Return the files and folders of this computer in a drop; addresses of other machines are left out."""
    urls = [url for url in mime.urls() if url.isLocalFile() and not url.host()]
    return tuple(Path(url.toLocalFile()) for url in urls)


def is_calendar_name(path: Path) -> bool:
    """Say whether a file is a calendar by its name; looking into it could block the window."""
    return path.suffix.lower() in {".ics", ".ical"}


class DropZone(QWidget):
    """A dashed field with an icon, two lines and a button."""

    dropped = Signal(object)
    choose_requested = Signal()
    help_requested = Signal()

    def __init__(self, words: DropWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAccessibleName(words.title)
        self._over = False
        self.button = Button(words.button, Variant.PRIMARY)
        self.link = LinkButton(words.link)
        if not words.link:  # shown without a parent it would flash up as a window
            self.link.hide()
        self._build_ui(words)
        self.button.clicked.connect(self.choose_requested)
        self.link.clicked.connect(self.help_requested)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, _event: QPaintEvent) -> None:
        spot = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with paint.Mirror.on(self) as m:
            paint.box(m, spot, px(12), "accent_tint" if self._over else "surface")
            pen = QPen(color("accent" if self._over else "field"), 1.5)
            pen.setDashPattern([5, 4])
            m.painter.setPen(pen)
            m.painter.setBrush(Qt.BrushStyle.NoBrush)
            m.painter.drawRoundedRect(spot, px(12), px(12))

    def _build_ui(self, words: DropWords) -> None:
        middle = Qt.AlignmentFlag.AlignCenter
        title, sub = (
            PlainLabel(words.title, "title", wrap=True),
            PlainLabel(words.sub, "body", "text2", wrap=True),
        )
        title.setAlignment(middle)
        sub.setAlignment(middle)
        buttons = add(row(gap=8), None, self.button, self.link, None)
        layout = column(self, (24, 26, 24, 24))
        add(layout, (IconTile("upload", "brand", 52, 26, round=True), Qt.AlignmentFlag.AlignHCenter), 12)
        add(layout, title, 2, sub, 16, buttons)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()
