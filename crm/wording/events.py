"""Events, in words."""

from datetime import date

from crm.domain.event import EventRow, EventStatus, EventType
from crm.wording.days import weekday_day
from crm.wording.speech import count, say

_KINDS = {
    EventType.MEETUP: "Meetup",
    EventType.FAIR: "Job fair",
    EventType.CONFERENCE: "Conference",
    EventType.WEBINAR: "Webinar",
    EventType.GROUP: "Group",
    EventType.MENTOR: "Mentor",
    EventType.OTHER: "Other",
}
_STATUSES = {
    EventStatus.INTERESTED: "Interested",
    EventStatus.GOING: "Going",
    EventStatus.WENT: "Went",
    EventStatus.MISSED: "Didn’t go",
}


def event_type(kind: EventType) -> str:
    """Return "Job fair"."""
    return say(_KINDS[kind])


def event_status(status: EventStatus) -> str:
    """Return "Going"."""
    return say(_STATUSES[status])


def event_about(row: EventRow, today: date) -> str:
    """Return "Job fair · Thu 12 Mar · Lisbon"."""
    on = row.draft.held_on
    parts = (event_type(row.draft.kind), weekday_day(on, today) if on else say("goes on"), row.draft.place)
    return " · ".join(part for part in parts if part)


def event_people(row: EventRow) -> str:
    """Return who may be there or was met: "4 people you know may be there", "Met Ana Lima and 3 others"."""
    if row.met:
        first, others = row.met[0][1], len(row.met) - 1
        if not others:
            return say("Met {name}", name=first)
        return count(others, "Met {name} and one other", "Met {name} and {n} others", name=first)
    if row.people:
        return count(
            len(row.people), "{name} may be there", "{n} people you know may be there", name=row.people[0][1]
        )
    return ""


def event_outcome(row: EventRow) -> str:
    """Return what came of it: "Of 5 met, 3 talked to again, 1 opportunity, 1 introduction"; "" when nobody was met."""
    came = row.outcome
    if not came.met:
        return ""
    parts = [
        say("{n} talked to again", n=came.touched),
        count(came.opportunities, "{n} opportunity", "{n} opportunities") if came.opportunities else "",
        count(came.introductions, "{n} introduction", "{n} introductions") if came.introductions else "",
    ]
    return say("Of {n} met: {what}", n=came.met, what=", ".join(part for part in parts if part))


def follow_up_title() -> str:
    """Return the title of the steps after an event, its fields left open."""
    return say("Follow up with {name} after {event}", name="{name}", event="{event}")
