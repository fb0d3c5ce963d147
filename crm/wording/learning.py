"""What a history speaks for, with its counts in words, and the question that follows."""

from datetime import date

from crm.domain.learning import Basis, Proposal
from crm.wording.cadences import interval
from crm.wording.days import short_day
from crm.wording.reasons import length
from crm.wording.speech import count, say

_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_HEARD = "You reached out to {who} {sent} since {since} and heard back {answered}."
_NOT_HEARD = "You reached out to {who} {sent} since {since} and didn’t hear back."


def times(number: int) -> str:
    """Return "once", "twice", "five times", "14 times"."""
    few = {1: "once", 2: "twice"}
    if number in few:
        return say(few[number])
    return (
        say("{n} times", n=say(_WORDS[number]))
        if number < len(_WORDS)
        else count(number, "{n} time", "{n} times")
    )


def proposal(found: Proposal, who: str, today: date) -> str:
    """Return "You reached out to Maya five times since 3 Mar and heard back once. Check in less often?"."""
    since = short_day(found.since_on, today)
    if found.basis is Basis.REPLIES:
        fact = say(
            _HEARD if found.answered else _NOT_HEARD,
            who=who,
            sent=times(found.sent),
            since=since,
            answered=times(found.answered),
        )
    else:
        fact = say(
            "You were in touch with {who} {touches} since {since}, usually every {usual}.",
            who=who,
            touches=times(found.touches),
            since=since,
            usual=length(found.usual_days),
        )
    ask = "Now: {now}. Check in less often?" if found.longer else "Now: {now}. Check in more often?"
    now = interval(found.now)
    return f"{fact} {say(ask, now=now[:1].lower() + now[1:])}"
