"""What the user does to people, by button, key or menu: each is a dialog, a menu or a verb."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from crm.domain.cadence import DueState
from crm.domain.person import PersonCard, PersonDraft, PositionDraft, Standing
from crm.domain.touch import TouchRow
from crm.gui import links
from crm.gui.checkins import (
    LogTouchDialog,
    add_silences,
    every_menu,
    rest,
    resume,
    skip,
    snooze_menu,
    unsnooze,
)
from crm.gui.messages import Wish, write_message
from crm.gui.people import asking
from crm.gui.people.editor import PersonEditor
from crm.gui.people.tagging import TagDialog
from crm.gui.session import Place, Session
from crm.gui.widgets.menus import MenuItem, add_item, menu


class PersonActs(QObject):
    """Acts on the person it was given last."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._card: PersonCard | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        """The person acted on."""
        return (int(self._card.row.id),) if self._card else ()

    def set_card(self, card: PersonCard | None) -> None:
        """Say who is meant."""
        self._card = card

    @Slot()
    def log(self) -> None:
        """Open the dialog that logs a touch."""
        if self._card is not None:
            people = ((int(self._card.row.id), self._card.row.name),)
            LogTouchDialog(self._session, people, self._window).open()

    def edit_touch(self, touch: TouchRow) -> None:
        """Open the dialog that corrects a touch."""
        people = tuple((int(person), name) for person, name in touch.people)
        LogTouchDialog(self._session, people, self._window, touch=touch).open()

    def delete_touch(self, touch: TouchRow) -> None:
        """Delete a touch."""
        session = self._session
        session.do(lambda: asking.delete_touch(session.book, touch.id, session.today()), session.bus)

    @Slot()
    def write(self) -> None:
        """Open a draft of a message; nothing is sent."""
        if self._card is not None:
            write_message(self._session, Wish("", int(self._card.row.id)), self._window)

    @Slot()
    def edit(self) -> None:
        """Open the editor."""
        if self._card is not None:
            PersonEditor(self._session, self._card.draft, self._window, card=self._card).open()

    def add(self, name: str = "", company: str = "") -> None:
        """Open the editor for someone new, and go to them once they are saved."""
        positions = (PositionDraft(company),) if company else ()
        draft = PersonDraft(display_name=name, positions=positions)
        editor = PersonEditor(self._session, draft, self._window)
        editor.saved.connect(self._on_editor_saved)
        editor.open()

    @Slot()
    def star(self) -> None:
        """Star, or take the star away."""
        session, card = self._session, self._card
        if card is not None:
            on = not card.row.starred
            session.do(lambda: asking.star(session.book, int(card.row.id), on=on), session.bus)

    @Slot()
    def tag(self) -> None:
        """Open the dialog that tags."""
        if self._card is not None:
            TagDialog(self._session, self.ids, self._window).open()

    def untag(self, name: str) -> None:
        """Take a tag away."""
        session, ids = self._session, self.ids
        session.do(lambda: asking.tag(session.book, ids, name, session.today(), on=False), session.bus)

    def snooze(self, spot: QPoint) -> None:
        """Open the menu of days."""
        if self.ids:
            snooze_menu(self._session, self.ids, self._window).popup(spot)

    def often(self, spot: QPoint) -> None:
        """Open the menu of how often."""
        if self._card is not None:
            card = self._card
            every_menu(self._session, self.ids, card.row.cadence, self._window, rules=card.rules).popup(spot)

    def delete(self, ids: tuple[int, ...]) -> None:
        """Delete people; the toast offers to undo."""
        session = self._session
        if ids:
            session.do(lambda: asking.delete(session.book, ids), session.bus)

    def more(self, spot: QPoint) -> None:
        """Open the menu of everything else."""
        card = self._card
        if card is None:
            return
        made = menu(self._window, self.tr("More"))
        add_item(made, MenuItem(self.tr("Edit…"), "pencil", "Ctrl+E"), self.edit)
        self._add_check_in_items(made, card)
        made.addSeparator()
        for name in card.draft.tags:
            label = self.tr("Remove tag {name}").replace("{name}", name)
            add_item(made, MenuItem(label, "tag"), partial(self.untag, name))
        if card.row.email:
            blank = MenuItem(self.tr("Blank email"), "mail")
            add_item(made, blank, lambda: self._open_blank(card.row.email))
            add_item(made, MenuItem(self.tr("Copy email address"), "copy"), self._copy_email)
        active = card.row.standing is Standing.ACTIVE
        label = self.tr("Archive") if active else self.tr("Bring back")
        add_item(made, MenuItem(label, "archive"), self._archive)
        add_item(made, MenuItem(self.tr("Delete"), "trash-2", "Del"), lambda: self.delete(self.ids))
        made.popup(spot)

    def _add_check_in_items(self, made: QMenu, card: PersonCard) -> None:
        session, ids, state = self._session, self.ids, card.row.state
        if card.row.next_due_on is not None:
            item = MenuItem(self.tr("Skip this time"), "skip-forward", "Shift+S")
            add_item(made, item, lambda: skip(session, ids))
        if state is DueState.SNOOZED:
            add_item(made, MenuItem(self.tr("End the snooze"), "alarm-clock"), lambda: unsnooze(session, ids))
        if state is DueState.RESTING:
            add_item(made, MenuItem(self.tr("Resume check-ins"), "play"), lambda: resume(session, ids))
        else:
            item = MenuItem(self.tr("Rest: no check-ins until resumed"), "pause", "R")
            add_item(made, item, lambda: rest(session, ids))
        add_silences(made, session, int(card.row.id))

    def _open_blank(self, address: str) -> None:
        if not links.open_link(links.mailto(address)):
            problem = self.tr("Couldn’t open your mail program for {address}.")
            self._session.services.tell(problem.replace("{address}", address))

    def _copy_email(self) -> None:
        if self._card is not None:
            QGuiApplication.clipboard().setText(self._card.row.email)
            self._session.services.tell(self.tr("Email address copied."))

    def _archive(self) -> None:
        session, card, ids = self._session, self._card, self.ids
        if card is not None:
            active = card.row.standing is Standing.ACTIVE
            to = Standing.ARCHIVED if active else Standing.ACTIVE
            session.do(lambda: asking.archive(session.book, ids, to, session.today()), session.bus)

    @Slot(int)
    def _on_editor_saved(self, person: int) -> None:
        self._session.services.navigate(Place("people", person))
