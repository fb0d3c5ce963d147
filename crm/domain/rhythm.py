"""A person's own rhythm: how long there usually is between two touches, and when silence is longer than that."""

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

GAPS_LOOKED_AT = 8
_LEAST_GAPS = 3
_LEAST_SILENCE = 14  # days beyond the usual before anybody speaks of silence
_TIMES = 2


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The usual number of days between two touches: the middle one of the last `gaps`."""

    days: int
    gaps: int


def rhythm(touched_on: Sequence[date]) -> Rhythm | None:
    """Return the rhythm of these days, None of fewer than four different ones."""
    days = sorted(set(touched_on))[-GAPS_LOOKED_AT - 1 :]
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
    return Rhythm(round(statistics.median(gaps)), len(gaps)) if len(gaps) >= _LEAST_GAPS else None


def quiet_on(last_on: date, usual: Rhythm) -> date | None:
    """Return the first day on which it has been quiet for too long: twice the usual, and two weeks more than it."""
    days = max(_TIMES * usual.days, usual.days + _LEAST_SILENCE)
    return last_on + timedelta(days=days) if days < (date.max - last_on).days else None
