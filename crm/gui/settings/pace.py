"""How much a day and a week may ask for, and on which days: what levelling keeps to. Saved in the book, undoable."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.preferences import BookPreferences
from crm.domain.workdays import Quiet, countries
from crm.gui.checkins.days import day_in_full, read_days
from crm.gui.settings.section import Section
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, IconButton, Size
from crm.gui.widgets.chips import Chip
from crm.gui.widgets.fields import DateField, Field, Select
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row

_DAY = (1, 2, 3, 4, 5, 6, 8, 10)
_WEEK = (3, 5, 8, 12, 15, 20, 25, 40)
_SOME_MONDAY = date(2026, 3, 2).toordinal()

Save = Callable[[BookPreferences], None]


class PaceSection(Section):
    """Caps, working days, public holidays and quiet dates; `save` keeps what was chosen."""

    def __init__(self, save: Save, today: Callable[[], date]) -> None:
        super().__init__()
        self._save, self._today = save, today
        self._now = BookPreferences()
        self._build_ui()
        self._connect()

    def show_preferences(self, found: BookPreferences, needed: float) -> None:
        """Show what the book says, and what the plans need."""
        self._now = found
        for select, usual, value in (
            (self._per_day, _DAY, found.per_day),
            (self._per_week, _WEEK, found.per_week),
        ):
            select.set_options([(one, str(one)) for one in sorted({*usual, value})])
            select.choose(value)
        self._needs.setText(wording.needed(needed, found.per_week) or self._per_week_help())
        self._show_days()
        self._show_countries(found.country)
        clear(self._quiet)
        for one in found.quiet:
            self._quiet.addWidget(self._quiet_line(one))

    def _build_ui(self) -> None:
        self.set_title(self.tr("How much is right"))
        self._per_day, self._per_week, self._country = Select(), Select(), Select()
        self.add_row(
            self.tr("Check-ins a day"),
            self.tr("Today asks for no more; the rest waits below."),
            self._per_day,
        )
        self._needs = self.add_row(self.tr("Check-ins a week"), self._per_week_help(), self._per_week)
        self._days = [Chip(wording.weekday(date.fromordinal(_SOME_MONDAY + day))) for day in range(7)]
        self.add_row(self.tr("Days"), self.tr("Check-ins are placed on these days."))
        self.add_widget(boxed(add(column(margins=(0, 0, 0, 12)), Flow(*self._days))), ruled=False)
        if countries():
            self.add_row(self.tr("Public holidays"), self.tr("Kept free."), self._country)
        self._from, self._until = self._day_field(), self._day_field()
        self._add = Button(self.tr("Add"), size=Size.SMALL)
        self._problem = PlainLabel("", "small", "bad", wrap=True)
        self._problem.hide()
        self._quiet = column(gap=4)
        self.add_row(self.tr("Quiet dates"), self.tr("Holidays, moves, busy weeks: no check-ins then."))
        first, last = Field(self.tr("First day"), self._from), Field(self.tr("Last day"), self._until)
        bottom = Qt.AlignmentFlag.AlignBottom
        entry = add(row(gap=8), (first, 1), (last, 1), (self._add, bottom))
        parts = add(column(margins=(0, 0, 0, 12), gap=6), entry, self._problem, self._quiet)
        self.add_widget(boxed(parts), ruled=False)

    def _connect(self) -> None:
        self._per_day.chosen.connect(self._on_per_day_chosen)
        self._per_week.chosen.connect(self._on_per_week_chosen)
        self._country.chosen.connect(self._on_country_chosen)
        for chip in self._days:
            chip.clicked.connect(self._on_day_clicked)
        self._add.clicked.connect(self._on_add_clicked)
        self._until.line.returnPressed.connect(self._on_add_clicked)

    def _per_week_help(self) -> str:
        return self.tr("Spread over the week; nobody is left out.")

    def _show_days(self) -> None:
        for weekday, chip in enumerate(self._days):
            chip.setChecked(self._now.weekdays[weekday] > 0)

    def _show_countries(self, chosen: str) -> None:
        named = {code: _country_name(code) for code in {*countries(), *([chosen] if chosen else [])}}
        ordered = sorted(named.items(), key=lambda one: one[1].casefold())
        self._country.set_options([("", self.tr("None")), *ordered])
        self._country.choose(chosen)

    def _quiet_line(self, quiet: Quiet) -> QWidget:
        today = self._today()
        words = f"{wording.weekday_day(quiet.from_on, today)} – {wording.weekday_day(quiet.until_on, today)}"
        gone = IconButton("x", self.tr("Remove {days}").replace("{days}", words), size=28, icon_size=16)
        gone.clicked.connect(lambda: self._save(replace(self._now, quiet=_without(self._now.quiet, quiet))))
        line = boxed(add(row(gap=8), PlainLabel(words, "body"), None, gone))
        line.setMinimumHeight(px(30))
        return line

    def _day_field(self) -> DateField:
        """Return a field for a day ahead; settings may stay open over midnight."""
        return DateField(
            read=lambda words: read_days(words, today=self._today(), toward=Toward.FUTURE),
            show=lambda day: day_in_full(day, self._today()),
        )

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_per_day_chosen(self, count: int) -> None:
        self._save(replace(self._now, per_day=count))

    @Slot(object)
    def _on_per_week_chosen(self, count: int) -> None:
        self._save(replace(self._now, per_week=count))

    @Slot(object)
    def _on_country_chosen(self, code: str) -> None:
        self._save(replace(self._now, country=code))

    @Slot()
    def _on_day_clicked(self) -> None:
        before = self._now.weekdays
        wanted = [(before[day] or 1.0) if chip.isChecked() else 0.0 for day, chip in enumerate(self._days)]
        if any(wanted):
            self._save(replace(self._now, weekdays=tuple(wanted)))
        else:  # one day must stay
            self._show_days()

    @Slot()
    def _on_add_clicked(self) -> None:
        """Add days as they were written; one day alone is both ends."""
        first, last = self._from.value, self._until.value
        if last is None and not self._until.problem:
            last = first
        if first is None or last is None or last < first:
            question = self._from.question or self._until.question
            self._problem.setText(question or self.tr("Write two days, like “22 Dec” and “2 Jan”."))
            self._problem.show()
            return
        self._problem.hide()
        self._from.set_value(None)
        self._until.set_value(None)
        self._save(replace(self._now, quiet=(*self._now.quiet, Quiet(first, last))))


def _without(quiet: tuple[Quiet, ...], gone: Quiet) -> tuple[Quiet, ...]:
    return tuple(one for one in quiet if one != gone)


def _country_name(code: str) -> str:
    territory = QLocale.codeToTerritory(code)
    return QLocale.territoryToString(territory) if territory != QLocale.Country.AnyCountry else code
