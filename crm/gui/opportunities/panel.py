"""The panel of one opportunity: what comes next, its rounds, who is who, what is known."""

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from crm import wording
from crm.domain.interview import InterviewId, InterviewRow
from crm.domain.opportunity import AFTER_A_NO, OpportunityId
from crm.domain.plan import AFTER_NO, StepState
from crm.domain.touch import TouchKind
from crm.gui import text
from crm.gui.checkins import LogTouchDialog
from crm.gui.checkins.day_dialog import DayDialog, DayQuestion
from crm.gui.checkins.step_dialog import StepDialog
from crm.gui.lessons import open_brief
from crm.gui.messages import Wish, write_message
from crm.gui.opportunities import asking, verbs
from crm.gui.opportunities.asking import Sight
from crm.gui.opportunities.days import AgainDialog
from crm.gui.opportunities.files import FilesPart
from crm.gui.opportunities.learned import LearnedCard
from crm.gui.opportunities.parts import FactsCard, PeopleList, RoundList
from crm.gui.opportunities.round_editor import RoundDialog
from crm.gui.opportunities.steps import LESSON, StepList
from crm.gui.opportunities.tone import ToneCard
from crm.gui.paint import Face
from crm.gui.session import Place, Session
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.buttons import Button, IconButton, LinkButton, Size, Variant
from crm.gui.widgets.cards import SectionHead
from crm.gui.widgets.drop_zone import local_paths
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row, scrolled
from crm.gui.widgets.markdown import MarkdownView
from crm.gui.widgets.tabs import Tabs

STEPS, ROUNDS, PEOPLE, OVERVIEW = "steps", "rounds", "people", "overview"


class OpportunityPanel(QFrame):
    """One opportunity. `closed()`, `edit_requested()`, `menu_requested(QPoint)`, `plan_requested(int)`."""

    closed = Signal()
    edit_requested = Signal()
    menu_requested = Signal(QPoint)
    plan_requested = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._opportunity: int | None = None
        self.sight: Sight | None = None
        self.setProperty("bar", "end")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.steps = StepList(self.tr("Steps"))
        self.rounds = RoundList(self.tr("Rounds"))
        self.people = PeopleList(self.tr("People"))
        self.facts = FactsCard()
        self.files = FilesPart(session)
        self.setAcceptDrops(True)
        self._build_ui()
        self._connect()

    def open(self, opportunity: int, part: str = "") -> None:
        """Show an opportunity, from its top; without `part` the one shown stays that shows."""
        if opportunity != self._opportunity or part:
            self._opportunity, self.sight = opportunity, None
            self.choose(part or STEPS)
        self.refresh()

    def refresh(self) -> None:
        """Read the opportunity anew; the part that shows and the focus stay."""
        if self._opportunity is None:
            return
        session, which = self._session, OpportunityId(self._opportunity)
        session.ask(
            (self, "sight"), lambda: asking.sight(session.book, which, session.today()), self._show, self
        )

    def choose(self, part: str) -> None:
        """Show a part: steps, rounds, people or the overview."""
        self.tabs.choose(part)
        for key, widget in self._parts.items():
            widget.setVisible(key == part)
        self._scroll.verticalScrollBar().setValue(0)

    def add_step(self) -> None:
        """Ask for a next step by hand."""
        which = self._opportunity
        if which is None:
            return
        today = self._session.today()
        StepDialog(
            today + timedelta(days=1),
            today,
            lambda title, on: verbs.add_step(self._session, which, title, on),
            self.window(),
        ).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)  # never a move, which could take the file away
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_paths(event.mimeData())
        if paths and self.sight is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.choose(OVERVIEW)
            self.files.attach(paths)

    def _build_ui(self) -> None:
        self._tile = Avatar("", 44, square=True)
        self._title = PlainLabel("", "title", wrap=True)
        self._below = PlainLabel("", "small", "text2", wrap=True)
        self.pencil = IconButton("pencil", self.tr("Edit opportunity"), shortcut="Ctrl+E")
        self.more = IconButton("ellipsis", self.tr("More about this opportunity"))
        self.cross = IconButton("x", self.tr("Close panel"), shortcut="Esc")
        head = row(None, (20, 16, 12, 8), gap=12)
        buttons = boxed(add(row(gap=0), self.pencil, self.more, self.cross))
        top = Qt.AlignmentFlag.AlignTop
        add(head, (self._tile, top), (boxed(add(column(gap=1), self._title, self._below)), 1), (buttons, top))
        self.tabs = Tabs(
            (
                (STEPS, self.tr("Steps")),
                (ROUNDS, self.tr("Rounds")),
                (PEOPLE, self.tr("People")),
                (OVERVIEW, self.tr("Overview")),
            ),
            self.tr("Parts of this panel"),
        )
        self._parts = {
            STEPS: self._steps_part(), ROUNDS: self._rounds_part(), PEOPLE: self._people_part(),
            OVERVIEW: self._overview_part(),
        }  # fmt: skip
        inner = QWidget()
        add(column(inner, (20, 12, 20, 20), gap=12), *self._parts.values(), None)
        self._scroll = scrolled(inner, self.tr("Opportunity"))
        tabs = boxed(add(row(None, (20, 0, 20, 0)), self.tabs, None))
        add(column(self), boxed(head), tabs, (self._scroll, 1))
        self.choose(STEPS)

    def _steps_part(self) -> QWidget:
        self._tone = ToneCard()
        self._none = PlainLabel("", "body", "text2", wrap=True)
        self.plan = Button(self.tr("Plan what comes after a no"), Variant.PRIMARY, icon="route")
        self.add = LinkButton(self.tr("Add step"), size=Size.SMALL)
        head = SectionHead(self.tr("Next steps"), "", self.add)
        self.learned = LearnedCard(self._session)
        return boxed(add(column(gap=10), self._tone, self.plan, head, self._none, self.steps, self.learned))

    def _rounds_part(self) -> QWidget:
        self.add_round = LinkButton(self.tr("Add round"), size=Size.SMALL)
        self._no_rounds = PlainLabel(self.tr("No rounds yet."), "body", "text2", wrap=True)
        head = SectionHead(self.tr("Rounds"), "", self.add_round)
        return boxed(add(column(gap=10), head, self._no_rounds, self.rounds))

    def _people_part(self) -> QWidget:
        self.add_people = LinkButton(self.tr("Add people"), size=Size.SMALL)
        self._nobody = PlainLabel(
            self.tr("Nobody yet. Say who recruits, who decides, who interviews, who referred you."), "body", "text2",
            wrap=True,
        )  # fmt: skip
        head = SectionHead(self.tr("People"), "", self.add_people)
        return boxed(add(column(gap=10), head, self._nobody, self.people))

    def _overview_part(self) -> QWidget:
        self._notes = MarkdownView(self.tr("Notes"))
        self._description = MarkdownView(self.tr("Description"))
        return boxed(add(column(gap=12), self.files, self.facts, self._notes, self._description))

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.choose)
        self.cross.clicked.connect(self.closed)
        self.pencil.clicked.connect(self.edit_requested)
        self.add_people.clicked.connect(self.edit_requested)
        self.more.clicked.connect(self._on_more_clicked)
        self.add.clicked.connect(self.add_step)
        self.plan.clicked.connect(self._on_plan_clicked)
        self.add_round.clicked.connect(lambda: self._edit_round(None))
        self.rounds.opened.connect(self._on_round_opened)
        self.rounds.brief_requested.connect(self._on_brief_requested)
        self.people.opened.connect(lambda person: self._session.services.navigate(Place("people", person)))
        self.steps.acted.connect(self._on_step_acted)
        self.facts.reapply_requested.connect(self._on_reapply_requested)

    def _show(self, sight: Sight | None) -> None:
        if sight is None:
            self._opportunity = None
            self.closed.emit()
            return
        self.sight, today, row_ = sight, self._session.today(), sight.card.row
        self.setAccessibleName(self.tr("Opportunity: {title}").format(title=row_.title))
        self._tile.set_face(Face(row_.company or row_.title, square=True))
        self._title.setText(text.breakable(row_.title))
        since = wording.opportunity_since(row_, today)
        self._below.setText(text.breakable(" · ".join(part for part in (row_.company, since) if part)))
        self.steps.show_steps(sight.steps, today, sight.messages)
        self.rounds.show_rounds(sight.rounds, sight.files, today)
        self._no_rounds.setVisible(not sight.rounds)
        self.people.show_people(sight.card.draft.people, sight.rounds)
        self._nobody.setVisible(not self.people.rows)
        self.facts.show_card(sight.card, today)
        self.files.show_sight(sight)
        for view, words in (
            (self._description, sight.card.draft.description),
            (self._notes, sight.card.draft.notes),
        ):
            view.show_markdown(words)
            view.setVisible(bool(words))
        self.learned.show_sight(sight)
        self._show_plan(sight)
        open_steps = sum(step.state is StepState.OPEN for step in sight.steps)
        self.tabs.set_count(STEPS, open_steps or None)
        self.tabs.set_count(ROUNDS, len(sight.rounds) or None)
        self.tabs.set_count(PEOPLE, len(self.people.rows) or None)

    def _show_plan(self, sight: Sight) -> None:
        row_ = sight.card.row
        no = row_.ending in AFTER_A_NO
        planned = any(step.plan == AFTER_NO for step in sight.steps)
        self._tone.setVisible(no)
        self.plan.setVisible(no and not planned)
        if planned:
            self._tone.show_progress(row_.plan_done, row_.plan_steps)
        else:
            self._tone.show_offer(0)
        self._none.setText(self.tr("Nothing is planned. One small next step keeps this moving."))
        self._none.setVisible(not sight.steps and not no)

    def _edit_round(self, stands: InterviewRow | None) -> None:
        if self._opportunity is not None:
            RoundDialog(self._session, self._opportunity, stands, self.window()).open()

    def _on_round_opened(self, interview: int) -> None:
        rounds = self.sight.rounds if self.sight else ()
        self._edit_round(next((one for one in rounds if one.id == interview), None))

    def _on_brief_requested(self, interview: int) -> None:
        open_brief(self._session, InterviewId(interview), self.window())

    def _on_plan_clicked(self) -> None:
        if self._opportunity is not None:
            self.plan_requested.emit(self._opportunity)

    def _on_reapply_requested(self) -> None:
        row_ = self.sight.card.row if self.sight else None
        if row_ is not None and row_.opens_on is not None:
            dialog = AgainDialog(row_.opens_on, self._session.today(), self.window())
            dialog.chosen = lambda on: verbs.set_reapply(self._session, row_.id, on)
            dialog.open()

    def _on_more_clicked(self) -> None:
        self.menu_requested.emit(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _on_step_acted(self, act: str, key: int) -> None:
        plain = {
            "done": verbs.finish_step,
            "reopen": verbs.reopen_step,
            "skip": verbs.skip_step,
            "delete": verbs.delete_step,
        }
        if act in plain:
            plain[act](self._session, key)
            return
        step = next((one for one in (self.sight.steps if self.sight else ()) if one.id == key), None)
        if step is None:
            return
        if act == "write" and step.purpose == LESSON:
            self.learned.add_lesson()
            return
        if act == "write" and step.person is not None:
            wish = Wish(step.purpose, step.person, step.opportunity, step.id)
            write_message(self._session, wish, self.window())
            return
        if act == "log" and step.person is not None:
            kind = next(iter(step.kinds), TouchKind.EMAIL)
            LogTouchDialog(self._session, ((step.person, step.name),), self.window(), kind=kind).open()
            return
        today = self._session.today()
        question = DayQuestion(
            self.tr("Change day"),
            self.tr("Save step"),
            self.tr("Write “Friday”, “in 3 weeks” or “12 Nov”."),
            usual=step.due_on or today,
        )
        DayDialog(question, today, lambda on: verbs.redate_step(self._session, key, on), self.window()).open()
