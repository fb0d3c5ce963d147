"""The row that filters the board and the table: words, a company, a stage or an ending, what has no next step."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.opportunity import Ending, OpportunityFilter, OpportunityRow, Stage
from crm.gui.theme import px
from crm.gui.widgets.chips import Chip
from crm.gui.widgets.fields import Select
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.layouts import add, column
from crm.gui.widgets.search_field import SearchField


class FilterBar(QWidget):
    """`changed()` tells that `wanted` is another filter."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SearchField(
            self.tr("Filter by title, company, people…"), self.tr("Filter opportunities")
        )
        self.field.setMinimumWidth(px(240))
        self.companies, self.stages = Select(), Select(_stages())
        self.companies.setAccessibleName(self.tr("Company"))
        self.stages.setAccessibleName(self.tr("Stage, or how it ended"))
        self.idle = Chip(self.tr("No next step"))
        self._offer_companies(())
        for choice in (self.companies, self.stages):
            choice.setMaximumWidth(px(220))
            choice.chosen.connect(self._on_chosen)
        self.field.searched.connect(self._on_chosen)
        self.idle.toggled.connect(self._on_chosen)
        add(column(self), Flow(self.field, self.companies, self.stages, self.idle))

    @property
    def wanted(self) -> OpportunityFilter:
        """What is asked for now."""
        company, stands = self.companies.value, self.stages.value
        return OpportunityFilter(
            words=self.field.text(),
            company=company if isinstance(company, int) else None,
            stage=stands if isinstance(stands, Stage) else None,
            ending=stands if isinstance(stands, Ending) else None,
            idle=self.idle.isChecked(),
        )

    def clear(self) -> None:
        """Ask for everything again."""
        self.companies.choose(None)
        self.stages.choose(None)
        self.idle.setChecked(False)
        self.field.search("")
        self.changed.emit()

    def show_rows(self, rows: Sequence[OpportunityRow]) -> None:
        """Offer the companies there are, and say how many have no next step."""
        self._offer_companies(rows)
        self.idle.set_count(sum(row.idle for row in rows))

    def _offer_companies(self, rows: Sequence[OpportunityRow]) -> None:
        named = {row.company_id: row.company for row in rows if row.company_id is not None}
        by_name = sorted(named.items(), key=lambda one: one[1].casefold())
        every: tuple[object, str] = (None, self.tr("All companies"))
        self.companies.set_options((every, *by_name))

    def _on_chosen(self) -> None:
        self.changed.emit()


def _stages() -> list[tuple[object, str]]:
    stages: list[tuple[object, str]] = [(None, wording.say("All stages"))]
    stages += [(one, wording.stage(one)) for one in Stage]
    return stages + [(one, wording.say("Closed: {ending}", ending=wording.ending(one))) for one in Ending]
