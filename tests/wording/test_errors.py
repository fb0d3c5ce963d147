"""Every expected error says what happened, what is safe and what to do."""

import ast
from collections.abc import Iterator
from datetime import date
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.errors import Ambiguous, Cancelled, ErrorCode, Invalid, KeepwarmError, NotFound
from crm.wording import error, error_line
from crm.wording.errors import _INVALID, _NOT_FOUND, _WORDS
from tests.architecture import dotted, read_sources


def raised(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield where the code makes errors of these names, and the calls."""
    for source in read_sources("crm"):
        for node in source.nodes:
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in names:
                yield f"{source.path}:{node.lineno}", node


def constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@pytest.mark.parametrize("code", ErrorCode)
def test_every_error_has_words(code: ErrorCode) -> None:
    assert code in _WORDS
    assert error(KeepwarmError(code)).what.endswith(".")
    assert "\n" not in error_line(KeepwarmError(code, path="/x", why="Permission denied."))
    assert ".." not in error_line(KeepwarmError(code, path="/x", why="Permission denied."))


@pytest.mark.parametrize(
    "code", sorted(set(ErrorCode) - {ErrorCode.NOTHING_TO_UNDO, ErrorCode.NOTHING_TO_REDO})
)
def test_an_error_says_what_is_safe_or_what_to_do(code: ErrorCode) -> None:
    words = error(KeepwarmError(code))
    assert words.safe or words.todo


def test_every_error_brings_what_its_words_need() -> None:
    for where, call in raised("KeepwarmError"):
        code = dotted(call.args[0]).removeprefix("ErrorCode.")
        if code in ErrorCode.__members__:
            needs = {name for _, name, _, _ in Formatter().parse(_WORDS[ErrorCode[code]][0]) if name}
            assert needs <= {word.arg for word in call.keywords}, where


def test_every_refused_value_has_its_own_words() -> None:
    for where, call in raised("Invalid"):
        field, why = constant(call.args[0]), constant(call.args[2])
        if field is not None:
            assert (field, why) in _INVALID or (field, "") in _INVALID, where


def test_everything_that_can_be_missing_has_its_own_words() -> None:
    for where, call in raised("NotFound"):
        what = constant(call.args[0])
        assert what is None or (what, True) in _NOT_FOUND, where


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (
            NotFound("person", "Adaa"),
            "No person called “Adaa” here. Check the spelling, or use the number from the list.",
        ),
        (
            NotFound("company", 12),
            "No company has the number 12. It may have been deleted.",
        ),
        (
            Ambiguous("person", "Ada", ((12, "Ada Lovelace"), (31, "Ada Byron"))),
            (
                "“Ada” fits more than one person: Ada Lovelace (12), Ada Byron (31). Nothing was changed. "
                "Use the number to say which."
            ),
        ),
        (
            KeepwarmError(ErrorCode.FUTURE_TOUCH, on=date(2026, 11, 30)),
            "A touch can’t lie in the future (30 Nov 2026). Nothing was changed. Log it once it has happened.",
        ),
        (
            Invalid("every", "often", "range_of_words"),
            "“often” isn’t an interval. Write “6 weeks” or “3 months”. Nothing was changed.",
        ),
        (
            KeepwarmError(ErrorCode.BACKUP_DAMAGED, path="b.keepwarm", why="checksum"),
            (
                "The backup b.keepwarm is damaged: its content isn’t what was saved. Your book was left as it is. "
                "Choose another backup."
            ),
        ),
        (Cancelled(), "Cancelled. Nothing was changed."),
    ],
)
def test_an_error_reads_as_one_line(found: KeepwarmError, line: str) -> None:
    assert error_line(found) == line


def test_of_many_candidates_a_few_are_named() -> None:
    many = tuple((number, f"Ada {number}") for number in range(1, 41))
    assert "Ada 6 (6), 34 more." in error_line(Ambiguous("person", "Ada", many))


@given(
    st.sampled_from(ErrorCode), st.text(), st.sampled_from(["path", "text", "value", "why", "field", "what"])
)
def test_no_text_breaks_the_words(code: ErrorCode, text: str, name: str) -> None:
    line = error_line(KeepwarmError(code, **{name: text}))
    assert len(line.splitlines()) == 1
    assert line == error_line(KeepwarmError(code, **{name: text}))
