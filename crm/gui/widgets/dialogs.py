"""Dialogs: `Dialog(title, parent)` with `.body`; `ask`, `tell`, `tell_error`; the file choosers.

All text is plain. A dialog opens over its window and returns at once: what happens after comes as a callback, so
nothing waits in a nested loop. Enter presses the primary button, Esc cancels, Ctrl+Enter saves from a text box.
The file choosers are the system's own and do wait.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from crm.gui import text
from crm.gui.theme import px
from crm.gui.widgets.announce import announce
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.labels import IconTile, PlainLabel
from crm.gui.widgets.layouts import add, column, row, scrolled


class Dialog(QDialog):
    """Title, `body` to fill, and a footer with buttons at its end, the primary last."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        lead: str = "",
        width: int = 480,
        icon: str = "",
        tone: str = "info",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(text.one_line(title))
        self.setAccessibleName(text.one_line(title))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._primary: Button | None = None
        self.body = column(gap=12)
        self.note = PlainLabel("", "small", "bad", wrap=True)
        self.note.hide()
        self._build_ui(title, lead, icon, tone)
        self._fit(px(width))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._press_primary)

    def add_button(self, label: str, variant: Variant = Variant.PLAIN) -> Button:
        """Add a button to the footer and return it; a primary or dangerous one answers Enter."""
        button = Button(label, variant)
        self._footer.addWidget(button)
        if variant in (Variant.PRIMARY, Variant.DANGER):
            self._primary = button
            button.setDefault(True)
        return button

    def add_hint(self, words: str) -> None:
        """Say something at the start of the footer."""
        self._footer.insertWidget(0, PlainLabel(words, "caption", "text3", wrap=True), 1)
        self._footer.setStretch(1, 0)  # the hint takes the room before the buttons

    def add_cancel(self, label: str = "") -> Button:
        """Add the button that closes without doing anything."""
        button = self.add_button(label or self.tr("Cancel"))
        button.clicked.connect(self.reject)
        return button

    def set_waiting(self, waiting: bool) -> None:
        """Let the primary button rest while what it does is under way, so that it isn't done twice."""
        if self._primary is not None:
            self._primary.setEnabled(not waiting)

    def show_problem(self, problem: str) -> None:
        """Say above the footer what is wrong; "" takes it away."""
        self.note.setText(problem)
        self.note.setVisible(bool(problem))
        if problem:
            announce(self, problem, urgent=True)

    def setVisible(self, visible: bool) -> None:
        if visible and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self._grow()
        super().setVisible(visible)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or isinstance(focus, QPlainTextEdit):
            super().keyPressEvent(event)
        elif isinstance(focus, QAbstractButton) and not isinstance(focus, QCheckBox | QRadioButton):
            focus.click()
        else:
            self._press_primary()

    def _press_primary(self) -> None:
        if self._primary is not None and self._primary.isEnabled() and self._primary.isVisible():
            self._primary.click()

    def _build_ui(self, title: str, lead: str, icon: str, tone: str) -> None:
        whole = column(self)
        head = row(margins=(24, 20, 24, 12), gap=14)
        if icon:
            add(head, (IconTile(icon, tone, 40, 20), Qt.AlignmentFlag.AlignTop))
        words = add(column(gap=2), PlainLabel(title, "title", wrap=True))
        if lead:
            add(words, PlainLabel(lead, "body", "text2", wrap=True))
        add(head, (words, 1))
        inner = QWidget()
        add(column(inner, (24, 0, 24, 16)), self.body)
        self._scroll = scrolled(inner, title)
        inner.installEventFilter(self)
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        foot.setMinimumHeight(px(64))
        self._footer = add(row(gap=8), None)
        add(column(foot, (24, 8, 24, 8), gap=6), self.note, self._footer)
        add(whole, head, (self._scroll, 1), foot)

    def _fit(self, width: int) -> None:
        screen = self.screen().availableGeometry()
        self.setMinimumWidth(min(width, screen.width() - px(32)))
        self.setMaximumHeight(screen.height() - px(32))

    def _grow(self) -> None:
        """Be as tall as the body wants, if the screen is; left alone, Qt stops at two thirds of it. Never shrink."""
        inner, layout = self._scroll.widget(), self.layout()
        if inner is None or layout is None:
            return
        layout.activate()
        shown = self.size() if self.isVisible() else QSize(0, 0)
        wide = max(self.minimumWidth(), layout.minimumSize().width(), shown.width())
        wanted = inner.heightForWidth(wide) if inner.hasHeightForWidth() else inner.sizeHint().height()
        wanted = max(wanted, inner.minimumSizeHint().height())
        rest = self.sizeHint().height() - self._scroll.sizeHint().height()
        self.resize(wide, max(min(rest + wanted, self.maximumHeight()), shown.height()))


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask before something that can't be undone. `confirm` is a verb and its noun, never "OK"."""

    title: str
    body: str
    confirm: str
    danger: bool = False
    cancel: str = ""


def ask(parent: QWidget, question: Question, confirmed: Callable[[], None]) -> Dialog:
    """Ask; call `confirmed` if the answer is yes. Returns the open dialog."""
    dialog = Dialog(question.title, parent, lead=question.body)
    dialog.add_cancel(question.cancel)
    yes = dialog.add_button(question.confirm, Variant.DANGER if question.danger else Variant.PRIMARY)
    yes.clicked.connect(dialog.accept)
    dialog.accepted.connect(confirmed)
    dialog.open()
    return dialog


def tell(parent: QWidget, title: str, body: str, *, icon: str = "info") -> Dialog:
    """Tell something that needs no answer."""
    dialog = Dialog(title, parent, lead=body, icon=icon)
    close = dialog.add_button(_tr("Close"), Variant.PRIMARY)
    close.clicked.connect(dialog.accept)
    dialog.open()
    return dialog


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened, what is safe, what to do; `details` for a report, such as a traceback."""

    title: str
    what: str
    safe: str = ""
    todo: str = ""
    details: str = ""


def tell_error(parent: QWidget | None, trouble: Trouble, action: str = "") -> Dialog:
    """Tell an error. With `action` there is a second button of that name; it accepts the dialog."""
    dialog = Dialog(trouble.title, parent, lead=trouble.what, icon="circle-alert", tone="bad", width=520)
    for words in filter(None, (trouble.safe, trouble.todo)):
        dialog.body.addWidget(PlainLabel(words, "body", wrap=True))
    if trouble.details:
        details = QPlainTextEdit()
        details.setReadOnly(True)
        details.setPlainText(text.clean(trouble.details))
        details.setAccessibleName(_tr("Details"))
        details.setTabChangesFocus(True)
        details.setMinimumHeight(px(140))
        dialog.body.addWidget(details)
    close = dialog.add_button(_tr("Close"), Variant.PLAIN if action else Variant.PRIMARY)
    close.clicked.connect(dialog.reject)
    if action:
        dialog.add_button(action, Variant.PRIMARY).clicked.connect(dialog.accept)
    dialog.open()
    return dialog


def choose_files(
    parent: QWidget, title: str, filters: Sequence[str], start: Path | None = None
) -> tuple[Path, ...]:
    """Let the user choose files to read; empty when they cancel. A filter reads "Contacts (*.vcf *.csv)"."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(start or ""), ";;".join(filters))
    return tuple(Path(name) for name in names)


def choose_folder(parent: QWidget, title: str, start: Path | None = None) -> Path | None:
    """Let the user choose a folder."""
    name = QFileDialog.getExistingDirectory(parent, title, str(start or ""))
    return Path(name) if name else None


def choose_save(parent: QWidget, title: str, suggested: Path, filters: Sequence[str]) -> Path | None:
    """Let the user choose where to save; the system asks before a file is replaced."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), ";;".join(filters))
    return Path(name) if name else None


def save_as(
    parent: QWidget, title: str, name: str, ending: str, chosen: Callable[[Path], None], kind: str = ""
) -> None:
    """Let the user say where to save, among their documents at first; `chosen` gets a path that ends in `ending`."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    path = choose_save(parent, title, Path(documents) / f"{name}{ending}", (f"{kind} (*{ending})".strip(),))
    if path is None:
        return
    named = path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")
    if named == path or not named.exists():
        chosen(named)
        return
    # The system asked about the name as it was typed, not about this file.
    question = Question(
        _tr("Replace {file}?").format(file=named.name),
        _tr("There is a file of this name already."),
        _tr("Replace file"),
    )
    ask(parent, question, lambda: chosen(named))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Dialog", words)
