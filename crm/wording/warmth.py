"""Warmth with everything it is made of, and whose turn it is."""

from datetime import date

from crm.domain.warmth import Clocks, Level, Turn, Warmth, WarmthWhy
from crm.wording.days import ago, short_day
from crm.wording.speech import count, say

_LEVELS = {Level.NEW: "New", Level.COOLING: "Cooling", Level.WARM: "Warm", Level.CLOSE: "Close"}
_TURNS = {Turn.YOURS: "Your turn", Turn.THEIRS: "Their turn", Turn.NOBODYS: "Nobody’s turn"}


def warmth(found: Warmth) -> str:
    """Return "Warm"."""
    return warmth_level(found.level)


def warmth_level(level: Level) -> str:
    """Return "Close"."""
    return say(_LEVELS[level])


def warmth_touches(found: Warmth) -> str:
    """Return "9 touches in 12 months"."""
    return count(found.touches, "{n} touch in 12 months", "{n} touches in 12 months")


def warmth_parts(found: Warmth, today: date) -> tuple[str, ...]:
    """Return what the level is made of, a sentence each, the rule that decided it first."""
    if found.last_on is None:
        return (_why(found),)
    parts = [_why(found), f"{warmth_touches(found)}."]
    if found.comments:
        parts.append(
            count(found.comments, "{n} of them a comment: it weighs half.", "{n} comments: they weigh half.")
        )
    if found.touches:
        parts.append(say("They took part in {n} of them.", n=found.answered))
    parts.append(say("Last one {ago}.", ago=ago(found.last_on, today)))
    if found.usual_days:
        parts.append(count(found.usual_days, "Usually {n} day apart.", "Usually {n} days apart."))
    return tuple(parts)


def between(found: Clocks, today: date) -> tuple[str, ...]:
    """Return whose turn it is and the clocks that are known: "Their turn", "You reached out 23 Aug"; () before any."""
    clocks = (
        ("You reached out {day}", found.sent_on),
        ("They reached out {day}", found.heard_on),
        ("Together {day}", found.together_on),
    )
    known = tuple(say(words, day=short_day(on, today)) for words, on in clocks if on is not None)
    return (say(_TURNS[found.turn]), *known) if known else ()


def _why(found: Warmth) -> str:
    if found.why is WarmthWhy.FEW:
        return (
            count(found.ever, "{n} touch so far.", "{n} touches so far.")
            if found.ever
            else say("No touch yet.")
        )
    reasons = {
        WarmthWhy.SILENT: "No touch for six months or more.",
        WarmthWhy.QUIETER: "Quieter than is usual for you two.",
        WarmthWhy.OFTEN: "Often, lately, and both ways.",
        WarmthWhy.STEADY: "In touch within six months.",
    }
    return say(reasons[found.why])
