"""What a sentence was understood as: a chip for each part, whose menu corrects it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from crm import wording
from crm.domain.cadence import Interval, Unit
from crm.domain.dates import Toward
from crm.domain.person import PersonId
from crm.domain.quick import Corrections, Day, QuickReading, Who
from crm.domain.touch import Direction, TouchKind, usual_direction
from crm.gui import theme
from crm.gui.checkins.day_dialog import DayDialog, DayQuestion
from crm.gui.checkins.kinds import KIND_ICONS
from crm.gui.palette.who_dialog import WhoDialog
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, IconButton, Size, Variant
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.layouts import tab_after
from crm.gui.widgets.menus import MenuItem, add_item, menu

_LONGEST = 240
_NOTHING_NEXT = {"next_on": None, "every": None, "never": False}


class Understood(Flow):
    """The chips. `corrected()` tells that `corrections` are others."""

    corrected = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self._session = session
        self._today = session.today()
        self._open: Button | None = None
        self.corrections = Corrections()
        self.setAccessibleName(self.tr("Understood"))

    def show_reading(self, reading: QuickReading) -> None:
        """Show a reading, as it was corrected."""
        self.clear()
        self._chips: list[QWidget] = []
        self._today = self._session.today()
        self._open = None
        self._add_kind(reading.kind)
        for one in reading.who:
            self._add_who(one)
        more = IconButton("plus", self.tr("Add a name"), size=28, icon_size=14)
        more.clicked.connect(lambda _checked=False: self._ask_who())
        self.add(more)
        self._add_day(reading.on)
        self._add_next(reading)
        self._add_direction(reading)
        tab_after(self, *self._chips)

    def ask_what_is_open(self) -> None:
        """Open the menu of the first chip that isn't settled."""
        if self._open is not None:
            self._open.setFocus()
            made = self._open.menu()
            made.popup(self._open.mapToGlobal(QPoint(0, self._open.height())))
            made.setActiveAction(made.actions()[0])

    def add(self, widget: QWidget) -> None:
        super().add(widget)
        self._chips.append(widget)

    # --- chips --------------------------------------------------------------------------------------------------------

    def _chip(self, label: str, icon: str, name: str, *, open_: bool = False, said: bool = True) -> QMenu:
        """Add a chip and return its menu, to be filled; `open_` marks what has to be settled."""
        variant = Variant.PLAIN if open_ or not said else Variant.TINT
        cut = theme.metrics("smallMedium").elidedText(label, Qt.TextElideMode.ElideRight, px(_LONGEST))
        tooltip = label if cut != label else ""
        chip = Button(cut, variant, icon="circle-help" if open_ else icon, size=Size.SMALL, tooltip=tooltip)
        chip.setAccessibleName(wording.say("{part}: {value}", part=name, value=label))
        made = menu(chip, name)
        chip.set_menu(made)
        if open_ and self._open is None:
            self._open = chip
        self.add(chip)
        return made

    def _add_kind(self, kind: TouchKind) -> None:
        made = self._chip(wording.touch_kind(kind), KIND_ICONS[kind], self.tr("What happened"))
        for one in TouchKind:
            item = MenuItem(wording.touch_kind(one), KIND_ICONS[one], checked=one is kind)
            add_item(made, item, partial(self._set, kind=one))

    def _add_who(self, who: Who) -> None:
        label = self._label(who)
        made = self._chip(label, "user-plus" if who.new else "user", self.tr("With"), open_=not who.settled)
        for person, name in who.candidates:
            chosen = Who(who.said, ((person, name),))
            item = MenuItem(name, "user", checked=True if who.person == person else None)
            add_item(made, item, partial(self._name, who.said, chosen))
        if who.person is None and not who.new:
            words = self.tr("Add “{name}” as somebody new").format(name=who.said)
            add_item(
                made, MenuItem(words, "user-plus"), partial(self._name, who.said, replace(who, new=True))
            )
        add_item(made, MenuItem(self.tr("Somebody else…"), "search"), partial(self._ask_who, who.said))
        made.addSeparator()
        add_item(
            made, MenuItem(self.tr("Nobody: keep it in the note"), "x"), partial(self._name, who.said, None)
        )

    def _label(self, who: Who) -> str:
        if who.new:
            return self.tr("{name} (new)").format(name=who.said)
        if who.person is not None:
            return who.candidates[0][1].partition(",")[0]
        if who.candidates:
            return self.tr("Which {name}?").format(name=who.said)
        return self.tr("{name}: not known yet").format(name=who.said)

    def _add_day(self, day: Day) -> None:
        made = self._chip(
            self._day_in_words(day), "calendar-days", self.tr("When"), open_=day.other is not None
        )
        yesterday = self._today - timedelta(days=1)
        meant = (day.on, day.other) if day.other else (self._today, yesterday)
        for on in meant:
            add_item(made, MenuItem(wording.weekday_day(on, self._today)), partial(self._take_day, on))
        self._offer_other_day(made, self.tr("When was it?"), Toward.PAST, self._take_day)

    def _add_next(self, reading: QuickReading) -> None:
        words, said = self._next_in_words(reading)
        day = reading.next_on
        unclear = day is not None and day.other is not None
        made = self._chip(words, "alarm-clock", self.tr("Next check-in"), open_=unclear, said=said)
        usual = (
            Interval(1, Unit.WEEK),
            Interval(3, Unit.WEEK),
            Interval(2, Unit.MONTH),
            Interval(3, Unit.MONTH),
        )
        days = (day.on, day.other) if day and day.other else tuple(one.after(self._today) for one in usual)
        for on in days:
            item = MenuItem(wording.weekday_day(on, self._today))
            add_item(made, item, partial(self._take_next, on))
        self._offer_other_day(made, self.tr("When is the next check-in?"), Toward.FUTURE, self._take_next)
        made.addSeparator()
        add_item(made, MenuItem(self.tr("As usual")), partial(self._set, **_NOTHING_NEXT))
        add_item(
            made,
            MenuItem(self.tr("No more check-ins")),
            partial(self._set, **{**_NOTHING_NEXT, "never": True}),
        )

    def _next_in_words(self, reading: QuickReading) -> tuple[str, bool]:
        """Return what the chip of the next check-in says, and whether anything was said of it."""
        if reading.next_on is not None:
            return self.tr("Next: {day}").format(day=self._day_in_words(reading.next_on)), True
        if reading.every is not None or reading.never:
            return wording.interval(reading.every), True
        return self.tr("Next: as usual"), False

    def _add_direction(self, reading: QuickReading) -> None:
        now = reading.direction or usual_direction(reading.kind)
        said = reading.direction is not None
        made = self._chip(wording.direction(now), "arrow-up-down", self.tr("Who reached out"), said=said)
        for one in Direction:
            item = MenuItem(wording.direction(one), checked=one is now)
            add_item(made, item, partial(self._set, direction=one))

    def _day_in_words(self, day: Day) -> str:
        if day.other is None:
            return wording.weekday_day(day.on, self._today)
        one, other = (wording.weekday_day(on, self._today) for on in (day.on, day.other))
        return self.tr("{one} or {other}?").format(one=one, other=other)

    def _offer_other_day(
        self, made: QMenu, title: str, toward: Toward, chosen: Callable[[date], None]
    ) -> None:
        today = self._today

        def problem(on: date) -> str:
            if toward is Toward.FUTURE:
                return "" if on > today else self.tr("Choose a day after today.")
            return "" if on <= today else self.tr("That day is still to come. Log it once it has happened.")

        def ask() -> None:
            examples = (
                self.tr("Write “in 3 weeks”, “end of month” or “12 Nov”.")
                if toward is Toward.FUTURE
                else self.tr("Write “yesterday”, “last Tuesday” or “12 Nov”.")
            )
            question = DayQuestion(title, self.tr("Take this day"), examples, problem, toward)
            DayDialog(question, today, chosen, self.window()).open()

        add_item(made, MenuItem(self.tr("Another day…"), "calendar-days"), ask)

    # --- correcting ---------------------------------------------------------------------------------------------------

    def _set(self, **fields: object) -> None:
        self._correct(self.corrections.with_fields(**fields))

    def _take_day(self, on: date) -> None:
        self._set(on=Day(on))

    def _take_next(self, on: date) -> None:
        self._set(**{**_NOTHING_NEXT, "next_on": Day(on)})

    def _name(self, said: str, who: Who | None) -> None:
        self._correct(self.corrections.with_name(said, who))

    def _ask_who(self, said: str = "") -> None:
        """Have somebody chosen: for a name that was typed, or one more."""

        def take(chosen: tuple[tuple[int, str], ...]) -> None:
            corrections = self.corrections
            people = [Who(name, ((PersonId(person), name),)) for person, name in chosen]
            if said:
                corrections = corrections.with_name(said, people.pop(0))
            for one in people:
                corrections = corrections.with_more(one)
            self._correct(corrections)

        WhoDialog(self._session, take, self.window()).open()

    def _correct(self, corrections: Corrections) -> None:
        self.corrections = corrections
        self.corrected.emit()
