"""Logical lines → cards: BEGIN and END, missing ones, cards inside cards, and the limits of one card."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from crm.domain.card import Problem, ProblemCode
from crm.formats.vcard.heads import Head, Transport
from crm.formats.vcard.limits import Limits
from crm.formats.vcard.lines import Line
from crm.formats.vcard.reasons import REASON
from crm.formats.vcard.values import escape

ENVELOPE = frozenset({"BEGIN", "END", "PROFILE", REASON})
_FINDINGS_KEPT = 100  # per card; a broken megabyte needs no report line for each of its lines


@dataclass(slots=True)
class RawCard:
    """One card's lines, and what was wrong around them. `too_large`: its lines were let go."""

    number: int
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    size: int = 0
    too_large: bool = False


class Cards:
    """Puts a file's lines together to its top-level cards, each found exactly once."""

    def __init__(self, file: str, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._card: RawCard | None = None
        self._nested: list[str] = []  # the content of an AGENT, written out again
        self._depth = 0
        self._after_agent = False
        self._stray: Problem | None = None

    def take(self, lines: list[Line]) -> Iterator[RawCard]:
        """Yield the cards that `lines` complete."""
        for line in lines:
            number, head, text = line
            key = head.key
            if key in ENVELOPE:
                yield from self._envelope(number, key, text)
            elif self._depth or self._after_agent or key == "AGENT":
                self._agent(line)
            elif self._card is None:
                self._note_stray(number, head, text)
            else:
                card = self._card
                card.size += len(text) + 32
                if len(card.lines) < self._limits.properties and card.size <= self._limits.card:
                    card.lines.append(line)
                else:
                    self._overflow(card, number)

    def finish(self) -> Iterator[RawCard]:
        """Yield the card that was still open at the end of the file."""
        yield from self._close(missing_end=True)

    def is_idle(self) -> bool:
        """Say whether nothing that was read waits for what follows."""
        return self._card is None and self._stray is None

    def left_over(self) -> Problem | None:
        """Return a finding about lines after the last card."""
        return self._stray

    def _envelope(self, number: int, key: str, text: str) -> Iterator[RawCard]:
        upper = text.strip().upper()
        is_card = upper.startswith("VCARD")
        if key == "BEGIN" and is_card:
            yield from self._begin(number)
        elif key == "END" and is_card:
            if self._depth:
                self._nested.append("END:VCARD")
                self._depth -= 1
                if not self._depth:
                    self._store_agent()
            else:
                yield from self._close()
            if upper.startswith("BEGIN:VCARD", 5):  # two files were joined without a line end between them
                yield from self._begin(number)
        elif self._card is not None and upper != "VCARD" and key != REASON:
            self._find(number, ProblemCode.UNREADABLE_LINE, f"{key}:{text[:60]}")

    def _begin(self, number: int) -> Iterator[RawCard]:
        if self._after_agent:
            self._after_agent = False
            self._depth += 1
            if self._depth == self._limits.depth + 1:
                self._find(number, ProblemCode.TOO_DEEP, "AGENT")
            self._nested.append("BEGIN:VCARD")
            return
        yield from self._close(missing_end=True)
        self._card = RawCard(number)
        if self._stray is not None:
            self._card.problems.append(self._stray)
            self._stray = None

    def _close(self, *, missing_end: bool = False) -> Iterator[RawCard]:
        card = self._card
        if card is None:
            return
        if self._depth:
            self._store_agent()
        if missing_end:
            self._find(card.number, ProblemCode.MISSING_END)
        self._card, self._depth, self._after_agent = None, 0, False
        yield card

    def _agent(self, line: Line) -> None:
        """Lines of an AGENT stay one property of their card, however deep; they are nobody's own contact."""
        number, head, text = line
        if self._card is None:
            return self._note_stray(number, head, text)
        if self._depth:
            if self._depth <= self._limits.depth and len(self._nested) <= self._limits.properties:
                self._nested.append(_written(head, text))
        else:
            self._card.lines.append(line)
        if head.key == "AGENT":
            upper = text.strip().upper()
            self._after_agent = not upper
            if upper == "BEGIN:VCARD":
                self._after_agent = True
                list(self._begin(number))
        else:
            self._after_agent = False
        return None

    def _store_agent(self) -> None:
        card = self._card
        content = escape("\n".join(self._nested))
        self._nested = []
        if card is None or not card.lines:
            return
        number, head, _ = card.lines[-1]
        card.size += len(content)
        kept = Head(head.name, head.key, head.group, head.params, written=head.written)
        card.lines[-1] = (number, kept, content)

    def _overflow(self, card: RawCard, number: int) -> None:
        if card.size > self._limits.card:
            card.lines.clear()
            card.too_large = True
        elif not any(p.code is ProblemCode.TOO_MANY_PROPERTIES for p in card.problems):
            self._find(number, ProblemCode.TOO_MANY_PROPERTIES, str(self._limits.properties))

    def _note_stray(self, number: int, head: Head, text: str) -> None:
        if self._stray is None:
            detail = f"{head.name}:{text[:60]}"
            self._stray = Problem(self._file, number, ProblemCode.UNREADABLE_LINE, detail, fatal=False)

    def _find(self, number: int, code: ProblemCode, detail: str = "") -> None:
        if self._card is not None and len(self._card.problems) < _FINDINGS_KEPT:
            self._card.problems.append(Problem(self._file, number, code, detail, fatal=False))


def _written(head: Head, text: str) -> str:
    """Return a content line as it could have stood in the file."""
    params = [
        f'{key}="{value}"' if set(value) & set(",;:") else f"{key}={value}"
        for key, vs in head.params
        for value in vs
    ]
    if head.transport is not Transport.PLAIN:
        params.append("ENCODING=" + ("b" if head.transport is Transport.BASE64 else "QUOTED-PRINTABLE"))
        if head.charset:
            params.append(f"CHARSET={head.charset}")
    name = f"{head.group}.{head.name}" if head.group else head.name
    return ";".join((name, *params)) + ":" + text
