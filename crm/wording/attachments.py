"""Words for files kept with opportunities."""

from datetime import date

from crm.domain.attachment import AttachmentKind, AttachmentRow
from crm.wording.days import short_day
from crm.wording.speech import say

_KINDS = {
    AttachmentKind.RESUME: "Résumé",
    AttachmentKind.COVER_LETTER: "Cover letter",
    AttachmentKind.OTHER: "Other file",
}
_KB = 1024
_SOME = 2


def attachment_kind(which: AttachmentKind) -> str:
    """Return "Cover letter"."""
    return say(_KINDS[which])


def attachment_about(row: AttachmentRow, today: date, held: str = "") -> str:
    """Return "Résumé · 210 KB · added 3 Oct · also at Lumen Grid"; `held` is the round it is about."""
    added = say("added {day}", day=short_day(row.added_on, today))
    what = "" if row.kind is AttachmentKind.OTHER else attachment_kind(row.kind)
    parts = [*filter(None, (what, held)), file_size(row.size), added]
    if row.elsewhere:
        more = len(row.elsewhere) - _SOME
        where = ", ".join(row.elsewhere[:_SOME]) + (f" +{more}" if more > 0 else "")
        parts.append(say("also at {where}", where=where))
    return " · ".join(parts)


def file_size(size: int) -> str:
    """Return "210 KB" or "1.4 MB"."""
    if size < _KB * _KB:
        return say("{n} KB", n=max(1, round(size / _KB)))
    return say("{n} MB", n=f"{size / _KB / _KB:.1f}")
