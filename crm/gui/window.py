"""The window: sidebar, pages, menu bar, toast. It opens at once and fills when the book has been looked over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from crm import settings as machine
from crm import wording
from crm.domain.changes import Changes
from crm.domain.history import Step
from crm.errors import KeepwarmError
from crm.gui import looks, rooms, theme
from crm.gui.actions import Act, Actions, When
from crm.gui.bus import Bus
from crm.gui.menu_verbs import MenuVerbs
from crm.gui.places import Places
from crm.gui.services import Desk, WindowServices
from crm.gui.session import Place, Session
from crm.gui.sidebar import Sidebar
from crm.gui.tasks import TaskRunner
from crm.gui.trail import Trail
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.drop_zone import local_paths
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.gui.widgets.toast import Toast
from crm.settings import Settings, ThemeChoice

if TYPE_CHECKING:
    from crm.app.books import Book

RAIL_BELOW = 1180
_POLL_MS = 2000
_MINUTE_MS = 60_000


class Window(QMainWindow):
    """One window on one book. `closed()` once everything is saved; the wishes are for whoever opened the book."""

    closed = Signal()
    sample_requested = Signal()
    restore_requested = Signal(object)
    own_book_requested = Signal()

    def __init__(
        self, tasks: TaskRunner, settings_file: Path, places: Places, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self.tasks = tasks
        self._settings_file = settings_file
        self._settings = machine.load(settings_file)
        self._places = places
        self._today = today
        self._day = today()
        self._session: Session | None = None
        self._sample = False
        self._settled = False  # whether the book's first place shows
        self._waiting: tuple[Path, ...] = ()
        self._undo: Step | None = None
        self._redo: Step | None = None
        self._pages: dict[str, QWidget] = {}
        self._trail = Trail(Place("today"))
        self._build_ui()
        self._connect()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
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
        return self._settings

    def open(self, book: "Book", *, sample: bool = False) -> None:
        """Show a book: its pages, from the first one."""
        bus = Bus(self)
        book.on_changes(bus.publish)
        bus.changed.connect(self._on_bus_changed)
        self._session = Session(book, self.tasks, bus, self.actions_, self.services, self._today)
        self._sample = sample
        self._mark.setVisible(sample)
        self._say_saved()
        self._settled = False
        self._drop_pages()
        self._poll.start()
        self._count(first=True)

    def release(self) -> None:
        """Let go of the book, so that another can take its place."""
        self._poll.stop()
        self._settled = False
        self._drop_pages()
        if self._session is not None:
            self._session.book.close()
            self._session = None

    def show_page(self, widget: QWidget) -> None:
        """Show a page that is no room: what went wrong when the book was opened."""
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        self._title()

    def go(self, place: Place) -> None:
        """Go to a place; it can be come back from."""
        self._trail.visit(place)
        self._show_here()

    def import_files(self, paths: tuple[Path, ...]) -> None:
        """Open the import with these files; before the book shows, as soon as it does."""
        if not self._settled:
            self._waiting += paths
        if not self._settled or not paths:
            return
        self.go(Place("importing"))
        page = self._pages["importing"]
        page.start(paths)  # type: ignore[attr-defined]

    def change_settings(self, settings: Settings) -> None:
        """Keep this machine's settings and show them: theme and text size change at once."""
        if settings == self._settings:
            return
        before, chosen = theme.look(), self._settings.theme
        self._settings = settings
        self.actions_.set_single_keys(settings.single_key_shortcuts)
        if settings.theme is not chosen or looks.look_of(settings, _app()) != before:
            looks.put_on(settings, _app())
        if theme.look().scale != before.scale:
            self._rebuild()
        self._show_checked()
        try:
            machine.save(self._settings_file, settings)
        except KeepwarmError as error:  # what was chosen still holds until the window closes
            self.services.failed(error)

    def undo(self) -> None:
        """Take the last action back."""
        self._replay(undo=True)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._replay(undo=False)

    # --- building ---------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self.actions_ = Actions(self)
        self.actions_.set_single_keys(self._settings.single_key_shortcuts)
        root = QWidget()
        root.setObjectName("root")
        layout = row(root)
        self._sidebar = Sidebar()
        self._stack = QStackedWidget()
        self._mark = self._sample_mark()
        pages = column()
        pages.addWidget(self._mark)
        pages.addWidget(self._stack, 1)
        layout.addWidget(self._sidebar)
        layout.addLayout(pages, 1)
        self.setCentralWidget(root)
        self._mark.setVisible(self._sample)
        self.setAcceptDrops(True)
        self.actions_.fill_menu_bar(self.menuBar())
        self.menuBar().setVisible(self.menuBar().isNativeMenuBar())
        self._toast = Toast(root)
        desk = Desk(
            self.go, self._latest, self._words_for, self.undo, self.settings, self.change_settings,
            self.import_files, self.sample_requested.emit, self.restore_requested.emit, self._on_unsaved,
        )  # fmt: skip
        self.services = WindowServices(desk, self.tasks, self._toast)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._clock.start()

    def _connect(self) -> None:
        self._sidebar.chosen.connect(self._on_sidebar_chosen)
        self._sidebar.toggle_requested.connect(self.actions_[Act.SIDEBAR].trigger)
        self._poll.timeout.connect(self._on_poll_timeout)
        self._clock.timeout.connect(self._on_clock_timeout)
        self._verbs = MenuVerbs(self)
        self._show_checked()

    def _sample_mark(self) -> QWidget:
        """Make the line that says, on every page, whose people these are."""
        words = self.tr("Sample data: look around; nothing here is yours.")
        banner = Banner(words, self.tr("Use my own contacts"), icon="sparkles", dismissable=False)
        banner.setObjectName("sample")
        banner.acted.connect(self.own_book_requested)
        return boxed(add(row(None, (24, 12, 24, 0)), banner))

    def _drop_pages(self) -> None:
        """Forget every page; they are built anew where they are gone to."""
        while (widget := self._stack.widget(0)) is not None:
            self._stack.removeWidget(widget)
            widget.deleteLater()
        self._pages.clear()

    # --- going places -----------------------------------------------------------------------------------------------

    def _show_here(self) -> None:
        if self._session is None:
            return
        place = self._trail.here
        if place.page not in self._pages:
            page = rooms.build(place.page, self._session, self._stack)
            if hasattr(page, "add_person_requested"):
                page.add_person_requested.connect(self._on_add_person_requested)
            self._stack.addWidget(page)
            self._pages[place.page] = page
        widget = self._pages[place.page]
        self._stack.setCurrentWidget(widget)
        self._open_record(widget, place)
        self._sidebar.choose(place.page)
        rooms.as_page(widget).primary_focus().setFocus()
        self._title()
        self._show_possible()

    def _open_record(self, widget: QWidget, place: Place) -> None:
        """Hand the record or the filter on to the page, by the names the rooms agree on."""
        if place.show and hasattr(widget, "show_only"):
            widget.show_only(place.show)
        if place.record is None:
            if hasattr(widget, "close_record"):
                widget.close_record()
            return
        opener = {"people": "open_person", "companies": "open_company"}[place.page]
        getattr(widget, opener)(place.record)

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
        return self._stack.currentWidget()

    def toggle_sidebar(self) -> None:
        """Show or hide the words of the sidebar."""
        self.change_settings(replace(self._settings, sidebar_open=not self._settings.sidebar_open))
        self._fit()

    # --- looks ------------------------------------------------------------------------------------------------------

    def rescale(self, steps: int) -> None:
        """Make text larger or smaller; 0 goes back to 100 %."""
        self.change_settings(looks.rescaled(self._settings, _app(), steps))

    def set_theme(self, choice: ThemeChoice) -> None:
        """Change the theme."""
        self.change_settings(replace(self._settings, theme=choice))
        self._show_checked()  # choosing what is chosen already must not uncheck it

    def _rebuild(self) -> None:
        """Build everything anew in the new text size, where the user is."""
        was_active = self.isActiveWindow()
        old = self.centralWidget()
        self._poll.stop()
        self._clock.stop()
        self.menuBar().clear()
        actions = self.actions_
        self._build_ui()
        self._connect()
        actions.deleteLater()
        if old is not None:
            old.deleteLater()
        self._pages.clear()
        if self._session is not None:
            self._session = replace(self._session, actions=self.actions_, services=self.services)
            self._say_saved()
            self._poll.start()
            self._show_here()
            self._count()
        self._fit()
        if was_active:
            self.activateWindow()  # losing the focused widget may have cost the window its keys

    def _fit(self) -> None:
        """Give the sidebar the room there is (DESIGN.md 4: by width ÷ text size)."""
        effective = self.width() / max(theme.look().scale, 0.1)
        room = effective >= RAIL_BELOW
        self._sidebar.set_rail(not (room and self._settings.sidebar_open), room=room)

    # --- state ------------------------------------------------------------------------------------------------------

    def _count(self, *, first: bool = False) -> None:
        """Ask what the sidebar and the Edit menu say."""
        session = self._session
        if session is None:
            return

        def ask() -> tuple[dict[str, int], Step | None, Step | None]:
            from crm.app import browse, history  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            people = browse.people_counts(session.book, today=session.today())
            counts = {
                "people": people.all,
                "today": people.due,
                "companies": browse.company_counts(session.book).all,
            }
            counts["everyone"] = people.all + people.archived
            return counts, history.can_undo(session.book), history.can_redo(session.book)

        def show(found: tuple[dict[str, int], Step | None, Step | None]) -> None:
            counts, undo, redo = found
            self._undo, self._redo = undo, redo
            self._sidebar.set_counts({page: count or None for page, count in counts.items()})
            self._show_possible()
            if first:
                self._first_place(counts["everyone"])

        session.ask("counts", ask, show, self)

    def _first_place(self, people: int) -> None:
        self._trail = Trail(Place("today" if people else "first_run"))
        self._show_here()
        self._settled = True
        waiting, self._waiting = self._waiting, ()
        self.import_files(waiting)

    def _show_possible(self) -> None:
        holds = {
            When.CAN_UNDO: self._undo is not None,
            When.CAN_REDO: self._redo is not None,
            When.CAN_GO_BACK: self._trail.can_go_back,
            When.CAN_GO_FORWARD: self._trail.can_go_forward,
            When.RECORD: self._session is not None,
            When.PERSON: self._session is not None,
            When.CHECK_IN: self._session is not None,
        }
        self.actions_.set_state({when for when, held in holds.items() if held})
        undo, redo = self.actions_[Act.UNDO], self.actions_[Act.REDO]
        undo.setText(self._labelled(self.tr("Undo"), self._undo))
        redo.setText(self._labelled(self.tr("Redo"), self._redo))

    def _labelled(self, verb: str, step: Step | None) -> str:
        if step is None:
            return verb
        label = wording.undo_label(step.op, step.params).replace("&", "&&")
        return f"{verb} “{label}”"

    def _say_saved(self) -> None:
        """Say in the sidebar how the book is kept."""
        if self._session is not None and self._session.book.read_only:
            self._sidebar.set_saved(self.tr("Read-only: nothing is saved"), bad=True)
        else:
            self._sidebar.set_saved(self.tr("Saved on this computer"))

    def _on_unsaved(self, error: KeepwarmError) -> None:
        """Keep in sight that the book couldn't be written, until a change is saved again."""
        if self._session is not None and error.params.get("path") == str(self._session.book.path):
            self._sidebar.set_saved(self.tr("Can’t save"), bad=True)

    def _show_checked(self) -> None:
        self.actions_[Act.SIDEBAR].setChecked(self._settings.sidebar_open)
        for act, choice in (
            (Act.THEME_SYSTEM, ThemeChoice.SYSTEM),
            (Act.THEME_LIGHT, ThemeChoice.LIGHT),
            (Act.THEME_DARK, ThemeChoice.DARK),
        ):
            self.actions_[act].setChecked(self._settings.theme is choice)

    def _title(self) -> None:
        page = self.current_page()
        words = rooms.as_page(page).title() if page is not None and hasattr(page, "title") else ""
        self.setWindowTitle(f"{words} – Keepwarm" if words else "Keepwarm")

    def _latest(self) -> Step | None:
        from crm.app import history  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        return None if self._session is None else history.can_undo(self._session.book)

    def _words_for(self, step: Step) -> str:
        return wording.done(step.op, step.params, self._today())

    def _replay(self, *, undo: bool) -> None:
        session = self._session
        if session is None:
            return

        def run() -> Step:
            from crm.app import history  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return history.undo(session.book) if undo else history.redo(session.book)

        def told(step: Step) -> None:
            label = wording.undo_label(step.op, step.params)
            words = self.tr("Undone: {what}") if undo else self.tr("Done again: {what}")
            self.services.tell(words.replace("{what}", label))

        session.tasks.write(run, told, self.services.failed, self)

    # --- events -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._session is not None and local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.import_files(local_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._poll.stop()
        self._clock.stop()
        self._places.save_window(self)
        self._places.sync()
        self.hide()  # what was asked for is finished out of sight
        self.tasks.close()
        if self._session is not None:
            self._session.book.close()
            self._session = None
        super().closeEvent(event)
        self.closed.emit()

    @Slot(str)
    def _on_add_person_requested(self, company: str) -> None:
        self.go(Place("people"))
        self._pages["people"].add_person(company=company)  # type: ignore[attr-defined]

    @Slot(str)
    def _on_sidebar_chosen(self, page: str) -> None:
        self.go(Place(page))

    @Slot(object)
    def _on_bus_changed(self, _changes: Changes) -> None:
        self._say_saved()
        self._count()
        self._title()

    @Slot()
    def _on_poll_timeout(self) -> None:
        session = self._session
        if session is not None:
            session.tasks.read("poll", session.book.poll, None, self.services.failed, self)

    @Slot()
    def _on_clock_timeout(self) -> None:
        if self._today() != self._day:
            self._day = self._today()
            for page in self._pages.values():
                rooms.as_page(page).refresh()
            self._count()

    @Slot()
    def _on_scheme_changed(self) -> None:
        if (
            self._settings.theme is ThemeChoice.SYSTEM
            and looks.look_of(self._settings, _app()) != theme.look()
        ):
            looks.put_on(self._settings, _app())


def _app() -> QApplication:
    """Return the application; there is one while there is a window."""
    return cast("QApplication", QApplication.instance())
