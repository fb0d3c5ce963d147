"""The loom: every property of the cards that brought a contact, with what becomes of it on the way out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from crm.domain.folding import clean
from crm.formats.vcard.fresh import Groups
from crm.formats.vcard.kept import KeptCard, Piece
from crm.formats.vcard.values import unescape
from crm.formats.vcard.written import Written


@dataclass(slots=True, eq=False)
class Fate:
    """What becomes of a piece of the card at `number`: it goes out as it came, or with another `value`, or not at all.

    `label` and `preferred` are set when they changed, `regrouped` when it goes out in another group than it came in.
    """

    piece: Piece
    card: KeptCard
    number: int
    kept: bool = True
    value: str | None = None
    label: str | None = None
    preferred: bool | None = None
    regrouped: str = ""

    @property
    def key(self) -> str:
        """The property's name, to compare with."""
        return self.piece.head.key

    @property
    def group(self) -> str:
        """The property's group, as it goes out."""
        return self.regrouped or self.piece.head.group

    @property
    def text(self) -> str:
        """What the property said, as text on one line."""
        return bare(unescape(self.piece.value, old=self.card.version == "2.1"))

    @property
    def changed(self) -> bool:
        """Say whether it doesn't go out as it came."""
        return not self.kept or self.value is not None or self.label is not None or self.preferred is not None

    def drop(self) -> None:
        """Let the piece go."""
        self.kept = False


@dataclass(slots=True)
class Loom:
    """What is woven: the fates of all cards' pieces, and what comes after them."""

    version: str
    cards: list[KeptCard]
    fates: list[Fate] = field(default_factory=list)
    more: list[Written] = field(default_factory=list)
    groups: Groups = field(default_factory=Groups)

    def __post_init__(self) -> None:
        """Give every piece its fate: to go out as it came."""
        for number, card in enumerate(self.cards):
            self.fates += [Fate(piece, card, number) for piece in card.pieces]
        self.groups.taken.update(fate.group.lower() for fate in self.fates)

    def filling(self, *fields: str) -> list[Fate]:
        """Return the pieces that filled one of these fields of ours."""
        return [fate for fate in self.fates if fate.piece.filled in fields]

    def of_card(self, number: int) -> Iterator[Fate]:
        """Yield the pieces of one card."""
        return (fate for fate in self.fates if fate.number == number)

    def add(self, name: str, value: str) -> None:
        """Let a new property come last."""
        self.more.append(Written(name, value))


def bare(text: str) -> str:
    """Return a text as the book keeps it: on one line, single spaces."""
    return " ".join(clean(text).split())


def bare_note(text: str) -> str:
    """Return a text of several lines as the book keeps it."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
