"""Records on their way into a book: as they were read, and as they are to be written."""

from dataclasses import dataclass

from crm.domain.card import CardDraft
from crm.domain.matching import MatchKeys
from crm.domain.merging import CompanyProfile, PersonProfile
from crm.domain.values import quick_dataclass


@quick_dataclass(frozen=True, slots=True)
class Record:
    """A card that was read, without its bulk: `card` has no raw text and no binary content, they are set aside.

    `digest` tells a card from every other, by its raw text; `raw` is where that was set aside. `keys` are those of the
    draft's contacts, in order; `blobs` are content addresses.
    """

    card: CardDraft
    match: MatchKeys
    digest: str
    raw: tuple[int, int]
    keys: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()

    @property
    def person(self) -> PersonProfile | None:
        """What the card says of a person, None when it is about something else."""
        card = self.card
        if card.person is None:
            return None
        return PersonProfile(card.person, self.keys, card.uid, card.photo, card.photo_link)

    @property
    def company(self) -> CompanyProfile | None:
        """What the card says of a company, None when it is about something else."""
        card = self.card
        return None if card.company is None else CompanyProfile(card.company, self.keys, card.uid)


@quick_dataclass(frozen=True, slots=True)
class SourceText:
    """A card as it is kept beside what we understood of it; `raw` is its text (`CardDraft.raw`).

    `blobs` are the content addresses of one that was just read.
    """

    version: str
    producer: str
    uid: str
    rev: str
    digest: str
    raw: str
    blobs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkippedCard:
    """A card that the user never wants, and by what it is known again."""

    digest: str
    uid: str
    name: str


@quick_dataclass(frozen=True, slots=True)
class PersonAddition:
    """A person to add (`before` None), or what an import adds to one: lists of `after` begin as those of `before`."""

    after: PersonProfile
    before: PersonProfile | None = None
    id: int | None = None
    sources: tuple[SourceText, ...] = ()


@dataclass(frozen=True, slots=True)
class CompanyAddition:
    """A company to add (`before` None), or what an import adds to one."""

    after: CompanyProfile
    before: CompanyProfile | None = None
    id: int | None = None
    sources: tuple[SourceText, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupAddition:
    """A tag, made if it is new, for those of `members` that don't carry it."""

    name: str
    members: tuple[int, ...]
    sources: tuple[SourceText, ...] = ()
