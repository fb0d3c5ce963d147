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
    parts = [
        count(counts.new, "{n} added", "{n} added"),
        count(counts.updated, "{n} updated", "{n} updated"),
    ]
    if counts.same:
        parts.append(count(counts.same, "{n} already here", "{n} already here"))
    if counts.left_out:
        parts.append(count(counts.left_out, "{n} left out", "{n} left out"))
    if counts.failed:
        parts.append(count(counts.failed, "{n} couldn’t be read", "{n} couldn’t be read"))
    return " · ".join(parts)


def batch_undo(undo: BatchUndo, *, done: bool = False) -> str:
    """Return "Takes away 210 people and 40 companies, restores 9, keeps 3 you changed since"."""
    gone = _people_and_companies(undo.people_gone, undo.companies_gone)
    restored = undo.people_restored + undo.companies_restored
    parts = []
    if gone:
        parts.append(say("took away {what}" if done else "takes away {what}", what=gone))
    if restored:
        one = "restored {n}" if done else "restores {n}"
        parts.append(count(restored, one, one))
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


def _people_and_companies(people: int, companies: int) -> str:
    parts = []
    if people:
        parts.append(count(people, "{n} person", "{n} people"))
    if companies:
        parts.append(count(companies, "{n} company", "{n} companies"))
    return say(" and ").join(parts)
