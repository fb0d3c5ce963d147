"""Contacts on their way out of a book: as the book knows them, with the cards that brought them."""

from dataclasses import dataclass

from crm.domain.card import CardKind
from crm.domain.company import CompanyDraft
from crm.domain.importrecord import SourceText
from crm.domain.person import PersonDraft


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """A person, a company or a group as it is now. Exactly one of `person` and `company` is set, for a group neither.

    `photo` is a content address. `sources` are the cards as they came, the first import's first. `members` are the
    UIDs of everyone in a group.
    """

    kind: CardKind
    name: str
    person: PersonDraft | None = None
    company: CompanyDraft | None = None
    uid: str = ""
    photo: str = ""
    photo_link: str = ""
    sources: tuple[SourceText, ...] = ()
    members: frozenset[str] = frozenset()
