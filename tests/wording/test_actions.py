"""What was done, as a command and as an outcome."""

from datetime import date
from typing import Any

import pytest

from crm.domain.changes import Op
from crm.wording import done, undo_label

TODAY = date(2026, 11, 19)  # a Thursday
ADA = {"subject": "Ada Lovelace", "count": 1}
THREE = {"subject": "Ada Lovelace", "count": 3}


@pytest.mark.parametrize("op", Op)
@pytest.mark.parametrize("params", [{}, ADA, THREE, {"count": 1234}], ids=["nobody", "one", "three", "many"])
def test_every_action_has_words_whatever_is_known_of_it(op: Op, params: dict[str, Any]) -> None:
    for text in (undo_label(op, params), done(op, params, TODAY)):
        assert not text[0].islower()
        assert not set(text) & set("{}")
    assert done(op, params, TODAY).endswith(".")
    assert not undo_label(op, params).endswith(".")


@pytest.mark.parametrize(
    ("op", "params", "label", "outcome"),
    [
        (
            Op.LOG_TOUCH,
            {**ADA, "kind": "coffee", "next_due_on": "2026-12-31"},
            "Log a touch with Ada Lovelace",
            "Touch logged with Ada Lovelace. Next check-in 31 Dec.",
        ),
        (
            Op.LOG_TOUCH,
            {**THREE, "kind": "call", "next_due_on": "2026-11-20"},
            "Log a touch with Ada Lovelace and 2 more",
            "Touch logged with Ada Lovelace and 2 more. Next check-in tomorrow.",
        ),
        (
            Op.LOG_TOUCH,
            {**ADA, "kind": "call", "next_due_on": "2026-10-02"},
            "Log a touch with Ada Lovelace",
            "Touch logged with Ada Lovelace. The next check-in was due 2 Oct.",
        ),
        (
            Op.LOG_TOUCH,
            {**ADA, "kind": "note", "next_due_on": None},
            "Write a note about Ada Lovelace",
            "Note saved about Ada Lovelace.",
        ),
        (
            Op.SNOOZE,
            {**ADA, "until": "2026-11-23"},
            "Snooze Ada Lovelace",
            "Snoozed Ada Lovelace to Mon 23 Nov.",
        ),
        (
            Op.SNOOZE,
            {**THREE, "until": "2027-01-04"},
            "Snooze 3 people",
            "Snoozed 3 people to Mon 4 Jan 2027.",
        ),
        (Op.SNOOZE, {**ADA, "until": None}, "End the snooze of Ada Lovelace", "Ada Lovelace is back."),
        (Op.SKIP, ADA, "Skip Ada Lovelace", "Skipped Ada Lovelace this time."),
        (
            Op.SET_EVERY,
            {**ADA, "every": [6, "week"]},
            "Set how often for Ada Lovelace",
            "Every 6 weeks: Ada Lovelace.",
        ),
        (
            Op.SET_EVERY,
            {**ADA, "never": True, "every": None},
            "Set how often for Ada Lovelace",
            "No check-ins: Ada Lovelace.",
        ),
        (
            Op.SET_EVERY,
            {"scope": "tag", "subject": "Mentor", "every": [1, "month"]},
            "Set how often for tag Mentor",
            "Every month: people tagged Mentor.",
        ),
        (
            Op.SET_EVERY,
            {"scope": "book", "every": None},
            "Set your default for how often",
            "You have no default for how often now.",
        ),
        (
            Op.TAG_PEOPLE,
            {**THREE, "tag": "Mentor", "on": True},
            "Tag 3 people Mentor",
            "Tagged 3 people Mentor.",
        ),
        (
            Op.TAG_PEOPLE,
            {**ADA, "tag": "Mentor", "on": False},
            "Remove tag Mentor from Ada Lovelace",
            "Removed tag Mentor from Ada Lovelace.",
        ),
        (Op.STAR_PEOPLE, {**ADA, "on": False}, "Unstar Ada Lovelace", "Unstarred Ada Lovelace."),
        (
            Op.ARCHIVE_PEOPLE,
            {**ADA, "standing": "archived"},
            "Archive Ada Lovelace",
            "Archived Ada Lovelace.",
        ),
        (
            Op.ARCHIVE_PEOPLE,
            {**ADA, "standing": "active"},
            "Bring back Ada Lovelace",
            "Brought back Ada Lovelace.",
        ),
        (Op.DELETE_PEOPLE, {**ADA, "count": 1200}, "Delete 1,200 people", "Deleted 1,200 people."),
        (
            Op.IMPORT,
            {"files": ["a.vcf"], "added": 371, "updated": 26},
            "Import a.vcf",
            "Added 371 contacts, updated 26.",
        ),
        (
            Op.IMPORT,
            {"files": ["a.vcf", "b.vcf"], "added": 1, "updated": 0},
            "Import a.vcf and 1 more",
            "Added 1 contact.",
        ),
        (
            Op.IMPORT,
            {"files": ["a.vcf"], "added": 0, "updated": 0},
            "Import a.vcf",
            "Nothing new in the file.",
        ),
    ],
)
def test_an_action_is_told_by_name_and_number(
    op: Op, params: dict[str, Any], label: str, outcome: str
) -> None:
    assert undo_label(op, params) == label
    assert done(op, params, TODAY) == outcome


def test_a_name_is_never_read_as_a_template() -> None:
    for op in Op:
        params = {"subject": "{who} {n} {0}", "count": 1, "files": ["{file}.vcf"]}
        assert undo_label(op, params)
        assert done(op, params, TODAY)
    assert undo_label(Op.SKIP, {"subject": "{n} {who}"}) == "Skip {n} {who}"
