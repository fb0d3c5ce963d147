"""The window: sidebar, pages, menu bar, toast. It opens at once and fills when the book has been looked over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from crm import wording
from crm.domain.changes import Changes
from crm.domain.history import Step
from crm.domain.interview import InterviewId
from crm.errors import KeepwarmError
from crm.gui import standing
from crm.gui.actions import Act, Actions, When
from crm.gui.appearance import Appearance
from crm.gui.bus import Bus
from crm.gui.checkpoints import Checkpoints
from crm.gui.feeds import Feeds
from crm.gui.frame import Frame
from crm.gui.hints import Hints
from crm.gui.menu_verbs import MenuVerbs
from crm.gui.notices import Notices
from crm.gui.places import Places
from crm.gui.pushing import Pushing
from crm.gui.services import Desk, WindowServices
from crm.gui.session import Place, Session
from crm.gui.standing import Standing
from crm.gui.subscribing import Subscribing
from crm.gui.tasks import TaskRunner
from crm.gui.trail import Trail
from crm.gui.undoing import Undoing
from crm.gui.widgets.drop_zone import is_calendar_name, local_paths
from crm.settings import Settings, ThemeChoice

if TYPE_CHECKING:
    from crm.app.books import Book

_POLL_MS = 2000
_MINUTE_MS = 60_000


class Window(QMainWindow):
    """One window on one book. `closed()` once everything is saved; the wishes are for whoever opened the book."""

    closed = Signal()
    sample_requested = Signal()
    restore_requested = Signal(object)
    own_book_requested = Signal()

    def __init__(
        self,
        tasks: TaskRunner,
        settings_file: Path,
        places: Places,
        today: Callable[[], date],
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self.tasks = tasks
        self._places = places
        self._today = today
        self._day = today()
        self._session: Session | None = None
        self._sample = False
        self._settled = False  # whether the book's first place shows
        self._waiting: tuple[Path, ...] = ()
        self._quitting = False
        self.undoing = Undoing(self)
        self.notices = Notices(tasks, places, now, self)
        self.appearance = Appearance(settings_file, self)
        self._trail = Trail(Place("today"))
        self._poll = QTimer(self, interval=_POLL_MS)
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._build_ui()
        self._connect()
        self._follow()
        self._places.restore_window(self)
        self._title()

    @property
    def session(self) -> Session | None:
        """The session, once the book is open."""
        return self._session

    @property
    def here(self) -> Place:
        """The place shown."""
        return self._trail.here

    def settings(self) -> Settings:
        """Return this machine's settings."""
        return self.appearance.settings

    def open(self, book: "Book", *, sample: bool = False) -> None:
        """Show a book: its pages, from the first one."""
        bus = Bus(self)
        book.on_changes(bus.publish)
        bus.changed.connect(self._on_bus_changed)
        feeds = Feeds(book, self.tasks, bus, self._today)
        feeds.refresh_soon()
        Checkpoints(book, self.tasks, bus)
        subscribing = Subscribing(book, self._today, bus)
        pushing = Pushing(book, self.tasks, bus, self._today)
        pushing.offered.connect(self._on_pushing_offered)
        pushing.stopped.connect(self._on_pushing_stopped)
        self._session = Session(
            book, self.tasks, bus, self.actions_, self.services, self._today, feeds, subscribing, pushing
        )
        pushing.push_soon()
        self._sample = sample
        self._subscribe()
        self._notify()
        self._frame.set_sample(sample)
        self._say_saved()
        self._settled = False
        self._frame.rooms.drop()
        self._poll.start()
        self._count(first=True)

    def release(self) -> None:
        """Let go of the book, so that another can take its place."""
        self._poll.stop()
        self._settled = False
        self._frame.rooms.drop()
        self.notices.follow(self.settings(), None)
        if self._session is not None:
            self._session.feeds.stop()
            self._session.pushing.stop()
            self._session.subscribing.stop()
            self._session.book.close()
            self._session = None

    def show_page(self, widget: QWidget) -> None:
        """Show a page that is no room: what went wrong when the book was opened."""
        self._frame.rooms.show_other(widget)
        self._title()

    def go(self, place: Place) -> None:
        """Go to a place; it can be come back from."""
        self._trail.visit(place)
        self._show_here()

    def import_files(self, paths: tuple[Path, ...]) -> None:
        """Open the import with these files, or the meetings with calendars; before the book shows, as soon as it does."""
        if not self._settled:
            self._waiting += paths
        if not self._settled or not paths:
            return
        self.go(Place("meetings" if all(map(is_calendar_name, paths)) else "importing"))
        self.current_page().start(paths)  # type: ignore[union-attr]

    def change_settings(self, settings: Settings) -> None:
        """Keep this machine's settings and show them: theme and text size change at once."""
        self.appearance.change(settings)

    def quit(self) -> None:
        """Close, also where closing would only hide the window."""
        self._quitting = True
        self.close()

    def come_forward(self) -> None:
        """Show the window before others, wherever it was."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def set_theme(self, choice: ThemeChoice) -> None:
        """Change the theme."""
        self.appearance.set_theme(choice)

    def undo(self) -> None:
        """Take the last action back."""
        self.undoing.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.undoing.redo()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self.actions_ = Actions(self)
        self._frame = Frame(self)
        self._frame.set_sample(self._sample)
        self.setCentralWidget(self._frame)
        self.setAcceptDrops(True)
        self.actions_.fill_menu_bar(self.menuBar())
        self.menuBar().setVisible(self.menuBar().isNativeMenuBar())
        desk = Desk(
            self.go, self.undoing.latest, self._on_told, self._words_for, self.undo, self.settings, self.change_settings,
            self.import_files, self.sample_requested.emit, self.restore_requested.emit, self._on_unsaved, self._places,
        )  # fmt: skip
        self.services = WindowServices(desk, self.tasks, self._frame.toast)
        self._hints = Hints(self, self._frame, self.actions_)

    def _connect(self) -> None:
        sidebar = self._frame.sidebar
        sidebar.chosen.connect(self._on_sidebar_chosen)
        sidebar.toggle_requested.connect(self.actions_[Act.SIDEBAR].trigger)
        sidebar.search_requested.connect(self.actions_[Act.PALETTE].trigger)
        self._frame.rooms.add_person_requested.connect(self._on_add_person_requested)
        self._frame.own_book_requested.connect(self.own_book_requested)
        self._verbs = MenuVerbs(self)
        self.appearance.show_in(self.actions_)

    def _follow(self) -> None:
        """Listen to what stays when everything else is built anew."""
        self.appearance.rescaled.connect(self._on_appearance_rescaled)
        self.appearance.changed.connect(self._on_appearance_changed)
        self.appearance.unsaved.connect(self._on_appearance_unsaved)
        self.notices.opened.connect(self._on_notices_opened)
        self.notices.quit_requested.connect(self.quit)
        self.notices.told.connect(self._on_notices_told)
        self.notices.brief_told.connect(self._on_notices_brief_told)
        self.notices.brief_requested.connect(self._on_notices_brief_requested)
        self._poll.timeout.connect(self._on_poll_timeout)
        self._clock.timeout.connect(self._on_clock_timeout)
        self._clock.start()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    # --- going places -----------------------------------------------------------------------------------------------

    def _show_here(self) -> None:
        if self._session is None:
            return
        self._frame.rooms.show_place(self.here, self._session)
        self._frame.sidebar.choose(self.here.page)
        self._title()
        self._show_possible()

    def back(self) -> None:
        """Go back one place."""
        self._trail.back()
        self._show_here()

    def forward(self) -> None:
        """Go forward one place."""
        self._trail.forward()
        self._show_here()

    def current_page(self) -> QWidget | None:
        """Return the page that shows."""
        return self._frame.rooms.currentWidget()

    # --- looks ------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_appearance_rescaled(self) -> None:
        """Build everything anew in the new text size, where the user is."""
        was_active = self.isActiveWindow()
        old = self.centralWidget()
        self.menuBar().clear()
        actions, verbs = self.actions_, self._verbs
        self._build_ui()
        self._connect()
        actions.deleteLater()
        verbs.deleteLater()
        if old is not None:
            old.deleteLater()
        if self._session is not None:
            self._session = replace(self._session, actions=self.actions_, services=self.services)
            self._say_saved()
            self._show_here()
            self._count()
        self._fit()
        if was_active:
            self.activateWindow()  # losing the focused widget may have cost the window its keys

    def _fit(self) -> None:
        self._frame.fit(self.width(), sidebar_open=self.settings().sidebar_open)

    def _subscribe(self) -> None:
        """Serve the calendar as the settings want it; a port that was found free stays the one. A sample is nobody's."""
        if self._session is None or self._sample:
            return
        served = self._session.subscribing
        served.follow(self.settings())
        if served.port and served.port != self.settings().subscription_port:
            self.change_settings(replace(self.settings(), subscription_port=served.port))

    def _notify(self) -> None:
        """Tell the day's notice as the settings want it, of the user's own book."""
        book = self._session.book if self._session is not None and not self._sample else None
        self.notices.follow(self.settings(), book)

    # --- state ------------------------------------------------------------------------------------------------------

    def _count(self, *, first: bool = False) -> None:
        """Ask what the sidebar and the Edit menu say."""
        session = self._session
        if session is None:
            return

        def show(found: Standing) -> None:
            self.undoing.set_steps(found.undo, found.redo)
            self._frame.sidebar.set_counts({page: count or None for page, count in found.counts.items()})
            self._hints.waiting = found.counts["today"]
            self._show_possible()
            if first:
                self._first_place(Place("first_run" if found.empty else "today"))

        session.ask("counts", partial(standing.of, session), show, self)

    def _first_place(self, place: Place) -> None:
        self._trail = Trail(place)
        self._show_here()
        self._settled = True
        waiting, self._waiting = self._waiting, ()
        self.import_files(waiting)

    def _show_possible(self) -> None:
        holds = {
            When.CAN_GO_BACK: self._trail.can_go_back,
            When.CAN_GO_FORWARD: self._trail.can_go_forward,
            When.RECORD: self._session is not None,
            When.PERSON: self._session is not None,
            When.CHECK_IN: self._session is not None,
        }
        self.actions_.set_state(self.undoing.possible() | {when for when, held in holds.items() if held})
        self.undoing.label(self.actions_)

    def _say_saved(self) -> None:
        if self._session is not None:
            self._frame.say_saved(read_only=self._session.book.read_only)

    def _on_unsaved(self, error: KeepwarmError) -> None:
        if self._session is not None and error.params.get("path") == str(self._session.book.path):
            self._frame.say_unsaved()

    def _title(self) -> None:
        words = self._frame.rooms.title()
        self.setWindowTitle(f"{words} – Keepwarm" if words else "Keepwarm")

    def _words_for(self, step: Step) -> str:
        return wording.done(step.op, step.params, self._today())

    # --- events -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._session is not None and local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        paths = local_paths(event.mimeData())
        letters = self._verbs.log_letters(paths)
        self.import_files(tuple(path for path in paths if path not in letters))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.notices.stays and not self._quitting and not self._ending():
            event.ignore()
            self.hide()
            return
        self._poll.stop()
        self._clock.stop()
        self._places.save_window(self)
        self._places.sync()
        self.hide()  # what was asked for is finished out of sight
        if self._session is not None:
            self._session.subscribing.stop()
            self._session.pushing.stop()
            self._session.feeds.finish()
        self.tasks.close()
        if self._session is not None:
            self._session.book.close()
            self._session = None
        super().closeEvent(event)
        self.closed.emit()

    def _ending(self) -> bool:
        """Say whether the system ends the session: nothing may stand in its way."""
        app = QApplication.instance()
        return isinstance(app, QApplication) and app.isSavingSession()

    @Slot(str)
    def _on_add_person_requested(self, company: str) -> None:
        self.go(Place("people"))
        self.current_page().add_person(company=company)  # type: ignore[union-attr]

    @Slot(str)
    def _on_sidebar_chosen(self, page: str) -> None:
        if page != self.here.page:
            self._hints.went(page)
        self.go(Place(page))

    def _on_told(self, step: Step) -> None:
        self._hints.did(step.op)

    @Slot(object)
    def _on_bus_changed(self, _changes: Changes) -> None:
        self._say_saved()
        self._count()
        self._title()

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """See whether the focus was lost: nothing has it, or what had it is gone and Qt gave it to what comes next."""
        if new is None or (new.window() is self and _fell_out(self.current_page(), old, new)):
            QTimer.singleShot(0, self, self._find_focus)

    def _find_focus(self) -> None:
        """Give the focus to the page when what had it is gone: a row that left Today, a menu of a deleted card."""
        page, focus = self.current_page(), QApplication.focusWidget()
        if page is None or not self.isActiveWindow() or QApplication.activeModalWidget() is not None:
            return
        if (focus is None or not page.isAncestorOf(focus)) and hasattr(page, "primary_focus"):
            page.primary_focus().setFocus()

    @Slot()
    def _on_poll_timeout(self) -> None:
        session = self._session
        if session is not None:
            session.tasks.read("poll", session.book.poll, None, self.services.failed, self)

    @Slot()
    def _on_notices_opened(self) -> None:
        self.come_forward()
        self.go(Place("today"))

    @Slot(str)
    def _on_notices_told(self, words: str) -> None:
        self.services.tell_with(words, self.tr("See today"), lambda: self.go(Place("today")))

    @Slot(str, int)
    def _on_notices_brief_told(self, words: str, interview: int) -> None:
        self.services.tell_with(words, self.tr("Open brief"), lambda: self._open_brief(interview))

    @Slot(int)
    def _on_notices_brief_requested(self, interview: int) -> None:
        self.come_forward()
        self._open_brief(interview)

    def _open_brief(self, interview: int) -> None:
        if self._session is not None:
            from crm.gui.lessons import open_brief  # noqa: PLC0415 - not needed for the first paint

            open_brief(self._session, InterviewId(interview), self)

    @Slot(object)
    def _on_pushing_stopped(self, error: KeepwarmError) -> None:
        self.services.tell_with(
            wording.error(error).what, self.tr("Settings"), lambda: self.go(Place("settings"))
        )

    @Slot(int)
    def _on_pushing_offered(self, number: int) -> None:
        self.services.tell_with(
            wording.offers_wait(number), self.tr("Look at them"), self._verbs.answer_calendar
        )

    @Slot()
    def _on_clock_timeout(self) -> None:
        self.notices.look()
        if self._today() != self._day:
            self._day = self._today()
            self._frame.rooms.refresh()
            self._count()
            if self._session is not None:
                self._session.feeds.refresh()
                self._session.pushing.push()

    @Slot()
    def _on_appearance_changed(self) -> None:
        self.appearance.show_in(self.actions_)
        self._fit()
        self._subscribe()
        self._notify()

    @Slot(object)
    def _on_appearance_unsaved(self, error: KeepwarmError) -> None:
        self.services.failed(error)


def _fell_out(page: QWidget | None, old: QWidget | None, new: QWidget) -> bool:
    """Say whether the focus left a page because what had it there is hidden now."""
    if page is None or old is None or not isValid(old) or old.isVisible():
        return False
    return page.isAncestorOf(old) and not page.isAncestorOf(new)
