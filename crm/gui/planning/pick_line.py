"""One person of the suggested plan: in or out, why, how often, from when."""

from datetime import date

from PySide6.QtCore import Signal, Slot

from crm import wording
from crm.domain.cadence import Interval, parse_interval
from crm.domain.planning import Pick, PickReason
from crm.gui import text
from crm.gui.theme import px
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.cards import CardRow
from crm.gui.widgets.fields import CheckBox, Select
from crm.gui.widgets.labels import ElidedLabel, PlainLabel
from crm.gui.widgets.layouts import add, column
from crm.gui.widgets.layouts import row as row_of
from crm.gui.widgets.pill import Pill

_USUAL = ("2 weeks", "4 weeks", "6 weeks", "2 months", "3 months", "4 months", "6 months", "1 year")
_TONES = {
    PickReason.TARGET: "brand",
    PickReason.HIRING: "ok",
    PickReason.PROMISED: "info",
    PickReason.STARRED: "warn",
    PickReason.WORKED: "brand",
}


class PickLine(CardRow):
    """`changed()` when the person is ticked, unticked or given another interval."""

    changed = Signal()

    def __init__(self, pick: Pick, today: date, *, included: bool, compact: bool) -> None:
        reasons = ", ".join(map(wording.pick_reason, pick.choice.reasons))
        first = wording.weekday_day(pick.choice.on, today)
        super().__init__(int(pick.row.id), f"{pick.row.name}. {reasons}. {first}", height=64)
        self.pick = pick
        self._box = CheckBox("", checked=included)
        self._box.setAccessibleName(self.tr("Keep {name} warm").replace("{name}", pick.row.name))
        self._often = Select()
        usual = [every for every in map(parse_interval, _USUAL) if every is not None]
        offered = [*usual, *([] if pick.choice.every in usual else [pick.choice.every])]
        self._often.set_options([(every, wording.interval(every)) for every in offered])
        self._often.choose(pick.choice.every)
        self._often.setAccessibleName(self.tr("How often with {name}").replace("{name}", pick.row.name))
        self._often.setFixedWidth(px(150))
        self._build(compact, first)
        self._box.toggled.connect(self._on_changed)
        self._often.chosen.connect(self._on_changed)

    @property
    def included(self) -> bool:
        """Whether this person is in the plan."""
        return self._box.isChecked()

    @property
    def every(self) -> Interval:
        """How often."""
        value = self._often.value
        return value if isinstance(value, Interval) else self.pick.choice.every

    def _build(self, compact: bool, first: str) -> None:
        row = self.pick.row
        about = ", ".join(part for part in (row.title, row.company) if part)
        name, where = ElidedLabel(row.name, "bodyStrong"), ElidedLabel(about, "small", "text2")
        words = add(column(), None, name, where, None)
        strongest = self.pick.choice.reasons[0]
        pill = Pill(wording.pick_reason(strongest), _TONES.get(strongest, "neutral"))
        pill.setToolTip(text.plain_tooltip("\n".join(map(wording.pick_reason, self.pick.choice.reasons))))
        day = PlainLabel(first, "small", "text2")
        day.setFixedWidth(px(84))
        add(self.body, self._box, 10, Avatar(row.name, 36), 10, (words, 2), 10)
        if not compact:
            why = add(row_of(), pill, None)
            add(self.body, (why, 1), 8)
        add(self.body, self._often, 12, day)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
