"""Form fields: `Field(label, editor, help="")` around `TextField`, `TextArea`, `Select`, `DateField`; `CheckBox`, `Radio`.

The label is always visible and names the editor; `Field.show_problem(text)` puts an error line under it.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
    QWidgetAction,
)

from crm.gui import text, theme
from crm.gui.theme import px
from crm.gui.widgets.announce import announce
from crm.gui.widgets.buttons import Button, IconButton, Size
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, column, row, tab_after


class Field(QWidget):
    """A label, an editor, a line of help, and a line for what is wrong."""

    def __init__(
        self, label: str, editor: QWidget, help_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._help = help_text
        self.label = PlainLabel(label, "captionMedium", "text2")
        self.label.setBuddy(editor)
        editor.setAccessibleName(text.one_line(label))
        editor.setAccessibleDescription(text.one_line(help_text))
        self._below = PlainLabel(help_text, "caption", "text3", wrap=True)
        self._sign = Icon("circle-alert", "bad", 14)
        self._sign.hide()
        if not help_text:  # shown without a parent it would flash up as a window
            self._below.hide()
        line = add(row(gap=4), (self._sign, Qt.AlignmentFlag.AlignTop), (self._below, 1))
        layout = add(column(self, gap=4), self.label, editor, line)
        if isinstance(editor, DateField):
            editor.understood.connect(self.say)
        if not editor.sizePolicy().expandingDirections() & Qt.Orientation.Vertical:
            # Fields beside one another then start on one line.
            layout.addStretch(1)

    def show_problem(self, problem: str, *, focus: bool = True) -> None:
        """Say what is wrong with the value; "" says that all is well."""
        self.say(problem, bad=bool(problem))
        self.editor.setProperty("wrong", bool(problem))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
        if problem:
            announce(self.editor, problem)
            if focus:
                self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str, *, bad: bool = False) -> None:
        """Say something below the editor in the place of the help; "" brings that back."""
        self._sign.setVisible(bad)
        self._below.set_tone("bad" if bad else "text2" if words else "text3")
        self._below.setText(words or self._help)
        self._below.setVisible(bool(words or self._help))
        self.editor.setAccessibleDescription(text.one_line(words or self._help))


class TextField(QLineEdit):
    """One line of text. `limit` is the longest text it takes."""

    def __init__(
        self, value: str = "", placeholder: str = "", *, limit: int = 1000, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFont(theme.font("body"))
        self.setMaxLength(limit)
        self.setPlaceholderText(placeholder)
        self.setText(value)
        self.setCursorPosition(0)


class TextArea(QPlainTextEdit):
    """Lines of plain text; Tab leaves it. `submitted()` on Ctrl+Enter, `left()` when the focus goes elsewhere."""

    submitted = Signal()
    left = Signal()

    def __init__(
        self, value: str = "", placeholder: str = "", *, lines: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFont(theme.font("body"))
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setPlainText(value)
        self.setMinimumHeight(theme.line("body") * lines + px(18))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Select(QComboBox):
    """One of a few values: pairs of a value and its words. `chosen(object)` tells the value the user picked."""

    chosen = Signal(object)

    def __init__(self, options: Iterable[tuple[object, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.font("body"))
        self._values: list[object] = []
        self.set_options(options)
        self.activated.connect(self._on_activated)

    @property
    def value(self) -> object:
        """The value that shows; None where there is none."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def set_options(self, options: Iterable[tuple[object, str]]) -> None:
        """Offer other values; keeps the one that shows if it is among them."""
        before = self.value
        self.clear()
        self._values = []
        for value, words in options:
            self._values.append(value)
            self.addItem(text.one_line(words))
        if before in self._values:
            self.choose(before)

    def choose(self, value: object) -> None:
        """Show a value without telling anybody. Raises `ValueError` for one that isn't offered."""
        self.setCurrentIndex(self._values.index(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A list that changes under a wheel meant for the page changes data nobody meant to change.
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(96), super().minimumSizeHint().height())

    def _on_activated(self, _at: int) -> None:
        self.chosen.emit(self.value)


ReadDates = Callable[[str], Sequence[date]]
ShowDate = Callable[[date], str]


class DateField(QWidget):
    """A day: typed, in words where `read` knows them, or picked from a calendar. Shown back in full on leaving.

    `changed()` tells that `value` may be another; `problem` is true while what is typed can't be read. `understood(str)`
    says while somebody types which day that is; where it may be one of two, the field asks which.
    """

    changed = Signal()
    understood = Signal(str)

    def __init__(
        self,
        value: date | None = None,
        *,
        read: ReadDates | None = None,
        show: ShowDate | None = None,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._show = read or read_dates, show or show_date
        self._value = value
        self.line = TextField("", placeholder)
        self._button = IconButton("calendar-days", self.tr("Pick a day"), outlined=True)
        self._menu = QMenu(self)
        self._calendar = QCalendarWidget()
        self._meant = Flow(gap=6)
        self._build_ui()
        self.line.textEdited.connect(self._on_text_edited)
        self.line.editingFinished.connect(self._on_editing_finished)
        self._button.clicked.connect(self._on_button_clicked)
        self._calendar.clicked.connect(self._on_day_clicked)
        self._calendar.activated.connect(self._on_day_clicked)
        self.set_value(value)

    @property
    def value(self) -> date | None:
        """The day, None for an empty field or one that can't be read."""
        return self._parsed()[0]

    @property
    def problem(self) -> bool:
        """Whether what is typed is no day."""
        return self._parsed()[1]

    @property
    def question(self) -> str:
        """Which of two days is meant, "" where that is clear."""
        found = self._found()
        if len(found) < 2:
            return ""
        return self.tr("Is that {one} or {other}?").format(
            one=self._show(found[0]), other=self._show(found[1])
        )

    def set_value(self, value: date | None) -> None:
        """Show a day without telling anybody."""
        self._value = value
        self.line.setText(self._show(value) if value else "")
        self._ask_which(())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)

    def _build_ui(self) -> None:
        self._meant.hide()
        add(column(self, gap=6), add(row(gap=6), (self.line, 1), self._button), self._meant)
        self.setFocusProxy(self.line)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setFont(theme.font("small"))
        self._calendar.setMinimumSize(px(300), px(240))
        holder = QWidgetAction(self._menu)
        holder.setDefaultWidget(self._calendar)
        self._menu.addAction(holder)

    def _parsed(self) -> tuple[date | None, bool]:
        found = self._found()
        return (found[0], False) if len(found) == 1 else (None, bool(self.line.text().strip()))

    def _found(self) -> Sequence[date]:
        words = self.line.text().strip()
        if self._value is not None and words == self._show(self._value):
            return (self._value,)
        return self._read(words) if words else ()

    def _on_text_edited(self, words: str) -> None:
        found = self._found()
        said = self._show(found[0]) if len(found) == 1 else self.question
        self.understood.emit("" if said == words.strip() else said)
        self._ask_which(found)

    def _ask_which(self, days: Sequence[date]) -> None:
        """Offer the days that may be meant where there are two."""
        self._meant.clear()
        offered: list[Button] = []
        for day in days if len(days) > 1 else ():
            button = Button(self._show(day), size=Size.SMALL)
            button.clicked.connect(partial(self._choose, day))
            self._meant.add(button)
            offered.append(button)
        self._meant.setVisible(bool(offered))
        tab_after(self._button, *offered)

    def _choose(self, day: date) -> None:
        self.set_value(day)
        self.line.setFocus()
        self.understood.emit("")
        self.changed.emit()

    def _on_editing_finished(self) -> None:
        value, problem = self._parsed()
        if not problem and value != self._value:
            self.set_value(value)
            self.changed.emit()
        elif not problem:
            self.set_value(value)

    def _on_button_clicked(self) -> None:
        day = self.value or date.today()  # noqa: DTZ011 - the day of the user's own clock
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _on_day_clicked(self, day: QDate) -> None:
        self._menu.hide()
        self._choose(date(day.year(), day.month(), day.day()))


class CheckBox(QCheckBox):
    """A box to tick, with literal words."""

    def __init__(self, label: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text.literal(label), parent)
        self.setFont(theme.font("body"))
        self.setChecked(checked)
        self.setAccessibleName(text.one_line(label))


class Radio(QRadioButton):
    """One of several, with literal words."""

    def __init__(self, label: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text.literal(label), parent)
        self.setFont(theme.font("body"))
        self.setChecked(checked)
        self.setAccessibleName(text.one_line(label))


def show_date(day: date) -> str:
    """Return a day in the user's own short form."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def read_dates(words: str) -> tuple[date, ...]:
    """Read a day as ISO or in the user's own short or long form; empty if it is none of these."""
    try:
        return (date.fromisoformat(words.strip()),)
    except ValueError:
        pass
    kinds: Sequence[QLocale.FormatType] = (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat)
    for kind in kinds:
        found = QLocale().toDate(words.strip(), kind)
        # Short forms have two digits for the year; Qt then reads the last century.
        if found.isValid() and found.year() >= 1900:
            if found.year() < 1970 and str(found.year()) not in words:
                found = found.addYears(100)
            return (date(found.year(), found.month(), found.day()),)
    return ()
