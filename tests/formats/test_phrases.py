"""A touch in one sentence: what was understood, and that nothing typed is lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.cadence import Interval, Unit
from crm.domain.quick import Day
from crm.domain.touch import Direction, TouchKind
from crm.formats.phrases import Phrase, parse

TODAY = date(2026, 3, 5)  # a Thursday
YESTERDAY = TODAY - timedelta(days=1)
WEEKS = timedelta(weeks=1)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (
            "called Ana Lima yesterday re referral, check in in 3 weeks",
            Phrase(TouchKind.CALL, ("Ana Lima",), Day(YESTERDAY), Day(TODAY + 3 * WEEKS), note="referral"),
        ),
        ("log coffee with tom", Phrase(TouchKind.COFFEE, ("tom",))),
        ("coffee yesterday with Tom Ferreira", Phrase(TouchKind.COFFEE, ("Tom Ferreira",), Day(YESTERDAY))),
        (
            "met Ana, Bo and Cy Chen on 2 Mar about the fair",
            Phrase(TouchKind.MEETING, ("Ana", "Bo", "Cy Chen"), Day(date(2026, 3, 2)), note="the fair"),
        ),
        (
            "emailed Maya last tue: sent the portfolio. every 2 months",
            Phrase(
                TouchKind.EMAIL,
                ("Maya",),
                Day(date(2026, 3, 3)),
                every=Interval(2, Unit.MONTH),
                note="sent the portfolio",
            ),
        ),
        ("had lunch with Sun Li", Phrase(TouchKind.COFFEE, ("Sun Li",))),
        ("texted Bo today, no check-in", Phrase(TouchKind.MESSAGE, ("Bo",), Day(TODAY), never=True)),
        ("Ana Lima", Phrase(None, ("Ana Lima",))),
        (
            "spoke to Ana 3 days ago because of the opening, follow up next tuesday",
            Phrase(
                TouchKind.CALL,
                ("Ana",),
                Day(TODAY - timedelta(days=3)),
                Day(date(2026, 3, 10)),
                note="because of the opening",
            ),
        ),
        (
            "called Ana, check in after Easter with the deck",
            Phrase(TouchKind.CALL, ("Ana",), next_on=Day(date(2026, 4, 7)), note="with the deck"),
        ),
        (
            "call with Ana\nlong story\nand more",
            Phrase(TouchKind.CALL, ("Ana",), note="long story\nand more"),
        ),
        (
            "Ana Lima called on 2/3 re the offer",
            Phrase(
                TouchKind.CALL,
                ("Ana Lima",),
                Day(date(2026, 3, 2), date(2026, 2, 3)),
                note="the offer",
                direction=Direction.HEARD,
            ),
        ),
        (
            "got an email from Bo today, follow up 3.4.",
            Phrase(TouchKind.EMAIL, ("Bo",), Day(TODAY), Day(date(2026, 4, 3)), direction=Direction.HEARD),
        ),
        (
            "heard back from Cy Chen last week",
            Phrase(TouchKind.MESSAGE, ("Cy Chen",), Day(TODAY - WEEKS), direction=Direction.HEARD),
        ),
        ("Had a great call with Tom today", Phrase(TouchKind.CALL, ("Tom",), Day(TODAY), note="great")),
        ("lunch w/ Tom", Phrase(TouchKind.COFFEE, ("Tom",))),
        ("Tom and I had coffee yesterday", Phrase(TouchKind.COFFEE, ("Tom",), Day(YESTERDAY))),
        ("zoom with Priya yesterday", Phrase(TouchKind.CALL, ("Priya",), Day(YESTERDAY))),
        ("linkedin message to Ana", Phrase(TouchKind.MESSAGE, ("Ana",))),
        (
            "sent Ana an email today re tea",
            Phrase(TouchKind.EMAIL, ("Ana",), Day(TODAY), note="tea", direction=Direction.SENT),
        ),
        ("lunch with Tom tomorrow", Phrase(TouchKind.COFFEE, ("Tom",), Day(TODAY + timedelta(days=1)))),
        (
            "had drinks with Tom, she starts at Orbital in January",
            Phrase(TouchKind.COFFEE, ("Tom",), note="she starts at Orbital in January"),
        ),
        (
            "called Ana about the offer for Q3 yesterday",
            Phrase(TouchKind.CALL, ("Ana",), Day(YESTERDAY), note="the offer for Q3"),
        ),
        ("saw May Chen in January", Phrase(TouchKind.MEETING, ("May Chen",), Day(date(2026, 1, 1)))),
        ("Teagan Coffey", Phrase(None, ("Teagan Coffey",))),
        (
            "Coffee with Maya yesterday. Platform team is hiring in Q1, she’ll intro me to Daniel. Check in in 3 weeks.",
            Phrase(
                TouchKind.COFFEE,
                ("Maya",),
                Day(YESTERDAY),
                Day(TODAY + 3 * WEEKS),
                note="Platform team is hiring in Q1, she’ll intro me to Daniel",
            ),
        ),
        ("", Phrase()),
    ],
)
def test_a_sentence_says_what_who_when_and_what_next(text: str, phrase: Phrase) -> None:
    assert parse(text, today=TODAY) == phrase


WORDS = st.sampled_from(
    [
        "called",
        "Ana",
        "Lima",
        "yesterday",
        "re",
        "tea",
        "check",
        "in",
        "3",
        "weeks",
        "and",
        "with",
        "Q1",
        "12/3",
        "Łukasz",
    ]
)

UNDERSTOOD = frozenset(
    ["called", "and", "with", "re", "about", "at", "for", "to", "from", "by", "on", "in", "check"]
)  # fmt: skip


@given(st.lists(WORDS | st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8), max_size=14))
def test_every_word_that_is_not_understood_is_kept(words: list[str]) -> None:
    found = parse(" ".join(words), today=TODAY)
    kept = " ".join((*found.names, found.note)).split()
    lost = [word for word in words if word not in kept and word.lower() not in UNDERSTOOD]
    if found.on is None and found.next_on is None and found.every is None and found.kind is None:
        assert lost == []


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    parse(text, today=TODAY)


def test_a_very_long_text_is_the_note() -> None:
    long = "x" * 9_000
    assert long in parse(f"called Ana\n{long}", today=TODAY).note.replace("\n", "")
