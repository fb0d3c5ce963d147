"""Why now: the facts behind a suggestion. The sentence and the order come from the same record; no reason, no suggestion."""

from dataclasses import dataclass
from datetime import date

from crm.domain.cadence import CadenceSource, Interval
from crm.domain.levelling import Why
from crm.domain.touch import TouchKind


@dataclass(frozen=True, slots=True)
class CheckInReason:
    """A check-in falls due by how often. `snoozed_from` is the day it was first due, when a snooze has moved it."""

    every: Interval | None
    source: CadenceSource = CadenceSource.NONE
    source_name: str = ""
    last_touch_on: date | None = None
    last_kind: TouchKind | None = None
    last_note: str = ""
    snoozed_from: date | None = None
    added_on: date | None = None
    imported: bool = False
    placed: Why | None = None
    placed_on: date | None = None
    ideal_on: date | None = None
