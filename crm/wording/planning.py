"""Plans in words: why a check-in stands on its day, why somebody was picked, what a week asks for."""

import math
from datetime import date

from crm.domain.changes import Op
from crm.domain.levelling import Why
from crm.domain.planning import PickReason, PlanPreview
from crm.wording.actions import Params
from crm.wording.days import in_sentence, short_day, weekday_day
from crm.wording.speech import count, say

_WHY = {
    Why.DAY_FULL: "ideal {ideal}, placed {on}: {ideal} is full",
    Why.WEEK_FULL: "ideal {ideal}, placed {on}: that week is full",
    Why.CLOSED: "ideal {ideal}, placed {on}: no check-ins on that weekday",
    Why.HOLIDAY: "ideal {ideal}, placed {on}: {ideal} is a holiday",
    Why.QUIET: "ideal {ideal}, placed {on}: {ideal} is a quiet date",
    Why.COMPANY: "ideal {ideal}, placed {on}: somebody else there is close to {ideal}",
    Why.LIGHTER: "ideal {ideal}, placed {on}: that day is lighter",
    Why.OVER: "ideal {ideal}, placed {on}: the days and weeks around are full",
    Why.USER: "you chose {on}",
    Why.SPREAD: "spread out to {on}",
    Why.PLAN: "your plan starts on {on}",
    Why.AWAY: "moved to {on}, after your time away",
}
_PICKED = {
    PickReason.TARGET: "Target company",
    PickReason.HIRING: "May be hiring",
    PickReason.PROMISED: "You promised something",
    PickReason.STARRED: "Starred",
    PickReason.WORKED: "You worked together",
    PickReason.TOUCHED: "In touch this year",
    PickReason.MET: "Met lately",
    PickReason.COMPANY: "You know others there",
    PickReason.REACHABLE: "Can be reached at work",
}

PLANS = frozenset({Op.PLAN_CHECK_IN, Op.SPREAD, Op.AWAY, Op.START_PLAN})


def placed(why: Why | None, on: date | None, ideal: date | None, today: date) -> str:
    """Return "ideal 3 Mar, placed 5 Mar: 3 Mar is full"; "" for a check-in on its ideal day."""
    if why is None or why is Why.IDEAL or on is None or (on == ideal and why is not Why.OVER):
        return ""
    ideal_day = short_day(ideal or on, today)
    return say(_WHY[why], ideal=ideal_day, on=short_day(on, today))


def pick_reason(reason: PickReason) -> str:
    """Return "Target company"."""
    return say(_PICKED[reason])


def needed(per_week: float, wanted: int) -> str:
    """Return "This plan needs 7 a week; you set 5.", "" while what was set suffices."""
    rounded = math.ceil(per_week - 0.05)
    if rounded <= wanted:
        return ""
    return say("This plan needs {needed} a week; you set {wanted}.", needed=rounded, wanted=wanted)


def overload(overdue: int, per_week: int) -> str:
    """Return "12 check-ins are overdue. Spread them over the next 3 weeks?"."""
    late = count(overdue, "{n} check-in is overdue.", "{n} check-ins are overdue.")
    weeks = max(math.ceil(overdue / max(per_week, 1)), 1)
    ask = count(weeks, "Spread them over the next week?", "Spread them over the next {n} weeks?")
    return f"{late} {ask}"


def plan_done(op: Op, params: Params, today: date) -> str:
    """Return what a plan's verb came to, "" when its parameters don't say."""
    days = {name: date.fromisoformat(params[name]) for name in ("on", "until") if params.get(name)}
    number = params.get("count") or 0
    if op is Op.SPREAD and "until" in days:
        day = in_sentence(days["until"], today)
        return count(
            number, "Moved {n} check-in to {day}.", "Spread {n} check-ins out, the last one {day}.", day=day
        )
    if op is Op.AWAY and "on" in days:
        free = say("No check-ins until {day}.", day=weekday_day(days["on"], today))
        return f"{free} {count(number, '{n} moved.', '{n} moved.')}" if number else free
    if op is Op.PLAN_CHECK_IN and "on" in days:
        who, day = params.get("subject", ""), in_sentence(days["on"], today)
        return count(
            number,
            "Next check-in with {who}: {day}.",
            "Next check-in with {n} people: {day}.",
            who=who,
            day=day,
        )
    if op is Op.START_PLAN and number:
        return count(number, "Plan started with {n} person.", "Plan started with {n} people.")
    return ""


def picked(preview: PlanPreview) -> str:
    """Return "Of 397 without a plan, we picked 46 worth keeping warm …, so no week has more than 5."."""
    picks, week = len(preview.picks), preview.per_week
    if not picks and preview.full:
        words = "The check-ins you have need {needed} a week already. Choose more than {week} to add people."
        return say(words, needed=math.ceil(preview.needed - 0.05), week=week)
    if not picks:
        return say("Everyone has a plan, or we know no reason to suggest them.")
    return count(
        picks,
        "Of {unplanned} without a plan, we picked {n} worth keeping warm; no week has more than {week}.",
        "Of {unplanned} without a plan, we picked {n} worth keeping warm and spread them out,"
        " so no week has more than {week}.",
        unplanned=f"{preview.unplanned:,}",
        week=week,
    )
