"""The story the product exists for, told in the window and on the command line: a no, half a year of small steps, a yes."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm.app import books, history, opportunities, plans
from crm.app.books import Book
from crm.cli.arguments import Command, parse
from crm.cli.running import run_command
from crm.domain.opportunity import Ending, OpportunityId, Stage
from crm.domain.plan import StepState
from crm.gui.lessons import FeedbackDialog
from crm.gui.opportunities.closing import ClosingDialog
from crm.gui.opportunities.page import OpportunitiesPage
from crm.gui.opportunities.plan_preview import PlanDialog
from crm.gui.session import Place
from crm.gui.window import Window
from tests.builders import a_person, dump
from tests.gui.windows import Desk, settle, words_of

Kind = TypeVar("Kind", bound=QWidget)
Keepwarm = Callable[..., Any]

APPLIED = date(2026, 2, 2)
NO = date(2026, 3, 5)  # a Thursday
FEEDBACK = date(2026, 3, 13)
# The table of PRODUCT.md, counted from the Thursday; what would fall on a weekend comes on the Monday after.
DATES = {
    "Take a day, then reply": date(2026, 3, 6),
    "Send Ben Okri a thank-you note": date(2026, 3, 6),
    "Send Grace Hopper a thank-you note": date(2026, 3, 6),
    "Ask Ben Okri for feedback": date(2026, 3, 9),
    "Write down what you learned": date(2026, 3, 9),
    "Connect with Ben Okri on LinkedIn": date(2026, 3, 9),
    "Connect with Grace Hopper on LinkedIn": date(2026, 3, 9),
    "Tailor your résumé for the next one": date(2026, 3, 10),
    "Ask Ben Okri to be considered in future": date(2026, 3, 12),
    "Practise with a mock interview on what was hard": date(2026, 3, 16),
    "Find an event or group where people of Orbital may be": date(2026, 3, 26),
}
ENGAGE = [date(2026, 3, 19), date(2026, 4, 2), date(2026, 4, 16)]
CHECK_INS = [date(2026, 4, 6), date(2026, 6, 3), date(2026, 9, 1)]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book that knows three people."""
    opened = books.open_book(tmp_path / "Contacts.keepwarm")
    for name in ("Ben Okri", "Grace Hopper", "Hedy Lamarr"):
        a_person(opened, name, today=APPLIED)
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """The window's surroundings, whose day may be moved."""
    yield Desk(tmp_path, qtbot, today=APPLIED)
    for window in QApplication.topLevelWidgets():
        window.close()


@pytest.fixture
def keepwarm(book: Book, desk: Desk, capsys: pytest.CaptureFixture[str]) -> Keepwarm:
    """Run a command on the day of the story; return what it says as JSON."""

    def run(*arguments: str) -> Any:
        capsys.readouterr()
        command = parse(["--book", str(book.path), *arguments, "--json"], desk.today)
        assert isinstance(command, Command)
        assert run_command(command, lambda: pytest.fail("nothing is printed here")) == 0, (
            capsys.readouterr().err
        )
        return json.loads(capsys.readouterr().out)

    return run


def dialog(kind: type[Kind]) -> Kind:
    """Return the dialog that is open."""
    settle()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def board(window: Window, opportunity: int | None = None) -> OpportunitiesPage:
    """Go to the board, and read it anew: the command line wrote meanwhile."""
    window.go(Place("opportunities", opportunity))
    page = window.current_page()
    assert isinstance(page, OpportunitiesPage)
    page.refresh()
    settle()
    return page


def apply_and_meet(keepwarm: Keepwarm, desk: Desk) -> OpportunityId:
    """Two applications, three rounds."""
    first = keepwarm(
        "opportunity", "add", "Analyst", "Orbital", "--stage", "applied", "--person", "Ben=hiring-manager"
    )
    keepwarm("opportunity", "add", "Lead", "Fernway", "--stage", "applied")
    for title, on, who in (("Analyst", "2026-02-10", "Ben"), ("Lead", "2026-02-12", "Hedy")):
        keepwarm("interview", "add", title, on, "--at", "14:30", "--with", who)
    keepwarm("interview", "add", "Analyst", "2026-03-03", "--with", "Ben", "--with", "Grace")
    desk.today = NO
    return OpportunityId(first["id"])


def hear_no(window: Window, book: Book, which: OpportunityId) -> None:
    """Close the role on the board and start the plan as it is proposed."""
    page = board(window, which)
    page.move_to(which, Stage.CLOSED)
    dialog(ClosingDialog).save.click()
    plan = dialog(PlanDialog)
    assert "They said no. The relationship is still yours." in words_of(plan)
    plan.save.click()
    steps = plans.of_opportunity(book, which)
    days = {step.title: step.due_on for step in steps if step.title in DATES}
    assert days == DATES
    assert [step.due_on for step in steps if step.title.startswith("Engage")] == ENGAGE
    assert [step.due_on for step in steps if step.title == "Check in with Ben Okri"] == CHECK_INS
    assert [step.title for step in steps if step.waits] == ["Record the feedback, and thank Ben Okri for it"]


def hear_why(window: Window, keepwarm: Keepwarm, desk: Desk, book: Book, which: OpportunityId) -> None:
    """Log touches out of order, then record what they said."""
    desk.today = FEEDBACK
    for who, on in (
        ("Ben", "2026-03-12"),
        ("Ben", "2026-03-06"),
        ("Ben", "2026-03-09"),
        ("Grace", "2026-03-06"),
    ):
        keepwarm("log", who, "email", "--on", on)
    steps = {step.title: step for step in plans.of_opportunity(book, which)}
    assert steps["Ask Ben Okri for feedback"].state is StepState.DONE
    assert steps["Send Grace Hopper a thank-you note"].done_on == date(2026, 3, 6)
    page = board(window, which)
    page.panel.learned.feedback.click()
    asked = dialog(FeedbackDialog)
    asked.words.setPlainText("Good stories; we missed depth on numbers.")
    asked.lesson.setText("Start with the numbers")
    asked.tags.setText("numbers")
    asked.save.click()
    steps = {step.title: step for step in plans.of_opportunity(book, which)}
    assert steps["Write down what you learned"].state is StepState.DONE
    assert steps["Record the feedback, and thank Ben Okri for it"].due_on == FEEDBACK


def keep_the_door_open(window: Window, desk: Desk, book: Book, which: OpportunityId) -> None:
    """Tick each step of the plan on its day, to the last one half a year on."""
    while ahead := [step for step in plans.of_opportunity(book, which) if step.state is StepState.OPEN]:
        due = ahead[0].due_on
        assert due is not None
        desk.today = max(desk.today, due)
        page = board(window, which)
        line = next(line for line in page.panel.steps.rows if line.key == ahead[0].id)
        line.tick.click()  # type: ignore[attr-defined]
        assert plans.row(book, ahead[0].id).done_on == desk.today
    assert desk.today == CHECK_INS[-1]
    row = opportunities.card(book, which, today=desk.today).row
    assert row.plan_done == row.plan_steps


def come_back(window: Window, keepwarm: Keepwarm, desk: Desk, book: Book) -> None:
    """Be introduced, apply again where it was a no, and be hired; the brief knows what the no taught."""
    asked = keepwarm("introduction", "ask", "Orbital", "Grace", "--to", "Hedy")
    keepwarm("introduction", "made", str(asked["id"]))
    role = keepwarm("opportunity", "add", "Senior Analyst", "Orbital", "--stage", "applied")
    keepwarm("interview", "add", str(role["id"]), "2026-09-09", "--with", "Ben")
    brief = keepwarm("brief", str(role["id"]))
    assert [one["text"] for one in brief["lessons"]] == ["Start with the numbers"]
    assert [one["text"] for one in brief["feedback"]] == ["Good stories; we missed depth on numbers."]
    assert brief["people"][0]["touches"] == 3
    desk.today = date(2026, 9, 18)
    page = board(window, role["id"])
    page.move_to(role["id"], Stage.OFFER)
    page.move_to(role["id"], Stage.CLOSED)
    closing = dialog(ClosingDialog)
    closing.endings[Ending.ACCEPTED].setChecked(True)
    closing.save.click()
    row = opportunities.card(book, OpportunityId(role["id"]), today=desk.today).row
    assert (row.stage, row.ending) == (Stage.CLOSED, Ending.ACCEPTED)


def test_a_no_becomes_half_a_year_of_small_steps_and_a_yes(
    desk: Desk, book: Book, keepwarm: Keepwarm
) -> None:
    start, first = dump(book), history.can_undo(book)
    window = desk.open(book, size=(1440, 900))
    which = apply_and_meet(keepwarm, desk)
    hear_no(window, book, which)
    hear_why(window, keepwarm, desk, book, which)
    keep_the_door_open(window, desk, book, which)
    come_back(window, keepwarm, desk, book)
    while history.can_undo(book) != first:
        book.undo()
    assert dump(book) == start
