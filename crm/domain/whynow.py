"""The rules of why now, over what is known of one person. No reason, no suggestion.

Each reason holds from one day to another, so that what comes next week is known as well.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from crm.domain.reasons import (
    CHECK_INS,
    OCCASIONS,
    OWN_WORD,
    AppliedReason,
    CheckInReason,
    Known,
    MovedReason,
    Mute,
    OccasionReason,
    Offer,
    QuietReason,
    Reason,
    Rule,
    TargetReason,
)

SOON = timedelta(days=30)
OCCASION_AHEAD, OCCASION_AFTER = timedelta(days=3), timedelta(days=2)
MOVED, APPLIED = timedelta(days=30), timedelta(days=60)
_FOR_EVER = date.max
_LATE, _NOW, _AHEAD = 0, 1, 2
_STRENGTH = {rule: number for number, rule in enumerate(Rule)} | dict.fromkeys(
    CHECK_INS, list(Rule).index(Rule.CHECK_IN)
)


def why_now(known: Known, today: date) -> tuple[Reason, ...]:
    """Return why somebody is suggested today, the strongest reason first; none: they aren't.

    Steps of plans come last: they have a list of their own, and lead only where nothing else speaks for the person.
    """
    if known.snoozed_until is not None and known.snoozed_until > today:
        return ()
    held = [reason for reason in _reasons(known, today) if _holds(reason, today)]
    return tuple(sorted(held, key=lambda reason: (reason.rule is Rule.STEP, place(reason, today))))


def coming(known: Known, today: date, until: date) -> tuple[Reason, ...]:
    """Return what is dated after today and up to a day, the earliest first."""
    dated = CHECK_INS | OWN_WORD | OCCASIONS
    found = [reason for reason in _reasons(known, today) if reason.rule in dated and reason.on is not None]
    ahead = [reason for reason in found if today < (reason.on or today) <= until]
    return tuple(sorted(ahead, key=lambda reason: place(reason, today)[2:]))


def place(reason: Reason, today: date) -> tuple[int, int, float, date]:
    """Return where a reason stands among others: late, then today's, then what is ahead; then by rule and by lateness.

    Promises and plan steps go first, being the user's word; check-ins late by more of their own interval go first.
    """
    on = reason.on or today
    late = (today - on).days
    tier = _LATE if late > 0 else _NOW if late == 0 else _AHEAD
    if reason.rule in OCCASIONS | {Rule.APPLIED, Rule.MOVED}:
        tier = max(tier, _NOW)
    elif isinstance(reason, QuietReason | TargetReason):
        tier = _AHEAD
    ratio = 0.0
    if isinstance(reason, CheckInReason) and tier == _LATE and reason.every is not None:
        ratio = -late / max(reason.every.days(), 1.0)
    return tier, _STRENGTH[reason.rule], ratio, on


def is_muted(mutes: Iterable[Mute], rule: Rule | Offer, on: date) -> bool:
    """Say whether a rule or an offer is silent about a day."""
    return any(mute.rule is rule and (mute.until_on is None or on <= mute.until_on) for mute in mutes)


def _reasons(known: Known, today: date) -> Iterator[Reason]:
    """Yield every reason there could be, whatever the day, but those that a touch has answered or that are muted."""
    if not known.suggested:
        return
    last = known.check_in.last_touch_on or date.min
    for reason in _candidates(known, today):
        on = reason.on or today
        if known.never and reason.rule not in OWN_WORD:
            continue
        if reason.rule not in CHECK_INS and is_muted(known.muted, reason.rule, on):
            continue
        if last < _answered_from(reason):
            yield reason


def _candidates(known: Known, today: date) -> Iterator[Reason]:
    if known.check_in.on is not None:
        yield known.check_in
    yield from known.steps
    if known.familiar:
        yield from _occasions(known, today)
    yield from known.applied
    yield from known.moved
    if known.quiet is not None and (known.meeting_on is None or known.meeting_on < today):
        yield known.quiet
    yield from known.targets


def _occasions(known: Known, today: date) -> Iterator[OccasionReason]:
    for occasion in known.occasions:
        on = occasion.near(today)
        if on is None:
            continue
        years = on.year - occasion.year if occasion.year else 0
        if years > 0 or occasion.rule is not Rule.WORK_ANNIVERSARY:
            yield OccasionReason(occasion.rule, on, occasion.label, max(years, 0))


def _answered_from(reason: Reason) -> date:
    """Return the first day on which a touch answers a reason."""
    if isinstance(reason, OccasionReason):
        return reason.on - OCCASION_AHEAD
    return reason.on if isinstance(reason, AppliedReason | MovedReason | TargetReason) else _FOR_EVER


def _holds(reason: Reason, today: date) -> bool:
    first, last = _span(reason, today)
    return first <= today <= last


def _span(reason: Reason, today: date) -> tuple[date, date]:
    """Return the first and the last day a reason holds."""
    if isinstance(reason, CheckInReason):
        on = reason.on or today
        soon = max(reason.soon_on or on, on - SOON)
        return min(soon, on), _FOR_EVER
    if isinstance(reason, OccasionReason):
        return reason.on - OCCASION_AHEAD, reason.on + OCCASION_AFTER
    if isinstance(reason, QuietReason):
        ends = reason.losing_on - timedelta(days=1) if reason.losing_on else _FOR_EVER
        return reason.on, ends
    if isinstance(reason, AppliedReason | MovedReason):
        return reason.on, reason.on + (APPLIED if isinstance(reason, AppliedReason) else MOVED)
    return reason.on, _FOR_EVER
