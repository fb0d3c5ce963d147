"""The goals of the week, calmly: how much there is of what was meant. Hidden where none are set."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm import wording
from crm.domain.goal import Progress
from crm.gui import paint
from crm.gui.session import Place, Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import LinkButton, Size
from crm.gui.widgets.cards import Card, SectionHead
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column

if TYPE_CHECKING:
    from datetime import date

    from crm.app.books import Book

_TALL = 6


class GoalsCard(Card):
    """One line and one bar a goal. It asks when told to `refresh`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        change = LinkButton(self.tr("Change"), size=Size.SMALL)
        change.setAccessibleName(self.tr("Change goals"))
        change.clicked.connect(self._on_change_clicked)
        self._lines = column(margins=(16, 0, 16, 0), gap=8)
        head = add(column(margins=(16, 0, 12, 0)), SectionHead(self.tr("Goals this week"), "", change))
        add(column(self, (0, 8, 0, 14), gap=2), head, self._lines, None)
        self.hide()

    def refresh(self) -> None:
        """Ask anew."""
        question = partial(_ask, self._session.book, self._session.today())
        self._session.ask((self, "goals"), question, self._show, self)

    def _show(self, week: tuple[Progress, ...]) -> None:
        clear(self._lines)
        for one in week:
            words = PlainLabel(wording.goal_progress(one), "small", "text2", tabular=True)
            self._lines.addWidget(boxed(add(column(gap=4), words, _Bar(one.done / one.goal.per_week))))
        self.setVisible(bool(week))

    def _on_change_clicked(self) -> None:
        self._session.services.navigate(Place("settings", show="goals"))


class _Bar(QWidget):
    """How far it is; the words beside it say the same."""

    def __init__(self, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = min(share, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(_TALL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with paint.Mirror.on(self) as m:
            place = QRectF(0, 0, self.width(), self.height())
            paint.box(m, place, px(_TALL) / 2, "accent_tint2")
            if self._share:
                done = QRectF(0, 0, max(self.width() * self._share, px(_TALL)), self.height())
                paint.box(m, done, px(_TALL) / 2, "accent")


def _ask(book: "Book", today: "date") -> tuple[Progress, ...]:
    from crm.app import goals  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return goals.week(book, today=today)
