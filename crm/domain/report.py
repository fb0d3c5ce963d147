"""The proof of search: what was done for it on which day, and what came of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm.domain.opportunity import Ending, Stage
from crm.domain.touch import TouchKind


class Effort(StrEnum):
    """What was done, in the order of a report."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    MESSAGE = "message"
    EVENT = "event"
    PRACTICE = "practice"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing done. `what` is the role, the step, the topic or the event, "" for a message; `who` was it with.

    `stage` and `ending` say where its opportunity stands now. `note` is private.
    """

    on: date
    effort: Effort
    what: str = ""
    company: str = ""
    source: str = ""
    who: str = ""
    kind: TouchKind | None = None
    stage: Stage | None = None
    ending: Ending | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What was done from one day to another, in the order of the days; `name` is whose report it is, if known."""

    first: date
    last: date
    lines: tuple[ReportLine, ...] = ()
    name: str = ""

    def counts(self) -> Mapping[Effort, int]:
        """Return how often each was done, in the order of a report, without those never done."""
        found = Counter(line.effort for line in self.lines)
        return {effort: found[effort] for effort in Effort if found[effort]}
