"""Events: what is coming, what goes on and what was, with whom the user met and what came of it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from crm import wording
from crm.domain.changes import Changes
from crm.domain.event import EventDraft, EventId, EventRow, Named
from crm.gui.events.dialogs import EventEditor, MetDialog
from crm.gui.session import Place, Session
from crm.gui.widgets.buttons import Button, IconButton, Size, Variant
from crm.gui.widgets.cards import CardRow, RowCard, SectionHead
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import ElidedLabel, IconTile, PlainLabel
from crm.gui.widgets.layouts import add, column, row, scrolled
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.gui.widgets.pill import Pill

SHOWN = 80
_TONES = {"going": "ok", "interested": "brand"}


class EventsPage(QWidget):
    """The list of events in two cards: ahead and going on, then those that were."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._events: tuple[EventRow, ...] = ()
        self._build_ui()
        self._connect()
        self.refresh()

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Events")

    def primary_focus(self) -> QWidget:
        """Return the row the keyboard is on, else what adds an event."""
        return self._ahead.current or self._were.current or (self._add if self._events else self._add_first)

    def refresh(self) -> None:
        """Ask anew for the events."""
        book = self._session.book

        def ask() -> tuple[EventRow, ...]:
            from crm.app import events  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return events.events(book)

        self._session.ask(self, ask, self._show, self)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self._add = Button(self.tr("Add event"), Variant.PRIMARY, icon="plus")
        self._ahead_head, self._were_head = (
            SectionHead(self.tr("Ahead and going on")),
            SectionHead(self.tr("Past")),
        )
        self._ahead = RowCard(self.tr("Events ahead"), inset=64)
        self._were = RowCard(self.tr("Past events"), inset=64)
        inner = QWidget()
        head = add(row(), (PlainLabel(self.title(), "display"), 1), self._add)
        parts = (self._ahead_head, self._ahead, 8, self._were_head, self._were, None)
        add(column(inner, (32, 24, 32, 24), gap=8), head, 8, *parts)
        self._empty = EmptyState(
            "ticket",
            self.tr("No events yet"),
            self.tr("Add a job fair, a meetup, a group or a mentor. Afterwards, jot down whom you met."),
        )
        self._add_first = self._empty.add_action(self.tr("Add event"))
        self._parts = QStackedWidget()
        for part in (scrolled(inner, self.title()), self._empty):
            self._parts.addWidget(part)
        add(column(self), (self._parts, 1))

    def _connect(self) -> None:
        for button in (self._add, self._add_first):
            button.clicked.connect(self._on_add_clicked)
        for card in (self._ahead, self._were):
            card.opened.connect(self._on_row_opened)
            card.menu_requested.connect(self._on_menu_requested)
        self._session.bus.changed.connect(self._on_bus_changed)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show(self, events: tuple[EventRow, ...]) -> None:
        self._events, today = events, self._session.today()
        ahead = [one for one in events if one.draft.held_on is None or one.draft.held_on >= today]
        ahead.sort(key=lambda one: (one.draft.held_on is None, one.draft.held_on or today, one.id))
        were = [one for one in events if one not in ahead]
        for head, card, found in (
            (self._ahead_head, self._ahead, ahead),
            (self._were_head, self._were, were),
        ):
            card.set_rows([self._line(one) for one in found[:SHOWN]])
            head.count.setText(f"{len(found):,}")
            for part in (head, card):
                part.setVisible(bool(found))
        self._parts.setCurrentIndex(0 if events else 1)

    def _line(self, one: EventRow) -> CardRow:
        today, draft = self._session.today(), one.draft
        about = wording.event_about(one, today)
        came = wording.event_outcome(one) if one.asks_outcome(today) or draft.outcome else ""
        more = draft.outcome or came or wording.event_people(one) or draft.goal
        line = CardRow(int(one.id), f"{draft.name}. {about}. {more}", height=72)
        words = add(
            column(), None, ElidedLabel(draft.name, "bodyStrong"), ElidedLabel(about, "small", "text2")
        )
        if more:
            words.addWidget(ElidedLabel(more, "small", "text2"))
        add(words, None)
        add(line.body, IconTile("ticket", "violet", 36, 18), 12, (words, 1), 8)
        add(line.body, Pill(wording.event_status(draft.status), _TONES.get(draft.status.value, "neutral")), 8)
        if one.asks_who(today) or (draft.held_on is None):
            met = Button(self.tr("Who did you meet?"), Variant.TINT, size=Size.SMALL)
            met.clicked.connect(lambda: self._ask_met(one))
            add(line.body, met, 6)
        more_button = IconButton(
            "ellipsis", self.tr("More about {name}").replace("{name}", draft.name), size=28, icon_size=16
        )
        more_button.clicked.connect(
            lambda: self._pop_up(one, more_button.mapToGlobal(QPoint(0, more_button.height())))
        )
        add(line.body, more_button)
        return line

    def _pop_up(self, one: EventRow, spot: QPoint) -> None:
        made = menu(self, one.draft.name)
        add_item(made, MenuItem(self.tr("Edit…"), "pencil"), lambda: self._edit(one))
        if not one.draft.lies_ahead(self._session.today()):
            add_item(made, MenuItem(self.tr("Who did you meet?"), "user-plus"), lambda: self._ask_met(one))
        people = dict([*one.met, *one.people])
        if people:
            made.addSeparator()
        for person, name in list(people.items())[:12]:
            add_item(made, MenuItem(name, "users"), partial(self._go, int(person)))
        made.addSeparator()
        add_item(made, MenuItem(self.tr("Delete"), "trash-2"), lambda: self._delete(one))
        made.popup(spot)

    # --- doing --------------------------------------------------------------------------------------------------------

    def add_event(self) -> None:
        """Open the dialog that adds an event."""
        dialog = EventEditor(self._session, None, (), self.window())
        dialog.written.connect(lambda draft: self._session.store(dialog, _adding(self._session, draft)))
        dialog.open()

    def _edit(self, one: EventRow) -> None:
        expected = tuple((int(person), name) for person, name in one.people)
        dialog = EventEditor(self._session, one.draft, expected, self.window())
        dialog.written.connect(
            lambda draft: self._session.store(dialog, _editing(self._session, one.id, draft))
        )
        dialog.open()

    def _ask_met(self, one: EventRow) -> None:
        dialog = MetDialog(one.draft.name, self.window())
        dialog.written.connect(
            lambda names: self._session.store(dialog, _meeting(self._session, one.id, names))
        )
        dialog.open()

    def _delete(self, one: EventRow) -> None:
        self._session.do(_deleting(self._session, one.id), self._session.bus)

    def _go(self, person: int) -> None:
        self._session.services.navigate(Place("people", person))

    def _found(self, event: int) -> EventRow | None:
        return next((one for one in self._events if one.id == event), None)

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_add_clicked(self) -> None:
        self.add_event()

    @Slot(int)
    def _on_row_opened(self, event: int) -> None:
        found = self._found(event)
        if found is not None:
            self._edit(found)

    @Slot(int, QPoint)
    def _on_menu_requested(self, event: int, spot: QPoint) -> None:
        found = self._found(event)
        if found is not None:
            self._pop_up(found, spot)

    @Slot(object)
    def _on_bus_changed(self, _changes: Changes) -> None:
        self.refresh()


def _adding(session: Session, draft: EventDraft) -> Callable[[], object]:
    def run() -> object:
        from crm.app import events  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        return events.add(session.book, draft, today=session.today())

    return run


def _editing(session: Session, event: EventId, draft: EventDraft) -> Callable[[], object]:
    def run() -> None:
        from crm.app import events  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        events.edit(session.book, event, draft, today=session.today())

    return run


def _meeting(session: Session, event: EventId, names: Sequence[Named]) -> Callable[[], object]:
    today, title = session.today(), wording.follow_up_title()

    def run() -> object:
        from crm.app import events  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        return events.met(session.book, event, names, today=today, follow_up=title)

    return run


def _deleting(session: Session, event: EventId) -> Callable[[], object]:
    def run() -> None:
        from crm.app import events  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        events.delete(session.book, event)

    return run
