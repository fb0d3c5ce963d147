"""What the menu bar's actions do: one line an action."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from crm.gui import links, shortcuts
from crm.gui.actions import Act
from crm.gui.session import Place, Session
from crm.settings import ThemeChoice

if TYPE_CHECKING:
    from crm.gui.palette.palette import Palette
    from crm.gui.window import Window


class MenuVerbs(QObject):
    """Connects the window's actions. Actions of records (log, snooze, edit) are connected by the pages they act on."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        for act, verb in self._table().items():
            window.actions_[act].triggered.connect(verb)
        self._alt_alone = False
        self._palette: Palette | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show or hide the menu bar on F10, or on Alt pressed and released alone, where it isn't the system's own."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            alt = event.key() == Qt.Key.Key_Alt
            if kind == QEvent.Type.KeyRelease and alt and self._alt_alone:
                self._alt_alone = False
                return self._toggle_menu_bar()
            if kind != QEvent.Type.KeyRelease:
                self._alt_alone = alt and not event.isAutoRepeat()
            if kind == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_F10:
                return self._toggle_menu_bar()
        elif kind == QEvent.Type.WindowDeactivate:
            self._alt_alone = False  # Alt+Tab belongs to the system
        return super().eventFilter(watched, event)

    def _toggle_menu_bar(self) -> bool:
        """Show the menu bar with its first menu ready for the arrow keys, or hide it; return whether it is ours to do so."""
        bar = self._window.menuBar()
        if bar.isNativeMenuBar():
            return False
        bar.setVisible(not bar.isVisible())
        if bar.isVisible():
            bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
            bar.setActiveAction(bar.actions()[0])
        return True

    def _table(self) -> dict[Act, Callable[[], object]]:
        window = self._window
        return {
            Act.ADD_PERSON: self._add_person,
            Act.ADD_COMPANY: self._add_company,
            Act.ADD_OPPORTUNITY: lambda: self._page_verb("opportunities", "add_opportunity"),
            Act.IMPORT: lambda: window.go(Place("importing")),
            Act.MEETINGS: lambda: window.go(Place("meetings")),
            Act.EXPORT_PEOPLE: self._export_people,
            Act.EXPORT_CALENDAR: self._export,
            Act.REPORT: self._report,
            Act.BACK_UP: self._back_up,
            Act.RESTORE: lambda: window.go(Place("settings", show="data")),
            Act.SETTINGS: lambda: window.go(Place("settings")),
            Act.CLOSE_WINDOW: window.close,
            Act.QUIT: window.quit,
            Act.UNDO: window.undo,
            Act.REDO: window.redo,
            Act.FIND: self._find,
            Act.PALETTE: self._open_palette,
            Act.TODAY: lambda: window.go(Place("today")),
            Act.PEOPLE: lambda: window.go(Place("people")),
            Act.OPPORTUNITIES: lambda: window.go(Place("opportunities")),
            Act.LESSONS: lambda: window.go(Place("lessons")),
            Act.EVENTS: lambda: window.go(Place("events")),
            Act.CALENDAR: lambda: window.go(Place("calendar")),
            Act.COMPANIES: lambda: window.go(Place("companies")),
            Act.SIDEBAR: window.appearance.toggle_sidebar,
            Act.LARGER: lambda: window.appearance.rescale(+1),
            Act.SMALLER: lambda: window.appearance.rescale(-1),
            Act.ACTUAL_SIZE: lambda: window.appearance.rescale(0),
            Act.THEME_SYSTEM: lambda: window.appearance.set_theme(ThemeChoice.SYSTEM),
            Act.THEME_LIGHT: lambda: window.appearance.set_theme(ThemeChoice.LIGHT),
            Act.THEME_DARK: lambda: window.appearance.set_theme(ThemeChoice.DARK),
            Act.BACK: window.back,
            Act.FORWARD: window.forward,
            Act.NEXT_PANE: lambda: self._next_pane(+1),
            Act.PREVIOUS_PANE: lambda: self._next_pane(-1),
            Act.ADD_TOUCH: self._log_touch,
            Act.DUPLICATES: lambda: window.go(Place("duplicates")),
            Act.MAKE_PLAN: lambda: window.go(Place("planning")),
            Act.SPREAD: self._spread,
            Act.AWAY: self._away,
            Act.SHORTCUTS: lambda: shortcuts.show_shortcuts(window.actions_, window),
            Act.OPEN_FOLDER: self._open_folder,
            Act.ABOUT: lambda: shortcuts.show_about(window),
        }

    @property
    def _session(self) -> Session | None:
        return self._window.session

    def _add_person(self) -> None:
        self._page_verb("people", "add_person")

    def _add_company(self) -> None:
        self._page_verb("companies", "add_company")

    def _page_verb(self, page: str, verb: str, *words: str) -> None:
        """Go to a page and have it do something it offers."""
        if self._session is not None:
            self._window.go(Place(page))
            getattr(self._window.current_page(), verb)(*words)

    def _open_palette(self) -> None:
        session = self._session
        if session is None:
            return
        from crm.gui.palette.palette import Palette  # noqa: PLC0415 - not needed for the first paint

        if self._palette is None or self._palette.session is not session:
            if self._palette is not None:
                self._palette.deleteLater()
            self._palette = Palette(session, self._window)
            self.destroyed.connect(self._palette.deleteLater)  # in another text size everything is built anew
            self._palette.offering.add_person_requested.connect(
                partial(self._page_verb, "people", "add_person")
            )
            self._palette.offering.search_requested.connect(partial(self._page_verb, "people", "search"))
        self._palette.open_over()

    def _find(self) -> None:
        """Put the cursor in the filter of a list; from a page without one, in that of the people."""
        if self._session is None:
            return
        if not hasattr(self._window.current_page(), "focus_filter"):
            self._window.go(Place("people"))
        page = self._window.current_page()
        if page is not None and hasattr(page, "focus_filter"):
            page.focus_filter()

    def answer_calendar(self) -> None:
        """Show what was changed in the connected calendar, to say what follows from it."""
        from crm.gui.export.connected import OffersDialog  # noqa: PLC0415 - not before the first paint

        if (session := self._window.session) is not None:
            OffersDialog(session, self._window).open()

    def _export(self) -> None:
        if self._session is not None:
            from crm.gui.export.dialog import ExportDialog  # noqa: PLC0415 - not needed for the first paint

            ExportDialog(self._session, self._window).open()

    def _export_people(self) -> None:
        """Ask whom to export; a page that lists people says which list, and who is selected."""
        if self._session is not None:
            from crm.gui.exporting.dialog import ExportPeopleDialog  # noqa: PLC0415 - not needed for the first paint

            page = self._window.current_page()
            shown = page.shown_people() if page is not None and hasattr(page, "shown_people") else ()
            ExportPeopleDialog(self._session, self._window, shown).open()

    def _report(self) -> None:
        if self._session is not None:
            from crm.gui.reports.dialog import ReportDialog  # noqa: PLC0415 - not needed for the first paint

            ReportDialog(self._session, self._window).open()

    def _log_touch(self) -> None:
        if self._session is not None:
            from crm.gui.palette.quick_log import QuickLogDialog  # noqa: PLC0415 - not needed for the first paint

            QuickLogDialog(self._session, self._window).open()

    def log_letters(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """Have the saved e-mails among files confirmed as touches; return which they are."""
        from crm.gui.palette.letters import letters_of, log_letters  # noqa: PLC0415 - not needed for the first paint

        found, here = letters_of(paths), self._window.here
        if self._session is not None:
            log_letters(self._session, found, here.record if here.page == "people" else None, self._window)
        return found

    def _spread(self) -> None:
        if self._session is not None:
            from crm.gui.checkins import verbs  # noqa: PLC0415 - not needed for the first paint

            verbs.spread(self._session)

    def _away(self) -> None:
        if self._session is not None:
            from crm.gui.checkins.away import AwayDialog  # noqa: PLC0415 - not needed for the first paint

            AwayDialog(self._session, self._window).open()

    def _back_up(self) -> None:
        session = self._session
        if session is None:
            return

        def run() -> str:
            from crm.app import upkeep  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return upkeep.backup(session.book).path.name

        def told(name: str) -> None:
            session.services.tell(self.tr("Backed up and verified: {name}").replace("{name}", name))

        session.tasks.write(run, told, session.services.failed, self)

    def _open_folder(self) -> None:
        if self._session is not None:
            links.open_folder(self._session.book.path.parent)

    def _next_pane(self, step: int) -> None:
        """Move the focus from one pane to the next: panes are the named frames that hold something focusable."""
        panes = [self._window.findChild(QWidget, "sidebar"), self._window.current_page()]
        page = self._window.current_page()
        if page is not None and hasattr(page, "panes"):
            panes = [panes[0], *page.panes()]
        shown = [pane for pane in panes if pane is not None and pane.isVisible()]
        focus = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(shown) if focus is not None and pane.isAncestorOf(focus)), -1)
        if shown:
            _focus_first(shown[(at + step) % len(shown)])


def _focus_first(pane: QWidget) -> None:
    """Focus the first control inside that takes Tab."""
    for child in (pane, *pane.findChildren(QWidget)):
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            child.setFocus(Qt.FocusReason.TabFocusReason)
            return
