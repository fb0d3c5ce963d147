"""The calendar: check-ins, next steps, interviews and meetings by month, week or as a list; moved, and undone."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from crm import wording
from crm.domain.calendar import USUAL, EventKind
from crm.domain.dates import Toward
from crm.domain.event import EventRow
from crm.domain.interview import InterviewRow
from crm.domain.meeting import MeetingLine
from crm.domain.plan import StepRow
from crm.domain.schedule import DateRow, Scheduled
from crm.gui.actions import Act
from crm.gui.calendar import words
from crm.gui.calendar.agenda import Agenda
from crm.gui.calendar.grid import Grid
from crm.gui.checkins.day_dialog import DayDialog, DayQuestion
from crm.gui.checkins.days import day_field
from crm.gui.checkins.step_dialog import StepDialog
from crm.gui.export.connected import OffersDialog
from crm.gui.export.kinds import KindChips
from crm.gui.session import Place, Session
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.buttons import Button, IconButton
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row, scrolled
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm.app.schedule import Days

MONTH, WEEK, AGENDA = "month", "week", "agenda"
_WEEKS = {MONTH: 6, WEEK: 1}
_AGENDA_DAYS = 28
_FIRST, _LAST = (
    date(1900, 1, 1),
    date(2999, 12, 31),
)  # beyond these nobody plans, and weeks would end beyond all days


class CalendarPage(QWidget):
    """What the window shows for "Calendar"."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._items: tuple[Scheduled, ...] = ()
        self._per_week = 0
        self._day = session.today()
        self._stale = False
        self.setProperty("page", True)
        self.setAccessibleName(words.tr("Calendar"))
        self._build_ui()
        self._connect()
        self._show_range()

    # --- what the window asks for -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return "October 2025 – Calendar"."""
        return f"{words.month(self._day)} – {words.tr('Calendar')}"

    def primary_focus(self) -> QWidget:
        """Return the day the keyboard is on, or the first line of the list."""
        if self.views.current == AGENDA:
            return self.agenda.first or self.go_to.line
        return self.grid.current or self.grid

    def refresh(self) -> None:
        """Ask anew for what is shown."""
        self._stale = False
        session, (first, last) = self._session, self._range()

        def ask() -> "Days":
            from crm.app import schedule  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return schedule.on_days(session.book, first, last, today=session.today())

        session.ask((self, "days"), ask, self._show, self)

    def go_to_day(self, on: date, *, focus: bool = False) -> None:
        """Show a day, turning to its month or week where it isn't in sight."""
        on = min(max(on, _FIRST), _LAST)
        first, last = self._range()
        inside = first <= on <= last and (self.views.current != MONTH or on.month == self._day.month)
        self._day = on
        if inside and self.views.current != AGENDA:
            self.grid.choose(on, focus=focus)
        else:
            self._show_range(focus=focus)

    def turn(self, by: int) -> None:
        """Go a month, a week, or a list's length on, or back."""
        if self.views.current == MONTH:
            months = self._day.year * 12 + self._day.month - 1 + by
            self.go_to_day(date(months // 12, months % 12 + 1, 1))
        else:
            self.go_to_day(
                self._day + timedelta(days=by * (7 if self.views.current == WEEK else _AGENDA_DAYS))
            )

    def set_view(self, view: str) -> None:
        """Show the month, the week or the list."""
        self.views.choose(view)
        self._show_range(focus=True)

    # --- verbs ------------------------------------------------------------------------------------------------------

    def move_item(self, number: int, on: date) -> None:
        """Put an event on another day; the toast offers Undo."""
        session, one = self._session, self._items[number]
        if on == one.stands_on(session.today()):
            return

        def run() -> None:
            from crm.app import schedule  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            schedule.move(session.book, one, on, today=session.today())

        session.do(run, session.bus)

    def add_step(self) -> None:
        """Ask for a next step on the day the keyboard is on."""
        session, today = self._session, self._session.today()

        def said(title: str, on: date) -> None:
            def run() -> None:
                from crm.app import plans  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

                plans.add_step(session.book, None, title, on, today=today)

            session.do(run, session.bus)

        StepDialog(max(self._day, today), today, said, self).open()

    def open_item(self, number: int) -> None:
        """Go to the person or the opportunity an event is about."""
        source = self._items[number].source
        if isinstance(source, MeetingLine):
            place = Place("meetings")
        elif isinstance(source, EventRow):
            place = Place("events")
        elif isinstance(source, DateRow):
            place = Place("people", int(source.person))
        elif isinstance(source, InterviewRow):
            place = Place("opportunities", int(source.opportunity))
        elif not isinstance(source, StepRow):
            place = Place("people", int(source.person.id))
        elif source.opportunity is not None:
            place = Place("opportunities", int(source.opportunity))
        elif source.person is not None:
            place = Place("people", int(source.person))
        else:
            return
        self._session.services.navigate(place)

    def complete(self, number: int) -> None:
        """Call a step done."""
        session, one = self._session, self._items[number]

        def run() -> None:
            from crm.app import plans  # noqa: PLC0415 - SQLAlchemy must not load before the first paint
            from crm.domain.plan import StepId  # noqa: PLC0415 - with it

            plans.done(session.book, StepId(one.record), today=session.today())

        session.do(run, session.bus)

    def show_menu(self, number: int, spot: QPoint) -> None:
        """Offer what can be done with an event."""
        one, today = self._items[number], self._session.today()
        offered = menu(self)
        if not isinstance(one.source, StepRow) or one.source.opportunity or one.source.person:
            add_item(offered, MenuItem(words.tr("Open"), "external-link"), lambda: self.open_item(number))
        if one.kind is EventKind.STEP:
            add_item(offered, MenuItem(words.tr("Done"), "check"), lambda: self.complete(number))
        if one.kind not in (EventKind.MEETING, EventKind.DATE):
            self._offer_days(offered, number, one.stands_on(today))
        offered.popup(spot)

    def _offer_days(self, offered: QMenu, number: int, stands: date) -> None:
        for label, days, keys in (
            (words.tr("A day later"), 1, "Ctrl+Shift+Right"),
            (words.tr("A week later"), 7, "Ctrl+Shift+Down"),
        ):
            on = stands + timedelta(days=days)
            add_item(offered, MenuItem(label, "arrow-right", keys), partial(self.move_item, number, on))
        add_item(offered, MenuItem(words.tr("Move to…"), "calendar-days"), lambda: self._ask_day(number))

    # --- building ---------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self._month = PlainLabel("", "display")
        self._before = IconButton("chevron-left", words.tr("Earlier"), outlined=True)
        self._after = IconButton("chevron-right", words.tr("Later"), outlined=True)
        self._now = Button(words.tr("Today"))
        self.views = Segmented(
            ((MONTH, words.tr("Month")), (WEEK, words.tr("Week")), (AGENDA, words.tr("Agenda"))),
            words.tr("View"),
        )
        self._new = Button(words.tr("New step"), icon="plus")
        self._export = Button(words.tr("Export to calendar"), icon="calendar-plus")
        self.layers = KindChips(EventKind)
        self.layers.choose((*USUAL, EventKind.MEETING))  # of many people there is a birthday every day
        self.go_to = day_field(None, today=self._session.today(), toward=Toward.FUTURE)
        self.go_to.setAccessibleName(words.tr("Go to a day"))
        self.go_to.line.setPlaceholderText(words.tr("Go to a day"))
        turning = boxed(add(row(gap=6), self._before, self._now, self._after))
        head = Flow(turning, self.views, self._new, self._export, gap=10)
        self._offers = Banner("", words.tr("Look at them…"), dismissable=False)
        self.grid, self.agenda = Grid(self._session.today), Agenda(self._session.today)
        self._weeks = scrolled(self.grid, words.tr("Weeks"))
        self._stack = QStackedLayout()
        below = add(row(gap=12), (self.layers, 1), self.go_to)
        layout = column(self, (32, 24, 32, 20), 10)
        add(layout, self._month, head, below, self._offers)
        layout.addLayout(self._stack, 1)
        self._stack.addWidget(self._weeks)  # only now: without a parent it would flash up as a window
        self._stack.addWidget(self.agenda)

    def _connect(self) -> None:
        self._before.clicked.connect(lambda: self.turn(-1))
        self._after.clicked.connect(lambda: self.turn(+1))
        self._now.clicked.connect(lambda: self.go_to_day(self._session.today()))
        self._new.clicked.connect(self.add_step)
        self._export.clicked.connect(self._session.actions[Act.EXPORT_CALENDAR].trigger)
        self.views.chosen.connect(self._on_view_chosen)
        self.layers.chosen.connect(self._show_items)
        self.go_to.changed.connect(self._on_go_to_changed)
        self.grid.opened.connect(self.open_item)
        self.grid.move_requested.connect(self.move_item)
        self.grid.menu_requested.connect(self.show_menu)
        self.grid.day_chosen.connect(self._on_day_chosen)
        self.grid.day_opened.connect(self._on_day_opened)
        self.grid.turn_requested.connect(self._on_turn_requested)
        self.agenda.opened.connect(self.open_item)
        self.agenda.menu_requested.connect(self.show_menu)
        self.agenda.move_requested.connect(self._on_agenda_move_requested)
        self._session.bus.changed.connect(self._on_bus_changed)
        self._session.pushing.changed.connect(self._show_offers)
        self._offers.acted.connect(lambda: OffersDialog(self._session, self).open())
        self._show_offers()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _range(self) -> tuple[date, date]:
        """Return the first and the last day in sight."""
        if self.views.current == AGENDA:
            return self._day, self._day + timedelta(days=_AGENDA_DAYS - 1)
        start = self._day.replace(day=1) if self.views.current == MONTH else self._day
        first = start - timedelta(days=(start.isoweekday() - QLocale().firstDayOfWeek().value) % 7)
        return first, first + timedelta(days=7 * _WEEKS[self.views.current] - 1)

    def _show_range(self, *, focus: bool = False) -> None:
        view = self.views.current
        self._month.setText(words.month(self._day))
        if view != AGENDA:
            month = self._day.month if view == MONTH else None
            self.grid.show_days(self._range()[0], _WEEKS[view], month=month)
            self.grid.choose(self._day, focus=focus)
            self._weeks.ensureWidgetVisible(self.grid.cell(self._day))
        self._stack.setCurrentWidget(self.agenda if view == AGENDA else self._weeks)
        self.refresh()

    def _show(self, found: "Days") -> None:
        self._items, self._per_week = found.items, found.per_week
        self._show_items()

    @Slot()
    def _show_offers(self) -> None:
        """Say that the connected calendar has something to ask."""
        number = len(self._session.pushing.standing.offers)
        self._offers.set_message(wording.offers_wait(number), words.tr("Look at them…"))
        self._offers.setVisible(number > 0)

    @Slot()
    def _show_items(self) -> None:
        """Show the kinds that are on; the loads count every check-in."""
        today, kinds = self._session.today(), self.layers.value
        shown = [(number, one) for number, one in enumerate(self._items) if one.kind in kinds]
        if self.views.current == AGENDA:
            self.agenda.show_items(shown, self._range()[1])
            return
        self.grid.show_items(shown, self._per_week, self._check_in_days(today))

    def _check_in_days(self, today: date) -> Sequence[date]:
        return [one.stands_on(today) for one in self._items if one.kind is EventKind.CHECK_IN]

    def _ask_day(self, number: int) -> None:
        one, today = self._items[number], self._session.today()
        title = wording.say(words.tr("Move “{what}”"), what=words.short(one))
        question = DayQuestion(
            title,
            words.tr("Move"),
            words.tr("A date, or words such as “next tue” or “in 3 weeks”."),
            usual=one.stands_on(today),
        )
        DayDialog(question, today, lambda on: self.move_item(number, on), self).open()

    # --- events -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One letter goes to today, changes the view or adds a step, unless such shortcuts are off."""
        letters = {
            Qt.Key.Key_T: lambda: self.go_to_day(self._session.today(), focus=True),
            Qt.Key.Key_M: lambda: self.set_view(MONTH),
            Qt.Key.Key_W: lambda: self.set_view(WEEK),
            Qt.Key.Key_A: lambda: self.set_view(AGENDA),
            Qt.Key.Key_N: self.add_step,
        }
        key, plain = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and key in letters and self._session.services.settings().single_key_shortcuts:
            letters[key]()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    @Slot(str)
    def _on_view_chosen(self, _view: str) -> None:
        self._show_range()

    @Slot()
    def _on_go_to_changed(self) -> None:
        if (on := self.go_to.value) is not None:
            self.go_to_day(on, focus=True)

    @Slot(object)
    def _on_day_chosen(self, on: date) -> None:
        self.go_to_day(on, focus=True)

    @Slot(object)
    def _on_day_opened(self, on: date) -> None:
        self._day = on
        self.set_view(AGENDA)

    @Slot(int)
    def _on_turn_requested(self, by: int) -> None:
        self.turn(by)
        self.grid.choose(self._day, focus=True)

    @Slot(int, int)
    def _on_agenda_move_requested(self, number: int, days: int) -> None:
        self.move_item(number, self._items[number].stands_on(self._session.today()) + timedelta(days=days))

    @Slot(object)
    def _on_bus_changed(self, _changes: object) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
