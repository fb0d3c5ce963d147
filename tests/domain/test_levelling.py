"""Levelling: no day and no week asks for more than was set, nobody is dropped, nobody is moved by another."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain import levelling
from crm.domain.cadence import Interval, Unit
from crm.domain.levelling import Caps, Load, Placement, Why, Wish, level, needed_per_week, window
from crm.domain.workdays import Quiet, WorkingDays

MONDAY = date(2026, 3, 2)
TODAY = MONDAY
QUARTER = Interval(90, Unit.DAY)


def wish(person: int, ideal: int, slack: int = 0, company: int | None = None, overdue: float = 0.0) -> Wish:
    on = MONDAY + timedelta(days=ideal)
    return Wish(person, on, on - timedelta(days=slack), on + timedelta(days=slack), company, overdue)


def imported(count: int, every: Interval = QUARTER) -> list[Wish]:
    days = window(TODAY, every, touched=False, today=TODAY)
    assert days is not None
    return [Wish(person, every.after(TODAY), *days) for person in range(1, count + 1)]


def loads(placed: dict[int, Placement]) -> Counter[date]:
    return Counter(placement.on for placement in placed.values())


def weeks(placed: dict[int, Placement]) -> Counter[date]:
    return Counter(one.on - timedelta(days=one.on.weekday()) for one in placed.values())


def test_three_hundred_people_imported_on_one_day_never_exceed_five_a_day() -> None:
    placed = level(imported(300), Caps(5, 25))
    assert len(placed) == 300
    assert max(loads(placed).values()) <= 5
    assert max(weeks(placed).values()) <= 25
    assert all(TODAY < one.on <= QUARTER.after(TODAY) and one.on.weekday() < 5 for one in placed.values())


def test_where_the_days_do_not_suffice_the_load_is_even_and_nobody_is_dropped() -> None:
    placed = level(imported(300), Caps(3, 5))
    assert len(placed) == 300
    counted = loads(placed)
    assert max(counted.values()) - min(counted.values()) <= 1
    assert sum(one.why is Why.OVER for one in placed.values()) > 200
    assert needed_per_week({QUARTER: 300}) == pytest.approx(300 * 7 / 90)


def test_a_check_in_keeps_its_ideal_day_where_it_is_as_good_as_any() -> None:
    assert level([wish(1, 42, 8)], Caps()) == {1: Placement(MONDAY + timedelta(days=42), Why.IDEAL)}


@pytest.mark.parametrize(
    ("taken", "caps", "why"),
    [
        ({MONDAY: 3}, Caps(3, 50), Why.DAY_FULL),
        ({MONDAY: 1, MONDAY + timedelta(days=3): 2}, Caps(3, 3), Why.WEEK_FULL),
        ({MONDAY: 1}, Caps(3, 50), Why.LIGHTER),
        ({}, Caps(days=WorkingDays((0, 1, 1, 1, 1, 0, 0))), Why.CLOSED),
        ({}, Caps(days=WorkingDays(quiet=(Quiet(MONDAY, MONDAY),))), Why.QUIET),
    ],
)
def test_every_move_says_why(taken: dict[date, int], caps: Caps, why: Why) -> None:
    placed = level([wish(1, 0, 8)], caps, Load(taken))[1]
    assert placed.why is why
    assert placed.on != MONDAY


def test_two_people_of_one_company_stand_five_days_apart() -> None:
    placed = level([wish(1, 14, 9, company=7), wish(2, 14, 9, company=7)], Caps())
    assert abs((placed[1].on - placed[2].on).days) > 5
    assert placed[2].why in {Why.COMPANY, Why.LIGHTER}


def test_a_weekend_without_a_working_day_in_the_window_waits_for_monday() -> None:
    assert level([wish(1, 5)], Caps()) == {1: Placement(MONDAY + timedelta(days=7), Why.CLOSED)}


def test_a_heavier_weekday_takes_more() -> None:
    caps = Caps(50, 500, WorkingDays((4.0, 1.0, 1.0, 1.0, 1.0, 0, 0)))
    placed = level([wish(person, 16, 2) for person in range(40)], caps)
    counted = Counter(one.on.weekday() for one in placed.values())
    assert counted[0] > 1.5 * counted[1]


def test_the_most_overdue_come_first() -> None:
    placed = level(
        [Wish(n, TODAY, TODAY, TODAY + timedelta(days=60), overdue=n / 10) for n in range(9)], Caps(1, 5)
    )
    assert sorted(placed, key=lambda person: placed[person].on) == [8, 7, 6, 5, 4, 3, 2, 1, 0]


def test_without_a_single_working_day_a_check_in_stays_where_it_is() -> None:
    never = Caps(days=WorkingDays((0.0,) * 7))
    assert level([wish(1, 3, 2)], never)[1].on == MONDAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("every", "touched", "today", "days"),
    [
        (Interval(50, Unit.DAY), True, 0, (40, 60)),
        (Interval(50, Unit.DAY), False, 0, (1, 50)),
        (Interval(50, Unit.DAY), True, 45, (46, 60)),
        (Interval(1, Unit.DAY), True, 0, (1, 1)),
        (Interval(50, Unit.DAY), True, 50, None),
        (Interval(9999, Unit.YEAR), True, 0, None),
    ],
)
def test_the_window(every: Interval, touched: bool, today: int, days: tuple[int, int] | None) -> None:
    found = window(MONDAY, every, touched=touched, today=MONDAY + timedelta(days=today))
    expected = days and tuple(MONDAY + timedelta(days=day) for day in days)
    assert found == expected


wishes = st.lists(
    st.tuples(st.integers(1, 120), st.integers(0, 30), st.none() | st.integers(1, 5), st.floats(0, 3)),
    max_size=60,
).map(
    lambda rows: [
        wish(n, ideal, slack, company, over) for n, (ideal, slack, company, over) in enumerate(rows)
    ]
)
caps_of = st.builds(Caps, st.integers(1, 6), st.integers(1, 30))


@given(wishes, caps_of, st.randoms())
def test_the_order_of_asking_does_not_matter(asked: list[Wish], caps: Caps, dice: object) -> None:
    shuffled = list(asked)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert level(asked, caps) == level(shuffled, caps)


@given(wishes, caps_of)
def test_nobody_is_dropped_and_a_cap_is_passed_only_where_no_day_of_the_window_has_room(
    asked: list[Wish], caps: Caps
) -> None:
    placed = level(asked, caps)
    assert placed.keys() == {one.person for one in asked}
    days, by_week = loads(placed), weeks(placed)
    over = [one for one in asked if placed[one.person].why is Why.OVER]
    if not over and all(placed[one.person].on <= one.last_on for one in asked):
        assert all(count <= caps.per_day for count in days.values())
        assert all(count <= caps.per_week for count in by_week.values())
    for one in over:
        day = one.first_on
        while day <= one.last_on:
            full = days[day] >= caps.per_day or by_week[day - timedelta(days=day.weekday())] >= caps.per_week
            assert full or day.weekday() >= 5
            day += timedelta(days=1)


@given(wishes, caps_of)
def test_adding_one_person_moves_nobody(asked: list[Wish], caps: Caps) -> None:
    placed = level(asked, caps)
    more = level([wish(999, 30, 10)], caps, Load(loads(placed)))
    assert more.keys() == {999}
    assert level(asked, caps) == placed


@given(wishes, caps_of)
def test_each_day_is_a_working_day(asked: list[Wish], caps: Caps) -> None:
    assert all(one.on.weekday() < 5 for one in level(asked, caps).values())


def test_what_counts_reaches_beyond_the_windows() -> None:
    first, last = levelling.reach([wish(1, 10, 2)])
    assert first <= MONDAY + timedelta(days=8 - 7)
    assert last >= MONDAY + timedelta(days=12 + 7)
