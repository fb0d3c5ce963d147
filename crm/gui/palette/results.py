"""The palette's list: groups of results, how each is drawn, and which one the arrows are on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm.gui import paint, text, theme
from crm.gui.paint import Face, Mirror, RowState, Style
from crm.gui.theme import px
from crm.gui.widgets.announce import announce

_TALL, _HEAD, _ICON = 44, 28, 18
_MOST_SHOWN = 10
_RESULT = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Result:
    """One thing to choose: what it is called, something about it, its keys, and what choosing it does.

    With `face` an avatar stands in the place of the icon. `more` shows what else can be done, at a place.
    """

    title: str
    act: Callable[[], object]
    about: str = ""
    icon: str = ""
    keys: str = ""
    face: str = ""
    square: bool = False
    more: Callable[[QPoint], object] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Results under a heading."""

    title: str
    results: tuple[Result, ...]


class Results(QListView):
    """The list; the focus stays in the field above it, which passes the arrows on. `picked()` after a choice."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_ResultDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Results"))
        self.clicked.connect(self._on_clicked)

    @property
    def current(self) -> Result | None:
        """The result that Enter would choose."""
        found = self.currentIndex().data(_RESULT)
        return found if isinstance(found, Result) else None

    @property
    def titles(self) -> tuple[str, ...]:
        """What is offered, in order."""
        found = (self._model.item(row).data(_RESULT) for row in range(self._model.rowCount()))
        return tuple(one.title for one in found if isinstance(one, Result))

    def show_groups(self, groups: Iterable[Group]) -> None:
        """Offer these and no others; the first is the one that Enter chooses."""
        self._model.clear()
        for group in groups:
            if group.results:
                self._model.appendRow(_heading(group.title))
            for result in group.results:
                self._model.appendRow(_line(result))
        self.updateGeometry()
        self.move_by(1)

    def move_by(self, step: int) -> None:
        """Go to the next or previous result, round the ends."""
        count = self._model.rowCount()
        at = self.currentIndex().row() if self.currentIndex().isValid() else -1
        for _ in range(count):
            at = (at + step) % count
            if self._model.item(at).isEnabled():
                self.setCurrentIndex(self._model.index(at, 0))
                if at == 1:
                    self.scrollToTop()
                announce(self, self._model.item(at).text())
                return

    def choose(self) -> None:
        """Do what the current result does."""
        found = self.current
        if found is not None:
            self.picked.emit()
            found.act()

    def show_more(self) -> bool:
        """Show what else can be done with the current result; say whether there is anything."""
        found = self.current
        if found is None or found.more is None:
            return False
        place = self.visualRect(self.currentIndex())
        found.more(self.viewport().mapToGlobal(QPoint(place.left() + px(60), place.bottom())))
        return True

    def sizeHint(self) -> QSize:
        tall = sum(self.sizeHintForRow(row) for row in range(self._model.rowCount()))
        return QSize(px(400), min(tall, px(_TALL) * _MOST_SHOWN))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), 0)

    def _on_clicked(self, _at: QModelIndex) -> None:
        self.choose()


class _ResultDelegate(QStyledItemDelegate):
    """Icon or face, title, what it is, and its keys at the end."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(160), px(_TALL if index.data(_RESULT) else _HEAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = QRectF(option.rect)
        with Mirror(painter, place, option.direction == Qt.LayoutDirection.RightToLeft) as m:
            result = index.data(_RESULT)
            if isinstance(result, Result):
                self._paint(m, place, result, RowState.of(option))
            else:
                words = place.adjusted(px(18), px(6), -px(18), 0)
                paint.text(m, words, index.data(), Style("captionMedium", "text3"))

    def _paint(self, m: Mirror, place: QRectF, result: Result, state: RowState) -> None:
        paint.row_background(m, place, state, (px(6), 1))
        side = px(28)
        spot = QRectF(place.x() + px(14), place.center().y() - side / 2, side, side)
        if result.face:
            paint.avatar(m, spot, Face(result.face, square=result.square))
        else:
            edge = (side - px(_ICON)) / 2
            tone = "accent_text" if state.selected else "text2"
            paint.icon(m, spot.adjusted(edge, edge, -edge, -edge), result.icon, tone)
        start, end = spot.right() + px(10), place.right() - px(16) - _paint_keys(m, place, result.keys)
        wide = min(paint.width(result.title, "bodyMedium") + 2, end - start)
        title = QRectF(start, place.y(), wide, place.height())
        paint.text(m, title, result.title, Style("bodyMedium"))
        rest = QRectF(title.right() + px(8), place.y(), end - title.right() - px(8), place.height())
        if result.about and rest.width() > px(24):
            paint.text(m, rest, result.about, Style("small", "text3"))


def _paint_keys(m: Mirror, place: QRectF, keys: str) -> int:
    """Draw keys at the end of a row; return how wide they are."""
    if not keys:
        return 0
    wide = paint.width(keys, "captionMedium") + px(12)
    tall = theme.line("captionMedium") + px(4)
    cap = QRectF(place.right() - px(16) - wide, place.center().y() - tall / 2, wide, tall)
    paint.box(m, cap, px(4), "surface", "hairline2")
    paint.text(m, cap.adjusted(px(6), 0, -px(6), 0), keys, Style("captionMedium", "text2", elide=False))
    return wide + px(8)


def _heading(title: str) -> QStandardItem:
    item = QStandardItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _line(result: Result) -> QStandardItem:
    sentence = ", ".join(part for part in (result.title, result.about, result.keys) if part)
    item = QStandardItem(text.one_line(sentence))
    item.setEditable(False)
    item.setData(result, _RESULT)
    return item
