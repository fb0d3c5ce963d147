"""What an event in the user's calendar says, and what to tell after an export."""

from crm.domain.agenda import CheckInRow
from crm.domain.feed import FeedState
from crm.domain.ledger import Delta
from crm.wording.cadences import dated_reason
from crm.wording.errors import error_line
from crm.wording.speech import count, say


def calendar_text(row: CheckInRow) -> tuple[str, str]:
    """Return the title and the description of a check-in's event; both stay the same until the data change."""
    work = ", ".join(part for part in (row.person.title, row.person.company) if part)
    lines = (work, dated_reason(row.reason), row.phone, row.email)
    return say("Check in: {name}", name=row.person.name), "\n".join(line for line in lines if line)


def changed_since(delta: Delta) -> str:
    """Return "Since the last export: 3 new, 2 moved, 1 cancelled."; '' for a first one."""
    if delta.since_at is None:
        return ""
    if not delta.any:
        return say("Nothing changed since the last export.")
    parts = (
        (delta.new, say("{n} new", n=delta.new)),
        (delta.moved, say("{n} moved", n=delta.moved)),
        (delta.gone, say("{n} cancelled", n=delta.gone)),
    )
    return say("Since the last export: {what}.", what=", ".join(words for n, words in parts if n))


def exported(check_ins: int, file: str) -> str:
    """Return "86 check-ins saved to check-ins.ics."."""
    return count(check_ins, "{n} check-in saved to {file}.", "{n} check-ins saved to {file}.", file=file)


def feed_state(state: FeedState) -> str:
    """Return how a kept file stands: "12 events, up to date.", or why it can't be written."""
    if state.error is not None:
        return error_line(state.error)
    return count(state.events, "{n} event, up to date.", "{n} events, up to date.")
