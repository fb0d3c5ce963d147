"""How a company itself can be reached."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.person import ContactPoint
from crm.gui import contact_points, links, text
from crm.gui.widgets.buttons import LinkButton
from crm.gui.widgets.cards import Card
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row

# The frame of a link's focus ring; words above and below it start on the same line.
_LINK_INSET = 4
_TOP = Qt.AlignmentFlag.AlignTop


class ContactsCard(Card):
    """Addresses and numbers of a company; hidden where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._points: tuple[ContactPoint, ...] = ()
        self._lines = column(gap=10)
        head = PlainLabel(self.tr("Contact"), "heading")
        add(column(self, (16, 14, 16, 16), gap=10), head, self._lines)
        self.hide()

    def show_points(self, points: tuple[ContactPoint, ...]) -> None:
        """Show these ways to reach a company."""
        if points != self._points:
            self._points = points
            clear(self._lines)
            for point in points:
                self._lines.addWidget(_line(point))
        self.setVisible(bool(points))


def _line(point: ContactPoint) -> QWidget:
    kind = PlainLabel(wording.contact_kind(point.kind, point.label), "caption", "text3", wrap=True)
    kind.setIndent(_LINK_INSET)
    body = add(column(gap=0), kind, _value(point))
    return boxed(add(row(gap=10), (Icon(contact_points.ICONS[point.kind], "text3", 16), _TOP), (body, 1)))


def _value(point: ContactPoint) -> QWidget:
    url = contact_points.url(point)
    if url is None:
        words = PlainLabel(point.value, "body", wrap=True, selectable=True)
        words.setIndent(_LINK_INSET)
        return words
    link = LinkButton(point.value, tooltip=point.value)
    # Numbers and addresses keep their order in a window that runs right to left.
    link.setText(text.ltr(link.text()))
    link.clicked.connect(lambda: links.open_link(url))
    return Flow(link)
