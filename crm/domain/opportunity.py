"""An opportunity: a role the user wants, the stages it goes through, how it ended, and who is who in it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from crm.domain.cadence import Interval, Unit
from crm.domain.folding import fold
from crm.domain.person import PersonId

OpportunityId = NewType("OpportunityId", int)

REAPPLY_AFTER = Interval(6, Unit.MONTH)  # when one may apply again where it was a no
RADAR_DAYS = 30  # how long ahead that is told
FEW = 10  # applications below this number say little
REPLY_DAYS = 7  # an application without a reply for longer is asked about


class Stage(StrEnum):
    """Where an opportunity stands, in their order."""

    SAVED = "saved"
    APPLIED = "applied"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    CLOSED = "closed"


class Ending(StrEnum):
    """How a closed opportunity ended."""

    NOT_SELECTED = "not_selected"
    FILLED = "filled"
    NO_REPLY = "no_reply"
    WITHDREW = "withdrew"
    ACCEPTED_OTHER = "accepted_other"
    ACCEPTED = "accepted"


AFTER_A_NO = frozenset({Ending.NOT_SELECTED, Ending.FILLED, Ending.NO_REPLY})


class Role(StrEnum):
    """Who somebody is for an opportunity."""

    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"
    REFERRER = "referrer"


@dataclass(frozen=True, slots=True)
class RolePerson:
    """A person and their role; `name` is for showing."""

    person: PersonId
    role: Role
    name: str = ""


@dataclass(frozen=True, slots=True)
class OpportunityDraft:
    """Everything a user can say of an opportunity, its stage apart. `notes` and `description` are Markdown."""

    title: str
    company: str
    link: str = ""
    source: str = ""
    salary: str = ""
    deadline_on: date | None = None
    description: str = ""
    notes: str = ""
    people: tuple[RolePerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the history of stages."""

    stage: Stage
    on: date
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next: a step of a plan or by hand (`id`), else the next round (`round`)."""

    title: str
    on: date
    id: int = 0
    purpose: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """One card of the board, one line of the table. `next` None: nothing is planned."""

    id: OpportunityId
    title: str
    stage: Stage
    since_on: date
    company: str = ""
    company_id: int | None = None
    ending: Ending | None = None
    applied_on: date | None = None
    deadline_on: date | None = None
    source: str = ""
    salary: str = ""
    next: NextStep | None = None
    rounds: int = 0
    plan_done: int = 0
    plan_steps: int = 0
    faces: tuple[str, ...] = ()
    referrer: str = ""
    place: int | None = None  # from the top of its column, where the user put it
    reapply_on: date | None = None  # as the user said

    @property
    def opens_on(self) -> date | None:
        """From when one may apply again after a no: the day the user said, else the usual time after closing."""
        if self.ending not in AFTER_A_NO:
            return None
        return self.reapply_on or REAPPLY_AFTER.after(self.since_on)

    @property
    def idle(self) -> bool:
        """Whether it is under way and nothing is planned."""
        return self.next is None and self.stage is not Stage.CLOSED

    def unanswered(self, today: date) -> bool:
        """Say whether an application has had no reply for more than a week; nobody decides what that means."""
        return self.stage is Stage.APPLIED and (today - self.since_on).days > REPLY_DAYS


@dataclass(frozen=True, slots=True)
class OpportunityFilter:
    """Which opportunities are asked for; each word begins a word of title, company, source or a name."""

    words: str = ""
    company: int | None = None
    stage: Stage | None = None
    ending: Ending | None = None
    idle: bool = False

    def keeps(self, row: OpportunityRow) -> bool:
        """Say whether one is asked for."""
        return (
            self.company in (None, row.company_id)
            and self.stage in (None, row.stage)
            and self.ending in (None, row.ending)
            and (row.idle or not self.idle)
            and self._says(row)
        )

    def _says(self, row: OpportunityRow) -> bool:
        wanted = fold(self.words).split()
        said = [*map(fold, (row.title, row.company, row.source, row.referrer, *row.faces))] if wanted else []
        parts = " ".join(said).split()
        return all(any(part.startswith(word) for part in parts) for word in wanted)


@dataclass(frozen=True, slots=True)
class OpportunityCard:
    """Everything an opportunity's panel shows, its rounds and steps apart."""

    row: OpportunityRow
    draft: OpportunityDraft
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondChance:
    """A role that ended in a no and where one may soon apply again. `contact` is whom to talk to first."""

    row: OpportunityRow
    opens_on: date
    contact: tuple[PersonId, str] | None = None


@dataclass(frozen=True, slots=True)
class Perspective:
    """What became of all applications: how many there were, how many led to a round, how many to an offer."""

    applied: int = 0
    interviewed: int = 0
    offered: int = 0

    @property
    def tells(self) -> bool:
        """Whether there are enough to say something."""
        return self.applied >= FEW

    @property
    def per_interview(self) -> int:
        """How many applications there were for each that led to an interview, rounded; 0 before the first."""
        return round(self.applied / self.interviewed) if self.interviewed else 0

    @property
    def per_offer(self) -> int:
        """How many were interviewed for, for each that led to an offer, rounded; 0 before the first."""
        return max(round(self.interviewed / self.offered), 1) if self.offered else 0


def by_place(row: OpportunityRow) -> tuple[bool, int, int]:
    """Return what orders a column of the board: as the user put them, else the longest in the stage first.

    Among the closed ones the latest comes first, and above those that were put somewhere.
    """
    placed = row.place is not None
    if row.stage is Stage.CLOSED:
        return placed, -row.since_on.toordinal() if row.place is None else row.place, -row.id
    return not placed, row.since_on.toordinal() if row.place is None else row.place, row.id


def opens_soon(rows: tuple[OpportunityRow, ...], today: date) -> tuple[tuple[OpportunityRow, date], ...]:
    """Return what ended in a no, and from when one may apply there again, where that is within a month.

    Where another application is under way there is nothing to wait for.
    """
    active = {row.company_id for row in rows if row.stage is not Stage.CLOSED}
    found = []
    for row in rows:
        opens_on = row.opens_on
        if opens_on is None or row.company_id in active:
            continue
        if 0 <= (opens_on - today).days <= RADAR_DAYS:
            found.append((row, opens_on))
    return tuple(sorted(found, key=lambda one: (one[1], one[0].id)))
