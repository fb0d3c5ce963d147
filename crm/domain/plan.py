"""Plans: templates of dated steps, and which steps they come to for a subject on a day. Dates never fall on a day off."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from crm.domain.company import CompanyId
from crm.domain.interview import InterviewId
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.domain.placeholders import filled
from crm.domain.touch import Direction, TouchKind

StepId = NewType("StepId", int)
DayOff = Callable[[date], bool]

AFTER_NO = "after_no"
EARLY_DAYS = 7  # a touch this long before a step's day still is that step
_MOST_DAYS_OFF = 366  # a calendar without a working day would else be searched for ever


class Subject(StrEnum):
    """What a plan is about."""

    OPPORTUNITY = "opportunity"
    INTERVIEW = "interview"
    PERSON = "person"
    JOB = "job"


class Per(StrEnum):
    """Whom a step is with: nobody, each interviewer, or the one person to turn to."""

    NOBODY = "nobody"
    INTERVIEWER = "interviewer"
    CONTACT = "contact"


class Unless(StrEnum):
    """What makes a step needless for a person: thanked since the round, or connected already."""

    NEVER = ""
    THANKED = "thanked"
    CONNECTED = "connected"


class StepState(StrEnum):
    """What became of a step."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class StepTemplate:
    """One line of a plan. `title` may name {person}, {company}, {role} and {round}; `alone` is for when nobody is known.

    `days` count from the plan's day, once for each; `working_days` takes their place where it is set. With `waits_for`
    they count from the day that step is done. `sooner_after` is a step whose end brings this one forward.
    """

    key: str
    title: str
    days: tuple[int, ...] = (0,)
    working_days: int | None = None
    per: Per = Per.NOBODY
    alone: str = ""
    unless: Unless = Unless.NEVER
    before_interview: bool = False
    waits_for: str = ""
    sooner_after: str = ""
    kinds: tuple[TouchKind, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """A plan's template; `id` is the name of its file."""

    id: str
    title: str
    subject: Subject
    steps: tuple[StepTemplate, ...]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody the steps may be with, and what is known that makes a step needless."""

    person: PersonId
    name: str
    interview: InterviewId | None = None  # the last round they held
    thanked: bool = False
    connected: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a plan looks at. `on` is the day it counts from, `subject` its id (0 for a plan about nothing in particular)."""

    subject: int
    on: date
    opportunity: OpportunityId | None = None
    interview: InterviewId | None = None
    company: str = ""
    role: str = ""
    round: str = ""
    contact: Counterpart | None = None
    interviewers: tuple[Counterpart, ...] = ()
    next_interview_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as a plan proposes it: the user may leave it out or move it. `on` None: it waits for another."""

    key: str
    title: str
    on: date | None
    template: StepTemplate
    person: PersonId | None = None
    name: str = ""
    interview: InterviewId | None = None
    waits_for: str = ""
    sooner_after: str = ""
    included: bool = True
    edited: bool = False

    def moved(self, on: date) -> "PlannedStep":
        """Return the step on a day the user chose."""
        return replace(self, on=on, edited=True)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A stored step. `due_on` None: it waits for the step named `waits_for`. `watched` is where what it is about was noticed."""

    id: StepId
    title: str
    state: StepState
    due_on: date | None
    key: str = ""
    plan: str = ""
    purpose: str = ""
    kinds: tuple[TouchKind, ...] = ()
    person: PersonId | None = None
    name: str = ""
    email: str = ""
    opportunity: OpportunityId | None = None
    role: str = ""
    company: str = ""
    watched: CompanyId | None = None
    interview: InterviewId | None = None
    from_on: date = date.min
    waits_for: str = ""
    done_on: date | None = None
    edited: bool = False

    @property
    def waits(self) -> bool:
        """Whether another step must be done first."""
        return self.state is StepState.OPEN and self.due_on is None


def slide(day: date, off: DayOff) -> date:
    """Return the day itself, or the first working day after it."""
    ahead = (day + timedelta(days=number) for number in range(_MOST_DAYS_OFF))
    return next((one for one in ahead if not off(one)), day)


def working_day(day: date, number: int, off: DayOff) -> date:
    """Return the `number`th working day after `day`."""
    for _ in range(number):
        day = slide(day + timedelta(days=1), off)
    return day


def working_day_before(day: date, off: DayOff) -> date:
    """Return the last working day before `day`."""
    back = (day - timedelta(days=number) for number in range(1, _MOST_DAYS_OFF))
    return next((one for one in back if not off(one)), day - timedelta(days=1))


def planned(playbook: Playbook, facts: Facts, *, today: date, off: DayOff) -> tuple[PlannedStep, ...]:
    """Return the steps a plan comes to, in order of their days; those that wait come after what they wait for.

    No step lies before today, however long ago the plan's day was.
    """
    found = [step for template in playbook.steps for step in _steps(playbook, template, facts, today, off)]
    keys = {step.key for step in found}
    kept = [
        replace(
            step,
            waits_for=step.waits_for if step.waits_for in keys else "",
            on=step.on if step.on or step.waits_for in keys else slide(today, off),
        )
        for step in found
    ]
    places = {step.key: (step.on or date.max, at) for at, step in enumerate(kept)}

    def place(step: PlannedStep) -> tuple[date, int]:
        on, at = places[step.waits_for] if step.waits_for else places[step.key]
        return on, at

    return tuple(sorted(kept, key=lambda step: (*place(step), bool(step.waits_for))))


def grouped(steps: Iterable[PlannedStep]) -> tuple[tuple[PlannedStep, ...], ...]:
    """Return the steps by the line of the plan they come from: one a person, or one a day; in order of their first."""
    found: dict[str, list[PlannedStep]] = {}
    for step in steps:
        found.setdefault(step.template.key, []).append(step)
    return tuple(map(tuple, found.values()))


def titled(template: StepTemplate, facts: Facts, name: str) -> str:
    """Return the words of a line of a plan for somebody, or for several whose names `name` joins; "" for nobody."""
    words = template.title if name or not template.alone else template.alone
    values = (("person", name), ("company", facts.company), ("role", facts.role), ("round", facts.round))
    return filled(words, values)


def matches(step: StepRow, kind: TouchKind, direction: Direction, on: date) -> bool:
    """Say whether a touch with the right person is this step: of its kind, ours, and not long before its day."""
    if step.state is not StepState.OPEN or step.due_on is None or direction is Direction.HEARD:
        return False
    return kind in step.kinds and max(step.from_on, step.due_on - timedelta(days=EARLY_DAYS)) <= on


def _steps(
    playbook: Playbook, template: StepTemplate, facts: Facts, today: date, off: DayOff
) -> Iterator[PlannedStep]:
    several = len(template.days) > 1
    for who in _with(template, facts):
        for number, days in enumerate(template.days, start=1):
            name = f"{template.key}:{number}" if several else template.key
            yield PlannedStep(
                key=_key(playbook, facts, name, who if template.per is Per.INTERVIEWER else None),
                title=titled(template, facts, who.name if who else ""),
                on=None if template.waits_for else _day(template, days, facts, today, off),
                template=template,
                person=who.person if who else None,
                name=who.name if who else "",
                interview=who.interview if who else facts.interview,
                waits_for=_key(playbook, facts, template.waits_for) if template.waits_for else "",
                sooner_after=_key(playbook, facts, template.sooner_after) if template.sooner_after else "",
            )


def _key(playbook: Playbook, facts: Facts, step: str, who: Counterpart | None = None) -> str:
    owner = f"{playbook.id}:{playbook.subject.value}:{facts.subject}:{step}"
    return f"{owner}:{who.person}" if who else owner


def _with(template: StepTemplate, facts: Facts) -> tuple[Counterpart | None, ...]:
    """Return whom the step is with, once for each; (None,) for a step with nobody, () for one that falls away."""
    if template.per is Per.NOBODY:
        return (None,)
    contact = (facts.contact,) if facts.contact else ()
    people = facts.interviewers or contact if template.per is Per.INTERVIEWER else contact
    if not people:
        return (None,) if template.alone else ()
    return tuple(who for who in people if not _needless(template.unless, who))


def _needless(unless: Unless, who: Counterpart) -> bool:
    if unless is Unless.THANKED:
        return who.thanked
    return unless is Unless.CONNECTED and who.connected


def _day(template: StepTemplate, days: int, facts: Facts, today: date, off: DayOff) -> date:
    if template.working_days is not None:
        found = working_day(facts.on, template.working_days, off)
    elif template.before_interview and facts.next_interview_on is not None:
        found = working_day_before(facts.next_interview_on, off)
    else:
        found = slide(facts.on + timedelta(days=days), off)
    return found if found >= today else slide(today, off)
