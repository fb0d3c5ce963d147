"""Check-ins as rows of one card, and the two of Today: what is due, and the week ahead."""

from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from crm.domain.agenda import CheckInRow
from crm.gui.today import words
from crm.gui.today.asking import Day
from crm.gui.today.check_in_line import CheckInLine
from crm.gui.today.focus_order import follow
from crm.gui.widgets.buttons import Button, IconButton, LinkButton, Size, Variant
from crm.gui.widgets.cards import RowCard, SectionHead
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, row


class CheckInCard(RowCard):
    """The check-ins of a section. `asked(CheckInLine, Act)`, `more_asked(CheckInLine, QPoint)`.

    A `calm` section shows nothing in red: it holds what may wait.
    """

    asked = Signal(object, object)
    more_asked = Signal(object, QPoint)

    def __init__(self, name: str, *, calm: bool = False) -> None:
        super().__init__(name)
        self._calm = calm
        self._shown: tuple[tuple[CheckInRow, ...], date] | None = None
        self._compact = False
        self.menu_requested.connect(self._on_menu_requested)

    @property
    def line(self) -> CheckInLine | None:
        """The row the keyboard is on."""
        return self.current if isinstance(self.current, CheckInLine) else None

    def show_check_ins(self, check_ins: tuple[CheckInRow, ...], today: date, after: QWidget) -> None:
        """Show these, after `after` in the order of Tab; rows stay as they are when nothing about them changed."""
        self.setVisible(bool(check_ins))
        if self._shown == (check_ins, today):
            return
        self._shown = (check_ins, today)
        self.set_rows([self._line(one, today) for one in check_ins])
        follow(after, self.rows)

    def set_compact(self, compact: bool) -> None:
        """Show two small buttons per row in place of their words."""
        self._compact = compact
        for one in self.rows:
            if isinstance(one, CheckInLine):
                one.set_compact(compact)

    def _line(self, check_in: CheckInRow, today: date) -> CheckInLine:
        made = CheckInLine(check_in, today, compact=self._compact, calm=self._calm)
        made.asked.connect(lambda act: self.asked.emit(made, act))
        made.more_asked.connect(lambda spot: self.more_asked.emit(made, spot))
        return made

    def _on_menu_requested(self, key: int, spot: QPoint) -> None:
        found = next((one for one in self.rows if one.key == key), None)
        if isinstance(found, CheckInLine):
            self.more_asked.emit(found, spot)


class CheckIns(QWidget):
    """What the day asks for, or what to say when that is nothing. The page connects the buttons."""

    ahead_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        export = self.tr("Export to calendar")
        self.export = (
            Button(export, Variant.GHOST, icon="calendar-plus", size=Size.SMALL),
            IconButton("calendar-plus", export),
        )
        self.reschedule = LinkButton(self.tr("Reschedule overdue"), size=Size.SMALL)
        self.card = CheckInCard(self.tr("Check-ins"))
        self.also = CheckInCard(self.tr("Also could"), calm=True)
        self.more = LinkButton("", size=Size.SMALL)
        self._head = SectionHead(self.tr("Check-ins"), "", self.reschedule, *self.export)
        self._no_plan = EmptyState(
            "calendar-clock",
            self.tr("Nobody to check in with yet."),
            self.tr("Pick a few people worth keeping warm."),
        )
        self.make_plan = self._no_plan.add_action(self.tr("Make a plan"))
        self.choose = self._no_plan.add_action(self.tr("Choose people"), primary=False)
        self._also_head = SectionHead(self.tr("Also could"))
        self._done = EmptyState("circle-check", "", tone="ok")
        self._free = EmptyState("calendar-days", "")
        self.back = self._free.add_action(self.tr("I’m back"), primary=False)
        self._look = (
            self._done.add_action("", primary=False),
            self._free.add_action("", primary=False),
            LinkButton("", size=Size.SMALL),
        )
        self._build_ui()

    def show_day(self, day: Day, *, looking: bool) -> None:
        """Show a day; `looking` says whether the week ahead shows too."""
        card = day.card
        planned = bool(card.planned or card.check_ins)
        self._head.count.setText(words.section_count(day))
        self.reschedule.setVisible(bool(card.overdue) and card.closed is None)
        self.card.show_check_ins(card.asked, card.on, self.export[-1])
        self.also.show_check_ins(day.also, card.on, (self.card.rows or self.export)[-1])
        self._also_head.setVisible(bool(day.also))
        self._also_head.count.setText(words.number(words.waiting(day)) if day.also else "")
        self.more.set_label(self.tr("and {n} more").format(n=words.number(day.unlisted)))
        self.more.setVisible(bool(day.unlisted))
        self._no_plan.setVisible(not planned)
        for state, shown in ((self._done, card.closed is None), (self._free, card.closed is not None)):
            state.setVisible(shown and planned and not card.asked)
            state.set_text(*words.nothing_asked(day))
        self.back.setVisible(card.away_until is not None and card.away_until > card.on)
        self._look[-1].setVisible(bool(card.asked) and not day.unlisted)
        for button in self._look:
            button.set_label(self.tr("Hide the next 7 days") if looking else self.tr("Look ahead"))
        for one in self.export:
            one.setEnabled(planned)

    @property
    def last(self) -> QWidget:
        """The last thing Tab reaches in the section."""
        return self._look[-1]

    def set_compact(self, compact: bool) -> None:
        """Fit a narrow column."""
        self.card.set_compact(compact)
        self.also.set_compact(compact)
        for button, shown in zip(self.export, (not compact, compact), strict=True):
            button.setVisible(shown)

    def _build_ui(self) -> None:
        links = add(row(gap=12), self.more, self._look[-1], None)
        whole = add(column(self), self._head, 6, self.card, self._no_plan, self._done, self._free)
        add(whole, 12, self._also_head, 4, self.also, 6, links)
        self.more.hide()
        for button in self._look:
            button.clicked.connect(self.ahead_asked)


class WeekAhead(QWidget):
    """The check-ins of the next seven days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = CheckInCard(self.tr("Next 7 days"))
        self._head = SectionHead(self.tr("Next 7 days"))
        self._nobody = PlainLabel(self.tr("Nobody is due in the next 7 days."), "body", "text2", wrap=True)
        add(column(self, gap=6), self._head, self.card, self._nobody)

    def show_day(self, day: Day, after: QWidget) -> None:
        """Show the week after a day, without what its own list has already."""
        listed = {check_in.person.id for check_in in (*day.card.asked, *day.also)}
        coming = tuple(check_in for check_in in day.ahead if check_in.person.id not in listed)
        self._head.count.setText(words.number(len(coming)) if coming else "")
        self._nobody.setVisible(not coming)
        self.card.show_check_ins(coming, day.card.on, after)
