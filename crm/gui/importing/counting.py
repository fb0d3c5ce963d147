"""How many, in words: the review's title, what an import will do, what it did."""

from typing import TYPE_CHECKING

from crm.domain.card import CardKind
from crm.domain.importplan import ImportCounts
from crm.domain.news import count_news
from crm.wording import count, news_counts, say, touches_read

if TYPE_CHECKING:
    from crm.app.importing import ImportPlan


def title(plan: "ImportPlan") -> str:
    """Return "Review 412 contacts"."""
    if not plan.counts.read:
        return count(plan.basis.touches.read, "Review {n} touch", "Review {n} touches")
    return count(plan.counts.read, "Review {n} contact", "Review {n} contacts")


def go(plan: "ImportPlan") -> str:
    """Return "Import 397 contacts", the words on the button."""
    work, touches = plan.counts.work, len(plan.basis.touches.new)
    if work:
        return count(work, "Import {n} contact", "Import {n} contacts")
    return count(touches, "Import {n} touch", "Import {n} touches") if touches else say("Import")


def can_go(plan: "ImportPlan") -> bool:
    """Say whether importing does anything."""
    return bool(plan.counts.work or plan.basis.touches.new or plan.basis.comparison.gone)


def beside(plan: "ImportPlan") -> str:
    """Return what else the files tell: what changed since the last of them, what becomes of messages."""
    touches, gone = plan.basis.touches, len(plan.basis.comparison.gone)
    said = (
        news_counts(count_news(plan.news, gone)),
        touches_read(len(touches.new), touches.known, touches.strangers),
    )
    return "\n".join(filter(None, said))


def summary(plan: "ImportPlan") -> str:
    """Return "397 people and 118 companies will be added or updated. You can undo this import."."""
    touches = len(plan.basis.touches.new)
    if not plan.counts.work and not touches:
        return _nothing(plan)
    touched = plan.touched
    parts = [
        count(people, "{n} person", "{n} people") if (people := touched[CardKind.PERSON]) else "",
        count(companies, "{n} company", "{n} companies")
        if (companies := plan.companies_new + touched[CardKind.COMPANY])
        else "",
        count(tags, "{n} tag", "{n} tags") if (tags := touched[CardKind.GROUP]) else "",
        count(touches, "{n} touch", "{n} touches") if touches else "",
    ]
    return say("{what} will be added or updated. You can undo this import.", what=_listed(parts))


def result(counts: ImportCounts, touches: int) -> str:
    """Return "Added 371, updated 26, 12 already here, 3 couldn’t be read."."""
    parts = (
        (counts.new, say("added {n}", n=f"{counts.new:,}")),
        (counts.possible, say("added {n} who may be duplicates", n=f"{counts.possible:,}")),
        (counts.updated, say("updated {n}", n=f"{counts.updated:,}")),
        (touches, count(touches, "logged {n} touch", "logged {n} touches")),
        (counts.same, count(counts.same, "{n} already here", "{n} already here")),
        (counts.left_out, count(counts.left_out, "{n} left out", "{n} left out")),
        (counts.failed, count(counts.failed, "{n} couldn’t be read", "{n} couldn’t be read")),
    )
    words = ", ".join(words for number, words in parts if number)
    return f"{words[:1].upper()}{words[1:]}." if words else say("Nothing to import.")


def _nothing(plan: "ImportPlan") -> str:
    counts = plan.counts
    if plan.basis.comparison.gone:
        return say("Nothing to add. Importing notes who isn’t in the file any more.")
    if counts.left_out:
        return say("Nothing is ticked. Tick the contacts you want to import.")
    if counts.same or not counts.read:
        return say("Everything in this file is already here. There is nothing to import.")
    return say("None of these can be read. There is nothing to import.")


def _listed(parts: list[str]) -> str:
    """Return "a, b and c"."""
    named = [part for part in parts if part]
    if len(named) == 1:
        return named[0]
    return say("{first} and {last}", first=", ".join(named[:-1]), last=named[-1])
