"""A touch corrected where it stands in the timeline: its kind, its day, who reached out, the note."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.touch import Direction, TouchDraft, TouchKind, TouchRow
from crm.gui import theme
from crm.gui.checkins.days import day_field
from crm.gui.checkins.kinds import offered_kinds
from crm.gui.people import asking
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, Size, Variant
from crm.gui.widgets.fields import Field, Select, TextArea
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.layouts import add, column

_LINES = 4
_DIRECTION_WIDTH = 160


class TouchEditor(QFrame):
    """Saves with Save or Ctrl+Enter, leaves with Cancel or Esc; `closed()` after either."""

    closed = Signal()

    def __init__(self, session: Session, touch: TouchRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "plain")
        self._session, self._touch = session, touch
        self._today = session.today()
        self._build_ui()
        self._save.clicked.connect(self.save)
        self._note.submitted.connect(self.save)

    @property
    def touch(self) -> TouchRow:
        """The touch that is corrected."""
        return self._touch

    def start(self) -> None:
        """Put the cursor where most corrections are made."""
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def save(self) -> None:
        """Keep what the fields say, unless the day can't be; unchanged fields write nothing."""
        on = self._day.value
        problem = ""
        if on is None:
            problem = self._day.question or self.tr("That isn’t a day. Write “yesterday” or “12 Nov”.")
        elif on > self._today:
            problem = self.tr("That day is still to come. Log it once it has happened.")
        self._day_field.show_problem(problem)
        if problem or on is None:
            return
        said = TouchDraft(
            tuple(person for person, _ in self._touch.people),
            TouchKind(str(self._kind.value)),
            on,
            self._note.toPlainText().strip(),
            Direction(str(self._direction.value)),
        )
        session, touch = self._session, self._touch
        if said != _draft(touch):
            session.do(
                lambda: asking.edit_touch(session.book, int(touch.id), said, session.today()), session.bus
            )
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _build_ui(self) -> None:
        touch = self._touch
        self.setAccessibleName(self.tr("Edit touch"))
        kinds = [(kind.value, wording.touch_kind(kind)) for kind in offered_kinds(touch.kind)]
        self._kind, self._direction = (
            Select(kinds),
            Select([(d.value, wording.direction(d)) for d in Direction]),
        )
        self._kind.choose(touch.kind.value)
        self._direction.choose(touch.direction.value)
        self._day = day_field(touch.on, today=self._today, toward=Toward.PAST)
        self._day_field = Field(self.tr("When"), self._day)
        self._direction.setMinimumWidth(px(_DIRECTION_WIDTH))
        self._note = TextArea(touch.note, lines=_LINES)
        self._note.setMaximumHeight(theme.line("body") * (_LINES + 1) + px(18))
        fields = Flow(
            Field(self.tr("What happened"), self._kind),
            self._day_field,
            Field(self.tr("Who reached out"), self._direction),
            gap=10,
        )
        self._save = Button(self.tr("Save touch"), Variant.PRIMARY, size=Size.SMALL)
        cancel = Button(self.tr("Cancel"), Variant.GHOST, size=Size.SMALL)
        cancel.clicked.connect(self.closed)
        note = Field(self.tr("Note"), self._note)
        add(column(self, (14, 12, 14, 12), 10), fields, note, Flow(self._save, cancel, gap=8))


def _draft(touch: TouchRow) -> TouchDraft:
    return TouchDraft(
        tuple(one for one, _ in touch.people), touch.kind, touch.on, touch.note, touch.direction
    )
