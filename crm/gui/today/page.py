"""The page Today: greeting, check-ins, and beside them the week, who slips away, and the rhythm of touches."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from crm import wording
from crm.domain.agenda import CheckInRow
from crm.domain.changes import Changes
from crm.domain.person import PersonRow
from crm.gui.actions import Act
from crm.gui.checkins import PaceCard, back
from crm.gui.session import Place, Session
from crm.gui.theme import px
from crm.gui.today import words
from crm.gui.today.acts import CheckInActs
from crm.gui.today.asking import Day, day_question
from crm.gui.today.check_in_line import CheckInLine
from crm.gui.today.check_ins import CheckInCard, CheckIns, WeekAhead
from crm.gui.today.goals import GoalsCard
from crm.gui.today.head import Head
from crm.gui.today.met import MetBanner
from crm.gui.today.people_card import DoneToday, LosingTouchCard
from crm.gui.today.rhythm import RhythmCard
from crm.gui.today.search import SearchSteps
from crm.gui.today.week import WeekCard
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.layouts import add, column, row, scrolled

BESIDE_FROM = 1180
WIDE_FROM = 900
ROOMY_FROM = 640
OVERLOAD = 8
_SIDE = 320
_MINUTE_MS = 60_000
_ROW_ACTS = (Act.LOG_TOUCH, Act.WRITE, Act.SNOOZE, Act.SKIP, Act.HOW_OFTEN, Act.REST)
_MOST = 16_777_215


class TodayPage(QWidget):
    """Whom to talk to today, and why. `clock` tells the hour for the greeting."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._session, self._clock = session, clock
        self._day: Day | None = None
        self._looking = False
        self._stale = False
        self._quiet_on: date | None = None  # the day the user said "not now"
        self._acts = CheckInActs(session, self)
        self._build_ui()
        self._connect()
        # Asked each minute: a timer set for midnight would wait on through a night the computer slept.
        self._minutes = QTimer(self, interval=_MINUTE_MS)
        self._minutes.timeout.connect(self._on_minute)
        self._minutes.start()
        self.refresh()

    def refresh(self) -> None:
        """Ask anew for the day."""
        self._stale = False
        self._session.ask(self, day_question(self._session.book, self._session.today()), self._show_day, self)
        self._search.refresh()
        self._goals.refresh()
        self._met.refresh()

    def title(self) -> str:
        """Return the page's name for the window title."""
        return self.tr("Today")

    def primary_focus(self) -> QWidget:
        """Return the row the keyboard is on; the page itself until there are rows."""
        line = (
            self._check_ins.card.line
            or self._check_ins.also.line
            or (self._ahead.card.line if self._looking else None)
        )
        return line or self

    def panes(self) -> list[QWidget]:
        """Return the parts that F6 goes through."""
        return [pane for pane in (self._check_ins, self._search, self._side) if not pane.isHidden()]

    # --- building ---------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self._head = Head(self._session)
        self._check_ins = CheckIns()
        self._ahead = WeekAhead()
        self._ahead.hide()
        self._pace = PaceCard(self._session)
        self._met = MetBanner(self._session)
        self._search = SearchSteps(self._session, self._clock)
        self._done = DoneToday()
        self._week, self._losing, self._rhythm = WeekCard(), LosingTouchCard(), RhythmCard()
        self._goals = GoalsCard(self._session)
        self._side = QWidget()
        self._side.setAccessibleName(self.tr("Your week"))
        self._check_ins.setAccessibleName(self.tr("Check-ins"))
        self._side_parts = add(column(gap=16), self._week, self._goals, self._losing, self._rhythm)
        add(column(self._side), self._side_parts, None)
        self._overload = Banner("", icon="calendar-clock", tone="warn")
        self._overload.hide()
        main = column(gap=12)
        add(
            main,
            self._overload,
            self._met,
            self._check_ins,
            self._ahead,
            self._search,
            self._pace,
            self._done,
            None,
        )
        self._body = QWidget()
        self._columns = add(row(self._body, gap=28), (main, 1), self._side)
        inner = QWidget()
        self._margins = add(column(inner, (32, 24, 32, 32), gap=20), self._head, (self._body, 1))
        self._scroll = scrolled(inner, self.title())
        self._body.hide()  # empty cards would tell of a day that nobody knows yet
        self._greet()
        column(self).addWidget(self._scroll)

    def _connect(self) -> None:
        for card in self._cards():
            self._session.actions.attach(card)
            card.opened.connect(self._acts.open)
            card.asked.connect(self._on_line_asked)
            card.more_asked.connect(self._on_more_asked)
        for act in _ROW_ACTS:
            # A bound method, so that the connection ends with the page: the actions outlive it.
            self._session.actions[act].triggered.connect(self._on_act_triggered)
        for export in self._check_ins.export:
            export.clicked.connect(self._session.actions[Act.EXPORT_CALENDAR].trigger)
        self._check_ins.more.clicked.connect(self._on_more_clicked)
        self._check_ins.choose.clicked.connect(self._on_choose_clicked)
        self._check_ins.make_plan.clicked.connect(self._session.actions[Act.MAKE_PLAN].trigger)
        self._check_ins.reschedule.clicked.connect(self._session.actions[Act.SPREAD].trigger)
        self._check_ins.back.clicked.connect(self._on_back_clicked)
        self._overload.acted.connect(self._session.actions[Act.SPREAD].trigger)
        self._overload.dismissed.connect(self._on_overload_dismissed)
        self._check_ins.ahead_asked.connect(self._on_ahead_asked)
        self._losing.all.clicked.connect(self._on_losing_all_clicked)
        self._losing.opened.connect(self._acts.open)
        self._losing.plan_asked.connect(self._on_plan_asked)
        self._done.opened.connect(self._acts.open)
        self._head.log_asked.connect(self._acts.log)
        self._acts.ended.connect(self._on_act_ended)
        self._session.bus.changed.connect(self._on_changed)

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show_day(self, day: Day) -> None:
        first = self._day is None
        self._day = day
        at = self._scroll.verticalScrollBar().value()
        self._greet()
        self._check_ins.show_day(day, looking=self._looking)
        self._ahead.setVisible(self._looking)
        self._ahead.show_day(day, after=self._check_ins.last)
        self._done.show_touches(day.card.done)
        self._pace.ask_about([int(row.person.id) for row in day.card.asked + day.also] + _touched(day))
        late = 0 if day.card.closed else day.card.overdue
        self._overload.set_message(wording.overload(late, day.per_week), self.tr("Spread out"))
        self._overload.setVisible(late > OVERLOAD and self._quiet_on != day.card.on)
        self._week.show_week(day.card.week, day.card.on)
        self._losing.show_people(day.card)
        self._rhythm.show_weeks(day.card.rhythm)
        self._scroll.verticalScrollBar().setValue(at)
        self._body.show()
        if first and self.window().focusWidget() is self:
            self.primary_focus().setFocus()

    def _greet(self) -> None:
        """Greet at once; what the day holds follows when it is known."""
        name = (self._day.name if self._day else "") or self._session.services.settings().first_name
        told = words.summary(self._day) if self._day else wording.full_day(self._session.today())
        self._head.show_words(words.greeting(self._clock().hour, name), told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        if self._stale:
            self.refresh()

    def _arrange(self) -> None:
        """Put the side column beside or below, by the width of the window in the text size in force."""
        wide = self.window().width()
        beside = wide >= px(BESIDE_FROM)
        across = not beside and wide >= px(WIDE_FROM)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._side_parts.setDirection(directions.LeftToRight if across else directions.TopToBottom)
        for card in (self._week, self._goals, self._losing, self._rhythm):
            self._side_parts.setStretchFactor(card, 1 if across else 0)
        self._side.setMinimumWidth(px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(px(_SIDE) if beside else _MOST)
        edge = px(32) if beside else px(24)
        self._margins.setContentsMargins(edge, px(24), edge, edge)
        room = self.width() - 2 * edge - (px(_SIDE + 28) if beside else 0)
        compact = room < px(ROOMY_FROM)
        self._check_ins.set_compact(compact)
        self._ahead.card.set_compact(compact)
        self._head.set_compact(compact)

    # --- acting -----------------------------------------------------------------------------------------------------

    def _line(self) -> CheckInLine | None:
        """Return the row that keys and menus act on: where the focus is, else the first list's."""
        focus = QApplication.focusWidget()
        inside = [card for card in self._cards() if focus is not None and card.isAncestorOf(focus)]
        return inside[0].line if inside else self._check_ins.card.line or self._check_ins.also.line

    def _cards(self) -> tuple[CheckInCard, ...]:
        return self._check_ins.card, self._check_ins.also, self._ahead.card

    def _perform(self, act: Act, row_of: CheckInRow, line: CheckInLine) -> None:
        self._acts.perform(act, row_of, line.mapToGlobal(QPoint(line.width() // 2, line.height())))

    def _on_act_triggered(self) -> None:
        line = self._line()
        if self.isVisible() and line is not None:
            self._perform(Act(self.sender().objectName()), line.check_in, line)

    def _on_line_asked(self, line: CheckInLine, act: Act) -> None:
        self._perform(act, line.check_in, line)

    def _on_more_asked(self, line: CheckInLine, spot: QPoint) -> None:
        self._acts.more(line.check_in, spot)

    def _on_plan_asked(self, person: PersonRow, spot: QPoint) -> None:
        self._acts.plan(person, spot)

    def _on_act_ended(self) -> None:
        """Untick what was not logged; give the focus back to the list when the row it came from is gone."""
        for card in self._cards():
            _untick(card)
        focus = QApplication.focusWidget()
        if self.isVisible() and (focus is None or focus is self.window() or not focus.isVisible()):
            self.primary_focus().setFocus()

    def _on_more_clicked(self) -> None:
        self._session.services.navigate(Place("people", show="due"))

    def _on_overload_dismissed(self) -> None:
        """Let it be for the day."""
        self._quiet_on = self._session.today()

    def _on_back_clicked(self) -> None:
        back(self._session)

    def _on_choose_clicked(self) -> None:
        self._session.services.navigate(Place("people", show="no_plan"))

    def _on_losing_all_clicked(self) -> None:
        self._session.services.navigate(Place("people", show="losing_touch"))

    def _on_ahead_asked(self) -> None:
        self._looking = not self._looking
        if self._day is not None:
            self._show_day(self._day)

    def _on_changed(self, _changes: Changes) -> None:
        """Ask anew; a page nobody sees waits until it is gone to."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _on_minute(self) -> None:
        """Begin a new day when the day shown is over; the greeting follows the hour."""
        if self._day is None or self._day.card.on != self._session.today():
            self.refresh()
        else:
            self._greet()


def _touched(day: Day) -> list[int]:
    """Return who was in touch today: just now is when another interval may be offered."""
    return [int(person) for touch in day.card.done for person, _ in touch.people]


def _untick(card: CheckInCard) -> None:
    for line in card.rows:
        if isinstance(line, CheckInLine):
            line.untick()
