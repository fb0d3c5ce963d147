"""What moving an opportunity asks: how it ended, which steps go with a no, what to plan, which steps still fit."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.opportunity import AFTER_A_NO, Ending, OpportunityId, OpportunityRow, Stage
from crm.domain.plan import AFTER_NO, StepId, StepRow
from crm.gui.opportunities import asking, verbs
from crm.gui.opportunities.closing import ClosingDialog, lingering_question, withdrawing_question
from crm.gui.opportunities.plan_preview import PlanDialog
from crm.gui.session import Session
from crm.gui.widgets.dialogs import ask

if TYPE_CHECKING:
    from crm.app.opportunities import Moved
    from crm.app.plans import Plan


class Moving(QObject):
    """Moves opportunities of one page. `closed(int)` tells which one was closed, before its plan is looked over."""

    closed = Signal(object)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page

    def move(self, known: OpportunityRow, stage: Stage) -> None:
        """Move an opportunity to a stage; Closed asks how it ended, also where it is closed already."""
        if known.stage is stage and stage is not Stage.CLOSED:
            return
        if known.ending not in AFTER_A_NO:
            self._move(known, stage, ())
            return
        session = self._session
        question = partial(asking.untouched, session.book, known.id)
        session.ask((self, "untouched"), question, partial(self._move, known, stage), self)

    def start_plan(self, opportunity: int) -> None:
        """Preview the plan after a no."""
        session = self._session

        def show(plan: "Plan") -> None:
            dialog = PlanDialog(plan, session.today(), self._page.window())
            dialog.started = lambda steps: verbs.start_plan(session, plan, steps)
            dialog.open()

        question = partial(asking.plan, session.book, AFTER_NO, opportunity, session.today())
        session.ask((self, "plan"), question, show, self)

    def ask_lingering(self, opportunity: int) -> None:
        """Ask about steps of earlier plans that a new application, an offer or a hire may make needless."""
        session = self._session

        def show(steps: tuple[StepId, ...]) -> None:
            if steps:
                question = lingering_question(len(steps))
                ask(self._page.window(), question, lambda: verbs.let_go(session, steps))

        question = partial(asking.lingering, session.book, OpportunityId(opportunity), session.today())
        session.ask((self, "lingering"), question, show, self)

    def _move(self, known: OpportunityRow, stage: Stage, going: Sequence[StepRow]) -> None:
        if stage is Stage.CLOSED:
            dialog = ClosingDialog(known, going, self._page.window())
            dialog.closed = partial(self._close, known)
            dialog.open()
            return

        def move() -> None:
            verbs.move(self._session, known.id, stage, then=lambda _moved: self.ask_lingering(known.id))

        if going:
            label = wording.say("Move to {stage}", stage=wording.stage(stage))
            ask(self._page.window(), withdrawing_question(going, label), move)
        else:
            move()

    def _close(self, known: OpportunityRow, ending: Ending) -> None:
        def then(moved: "Moved") -> None:
            self.closed.emit(known.id)
            if moved.offers_plan:
                self.start_plan(known.id)
            else:
                self.ask_lingering(known.id)

        if ending is not known.ending:
            verbs.move(self._session, known.id, Stage.CLOSED, ending, then)
