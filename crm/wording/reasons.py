"""Why now, in a sentence made of the records that also give the order."""

from collections.abc import Callable
from datetime import date
from typing import Any

from crm.domain.agenda import CheckInRow
from crm.domain.reasons import (
    AppliedReason,
    CheckInReason,
    MovedReason,
    OccasionReason,
    Offer,
    QuietReason,
    Reason,
    Rule,
    StepReason,
    TargetReason,
)
from crm.wording.cadences import last_touch, reason
from crm.wording.days import ago, due_pill, in_sentence
from crm.wording.news import news
from crm.wording.speech import count, say, shortened

_TITLE_MOST = 80
_WEEKS_FROM, _MONTHS_FROM = 14, 90  # days are told until then, then weeks
_RULES: dict[Rule | Offer, str] = {
    Rule.PROMISE: "Promises",
    Rule.STEP: "Steps of your plans",
    Rule.BIRTHDAY: "Birthday",
    Rule.WORK_ANNIVERSARY: "Work anniversary",
    Rule.DATE: "Important dates",
    Rule.CHECK_IN: "Check-ins",
    Rule.CHOSEN: "The day you chose",
    Rule.NEVER: "No touch yet",
    Rule.APPLIED: "You apply to their company",
    Rule.MOVED: "New job or title",
    Rule.QUIET: "Going quiet",
    Rule.TARGET: "They know a target company",
    Offer.PACE: "Another interval",
}

_UNDATED = {
    Rule.APPLIED: "You applied there",
    Rule.MOVED: "New job",
    Rule.QUIET: "Going quiet",
    Rule.TARGET: "Knows a target",
}


def rule(which: Rule | Offer) -> str:
    """Return "Birthday", as what can be silenced."""
    return say(_RULES[which])


def due_or_rule(row: CheckInRow, today: date) -> tuple[str, str]:
    """Return the words and the tone of a row's pill: when it is due, or what it is for a reason without a day."""
    if row.reasons and row.reasons[0].rule in _UNDATED:
        return say(_UNDATED[row.reasons[0].rule]), "neutral"
    return due_pill(row.state, row.due_on, today)


def why_now(row: CheckInRow, today: date) -> str:
    """Return the reasons of a row, the strongest first, and the last touch: "Birthday today · last touch 48 days ago"."""
    parts = [_told(one, today) for one in row.reasons]
    if (
        not any(isinstance(one, CheckInReason) for one in row.reasons)
        and row.reason.last_touch_on is not None
    ):
        parts.append(last_touch(row.reason, today))
    return " · ".join(parts)


def _told(why: Reason, today: date) -> str:
    return _TELLERS[type(why)](why, today)


def _step(why: StepReason, _today: date) -> str:
    title = shortened(why.title, _TITLE_MOST)
    if why.promise:
        return say("You meant to: {title}", title=title)
    at = why.company or why.role
    return (
        say("Next step at {at}: {title}", at=at, title=title)
        if at
        else say("Next step: {title}", title=title)
    )


def _occasion(why: OccasionReason, today: date) -> str:
    day = in_sentence(why.on, today)
    if why.rule is Rule.BIRTHDAY:
        return say("Birthday {day}", day=day)
    if why.rule is Rule.WORK_ANNIVERSARY:
        return count(
            why.years,
            "{n} year at {company} {day}",
            "{n} years at {company} {day}",
            company=why.label,
            day=day,
        )
    return say("{date} {day}", date=why.label or say("Anniversary"), day=day)


def _applied(why: AppliedReason, today: date) -> str:
    return say(
        "You applied for {role} at {company} {ago}",
        role=why.role,
        company=why.company,
        ago=ago(why.on, today),
    )


def _moved(why: MovedReason, today: date) -> str:
    return say("{news}, noticed {ago}", news=news(why.news), ago=ago(why.on, today))


def _quiet(why: QuietReason, today: date) -> str:
    usual, silent = length(why.usual_days), length((today - why.last_touch_on).days)
    return say("You are usually in touch every {usual}; it has been {silent}", usual=usual, silent=silent)


def _target(why: TargetReason, _today: date) -> str:
    if why.until_on is None:
        return say("Worked at {company}, a target where you know nobody now", company=why.company)
    return say(
        "Worked at {company} until {year}, a target where you know nobody now",
        company=why.company,
        year=why.until_on.year,
    )


def length(days: int) -> str:
    """Return "9 days", "6 weeks", "4 months": how long, no finer than one would say it."""
    if days < _WEEKS_FROM:
        return count(days, "{n} day", "{n} days")
    if days < _MONTHS_FROM:
        return count(round(days / 7), "{n} week", "{n} weeks")
    return count(round(days / 30.44), "{n} month", "{n} months")


_TELLERS: dict[type, Callable[[Any, date], str]] = {
    CheckInReason: reason,
    StepReason: _step,
    OccasionReason: _occasion,
    AppliedReason: _applied,
    MovedReason: _moved,
    QuietReason: _quiet,
    TargetReason: _target,
}
