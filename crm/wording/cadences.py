"""How often, which rule said so, and why someone is suggested."""

from datetime import date

from crm.domain.cadence import Cadence, CadenceSource, Interval, Unit
from crm.domain.reasons import CheckInReason
from crm.wording.days import ago, dated, short_day
from crm.wording.kinds import touch_word
from crm.wording.planning import placed
from crm.wording.speech import count, say, shortened

_UNITS = {
    Unit.DAY: ("Every day", "Every {n} days"),
    Unit.WEEK: ("Every week", "Every {n} weeks"),
    Unit.MONTH: ("Every month", "Every {n} months"),
    Unit.YEAR: ("Every year", "Every {n} years"),
}
_NOTE_MOST = 140


def interval(every: Interval | None) -> str:
    """Return "Every 6 weeks", "Every month", "No check-ins"."""
    if every is None:
        return say("No check-ins")
    return count(every.count, *_UNITS[every.unit])


def cadence(rule: Cadence) -> tuple[str, str]:
    """Return how often, and which rule says so ("For tag Hiring manager"; "" when nothing does)."""
    sources = {
        CadenceSource.PERSON: "Set for this person",
        CadenceSource.TAG: "For tag {name}",
        CadenceSource.COMPANY: "For people at {name}",
        CadenceSource.BOOK: "Your default",
        CadenceSource.NONE: "",
    }
    words = sources[rule.source]
    return interval(rule.every), say(words, name=rule.name) if words else ""


def reason(why: CheckInReason, today: date) -> str:
    """Return "Every 6 weeks · last touch 48 days ago: coffee, talked about the platform team"."""
    often = interval(why.every) if why.every else say("You planned this")
    return " · ".join(part for part in (often, last_touch(why, today), _snoozed(why, today)) if part)


def placement(why: CheckInReason, today: date) -> str:
    """Return why the check-in stands on its day; "" when that is its ideal one."""
    return placed(why.placed, why.placed_on, why.ideal_on, today)


def dated_reason(why: CheckInReason) -> str:
    """Return the reason with days instead of "48 days ago": for files, which must not change as time passes."""
    if why.last_touch_on is None:
        return interval(why.every)
    return " · ".join((interval(why.every), _touched(why, "last touch {day}", day=dated(why.last_touch_on))))


def last_touch(why: CheckInReason, today: date) -> str:
    """Return "last touch 48 days ago: coffee, talked about the platform team"."""
    if why.last_touch_on is None:
        if why.added_on is None:
            return say("no touch yet")
        words = (
            "no touch since you imported them {ago}"
            if why.imported
            else "no touch since you added them {ago}"
        )
        return say(words, ago=ago(why.added_on, today))
    return _touched(why, "last touch {ago}", ago=ago(why.last_touch_on, today))


def _touched(why: CheckInReason, words: str, **values: str) -> str:
    """Return when the last touch was and, as far as it is known, what it was about."""
    kind = touch_word(why.last_kind) if why.last_kind is not None else ""
    about = ", ".join(part for part in (kind, shortened(why.last_note, _NOTE_MOST)) if part)
    return say(f"{words}: {{about}}", about=about, **values) if about else say(words, **values)


def _snoozed(why: CheckInReason, today: date) -> str:
    return say("snoozed from {day}", day=short_day(why.snoozed_from, today)) if why.snoozed_from else ""
