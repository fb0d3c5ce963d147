"""A vCard file, read as a stream: one draft for each card, or one fatal problem for one that can't be read."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from crm.domain.card import CardDraft, Problem, ProblemCode
from crm.errors import KeepwarmError
from crm.formats.vcard.cards import Cards, RawCard
from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.drafts import read_card
from crm.formats.vcard.encoding import blocks, unicode_form
from crm.formats.vcard.heads import Heads
from crm.formats.vcard.limits import DEFAULT, Limits
from crm.formats.vcard.lines import LogicalLines

_HEAD = 1 << 14


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
    page = CodePage(encoding)
    held: CardDraft | Problem | None = None
    cards = Cards(file, limits)
    for raw in _raw_cards(stream, cards, page, limits, step):
        if held is not None:
            yield held
        held = _read_one(raw, file, page, limits)
    if held is not None:
        # What stands after the last card has no other card to be told with.
        left_over = cards.left_over()
        if left_over is not None and isinstance(held, CardDraft):
            held = replace(held, problems=(*held.problems, left_over))
        yield held


def looks_like_vcard(head: bytes) -> bool:
    """Say whether a file's first bytes hold the beginning of a card."""
    form, mark = unicode_form(head)
    text = head[mark : mark + _HEAD].decode(form or "latin-1", "replace").upper().replace("\0", "")
    return "BEGIN:VCARD" in text.replace(" ", "")


def _raw_cards(
    stream: BinaryIO, cards: Cards, page: CodePage, limits: Limits, step: Callable[[int], None] | None
) -> Iterator[RawCard]:
    lines = LogicalLines(Heads(limits), page, limits)
    for block in blocks(stream, limits, step):
        yield from cards.take(lines.feed(block))
    yield from cards.take(lines.finish())
    yield from cards.finish()


def _read_one(raw: RawCard, file: str, page: CodePage, limits: Limits) -> CardDraft | Problem:
    try:
        return read_card(raw, file, page, limits)
    except (KeepwarmError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - a defect of ours must cost one card, never the file
        return Problem(file, raw.number, ProblemCode.BROKEN, type(error).__name__)
