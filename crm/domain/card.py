"""A record as a file brought it: the draft we understood, and every property raw beside it, so nothing is lost."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm.domain.company import CompanyDraft
from crm.domain.person import PersonDraft
from crm.domain.touch import Direction, TouchKind
from crm.domain.values import quick_dataclass


class CardKind(StrEnum):
    """What a record describes."""

    PERSON = "person"
    COMPANY = "company"
    GROUP = "group"


class ProblemCode(StrEnum):
    """Why a record, or a part of one, couldn't be read as written; worded in `crm.wording`."""

    NO_NAME = "no_name"  # no name, company, e-mail or phone in it: can't be read
    EMPTY_CARD = "empty_card"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TOO_MANY_PROPERTIES = "too_many_properties"
    BROKEN = "broken"  # an unexpected failure on this one record
    MISSING_END = "missing_end"
    BAD_DATE = "bad_date"
    BAD_ENCODING = "bad_encoding"
    BAD_PICTURE = "bad_picture"
    UNREADABLE_LINE = "unreadable_line"
    HIDDEN_MEMBER = "hidden_member"  # a member of LinkedIn of whom only the day of the connection is told


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding in input. `fatal`: the record couldn't be read; else it was read and this part is kept raw."""

    file: str
    line: int
    code: ProblemCode
    detail: str = ""
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class SourceProperty:
    """One content line, in its order: decoded but still escaped, so that it can go out again as it came.

    `params` keeps every parameter in order, as (NAME, values). `blob` is the content address of binary content,
    `value` then ''. `field` names the field of ours that it filled ('' when it filled none).
    """

    name: str
    value: str
    group: str = ""
    params: tuple[tuple[str, tuple[str, ...]], ...] = ()
    blob: str = ""
    field: str = ""


@quick_dataclass(frozen=True, slots=True)
class CardDraft:
    """One record of a file. Exactly one of `person` and `company` is set, for a group neither.

    `uid` is without "urn:uuid:". `members` are a group's UIDs; `name` a group's. `photo` is the content address of the
    picture's own bytes, undecoded and unchecked; `photo_link` an address, never fetched. `raw` is the record as it
    came, as text: what we don't understand is in it too. Binary content isn't: it is in `blobs`, by content address.
    `said` is what the user says of its columns: the same row read otherwise tells something else.
    """

    kind: CardKind
    file: str
    line: int
    person: PersonDraft | None = None
    company: CompanyDraft | None = None
    name: str = ""
    uid: str = ""
    rev: str = ""
    version: str = ""
    producer: str = ""
    members: tuple[str, ...] = ()
    photo: str = ""
    photo_link: str = ""
    raw: str = ""
    blobs: tuple[tuple[str, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class TouchCard:
    """A touch as a file brought it. `key` tells it from every other, so that it is added once, however often it comes.

    `linkedin` is the slug of whom it was with; where a file has none, `name` is all there is to find them by.
    """

    key: str
    kind: TouchKind
    on: date
    direction: Direction
    note: str = ""
    linkedin: str = ""
    name: str = ""
