"""Long work made visible: `ProgressPane("Importing")`, then `.follow(progress, "Importing {done} of {total}")`.

It polls the progress ten times a second; `cancel_requested()` when Cancel is pressed (and it tells the progress).
"""

from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from crm.gui.widgets.buttons import Button
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, row

POLL_MS = 100
_PARTS = 1000  # of the bar: it counts no further than 2³¹, and a file may have more bytes


class Polled(Protocol):
    """What can be followed: counts that another thread moves, and a way to stop it."""

    total: int
    done: int
    is_finishing: bool

    def cancel(self) -> None:
        """Ask the work to stop."""
        ...


class ProgressPane(QWidget):
    """A line of text, a bar, Cancel."""

    cancel_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._source: Polled | None = None
        self._words = ""
        self._text = PlainLabel(name, "body", "text2", tabular=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(name)
        self.cancel = Button(self.tr("Cancel"))
        add(column(self, gap=8), add(row(gap=12), (self._text, 1), self.cancel), self._bar)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.refresh)
        self.cancel.clicked.connect(self._on_cancel_clicked)

    def follow(self, source: Polled, words: str) -> None:
        """Show `source` from now on; `words` may name {done} and {total}."""
        self._source, self._words = source, words
        self.cancel.setEnabled(True)
        self._timer.start()
        self.refresh()

    def stop(self) -> None:
        """Show no more of it."""
        self._timer.stop()
        self._source = None

    def refresh(self) -> None:
        """Show what the progress says now; without a total the bar only moves. What can't be cancelled says so."""
        if self._source is None:
            return
        if self._source.is_finishing:
            self.cancel.setEnabled(False)
            self._bar.setRange(0, 0)
            self._text.setText(self.tr("Saving. This can’t be cancelled any more."))
            return
        total, done = self._source.total, self._source.done
        self._bar.setRange(0, _PARTS if total else 0)
        self._bar.setValue(_PARTS * min(done, total) // max(total, 1))
        number = self.locale().toString
        self._text.setText(self._words.format(done=number(done), total=number(total)))

    def _on_cancel_clicked(self) -> None:
        self.cancel.setEnabled(False)
        if self._source is not None:
            self._source.cancel()
        self.cancel_requested.emit()
