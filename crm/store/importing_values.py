"""What an import writes as the columns of its tables: each is made for all rows before the next is, which is quicker."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import chain, islice, repeat
from json.encoder import encode_basestring
from operator import add
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from crm.domain.company import company_key
from crm.domain.folding import fold
from crm.domain.importrecord import SourceText
from crm.domain.merging import CompanyProfile, PersonProfile
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PersonDraft,
    PositionDraft,
    made_name,
    name_key,
    sort_key,
)
from crm.store.base import new_uid

Columns = dict[str, Sequence[Any]]
NOTHING: Mapping[Any, Any] = MappingProxyType({})

_Value = TypeVar("_Value")
_Told = TypeVar("_Told")
# An enum's own `value` takes as long as the rest of a row; so does `int` of a flag.
_KINDS: dict[StrEnum, str] = {kind: kind.value for kind in (*ContactKind, *DateKind)}

# The names of companies and tags come again and again.
folded = lru_cache(maxsize=8192)(fold)


@dataclass(frozen=True, slots=True)
class Listed(Generic[_Value]):
    """What people, companies or tags have in lists, one list after the other.

    `sizes` are those of the lists of `ids`; `firsts` the places that some of them begin at.
    """

    ids: Sequence[int]
    sizes: Sequence[int]
    values: Sequence[_Value]
    firsts: Mapping[int, int]

    @classmethod
    def of(
        cls, ids: Sequence[int], lists: Sequence[Sequence[_Value]], firsts: Mapping[int, int] = NOTHING
    ) -> "Listed[_Value]":
        """Return the lists of these people, companies or tags."""
        return cls(ids, list(map(len, lists)), list(chain.from_iterable(lists)), firsts)

    @property
    def owners(self) -> Sequence[int]:
        """Whose each value is."""
        return list(chain.from_iterable(map(repeat, self.ids, self.sizes)))

    @property
    def places(self) -> Sequence[int]:
        """The place of each value in its list."""
        begin = [self.firsts.get(id_, 0) for id_ in self.ids]
        return list(chain.from_iterable(map(range, begin, map(add, begin, self.sizes))))

    def parted(self, told: Iterable[_Told]) -> Iterator[list[_Told]]:
        """Yield for each owner what is told of each of theirs."""
        return map(list, map(islice, repeat(iter(told)), self.sizes))


def companies(profiles: Sequence[CompanyProfile]) -> Columns:
    """Return what the rows of new companies say."""
    drafts = [one.draft for one in profiles]
    return {
        "name": [draft.name for draft in drafts],
        "name_key": [company_key(draft.name) for draft in drafts],
        "sort_key": [folded(draft.name) for draft in drafts],
        "site": [draft.site for draft in drafts],
        "industry": [draft.industry for draft in drafts],
        "size": [draft.size for draft in drafts],
        "place": [draft.place for draft in drafts],
        "notes": [draft.notes for draft in drafts],
        "target": [int(draft.target) for draft in drafts],
        "uid": [one.uid for one in profiles],
    }


def people(profiles: Sequence[PersonProfile]) -> Columns:
    """Return what the rows of new people say of themselves, whatever else the book knows."""
    drafts = [one.draft for one in profiles]
    names = [draft.name for draft in drafts]
    shown = list(map(made_name, drafts))
    return {
        "display_name": shown,
        "name_key": list(map(name_key, shown, names)),
        "sort_key": list(map(sort_key, shown)),
        "family": [name.family for name in names],
        "given": [name.given for name in names],
        "additional": [name.additional for name in names],
        "prefix": [name.prefix for name in names],
        "suffix": [name.suffix for name in names],
        "nicknames": list(map(json_of, [draft.nicknames for draft in drafts])),
        "notes": [draft.notes for draft in drafts],
        "how_met": [draft.how_met for draft in drafts],
        "starred": [1 if draft.starred else 0 for draft in drafts],
        "linkedin": [draft.linkedin for draft in drafts],
        "uid": [one.uid or new_uid() for one in profiles],
        "photo_sha": [one.photo for one in profiles],
        "photo_link": [one.photo_link for one in profiles],
        "never": [1 if draft.never else 0 for draft in drafts],
        "email": [_headline(draft, ContactKind.EMAIL) for draft in drafts],
        "phone": [_headline(draft, ContactKind.PHONE) for draft in drafts],
    }


def contacts(owner: str, listed: Listed[ContactPoint], keys: Sequence[str]) -> Columns:
    """Return what the rows of contact points say."""
    points = listed.values
    return {
        owner: listed.owners,
        "ord": listed.places,
        "kind": [_KINDS[point.kind] for point in points],
        "value": [point.value for point in points],
        "key": keys,
        "label": [point.label for point in points],
        "types": list(map(json_of, [point.types for point in points])),
        "preferred": [1 if point.preferred else 0 for point in points],
        "parts": list(map(json_of, [point.parts for point in points])),
    }


def positions(listed: Listed[PositionDraft], company_ids: Sequence[int]) -> Columns:
    """Return what the rows of positions say."""
    held = listed.values
    return {
        "person_id": listed.owners,
        "company_id": company_ids,
        "ord": listed.places,
        "title": [one.title for one in held],
        "department": [one.department for one in held],
        "from_on": [iso(one.from_on) for one in held],
        "until_on": [iso(one.until_on) for one in held],
        "current": [1 if one.current else 0 for one in held],
    }


def dates(listed: Listed[ImportantDate]) -> Columns:
    """Return what the rows of important dates say."""
    days = [one.on for one in listed.values]
    return {
        "person_id": listed.owners,
        "ord": listed.places,
        "kind": [_KINDS[one.kind] for one in listed.values],
        "label": [one.label for one in listed.values],
        "year": [on.year for on in days],
        "month": [on.month for on in days],
        "day": [on.day for on in days],
        "text": [on.text for on in days],
    }


def sources(owner: str, listed: Listed[SourceText]) -> Columns:
    """Return what the rows of cards, as they came, say."""
    cards = listed.values
    return {
        owner: listed.owners,
        "version": [one.version for one in cards],
        "producer": [one.producer for one in cards],
        "uid": [one.uid for one in cards],
        "rev": [one.rev for one in cards],
        "digest": [one.digest for one in cards],
        "raw": [one.raw for one in cards],
    }


def iso(day: date | None) -> str | None:
    """Return a day as the driver stores it."""
    return None if day is None else day.isoformat()


@lru_cache(maxsize=4096)
def json_of(texts: tuple[str, ...]) -> str:
    """Return what `connections.json_text` does for texts, in a quarter of the time."""
    return f"[{', '.join(map(encode_basestring, texts))}]"


def _headline(draft: PersonDraft, kind: ContactKind) -> str:
    """Return the preferred contact point of a kind, else the first, as `derived` does."""
    first = ""
    for point in draft.contacts:
        if point.kind is kind:
            if point.preferred:
                return point.value
            first = first or point.value
    return first
