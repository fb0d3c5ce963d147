"""The people at a company as cards, in as many columns as there is room for. One card at a time takes Tab."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from crm.domain.company import CompanyPerson
from crm.domain.warmth import Level
from crm.gui.companies.person_card import PersonCard
from crm.gui.theme import px

CARD_WIDTH = 244
MOST_COLUMNS = 6
_GAP = 12
_START, _END = -(10**6), 10**6


class PersonGrid(QWidget):
    """Cards of people. `opened(int)` a click or Enter, `log_requested(int)`, `menu_requested(int, QPoint)`."""

    opened = Signal(int)
    log_requested = Signal(int)
    menu_requested = Signal(int, QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._cards: list[PersonCard] = []
        self._today: date | None = None
        self._columns = 0
        self._current = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(_GAP))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @property
    def cards(self) -> tuple[PersonCard, ...]:
        """The cards, in the order of reading."""
        return tuple(self._cards)

    @property
    def focused(self) -> CompanyPerson | None:
        """The person whose card, or a button on it, has the focus."""
        focus = QApplication.focusWidget()
        return next(
            (card.person for card in self._cards if focus and (card is focus or card.isAncestorOf(focus))),
            None,
        )

    def set_people(self, people: Sequence[CompanyPerson], levels: Mapping[int, Level], today: date) -> None:
        """Show other people; the focus stays on the card of the same person, else on the one in its place."""
        known = [(person, levels.get(person.id, Level.NEW)) for person in people]
        if today == self._today and [(card.person, card.level) for card in self._cards] == known:
            return
        was = self.focused
        # A card is dear to make and five hundred may show: those of people who stayed the same stay.
        kept = {(card.person, card.level): card for card in self._cards} if today == self._today else {}
        wanted = frozenset(known) & kept.keys()
        gone = [card for card in self._cards if (card.person, card.level) not in wanted]
        self._today = today
        for card in gone:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [kept.get(one) or self._card(*one, today) for one in known]
        ids = [person.id for person in people]
        if was is not None and was.id in ids:
            self._current = ids.index(was.id)
        self._current = max(0, min(self._current, len(ids) - 1))
        self._columns = 0
        self._arrange()
        self._set_reachable()
        if was is not None and self._cards:
            self._cards[self._current].setFocus(Qt.FocusReason.TabFocusReason)

    def set_photos(self, photos: Mapping[str, QPixmap]) -> None:
        """Show photos by their hash."""
        for card in self._cards:
            if (photo := photos.get(card.person.photo)) is not None:
                card.set_photo(photo)

    def focus(self, at: int | None = None) -> None:
        """Put the keyboard on a card; on the one it was on last where none is named."""
        if self._cards:
            self._go(self._current if at is None else at)

    def minimumSizeHint(self) -> QSize:
        # As wide as one card, however many stand side by side now.
        narrowest = self._cards[0].minimumSizeHint().width() if self._cards else 0
        return QSize(narrowest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._step(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        card = next((one for one in self._cards if one.hasFocus()), None)
        if step and plain and self.focused is not None:
            at = self._current + step
            self._go(at if 0 <= at < len(self._cards) else self._edge(step))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card is not None:
            self.opened.emit(card.person.id)
        else:
            super().keyPressEvent(event)

    def _step(self, key: Qt.Key) -> int:
        forward = -1 if self.isRightToLeft() else 1
        steps = {
            Qt.Key.Key_Right: forward,
            Qt.Key.Key_Left: -forward,
            Qt.Key.Key_J: 1,
            Qt.Key.Key_K: -1,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Home: _START,
            Qt.Key.Key_End: _END,
        }
        return steps.get(key, 0)

    def _edge(self, step: int) -> int:
        """Return where a step too long ends: one row down from above a short last row is its last card."""
        last = len(self._cards) - 1
        if step in (_START, _END):
            return 0 if step == _START else last
        below = step > 1 and self._current // self._columns < last // self._columns
        return last if below else self._current

    def _go(self, at: int) -> None:
        self._current = at
        self._set_reachable()
        self._cards[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _card(self, person: CompanyPerson, level: Level, today: date) -> PersonCard:
        card = PersonCard(person, level, today, self)
        card.clicked.connect(lambda: self.opened.emit(person.id))
        card.log_requested.connect(lambda: self.log_requested.emit(person.id))
        card.menu_requested.connect(lambda spot: self.menu_requested.emit(person.id, spot))
        return card

    def _arrange(self) -> None:
        room = self.width() + px(_GAP)
        columns = max(1, min(MOST_COLUMNS, room // px(CARD_WIDTH + _GAP)))
        if columns == self._columns:
            return
        self._columns = columns
        for at in range(MOST_COLUMNS):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, *divmod(number, columns))
            card.show()

    def _set_reachable(self) -> None:
        for number, card in enumerate(self._cards):
            policy = Qt.FocusPolicy.StrongFocus if number == self._current else Qt.FocusPolicy.ClickFocus
            for part in (card, card.log, card.more):
                part.setFocusPolicy(policy)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for number, card in enumerate(self._cards):
            if new is not None and (card is new or card.isAncestorOf(new)) and number != self._current:
                self._current = number
                self._set_reachable()
