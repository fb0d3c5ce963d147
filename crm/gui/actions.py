"""Every action once: one table feeds the menu bar, context menus, buttons and the sheet of shortcuts.

`Actions(window)` makes a QAction per `ActionSpec`; rooms connect `actions[Act.LOG_TOUCH].triggered`, the window calls
`.fill_menu_bar(bar)`, a page adopts the letters of records by `.attach(widget)`, and `.set_state(states)` says
what is possible now. Texts are translated in the context "Actions".
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from crm.gui import theme


class Act(StrEnum):
    """What can be done."""

    ADD_PERSON = "add_person"
    ADD_COMPANY = "add_company"
    ADD_OPPORTUNITY = "add_opportunity"
    IMPORT = "import"
    MEETINGS = "meetings"
    EXPORT_CALENDAR = "export_calendar"
    EXPORT_PEOPLE = "export_people"
    REPORT = "report"
    BACK_UP = "back_up"
    RESTORE = "restore"
    SETTINGS = "settings"
    CLOSE_WINDOW = "close_window"
    QUIT = "quit"
    UNDO = "undo"
    REDO = "redo"
    FIND = "find"
    PALETTE = "palette"
    FILTER = "filter"
    EDIT = "edit"
    DELETE = "delete"
    TODAY = "today"
    PEOPLE = "people"
    COMPANIES = "companies"
    OPPORTUNITIES = "opportunities"
    LESSONS = "lessons"
    EVENTS = "events"
    CALENDAR = "calendar"
    SIDEBAR = "sidebar"
    LARGER = "larger"
    SMALLER = "smaller"
    ACTUAL_SIZE = "actual_size"
    THEME_SYSTEM = "theme_system"
    THEME_LIGHT = "theme_light"
    THEME_DARK = "theme_dark"
    BACK = "back"
    FORWARD = "forward"
    NEXT = "next"
    PREVIOUS = "previous"
    NEXT_PANE = "next_pane"
    PREVIOUS_PANE = "previous_pane"
    ADD_TOUCH = "add_touch"
    LOG_TOUCH = "log_touch"
    WRITE = "write"
    SNOOZE = "snooze"
    SKIP = "skip"
    REST = "rest"
    MAKE_PLAN = "make_plan"
    SPREAD = "spread"
    AWAY = "away"
    DUPLICATES = "duplicates"
    HOW_OFTEN = "how_often"
    SHORTCUTS = "shortcuts"
    OPEN_FOLDER = "open_folder"
    ABOUT = "about"


class Menu(StrEnum):
    """The menus of the bar, in their order; NONE is in no menu."""

    FILE = "&File"
    EDIT = "&Edit"
    VIEW = "&View"
    GO = "&Go"
    PERSON = "&Person"
    HELP = "&Help"
    NONE = ""


class Page(StrEnum):
    """Where a shortcut works: in the whole window, or only while a list or the page of a record has the focus."""

    EVERYWHERE = "everywhere"
    RECORD = "record"


class When(StrEnum):
    """What must hold for an action to be possible."""

    ALWAYS = "always"
    CAN_UNDO = "can_undo"
    CAN_REDO = "can_redo"
    CAN_GO_BACK = "can_go_back"
    CAN_GO_FORWARD = "can_go_forward"
    RECORD = "record"
    PERSON = "person"
    CHECK_IN = "check_in"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `shortcut` is in Qt's portable words, several separated by "; "."""

    id: Act
    text: str
    shortcut: str = ""
    menu: Menu = Menu.NONE
    page: Page = Page.EVERYWHERE
    enabled_when: When = When.ALWAYS
    icon: str = ""
    starts_group: bool = False
    checkable: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The shortcuts, the main one first."""
        return tuple(filter(None, self.shortcut.split("; ")))


ACTIONS = (
    ActionSpec(Act.ADD_PERSON, "Add person…", "Ctrl+N", Menu.FILE, icon="user-plus"),
    ActionSpec(Act.ADD_COMPANY, "Add company…", "Ctrl+Shift+N", Menu.FILE, icon="building-2"),
    ActionSpec(Act.ADD_OPPORTUNITY, "Add opportunity…", "Ctrl+Shift+O", Menu.FILE, icon="briefcase"),
    ActionSpec(Act.IMPORT, "Import contacts…", "Ctrl+I", Menu.FILE, icon="upload", starts_group=True),
    ActionSpec(Act.EXPORT_PEOPLE, "Export people…", "", Menu.FILE, icon="file-down"),
    ActionSpec(Act.EXPORT_CALENDAR, "Export to calendar…", "Ctrl+Shift+E", Menu.FILE, icon="calendar-plus"),
    ActionSpec(Act.REPORT, "Report on your search…", "", Menu.FILE, icon="scroll-text"),
    ActionSpec(Act.BACK_UP, "Back up now", "", Menu.FILE, icon="save", starts_group=True),
    ActionSpec(Act.RESTORE, "Restore…", "", Menu.FILE, icon="history"),
    ActionSpec(Act.SETTINGS, "Settings", "Ctrl+,", Menu.FILE, icon="settings", starts_group=True),
    ActionSpec(Act.CLOSE_WINDOW, "Close window", "Ctrl+W", Menu.FILE),
    ActionSpec(Act.QUIT, "Quit Keepwarm", "Ctrl+Q", Menu.FILE),
    ActionSpec(Act.UNDO, "Undo", "Ctrl+Z", Menu.EDIT, enabled_when=When.CAN_UNDO, icon="undo-2"),
    ActionSpec(
        Act.REDO, "Redo", "Ctrl+Shift+Z; Ctrl+Y", Menu.EDIT, enabled_when=When.CAN_REDO, icon="redo-2"
    ),
    ActionSpec(Act.PALETTE, "Search or jump to…", "Ctrl+K", Menu.EDIT, icon="search", starts_group=True),
    ActionSpec(Act.FIND, "Find in this list", "Ctrl+F", Menu.EDIT, icon="list-filter"),
    ActionSpec(Act.FILTER, "Filter this list", "/", page=Page.RECORD),
    ActionSpec(
        Act.EDIT, "Edit…", "Ctrl+E; F2", Menu.EDIT, Page.RECORD, When.RECORD, "pencil", starts_group=True
    ),
    ActionSpec(Act.DELETE, "Delete", "Del", Menu.EDIT, Page.RECORD, When.RECORD, "trash-2"),
    ActionSpec(Act.TODAY, "Today", "Ctrl+1", Menu.VIEW, icon="sun"),
    ActionSpec(Act.PEOPLE, "People", "Ctrl+2", Menu.VIEW, icon="users"),
    ActionSpec(Act.COMPANIES, "Companies", "Ctrl+3", Menu.VIEW, icon="building-2"),
    ActionSpec(Act.OPPORTUNITIES, "Opportunities", "Ctrl+4", Menu.VIEW, icon="briefcase"),
    ActionSpec(Act.MEETINGS, "Meetings of your calendar", "", Menu.VIEW, icon="calendar-days"),
    ActionSpec(Act.LESSONS, "Interviews and lessons", "Ctrl+5", Menu.VIEW, icon="messages-square"),
    ActionSpec(Act.EVENTS, "Events", "Ctrl+6", Menu.VIEW, icon="ticket"),
    ActionSpec(Act.CALENDAR, "Calendar", "Ctrl+7", Menu.VIEW, icon="calendar-days"),
    ActionSpec(
        Act.SIDEBAR, "Show sidebar", "Ctrl+B", Menu.VIEW, icon="panel-left", starts_group=True, checkable=True
    ),
    ActionSpec(Act.LARGER, "Larger text", "Ctrl++; Ctrl+=", Menu.VIEW, icon="zoom-in", starts_group=True),
    ActionSpec(Act.SMALLER, "Smaller text", "Ctrl+-", Menu.VIEW, icon="zoom-out"),
    ActionSpec(Act.ACTUAL_SIZE, "Actual size", "Ctrl+0", Menu.VIEW),
    ActionSpec(Act.THEME_SYSTEM, "Theme of the system", "", Menu.VIEW, starts_group=True, checkable=True),
    ActionSpec(Act.THEME_LIGHT, "Light theme", "", Menu.VIEW, checkable=True),
    ActionSpec(Act.THEME_DARK, "Dark theme", "", Menu.VIEW, checkable=True),
    ActionSpec(
        Act.BACK, "Back", "Alt+Left; Ctrl+[", Menu.GO, enabled_when=When.CAN_GO_BACK, icon="arrow-left"
    ),
    ActionSpec(
        Act.FORWARD,
        "Forward",
        "Alt+Right; Ctrl+]",
        Menu.GO,
        enabled_when=When.CAN_GO_FORWARD,
        icon="arrow-right",
    ),
    ActionSpec(Act.NEXT, "Next", "Alt+Down", Menu.GO, enabled_when=When.RECORD, starts_group=True),
    ActionSpec(Act.PREVIOUS, "Previous", "Alt+Up", Menu.GO, enabled_when=When.RECORD),
    ActionSpec(Act.NEXT_PANE, "Next pane", "F6", Menu.GO, starts_group=True),
    ActionSpec(Act.PREVIOUS_PANE, "Previous pane", "Shift+F6", Menu.GO),
    ActionSpec(Act.ADD_TOUCH, "Log a touch…", "Ctrl+L", Menu.PERSON, icon="pencil"),
    ActionSpec(
        Act.LOG_TOUCH, "Log touch", "L", Menu.PERSON, Page.RECORD, When.PERSON, "check", starts_group=True
    ),
    ActionSpec(Act.WRITE, "Write…", "E", Menu.PERSON, Page.RECORD, When.PERSON, "mail"),
    ActionSpec(Act.SNOOZE, "Snooze…", "S", Menu.PERSON, Page.RECORD, When.CHECK_IN, "alarm-clock"),
    ActionSpec(
        Act.SKIP, "Skip this time", "Shift+S", Menu.PERSON, Page.RECORD, When.CHECK_IN, "skip-forward"
    ),
    ActionSpec(Act.HOW_OFTEN, "How often…", "C", Menu.PERSON, Page.RECORD, When.PERSON, "calendar-clock"),
    ActionSpec(Act.REST, "Rest", "R", Menu.PERSON, Page.RECORD, When.PERSON, "pause"),
    ActionSpec(
        Act.MAKE_PLAN, "Suggest a check-in plan…", "", Menu.PERSON, icon="sparkles", starts_group=True
    ),
    ActionSpec(Act.SPREAD, "Reschedule overdue", "", Menu.PERSON, icon="calendar-clock"),
    ActionSpec(Act.AWAY, "Take time away…", "", Menu.PERSON, icon="calendar-days"),
    ActionSpec(
        Act.DUPLICATES, "Find duplicates", "Ctrl+Shift+D", Menu.PERSON, icon="git-merge", starts_group=True
    ),
    ActionSpec(Act.SHORTCUTS, "Keyboard shortcuts", "Ctrl+/; F1", Menu.HELP, icon="keyboard"),
    ActionSpec(Act.OPEN_FOLDER, "Open data folder", "", Menu.HELP, icon="folder-open"),
    ActionSpec(Act.ABOUT, "About Keepwarm", "", Menu.HELP, icon="info"),
)
_ROLES = {
    Act.SETTINGS: QAction.MenuRole.PreferencesRole,
    Act.QUIT: QAction.MenuRole.QuitRole,
    Act.ABOUT: QAction.MenuRole.AboutRole,
}


class Actions(QObject):
    """The QActions of one window."""

    def __init__(self, window: QWidget, specs: Iterable[ActionSpec] = ACTIONS) -> None:
        super().__init__(window)
        self._specs = {spec.id: spec for spec in specs}
        self._actions = {spec.id: self._make(spec) for spec in self._specs.values()}
        self._single_keys = True
        # Without a menu bar in sight the window itself must know the shortcuts.
        window.addActions([self[spec.id] for spec in self._specs.values() if spec.page is Page.EVERYWHERE])
        self.set_state({When.ALWAYS})

    def __getitem__(self, which: Act) -> QAction:
        return self._actions[which]

    def __iter__(self) -> Iterator[ActionSpec]:
        return iter(self._specs.values())

    def attach(self, widget: QWidget) -> None:
        """Let the shortcuts of records work while the focus is in `widget`."""
        widget.addActions([self[spec.id] for spec in self if spec.page is Page.RECORD])

    def set_state(self, holds: Set[When]) -> None:
        """Enable what `holds` allows; `When.ALWAYS` goes without saying."""
        for spec in self:
            self[spec.id].setEnabled(spec.enabled_when is When.ALWAYS or spec.enabled_when in holds)

    def set_single_keys(self, on: bool) -> None:
        """Turn shortcuts of one letter on or off (WCAG 2.1.4)."""
        self._single_keys = on
        for spec in self:
            self[spec.id].setShortcuts(_sequences(spec, single=on))

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Put every action that has a menu where it belongs."""
        for which in Menu:
            found = [spec for spec in self if spec.menu is which and which is not Menu.NONE]
            if found:
                menu = bar.addMenu(translated(which.value))
                self._fill(menu, found)

    def menu(self, parent: QWidget, *which: Act) -> QMenu:
        """Return a context menu of these actions."""
        made = QMenu(parent)
        self._fill(made, [self._specs[one] for one in which])
        return made

    def _fill(self, menu: QMenu, specs: Iterable[ActionSpec]) -> None:
        for spec in specs:
            if spec.starts_group and not menu.isEmpty():
                menu.addSeparator()
            menu.addAction(self[spec.id])

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(translated(spec.text), self)
        action.setObjectName(spec.id.value)
        action.setShortcuts(_sequences(spec, single=True))
        action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
        action.setCheckable(spec.checkable)
        within = Qt.ShortcutContext
        everywhere = spec.page is Page.EVERYWHERE
        action.setShortcutContext(within.WindowShortcut if everywhere else within.WidgetWithChildrenShortcut)
        if spec.icon:
            action.setIcon(theme.icon(spec.icon))
        return action


def is_single_key(keys: str) -> bool:
    """Say whether a shortcut is one character without Ctrl or Alt."""
    return len(keys.removeprefix("Shift+")) == 1


def keys_in_words(spec: ActionSpec) -> str:
    """Return the main shortcut as this system writes it."""
    keys = spec.keys[0] if spec.keys else ""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def translated(words: str) -> str:
    """Return a text of the table in the user's language."""
    return QCoreApplication.translate("Actions", words)


def _sequences(spec: ActionSpec, *, single: bool) -> list[QKeySequence]:
    return [QKeySequence(keys) for keys in spec.keys if single or not is_single_key(keys)]
