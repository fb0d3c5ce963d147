"""The fields of people and companies side by side, in words: what a merge asks, in every room."""

from crm import wording
from crm.domain.comparing import Choosable, FieldLine
from crm.gui.widgets.side_by_side import SideLine


def side_line(line: FieldLine) -> SideLine:
    """Return a field as the columns show it; a picture is seen above them."""
    if line.field == Choosable.PHOTO:
        says = tuple(wording.say("This picture") if sha else "" for sha in line.says)
    else:
        says = tuple(wording.field_said(line.field, words) for words in line.says)
    return SideLine(line.field, wording.field(line.field), says, line.differs)
