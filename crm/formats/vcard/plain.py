"""Cards as nearly all are: whole, with nothing wrapped in them. They are read in one pass; any other is left alone."""

import re

from crm.domain.card import CardDraft, Problem
from crm.formats.vcard.cards import ENVELOPE
from crm.formats.vcard.drafts import draft_of
from crm.formats.vcard.gathering import READERS, Gathered, Reader, reader_of
from crm.formats.vcard.heads import Head, Heads
from crm.formats.vcard.limits import Limits

BEGIN, END = "BEGIN:VCARD", "END:VCARD"
_NOT_READ_HERE = ENVELOPE | {"VERSION", "AGENT"}
_FOLD = re.compile(r"\n[ \t]")
_DATA = re.compile(":[dD][aA][tT][aA]:")
_Known = tuple[Reader | None, Head]  # without a reader it is only kept
_WEIGHT = 32  # of a line beside its text, as `cards` counts it


class PlainCards:
    """Reads them to what `lines`, `cards` and `properties` would make of them, in a third of the time.

    Heads are learnt from the cards that go the long way: the first of each kind.
    """

    def __init__(self, file: str, heads: Heads, limits: Limits) -> None:
        self._file = file
        self._heads = heads
        self._limits = limits
        self._readers: dict[str, _Known] = {}

    def read(self, lines: list[str], number: int) -> CardDraft | Problem | None:
        """Return the card in these physical lines, of which `number` is the first; None when it isn't a plain one."""
        if len(lines) < 4 or lines[0] != BEGIN or lines[-1] != END:
            return None
        name, _, version = lines[1].partition(":")
        rest = lines[2:-1]
        raw = "\n".join(rest)
        if name != "VERSION" or not self._is_short(raw, len(lines)) or _DATA.search(raw):
            return None
        if _FOLD.search(raw):
            if "" in rest:
                return None  # what is folded there may go on after a blank line
            raw = _FOLD.sub("", raw)
            rest = raw.split("\n")
        version = version.strip()[:16]
        found = Gathered(self._limits.values, old=version == "2.1")
        return draft_of(found, self._file, number, version, raw) if self._gather(rest, found) else None

    def _is_short(self, raw: str, lines: int) -> bool:
        limits = self._limits
        weight = len(raw) + _WEIGHT * lines
        return weight <= min(limits.text, limits.line, limits.card) and lines <= limits.properties

    def _gather(self, lines: list[str], found: Gathered) -> bool:
        """Read all lines into `found`; say whether each was plain and nothing was wrong with any."""
        readers = self._readers
        for line in lines:
            text, colon, value = line.partition(":")
            known = readers.get(text) or self._learnt(text)
            if known is None or not colon:
                return False
            reader, head = known
            if reader is not None:
                reader(found, head, value)
        return found.finding is None

    def _learnt(self, text: str) -> _Known | None:
        head = self._heads.plain.get(text)
        if head is None or not head.simple or head.written != text or head.key in _NOT_READ_HERE:
            return None
        known = self._readers[text] = (READERS.get(head.key) or reader_of(head.key), head)
        return known
