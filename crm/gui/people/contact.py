"""The page of one person: who it is, what to do now, how things stand, what happened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from crm import wording
from crm.domain.cadence import DueState
from crm.domain.person import ContactKind
from crm.domain.warmth import Level
from crm.gui import links
from crm.gui.checkins import PaceCard
from crm.gui.paint import Face
from crm.gui.people import asking
from crm.gui.people.about import AboutTab
from crm.gui.people.acts import PersonActs
from crm.gui.people.aside import ContactCard, FellowsCard
from crm.gui.people.notes import NotesTab
from crm.gui.people.timeline import TimelineTab
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.buttons import Button, IconButton, LinkButton, Size, Variant
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row, scrolled
from crm.gui.widgets.pictures import photo_pixmap
from crm.gui.widgets.pill import Pill
from crm.gui.widgets.stat_bar import Stat, StatBar
from crm.gui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from crm.domain.person import PersonCard

SIDE_FROM = 700  # of the page's own width at 100 %: room for a second column
_SIDE = 248


class ContactPage(QWidget):
    """Shows the person it is given; `company_chosen(int)` and `person_chosen(int)` lead on, `back_requested()` back."""

    company_chosen = Signal(int)
    person_chosen = Signal(int)
    back_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._page: asking.Page | None = None
        self.acts = PersonActs(session, self)
        self._build_ui()
        self._connect()

    @property
    def card(self) -> "PersonCard | None":
        """The person shown."""
        return self._page.card if self._page else None

    def set_back(self, shown: bool) -> None:
        """Offer the way back to the list, where only one of the two has room."""
        self._back.setVisible(shown)

    def show_page(self, page: asking.Page) -> None:
        """Show a person."""
        self._page = page
        card = page.card
        self.setAccessibleName(self.tr("Contact: {name}").replace("{name}", card.row.name))
        self.acts.set_card(card)
        self._show_head(page)
        self._show_buttons()
        self._stats.set_cells(self._cells(card))
        self._show_between(card)
        self._pace.ask_about((int(card.row.id),))
        self._tabs.set_count("timeline", len(page.timeline) or None)
        self._timeline.show_page(page)
        self._about.show_card(card)
        self._notes.show_card(card)
        self._contact.show_card(card)
        at_company = self.tr("Also at {company}").replace("{company}", card.row.company)
        self._fellows.show_fellows(at_company, card.colleagues, card.colleagues_total)
        by = (card.introduced_by,) if card.introduced_by else ()
        self._introduced_by.show_fellows(self.tr("Introduced by"), by, len(by))
        self._introduced.show_fellows(self.tr("Introduced to you"), card.introduced, len(card.introduced))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(SIDE_FROM)
        self._below.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self._side.setMaximumWidth(px(_SIDE) if wide else 16_777_215)
        self._side.setMinimumWidth(px(_SIDE) if wide else 0)

    # --- building ---------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        inner = QWidget()
        layout = column(inner, (28, 20, 28, 28), 16)
        self._back = LinkButton(self.tr("‹ People"))
        self._pace = PaceCard(self._session)
        self._tabs = Tabs(
            (("timeline", self.tr("Timeline")), ("about", self.tr("About")), ("notes", self.tr("Notes"))),
            self.tr("Parts of this page"),
        )
        add(
            layout,
            (self._back, Qt.AlignmentFlag.AlignLeft),
            self._head(),
            self._buttons(),
            self._standing(),
            self._pace,
            self._tabs,
        )
        self._timeline = TimelineTab(self._session, self.acts)
        self._about = AboutTab(self._session)
        self._notes = NotesTab(self._session)
        self._parts = QStackedWidget()
        for part in (self._timeline, self._about, self._notes):
            self._parts.addWidget(part)
        self._side = self._aside()
        self._below = row(None, (0, 0, 0, 0), 24)
        self._below.addWidget(self._parts, 1)
        self._below.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._below)
        layout.addStretch(1)
        add(column(self), scrolled(inner, self.tr("Contact")))
        self._back.hide()

    def _head(self) -> QWidget:
        self._avatar = Avatar("", 68)
        self._name = PlainLabel("", "display", wrap=True, selectable=True)
        self._star = IconButton("star", self.tr("Star"), size=28)
        self._more = IconButton("ellipsis", self.tr("More"), size=32)
        self._headline = PlainLabel("", "body", "text2", wrap=True)
        self._company = LinkButton("")
        self._tags = Flow(gap=6)
        named = row(None, (0, 0, 0, 0), 4)
        add(named, (self._name, 1), self._star, self._more)
        worded = column(None, (0, 0, 0, 0), 4)
        add(worded, boxed(named), Flow(self._headline, self._company, gap=4), self._tags)
        head = row(None, (0, 0, 0, 0), 16)
        head.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(worded, 1)
        return boxed(head)

    def _buttons(self) -> QWidget:
        self._log = Button(self.tr("Log touch"), Variant.PRIMARY, icon="check")
        self._write = Button(self.tr("Write…"), icon="send")
        self._call = Button(self.tr("Call"), icon="phone")
        self._linkedin = Button(self.tr("Open LinkedIn"), icon="external-link")
        self._snooze = Button(self.tr("Snooze"), icon="alarm-clock")
        return Flow(self._log, self._write, self._call, self._linkedin, self._snooze)

    def _standing(self) -> QWidget:
        self._stats = StatBar(self.tr("How things stand"))
        self._between = PlainLabel("", "small", "text2", wrap=True)
        return boxed(add(column(None, (0, 0, 0, 0), 8), self._stats, self._between))

    def _aside(self) -> QWidget:
        self._contact = ContactCard(self._session)
        self._fellows, self._introduced_by, self._introduced = FellowsCard(), FellowsCard(), FellowsCard()
        cards = (self._contact, self._introduced_by, self._fellows, self._introduced)
        return boxed(add(column(None, (0, 0, 0, 0), 16), *cards))

    def _connect(self) -> None:
        self._back.clicked.connect(self.back_requested)
        self._tabs.chosen.connect(self._on_tab_chosen)
        self._log.clicked.connect(self.acts.log)
        self._write.clicked.connect(self.acts.write)
        self._call.clicked.connect(self._on_call_clicked)
        self._linkedin.clicked.connect(self._on_linkedin_clicked)
        self._snooze.clicked.connect(self._on_snooze_clicked)
        self._star.clicked.connect(self.acts.star)
        self._more.clicked.connect(self._on_more_clicked)
        self._company.clicked.connect(self._on_company_clicked)
        self._stats.cell_chosen.connect(self._on_cell_chosen)
        self._contact.edit_requested.connect(self.acts.edit)
        self._about.edit_requested.connect(self.acts.edit)
        for fellows in (self._fellows, self._introduced_by, self._introduced):
            fellows.person_chosen.connect(self.person_chosen)
        self._fellows.all_requested.connect(self._on_company_clicked)

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show_head(self, page: asking.Page) -> None:
        line, draft = page.card.row, page.card.draft
        photo = photo_pixmap(page.photo) if page.photo else None
        self._avatar.set_face(Face(line.name, photo=photo))
        self._name.setText(line.name)
        self._star.set_icon("star", "warn_solid" if line.starred else "text3")
        self._star.set_name(self.tr("Remove star") if line.starred else self.tr("Star"))
        if line.title and line.company:
            self._headline.setText(self.tr("{title} at").replace("{title}", line.title))
        else:
            self._headline.setText(line.title)
        self._headline.setVisible(bool(line.title))
        self._company.set_label(line.company)
        self._company.setVisible(bool(line.company))
        self._show_tags(draft.tags)

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        layout = self._tags.layout()
        if layout is None:
            return
        clear(layout)
        for name in tags:
            layout.addWidget(Pill(name, "brand", icon="tag"))
        more = Button(self.tr("Add tag"), Variant.GHOST, icon="plus", size=Size.SMALL)
        more.clicked.connect(self.acts.tag)
        layout.addWidget(more)

    def _show_buttons(self) -> None:
        card = self.card
        if card is None:
            return
        self._call.set_reason("" if self._phone() else self.tr("No phone number yet"))
        self._linkedin.set_reason("" if card.draft.linkedin else self.tr("No LinkedIn address yet"))
        planned = card.row.next_due_on is not None
        self._snooze.set_reason("" if planned else self.tr("No check-in to snooze yet"))

    def _cells(self, card: "PersonCard") -> tuple[Stat, ...]:
        line, today = card.row, self._session.today()
        often, why = wording.cadence(line.cadence)
        due, _ = wording.person_pill(line, today)
        return (
            Stat(self.tr("Last touch"), *self._last(card)),
            Stat(self.tr("Check in"), often, why or self.tr("Choose how often"), key="often"),
            Stat(self.tr("Next check-in"), due, self._then(card), icon="calendar-check"),
            self._warmth(card),
        )

    def _last(self, card: "PersonCard") -> tuple[str, str]:
        today, last = self._session.today(), card.row.last_touch_on
        if last is None:
            return self.tr("None yet"), self.tr("Log the first one")
        words = wording.ago(last, today)
        kind = card.last_touch_kind.capitalize() if card.last_touch_kind else ""
        when = wording.short_day(last, today)
        return words[:1].upper() + words[1:], ", ".join(part for part in (kind, when) if part)

    def _warmth(self, card: "PersonCard") -> Stat:
        found = card.warmth
        word = wording.warmth(found)
        return Stat(
            self.tr("Warmth"),
            word,
            wording.warmth_touches(found),
            warmth=tuple(Level).index(found.level) + 1,
            sentence=self.tr("Warmth: {word}").replace("{word}", word),
            more=wording.warmth_parts(found, self._session.today()),
        )

    def _then(self, card: "PersonCard") -> str:
        """Return what follows once it is done: "Then 22 Dec"."""
        line, today = card.row, self._session.today()
        if line.state is DueState.RESTING:
            return self.tr("Until you resume")
        if line.cadence.every is None or line.next_due_on is None:
            return ""
        if line.state is DueState.SNOOZED:
            return self.tr("Snoozed from {day}").replace("{day}", wording.short_day(line.next_due_on, today))
        if moved := wording.placed(card.placed, line.next_due_on, card.ideal_on, today):
            return moved[:1].upper() + moved[1:]
        then = line.cadence.every.after(today)
        return self.tr("Then {day}").replace("{day}", wording.short_day(then, today))

    def _show_between(self, card: "PersonCard") -> None:
        said = wording.between(card.clocks, self._session.today())
        self._between.setText(" · ".join(said))
        self._between.setVisible(bool(said))

    def _phone(self) -> str:
        card = self.card
        points = card.draft.contacts if card else ()
        return next((point.value for point in points if point.kind is ContactKind.PHONE), "")

    # --- slots ------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_tab_chosen(self, key: str) -> None:
        self._parts.setCurrentIndex(("timeline", "about", "notes").index(key))

    @Slot()
    def _on_call_clicked(self) -> None:
        links.open_link(links.tel(self._phone()))

    @Slot()
    def _on_linkedin_clicked(self) -> None:
        if self.card is not None:
            links.open_link(links.safe_external(self.card.draft.linkedin))

    @Slot()
    def _on_snooze_clicked(self) -> None:
        self.acts.snooze(self._snooze.mapToGlobal(QPoint(0, self._snooze.height())))

    @Slot()
    def _on_more_clicked(self) -> None:
        self.acts.more(self._more.mapToGlobal(QPoint(0, self._more.height())))

    @Slot()
    def _on_company_clicked(self) -> None:
        if self.card is not None and self.card.row.company_id is not None:
            self.company_chosen.emit(self.card.row.company_id)

    @Slot(str, QPoint)
    def _on_cell_chosen(self, _key: str, spot: QPoint) -> None:
        self.acts.often(spot)
