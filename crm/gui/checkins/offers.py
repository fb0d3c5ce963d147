"""The people a typed name may mean, listed under the line: a model, how a row is drawn, and the completer."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem

from crm.domain.person import PersonRow
from crm.gui import paint, text, theme
from crm.gui.paint import Face, RowState
from crm.gui.theme import px

OFFERED = 8
ID = Qt.ItemDataRole.UserRole
NAME = Qt.ItemDataRole.UserRole + 1
_ABOUT = Qt.ItemDataRole.UserRole + 2
_TALL = 44

Index = QModelIndex | QPersistentModelIndex


def fill(offers: QStandardItemModel, people: Iterable[PersonRow]) -> None:
    """Offer these people and no others."""
    offers.clear()
    for person in people:
        about = ", ".join(part for part in (person.title, person.company) if part)
        words = f"{person.name}, {about}" if about else person.name
        item = QStandardItem(text.one_line(words))
        item.setData(text.one_line(words), Qt.ItemDataRole.AccessibleTextRole)
        for role, value in ((ID, int(person.id)), (NAME, person.name), (_ABOUT, about)):
            item.setData(value, role)
        offers.appendRow(item)


class OfferList(QListView):
    """The list that drops down."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_OfferDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("People to add"))

    def paintEvent(self, event: QPaintEvent) -> None:
        # Lists are transparent in our style sheet, which suits pages, not what floats above one.
        ground = self.viewport()
        with paint.Mirror.on(ground) as m:
            paint.box(m, ground.rect(), 0, "raised", "hairline2")
        super().paintEvent(event)


class _OfferDelegate(QStyledItemDelegate):
    """Face, name, and who they are below it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(160), px(_TALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = QRectF(option.rect)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        name, about = str(index.data(NAME)), str(index.data(_ABOUT) or "")
        with paint.Mirror(painter, place, rtl) as m:
            paint.row_background(m, place, RowState.of(option), (px(4), 1))
            side = px(28)
            face = QRectF(place.x() + px(12), place.center().y() - side / 2, side, side)
            paint.avatar(m, face, Face(name))
            start = face.right() + px(10)
            first, second = theme.line("bodyMedium"), theme.line("caption") if about else 0
            top = place.center().y() - (first + second) / 2
            wide = place.right() - px(12) - start
            paint.text(m, QRectF(start, top, wide, first), name, paint.Style("bodyMedium"))
            if about:
                below = QRectF(start, top + first, wide, second)
                paint.text(m, below, about, paint.Style("caption", "text2"))


def completer(offers: QStandardItemModel, line: QLineEdit, shown: OfferList) -> QCompleter:
    """Return a list under `line` that shows what was found, unfiltered, and leaves the line's text alone."""
    made = QCompleter(offers, line)
    made.setPopup(shown)
    # A popup set from outside draws its rows as the completer likes, unless told again.
    shown.setItemDelegate(_OfferDelegate(shown))
    made.setWidget(line)
    made.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    made.setMaxVisibleItems(OFFERED)
    return made
