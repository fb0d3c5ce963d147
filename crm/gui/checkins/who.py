"""Who took part: people as chips with a way to take them off, and a line that finds more by name."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QWidget

from crm.domain.person import PersonRow
from crm.domain.query import PeopleQuery
from crm.gui import paint
from crm.gui.checkins import offers
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.fields import TextField
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import ElidedLabel
from crm.gui.widgets.layouts import add, column, row

_LONGEST_NAME = 220

Found = Callable[[tuple[PersonRow, ...]], None]


class WhoField(QWidget):
    """People to choose; `changed()` tells that they are others. `leftover` is what was typed but not chosen."""

    changed = Signal()

    def __init__(
        self, session: Session, people: Iterable[tuple[int, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._people: dict[int, str] = {}
        self._chips = Flow(gap=6)
        self.line = _NameLine(self.tr("Add a name…"))
        self._offers = QStandardItemModel(self)
        self._list = offers.OfferList()
        self._completer = offers.completer(self._offers, self.line, self._list)
        add(column(self, gap=6), self._chips, self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_text_edited)
        self.line.entered.connect(self._choose_first)
        activated = self._completer.activated[QModelIndex]  # type: ignore[index]
        activated.connect(self._on_offer_activated)
        for person, name in people:
            self.add_person(person, name)
        self._chips.setVisible(bool(self._people))

    @property
    def people(self) -> tuple[int, ...]:
        """The ids of those chosen, in their order."""
        return tuple(self._people)

    @property
    def chosen(self) -> tuple[tuple[int, str], ...]:
        """Those chosen with their names."""
        return tuple(self._people.items())

    @property
    def leftover(self) -> str:
        """A name that was typed without choosing whom it means."""
        return self.line.text().strip()

    def add_person(self, person: int, name: str) -> None:
        """Choose one more; somebody chosen already stays once."""
        self.line.clear()
        if person in self._people:
            return
        self._people[person] = name
        chip = _PersonChip(name)
        chip.remove.clicked.connect(lambda: self._take_off(person, chip))
        self._chips.add(chip)
        self._chips.show()
        self.changed.emit()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)

    def _take_off(self, person: int, chip: QWidget) -> None:
        self._people.pop(person, None)
        chip.hide()
        chip.deleteLater()
        self._chips.setVisible(bool(self._people))
        self.line.setFocus()
        self.changed.emit()

    def _on_text_edited(self, words: str) -> None:
        if words.strip():
            find_people(self._session, self, words, self._show_offers)
        else:
            self._offers.clear()
            self._list.hide()

    def _show_offers(self, rows: tuple[PersonRow, ...]) -> None:
        offers.fill(self._offers, rows)
        if not rows or not self.leftover or not self.line.hasFocus():
            self._list.hide()
            return
        self._completer.complete()
        self._list.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _choose_first(self) -> None:
        if self._offers.rowCount():
            self._choose(self._offers.index(0, 0))

    def _on_offer_activated(self, offer: QModelIndex) -> None:
        self._choose(offer)

    def _choose(self, offer: QModelIndex) -> None:
        self._list.hide()
        self.add_person(int(offer.data(offers.ID)), str(offer.data(offers.NAME)))
        # The completer still reads its model while it tells of the choice.
        QTimer.singleShot(0, self._offers, self._offers.clear)


class _NameLine(TextField):
    """A line whose Enter chooses a person while there is a name in it, and is the dialog's otherwise."""

    entered = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__("", placeholder, limit=200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.text().strip():
            self.entered.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class _PersonChip(QWidget):
    """One person who took part."""

    def __init__(self, name: str) -> None:
        super().__init__()
        label = ElidedLabel(name, "smallMedium")
        wide = label.sizeHint().width()
        label.setFixedWidth(min(wide, px(_LONGEST_NAME)))
        self.remove = IconButton("x", self.tr("Take {who} off").format(who=name), size=28, icon_size=14)
        add(row(self, (4, 2, 2, 2), gap=6), Avatar(name, 24), label, self.remove)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            paint.box(m, self.rect(), self.height() / 2, "surface", "hairline2")


def find_people(session: Session, asker: object, words: str, found: Found) -> None:
    """Ask for the first few people a name may mean."""
    today = session.today()

    def question() -> tuple[PersonRow, ...]:
        from crm.app import browse as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        ids = app.people_ids(session.book, PeopleQuery(text=words), today=today)
        return app.people_rows(session.book, ids[: offers.OFFERED], today=today)

    owner = asker if isinstance(asker, QWidget) else session.bus
    session.ask(asker, question, found, owner)
