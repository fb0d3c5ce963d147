"""Ways into a company and introductions, in words."""

from datetime import date

from crm.domain.introduction import Introduction, IntroductionDraft, IntroductionState, Way, WayKind
from crm.wording.days import ago, day
from crm.wording.speech import say

_STATES = {
    IntroductionState.ASKED: "Asked",
    IntroductionState.AGREED: "Agreed",
    IntroductionState.MADE: "Made",
    IntroductionState.DECLINED: "Declined",
    IntroductionState.LAPSED: "Lapsed",
}
_NAMED = 2


def way(found: Way) -> str:
    """Return how somebody leads to a company: "Talent Partner, there now", "Analyst, 2019–2024", "Introduced you to Zoë, who is there"."""
    names = ", ".join(name for _, name in found.through[:_NAMED])
    if len(found.through) > _NAMED:
        names = say("{names} and {n} more", names=names, n=len(found.through) - _NAMED)
    role = _role(found)
    if found.kind is WayKind.HERE:
        return say("{role}, there now", role=role) if role else say("Works there now")
    if found.kind is WayKind.LEFT:
        return say("{role}, {years}", role=role or say("Worked there"), years=_years(found))
    if found.kind is WayKind.INTRODUCED:
        return say("Introduced you to {names}", names=names)
    return say("Knows {names}", names=names)


def _role(found: Way) -> str:
    """Return "Analyst", "Analyst at Orbital GmbH" where the company has that other name, "" where nothing is known."""
    if not found.at:
        return found.title
    if not found.title:
        return say("At {company}", company=found.at)
    return say("{title} at {company}", title=found.title, company=found.at)


def _years(found: Way) -> str:
    """Return when somebody was there: "2019–2024", "until 2024", "from 2019"; where that isn't known "before"."""
    since, until = found.from_on, found.until_on
    if since and until and since.year != until.year:
        return f"{since.year}–{until.year}"
    if until:
        return str(until.year) if since else say("until {year}", year=until.year)
    return say("from {year}", year=since.year) if since else say("before")


def way_facts(found: Way, today: date) -> str:
    """Return what else speaks for a way: "Answered before · last touch 3 weeks ago"."""
    parts = [
        say("answered before") if found.answered else "",
        say("last touch {when}", when=ago(found.last_touch_on, today))
        if found.last_touch_on
        else say("no touch yet"),
        say("asked {when}", when=ago(found.asked_on, today))
        if found.asked_on and found.asked_lately(today)
        else "",
    ]
    said = " · ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def introduction_state(state: IntroductionState) -> str:
    """Return "Asked", "Agreed", "Made", "Declined", "Lapsed"."""
    return say(_STATES[state])


def introduction(found: Introduction, today: date) -> str:
    """Return "Ana Lima, to Zoë · Asked 3 Mar"."""
    who = found.connector
    asked = (
        say("{who}, to {to}", who=who, to=found.to) if found.to else say("{who}, to somebody there", who=who)
    )
    return f"{asked} · {introduction_state(found.state)} {day(found.since_on, today)}"


def introduction_step(draft: IntroductionDraft, connector: str, to: str, company: str) -> str:
    """Return the title of the step that asks: "Ask Ana Lima to introduce me to Zoë at Halden Systems"."""
    if to or draft.to_name:
        return say(
            "Ask {who} to introduce me to {to} at {company}",
            who=connector,
            to=to or draft.to_name,
            company=company,
        )
    return say("Ask {who} whom they know at {company}", who=connector, company=company)
