"""Plans as files: ours are valid, and each kind of mistake is named with its place."""

import tomllib
from pathlib import Path

import pytest

from crm import paths
from crm.domain.plan import Per, Unless
from crm.domain.touch import TouchKind
from crm.errors import ErrorCode, KeepwarmError
from crm.formats import playbooks

HEAD = 'title = "Mine"\nsubject = "opportunity"\n'
STEP = '[[step]]\nkey = "a"\ntitle = "A"\n'
OURS = sorted((paths.resources_dir() / "plans").glob("*.toml"))


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.stem)
def test_every_plan_that_comes_with_the_program_is_valid(file: Path) -> None:
    found = playbooks.read(file.read_text("utf-8"), file.stem, str(file))
    assert found.id == file.stem
    assert found.steps
    assert tomllib.loads(file.read_text("utf-8"))["title"] == found.title


def test_after_a_no_has_all_twelve_rows() -> None:
    file = next(file for file in OURS if file.stem == "after_no")
    assert len(playbooks.read(file.read_text("utf-8"), "after_no", "").steps) == 12


def test_a_step_says_all_it_can() -> None:
    text = HEAD + STEP + (
        '[[step]]\nkey = "b"\ntitle = "Ask {person}"\nalone = "Ask"\ndays = [7, 14]\nper = "contact"\n'
        'unless = "thanked"\ntouch = ["email"]\nwrite = "ask"\nsooner_after = "a"\n'
    )  # fmt: skip
    step = playbooks.read(text, "mine", "").steps[1]
    assert (step.days, step.per, step.unless) == ((7, 14), Per.CONTACT, Unless.THANKED)
    assert (step.kinds, step.purpose, step.sooner_after) == ((TouchKind.EMAIL,), "ask", "a")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "step"),
        (HEAD, "step"),
        (HEAD + "step = 3", "step"),
        ('subject = "opportunity"\n' + STEP, "title"),
        ('title = "Mine"\nsubject = "weather"\n' + STEP, "subject"),
        (HEAD + "color = 1\n" + STEP, "color"),
        (HEAD + STEP + "dayz = 3", "a: dayz"),
        (HEAD + STEP + "days = -1", "a: days"),
        (HEAD + STEP + "days = true", "a: days"),
        (HEAD + STEP + 'days = "3"', "a: days"),
        (HEAD + STEP + "days = []", "a: days"),
        (HEAD + STEP + "working_days = 999999", "a: working_days"),
        (HEAD + STEP + 'touch = ["telepathy"]', "a: touch"),
        (HEAD + STEP + 'touch = "email"', "a: touch"),
        (HEAD + STEP + 'waits_for = "b"', "a: waits_for"),
        (HEAD + STEP + 'waits_for = "a"', "a: waits_for"),
        (HEAD + STEP + STEP, "a: key"),
        (HEAD + '[[step]]\nkey = "a b"\ntitle = "A"', "key"),
        (HEAD + '[[step]]\nkey = "a"\ntitle = "For {money}"', "a: title"),
        (HEAD + '[[step]]\nkey = "a"\ntitle = "line\\nbreak"', "a: title"),
        (HEAD + "[[step]", "line"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, where: str) -> None:
    with pytest.raises(KeepwarmError) as raised:
        playbooks.read(text, "mine", "mine.toml")
    assert raised.value.code is ErrorCode.PLAN_INVALID
    assert where in str(raised.value.params["where"])
