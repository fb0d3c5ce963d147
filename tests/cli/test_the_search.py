"""The search on the command line: an application, a round, a no, and the plan that follows."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]
TODAY = date.today()  # noqa: DTZ011 - the command line reads the user's day


@pytest.fixture
def filled(keepwarm: Keepwarm, cards: Path) -> Keepwarm:
    assert keepwarm("import", str(cards)).code == 0
    return keepwarm


def test_from_an_application_to_the_plan_after_a_no(filled: Keepwarm) -> None:
    added = filled(
        "opportunity", "add", "Analyst", "Orbital", "--stage", "applied", "--person", "Ada=hiring-manager", "--json"
    ).document  # fmt: skip
    which = str(added["id"])
    assert (added["stage"], added["applied_on"]) == ("applied", TODAY.isoformat())
    assert filled("interview", "add", which, "tomorrow", "--at", "2:30 pm", "--with", "Charles").code == 0
    shown = filled("opportunity", "show", "analyst", "--json").document
    assert shown["stage"] == "interviewing"
    assert shown["rounds"][0]["people"] == ["Charles Babbage"]
    assert shown["next"]["on"] == (TODAY + timedelta(days=1)).isoformat()
    closed = filled("opportunity", "close", which, "not-selected")
    assert closed.out.splitlines()[0] == "Analyst, Orbital: Not selected."
    assert "plan start after_no" in closed.out
    again = filled("opportunity", "close", which, "not-selected")
    assert (again.code, again.out) == (0, "Analyst is closed already: Not selected.\n")
    planned = filled("plan", "start", "after_no", which, "--dry-run", "--json").document
    assert filled("plan", "show", which, "--json").document == []
    assert len(filled("plan", "start", "after_no", which, "--json").document["steps"]) == len(
        planned["steps"]
    )
    first = filled("plan", "show", which, "--json").document[0]
    assert filled("plan", "done", str(first["id"]), "--json").document["state"] == "done"
    assert filled("plan", "skip", str(first["id"])).code == 1
    moved = filled("opportunity", "move", which, "interviewing")
    assert "withdrawn" in moved.out
    for _ in range(5):
        assert filled("undo").code == 0


def test_closed_ones_are_listed_when_asked_for(filled: Keepwarm) -> None:
    filled("opportunity", "add", "Analyst", "Orbital")
    filled("opportunity", "close", "1", "withdrew")
    assert filled("opportunity", "list", "--json").document == []
    assert [row["ending"] for row in filled("opportunity", "list", "--all", "--json").document] == [
        "withdrew"
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("opportunity",),
        ("opportunity", "close", "1", "somehow"),
        ("opportunity", "add", "Analyst", "Orbital", "--person", "Ada=king"),
        ("interview", "add", "1", "tomorrow", "--at", "25:00"),
    ],
)
def test_wrong_use_says_why(filled: Keepwarm, arguments: tuple[str, ...]) -> None:
    ran = filled(*arguments)
    assert ran.code == 2
    assert ran.err


def test_what_is_not_there_is_named(filled: Keepwarm) -> None:
    assert "No opportunity called “pilot” here." in filled("opportunity", "show", "pilot").err
    assert "There is no plan called “dance”." in filled("plan", "start", "dance", "1").err


def test_a_draft_is_written_and_says_what_is_missing(filled: Keepwarm) -> None:
    added = filled(
        "opportunity", "add", "Analyst", "Orbital", "--person", "Ada=hiring-manager", "--json"
    ).document
    draft = filled("draft", "thank-you", "Ada", "--say", "the tour", "--json").document
    assert "I especially enjoyed the tour." in draft["body"]
    assert draft["missing"] == []
    assert filled("draft", "future", "Ada", "--opportunity", str(added["id"])).code == 0
    assert "Still to fill: [the role]" in filled("draft", "thank-you", "Charles").out
    assert filled("draft", "nonsense", "Ada").code == 1


def test_a_lesson_of_the_first_no_is_in_the_next_brief(filled: Keepwarm) -> None:
    filled("opportunity", "add", "Analyst", "Orbital", "--stage", "applied")
    filled("opportunity", "close", "1", "not-selected")
    recorded = filled(
        "feedback", "analyst", "More depth", "--person", "Ada", "--lesson", "Numbers first", "--tag", "numbers"
    )  # fmt: skip
    assert recorded.out.strip() == "Recorded the feedback from Ada Lovelace."
    listed = filled("lessons").out
    assert listed.splitlines()[0] == "Seen once: numbers"
    assert filled("practice", "Numbers", "--person", "Charles", "--went", "4").code == 0
    filled("opportunity", "add", "Lead", "Orbital")
    filled("interview", "add", "lead", "tomorrow", "--with", "Ada")
    found = filled("brief", "--json").document
    assert [one["text"] for one in found["lessons"]] == ["Numbers first"]
    assert [one["text"] for one in found["feedback"]] == ["More depth"]
    assert "Numbers first" in filled("brief", "lead").out
    assert filled("lessons", "used", "1", "--json").document["helped"] == 1
    assert filled("lessons", "pass", "9").code == 1


def test_the_radar_and_the_perspective_are_calm_where_there_is_little(filled: Keepwarm) -> None:
    long_ago = (TODAY - timedelta(days=170)).isoformat()
    filled("opportunity", "add", "Analyst", "Orbital", "--stage", "applied", "--on", long_ago)
    assert filled("opportunity", "radar").out == "Nothing opens within the next month.\n"
    filled("opportunity", "close", "analyst", "filled", "--on", long_ago)
    (chance,) = filled("opportunity", "radar", "--json").document
    assert chance["company"] == "Orbital"
    assert "you may apply again" in filled("opportunity", "radar").out
    assert "know nobody at Orbital" in filled("opportunity", "check-in", "analyst").err
    filled("opportunity", "add", "Lead", "Fernway")
    assert filled("opportunity", "check-in", "lead").code == 1
    assert filled("opportunity", "perspective").out.startswith("1 application so far.")


def test_the_proof_of_search_tells_what_was_done_and_no_notes(filled: Keepwarm, tmp_path: Path) -> None:
    filled(
        "opportunity",
        "add",
        "=Analyst",
        "Orbital",
        "--stage",
        "applied",
        "--source",
        "Fair",
        "--note",
        "secret",
    )
    filled("interview", "add", "1", "today", "--note", "secret")
    filled("practice", "Numbers", "--note", "secret")
    told = filled("report", "yesterday", "--json").document
    assert [one["what"] for one in told] == ["application", "interview", "practice"]
    file = tmp_path / "search.csv"
    assert filled("report", "yesterday", "--csv", str(file)).code == 0
    text = file.read_text("utf-8-sig")
    assert "secret" not in text
    assert "'=Analyst" in text
    assert filled("report", "yesterday", "--csv", str(file)).code == 1
    assert filled("report", "yesterday", "--csv", str(file), "--force").code == 0
    assert filled("report", "today", "yesterday").code == 1
    assert filled("report", "yesterday", "--csv", str(tmp_path / "search.xls")).code == 2
    assert filled("report", "yesterday", "--csv", str(file), "--force", "--notes").code == 0
    assert "secret" in file.read_text("utf-8-sig")


def test_messages_and_events_stand_in_the_report_once_each(filled: Keepwarm) -> None:
    filled("opportunity", "add", "Analyst", "Orbital", "--stage", "applied")
    filled("opportunity", "close", "analyst", "not-selected")
    filled("plan", "start", "after_no", "analyst")
    filled("log", "Ada", "email")
    filled("log", "Ada", "call")
    filled("event", "add", "Fair", "--on", "today")
    filled("event", "met", "Fair", "Grace Hopper")
    told = filled("report", "today", "--json").document
    assert [(one["what"], one["with"], one["outcome"]) for one in told] == [
        ("application", "", "not_selected"),
        ("message", "Ada Lovelace", None),
        ("event", "", None),
    ]
    assert filled("report", "this-month", "--json").document == told
    assert filled("report", "last quarter", "--json").document == []
    only = filled("report", "today", "--only", "message", "--json").document
    assert [one["what"] for one in only] == ["message"]


def test_without_an_interview_the_brief_says_what_to_do_next(filled: Keepwarm) -> None:
    assert "opportunity add" in filled("brief").out
    filled("opportunity", "add", "Analyst", "Orbital")
    assert "interview add ID|TITLE DATE" in filled("brief").out
    asked = filled("brief", "analyst")
    assert "interview add 1 DATE" in asked.out
    assert asked.code == 1


def test_a_brief_tells_what_was_promised(filled: Keepwarm) -> None:
    filled("opportunity", "add", "Lead", "Orbital")
    filled("interview", "add", "lead", "tomorrow", "--with", "Ada")
    with_step = filled("brief").out.splitlines()
    assert with_step[0].startswith("Interview with Orbital: Lead · Round 1 · ")
    assert "  Ada Lovelace, Analyst (You haven’t talked yet)" in with_step


def test_pages_to_print_are_written_whole_and_only_where_nothing_is_lost(
    filled: Keepwarm, book_path: Path, tmp_path: Path
) -> None:
    filled("opportunity", "add", "Lead", "Orbital", "--stage", "applied")
    filled("interview", "add", "lead", "tomorrow", "--with", "Ada")
    for what, name in ((("brief",), "brief.pdf"), (("report", "yesterday"), "report.pdf")):
        command = [
            sys.executable,
            "-m",
            "crm",
            "--book",
            str(book_path),
            *what,
            "--pdf",
            str(tmp_path / name),
        ]
        first = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (first.returncode, first.stderr) == (0, "")
        assert name in first.stdout
        assert (tmp_path / name).read_bytes().startswith(b"%PDF-")
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 1
    assert "--force" in again.stderr
    assert filled("brief", "--pdf", str(book_path)).code == 2


def test_files_are_kept_listed_saved_and_removed(filled: Keepwarm, tmp_path: Path) -> None:
    which = str(filled("opportunity", "add", "Analyst", "Orbital", "--json").document["id"])
    path = tmp_path / "CV.pdf"
    path.write_text("%PDF one", "utf-8")
    made = filled("opportunity", "attach", which, str(path), "--json").document
    assert (made["kind"], made["name"], made["also_at"]) == ("resume", "CV.pdf", [])
    number = str(made["id"])
    assert "CV.pdf" in filled("opportunity", "files", which).out
    assert filled("opportunity", "rename-file", number, "Energy.pdf", "--as", "cover-letter").code == 0
    assert filled("opportunity", "show", which, "--json").document["files"][0]["kind"] == "cover_letter"
    folder = tmp_path / "copies"
    folder.mkdir()
    assert filled("opportunity", "save-file", number, str(folder)).code == 0
    assert (folder / "Energy.pdf").read_text("utf-8") == "%PDF one"
    assert filled("opportunity", "save-file", number, str(folder)).code == 1
    assert filled("opportunity", "attach", which, str(path), "--round", "1").code == 1
    assert filled("opportunity", "detach", number).out == "Removed Energy.pdf.\n"
    assert filled("opportunity", "files", which, "--json").document == []


def test_when_one_may_apply_again_is_said(filled: Keepwarm) -> None:
    which = str(filled("opportunity", "add", "Analyst", "Orbital", "--json").document["id"])
    assert filled("opportunity", "again", which, "in 3 weeks").code == 1
    assert filled("opportunity", "close", which, "not-selected").code == 0
    on = (TODAY + timedelta(days=21)).isoformat()
    assert filled("opportunity", "again", which, on, "--json").document["may_apply_again_on"] == on
    assert [one["opens_on"] for one in filled("opportunity", "radar", "--json").document] == [on]
    usual = filled("opportunity", "again", which, "--json").document["may_apply_again_on"]
    assert usual > on


def test_goals_of_the_week_are_set_told_and_switched_off(filled: Keepwarm) -> None:
    assert "goals message 3" in filled("goals").out
    filled("goals", "message", "3")
    filled("log", "Ada", "email")
    assert filled("goals").out.splitlines() == ["This week:", "  1 of 3 messages"]
    assert filled("goals", "message", "0", "--json").document == []
    assert filled("goals", "message", "51").code == 1
    assert filled("goals", "interview", "1").code == 2
    assert filled("goals", "practice", "--week-starts", "someday").code == 2


def test_the_plan_after_an_interview_takes_the_opportunitys_title(filled: Keepwarm) -> None:
    filled("opportunity", "add", "Head of Ops", "Orbital")
    assert (
        "“Head of Ops” has no interview yet." in filled("plan", "start", "after_interview", "Head of Ops").err
    )
    filled("opportunity", "add", "Analyst", "Orbital")
    filled("interview", "add", "Head of Ops", "3 days ago", "--name", "panel")
    added = filled("interview", "add", "Head of Ops", "yesterday", "--at", "14:30", "--name", "case study")
    assert "Head of Ops. Round 2: case study (#2), " in added.out
    filled("interview", "add", "Head of Ops", "tomorrow", "--name", "board")
    filled("feedback", "Head of Ops", "Sharper numbers")
    shown = filled("opportunity", "show", "Head of Ops").out
    assert "Round 2: case study (#2), " in shown
    assert "14:30" in shown
    assert "Feedback from Orbital: Sharper numbers" in shown
    by_title, by_number = (
        filled("plan", "start", "after_interview", which, "--dry-run", "--json").document
        for which in ("Head of Ops", "#2")
    )
    assert by_title["steps"]
    assert by_title == by_number
    assert "2 (Head of Ops, Round 2: case study)" in filled("plan", "start", "after_interview", "9" * 30).err


@pytest.mark.parametrize(
    "arguments", [("after_no",), ("analyst",), ("Analyst", "after-no"), ("1", "after_interview")]
)
def test_a_plan_says_what_comes_first(filled: Keepwarm, arguments: tuple[str, ...]) -> None:
    filled("opportunity", "add", "Analyst", "Orbital")
    ran = filled("plan", "start", *arguments)
    assert ran.code == 1
    assert "PLAN, then ID or TITLE" in ran.err
    assert "after_application" in ran.err
    assert "new_job" in filled("plan", "start", "--help").out


def test_today_names_the_steps_that_are_with_nobody(filled: Keepwarm) -> None:
    filled("noticed", "Analytical Engines", "A new office", "--engage", "today")
    (step,) = filled("today", "--json").document["steps"]
    listed = filled("today").out
    assert "Next steps for your search:" in listed
    assert step["title"] in listed
    assert "1 day late" in filled("today", "--on", "tomorrow").out
    filled("plan", "done", str(step["id"]))
    assert "Next steps for your search:" not in filled("today").out


def test_a_late_step_says_so_on_the_agenda(filled: Keepwarm) -> None:
    day = (TODAY - timedelta(days=2)).isoformat()
    filled("noticed", "Analytical Engines", "A new office", "--on", day, "--engage", day)
    assert "2 days late" in filled("agenda").out
    assert "2 days late" in filled("today").out
