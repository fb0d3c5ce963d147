"""What stands on days, of every kind: check-ins, next steps, rounds of interviews, events, meetings, important dates."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from crm.domain.agenda import CheckInRow
from crm.domain.calendar import CHECK_IN_MINUTES, Detail, EventKind
from crm.domain.event import EventRow
from crm.domain.interview import InterviewRow
from crm.domain.meeting import MeetingLine
from crm.domain.person import DateKind, PersonId
from crm.domain.plan import StepRow


@dataclass(frozen=True, slots=True)
class DateRow:
    """A birthday or another important date as it comes round in a year; `year` is its first, if that is known."""

    id: int
    person: PersonId
    name: str
    kind: DateKind
    label: str
    on: date
    year: int | None = None


Source = CheckInRow | StepRow | InterviewRow | EventRow | MeetingLine | DateRow
_TO_DO = frozenset({EventKind.CHECK_IN, EventKind.STEP})


def told(source: Source, detail: Detail) -> Source:
    """Return a source without what a calendar that tells `detail` doesn't say of it."""
    if not detail.tells_notes:
        if isinstance(source, CheckInRow):
            source = replace(source, reason=replace(source.reason, last_note=""))
        elif isinstance(source, InterviewRow):
            source = replace(source, draft=replace(source.draft, preparation=""))
        elif isinstance(source, EventRow):
            source = replace(source, draft=replace(source.draft, goal=""))
    if not detail.tells_contact:
        if isinstance(source, CheckInRow):
            source = replace(source, phone="", email="")
        elif isinstance(source, StepRow):
            source = replace(source, email="")
    return source


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Something on a day, as calendars see it. `uid` stays while it moves; `changed_at` is when the data last changed.

    `sequence` grows each time a check-in moves. `starts_at` is the hour of a round or a meeting that has one. `late_on`
    is the day that takes an overdue one, where today is off.
    """

    kind: EventKind
    on: date
    source: Source
    uid: str
    changed_at: datetime
    sequence: int = 0
    starts_at: datetime | None = None
    minutes: int = CHECK_IN_MINUTES
    late_on: date | None = None

    @property
    def record(self) -> int:
        """The id of the person, the step, the round, the event, the meeting or the important date."""
        return self.source.person.id if isinstance(self.source, CheckInRow) else self.source.id

    def concerns(self, people: Collection[int], opportunities: Collection[int]) -> bool:
        """Say whether it is with one of `people`, or about one of `opportunities`."""
        source = self.source
        if isinstance(source, CheckInRow):
            return source.person.id in people
        if isinstance(source, DateRow):
            return source.person in people
        if isinstance(source, StepRow | InterviewRow) and source.opportunity in opportunities:
            return True
        if isinstance(source, StepRow):
            return source.person in people
        return any(person in people for person, _ in source.people)

    def stands_on(self, today: date) -> date:
        """Return the day it stands on: what is overdue stands on today or `late_on`, a round or a meeting where it was."""
        return max(self.on, today, self.late_on or today) if self.kind in _TO_DO else self.on
