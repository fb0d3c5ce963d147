"""What changed about somebody since an earlier file, in words."""

from crm.domain.news import News, NewsKind
from crm.domain.person import PositionDraft
from crm.wording.speech import say


def news(what: News, program: str = "") -> str:
    """Return "Moved from Acme to Globex", "New title: Head of Design (was Designer)"."""
    was, became = what.was or PositionDraft(""), what.became or PositionDraft("")
    if what.kind is NewsKind.MOVED:
        return say("Moved from {was} to {now}", was=was.company, now=became.company)
    if what.kind is NewsKind.NEW_TITLE:
        return say("New title: {now} (was {was})", was=was.title, now=became.title)
    if what.kind is NewsKind.CONNECTED:
        return say("Newly connected on {program}", program=program) if program else say("Newly connected")
    return (
        say("Not in the file of {program} any more", program=program)
        if program
        else say("Not in the file any more")
    )
