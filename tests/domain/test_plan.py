"""Days of plans never fall on a day off; templates fill their fields and nothing else."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crm.domain.placeholders import fields, filled
from crm.domain.plan import (
    Facts,
    Playbook,
    StepTemplate,
    Subject,
    planned,
    slide,
    working_day,
    working_day_before,
)
from crm.domain.workdays import WorkingDays

CALENDAR = WorkingDays()
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
FRIDAY = date(2026, 12, 25)
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})


def off(day: date) -> bool:
    return CALENDAR.closed(day) is not None or day in HOLIDAYS


def test_a_day_off_becomes_the_next_working_day() -> None:
    assert slide(FRIDAY, off) == date(2026, 12, 29)
    assert slide(date(2026, 12, 24), off) == date(2026, 12, 24)


def test_working_days_are_counted_without_days_off() -> None:
    assert working_day(date(2026, 12, 24), 1, off) == date(2026, 12, 29)
    assert working_day(date(2026, 12, 24), 3, off) == date(2026, 12, 31)
    assert working_day_before(date(2026, 12, 29), off) == date(2026, 12, 24)


@given(DAYS, st.sets(DAYS, max_size=40), st.integers(0, 400))
def test_no_step_falls_on_a_day_off_nor_before_its_time(on: date, holidays: set[date], days: int) -> None:
    def free(day: date) -> bool:
        return CALENDAR.closed(day) is not None or day in holidays

    template = StepTemplate("a", "A", (days,))
    playbook = Playbook("p", "P", Subject.JOB, (template,))
    (step,) = planned(playbook, Facts(0, on), today=on, off=free)
    assert step.on is not None
    assert not free(step.on)
    assert on + timedelta(days=days) <= step.on


def test_a_calendar_of_days_off_alone_ends_the_search() -> None:
    assert slide(FRIDAY, lambda _day: True) == FRIDAY


def test_fields_are_filled_once_and_unknown_ones_stay() -> None:
    values = (("person", "{company}"), ("company", "Acme"))
    assert filled("To {person} at {company}: {nothing} {", values) == "To {company} at Acme: {nothing} {"
    assert fields("{a} {b c} {d}") == ("a", "d")


@given(st.text())
def test_any_text_without_fields_stays_as_it_is(words: str) -> None:
    assert filled(words, ()) == words
