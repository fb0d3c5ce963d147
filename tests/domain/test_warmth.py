"""Warmth and whose turn it is, on touches told in days before today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.touch import Direction, TouchKind
from crm.domain.warmth import Clocks, Level, PastTouch, Turn, WarmthWhy, clocks, warmth

TODAY = date(2026, 3, 2)
SENT, HEARD, TOGETHER = Direction.SENT, Direction.HEARD, Direction.TOGETHER


def touched(
    *days_ago: int, kind: TouchKind = TouchKind.EMAIL, direction: Direction = SENT
) -> list[PastTouch]:
    """Return touches of one kind, so many days ago, the oldest first."""
    return [PastTouch(TODAY - timedelta(days=ago), kind, direction) for ago in sorted(days_ago, reverse=True)]


@pytest.mark.parametrize(
    ("touches", "level", "why"),
    [
        ([], Level.NEW, WarmthWhy.FEW),
        (touched(3), Level.NEW, WarmthWhy.FEW),
        (touched(300), Level.COOLING, WarmthWhy.SILENT),
        (touched(10, 90, 200), Level.WARM, WarmthWhy.STEADY),
        (touched(184, 200, 220), Level.COOLING, WarmthWhy.SILENT),
        (touched(90, 100, 110, 120), Level.COOLING, WarmthWhy.QUIETER),
        (touched(50, 60, 70, 80), Level.WARM, WarmthWhy.STEADY),  # quiet for long, but not so long ago
        (touched(5, 30, 60, 90, 120, 150), Level.WARM, WarmthWhy.STEADY),  # they never answered
        ([*touched(30, 60, 90, 120, 150), *touched(5, direction=HEARD)], Level.CLOSE, WarmthWhy.OFTEN),
        (touched(61, 100, 150, 200, 240, 290, direction=TOGETHER), Level.WARM, WarmthWhy.STEADY),
    ],
)
def test_the_level_and_the_rule_that_decided_it(
    touches: list[PastTouch], level: Level, why: WarmthWhy
) -> None:
    found = warmth(touches, TODAY)
    assert (found.level, found.why) == (level, why)


def test_comments_weigh_half_and_notes_nothing() -> None:
    comments = touched(1, 2, 3, 4, 5, 6, kind=TouchKind.COMMENT, direction=HEARD)
    found = warmth(comments, TODAY)
    assert (found.level, found.touches, found.comments, found.answered) == (Level.WARM, 6, 6, 6)
    assert warmth(touched(1, 2, 3, kind=TouchKind.NOTE), TODAY) == warmth([], TODAY)


def test_days_to_come_and_those_of_other_years_are_not_counted() -> None:
    found = warmth(touched(-1, 0, 364, 365, 800), TODAY)
    assert (found.ever, found.touches, found.last_on) == (4, 2, TODAY)


@given(
    st.lists(st.tuples(st.integers(0, 900), st.sampled_from(TouchKind), st.sampled_from(Direction))),
    st.integers(0, 400),
)
def test_a_day_more_of_silence_never_warms(said: list[tuple[int, TouchKind, Direction]], later: int) -> None:
    touches = [
        PastTouch(TODAY - timedelta(days=ago), kind, way) for ago, kind, way in sorted(said, reverse=True)
    ]
    now, then = warmth(touches, TODAY), warmth(touches, TODAY + timedelta(days=later))
    if now.level is not Level.NEW:
        assert tuple(Level).index(then.level) <= tuple(Level).index(now.level)


def test_whose_turn_follows_from_the_newest_touch() -> None:
    assert clocks([], TODAY) == Clocks()
    assert clocks(touched(9, direction=SENT), TODAY).turn is Turn.THEIRS
    answered = [*touched(9, direction=SENT), *touched(2, direction=HEARD)]
    assert clocks(answered, TODAY) == Clocks(
        TODAY - timedelta(days=9), TODAY - timedelta(days=2), None, Turn.YOURS
    )
    assert clocks([*answered, *touched(1, direction=TOGETHER)], TODAY).turn is Turn.NOBODYS


def test_notes_and_comments_leave_the_turn_where_it_is() -> None:
    heard = touched(5, direction=HEARD)
    for kind in (TouchKind.NOTE, TouchKind.COMMENT):
        assert clocks([*heard, *touched(1, kind=kind)], TODAY) == clocks(heard, TODAY)
