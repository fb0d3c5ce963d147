"""The page of one company: who you know there, what happened, what you know."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QWidget

from crm import wording
from crm.domain.company import CompanyCard, CompanyId, CompanyPerson
from crm.domain.introduction import IntroductionDraft, IntroductionState, WayKind
from crm.gui.checkins import LogTouchDialog, every_menu, snooze_menu
from crm.gui.companies import asking, verbs, words
from crm.gui.companies.asking import Sight
from crm.gui.companies.company_menus import company_every_menu, log_menu, more_menu, person_menu
from crm.gui.companies.contacts import ContactsCard
from crm.gui.companies.head import CompanyHead
from crm.gui.companies.learned import LearnedCard
from crm.gui.companies.notes import NotesCard
from crm.gui.companies.noticed import NoticedCard
from crm.gui.companies.people_here import PeopleHere
from crm.gui.companies.recent import RecentTouches
from crm.gui.companies.roles_here import RolesHere
from crm.gui.companies.turning import Turning
from crm.gui.companies.watching import Watching
from crm.gui.companies.ways import AskDialog, WaysCard
from crm.gui.messages import Wish, write_message
from crm.gui.session import Place, Session
from crm.gui.theme import px
from crm.gui.widgets.announce import announce
from crm.gui.widgets.buttons import IconButton, LinkButton
from crm.gui.widgets.labels import ElidedLabel, Icon
from crm.gui.widgets.layouts import add, boxed, column, row, scrolled
from crm.gui.widgets.stat_bar import StatBar

SIDE_WIDTH = 288
_STEPS = {Qt.Key.Key_J: +1, Qt.Key.Key_K: -1}


class CompanyView(QWidget):
    """One company. `closed()` asks for the list, `stepped(int)` for the next (+1) or the previous (-1) of it."""

    closed = Signal()
    stepped = Signal(int)
    person_chosen = Signal(int)
    add_person_requested = Signal(str)
    edit_requested = Signal()
    merge_requested = Signal()
    delete_requested = Signal()
    shown = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._company: int | None = None
        self.sight: Sight | None = None
        # The page itself takes the keyboard when it opens, so that its letters work at once.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head = CompanyHead()
        self.stats = StatBar(self.tr("Facts about this company"))
        self.people = PeopleHere(session)
        self.roles = RolesHere()
        self.touches = RecentTouches()
        self.ways = WaysCard()
        self.noticed = NoticedCard()
        self.watching = Watching(session, self.noticed, self)
        self.learned = LearnedCard()
        self.contacts = ContactsCard()
        self.notes = NotesCard()
        self._build_ui()
        self._connect()

    @property
    def card(self) -> CompanyCard | None:
        """The company shown, once it is read."""
        return self.sight.card if self.sight else None

    def open(self, company: int) -> None:
        """Show a company, from its top."""
        if company != self._company:
            self.notes.keep()
            self._company = company
            self.sight = None
            self._scroll.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Read the company anew; scroll, focus and what is being written stay."""
        if self._company is None:
            return
        session, company = self._session, CompanyId(self._company)
        session.ask(
            (self, "sight"), lambda: asking.sight(session.book, company, session.today()), self._show, self
        )

    def set_steps(self, *, back: bool, on: bool) -> None:
        """Say whether there are companies before and after this one in the list."""
        self.previous.setEnabled(back)
        self.next.setEnabled(on)

    def log_touch(self, person: CompanyPerson | None = None) -> None:
        """Open the dialog that logs a touch."""
        people = ((person.id, person.name),) if person is not None else ()
        LogTouchDialog(self._session, people, self.window()).open()

    def ask_log(self, spot: QPoint) -> None:
        """Log a touch with the one person here, or ask with whom."""
        focused = self.people.grid.focused
        card = self.card
        if card is None:
            return
        if focused is not None or len(card.now) < 2:
            self.log_touch(focused or next(iter(card.now), None))
            return
        self._pop_up(log_menu(card, self.log_touch, self), spot)

    def log_here(self) -> None:
        """Log a touch by the keyboard: with the person it is on, else as the button does."""
        if self._company is not None:
            self.ask_log(_below(self.head.log))

    def plan_here(self) -> None:
        """Open the menu of how often by the keyboard: for the person it is on, else for the company."""
        person = self.people.grid.focused
        if person is not None:
            self._pop_up(every_menu(self._session, (person.id,), None, self), self._spot())
        elif self._company is not None:
            self._on_plan_requested(_below(self.head.plan))

    def snooze_focused(self) -> None:
        """Snooze the person the keyboard is on."""
        person = self.people.grid.focused
        if person is not None and person.next_due_on is not None:
            self._pop_up(snooze_menu(self._session, (person.id,), self), self._spot())

    def write_focused(self) -> None:
        """Write to the person the keyboard is on."""
        person = self.people.grid.focused
        if person is not None:
            write_message(self._session, Wish("", person.id), self.window())

    def toggle_target(self) -> None:
        """Make it a target company, or no longer."""
        if self.card is not None:
            verbs.set_target(self._session, (self.card.row.id,), not self.card.draft.target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return) and self.hasFocus():
            self.people.grid.focus()
        elif key in _STEPS and self.hasFocus() and self._session.services.settings().single_key_shortcuts:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._scroll_by(key)
        else:
            super().keyPressEvent(event)

    def _build_ui(self) -> None:
        main = QFrame()
        add(column(main, gap=24), self.people, self.roles, self.touches, None)
        self._side = QFrame()
        add(
            column(self._side, gap=16), self.ways, self.noticed, self.learned, self.contacts, self.notes, None
        )
        self._body = _Body(self._side)
        add(self._body.box, (main, 1), self._side)
        inner = QWidget()
        add(column(inner, (32, 8, 32, 32), gap=20), self.head, self.stats, self._body, None)
        self._scroll = scrolled(inner, self.tr("Company"))
        add(column(self), self._crumbs(), (self._scroll, 1))

    def _crumbs(self) -> QWidget:
        self.back = LinkButton(self.tr("Companies"), tooltip=self.tr("Back to the list (Esc)"))
        self._here = ElidedLabel("", "body", "text2")
        self.previous = IconButton("chevron-up", self.tr("Previous company"), shortcut="Alt+Up")
        self.next = IconButton("chevron-down", self.tr("Next company"), shortcut="Alt+Down")
        chevron = "chevron-left" if self.isRightToLeft() else "chevron-right"
        line = row(margins=(28, 12, 32, 4), gap=6)
        add(line, self.back, Icon(chevron, "text3", 14), (self._here, 1), self.previous, self.next)
        return boxed(line)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(+1))
        self.head.target_changed.connect(lambda _on: self.toggle_target())
        self.head.plan_requested.connect(self._on_plan_requested)
        self.head.log_requested.connect(self.ask_log)
        self.head.more_requested.connect(self._on_more_requested)
        self.stats.cell_chosen.connect(lambda _key, spot: self._on_plan_requested(spot))
        self.people.person_opened.connect(self.person_chosen)
        self.people.log_requested.connect(lambda person: self.log_touch(self._person(person)))
        self.people.menu_requested.connect(self._on_person_menu_requested)
        self.people.add_requested.connect(self._on_add_requested)
        self.roles.opened.connect(self._on_role_opened)
        self.ways.person_chosen.connect(self.person_chosen)
        self.ways.ask_requested.connect(self._on_ask_requested)
        self.ways.company_chosen.connect(lambda company: self._go(Place("companies", company)))
        self.ways.page_requested.connect(lambda page: self._go(Place(page)))
        self.ways.moved.connect(
            lambda one, state: verbs.move_introduction(self._session, one, IntroductionState(state))
        )
        self.notes.saved.connect(lambda company, notes: verbs.save_notes(self._session, company, notes))

    def _show(self, sight: Sight | None) -> None:
        if sight is None:
            # Deleted, merged, or its adding was taken back.
            self._company = None
            self.closed.emit()
            return
        anew = self.sight is None
        self.sight, today, card = sight, self._session.today(), sight.card
        self.setAccessibleName(self.tr("Company: {name}").format(name=card.row.name))
        self._here.setText(card.row.name)
        self.head.show_card(card)
        self.stats.set_cells(words.stats(sight, today))
        levels = {int(way.person): way.level for way in sight.ways.ways}
        self.people.show_card(card, levels, anew=anew)
        self.touches.show_touches(sight.touches, today, anew=anew)
        self.roles.show_roles(sight.roles, today)
        self.ways.show_ways(sight.ways, today, anew=anew)
        self.noticed.show_notes(card.row.id, sight.noticed, today, anew=anew)
        self.watching.show_notes(sight.noticed, card.now)
        self.learned.show_learned(sight.feedback, sight.lessons, today, anew=anew)
        self.contacts.show_points(card.draft.contacts)
        self.notes.show_notes(card.row.id, card.draft.notes)
        if anew and self.hasFocus():
            announce(self, self.accessibleName())
        self.shown.emit()

    def _person(self, person_id: int) -> CompanyPerson | None:
        known = (*self.card.now, *self.card.past) if self.card else ()
        return next((person for person in known if person.id == person_id), None)

    def _scroll_by(self, key: Qt.Key) -> None:
        bar = self._scroll.verticalScrollBar()
        page = bar.pageStep() - px(40)
        to = {
            Qt.Key.Key_PageDown: bar.value() + page,
            Qt.Key.Key_PageUp: bar.value() - page,
            Qt.Key.Key_Home: 0,
        }
        bar.setValue(to.get(key, bar.maximum()))

    def _spot(self) -> QPoint:
        """Return where a menu for what has the focus opens."""
        return _below(QApplication.focusWidget() or self)

    def _pop_up(self, made: QMenu, spot: QPoint) -> None:
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(spot)

    def _on_plan_requested(self, spot: QPoint) -> None:
        if self.card is not None:
            self._pop_up(company_every_menu(self._session, self.card, self), spot)

    def _on_more_requested(self, spot: QPoint) -> None:
        verbs_ = (self.edit_requested.emit, self.merge_requested.emit, self.delete_requested.emit)
        self._pop_up(more_menu(*verbs_, self), spot)

    def _on_person_menu_requested(self, person_id: int, spot: QPoint) -> None:
        person = self._person(person_id)
        if person is not None:
            made = person_menu(
                self._session,
                person,
                lambda: self.person_chosen.emit(person_id),
                lambda: self.log_touch(person),
                self,
            )
            self._pop_up(made, spot)

    def _on_ask_requested(self, connector: int) -> None:
        sight, card = self.sight, self.card
        way = next((way for way in sight.ways.ways if way.person == connector), None) if sight else None
        if way is None or card is None or sight is None:
            return
        known = {
            name.casefold(): person
            for one in sight.ways.ways
            for person, name in (
                *one.through,
                *(((one.person, one.name),) if one.kind is WayKind.HERE else ()),
            )
        }

        def ask(to: str, note: str) -> None:
            person = known.get(to.strip().casefold())
            name = "" if person is not None else to
            draft = IntroductionDraft(CompanyId(card.row.id), way.person, person, name, note)
            title = wording.introduction_step(draft, way.name, to.strip() if person else "", card.row.name)
            verbs.ask_introduction(self._session, dialog, draft, title)

        dialog = AskDialog(way, card.row.name, self.window())
        dialog.asked.connect(ask)
        dialog.open()

    def _on_role_opened(self, opportunity: int) -> None:
        self._go(Place("opportunities", opportunity))

    def _go(self, place: Place) -> None:
        self._session.services.navigate(place)

    def _on_add_requested(self) -> None:
        if self.card is not None:
            self.add_person_requested.emit(self.card.row.name)


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height()))


class _Body(Turning):
    """People and touches, and beside or under them what is known."""

    def __init__(self, side: QWidget) -> None:
        super().__init__(800, gap=24)
        self._side_column = side
        side.setFixedWidth(px(SIDE_WIDTH))

    def turned(self, wide: bool) -> None:
        if wide:
            self._side_column.setFixedWidth(px(SIDE_WIDTH))
        else:
            self._side_column.setMinimumWidth(0)
            self._side_column.setMaximumWidth((1 << 24) - 1)
