"""What changed about people between two files of the same program: a new job, a new title, come, gone.

A newer file is compared with what the last one of its kind said of somebody, not with what the user made of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from crm.domain.company import company_key
from crm.domain.folding import fold
from crm.domain.person import PersonDraft, PositionDraft

_MOST_VANISHED = 0.5  # of those a program told of: when more are missing, the file is a part of it


class NewsKind(StrEnum):
    """What changed. VANISHED: not in the newer file any more, which may mean that a connection was ended."""

    MOVED = "moved"
    NEW_TITLE = "new_title"
    CONNECTED = "connected"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that changed. `was` and `became` are the positions, where it is about one."""

    kind: NewsKind
    was: PositionDraft | None = None
    became: PositionDraft | None = None


def news_of(earlier: PersonDraft, now: PersonDraft) -> News | None:
    """Compare what two files of one program say of the same person; the first current position is meant."""
    was, became = _current(earlier), _current(now)
    if was is None or became is None:
        return None  # a field that was emptied says nothing
    if company_key(was.company) != company_key(became.company):
        still = {company_key(one.company) for one in now.positions if one.current}
        return None if company_key(was.company) in still else News(NewsKind.MOVED, was, became)
    if was.title and became.title and fold(was.title) != fold(became.title):
        return News(NewsKind.NEW_TITLE, was, became)
    return None


def succeeded(known: PersonDraft, news: News) -> PersonDraft:
    """Return a person with the position that ended as a past one, and the new one behind the others.

    Only a position that says what the earlier file said is ended: what the user changed isn't the program's to end.
    When it ended nobody knows, so that stays open.
    """
    was, became = news.was, news.became
    if was is None or became is None:
        return known
    ended = [
        place
        for place, one in enumerate(known.positions)
        if one.current
        and company_key(one.company) == company_key(was.company)
        and fold(one.title) == fold(was.title)
    ]
    if not ended or any(_is_same(one, became) for one in known.positions if one.current):
        return known
    positions = tuple(
        replace(one, current=False) if place in ended else one for place, one in enumerate(known.positions)
    )
    return replace(known, positions=(*positions, became))


def vanished(told_of: Sequence[int], still: set[int]) -> tuple[int, ...]:
    """Return those a program told of before and doesn't now; nobody when so many miss that the file must be a part."""
    missing = tuple(person for person in told_of if person not in still)
    return missing if len(missing) <= _MOST_VANISHED * len(told_of) else ()


def count_news(told: Iterable[News | None], gone: int) -> Mapping[NewsKind, int]:
    """Count what changed; `gone` are those who vanished."""
    counts = Counter(news.kind for news in told if news is not None)
    counts[NewsKind.VANISHED] += gone
    return counts


def _current(draft: PersonDraft) -> PositionDraft | None:
    return next((one for one in draft.positions if one.current and company_key(one.company)), None)


def _is_same(one: PositionDraft, other: PositionDraft) -> bool:
    return company_key(one.company) == company_key(other.company) and fold(one.title) == fold(other.title)
