"""What notices say: the one of the day, and the brief before an interview."""

from collections.abc import Sequence
from datetime import date

from crm.domain.interview import InterviewRow
from crm.wording.opportunities import interview_when
from crm.wording.speech import count, say

_NAMED = 2


def digest(names: Sequence[str], *, hidden: bool = False) -> str:
    """Return "5 check-ins today: Maya Lindqvist, Tomás Ferreira and 3 more."; without names where they are `hidden`."""
    total = len(names)
    if hidden or not names:
        return count(total, "{n} check-in today.", "{n} check-ins today.")
    named = ", ".join(names[:_NAMED])
    rest = total - _NAMED
    if rest <= 0:
        return count(total, "{n} check-in today: {names}.", "{n} check-ins today: {names}.", names=named)
    more = count(rest, "{n} more", "{n} more")
    return count(total, "", "{n} check-ins today: {names} and {more}.", names=named, more=more)


def brief_notice(held: InterviewRow, today: date, *, hidden: bool = False) -> str:
    """Return "Tomorrow, 14:00: interview with Orbital Labs. Your brief is ready."; without the name where it is `hidden`."""
    when = interview_when(held.draft, today)
    if hidden:
        return say("{when}: an interview. Your brief is ready.", when=when)
    who = held.company or held.title
    return say("{when}: interview with {who}. Your brief is ready.", when=when, who=who)
