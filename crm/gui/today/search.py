"""Next steps for the search: dated steps, the rounds ahead, and those over that nothing was written about."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.interview import InterviewRow
from crm.domain.opportunity import SecondChance
from crm.domain.plan import StepId, StepRow
from crm.gui.lessons import check_in_first, open_brief
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
_CHANCES = 1 << 30  # rows of second chances have keys from here on, steps their ids, rounds theirs below 0
_CHANCE_DAYS = 7  # how long before one may apply again the day tells of it
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
    """What the search asks of a day: steps up to tomorrow, rounds until then, rounds to write about, second chances."""

    on: date
    steps: tuple[StepRow, ...] = ()
    ahead: tuple[InterviewRow, ...] = ()
    unwritten: tuple[InterviewRow, ...] = ()
    chances: tuple[SecondChance, ...] = ()
    messages: frozenset[str] = frozenset()  # the purposes that can be written


@dataclass(frozen=True, slots=True)
class _Words:
    """What a row says; one that is `ticked` has a circle before it."""

    title: str
    about: str
    icon: tuple[str, str]
    when: str = ""
    ticked: bool = False


class SearchSteps(QWidget):
    """The section; hidden while the search asks for nothing. It asks when told to `refresh`."""

    def __init__(
        self, session: Session, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._clock = session, clock
        self._day: SearchDay | None = None
        self._places: dict[int, Place] = {}  # where a row leads, by its key
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
        number = len(day.steps) + len(day.ahead) + len(day.unwritten) + len(day.chances)
        self.setVisible(number > 0)
        if day == self._day:
            return
        self._day = day
        self._head.count.setText(f"{number:,}")
        self._places.clear()
        rows = [
            *(self._unwritten(one) for one in day.unwritten),
            *(self._ahead(one) for one in day.ahead),
            *(self._step(one, day.messages) for one in day.steps),
            *(self._chance(one) for one in day.chances),
        ]
        self.card.set_rows(rows[:SHOWN])
        follow(self._board, self.card.rows)

    def _unwritten(self, held: InterviewRow) -> CardRow:
        title = self.tr("How did {company} go?").format(company=held.company or held.title)
        write = Button(self.tr("Write it down, 2 min"))
        write.clicked.connect(lambda: self._open(-held.id))
        made = self._line(-held.id, _Words(title, _round(held), ("pencil", "violet")), _rounds(held), write)
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
        words = _Words(title, _round(held), ("messages-square", "violet"), when)
        made = self._line(-held.id, words, _rounds(held), prepare)
        made.body.insertWidget(made.body.count() - 1, Pill(when, "violet"))
        return made

    def _chance(self, chance: SecondChance) -> CardRow:
        title = self.tr("A second chance at {company}").format(company=chance.row.company)
        words = _Words(title, wording.second_chance(chance, self._session.today()), ("route", "teal"))
        plan = Button(self.tr("Plan check-in"))
        plan.clicked.connect(lambda: check_in_first(self._session, chance))
        place = Place("opportunities", chance.row.id, "steps")
        return self._line(_CHANCES + chance.row.id, words, place, plan)

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
        words = _Words(step.title, about, _ICONS.get(step.purpose, _OTHER), when, ticked=True)
        made = self._line(step.id, words, _place(step), go)
        tick = CheckCircle(self.tr("Done: {step}").format(step=step.title))
        tick.clicked.connect(lambda: self._finish(step.id))
        made.body.insertWidget(1, tick)
        made.body.insertWidget(made.body.count() - 1, Pill(when, _PILLS.get(tone, tone)))
        return made

    def _line(self, key: int, words: _Words, place: Place | None, button: Button) -> CardRow:
        said = ". ".join(part for part in (words.title, words.about, words.when) if part)
        made = CardRow(key, said.replace("?.", "?"))
        made.body.setSpacing(px(12))
        button.setAccessibleName(f"{button.label}: {words.title}")
        room = 0 if words.ticked else 28 + 12  # what a step's tick takes up
        add(made.body, room, IconTile(*words.icon), (PersonLines(words.title, "", words.about), 1), button)
        if place is not None:
            self._places[key] = place
        return made

    def _open(self, key: int) -> None:
        """Go where the row leads."""
        if key in self._places:
            self._session.services.navigate(self._places[key])

    def _finish(self, step: int) -> None:
        session = self._session

        def run() -> None:
            from crm.app import plans  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            plans.done(session.book, StepId(step), today=session.today())

        session.do(run, session.bus)

    def _on_board_clicked(self) -> None:
        self._session.services.navigate(Place("opportunities"))


def _ask(book: "Book", today: date, now: datetime) -> SearchDay:
    from crm.app import interviews, messages, opportunities, plans  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    unwritten = interviews.unwritten(book, now=now, today=today)
    ahead = [one for one in interviews.upcoming(book, today=today, days=1) if not one.draft.over(now)]
    due = plans.due(book, today=today, days=1, limit=_MOST)
    # A promise to a person is a reason to check in, and stands among the check-ins.
    steps = tuple(one for one in due if one.opportunity or one.plan or one.person is None)
    near = today + timedelta(days=_CHANCE_DAYS)
    chances = tuple(
        one
        for one in opportunities.second_chances(book, today=today)
        if one.opens_on <= near and one.contact is not None and one.row.next is None
    )
    return SearchDay(today, steps, tuple(ahead), unwritten, chances, frozenset(messages.names()))


def _round(held: InterviewRow) -> str:
    names = ", ".join(name for _, name in held.people)
    return " · ".join(part for part in (wording.round_title(held), held.title, names) if part)


def _rounds(held: InterviewRow) -> Place:
    return Place("opportunities", held.opportunity, "rounds")


def _place(step: StepRow) -> Place | None:
    """Return where a step is looked at: with its opportunity, at its company, else with its person."""
    if step.opportunity is not None:
        return Place("opportunities", step.opportunity, "steps")
    if step.watched is not None:
        return Place("companies", int(step.watched))
    return Place("people", step.person) if step.person is not None else None
