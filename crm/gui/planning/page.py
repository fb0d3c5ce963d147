"""The plan to look over: picks with reasons, how often, how many a week; started in one step that undo takes back."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QWidget

from crm import wording
from crm.domain.changes import Changes
from crm.domain.planning import PACES, Choice, PlanPreview, needed_by, with_added
from crm.gui.planning.pick_line import PickLine
from crm.gui.planning.week_bars import WeekBars
from crm.gui.session import Place, Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, IconButton, LinkButton, Size, Variant
from crm.gui.widgets.cards import Card, RowCard, SectionHead
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row, scrolled
from crm.gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm.domain.cadence import Interval

SHOWN = 12
MORE = 60
_SIDE = 288
_BESIDE_FROM = 1080
_COMPACT_BELOW = 760
_MOST = 16_777_215
_TENTHS_BELOW = 3


class PlanPage(QWidget):
    """Suggests a plan for those who have none, at as many a week as the user wants."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._preview: PlanPreview | None = None
        self._pace: int | None = None
        self._left_out: set[int] = set()
        self._often: dict[int, Interval] = {}
        self._shown = SHOWN
        self._compact = False
        self._build_ui()
        self._connect()
        self.refresh()

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Check-in plan")

    def primary_focus(self) -> QWidget:
        """Return the row the keyboard is on."""
        return self._card.current or self._start

    def refresh(self) -> None:
        """Ask anew for a plan."""
        book, today, pace = self._session.book, self._session.today(), self._pace

        def ask() -> PlanPreview:
            from crm.app import planning  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return planning.suggest(book, today=today, per_week=pace)

        self._session.ask(self, ask, self._show, self)

    def choices(self) -> tuple[Choice, ...]:
        """Return who is in the plan, as it stands."""
        picks = self._preview.picks if self._preview else ()
        return tuple(
            replace(pick.choice, every=self._often.get(int(pick.row.id), pick.choice.every))
            for pick in picks
            if int(pick.row.id) not in self._left_out
        )

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self._close = IconButton("x", self.tr("Close the plan"))
        self._lead = PlainLabel("", "body", "text2", wrap=True)
        self._head = SectionHead(self.tr("People"))
        self._card = RowCard(self.tr("People picked"), inset=52)
        self._more = LinkButton("", size=Size.SMALL)
        self._bars, self._needs = WeekBars(), PlainLabel("", "small", "text2", wrap=True)
        self._warning = PlainLabel("", "small", "warn", wrap=True)
        self._paces = Segmented([(str(pace), str(pace)) for pace in PACES], self.tr("How many a week?"))
        side = Card()
        pace_label = PlainLabel(self.tr("How many a week?"), "small", "text2")
        week = PlainLabel(self.tr("Your week"), "heading")
        parts = (week, self._needs, 4, self._bars, 8, pace_label, self._paces, self._warning)
        add(column(side, (16, 14, 16, 16), gap=6), *parts)
        self._side = boxed(add(column(), side, None))
        main = add(column(gap=8), self._head, self._card, self._more, None)
        self._columns = add(row(gap=20), (main, 1), self._side)
        inner = QWidget()
        title = row()
        add(
            title, (PlainLabel(self.tr("Your suggested check-in plan"), "display", wrap=True), 1), self._close
        )
        add(column(inner, (32, 24, 32, 24), gap=8), title, self._lead, 8, (self._columns, 1))
        self._nobody = EmptyState("calendar-clock", self.tr("Nobody to suggest right now."))
        self._people = self._nobody.add_action(self.tr("Choose people"))
        self._parts = QStackedWidget()
        self._parts.addWidget(scrolled(inner, self.title()))
        self._parts.addWidget(self._nobody)
        self._foot = self._footer()
        add(column(self), (self._parts, 1), self._foot)

    def _footer(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        self._later = Button(self.tr("Not now"))
        self._start = Button(self.tr("Start this plan"), Variant.PRIMARY)
        hint = PlainLabel(
            self.tr("Change any of this later. Nothing is sent to anyone."), "small", "text2", wrap=True
        )
        add(row(foot, (32, 12, 32, 12), gap=8), (hint, 1), self._later, self._start)
        return foot

    def _connect(self) -> None:
        self._paces.chosen.connect(self._on_pace_chosen)
        self._more.clicked.connect(self._on_more_clicked)
        self._start.clicked.connect(self._on_start_clicked)
        self._later.clicked.connect(self._on_leave_clicked)
        self._close.clicked.connect(self._on_leave_clicked)
        self._people.clicked.connect(self._on_people_clicked)
        self._card.opened.connect(self._on_row_opened)
        self._session.bus.changed.connect(self._on_bus_changed)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show(self, preview: PlanPreview) -> None:
        self._preview = preview
        if str(preview.per_week) in {str(pace) for pace in PACES}:
            self._paces.choose(str(preview.per_week))
        lead = wording.picked(preview)
        self._parts.setCurrentIndex(0 if preview.picks or preview.full else 1)
        self._foot.setVisible(bool(preview.picks))
        self._nobody.set_text(self.tr("Nobody to suggest right now."), lead)
        self._lead.setText(lead)
        self._card.setVisible(bool(preview.picks))
        self._show_rows()
        self._show_load()

    def _show_rows(self) -> None:
        preview = self._preview
        if preview is None:
            return
        today = self._session.today()
        lines = [
            PickLine(
                replace(
                    pick,
                    choice=replace(pick.choice, every=self._often.get(int(pick.row.id), pick.choice.every)),
                ),
                today,
                included=int(pick.row.id) not in self._left_out,
                compact=self._compact,
            )
            for pick in preview.picks[: self._shown]
        ]
        for line in lines:
            line.changed.connect(self._on_line_changed)
        self._card.set_rows(lines)
        rest = len(preview.picks) - len(lines)
        self._more.setVisible(rest > 0)
        self._more.set_label(wording.count(min(rest, MORE), "Show {n} more", "Show {n} more"))

    def _show_load(self) -> None:
        preview = self._preview
        if preview is None:
            return
        chosen = self.choices()
        self._head.count.setText(
            self.tr("{n} of {all}")
            .replace("{n}", f"{len(chosen):,}")
            .replace("{all}", f"{preview.unplanned:,}")
        )
        self._bars.show_weeks(with_added(preview.weeks, (one.on for one in chosen)), preview.per_week)
        needed = needed_by(preview, chosen)
        about = f"{needed:.1f}".removesuffix(".0") if needed < _TENTHS_BELOW else f"{needed:.0f}"
        self._needs.setText(self.tr("About {n} check-ins a week once it runs.").replace("{n}", about))
        self._warning.setText(wording.needed(needed, preview.per_week))
        self._warning.setVisible(bool(self._warning.text()))
        self._start.setEnabled(bool(chosen))
        self._start.set_label(
            wording.count(len(chosen), "Start this plan with {n} person", "Start this plan with {n} people")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside, compact = self.width() >= px(_BESIDE_FROM), self.width() < px(_COMPACT_BELOW)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if beside else ways.BottomToTop)
        self._side.setMinimumWidth(px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(px(_SIDE) if beside else _MOST)
        if compact != self._compact:
            self._compact = compact
            self._show_rows()

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_line_changed(self) -> None:
        line = self.sender()
        if isinstance(line, PickLine):
            (self._left_out.discard if line.included else self._left_out.add)(line.key)
            self._often[line.key] = line.every
            self._show_load()

    @Slot(str)
    def _on_pace_chosen(self, pace: str) -> None:
        self._pace = int(pace)
        self.refresh()

    @Slot()
    def _on_more_clicked(self) -> None:
        self._shown += MORE
        self._show_rows()

    @Slot()
    def _on_start_clicked(self) -> None:
        session, chosen, preview = self._session, self.choices(), self._preview
        if preview is None or not chosen:
            return
        today, pace = session.today(), preview.per_week

        def run() -> int:
            from crm.app import planning  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return planning.start(session.book, chosen, today=today, per_week=pace)

        session.do(run, session.bus, lambda _count: session.services.navigate(Place("today")))

    @Slot()
    def _on_leave_clicked(self) -> None:
        self._session.services.navigate(Place("today"))

    @Slot()
    def _on_people_clicked(self) -> None:
        self._session.services.navigate(Place("people", show="no_plan"))

    @Slot(int)
    def _on_row_opened(self, person: int) -> None:
        self._session.services.navigate(Place("people", person))

    @Slot(object)
    def _on_bus_changed(self, _changes: Changes) -> None:
        self.refresh()
