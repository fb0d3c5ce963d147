"""The card of one person on a company's page."""

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm import wording
from crm.domain.cadence import DueState
from crm.domain.company import CompanyPerson
from crm.domain.warmth import Level
from crm.gui import paint, text, theme
from crm.gui.paint import Face, Style, Tag
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, IconButton, Size
from crm.gui.widgets.layouts import add, column, row

_EDGE = 14
_AVATAR = 44
_FOOT = 46


class PersonCard(QAbstractButton):
    """Avatar, name, title, warmth, last touch, what is due, and a button to log a touch. A click opens the person."""

    log_requested = Signal()
    menu_requested = Signal(QPoint)

    def __init__(
        self, person: CompanyPerson, level: Level, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.person, self.level = person, level
        self._face = Face(person.name)
        self._title = person.title or person.department
        self._last = _last_touch(person, level, today)
        self._tag = _tag(person, today)
        self._line = " · ".join(part for part in (_until(person, today), self._last) if part)
        said = (person.name, self._title, self._line, self._tag.label)
        self.setAccessibleName(text.one_line(". ".join(part for part in said if part)))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        who = text.one_line(person.name)
        self.log = Button(self.tr("Log touch"), size=Size.SMALL)
        self.log.setAccessibleName(self.tr("Log a touch with {who}").format(who=who))
        self.more = IconButton("ellipsis", self.tr("More about {who}").format(who=who), size=28, icon_size=16)
        top, foot = row(), row(margins=(0, 0, 4, 0))
        add(top, None, self.more)
        add(foot, None, self.log)
        add(column(self, (_EDGE, 10, _EDGE - 4, 9)), top, None, foot)
        self.log.clicked.connect(self.log_requested)
        self.more.clicked.connect(self._on_more_clicked)

    def set_photo(self, photo: QPixmap | None) -> None:
        """Show a photo in place of the initials."""
        self._face = Face(self.person.name, photo=photo)
        self.update()

    def sizeHint(self) -> QSize:
        head = max(px(_AVATAR), theme.line("bodyStrong") + theme.line("small") + px(2))
        return QSize(px(260), px(_EDGE) + head + px(8) + theme.line("caption") + px(12) + px(_FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self._words_room()
        cut = [
            words
            for words, role in ((self.person.name, "bodyStrong"), (self._title, "small"))
            if paint.width(words, role) > room
        ]
        self.setToolTip(text.plain_tooltip("\n".join(cut)) if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            lit = self.underMouse() or self.isDown()
            paint.box(m, self.rect(), px(12), "hover" if lit else "surface", "hairline")
            self._paint_head(m)
            self._paint_foot(m)
            if self.hasFocus():
                paint.focus_ring(m, QRectF(self.rect()).adjusted(1, 1, -1, -1), px(11))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def _words_room(self) -> float:
        return self.width() - px(_EDGE) - px(_AVATAR) - px(12) - px(44)

    def _paint_head(self, m: paint.Mirror) -> None:
        side, edge = px(_AVATAR), px(_EDGE)
        paint.avatar(m, QRectF(edge + 0.5, edge + 0.5, side - 1, side - 1), self._face)
        x, upper, lower = edge + side + px(12), theme.line("bodyStrong"), theme.line("small")
        tall = upper + px(2) + lower if self._title else upper
        y = edge + max(0.0, (side - tall) / 2)
        paint.text(m, QRectF(x, y, self._words_room(), upper), self.person.name, Style("bodyStrong"))
        below = QRectF(x, y + upper + px(2), self.width() - x - edge, lower)
        paint.text(m, below, self._title, Style("small", "text2"))

    def _paint_foot(self, m: paint.Mirror) -> None:
        edge, wide = px(_EDGE), self.width() - 2 * px(_EDGE)
        line = self.height() - px(_FOOT)
        words = QRectF(edge, line - px(12) - theme.line("caption"), wide, theme.line("caption"))
        if self.person.last_touch_on is not None:
            bars = paint.warmth_bars(m, edge, words.center().y(), list(Level).index(self.level) + 1) + px(8)
            words.setLeft(edge + bars)
        paint.text(m, words, self._line, Style("caption", "text3"))
        paint.box(m, QRectF(edge, line, wide, 1), 0, "hairline")
        room = wide - self.log.width() - px(8)
        if self._tag.label and paint.pill_width(self._tag.label) <= room:
            paint.pill(m, edge, line + px(_FOOT) / 2, self._tag)
        else:
            spot = QRectF(edge, line, room, px(_FOOT))
            paint.text(m, spot, self._tag.label, Style("captionMedium", self._tag.tone))

    def _on_more_clicked(self) -> None:
        self.menu_requested.emit(self.more.mapToGlobal(QPoint(0, self.more.height())))


def _last_touch(person: CompanyPerson, level: Level, today: date) -> str:
    if person.last_touch_on is None:
        return wording.say("No touch yet")
    ago = wording.ago(person.last_touch_on, today)
    return wording.say("{level}, last touch {ago}", level=wording.warmth_level(level), ago=ago)


def _until(person: CompanyPerson, today: date) -> str:
    if person.current:
        return ""
    if person.until_on is None:
        return wording.say("Used to work here")
    return wording.say("Until {day}", day=wording.short_day(person.until_on, today))


def _tag(person: CompanyPerson, today: date) -> Tag:
    """Return what is due; nothing is planned here with someone who left and has no rule elsewhere."""
    if not person.current and person.state is DueState.NONE:
        return Tag("")
    # A snooze hides the day it was due, and this line doesn't know the day it ends.
    due_on = today if person.state is DueState.SNOOZED else person.next_due_on
    return Tag(*wording.due_pill(person.state, due_on, today))
