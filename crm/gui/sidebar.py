"""The sidebar: the screens there are, with their counts, and where everything is kept. Narrow windows get a rail."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QWidget

from crm.gui.text import plain_tooltip
from crm.gui.theme import px
from crm.gui.widgets.buttons import IconButton
from crm.gui.widgets.cards import Hairline
from crm.gui.widgets.labels import Icon, Mark, PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.gui.widgets.nav_item import NavItem
from crm.gui.widgets.search_button import SearchButton

FULL, RAIL = 248, 60


class Sidebar(QFrame):
    """`chosen(str)` tells the page that was clicked; `toggle_requested()` that it should get out of the way, `search_requested()` that
    something is to be found.
    """

    chosen = Signal(str)
    toggle_requested = Signal()
    search_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setProperty("bar", "side")
        self.setAccessibleName(self.tr("Sidebar"))
        self._items: dict[str, NavItem] = {}
        self._rail = False
        self._build_ui()
        self._connect()

    @property
    def is_rail(self) -> bool:
        """Whether only icons show."""
        return self._rail

    @property
    def toggle(self) -> IconButton:
        """The button that folds or unfolds it, whichever is its turn."""
        return self._unfold if self._rail else self._fold

    def set_rail(self, rail: bool, *, room: bool = True) -> None:
        """Show icons only, or icons and words. Without `room` for words nothing offers to unfold them."""
        self._rail = rail
        self.setFixedWidth(px(RAIL if rail else FULL))
        for item in self._items.values():
            item.set_rail(rail)
        self._search.set_rail(rail)
        self._name.setVisible(not rail)
        self._fold.setVisible(not rail)
        self._unfold.setVisible(rail and room)
        self._saved_words.setVisible(not rail)

    def choose(self, page: str) -> None:
        """Mark the page that shows."""
        item = self._items.get(page)
        if item is not None:
            item.setChecked(True)
            return
        self._group.setExclusive(False)
        for other in self._items.values():
            other.setChecked(False)
        self._group.setExclusive(True)

    def set_counts(self, counts: dict[str, int | None]) -> None:
        """Show how many there are behind each item."""
        for page, count in counts.items():
            if page in self._items:
                self._items[page].set_count(count)

    def set_saved(self, words: str, *, bad: bool = False) -> None:
        """Say how the book is: saved, saving, or can't be saved."""
        self._saved_words.setText(words)
        self._saved_words.set_tone("bad" if bad else "text3")
        self._saved_icon.set_icon("triangle-alert" if bad else "hard-drive", "bad" if bad else "text3")
        self._saved.setToolTip(plain_tooltip(words))
        self._saved.setAccessibleName(words)

    def _build_ui(self) -> None:
        self._group = QButtonGroup(self)
        layout = column(self, (12, 12, 12, 8), 3)
        self._name = PlainLabel(self.tr("Keepwarm"), "bodyStrong")
        self._fold = IconButton("panel-left", self.tr("Hide sidebar"), shortcut="Ctrl+B")
        self._unfold = IconButton("panel-left", self.tr("Show sidebar"), size=36, shortcut="Ctrl+B")
        head = row(None, (4, 0, 0, 0), 12)
        add(layout, boxed(add(head, Mark(28), self._name, None, self._fold)), 8)
        layout.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignHCenter)
        self._search = SearchButton(self.tr("Search or jump to…"), "Ctrl+K")
        add(layout, self._search, 8)
        add(
            layout,
            self._item("today", "sun", self.tr("Today"), badge=True),
            self._item("people", "users", self.tr("People")),
            self._item("companies", "building-2", self.tr("Companies")),
            self._item("opportunities", "briefcase", self.tr("Opportunities")),
            self._item("lessons", "messages-square", self.tr("Interviews & lessons")),
            self._item("events", "ticket", self.tr("Events")),
            self._item("calendar", "calendar-days", self.tr("Calendar")),
            None,
            self._item("importing", "upload", self.tr("Import contacts")),
            self._item("duplicates", "git-merge", self.tr("Duplicates")),
            self._item("settings", "settings", self.tr("Settings")),
        )
        self._saved_icon = Icon("hard-drive", "text3", 14)
        self._saved_words = PlainLabel(self.tr("Saved on this computer"), "caption", "text3")
        foot = row(None, (10, 8, 4, 4), 8)
        self._saved = boxed(add(foot, self._saved_icon, self._saved_words, None))
        add(layout, 4, Hairline(), self._saved)
        self.set_rail(False)

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._on_item_clicked)
        self._fold.clicked.connect(self.toggle_requested)
        self._unfold.clicked.connect(self.toggle_requested)
        self._search.clicked.connect(self.search_requested)

    def _item(self, page: str, icon: str, label: str, *, badge: bool = False) -> NavItem:
        item = NavItem(icon, label, badge=badge)
        item.setObjectName(page)
        item.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._group.addButton(item)
        self._items[page] = item
        return item

    @Slot(QAbstractButton)
    def _on_item_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.objectName())
