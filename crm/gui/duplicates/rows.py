"""One cluster in the list: who may be the same, and why."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF

from crm import wording
from crm.domain.duplicates import Cluster, Whose
from crm.gui import paint, text, theme
from crm.gui.paint import Face, Mirror, RowState, Style
from crm.gui.theme import px
from crm.gui.widgets.big_list import RowDelegate

HEIGHT = 64
_AVATAR, _GAP, _LAP = 28, 10, 6
_FACES = 2


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster as a row; its id is its place in the list."""

    id: int
    cluster: Cluster

    @property
    def names(self) -> str:
        """The names, each once."""
        return ", ".join(dict.fromkeys(map(text.one_line, self.cluster.names)))

    @property
    def why(self) -> str:
        """The reasons, or that the user chose them."""
        if self.cluster.reasons:
            return wording.likeness(self.cluster.reasons)
        return wording.say("Chosen by you")


def describe(row: ClusterRow) -> str:
    """Return the cluster as a screen reader says it."""
    return f"{row.names}. {row.why}. {len(row.cluster.ids)}"


class ClusterDelegate(RowDelegate):
    """Draws a cluster: two faces, the names, why, and how many."""

    height = HEIGHT

    def draw(self, m: Mirror, rect: QRectF, row: Any, state: RowState) -> None:  # noqa: ARG002 - the base's own
        one: ClusterRow = row
        side, lap = px(_AVATAR), px(_LAP)
        square = one.cluster.whose is Whose.COMPANIES
        x = rect.x() + px(12)
        top = rect.center().y() - side / 2
        for at, name in reversed(list(enumerate(one.cluster.names[:_FACES]))):
            paint.avatar(m, QRectF(x + at * (side - lap), top, side, side), Face(name, square=square))
        start = x + side + (side - lap) + px(_GAP)
        number = f"{len(one.cluster.ids)}"
        room = rect.right() - start - px(12)
        wide = paint.width(number, "captionMedium") + px(10)
        upper, lower = theme.line("bodyMedium"), theme.line("small")
        above = rect.center().y() - (upper + lower) / 2
        paint.text(m, QRectF(start, above, room - wide, upper), one.names, Style("bodyMedium"))
        paint.text(m, QRectF(start, above + upper, room, lower), one.why, Style("small", "text2"))
        spot = QRectF(rect.right() - px(12) - wide, above, wide, upper)
        paint.text(m, spot, number, Style("captionMedium", "text3", paint.END, tabular=True))
