"""What happened with a person, newest first; a touch can be added, corrected, deleted."""

from functools import partial

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.touch import TouchId, TouchKind, TouchRow
from crm.gui.people import asking
from crm.gui.people.acts import PersonActs
from crm.gui.people.touch_editor import TouchEditor
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.layouts import add, clear, column
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.gui.widgets.timeline import Entry, TimelineEntry

SHOWN = 50
_GAP = 12
_SIGNS = {
    TouchKind.CALL: ("phone", "info"),
    TouchKind.EMAIL: ("mail", "info"),
    TouchKind.MESSAGE: ("message-circle", "info"),
    TouchKind.MEETING: ("users", "violet"),
    TouchKind.COFFEE: ("coffee", "orange"),
    TouchKind.EVENT: ("ticket", "teal"),
    TouchKind.COMMENT: ("quote", "neutral"),
    TouchKind.LETTER: ("send", "info"),
    TouchKind.OTHER: ("handshake", "teal"),
    TouchKind.NOTE: ("file-text", "neutral"),
}


class TimelineTab(QWidget):
    """The timeline; longer ones show their latest part first."""

    def __init__(self, session: Session, acts: PersonActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Timeline"))
        self._session, self._acts = session, acts
        self._page: asking.Page | None = None
        self._all = False
        self._editor: TouchEditor | None = None
        self._composer = Button(self.tr("Log a touch: a call, an email, a coffee, a comment…"), icon="pencil")
        self._composer.setProperty("start", True)
        self._composer.clicked.connect(acts.log)
        self._entries = column(None, (0, 8, 0, 0))
        layout = column(self, (0, 0, 0, 0), 4)
        add(layout, self._composer)
        layout.addLayout(self._entries)
        layout.addStretch(1)

    def show_page(self, page: asking.Page) -> None:
        """Show a person's touches; one that is being corrected stays open while it is there."""
        if self._page is None or self._page.card.row.id != page.card.row.id:
            self._all = False
            if self._editor is not None:
                self._editor.save()
        self._page = page
        editing = self._editor is not None and any(one.id == self._editor.touch.id for one in page.timeline)
        if not editing:
            self._fill()

    def _fill(self, editing: TouchId | None = None) -> None:
        clear(self._entries)
        self._editor = None
        page = self._page
        if page is None:
            return
        touches = self._shown()
        for number, touch in enumerate(touches):
            if touch.id == editing:
                add(self._entries, self._made_editor(touch), _GAP)
            else:
                self._entries.addWidget(self._entry(touch, last=number == len(page.timeline)))
        if len(touches) < len(page.timeline):
            more = Button(self.tr("Show all {n}").replace("{n}", f"{len(page.timeline):,}"), Variant.LINK)
            more.clicked.connect(self._on_more_clicked)
            add(self._entries, more)
        self._entries.addWidget(self._beginning(page))

    def _entry(self, touch: TouchRow, *, last: bool) -> TimelineEntry:
        today = self._session.today()
        icon, tone = _SIGNS[touch.kind]
        who = ", ".join(name for _, name in touch.people) or self.tr("them")
        entry = Entry(
            icon,
            tone,
            wording.touch_title(touch.kind, touch.direction, who),
            wording.short_day(touch.on, today),
            touch.note,
            when_in_full=f"{wording.full_day(touch.on)} {touch.on.year}",
        )
        made = TimelineEntry(entry, int(touch.id), menu_name=self.tr("Change this touch"), last=last)
        made.menu_requested.connect(partial(self._open_menu, touch))
        return made

    def _beginning(self, page: asking.Page) -> TimelineEntry:
        """Return the foot of the timeline: how the person came into the book."""
        card, today = page.card, self._session.today()
        if card.imported_from:
            title = self.tr("Imported from {file}").replace("{file}", card.imported_from)
        else:
            title = self.tr("Added")
        when = wording.short_day(card.added_on, today) if card.added_on else ""
        return TimelineEntry(Entry("user-plus", "neutral", title, when, card.draft.how_met), last=True)

    def _open_menu(self, touch: TouchRow, _key: int, spot: QPoint) -> None:
        made = menu(self, self.tr("Touch"))
        add_item(made, MenuItem(self.tr("Edit"), "pencil"), lambda: self._edit(touch))
        add_item(made, MenuItem(self.tr("Who took part…"), "users"), lambda: self._acts.edit_touch(touch))
        add_item(made, MenuItem(self.tr("Delete"), "trash-2"), lambda: self._acts.delete_touch(touch))
        made.popup(spot)

    def _edit(self, touch: TouchRow) -> None:
        """Put the fields of a touch in its place."""
        self._fill(editing=touch.id)
        if self._editor is not None:
            self._editor.show()
            self._editor.start()

    def _made_editor(self, touch: TouchRow) -> TouchEditor:
        self._editor = TouchEditor(self._session, touch)
        self._editor.closed.connect(self._on_editor_closed)
        return self._editor

    def _shown(self) -> tuple[TouchRow, ...]:
        page = self._page
        return () if page is None else page.timeline if self._all else page.timeline[:SHOWN]

    @Slot()
    def _on_editor_closed(self) -> None:
        self._fill()
        self._composer.setFocus()

    @Slot()
    def _on_more_clicked(self) -> None:
        self._all = True
        self._fill()
