"""A short version of the simulated year: caps, nobody lost, every date explained (`tests.simulations.year`)."""

from crm.domain.levelling import Why
from crm.domain.reasons import Rule
from tests.simulations.year import simulate


def test_ten_weeks_with_a_conference_time_away_and_new_jobs_stay_calm() -> None:
    found = simulate(count=40, days=70, seed=3)
    assert max(found.asked) <= 3
    assert found.done > 10
    assert found.longest_wait < 70
    assert found.placed[Why.AWAY] > 0
    assert found.reasons[Rule.CHECK_IN] > 0
