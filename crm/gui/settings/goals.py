"""Goals of the week: how many messages, applications and practice sessions; saved in the book, undoable."""

from functools import partial
from typing import cast

from PySide6.QtCore import QLocale

from crm import wording
from crm.domain.goal import COUNTED, Goal
from crm.domain.preferences import BookPreferences
from crm.domain.report import Effort
from crm.gui.session import Session
from crm.gui.settings.section import Section
from crm.gui.widgets.fields import Select

_USUAL = (1, 2, 3, 4, 5, 7, 10, 15, 20)


class GoalsSection(Section):
    """One choice for each effort that goals count."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.set_title(self.tr("Goals of the week"))
        helps = {
            Effort.MESSAGE: self.tr("What you do counts, not who answers. Today says how the week stands."),
            Effort.APPLICATION: "",
            Effort.PRACTICE: self.tr("Mock interviews and the like, from the practice log."),
        }
        self.goals = {effort: Select() for effort in COUNTED}
        for effort, select in self.goals.items():
            self.add_row(wording.goal_name(effort), helps[effort], select)
            select.chosen.connect(partial(self._on_chosen, effort))

    def refresh(self) -> None:
        """Ask the book."""

        def ask() -> BookPreferences:
            from crm.app import preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return preferences.get(self._session.book)

        self._session.ask(self, ask, self._show, self)

    def _show(self, kept: BookPreferences) -> None:
        """Show the goals; a number that isn't among the usual ones is offered beside them."""
        wanted = {goal.effort: goal.per_week for goal in kept.goals}
        for effort, select in self.goals.items():
            number = wanted.get(effort, 0)
            offered = sorted({*_USUAL, number} - {0})
            weekly = [(one, wording.count(one, "{n} a week", "{n} a week")) for one in offered]
            select.set_options([(0, self.tr("No goal")), *weekly])
            select.choose(number)

    def _on_chosen(self, effort: Effort, number: object) -> None:
        goal = Goal(effort, cast("int", number))
        starts = QLocale().firstDayOfWeek().value - 1

        def run() -> None:
            from crm.app import goals  # noqa: PLC0415 - as above

            goals.aim(self._session.book, goal, today=self._session.today(), week_starts=starts)

        self._session.do(run, self)
