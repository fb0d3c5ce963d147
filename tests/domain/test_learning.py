"""Cadence that learns: what simulated histories speak for, with their counts, and what they don't prove."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.cadence import Interval, Unit
from crm.domain.learning import LADDER, Basis, Contact, Group, Replies, group_of, propose, replies
from crm.domain.touch import Direction

TODAY = date(2026, 3, 2)
SIX_WEEKS, THREE_MONTHS, YEAR = Interval(6, Unit.WEEK), Interval(3, Unit.MONTH), Interval(1, Unit.YEAR)
MONTHLY = Interval(4, Unit.WEEK)
SENT, HEARD, TOGETHER = Direction.SENT, Direction.HEARD, Direction.TOGETHER


def told(*found: tuple[int, Direction]) -> list[Contact]:
    """Return a history of so many days ago."""
    return [Contact(TODAY - timedelta(days=ago), direction) for ago, direction in found]


def every(days: int, count: int, direction: Direction = TOGETHER, first: int = 20) -> list[Contact]:
    return told(*((first + days * number, direction) for number in range(count)))


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], Replies()),
        (told((60, SENT), (58, HEARD)), Replies(1, 1)),
        (told((60, SENT), (30, TOGETHER)), Replies(1, 1)),
        (told((90, SENT), (30, HEARD)), Replies(1, 0)),  # two months later is no answer
        (told((60, SENT), (50, SENT), (49, HEARD)), Replies(2, 1)),
        (told((5, SENT)), Replies()),  # may still be answered
        (told((5, SENT), (4, HEARD)), Replies(1, 1)),
        (told((40, HEARD), (20, TOGETHER)), Replies()),
    ],
)
def test_what_was_sent_and_what_was_answered(history: list[Contact], expected: Replies) -> None:
    assert replies(history, TODAY) == expected


TABLE = [
    ("five messages and no answer", every(42, 5, SENT), SIX_WEEKS, Basis.REPLIES, Interval(2, Unit.MONTH)),
    ("one answer in nine", [*every(42, 9, SENT), *told((61, HEARD))], SIX_WEEKS, Basis.REPLIES, Interval(2, Unit.MONTH)),
    ("three messages prove nothing", every(42, 3, SENT), SIX_WEEKS, None, None),
    ("one answer in four is fine", [*every(42, 4, SENT), *told((61, HEARD))], SIX_WEEKS, None, None),
    ("nothing is rarer than a year", every(365, 6, SENT, first=30), YEAR, None, None),
    ("coffee each week", every(7, 12), THREE_MONTHS, Basis.RHYTHM, MONTHLY),
    ("coffee each three weeks", every(21, 9), THREE_MONTHS, Basis.RHYTHM, SIX_WEEKS),
    ("as the rule says", every(42, 8), SIX_WEEKS, None, None),
    ("a little later than the rule says", every(55, 8), SIX_WEEKS, None, None),
    ("never before three months", every(95, 7), MONTHLY, Basis.RHYTHM, Interval(2, Unit.MONTH)),
    ("four touches prove nothing", every(7, 4), THREE_MONTHS, None, None),
    ("no touch at all", [], SIX_WEEKS, None, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("history", "rule", "basis", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_what_a_history_speaks_for(
    history: list[Contact], rule: Interval, basis: Basis | None, expected: Interval | None
) -> None:
    found = propose(history, rule, Group(), TODAY)
    assert (found and found.basis, found and found.every) == (basis, expected)


def test_a_proposal_gives_its_counts() -> None:
    found = propose([*every(42, 9, SENT), *told((61, HEARD))], SIX_WEEKS, Group(), TODAY)
    assert found is not None
    assert (found.sent, found.answered, found.since_on, found.longer) == (
        9,
        1,
        TODAY - timedelta(days=356),
        True,
    )
    found = propose(every(7, 12), THREE_MONTHS, Group(), TODAY)
    assert found is not None
    assert (found.touches, found.usual_days, found.longer) == (12, 7, False)


def test_a_few_counts_are_shrunk_towards_what_is_usual() -> None:
    history = [*every(42, 6, SENT), *told((61, HEARD))]
    assert propose(history, SIX_WEEKS, Group(rate=0.7), TODAY) is None
    assert propose(history, SIX_WEEKS, Group(rate=0.3), TODAY) is not None


def test_where_answers_are_not_noted_silence_proves_nothing() -> None:
    assert propose(every(42, 9, SENT), SIX_WEEKS, Group(rate=0.1), TODAY) is None
    assert group_of([Replies(100, 0)], []).rate < 0.15
    assert group_of([Replies(5, 0)], []).rate > 0.15


def test_the_users_own_zeal_is_no_reason_for_more_of_it() -> None:
    answered = [*every(7, 8, SENT, first=22), *every(7, 8, HEARD)]
    found = propose(answered, THREE_MONTHS, Group(), TODAY)
    assert found is not None
    assert not found.longer
    assert propose(every(7, 8, SENT), YEAR, Group(), TODAY) is None


def test_whoever_keeps_the_pace_of_everybody_is_no_exception() -> None:
    late = every(66, 6)
    assert propose(late, SIX_WEEKS, Group(pace=1.0), TODAY) is None
    assert propose(late, SIX_WEEKS, Group(pace=3.0), TODAY) is not None


def test_a_group_of_few_counts_as_usual() -> None:
    assert group_of((), ()) == Group()
    assert group_of([Replies(8, 1)], [3.0] * 3) == Group(rate=11 / 28, pace=1.0)
    assert group_of([], [2.0] * 4).pace == 2.0


@pytest.mark.parametrize("seed", range(5))
def test_simulated_people_are_told_apart(seed: int) -> None:
    """Twenty who answer mostly are left alone; of twenty who hardly do, most are offered fewer check-ins."""
    chance = random.Random(seed)

    def lived(rate: float) -> list[Contact]:
        found = []
        for ago in range(30, 700, 42):
            found.append((ago, SENT))
            if chance.random() < rate:
                found.append((ago - chance.randrange(1, 20), HEARD))
        return told(*found)

    group = Group(rate=0.5)
    warm = [propose(lived(0.8), SIX_WEEKS, group, TODAY) for _ in range(20)]
    cold = [propose(lived(0.05), SIX_WEEKS, group, TODAY) for _ in range(20)]
    assert sum(one is not None and one.basis is Basis.REPLIES for one in warm) == 0
    assert sum(one is not None and one.longer for one in cold) >= 16


@given(
    st.lists(st.tuples(st.integers(0, 900), st.sampled_from(Direction)), max_size=40),
    st.sampled_from(LADDER),
    st.floats(0.01, 1.0),
    st.floats(0.2, 4.0),
)
def test_a_proposal_is_another_interval_of_the_ladder_and_never_without_a_count(
    history: list[tuple[int, Direction]], rule: Interval, rate: float, pace: float
) -> None:
    found = propose(told(*history), rule, Group(rate, pace), TODAY)
    if found is not None:
        assert found.every in LADDER
        assert found.every != rule
        assert found.sent >= 4 or found.touches >= 5
        assert found.longer or found.basis is Basis.RHYTHM
