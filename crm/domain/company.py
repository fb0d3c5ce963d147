"""A company: an organisation people work or worked at, and when two names mean the same one."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NewType

from crm.domain.cadence import DueState, Interval
from crm.domain.folding import fold
from crm.domain.person import ContactPoint

CompanyId = NewType("CompanyId", int)


@dataclass(frozen=True, slots=True)
class CompanyDraft:
    """Everything a user can say of a company. `notes` is Markdown; `every` applies to its current people."""

    name: str
    site: str = ""
    industry: str = ""
    size: str = ""
    place: str = ""
    notes: str = ""
    target: bool = False
    contacts: tuple[ContactPoint, ...] = ()
    every: Interval | None = None


@lru_cache(maxsize=8192)  # the same names come again and again
def company_key(name: str) -> str:
    """Return the folded name: two companies with the same key are the same company."""
    return fold(name).strip(" .,;")


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One line of the list of companies. Counts and dates are stored, kept by the writer of people and touches."""

    id: CompanyId
    name: str
    people: int = 0
    past_people: int = 0
    last_touch_on: date | None = None
    target: bool = False
    industry: str = ""
    place: str = ""
    faces: tuple[str, ...] = ()  # the names of up to three people there, the last touched first


@dataclass(frozen=True, slots=True)
class CompanyPerson:
    """A person on the company page: there now (`until_on` None, `current`) or in the past."""

    id: int
    name: str
    title: str = ""
    department: str = ""
    current: bool = True
    until_on: date | None = None
    last_touch_on: date | None = None
    next_due_on: date | None = None
    state: DueState = DueState.NONE
    photo: str = ""


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """Everything the company page shows, its touches apart."""

    row: CompanyRow
    draft: CompanyDraft
    now: tuple[CompanyPerson, ...] = ()
    past: tuple[CompanyPerson, ...] = ()
    touches: int = 0
    last_touched: str = ""  # the name of the person last touched here
