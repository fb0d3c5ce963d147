"""Words for everything the core can say, in the tone of the house."""

import ast
import re
from datetime import date
from enum import Enum

import pytest

from crm import wording
from crm.domain.agenda import CheckInRow
from crm.domain.cadence import Cadence, CadenceSource, DueState, Interval, Unit
from crm.domain.card import Problem, ProblemCode
from crm.domain.importplan import Choice, MatchReason, Verdict
from crm.domain.likeness import Likeness
from crm.domain.person import ContactKind, DateKind, PersonId, PersonRow, Standing
from crm.domain.reasons import CheckInReason
from crm.domain.touch import Direction, TouchKind
from crm.errors import ErrorCode
from tests.architecture import read_sources

TODAY = date(2026, 11, 19)
SIX_WEEKS = Interval(6, Unit.WEEK)
COFFEE = CheckInReason(
    SIX_WEEKS,
    CadenceSource.PERSON,
    last_touch_on=date(2026, 10, 2),
    last_kind=TouchKind.COFFEE,
    last_note="talked about\nthe platform team",
    added_on=date(2026, 1, 1),
)
BANNED = re.compile(
    r"!|\b(rejected|rejection|failed|fail|oops|sync|leads?|crm|pipeline|stale|dead|tasks?)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    "member",
    [
        *TouchKind,
        *Direction,
        *ContactKind,
        *DateKind,
        *Standing,
        *MatchReason,
        *Verdict,
        *Likeness,
        *Choice,
        *ProblemCode,
    ],
    ids=str,
)
def test_every_kind_of_thing_has_words(member: Enum) -> None:
    words = {
        TouchKind: wording.touch_kind,
        Direction: wording.direction,
        ContactKind: wording.contact_kind,
        DateKind: wording.date_kind,
        Standing: wording.standing,
        MatchReason: wording.match_reason,
        Verdict: lambda what: wording.verdict(what)[0],
        Likeness: lambda why: wording.likeness((why,)),
        Choice: wording.choice,
        ProblemCode: lambda code: wording.problem(Problem("a.vcf", 1, code)),
    }[type(member)](member)
    assert words
    assert "_" not in words
    assert "{" not in words


@pytest.mark.parametrize("kind", TouchKind)
@pytest.mark.parametrize("who", Direction)
def test_every_touch_has_a_title(kind: TouchKind, who: Direction) -> None:
    assert "{" not in wording.touch_title(kind, who, "Tomás")


def test_our_own_words_keep_the_tone_of_the_house() -> None:
    for source in read_sources("crm/wording"):
        documents = {
            id(node.body[0].value)
            for node in source.nodes
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in source.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
                assert not BANNED.search(node.value), f"{source.path}:{node.lineno}: {node.value}"


@pytest.mark.parametrize(
    ("every", "words"),
    [
        (Interval(1, Unit.DAY), "Every day"),
        (Interval(1, Unit.MONTH), "Every month"),
        (SIX_WEEKS, "Every 6 weeks"),
        (Interval(2, Unit.YEAR), "Every 2 years"),
        (None, "No check-ins"),
    ],
)
def test_an_interval_is_said_in_its_own_unit(every: Interval | None, words: str) -> None:
    assert wording.interval(every) == words


@pytest.mark.parametrize("source", CadenceSource)
def test_the_rule_that_won_is_named(source: CadenceSource) -> None:
    often, why = wording.cadence(Cadence(SIX_WEEKS, source, "Orbital"))
    assert often == "Every 6 weeks"
    assert bool(why) == (source is not CadenceSource.NONE)
    assert ("Orbital" in why) == (source in {CadenceSource.TAG, CadenceSource.COMPANY})


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (COFFEE, "Every 6 weeks · last touch 48 days ago: coffee, talked about the platform team"),
        (
            CheckInReason(SIX_WEEKS, last_touch_on=date(2026, 11, 18), last_kind=TouchKind.OTHER),
            "Every 6 weeks · last touch yesterday",
        ),
        (CheckInReason(SIX_WEEKS), "Every 6 weeks · no touch yet"),
        (
            CheckInReason(SIX_WEEKS, added_on=date(2026, 10, 2)),
            "Every 6 weeks · no touch since you added them 48 days ago",
        ),
        (
            CheckInReason(
                SIX_WEEKS, added_on=date(2026, 3, 19), imported=True, snoozed_from=date(2026, 11, 2)
            ),
            "Every 6 weeks · no touch since you imported them 8 months ago · snoozed from 2 Nov",
        ),
    ],
)
def test_a_reason_is_a_sentence_of_facts(why: CheckInReason, words: str) -> None:
    assert wording.reason(why, TODAY) == words


def test_a_long_note_is_shortened_and_braces_are_text() -> None:
    why = CheckInReason(SIX_WEEKS, last_touch_on=TODAY, last_note="{ago} " + "x" * 500)
    assert wording.reason(why, TODAY).startswith("Every 6 weeks · last touch today: {ago} xxx")
    assert wording.reason(why, TODAY).endswith("x…")
    assert len(wording.reason(why, TODAY)) < 200


def test_an_event_says_what_stays_true() -> None:
    person = PersonRow(PersonId(1), "Ada Lovelace", "Engineer", "Orbital")
    row = CheckInRow(person, date(2026, 11, 13), DueState.OVERDUE, COFFEE, "ada@example.org", "+44 20")
    assert wording.calendar_text(row) == (
        "Check in: Ada Lovelace",
        (
            "Engineer, Orbital\n"
            "Every 6 weeks · last touch 2 Oct 2026: coffee, talked about the platform team\n"
            "+44 20\n"
            "ada@example.org"
        ),
    )


@pytest.mark.parametrize(
    ("code", "detail", "words"),
    [
        (ProblemCode.BAD_DATE, "31 Feb\n2020", "A date we can’t read; kept as text: 31 Feb 2020"),
        (ProblemCode.BAD_DATE, "", "A date we can’t read"),
        (
            ProblemCode.UNREADABLE_LINE,
            "{x}" * 90,
            "A line we can’t read; kept as it is: " + ("{x}" * 90)[:79] + "…",
        ),
        (ProblemCode.TOO_LARGE, "20", "Larger than 20 MB"),
        (ProblemCode.BROKEN, "TypeError", "Damaged in a way we can’t read"),
        (ProblemCode.BROKEN, ErrorCode.FILE_UNKNOWN.value, "Not a file of contacts that we know"),
    ],
)
def test_a_problem_shows_what_stood_there_and_no_codes(code: ProblemCode, detail: str, words: str) -> None:
    assert wording.problem(Problem("a.vcf", 3, code, detail)) == words


def test_numbers_agree_with_what_they_count() -> None:
    assert [wording.people_count(n) for n in (0, 1, 1284)] == ["0 people", "1 person", "1,284 people"]
    assert wording.exported(1, "a.ics") == "1 event saved to a.ics."
    assert wording.holdings(2, 1, 0) == "2 people, 1 company, 0 touches"


def test_a_translator_gets_whole_sentences_and_the_number() -> None:
    asked: list[tuple[str, int | None]] = []

    def translate(english: str, number: int | None) -> str:
        asked.append((english, number))
        return f"«{english}»"

    wording.set_translator(translate)
    try:
        assert wording.people_count(3) == "«3 people»"
        assert wording.touch_kind(TouchKind.CALL) == "«Call»"
    finally:
        wording.set_translator(None)
    assert asked == [("{n} people", 3), ("Call", None)]
