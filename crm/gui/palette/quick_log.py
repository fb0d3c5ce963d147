"""A touch in one sentence: what is understood shows as chips while it is typed. Nothing typed is lost."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from crm import wording
from crm.domain.quick import Corrections, QuickReading, correct
from crm.errors import KeepwarmError
from crm.gui import theme
from crm.gui.checkins.days import day_first
from crm.gui.palette.understood import Understood
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import TextArea
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column

KEPT = "quick_log"
_KEEP_MS = 400


class QuickLogDialog(Dialog):
    """One box. Enter saves, Shift+Enter is a new line; what isn't sure is asked first. Show it with `open()`.

    `start` is what is known without a sentence, `text` is there to begin with. Words that weren't saved are there the
    next time.
    """

    def __init__(
        self, session: Session, parent: QWidget, *, text: str = "", start: Corrections | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("QuickLogDialog", "Log a touch"), parent, width=620)
        self._session = session
        self._question: Callable[[], QuickReading]
        self._box = _Sentence(self.tr("Called Ana Lima yesterday re referral, check in in 3 weeks"))
        self._box.setAccessibleName(self.tr("What happened?"))
        self._understood = Understood(session)
        self._note = PlainLabel("", "small", "text2", wrap=True)
        self._keep = QTimer(self, interval=_KEEP_MS, singleShot=True)
        if start is not None:
            self._understood.corrections = start
        self._fill_body()
        self._connect()
        kept = session.services.kept(KEPT)
        self._earlier = kept if text or start else ""  # words from before that are none of this touch
        self._box.setPlainText(text if text or start else kept)
        self._box.moveCursor(self._box.textCursor().MoveOperation.End)
        self._read()

    def done(self, result: int) -> None:
        """Close; what was typed and not saved is kept."""
        self._keep_words()
        super().done(result)

    def _fill_body(self) -> None:
        caption = PlainLabel(self.tr("Understood"), "caption", "text3")
        chips = boxed(add(column(gap=8), caption, self._understood, self._note))
        add(self.body, self._box, chips)
        self.add_hint(self.tr("Enter saves. Shift+Enter for a new line."))
        self.add_cancel()
        self._save = self.add_button(self.tr("Save touch"), Variant.PRIMARY)

    def _connect(self) -> None:
        self._box.textChanged.connect(self._read)
        self._box.textChanged.connect(self._keep.start)
        self._box.submitted.connect(self._on_save_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._keep.timeout.connect(self._keep_words)
        self._understood.corrected.connect(self._on_corrected)

    def _keep_words(self) -> None:
        self._keep.stop()
        words = self._box.toPlainText().strip()
        self._session.services.keep(KEPT, "\n".join(part for part in (words, self._earlier) if part))

    def _read(self) -> None:
        session, text, first = self._session, self._box.toPlainText(), day_first()
        today = session.today()

        def question() -> QuickReading:
            from crm.app import quick as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return app.read(session.book, text, today=today, day_first=first)

        # Saved is what shows: "yesterday" stays that day when midnight passes before Enter.
        self._question = question
        session.ask(self, question, self._show, self)

    def _show(self, reading: QuickReading) -> None:
        corrected = correct(reading, self._understood.corrections)
        self._understood.show_reading(corrected)
        self._note.setText(self.tr("Note: {words}").format(words=corrected.note) if corrected.note else "")
        self._note.setVisible(bool(corrected.note))
        self.show_problem("")

    def _on_corrected(self) -> None:
        self._read()
        self._box.setFocus()

    def _on_save_clicked(self) -> None:
        session, question, corrections = self._session, self._question, self._understood.corrections

        def run() -> object:
            from crm.app import quick as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return app.log(session.book, correct(question(), corrections), today=session.today())

        self._save.setEnabled(False)
        # The bus outlives the dialog, which the user may close meanwhile: the toast comes all the same.
        session.tasks.write(run, self._on_logged, self._on_failed, session.bus)

    def _on_logged(self, _logged: object) -> None:
        self._session.services.did()
        if isValid(self):
            self._box.clear()
            self.accept()
        self._session.services.keep(KEPT, self._earlier)

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self) or not isinstance(error, KeepwarmError):
            self._session.services.failed(error)
            return
        self._save.setEnabled(True)
        self.show_problem(wording.error(error).what)
        self._understood.ask_what_is_open()


class _Sentence(TextArea):
    """A box whose Enter saves; a line break is Shift+Enter."""

    def __init__(self, placeholder: str) -> None:
        super().__init__("", placeholder, lines=3)
        self.setMaximumHeight(theme.line("body") * 5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)
