"""A vCard file, read as a stream: one draft for each card, or one fatal problem for one that can't be read."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import BinaryIO

from crm.domain.card import CardDraft, Problem, ProblemCode
from crm.errors import KeepwarmError
from crm.formats.vcard.cards import Cards, RawCard
from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.drafts import read_card
from crm.formats.vcard.encoding import Block, blocks, unicode_form
from crm.formats.vcard.heads import Heads
from crm.formats.vcard.limits import DEFAULT, Limits
from crm.formats.vcard.lines import LogicalLines
from crm.formats.vcard.plain import BEGIN, END, PlainCards

_HEAD = 1 << 14
_MOST_TOGETHER = 64  # plain cards; from the first ones of a file the others' heads are learnt


def read(
    source: BinaryIO | bytes,
    file: str,
    *,
    limits: Limits = DEFAULT,
    encoding: str | None = None,
    step: Callable[[int], None] | None = None,
) -> Iterator[CardDraft | Problem]:
    """Yield a draft or one fatal problem for each top-level BEGIN:VCARD of `source`, in their order.

    `file` names the source in findings. `encoding` is the code page of what isn't UTF-8, when the user knows better
    than our guess. `step` is called with the number of bytes read since its last call; what it raises goes through.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    return chain.from_iterable(read_together(stream, file, limits=limits, encoding=encoding, step=step))


def read_together(
    source: BinaryIO,
    file: str,
    *,
    limits: Limits = DEFAULT,
    encoding: str | None = None,
    step: Callable[[int], None] | None = None,
) -> Iterator[list[CardDraft | Problem]]:
    """Yield the same, as many at a time as were read together: some dozens, when they are short."""
    reading = _Reading(file, CodePage(encoding), limits)
    held: list[CardDraft | Problem] = []
    for found in reading.all(blocks(source, limits, step)):
        if found:
            last = found.pop()
            yield held + found
            held = [last]
    if held:
        # What stands after the last card has no other card to be told with.
        left_over, last = reading.cards.left_over(), held[0]
        if left_over is not None and isinstance(last, CardDraft):
            held = [replace(last, problems=(*last.problems, left_over))]
        yield held


def looks_like_vcard(head: bytes) -> bool:
    """Say whether a file's first bytes hold the beginning of a card."""
    form, mark = unicode_form(head)
    text = head[mark : mark + _HEAD].decode(form or "latin-1", "replace").upper().replace("\0", "")
    return "BEGIN:VCARD" in text.replace(" ", "")


class _Reading:
    """Reads one file: plain cards in one go, any other by its logical lines."""

    def __init__(self, file: str, page: CodePage, limits: Limits) -> None:
        heads = Heads(limits)
        self.cards = Cards(file, limits)
        self._lines = LogicalLines(heads, page, limits)
        self._plain = PlainCards(file, heads, limits)
        self._together = 1
        self._file = file
        self._page = page
        self._limits = limits

    def all(self, found: Iterable[Block]) -> Iterator[list[CardDraft | Problem]]:
        """Yield what the blocks of a file hold."""
        for block in found:
            if block.dirty:
                yield self._read(self.cards.take(self._lines.feed(block)))
            else:
                yield from self._clean(block.lines)
        yield self._read(self.cards.take(self._lines.finish()))
        yield self._read(self.cards.finish())

    def _clean(self, lines: list[str]) -> Iterator[list[CardDraft | Problem]]:
        """Yield the cards in lines of UTF-8; a card that isn't plain or isn't all here goes the long way."""
        pieces = _pieces(lines)
        while some := list(islice(pieces, self._together)):
            self._together = min(2 * self._together, _MOST_TOGETHER)
            cards = self._plain.read(some, self._lines.number + 1)
            if self._lines.is_idle() and self.cards.is_idle() and all(cards):
                self._lines.skip(sum(map(len, some)))
                yield [card for card in cards if card is not None]
            else:
                yield [
                    found
                    for piece, card in zip(some, cards, strict=True)
                    for found in self._each(piece, card)
                ]

    def _each(self, piece: list[str], card: CardDraft | Problem | None) -> Iterator[CardDraft | Problem]:
        if piece[0] == BEGIN and not self._lines.is_idle():
            yield from self._read(self.cards.take(self._lines.finish()))
        if card is not None and self.cards.is_idle():
            self._lines.skip(len(piece))
            yield card
        else:
            block = Block(piece, b"", dirty=False)
            yield from self._read(self.cards.take(self._lines.feed(block)))

    def _read(self, cards: Iterable[RawCard]) -> list[CardDraft | Problem]:
        return [self._read_one(raw) for raw in cards]

    def _read_one(self, raw: RawCard) -> CardDraft | Problem:
        try:
            return read_card(raw, self._file, self._page, self._limits)
        except (KeepwarmError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours must cost one card, never the file
            return Problem(self._file, raw.number, ProblemCode.BROKEN, type(error).__name__)


def _pieces(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines of each card that may be whole here, and what stands between cards; a blank line is a piece."""
    start = 0
    while start < len(lines):
        end = start + 1
        if lines[start]:
            try:
                end = lines.index(END, start) + 1
            except ValueError:
                end = len(lines)
        yield lines[start:end]
        start = end
