"""What was noticed at companies, in words."""

import textwrap
from datetime import date

from crm.domain.plan import StepState
from crm.domain.watch import NoticedDraft, NoticedKind, NoticedRow
from crm.wording.days import day, in_sentence
from crm.wording.speech import say

_KINDS = {NoticedKind.NEWS: "News", NoticedKind.POST: "Post", NoticedKind.OPENING: "Opening"}
_STEPS = {
    NoticedKind.NEWS: "Take up the news about {company}: {text}",
    NoticedKind.POST: "Comment on the post by {company}: {text}",
    NoticedKind.OPENING: "Look into the opening at {company}: {text}",
}
_LONGEST = 80  # what of a note stands in the title of a step


def noticed_kind(kind: NoticedKind) -> str:
    """Return "News", "Post", "Opening"."""
    return say(_KINDS[kind])


def noticed_words(draft: NoticedDraft) -> str:
    """Return what was noticed; where it can be read when that is all there is."""
    return draft.text or draft.link


def noticed_about(row: NoticedRow, today: date) -> str:
    """Return "Post · Yesterday · Comment on their post, Fri": the kind, the day, and what is to be done about it."""
    step = row.engagement
    what = ""
    if step is not None and step.state is StepState.OPEN:
        what = (
            say("{step}, {day}", step=step.title, day=in_sentence(step.on, today)) if step.on else step.title
        )
    elif step is not None:
        what = say("done") if step.state is StepState.DONE else say("let go")
    return " · ".join(part for part in (noticed_kind(row.draft.kind), day(row.draft.on, today), what) if part)


def noticed(row: NoticedRow, today: date) -> str:
    """Return "Post, 3 Mar: Series C closed"."""
    kind, when = noticed_kind(row.draft.kind), day(row.draft.on, today)
    return say("{kind}, {day}: {text}", kind=kind, day=when, text=noticed_words(row.draft))


def engage_step(draft: NoticedDraft, who: str, company: str) -> str:
    """Return a title for the step about a note: "Comment on the post by Orbital: Series C closed"."""
    text = textwrap.shorten(noticed_words(draft), _LONGEST, placeholder="…")
    if who:
        return say("Write to {who} about {company}: {text}", who=who, company=company, text=text)
    return say(_STEPS[draft.kind], company=company, text=text)
