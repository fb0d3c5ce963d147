"""LinkedIn's messages and invitations → touches: one for each conversation and day, with one other person only."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import BinaryIO

from crm.domain.card import TouchCard
from crm.domain.contactkeys import linkedin_slug
from crm.domain.folding import clean, fold
from crm.domain.touch import Direction, TouchKind
from crm.formats.tables.dates import read_day
from crm.formats.tables.headers import normalised
from crm.formats.tables.reader import table_rows
from crm.formats.tables.slots import Layout
from crm.formats.tables.sniffing import Shape

_NOTE = 280
_MOST_TALKING = 50  # more addresses in one cell are no conversation of two
_YES = frozenset({"yes", "true", "1"})
_LEFT_OUT = frozenset({"spam", "drafts", "draft"})
_SPONSORED = "spinmail"


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: `owner` are slugs and folded names of the export's owner, as far as known; `zone` None: ours."""

    encoding: str | None = None
    owner: frozenset[str] = frozenset()
    zone: tzinfo | None = None
    step: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class _Who:
    """Someone in a conversation. `key` is the slug, or the folded name where there is none."""

    key: str
    slug: str
    name: str


@dataclass(slots=True)
class _Conversation:
    """What was said in one conversation: who takes part, and the last message of each day."""

    people: dict[str, _Who] = field(default_factory=dict)
    days: dict[str, tuple[datetime, str, str]] = field(default_factory=dict)
    sponsored: bool = False


def read_touches(source: BinaryIO, shape: Shape, reading: Reading) -> Iterator[TouchCard]:
    """Yield the touches of `messages.csv` or `Invitations.csv`, as `shape` says.

    Left out: drafts, spam, what is sponsored, and conversations of more than two.
    """
    columns = {normalised(header): place for place, header in reversed(list(enumerate(shape.headers)))}
    found = (
        _Cells(columns, cells)
        for _, cells in table_rows(source, shape, encoding=reading.encoding, step=reading.step)
        if cells is not None
    )
    if shape.layout is Layout.INVITATIONS:
        return _invitations(found, day_first=shape.day_first)
    return _Messages(found, reading).touches()


class _Cells:
    """One row, by header."""

    def __init__(self, columns: dict[str, int], cells: list[str]) -> None:
        self._columns = columns
        self._cells = cells

    def __getitem__(self, header: str) -> str:
        place = self._columns.get(header)
        return self._cells[place].strip() if place is not None and place < len(self._cells) else ""

    def has(self, header: str) -> bool:
        """Say whether the table has such a column."""
        return header in self._columns


class _Messages:
    """Gathers messages by conversation; who the owner is shows only at the end."""

    def __init__(self, rows: Iterator[_Cells], reading: Reading) -> None:
        self._zone = reading.zone
        self._known = reading.owner
        self._conversations: dict[str, _Conversation] = {}
        self._votes: Counter[str] = Counter()
        for row in rows:
            self._take(row)

    def touches(self) -> Iterator[TouchCard]:
        """Yield a touch for each conversation of two and each of its days."""
        owner = self._owner()
        if owner is None:
            return
        for id_, conversation in self._conversations.items():
            others = [who for who in conversation.people.values() if who.key != owner]
            if len(others) != 1 or owner not in conversation.people or conversation.sponsored:
                continue
            for day, (at, sender, note) in conversation.days.items():
                yield TouchCard(
                    key=f"linkedin:message:{id_ or others[0].key}:{day}",
                    kind=TouchKind.MESSAGE,
                    on=at.astimezone(self._zone).date(),
                    direction=Direction.SENT if sender == owner else Direction.HEARD,
                    note=note,
                    linkedin=others[0].slug,
                    name=others[0].name,
                )

    def _take(self, row: _Cells) -> None:
        at = _instant(row["date"])
        if at is None or _is_left_out(row):
            return
        sender = _who(row["sender profile url"], row["from"])
        recipients = _recipients(row)
        # Without an id, as in 2019, whoever takes part makes the conversation.
        id_ = row["conversation id"] or "+".join(sorted({sender.key, *(who.key for who in recipients)}))
        conversation = self._conversations.setdefault(id_, _Conversation())
        if _SPONSORED in row["content"] or (
            row.has("sender profile url") and not sender.slug and not sender.key
        ):
            conversation.sponsored = True
        for who in (sender, *recipients):
            if who.key:
                conversation.people.setdefault(who.key, who)
        self._vote(row["direction"].upper(), sender, recipients)
        day = at.date().isoformat()
        if day not in conversation.days or conversation.days[day][0] <= at:
            conversation.days[day] = (at, sender.key, _shortened(row["content"] or row["subject"]))

    def _vote(self, direction: str, sender: _Who, recipients: list[_Who]) -> None:
        if direction == "OUTGOING":
            self._votes[sender.key] += 1
        elif direction == "INCOMING" and len(recipients) == 1:
            self._votes[recipients[0].key] += 1

    def _owner(self) -> str | None:
        """Return who takes part in every conversation; None when a file of one conversation doesn't show it."""
        if self._votes:
            return self._votes.most_common(1)[0][0]
        taking_part: Counter[str] = Counter()
        for conversation in self._conversations.values():
            taking_part.update(list(conversation.people))
            for who in conversation.people.values():
                if who.key in self._known or fold(who.name) in self._known:
                    return who.key
        best = taking_part.most_common(2)
        if not best or (len(best) > 1 and best[0][1] == best[1][1]):
            return None
        return best[0][0]


def _invitations(rows: Iterator[_Cells], *, day_first: bool) -> Iterator[TouchCard]:
    for row in rows:
        on = read_day(row["sent at"], day_first=day_first)
        direction = {"INCOMING": Direction.HEARD, "OUTGOING": Direction.SENT}.get(row["direction"].upper())
        if on is None or direction is None:
            continue
        if direction is Direction.HEARD:
            who = _who(row["inviter profile url"], row["from"])
        else:
            who = _who(row["invitee profile url"], row["to"])
        if who.key:
            key = f"linkedin:invitation:{who.key}:{on.isoformat()}"
            yield TouchCard(
                key, TouchKind.MESSAGE, on, direction, _shortened(row["message"]), who.slug, who.name
            )


def _is_left_out(row: _Cells) -> bool:
    drafts = (row["is message draft"].lower(), row["is conversation draft"].lower())
    return row["folder"].lower() in _LEFT_OUT or not _YES.isdisjoint(drafts)


def _recipients(row: _Cells) -> list[_Who]:
    urls = [url for url in row["recipient profile urls"].split(",") if url.strip()]
    if len(urls) > 1:
        return [_who(url, "") for url in urls[:_MOST_TALKING]]
    return [_who(urls[0] if urls else "", row["to"])]


def _who(url: str, name: str) -> _Who:
    slug = linkedin_slug(url) if "linkedin.com/" in url.lower() else ""
    said = " ".join(name.split())
    return _Who(slug or fold(said), slug, said)


def _instant(said: str) -> datetime | None:
    """Read "2025-06-01 14:03:22 UTC"."""
    try:
        found = datetime.fromisoformat(said.removesuffix("UTC").strip())
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _shortened(text: str) -> str:
    said = " ".join(clean(text).split())
    return said if len(said) <= _NOTE else said[: _NOTE - 1].rstrip() + "…"
