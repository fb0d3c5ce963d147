"""What to list and in which order: the values behind the filter field, the chips and the sort menu."""

from dataclasses import dataclass
from enum import StrEnum


class PeopleFilter(StrEnum):
    """The chips above the list of people. All but ARCHIVED leave out people who are archived, left or deceased."""

    ALL = "all"
    DUE = "due"
    LOSING_TOUCH = "losing_touch"
    NO_PLAN = "no_plan"
    STARRED = "starred"
    ARCHIVED = "archived"


class PeopleSort(StrEnum):
    """Orders of the list of people; ties go by name, then id."""

    NAME = "name"
    COMPANY = "company"
    LAST_TOUCH = "last_touch"
    NEXT_CHECK_IN = "next_check_in"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """Which people, in which order. `text` matches names, companies, titles, e-mails, tags by word prefixes."""

    text: str = ""
    show: PeopleFilter = PeopleFilter.ALL
    sort: PeopleSort = PeopleSort.NAME
    descending: bool = False
    company_id: int | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """The numbers on the chips: of everybody, or of those whom a text finds."""

    all: int = 0
    due: int = 0
    losing_touch: int = 0
    no_plan: int = 0
    starred: int = 0
    archived: int = 0


class CompanyFilter(StrEnum):
    """The chips above the list of companies.

    EMPTY: nobody known is there now. OPENINGS: an opportunity is open there, or an opening was noticed.
    """

    ALL = "all"
    TARGET = "target"
    TARGET_EMPTY = "target_empty"
    OPENINGS = "openings"
    EMPTY = "empty"


class CompanySort(StrEnum):
    """Orders of the list of companies; ties go by name, then id."""

    NAME = "name"
    PEOPLE = "people"
    LAST_TOUCH = "last_touch"


@dataclass(frozen=True, slots=True)
class CompanyQuery:
    """Which companies, in which order."""

    text: str = ""
    show: CompanyFilter = CompanyFilter.ALL
    sort: CompanySort = CompanySort.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class CompanyCounts:
    """The numbers on the chips."""

    all: int = 0
    target: int = 0
    target_empty: int = 0
    openings: int = 0
    empty: int = 0
