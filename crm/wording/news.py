"""What changed about somebody since an earlier file, in words."""

from collections.abc import Mapping

from crm.domain.news import News, NewsKind
from crm.domain.person import PositionDraft
from crm.wording.speech import count, say

_COUNTED = {
    NewsKind.MOVED: ("{n} moved to another company", "{n} moved to another company"),
    NewsKind.NEW_TITLE: ("{n} with a new title", "{n} with a new title"),
    NewsKind.CONNECTED: ("{n} newly connected", "{n} newly connected"),
    NewsKind.VANISHED: ("{n} not in the file any more", "{n} not in the file any more"),
}


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


def news_counts(counts: Mapping[NewsKind, int]) -> str:
    """Return "Since the last file: 2 moved to another company, 1 newly connected.", '' when nothing changed."""
    told = [count(counts[kind], one, many) for kind, (one, many) in _COUNTED.items() if counts.get(kind)]
    return say("Since the last file: {what}.", what=", ".join(told)) if told else ""
