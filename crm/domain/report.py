"""The proof of search: what was done for it on which day, without notes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Effort(StrEnum):
    """What was done."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    STEP = "step"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the report; `what` is the role, the step or the topic."""

    on: date
    effort: Effort
    what: str
    company: str = ""
    source: str = ""
