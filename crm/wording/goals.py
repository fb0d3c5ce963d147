"""Words for the goals of a week: how much there is of what was meant, without praise or blame."""

from crm.domain.goal import Progress
from crm.domain.report import Effort
from crm.wording.speech import count, say

_NAMES = {
    Effort.MESSAGE: "Messages sent",
    Effort.APPLICATION: "Applications",
    Effort.PRACTICE: "Practice sessions",
}
_OF = {
    Effort.MESSAGE: ("{done} of {n} message", "{done} of {n} messages"),
    Effort.APPLICATION: ("{done} of {n} application", "{done} of {n} applications"),
    Effort.PRACTICE: ("{done} of {n} practice session", "{done} of {n} practice sessions"),
}


def goal_name(effort: Effort) -> str:
    """Return "Messages sent"."""
    return say(_NAMES[effort])


def goal_progress(seen: Progress) -> str:
    """Return "2 of 3 messages"; what is more than meant is told as it is: "4 of 3 messages"."""
    return count(seen.goal.per_week, *_OF[seen.goal.effort], done=f"{seen.done:,}")
