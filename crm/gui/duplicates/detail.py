"""One cluster whole: why, side by side, one choice per differing field, and what to do with them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from crm import wording
from crm.domain.comparing import Choosable
from crm.domain.duplicates import Cluster, Member, SideBySide, Whose
from crm.gui import text
from crm.gui.paint import Face
from crm.gui.side_lines import side_line
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, scrolled
from crm.gui.widgets.pictures import photo_pixmap
from crm.gui.widgets.side_by_side import SideBySide as Columns
from crm.gui.widgets.side_by_side import SideHead
from crm.wording.speech import shortened

_NAME = 28  # letters of a name on a button


class ClusterPane(QFrame):
    """Shows a cluster. `merge_requested()` and `apart_requested()`; what was chosen is `.take` and `.left_out`."""

    merge_requested = Signal()
    apart_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Side by side"))
        self.found: SideBySide | None = None
        self._build_ui()
        self.columns.chosen.connect(self._say)
        self.columns.left_out_changed.connect(self._say)
        self.merge.clicked.connect(self.merge_requested)
        self.apart.clicked.connect(self.apart_requested)

    @property
    def take(self) -> dict[Choosable, int]:
        """Whose word holds, by field; nothing while nothing is shown."""
        members = self.found.members if self.found is not None else ()
        return {Choosable(key): members[at].id for key, at in self.columns.taken.items()}

    @property
    def left_out(self) -> tuple[int, ...]:
        """Those who are somebody else after all."""
        members = self.found.members if self.found is not None else ()
        return tuple(members[at].id for at in sorted(self.columns.left_out))

    def show_cluster(self, cluster: Cluster, found: SideBySide, photos: Mapping[str, bytes]) -> None:
        """Show these side by side; the choices start with whoever is known best."""
        self.found = found
        self._why.setText(wording.likeness(cluster.reasons) if cluster.reasons else "")
        self._why.setVisible(bool(cluster.reasons))
        square = found.whose is Whose.COMPANIES
        heads = [
            SideHead(
                Face(
                    one.name,
                    square=square,
                    photo=photo_pixmap(photos[one.photo]) if one.photo in photos else None,
                ),
                _under(one, found.whose),
            )
            for one in found.members
        ]
        self.columns.show_records(heads, [side_line(line) for line in found.lines], {})
        self._say()

    def _build_ui(self) -> None:
        self._why = PlainLabel("", "bodyStrong", wrap=True)
        ask = self.tr("Choose what to keep where they differ. Everything else of all of them stays.")
        self.columns = Columns(self.tr("Side by side"), excluding=True)
        inner = QWidget()
        add(
            column(inner, (24, 20, 24, 20), 12),
            add(column(gap=2), self._why, PlainLabel(ask, "small", "text2", wrap=True)),
            self.columns,
            None,
        )
        self.merge = Button("", Variant.PRIMARY, icon="git-merge")
        self.apart = Button(self.tr("Not the same"), Variant.PLAIN)
        self._stays = PlainLabel("", "small", "text2", wrap=True)
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        add(column(foot, (24, 10, 24, 12), 6), self._stays, Flow(self.merge, self.apart))
        add(column(self), (scrolled(inner, self.tr("Side by side")), 1), foot)

    def _say(self) -> None:
        """Say into whom they would be merged, and who stays apart."""
        found = self.found
        if found is None:
            return
        names = {one.id: text.one_line(one.name) for one in found.members}
        out = self.left_out
        staying = [one.id for one in found.members if one.id not in out]
        kept = self.take.get(Choosable.NAME, staying[0] if staying else 0)
        self.merge.setEnabled(len(staying) > 1)
        self.merge.set_label(
            self.tr("Merge into {name}").replace("{name}", shortened(names.get(kept, ""), _NAME))
        )
        self._stays.setText(
            self.tr("{names} stays apart, and is remembered as not the same.").replace(
                "{names}", ", ".join(names[one] for one in out)
            )
        )
        self._stays.setVisible(bool(out))


def _under(one: Member, whose: Whose) -> str:
    if whose is Whose.PEOPLE:
        held = wording.count(one.holds, "{n} touch", "{n} touches")
    else:
        held = wording.people_count(one.holds)
    return " · ".join(filter(None, (one.under, held if one.holds else "")))
