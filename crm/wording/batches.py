"""Imports that were made, and what undoing one takes away, gives back and leaves."""

from collections.abc import Sequence

from crm.domain.batch import BatchFate, BatchRow, BatchUndo, Kept, KeptBecause
from crm.wording.imports import field
from crm.wording.speech import count, say

_FATES = {
    BatchFate.UNDOABLE: ("", ""),
    BatchFate.UNDONE: ("Undone", "neutral"),
    BatchFate.UNRECORDED: ("Can’t be undone any more", "neutral"),
}
_WHY = {
    KeptBecause.EDITED: "You changed this since",
    KeptBecause.TOUCHED: "You logged a touch",
    KeptBecause.IMPORTED_AGAIN: "A later import brought this too",
    KeptBecause.NEEDED: "Still in use",
}


def batch_files(files: Sequence[str]) -> str:
    """Return "contacts.vcf and 2 more", for an import without files "Pasted text"."""
    if not files:
        return say("Pasted text")
    more = len(files) - 1
    return count(more, "{first} and {n} more", "{first} and {n} more", first=files[0]) if more else files[0]


def batch_fate(fate: BatchFate) -> tuple[str, str]:
    """Return the words and the tone of an import's pill, both empty when it can be undone."""
    words, tone = _FATES[fate]
    return (say(words), tone) if words else ("", "")


def batch_counts(row: BatchRow) -> str:
    """Return "210 added · 9 updated · 3 already here · 1 couldn’t be read"."""
    counts = row.counts
    parts = []
    if counts.read or not row.touches:
        added = counts.new + counts.possible  # whom nobody decided on was added too
        parts.append(count(added, "{n} added", "{n} added"))
        parts.append(count(counts.updated, "{n} updated", "{n} updated"))
    if row.touches:
        parts.append(count(row.touches, "{n} touch", "{n} touches"))
    if counts.same:
        parts.append(count(counts.same, "{n} already here", "{n} already here"))
    if counts.left_out:
        parts.append(count(counts.left_out, "{n} left out", "{n} left out"))
    if counts.failed:
        parts.append(count(counts.failed, "{n} couldn’t be read", "{n} couldn’t be read"))
    return " · ".join(parts)


def batch_undo(undo: BatchUndo, *, done: bool = False) -> str:
    """Return "Takes away 210 people and 40 companies, restores 9 people, keeps 3 that changed since"."""
    gone = _named(undo.people_gone, undo.companies_gone, undo.touches_gone)
    restored = _named(undo.people_restored, undo.companies_restored, 0)
    parts = []
    if gone:
        parts.append(say("took away {what}" if done else "takes away {what}", what=gone))
    if restored:
        parts.append(say("restored {what}" if done else "restores {what}", what=restored))
    kept = sum(kept.why is not KeptBecause.NEEDED for kept in undo.kept)
    if kept:
        one = "kept {n} that changed since" if done else "keeps {n} that changed since"
        parts.append(count(kept, one, one))
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else say("There is nothing left to take away.")


def batch_kept(kept: Kept) -> str:
    """Return why something stays: "You changed this since: Phone, Title"."""
    why = say(_WHY[kept.why])
    return f"{why}: {', '.join(map(field, kept.fields))}" if kept.fields else why


def _named(people: int, companies: int, touches: int) -> str:
    """Return "210 people, 40 companies and 5 touches"."""
    parts = [
        count(people, "{n} person", "{n} people") if people else "",
        count(companies, "{n} company", "{n} companies") if companies else "",
        count(touches, "{n} touch", "{n} touches") if touches else "",
    ]
    named = [part for part in parts if part]
    return say(" and ").join(filter(None, (", ".join(named[:-1]), *named[-1:])))
