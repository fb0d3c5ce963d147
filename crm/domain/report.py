"""The proof of search: what was done for it on which day, and what came of it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
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


class Span(StrEnum):
    """The usual stretches of days to report on."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"

    def days(self, today: date) -> tuple[date, date]:
        """Return its first and last day; one that goes on ends today."""
        months = {"month": 1, "quarter": 3, "year": 12}[self.value.partition("_")[2]]
        at = today.year * 12 + today.month - 1
        begins = at - at % months
        if self.value.startswith("this"):
            return _first_of(begins), today
        return _first_of(begins - months), _first_of(begins) - timedelta(days=1)


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

    def only(self, efforts: Collection[Effort]) -> "Report":
        """Return the report with these kinds of efforts alone."""
        return replace(self, lines=tuple(line for line in self.lines if line.effort in efforts))


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
