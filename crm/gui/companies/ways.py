"""Who leads into a company, the best first, and the introductions on their way."""

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.introduction import Introduction, IntroductionState, WayKind, WaysIn
from crm.domain.introduction import Way as WayIn
from crm.gui.companies import words
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.buttons import LINK_INSET, Button, ElidedLink, IconButton, LinkButton, Size, Variant
from crm.gui.widgets.cards import Card
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, TextArea, TextField
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row
from crm.gui.widgets.menus import MenuItem, add_item, menu

SHOWN = 4


class WaysCard(Card):
    """`person_chosen(int)`; `ask_requested(int)` for an introduction by somebody; `moved(int, str)` to a state.

    `company_chosen(int)` leads to a company of a similar name, `page_requested(str)` to what may bring a way in.
    """

    person_chosen = Signal(int)
    ask_requested = Signal(int)
    moved = Signal(int, str)
    company_chosen = Signal(int)
    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._found = WaysIn()
        self._today = date.min
        self._all = self._similar_shown = False
        self._count = PlainLabel("", "heading", "text3", tabular=True)
        self._nobody = PlainLabel("", "small", "text2", wrap=True)
        self._lines, self._asked = column(gap=12), column(gap=8)
        self._more = LinkButton("", size=Size.SMALL)
        head = add(
            row(gap=8),
            Icon("route", "text2", 16),
            PlainLabel(self.tr("Best way in"), "heading"),
            self._count,
            None,
        )
        self._try = Flow(gap=4)
        for label, page in ((self.tr("Import contacts"), "importing"), (self.tr("See events"), "events")):
            link = LinkButton(label, size=Size.SMALL)
            link.clicked.connect(partial(self.page_requested.emit, page))
            self._try.add(link)
        self._similar, self._names = LinkButton("", size=Size.SMALL), column(gap=4)
        self._asked_head = PlainLabel(self.tr("Introductions"), "smallMedium", "text2")
        ways = (self._nobody, self._try, self._lines, self._more, self._similar, self._names)
        parts = (head, *ways, self._asked_head, self._asked)
        add(column(self, (16, 14, 16, 16), gap=10), *parts)
        self._more.clicked.connect(self._on_more_clicked)
        self._similar.clicked.connect(self._on_similar_clicked)

    def show_ways(self, found: WaysIn, today: date, *, anew: bool) -> None:
        """Show these; `anew` for another company than before."""
        if anew:
            self._all = self._similar_shown = False
        elif (found, today) == (self._found, self._today):
            return
        self._found, self._today = found, today
        self._show()

    def _show(self) -> None:
        clear(self._lines)
        clear(self._asked)
        ways = self._found.ways if self._all else self._found.ways[:SHOWN]
        for way in ways:
            self._lines.addWidget(self._line(way))
        for one in self._found.introductions:
            self._asked.addWidget(self._introduction(one))
        self._count.setText(f"{len(self._found.ways):,}" if self._found.ways else "")
        self._nobody.setText(
            self.tr("Nobody you know is there now. These lead there:")
            if self._found.ways
            else self.tr(
                "You know no one here yet. Import newer contacts, ask who of your people may know somebody,"
                " or meet them at an event."
            )
        )
        self._nobody.setVisible(not self._found.knows_somebody)
        self._try.setVisible(not self._found.ways)
        self._show_similar()
        more = len(self._found.ways) - len(ways)
        self._more.set_label(wording.count(more, "Show {n} more", "Show {n} more"))
        self._more.setVisible(more > 0)
        self._asked_head.setVisible(bool(self._found.introductions))

    def _show_similar(self) -> None:
        clear(self._names)
        similar = self._found.similar
        self._similar.set_label(
            wording.count(
                len(similar), "{n} company with a similar name", "{n} companies with a similar name"
            )
        )
        self._similar.setVisible(bool(similar) and not self._similar_shown)
        for company, name in similar if self._similar_shown else ():
            link = ElidedLink(name, size=Size.SMALL)
            link.clicked.connect(partial(self.company_chosen.emit, int(company)))
            self._names.addWidget(link)

    def _line(self, way: WayIn) -> QWidget:
        name = ElidedLink(way.name, size=Size.SMALL)
        name.clicked.connect(lambda: self.person_chosen.emit(int(way.person)))
        leads = PlainLabel(wording.way(way), "small", "text", wrap=True)
        facts = PlainLabel(wording.way_facts(way, self._today), "caption", "text2", wrap=True)
        inside = add(column(margins=(LINK_INSET, 0, LINK_INSET, 0)), leads, facts)
        words_ = add(column(), name, inside)
        if way.kind is not WayKind.HERE:
            ask = Button(self.tr("Ask for an introduction"), Variant.PLAIN, size=Size.SMALL)
            ask.setAccessibleName(self.tr("Ask {name} for an introduction").replace("{name}", way.name))
            ask.clicked.connect(lambda: self.ask_requested.emit(int(way.person)))
            add(words_, add(row(margins=(LINK_INSET, 6, 0, 0)), ask, None))
        top = add(column(), Avatar(way.name, 32), None)
        return boxed(add(row(gap=8), top, (words_, 1)))

    def _introduction(self, one: Introduction) -> QWidget:
        said = PlainLabel(wording.introduction(one, self._today), "small", "text2", wrap=True)
        name = self.tr("Where the introduction by {name} stands").replace("{name}", one.connector)
        change = IconButton("ellipsis", name, size=28, icon_size=16)
        change.clicked.connect(lambda: self._ask_state(one, change))
        return boxed(add(row(gap=6), (said, 1), change))

    def _ask_state(self, one: Introduction, beside: QWidget) -> None:
        made = menu(beside, self.tr("Introduction"))
        for state in IntroductionState:
            item = MenuItem(wording.introduction_state(state), checked=state is one.state)
            add_item(made, item, partial(self.moved.emit, int(one.id), state.value))
        made.popup(beside.mapToGlobal(QPoint(0, beside.height())))

    def _on_more_clicked(self) -> None:
        self._all = True
        self._show()

    def _on_similar_clicked(self) -> None:
        self._similar_shown = True
        self._show_similar()


class AskDialog(Dialog):
    """Whom the user wants to meet, and a note for themselves. `asked(str, str)` tells both; whoever stores it closes it."""

    asked = Signal(str, str)

    def __init__(self, way: WayIn, company: str, parent: QWidget) -> None:
        title = words.tr("Ask {name} for an introduction").replace("{name}", way.name)
        super().__init__(title, parent, width=440)
        likely = way.through[0][1] if way.through else ""
        self.to = TextField(likely, words.tr("A name, or leave it open"), limit=200)
        self.remark = TextArea(lines=3)
        self.body.addWidget(Field(words.tr("To whom at {company}?").replace("{company}", company), self.to))
        self.body.addWidget(Field(words.tr("What you’d like to ask (for you alone)"), self.remark))
        self.body.addWidget(
            PlainLabel(words.tr("This makes a step for today. Nothing is sent."), "small", "text2", wrap=True)
        )
        self.add_cancel()
        self.add_button(words.tr("Add the step"), Variant.PRIMARY).clicked.connect(self._on_add_clicked)
        self.to.selectAll()
        self.to.setFocus()

    def _on_add_clicked(self) -> None:
        self.asked.emit(self.to.text(), self.remark.toPlainText())
