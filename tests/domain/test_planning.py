"""The suggested plan: who is picked, for which reasons, how many fit in a week."""

from datetime import date, timedelta
from typing import Any

import pytest

from crm.domain.levelling import Caps
from crm.domain.person import PersonId
from crm.domain.planning import Candidate, PickReason, pick, reasons, weeks_of

TODAY = date(2026, 3, 2)


def somebody(person: int = 1, **facts: Any) -> Candidate:
    return Candidate(PersonId(person), **facts)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"at_target": True}, PickReason.TARGET),
        ({"title": "Technical Recruiter"}, PickReason.HIRING),
        ({"title": "Head of Platform"}, PickReason.HIRING),
        ({"title": "CTO"}, PickReason.HIRING),
        ({"promised": True}, PickReason.PROMISED),
        ({"starred": True}, PickReason.STARRED),
        ({"tags": ("Former colleagues",)}, PickReason.WORKED),
        ({"how_met": "We worked together at Acme"}, PickReason.WORKED),
        ({"last_touch_on": TODAY - timedelta(days=300)}, PickReason.TOUCHED),
        ({"met_on": TODAY - timedelta(days=30)}, PickReason.MET),
        ({"colleagues": 3, "reachable": True}, PickReason.COMPANY),
        ({"title": "Engineer", "reachable": True}, PickReason.REACHABLE),
    ],
)
def test_each_fact_gives_its_reason_and_no_other(facts: dict[str, Any], reason: PickReason) -> None:
    assert reasons(somebody(**facts), TODAY) == (reason,)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"title": "Director's assistant's dog"[:0]},
        {"title": "Engineer"},
        {"colleagues": 3},
        {"tags": ("Family",)},
    ],
)
def test_without_a_reason_nobody_is_picked(facts: dict[str, Any]) -> None:
    assert reasons(somebody(**facts), TODAY) == ()
    assert pick([somebody(**facts)], Caps(), today=TODAY) == ()


def test_as_many_are_picked_as_the_week_has_room_for_the_strongest_first() -> None:
    crowd = [somebody(n, at_target=n % 2 == 0, starred=True) for n in range(200)]
    chosen = pick(crowd, Caps(per_week=5), today=TODAY)
    assert sum(7 / one.every.days() for one in chosen) <= 5
    assert len(chosen) == 30
    assert all(one.reasons[0] is PickReason.TARGET for one in chosen)
    fewer = pick(crowd, Caps(per_week=5), today=TODAY, planned=4.0)
    assert fewer == chosen[: len(fewer)]
    assert len(fewer) == 6


def test_a_weeks_load_is_what_stands_and_what_is_added() -> None:
    loads = weeks_of([TODAY, TODAY + timedelta(days=9)], [TODAY + timedelta(days=8)], TODAY, 3)
    assert [(week.standing, week.added) for week in loads] == [(1, 0), (1, 1), (0, 0)]
    assert loads[0].from_on == TODAY
