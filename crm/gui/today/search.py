"""Next steps for the search: dated steps, the rounds ahead, and those over that nothing was written about."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.interview import InterviewRow
from crm.domain.plan import StepId, StepRow
from crm.gui.lessons import open_brief
from crm.gui.messages import Wish, write_message
from crm.gui.session import Place, Session
from crm.gui.theme import px
from crm.gui.today.focus_order import follow
from crm.gui.today.lines import PersonLines
from crm.gui.widgets.buttons import Button, CheckCircle, IconButton, LinkButton, Size
from crm.gui.widgets.cards import CardRow, RowCard, SectionHead
from crm.gui.widgets.labels import IconTile
from crm.gui.widgets.layouts import add, column
from crm.gui.widgets.pill import Pill

if TYPE_CHECKING:
    from crm.app.books import Book

SHOWN = 6
_NOT_ASKED = "rounds_not_asked_about"
_MOST = 200
_ICONS = {
    "thank_you": ("send", "violet"),
    "thank_feedback": ("send", "violet"),
    "ask_feedback": ("message-circle", "teal"),
    "lesson": ("lightbulb", "warn"),
}
_OTHER = ("flag", "info")
_PILLS = {"text2": "neutral", "text3": "neutral"}


@dataclass(frozen=True, slots=True)
class SearchDay:
    """What the search asks of a day: steps up to tomorrow, rounds until then, rounds to write about."""

    on: date
    steps: tuple[StepRow, ...] = ()
    ahead: tuple[InterviewRow, ...] = ()
    unwritten: tuple[InterviewRow, ...] = ()
    messages: frozenset[str] = frozenset()  # the purposes that can be written


class SearchSteps(QWidget):
    """The section; hidden while the search asks for nothing. It asks when told to `refresh`."""

    def __init__(
        self, session: Session, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._clock = session, clock
        self._day: SearchDay | None = None
        self._board = LinkButton(self.tr("See board"), size=Size.SMALL)
        self._head = SectionHead(self.tr("Next steps for your search"), "", self._board)
        self.card = RowCard(self.tr("Next steps for your search"), inset=92)
        add(column(self, gap=8), self._head, self.card)
        self.setAccessibleName(self.tr("Next steps for your search"))
        self._board.clicked.connect(self._on_board_clicked)
        self.card.opened.connect(self._open)
        self.hide()

    def refresh(self) -> None:
        """Ask anew."""
        self._session.ask((self, "steps"), self._question(), self._show, self)

    def _question(self) -> Callable[[], SearchDay]:
        book, today, now = self._session.book, self._session.today(), self._clock().astimezone()
        return lambda: _ask(book, today, now)

    def _show(self, found: SearchDay) -> None:
        let_be = self._session.services.kept(_NOT_ASKED).split()
        day = replace(found, unwritten=tuple(one for one in found.unwritten if str(one.id) not in let_be))
        number = len(day.steps) + len(day.ahead) + len(day.unwritten)
        self.setVisible(number > 0)
        if day == self._day:
            return
        self._day = day
        self._head.count.setText(f"{number:,}")
        rows = [
            *(self._unwritten(one) for one in day.unwritten),
            *(self._ahead(one) for one in day.ahead),
            *(self._step(one, day.messages) for one in day.steps),
        ]
        self.card.set_rows(rows[:SHOWN])
        follow(self._board, self.card.rows)

    def _unwritten(self, held: InterviewRow) -> CardRow:
        title = self.tr("How did {company} go?").format(company=held.company or held.title)
        write = Button(self.tr("Write it down, 2 min"))
        write.clicked.connect(lambda: self._open(-held.id))
        made = self._line(-held.id, title, _round(held), ("pencil", "violet"), write)
        leave = IconButton("x", self.tr("Don’t ask again: {question}").format(question=title))
        leave.clicked.connect(lambda: self._let_be(held))
        made.body.addWidget(leave)
        return made

    def _let_be(self, held: InterviewRow) -> None:
        """Ask no more how it went; its round still holds the place to write it down."""
        services = self._session.services
        services.keep(_NOT_ASKED, f"{services.kept(_NOT_ASKED)} {held.id}".strip())
        self.refresh()

    def _ahead(self, held: InterviewRow) -> CardRow:
        title = self.tr("Interview with {company}").format(company=held.company or held.title)
        prepare = Button(self.tr("Prepare"))
        prepare.clicked.connect(lambda: open_brief(self._session, held.id, self.window()))
        when = wording.interview_when(held.draft, self._session.today())
        made = self._line(-held.id, title, _round(held), ("messages-square", "violet"), prepare, when)
        made.body.insertWidget(made.body.count() - 1, Pill(when, "violet"))
        return made

    def _step(self, step: StepRow, messages: frozenset[str]) -> CardRow:
        when, tone = wording.step_when(step, self._session.today())
        about = " · ".join(part for part in (step.role, step.company) if part)
        go = Button(self.tr("Open plan") if step.plan else self.tr("Open"))
        if step.person is not None and step.purpose in messages:
            go = Button(self.tr("Write note"))
            wish = Wish(step.purpose, step.person, step.opportunity, step.id)
            go.clicked.connect(lambda: write_message(self._session, wish, self.window()))
        else:
            go.clicked.connect(lambda: self._open(step.id))
        made = self._line(step.id, step.title, about, _ICONS.get(step.purpose, _OTHER), go, when)
        tick = CheckCircle(self.tr("Done: {step}").format(step=step.title))
        tick.clicked.connect(lambda: self._finish(step.id))
        made.body.insertWidget(1, tick)
        made.body.insertWidget(made.body.count() - 1, Pill(when, _PILLS.get(tone, tone)))
        return made

    def _line(
        self, key: int, title: str, about: str, icon: tuple[str, str], button: Button, when: str = ""
    ) -> CardRow:
        said = ". ".join(part for part in (title, about, when) if part)
        made = CardRow(key, said.replace("?.", "?"))
        made.body.setSpacing(px(12))
        button.setAccessibleName(f"{button.label}: {title}")
        room = 0 if key > 0 else 28 + 12  # what a step's tick takes up
        add(made.body, room, IconTile(*icon), (PersonLines(title, "", about), 1), button)
        return made

    def _open(self, key: int) -> None:
        """Go where the row leads: the rounds or the steps of its opportunity, its company, else its person."""
        day = self._day or SearchDay(self._session.today())
        if key < 0:
            held = next((one for one in (*day.ahead, *day.unwritten) if one.id == -key), None)
            if held is not None:
                self._session.services.navigate(Place("opportunities", held.opportunity, "rounds"))
            return
        step = next((one for one in day.steps if one.id == key), None)
        if step is not None and step.opportunity is not None:
            self._session.services.navigate(Place("opportunities", step.opportunity, "steps"))
        elif step is not None and step.watched is not None:
            self._session.services.navigate(Place("companies", int(step.watched)))
        elif step is not None and step.person is not None:
            self._session.services.navigate(Place("people", step.person))

    def _finish(self, step: int) -> None:
        session = self._session

        def run() -> None:
            from crm.app import plans  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            plans.done(session.book, StepId(step), today=session.today())

        session.do(run, session.bus)

    def _on_board_clicked(self) -> None:
        self._session.services.navigate(Place("opportunities"))


def _ask(book: "Book", today: date, now: datetime) -> SearchDay:
    from crm.app import interviews, messages, plans  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    unwritten = interviews.unwritten(book, now=now, today=today)
    ahead = [one for one in interviews.upcoming(book, today=today, days=1) if not one.draft.over(now)]
    due = plans.due(book, today=today, days=1, limit=_MOST)
    # A promise to a person is a reason to check in, and stands among the check-ins.
    steps = tuple(one for one in due if one.opportunity or one.plan or one.person is None)
    return SearchDay(today, steps, tuple(ahead), unwritten, frozenset(messages.names()))


def _round(held: InterviewRow) -> str:
    names = ", ".join(name for _, name in held.people)
    return " · ".join(part for part in (wording.round_title(held), held.title, names) if part)
