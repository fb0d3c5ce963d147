"""What becomes of meetings, in words."""

from collections.abc import Mapping, Sequence

from crm.domain.meeting import Clue, Fate, MeetingLine
from crm.wording.speech import count, say

_FATES = {
    Fate.TOUCH: ("{n} touch to log", "{n} touches to log"),
    Fate.AHEAD: ("{n} ahead", "{n} ahead"),
    Fate.GONE: ("{n} cancelled", "{n} cancelled"),
    Fate.LOGGED: ("{n} logged already", "{n} logged already"),
    Fate.SAME: ("{n} known", "{n} known"),
    Fate.REPEATED: ("{n} more of a series", "{n} more of their series"),
    Fate.NOBODY: ("{n} with nobody you have here", "{n} with nobody you have here"),
    Fate.CROWD: ("{n} with too many people", "{n} with too many people"),
    Fate.CANCELLED: ("{n} that was called off", "{n} that were called off"),
}


def meeting_fate(fate: Fate) -> str:
    """Return what becomes of one meeting: "Touch", "Ahead", "Known"."""
    return {
        Fate.TOUCH: say("Touch"),
        Fate.AHEAD: say("Ahead"),
        Fate.GONE: say("Cancelled"),
        Fate.LOGGED: say("Logged already"),
        Fate.SAME: say("Known"),
        Fate.REPEATED: say("Of a series"),
        Fate.NOBODY: say("Nobody here"),
        Fate.CROWD: say("Too many people"),
        Fate.CANCELLED: say("Called off"),
    }[fate]


def meeting_counts(counts: Mapping[Fate, int]) -> str:
    """Return "3 touches to log, 2 ahead, 40 with nobody you have here"; "" without any."""
    return ", ".join(count(counts[fate], *words) for fate, words in _FATES.items() if counts.get(fate))


def meetings_waiting(waiting: Sequence[MeetingLine]) -> str:
    """Return "Did you meet Ana Lima and 2 others? Your calendar says so."."""
    names = list(dict.fromkeys(name for line in waiting for _, name in line.people))
    first = names[0] if names else ""
    if len(names) == 1:
        return say("Did you meet {name}? Your calendar says so.", name=first)
    others = len(names) - 1
    return count(
        others,
        "Did you meet {name} and one other? Your calendar says so.",
        "Did you meet {name} and {n} others? Your calendar says so.",
        name=first,
    )


def clue(found: Clue) -> str:
    """Return how somebody was recognised."""
    return {
        Clue.ADDRESS: say("by e-mail address"),
        Clue.NAME: say("by name"),
        Clue.TITLE: say("named in the title"),
    }[found]
