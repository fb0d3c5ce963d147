"""When the brief before an interview is announced: a day and two hours before, each once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from crm.domain.interview import BRIEF_BEFORE_MINUTES, InterviewRow

_FROM = time(9)  # when a round that has only a day is announced, on the day before


@dataclass(frozen=True, slots=True)
class Reminder:
    """A round to look at now. `key` names the round, its time and which of its reminders this is."""

    held: InterviewRow
    key: str


def due(rounds: Iterable[InterviewRow], now: datetime, told: Collection[str]) -> tuple[Reminder, ...]:
    """Return what is to be announced at an aware instant and wasn't; `told` holds the keys of what was.

    What was slept through is made up for while the round lies ahead, the later reminder then taking the earlier one's
    place. A round that is moved is announced anew.
    """
    found = (_latest(held, now) for held in rounds)
    return tuple(one for one in found if one is not None and one.key not in told)


def _latest(held: InterviewRow, now: datetime) -> Reminder | None:
    starts = held.draft.starts_at
    if starts is None:
        day = timedelta(days=1)
        begun = now.date() >= held.draft.on or (now.date() == held.draft.on - day and now.time() >= _FROM)
        return Reminder(held, f"{held.id}/{held.draft.on}") if begun and not held.draft.over(now) else None
    before = [minutes for minutes in BRIEF_BEFORE_MINUTES if starts - timedelta(minutes=minutes) <= now]
    if not before or starts <= now:
        return None
    return Reminder(held, f"{held.id}/{starts.timestamp():.0f}/{min(before)}")
