"""A calendar on a server in words: what it was told, what was changed there, and what may be said to that."""

from datetime import date

from crm.domain.caldav import Answer, Offer, PushState
from crm.domain.calendar import EventKind
from crm.domain.ledger import Delta, Notice
from crm.wording.days import weekday_day
from crm.wording.speech import count, say

_KEPT = {
    "keyring": "The password is kept in this computer’s keyring.",
    "passphrase": "The password is kept on this computer, under your passphrase.",
    "memory": "The password isn’t kept: it is asked for again each time Keepwarm starts.",
}
_CANNOT = 'This installation can’t keep passwords: pip install "keepwarm[caldav]" adds what it takes.'
_ANSWERS = {
    Answer.MOVE: "Move it here",
    Answer.LOG: "Log a touch…",
    Answer.SKIP: "Skip it",
    Answer.PUT_BACK: "Put it back",
    Answer.REMOVE: "Remove it there",
    Answer.LEAVE: "Leave it so",
}


def password_kept(keeping: str, *, could: bool = True) -> str:
    """Return where a password is kept; not where this installation `could` keep none."""
    kept = say(_KEPT[keeping])
    return kept if could else f"{kept} {say(_CANNOT)}"


def pushed(state: PushState) -> str:
    """Return "Told your calendar: 3 new, 1 moved, 2 removed. 1 question." and what else came of a push."""
    told = _counts(state.new, state.moved, state.gone)
    if told:
        said = say("Told your calendar: {what}.", what=told)
    else:
        said = "" if state.error is not None else say("Your calendar is up to date.")
    asked = count(state.asked, "One change there waits for your answer.", "{n} changes there wait for your answer.") if state.asked else ""  # fmt: skip
    return " ".join(filter(None, (said, asked)))


def push_waits(delta: Delta) -> str:
    """Return what the next push has to tell."""
    if not delta.any:
        return say("Your calendar is up to date.")
    return say("To tell your calendar: {what}.", what=_counts(delta.new, delta.moved, delta.gone))


def offers_wait(number: int) -> str:
    """Return "2 changes in your calendar wait for an answer."."""
    return count(
        number, "One change in your calendar waits for an answer.", "{n} changes in your calendar wait for an answer."
    )  # fmt: skip


def calendar_offer(one: Offer, today: date) -> str:
    """Return what was changed in the calendar, with both days where both sides changed it."""
    there = "" if one.there_on is None else weekday_day(one.there_on, today)
    here = "" if one.here_on is None else weekday_day(one.here_on, today)
    if one.notice is Notice.DONE:
        return say("“{title}” was marked done in your calendar.", title=one.title)
    if one.notice is Notice.REMOVED:
        return say("“{title}” ({here}) was removed from your calendar.", title=one.title, here=here)
    if one.item is None:
        return say("“{title}” was moved to {there} in your calendar; here it is done or gone.", title=one.title, there=there)  # fmt: skip
    if one.both:
        return say("“{title}” was moved on both sides: to {there} in your calendar, to {here} here.", title=one.title, there=there, here=here)  # fmt: skip
    return say("“{title}” was moved to {there} in your calendar; here it stands on {here}.", title=one.title, there=there, here=here)  # fmt: skip


def calendar_answer(said: Answer, one: Offer, today: date) -> str:
    """Return an answer as a button says it; where both days differ, with the day that then holds."""
    if said is Answer.LOG and one.item is not None and one.item.kind is EventKind.STEP:
        return say("Mark it done")
    if said is Answer.MOVE and one.there_on is not None:
        return say("Move to {day}", day=weekday_day(one.there_on, today))
    if said is Answer.PUT_BACK and one.notice is Notice.MOVED and one.here_on is not None:
        return say("Keep {day}", day=weekday_day(one.here_on, today))
    return say(_ANSWERS[said])


def _counts(new: int, moved: int, gone: int) -> str:
    parts = ((new, "{n} new"), (moved, "{n} moved"), (gone, "{n} removed"))
    return ", ".join(say(words, n=n) for n, words in parts if n)
