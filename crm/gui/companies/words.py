"""What the page of a company says of it."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from crm import wording
from crm.domain.cadence import Interval
from crm.domain.company import CompanyCard
from crm.domain.introduction import WayKind
from crm.domain.touch import UNCOUNTED_KINDS, TouchRow
from crm.gui.checkins.kinds import KIND_ICONS
from crm.gui.companies.asking import Sight
from crm.gui.widgets.stat_bar import Stat
from crm.gui.widgets.timeline import Entry

EVERY = "every"


def facts(card: CompanyCard) -> tuple[str, ...]:
    """Return what is known of a company: industry, size, place."""
    draft = card.draft
    return tuple(part for part in (draft.industry, draft.size, draft.place) if part)


def stats(sight: Sight, today: date) -> tuple[Stat, ...]:
    """Return the four facts of the page."""
    return (_known(sight.card), _warmest(sight), _last(sight, today), _every(sight.card.draft.every))


def entry(touch: TouchRow, today: date) -> Entry:
    """Return a touch as the timeline shows it."""
    who = names(touch)
    title = wording.touch_title(touch.kind, touch.direction, who)
    if touch.kind in UNCOUNTED_KINDS:
        title = tr("Note about {who}").format(who=who)
    return Entry(
        KIND_ICONS[touch.kind],
        "neutral" if touch.kind in UNCOUNTED_KINDS else "info",
        title,
        wording.day(touch.on, today),
        touch.note,
        when_in_full=wording.full_day(touch.on),
    )


def names(touch: TouchRow) -> str:
    """Return with whom a touch was: two names, or one and how many more."""
    people = [name for _, name in touch.people]
    if len(people) == 2:
        return tr("{one} and {other}").format(one=people[0], other=people[1])
    if len(people) > 2:
        return tr("{one} and {n} more").format(one=people[0], n=len(people) - 1)
    return people[0] if people else ""


def often(every: Interval | None) -> str:
    """Return a company's rule in words."""
    return wording.interval(every) if every else tr("No rule")


def tr(words: str) -> str:
    """Return words of the page in the user's language."""
    return QCoreApplication.translate("Company", words)


def _known(card: CompanyCard) -> Stat:
    now, past = len(card.now), len(card.past)
    value = wording.people_count(now) if now else tr("Nobody yet")
    sub = wording.count(past, "{n} used to work here", "{n} used to work here") if past else ""
    return Stat(tr("People you know"), value, sub)


def _last(sight: Sight, today: date) -> Stat:
    on = sight.card.row.last_touch_on
    if on is None:
        return Stat(tr("Last touch here"), tr("No touch yet"))
    ago = wording.ago(on, today)
    touch = next((one for one in sight.touches if one.on == on and one.kind not in UNCOUNTED_KINDS), None)
    who = sight.card.last_touched
    if touch is not None:
        kind = wording.touch_kind(touch.kind)
        who = tr("{who}, {kind}").format(who=names(touch), kind=kind.lower())
    return Stat(tr("Last touch here"), ago[:1].upper() + ago[1:], who)


def _every(every: Interval | None) -> Stat:
    sub = tr("For people here") if every else tr("People follow their own rules")
    value = often(every)
    sentence = tr("Check in: {often}. Change").format(often=value)
    return Stat(tr("Check in"), value, sub, EVERY, sentence=sentence)


def _warmest(sight: Sight) -> Stat:
    """Return who is closest of those there now; the ways in stand in that order."""
    best = next((way for way in sight.ways.ways if way.kind is WayKind.HERE), None)
    touches = sight.card.touches
    said = wording.count(touches, "{n} touch with people here", "{n} touches with people here")
    if best is None or best.last_touch_on is None:
        return Stat(tr("Warmest contact"), tr("Nobody yet"), said if touches else "")
    level = wording.warmth_level(best.level)
    return Stat(tr("Warmest contact"), best.name, tr("{level}, {touches}").format(level=level, touches=said))
