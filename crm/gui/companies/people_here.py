"""The people you know at a company: who is there now, who was before."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from crm.domain.company import CompanyCard, CompanyPerson
from crm.domain.warmth import Level
from crm.gui.companies import asking
from crm.gui.companies.person_grid import PersonGrid
from crm.gui.companies.turning import Turning
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.cards import Card
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.gui.widgets.pictures import photo_pixmap
from crm.gui.widgets.segmented import Segmented

SHOWN = 60
NOW, PAST = "now", "past"


class PeopleHere(QWidget):
    """Cards of people, with a switch between now and past. More than sixty show when asked for."""

    person_opened = Signal(int)
    log_requested = Signal(int)
    menu_requested = Signal(int, QPoint)
    add_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._card: CompanyCard | None = None
        self._levels: Mapping[int, Level] = {}
        self._most = SHOWN
        self.switch = Segmented(
            ((NOW, self.tr("Now")), (PAST, self.tr("Past"))), self.tr("People now or before")
        )
        self.add = Button(self.tr("Add person"), icon="user-plus")
        self.grid = PersonGrid(self.tr("People you know here"))
        self.more = Button("")
        self._empty = EmptyState("users", "", tone="neutral")
        self.see_past = self._empty.add_action(self.tr("See past"), primary=False)
        self._build_ui()
        self._connect()

    def show_card(self, card: CompanyCard, levels: Mapping[int, Level], *, anew: bool) -> None:
        """Show the people of a company and how warm they are; `anew` for another company than before."""
        self._card, self._levels = card, levels
        if anew:
            self._most = SHOWN
            self.switch.choose(NOW)
        self._show()

    def switch_to(self, which: str) -> None:
        """Show who is there now, or who was before."""
        if which != self.switch.current:
            self.switch.choose(which)
            self._on_switched(which)

    @property
    def people(self) -> tuple[CompanyPerson, ...]:
        """All people the switch stands for."""
        if self._card is None:
            return ()
        return self._card.now if self.switch.current == NOW else self._card.past

    def _build_ui(self) -> None:
        self._count = PlainLabel("", "body", "text3", tabular=True)
        title = add(row(gap=8), PlainLabel(self.tr("People you know here"), "heading"), self._count, None)
        head = Turning(420, gap=6)
        add(head.box, (boxed(title), 1), boxed(add(row(gap=8), self.switch, self.add, None)))
        self._empty_card = Card()
        add(column(self._empty_card), self._empty)
        more = add(row(), None, self.more, None)
        add(column(self, gap=12), head, self.grid, more, self._empty_card)

    def _connect(self) -> None:
        self.switch.chosen.connect(self._on_switched)
        self.add.clicked.connect(self.add_requested)
        self.grid.opened.connect(self.person_opened)
        self.grid.log_requested.connect(self.log_requested)
        self.grid.menu_requested.connect(self.menu_requested)
        self.more.clicked.connect(self._on_more_clicked)
        self.see_past.clicked.connect(lambda: self.switch_to(PAST))

    def _show(self) -> None:
        people = self.people
        shown = people[: self._most]
        self._count.setText(f"{len(people):,}")
        self.grid.set_people(shown, self._levels, self._session.today())
        self.grid.setVisible(bool(people))
        self._empty_card.setVisible(not people)
        self.more.setVisible(len(shown) < len(people))
        self.more.set_label(self.tr("Show all {n}").replace("{n}", f"{len(people):,}"))
        if not people:
            self._say_empty()
        self._ask_photos(shown)

    def _say_empty(self) -> None:
        past = len(self._card.past) if self._card else 0
        if self.switch.current == PAST:
            self._empty.set_text(self.tr("Nobody you know used to work here"))
        elif past:
            self._empty.set_text(
                self.tr("You don’t know anyone here yet"),
                self.tr("But you know people who used to work here."),
            )
        else:
            self._empty.set_text(
                self.tr("You don’t know anyone here yet"), self.tr("Anyone who used to work here?")
            )
        self.see_past.setVisible(self.switch.current == NOW)

    def _ask_photos(self, people: tuple[CompanyPerson, ...]) -> None:
        session = self._session
        wanted = [person.photo for person in people if person.photo]
        if wanted:
            session.ask(
                (self, "photos"), lambda: asking.photos(session.book, wanted), self._show_photos, self
            )

    def _show_photos(self, photos: dict[str, bytes]) -> None:
        read = {sha: photo_pixmap(data) for sha, data in photos.items()}
        self.grid.set_photos({sha: photo for sha, photo in read.items() if photo is not None})

    def _on_switched(self, _which: str) -> None:
        self._most = SHOWN
        self._show()

    def _on_more_clicked(self) -> None:
        self._grow()
        self.grid.focus(SHOWN)

    def _grow(self) -> None:
        """Show some more, and the rest in the next turns of the loop: the window answers meanwhile."""
        self._most += SHOWN
        self._show()
        if self._most < len(self.people):
            QTimer.singleShot(0, self, self._grow)
