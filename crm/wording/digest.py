"""The one notice a day."""

from collections.abc import Sequence

from crm.wording.speech import count

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
