"""A brief is announced a day and two hours before its round: each once, none after it began."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from crm.domain.interview import InterviewDraft, InterviewId, InterviewRow
from crm.domain.opportunity import OpportunityId
from crm.domain.reminding import due

STARTS = datetime(2026, 3, 5, 14, tzinfo=UTC)


def held(starts: datetime | None = STARTS) -> InterviewRow:
    return InterviewRow(InterviewId(7), OpportunityId(1), 1, InterviewDraft(date(2026, 3, 5), starts))


def announced(row: InterviewRow, *moments: datetime) -> list[bool]:
    """Return at which of these moments, one after the other, something is announced."""
    told: list[str] = []
    found = []
    for now in moments:
        news = due([row], now, told)
        told += [one.key for one in news]
        found.append(bool(news))
    return found


def test_each_reminder_comes_once_at_its_time() -> None:
    before = [
        timedelta(hours=25),
        timedelta(hours=24),
        timedelta(hours=23),
        timedelta(hours=2),
        timedelta(hours=1),
    ]
    moments = [*(STARTS - one for one in before), STARTS, STARTS + timedelta(hours=3)]
    assert announced(held(), *moments) == [False, True, False, True, False, False, False]


def test_what_was_slept_through_comes_once_and_not_after_the_round_began() -> None:
    assert announced(held(), STARTS - timedelta(minutes=30), STARTS - timedelta(minutes=20)) == [True, False]
    assert announced(held(), STARTS) == [False]


def test_a_round_that_moved_is_announced_anew() -> None:
    (first,) = due([held()], STARTS - timedelta(hours=2), [])
    moved = held(STARTS + timedelta(hours=1))
    assert due([moved], STARTS - timedelta(hours=1), [first.key])


@pytest.mark.parametrize(
    ("on", "clock", "comes"),
    [
        (4, time(8, 59), False),
        (4, time(9), True),
        (5, time(0, 1), True),
        (3, time(12), False),
        (6, time(9), False),
    ],
)
def test_a_round_with_a_day_only_is_announced_the_morning_before(on: int, clock: time, comes: bool) -> None:
    assert announced(held(None), datetime.combine(date(2026, 3, on), clock, UTC)) == [comes]
