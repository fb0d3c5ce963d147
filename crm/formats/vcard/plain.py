"""Cards as nearly all are: whole, with nothing wrapped in them. They are read many at a time; any other is left alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crm.domain.card import CardDraft, Problem
from crm.formats.vcard.bulk import FEWEST, read_for_many
from crm.formats.vcard.cards import ENVELOPE
from crm.formats.vcard.drafts import draft_of
from crm.formats.vcard.gathering import READERS, Gathered, Reader, reader_of
from crm.formats.vcard.heads import Head, Heads
from crm.formats.vcard.limits import Limits

BEGIN, END = "BEGIN:VCARD", "END:VCARD"
_NOT_READ_HERE = ENVELOPE | {"VERSION", "AGENT"}
_FOLD = re.compile(r"\n[ \t]")
_DATA = re.compile(":[dD][aA][tT][aA]:")
_WEIGHT = 32  # of a line beside its text, as `cards` counts it

_MOST_LINES = 100  # of a card whose heads are remembered

_Known = tuple[Reader | None, Head]  # without a reader it is only kept
_Apart = tuple[tuple[str, ...], Sequence[str]]  # what stands before and after each line's colon


class _Shape:
    """The heads that cards have in common: a program writes many alike. No colon has to be looked for in them."""

    def __init__(self, heads: tuple[str, ...]) -> None:
        self.heads = heads
        self._starts = tuple([head + ":" for head in heads])
        self._size = len("\n".join(self._starts))

    def values(self, lines: list[str], raw: str) -> list[str] | None:
        """Return what stands behind each line's head, None when these are the lines of another shape."""
        values = list(map(str.removeprefix, lines, self._starts))
        return values if sum(map(len, values)) + self._size == len(raw) else None


@dataclass(slots=True)
class _Opened:
    """A card taken apart. `whole`: it was read to its end."""

    number: int
    version: str
    raw: str
    heads: tuple[str, ...]
    values: Sequence[str]
    found: Gathered
    whole: bool = False


class PlainCards:
    """Reads them to what `lines`, `cards` and `properties` would make of them, in a third of the time.

    Heads are learnt from the cards that go the long way: the first of each kind. Cards with the same heads are read
    side by side, one property of all of them before the next: a processor that does one thing for long does it quicker.
    """

    def __init__(self, file: str, heads: Heads, limits: Limits) -> None:
        self._file = file
        self._heads = heads
        self._limits = limits
        self._longest = min(limits.text, limits.line, limits.card)
        self._readers: dict[str, _Known] = {}
        self._latest: dict[int, _Shape] = {}  # that many cards had, by the number of lines

    def read(self, cards: Sequence[list[str]], number: int) -> list[CardDraft | Problem | None]:
        """Return the cards in these physical lines, of which `number` is the first; None for one that isn't plain."""
        opened: list[_Opened | None] = []
        alike: dict[tuple[str, ...], list[_Opened]] = {}
        for lines in cards:
            card = self._opened(lines, number)
            opened.append(card)
            if card is not None:
                alike.setdefault(card.heads, []).append(card)
            number += len(lines)
        for heads, some in alike.items():
            self._gather(heads, some)
        return [self._draft(card) if card is not None and card.whole else None for card in opened]

    def _opened(self, lines: list[str], number: int) -> _Opened | None:
        if len(lines) < 4 or lines[0] != BEGIN or lines[-1] != END:
            return None
        name, _, version = lines[1].partition(":")
        rest = lines[2:-1]
        raw = "\n".join(rest)
        if name != "VERSION" or not self._is_short(raw, len(lines)) or _DATA.search(raw):
            return None
        apart = self._apart_as_the_latest(rest, raw)
        if apart is None and _FOLD.search(raw):
            if "" in rest:
                return None  # what is folded there may go on after a blank line
            raw = _FOLD.sub("", raw)
            rest = raw.split("\n")
            apart = self._apart_as_the_latest(rest, raw)
        apart = apart or _apart(rest)
        if apart is None:
            return None
        version = version.strip()[:16]
        found = Gathered(self._limits.values, old=version == "2.1")
        return _Opened(number, version, raw, *apart, found)

    def _is_short(self, raw: str, lines: int) -> bool:
        return len(raw) + _WEIGHT * lines <= self._longest and lines <= self._limits.properties

    def _apart_as_the_latest(self, lines: list[str], raw: str) -> _Apart | None:
        """Return a card's heads and values if its heads are those of the last one with so many lines."""
        shape = self._latest.get(len(lines))
        values = None if shape is None else shape.values(lines, raw)
        return None if shape is None or values is None else (shape.heads, values)

    def _gather(self, heads: tuple[str, ...], cards: list[_Opened]) -> None:
        """Read all lines of cards with these heads; those of which each was plain and nothing was wrong are whole."""
        known: list[_Known] = []
        for text in heads:
            one = self._readers.get(text) or self._learnt(text)
            if one is None:
                return
            known.append(one)
        many = len(cards) >= FEWEST
        if many and len(heads) <= _MOST_LINES:
            self._latest[len(heads)] = _Shape(heads)
        found = [card.found for card in cards]
        columns = zip(*[card.values for card in cards], strict=True)
        try:
            for (reader, head), column in zip(known, columns, strict=True):
                if reader is not None and not (many and read_for_many(found, head, column)):
                    for card_found, value in zip(found, column, strict=True):
                        reader(card_found, head, value)
        except Exception:  # noqa: BLE001 - the long way tells which of them it is, and what is wrong
            return
        for card in cards:
            card.whole = card.found.finding is None

    def _draft(self, card: _Opened) -> CardDraft | Problem | None:
        try:
            return draft_of(card.found, self._file, card.number, card.version, card.raw)
        except Exception:  # noqa: BLE001 - the long way tells what is wrong
            return None

    def _learnt(self, text: str) -> _Known | None:
        head = self._heads.plain.get(text)
        if head is None or not head.simple or head.written != text or head.key in _NOT_READ_HERE:
            return None
        known = self._readers[text] = (READERS.get(head.key) or reader_of(head.key), head)
        return known


def _apart(lines: list[str]) -> _Apart | None:
    heads, colons, values = zip(*[line.partition(":") for line in lines], strict=True)
    return None if "" in colons else (heads, values)
