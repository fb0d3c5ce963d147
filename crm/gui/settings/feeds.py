"""Calendar files kept up to date: which there are, how each one stands, and adding or stopping them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.feed import Feed, FeedState
from crm.gui.export.feed_dialog import FeedDialog
from crm.gui.session import Session
from crm.gui.settings.section import Section
from crm.gui.widgets.buttons import Button, IconButton, Size
from crm.gui.widgets.labels import ElidedLabel, Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row


class FeedsSection(Section):
    """Every kept file with its name, its place and its state; a failure stands here until it is mended."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._build_ui()
        session.feeds.refreshed.connect(self._show)

    def refresh(self) -> None:
        """Look at the files anew."""
        self._session.feeds.refresh()

    def _build_ui(self) -> None:
        self.set_title(self.tr("Calendar files kept up to date"))
        self._add = Button(self.tr("Keep a file…"), icon="plus")
        self._add.clicked.connect(self._on_add_clicked)
        self.add_row(
            self.tr("Files"),
            self.tr("Rewritten after every change, for calendars that subscribe to a file. The file stays when you stop."),
            self._add,
        )  # fmt: skip
        self._list = QWidget()
        self._lines = column(self._list, (0, 8, 0, 8), 8)
        self.add_widget(self._list)

    @Slot(object)
    def _show(self, states: tuple[FeedState, ...]) -> None:
        clear(self._lines)
        if not states:
            add(self._lines, PlainLabel(self.tr("None yet."), "small", "text2"))
        for state in states:
            self._lines.addWidget(self._line(state))

    def _line(self, state: FeedState) -> QWidget:
        feed, error = state.feed, state.error
        words = wording.feed_state(state)
        said = column(None, gap=2)
        add(said, ElidedLabel(feed.draft.name, "bodyMedium"), ElidedLabel(feed.draft.path, "small", "text2"))
        add(said, PlainLabel(words, "small", "text2" if error is None else "bad", wrap=True))
        sign = Icon("circle-check", "ok", 16) if error is None else Icon("circle-alert", "bad", 16)
        edit = Button(self.tr("Change…"), size=Size.SMALL)
        edit.setAccessibleName(wording.say(self.tr("Change {name}"), name=feed.draft.name))
        edit.clicked.connect(self._opener(feed))
        stop = IconButton("x", wording.say(self.tr("Stop keeping {name}"), name=feed.draft.name), size=28, icon_size=16)  # fmt: skip
        stop.clicked.connect(self._stopper(feed))
        line = boxed(add(row(gap=12), (sign, Qt.AlignmentFlag.AlignTop), (said, 1), edit, stop))
        line.setAccessibleName(wording.say("{name}: {state}", name=feed.draft.name, state=words))
        return line

    def _opener(self, feed: Feed) -> Callable[[], None]:
        return partial(self._open, feed)

    def _open(self, feed: Feed | None) -> None:
        FeedDialog(self._session, self, feed).open()

    def _stopper(self, feed: Feed) -> Callable[[], None]:
        session = self._session

        def run() -> None:
            from crm.app import feeds  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            feeds.remove(session.book, feed.id)

        return lambda: session.do(run, self, lambda _: session.feeds.refresh())

    @Slot()
    def _on_add_clicked(self) -> None:
        self._open(None)
