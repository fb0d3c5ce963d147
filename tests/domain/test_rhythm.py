"""A person's own rhythm: the middle gap, and the day from which it has been quiet for too long."""

from datetime import date, timedelta

import pytest

from crm.domain.rhythm import Rhythm, quiet_on, rhythm

LAST = date(2026, 3, 2)


def back(*gaps: int) -> list[date]:
    """Return days that end on the last one, this far apart, the oldest first."""
    found = [LAST]
    for gap in reversed(gaps):
        found.insert(0, found[0] - timedelta(days=gap))
    return found


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ((), None),
        ((30, 30), None),
        ((30, 30, 30), Rhythm(30, 3)),
        ((7, 14, 90), Rhythm(14, 3)),
        ((1, 30, 30, 30, 30, 30, 30, 30, 400), Rhythm(30, 8)),  # only the last eight are looked at
    ],
)
def test_the_rhythm_is_the_middle_of_the_last_gaps(gaps: tuple[int, ...], expected: Rhythm | None) -> None:
    assert rhythm(back(*gaps)) == expected


def test_two_touches_on_a_day_are_one() -> None:
    assert rhythm([LAST] * 9) is None
    assert rhythm([*back(10, 10, 10), LAST, LAST]) == Rhythm(10, 3)


def test_it_is_quiet_after_twice_the_usual_but_not_before_two_weeks_more() -> None:
    assert quiet_on(LAST, Rhythm(30, 3)) == LAST + timedelta(days=60)
    assert quiet_on(LAST, Rhythm(2, 3)) == LAST + timedelta(days=16)


def test_a_rhythm_of_thousands_of_years_is_never_quiet() -> None:
    assert quiet_on(LAST, Rhythm(10**7, 3)) is None
