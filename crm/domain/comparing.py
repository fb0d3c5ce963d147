"""Several people, or companies, side by side: what each says field by field, and where a merge has to choose."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from crm.domain.cadence import Interval
from crm.domain.company import company_key
from crm.domain.folding import fold
from crm.domain.importplan import FieldChange
from crm.domain.merging import Changes, CompanyProfile, PersonProfile
from crm.domain.person import ContactKind, ContactPoint, DateKind, PersonDraft, PositionDraft, made_name
from crm.errors import Invalid

NEVER = "never"  # what a person says whose own rule is "no check-ins"
MOST_MERGED = 5


class Choosable(StrEnum):
    """The fields of which a merge keeps one; all others are joined."""

    NAME = "name"
    TITLE = "title"
    LINKEDIN = "linkedin"
    BIRTHDAY = "birthday"
    PHOTO = "photo"
    HOW_MET = "how_met"
    EVERY = "every"
    SITE = "site"
    INDUSTRY = "industry"
    SIZE = "size"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field and what each says in it, in their order; `differs` asks for one of them, what doesn't is joined."""

    field: str
    says: tuple[str, ...]
    differs: bool = False


@dataclass(frozen=True, slots=True)
class MergeChoices:
    """What a merge asks: whose word holds, by field (else that of the one kept), and who isn't the same after all."""

    take: Mapping[Choosable, int] = field(default_factory=dict)
    apart: tuple[int, ...] = ()


NO_CHOICES = MergeChoices()


def mergeable(ids: Collection[int], keep: int, choices: MergeChoices) -> list[int]:
    """Return whom to merge into `keep`. Raises `Invalid`: too many to be looked at, a word of somebody else."""
    if len(ids) > MOST_MERGED:
        raise Invalid("merge", len(ids), "too_many")
    stranger = next((whose for whose in choices.take.values() if whose not in ids), None)
    if stranger is not None:
        raise Invalid("take", stranger, "stranger")
    return [id_ for id_ in ids if id_ != keep]


def compare_people(profiles: Sequence[PersonProfile]) -> tuple[FieldLine, ...]:
    """Return the fields in which at least one of these people says something."""
    drafts = [one.draft for one in profiles]
    lines = (
        _one(Choosable.NAME, map(made_name, drafts)),
        _joined("company", (_companies(draft) for draft in drafts)),
        _titles(drafts),
        _joined("email", (_points(draft.contacts, ContactKind.EMAIL) for draft in drafts)),
        _joined("phone", (_points(draft.contacts, ContactKind.PHONE) for draft in drafts)),
        _joined("address", (_points(draft.contacts, ContactKind.ADDRESS) for draft in drafts)),
        _one(Choosable.LINKEDIN, (draft.linkedin for draft in drafts)),
        _one(Choosable.BIRTHDAY, map(_birthday, drafts)),
        _one(Choosable.PHOTO, (one.photo for one in profiles)),
        _one(Choosable.HOW_MET, (draft.how_met for draft in drafts)),
        _one(Choosable.EVERY, (NEVER if draft.never else _often(draft.every) for draft in drafts)),
        _joined("tags", (", ".join(draft.tags) for draft in drafts)),
        _joined("notes", (draft.notes for draft in drafts)),
    )
    return tuple(line for line in lines if any(line.says))


def compare_companies(profiles: Sequence[CompanyProfile]) -> tuple[FieldLine, ...]:
    """Return the fields in which at least one of these companies says something."""
    drafts = [one.draft for one in profiles]
    lines = (
        _one(Choosable.NAME, (draft.name for draft in drafts)),
        _one(Choosable.SITE, (draft.site for draft in drafts)),
        _one(Choosable.INDUSTRY, (draft.industry for draft in drafts)),
        _one(Choosable.SIZE, (draft.size for draft in drafts)),
        _one(Choosable.PLACE, (draft.place for draft in drafts)),
        _one(Choosable.EVERY, (_often(draft.every) for draft in drafts)),
        _joined("email", (_points(draft.contacts, ContactKind.EMAIL) for draft in drafts)),
        _joined("phone", (_points(draft.contacts, ContactKind.PHONE) for draft in drafts)),
        _joined("notes", (draft.notes for draft in drafts)),
    )
    return tuple(line for line in lines if any(line.says))


def overrule(
    merged: PersonProfile, read: PersonProfile, fields: Collection[str], changes: Changes
) -> tuple[PersonProfile, Changes]:
    """Return a merge in which the record's word holds in these fields, where it says something else."""
    made = merged
    said: list[FieldChange] = []
    for line in compare_people((merged, read)):
        if line.differs and line.field in fields and line.says[1] and line.field in _TAKEN:
            made = _TAKEN[Choosable(line.field)](made, read)
            said.append(FieldChange(line.field, *line.says))
    return made, (*changes, *said)


def _take_name(merged: PersonProfile, read: PersonProfile) -> PersonProfile:
    draft = replace(merged.draft, display_name=made_name(read.draft), name=read.draft.name)
    return replace(merged, draft=draft)


def _take_title(merged: PersonProfile, read: PersonProfile) -> PersonProfile:
    titles = {company_key(one.company): one.title for one in read.draft.positions if one.title}
    positions = (
        replace(one, title=titles.get(company_key(one.company), one.title)) if one.current else one
        for one in merged.draft.positions
    )
    return replace(merged, draft=replace(merged.draft, positions=tuple(positions)))


def _take_birthday(merged: PersonProfile, read: PersonProfile) -> PersonProfile:
    born = next(date for date in read.draft.dates if date.kind is DateKind.BIRTHDAY)
    dates = (born if date.kind is DateKind.BIRTHDAY else date for date in merged.draft.dates)
    return replace(merged, draft=replace(merged.draft, dates=tuple(dates)))


# What a record can say otherwise than the person it is merged into.
_TAKEN: dict[Choosable, Callable[[PersonProfile, PersonProfile], PersonProfile]] = {
    Choosable.NAME: _take_name,
    Choosable.TITLE: _take_title,
    Choosable.LINKEDIN: lambda merged, read: replace(
        merged, draft=replace(merged.draft, linkedin=read.draft.linkedin)
    ),
    Choosable.BIRTHDAY: _take_birthday,
    Choosable.PHOTO: lambda merged, read: replace(merged, photo=read.photo),
}


def _one(which: Choosable, says: Iterator[str]) -> FieldLine:
    said = tuple(says)
    return FieldLine(which.value, said, differs=len({fold(text) for text in said if text}) > 1)


def _joined(name: str, says: Iterator[str]) -> FieldLine:
    return FieldLine(name, tuple(says))


def _titles(drafts: Sequence[PersonDraft]) -> FieldLine:
    """Return the titles; a merge chooses one only where they are titles at one company."""
    held = [_position(draft) for draft in drafts]
    says = tuple(one.title if one else "" for one in held)
    at = {company_key(one.company) for one in held if one is not None and one.title}
    differs = len(at) == 1 and len({fold(text) for text in says if text}) > 1
    return FieldLine(Choosable.TITLE.value, says, differs)


def _companies(draft: PersonDraft) -> str:
    return ", ".join(dict.fromkeys(one.company for one in draft.positions if one.current))


def _position(draft: PersonDraft) -> PositionDraft | None:
    return next((one for one in draft.positions if one.current), None)


def _points(contacts: Sequence[ContactPoint], kind: ContactKind) -> str:
    return ", ".join(point.value for point in contacts if point.kind is kind)


def _birthday(draft: PersonDraft) -> str:
    return next((date.on.iso() for date in draft.dates if date.kind is DateKind.BIRTHDAY), "")


def _often(every: Interval | None) -> str:
    return "" if every is None else f"{every.count} {every.unit.value}"
