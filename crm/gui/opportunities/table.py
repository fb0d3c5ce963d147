"""The table of opportunities: the same cards as lines, in any order."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.opportunity import OpportunityRow, Stage
from crm.gui.models.columns import Align, Column
from crm.gui.models.rows_model import RowsModel
from crm.gui.opportunities.cards import describe
from crm.gui.widgets.big_list import BigList
from crm.gui.widgets.cards import Card
from crm.gui.widgets.layouts import add, column

_STAGES = tuple(Stage)
_ORDERS: dict[str, Callable[[OpportunityRow], Any]] = {
    "title": lambda row: row.title.casefold(),
    "company": lambda row: row.company.casefold(),
    "stage": lambda row: (_STAGES.index(row.stage), row.ending or ""),
    "next": lambda row: (row.next is None, _next(row).casefold()),
    "due": lambda row: row.next.on if row.next else date.max,
    "applied": lambda row: row.applied_on or date.max,
    "source": lambda row: row.source.casefold(),
    "salary": lambda row: row.salary.casefold(),
    "referral": lambda row: row.referrer.casefold(),
    "since": lambda row: -row.since_on.toordinal(),
}


class OpportunityTable(Card):
    """`opened(int)` Enter or a click, `menu_requested(int, QPoint)` a right click."""

    opened = Signal(int)
    menu_requested = Signal(int, QPoint)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._today = today
        self._rows: dict[int, OpportunityRow] = {}
        self._order, self._falling = "stage", False
        self.model: RowsModel[OpportunityRow] = RowsModel(
            self._fetch, lambda row: describe(row, today()), _columns(today), self
        )
        self.view = BigList(self.tr("Table of opportunities"), self.model)
        self.view.set_sorted(self._order, self._falling)
        self.view.opened.connect(self.opened)
        self.view.clicked.connect(self._on_clicked)
        self.view.menu_requested.connect(self.menu_requested)
        self.view.sorted_by.connect(self._on_sorted_by)
        add(column(self, (1, 1, 1, 1)), self.view)

    def show_rows(self, rows: Sequence[OpportunityRow]) -> None:
        """Show these opportunities in the order chosen."""
        self._rows = {row.id: row for row in rows}
        self._sort()

    def _sort(self) -> None:
        found = sorted(self._rows.values(), key=_ORDERS[self._order], reverse=self._falling)
        ids = [row.id for row in found]
        if ids != list(self.model.ids):
            self.model.set_ids(ids)
        else:
            self.model.refresh()

    def _fetch(self, ids: Sequence[int]) -> Sequence[OpportunityRow]:
        return [self._rows[one] for one in ids if one in self._rows]

    def _on_sorted_by(self, key: str, falling: bool) -> None:
        self._order, self._falling = key, falling
        self._sort()

    def _on_clicked(self) -> None:
        if self.view.current_id is not None:
            self.opened.emit(self.view.current_id)


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    def day(on: date | None) -> str:
        return wording.short_day(on, today()) if on else ""

    return (
        Column(_tr("Title"), lambda row: row.title, 200, sort_key="title"),
        Column(_tr("Company"), lambda row: row.company, 128, sort_key="company"),
        Column(_tr("Stage"), _stage, 108, sort_key="stage"),
        Column(_tr("Next step"), _next, 168, sort_key="next"),
        Column(_tr("Due"), lambda row: day(row.next.on if row.next else None), 76, Align.END, "due"),
        Column(_tr("Applied"), lambda row: day(row.applied_on), 76, Align.END, "applied"),
        Column(_tr("Source"), lambda row: row.source, 88, sort_key="source"),
        Column(_tr("Salary"), lambda row: row.salary, 80, sort_key="salary"),
        Column(_tr("Referral"), lambda row: row.referrer, 96, sort_key="referral"),
        Column(_tr("Days in stage"), lambda row: str((today() - row.since_on).days), 104, Align.END, "since"),
    )


def _stage(row: OpportunityRow) -> str:
    return wording.ending(row.ending) if row.ending else wording.stage(row.stage)


def _next(row: OpportunityRow) -> str:
    if row.next is None:
        return wording.say("No next step") if row.idle else ""
    return wording.say("Round {n}", n=row.next.round) if row.next.round else row.next.title


def _tr(words: str) -> str:
    return QCoreApplication.translate("OpportunityTable", words)
