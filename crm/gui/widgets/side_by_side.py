"""Two to five records side by side, and one choice for each field in which they differ.

`SideBySide("The two people")`, then `.show_records(heads, lines, taken)`. `chosen(str, int)` tells the field and the
column whose word was chosen, `.taken` all choices; `left_out_changed()` that a column was ticked out, `.left_out` which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QWidget

from crm.gui import paint, text, theme
from crm.gui.paint import Face
from crm.gui.theme import px
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.fields import CheckBox
from crm.gui.widgets.labels import ElidedLabel, PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row

_LEAST, _TALL = 96, 34
_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class SideHead:
    """Who a column is."""

    face: Face
    under: str = ""


@dataclass(frozen=True, slots=True)
class SideLine:
    """A field, and what each column says in it; `asks` for one of them, else all are kept."""

    key: str
    label: str
    says: tuple[str, ...]
    asks: bool = False


class ChoiceBox(QRadioButton):
    """One of the values of a field; a radio button in a box as wide as its column."""

    def __init__(self, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text.literal(words), parent)
        self._words = text.one_line(words)
        self.setAccessibleName(name)
        self.setToolTip(text.plain_tooltip(words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        tall = max(px(_TALL), theme.line("small") + px(12))
        return QSize(max(px(_LEAST), paint.width(self._words, "small") + px(44)), tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(_LEAST), self.sizeHint().height())

    def hitButton(self, spot: QPoint) -> bool:
        return self.rect().contains(spot)

    def paintEvent(self, _event: QPaintEvent) -> None:
        on, able = self.isChecked(), self.isEnabled()
        around = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        side = px(14)
        dot = QRectF(px(10), (self.height() - side) / 2, side, side)
        with paint.Mirror.on(self) as m:
            ground = "accent_tint" if on and able else "hover" if self.underMouse() and able else "surface"
            paint.box(m, around, px(8), ground, "accent" if on and able else "field")
            paint.box(
                m, dot, side / 2, "accent" if on and able else "surface", "" if on and able else "field"
            )
            if on:
                paint.box(
                    m, dot.adjusted(px(4), px(4), -px(4), -px(4)), px(3), "onaccent" if able else "field"
                )
            start = dot.right() + px(8)
            words = QRectF(start, 0, self.width() - start - px(8), self.height())
            paint.text(m, words, self._words, paint.Style("small", "text" if able else "text3"))
            if self.hasFocus():
                paint.focus_ring(m, self.rect(), px(8))


class SideBySide(QWidget):
    """The columns. With `excluding` each of three and more has a tick that says it is one of them."""

    chosen = Signal(str, int)
    left_out_changed = Signal()

    def __init__(self, name: str, *, excluding: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._excluding = excluding
        self._groups: dict[str, QButtonGroup] = {}
        self._ticks: list[CheckBox] = []
        self._columns: list[list[QWidget]] = []
        self._lines = column(self, gap=0)
        self._grid = QGridLayout()

    @property
    def taken(self) -> dict[str, int]:
        """The column whose word holds, by field; a column left out has none."""
        return {key: group.checkedId() for key, group in self._groups.items() if group.checkedId() >= 0}

    @property
    def left_out(self) -> frozenset[int]:
        """The columns that are somebody else after all."""
        return frozenset(at for at, tick in enumerate(self._ticks) if not tick.isChecked())

    def show_records(
        self, heads: Sequence[SideHead], lines: Sequence[SideLine], taken: Mapping[str, int]
    ) -> None:
        """Show these; where `taken` has no field, the first who says something in it is chosen."""
        clear(self._lines)
        for group in self._groups.values():
            group.deleteLater()
        self._groups, self._ticks, self._columns = {}, [], [[] for _ in heads]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(4))
        for at, head in enumerate(heads):
            self._grid.setColumnStretch(at, 1)
            self._grid.setColumnMinimumWidth(at, px(_LEAST))
            self._grid.addWidget(self._head(head, ticked=self._excluding and len(heads) > 2), 0, at, _TOP)
        for line in lines:
            self._add_line(line, [head.face.name for head in heads], taken)
        self._lines.addLayout(self._grid)

    def _head(self, head: SideHead, *, ticked: bool) -> QWidget:
        made = QWidget()
        named = column(gap=0)
        add(named, ElidedLabel(head.face.name, "smallStrong"))
        if head.under:
            add(named, ElidedLabel(head.under, "caption", "text2"))
        face = head.face
        avatar = Avatar(face.name, 32, square=face.square, photo=face.photo)
        lines = add(column(made, (0, 0, 0, 6), 6), add(row(gap=8), (avatar, _TOP), (named, 1)))
        if ticked:
            tick = CheckBox(self.tr("One of them"), checked=True)
            tick.setAccessibleDescription(text.one_line(face.name))
            tick.toggled.connect(lambda _on: self._on_tick_toggled())
            self._ticks.append(tick)
            add(lines, tick)
        return made

    def _add_line(self, line: SideLine, names: Sequence[str], taken: Mapping[str, int]) -> None:
        different = len({words for words in line.says if words})
        agree = different == 1 and all(line.says)
        place, wide = self._grid.rowCount(), len(line.says)
        label = PlainLabel(self._labelled(line, different, agree=agree), "caption", "text2", wrap=True)
        label.setContentsMargins(0, px(6), 0, 0)
        self._grid.addWidget(label, place, 0, 1, wide)
        if agree:
            same = PlainLabel(text.breakable(line.says[0]), "small", wrap=True)
            self._grid.addWidget(same, place + 1, 0, 1, wide)
            return
        boxes: dict[int, ChoiceBox] = {}
        for at, said in enumerate(line.says):
            if line.asks and said:
                name = f"{line.label}: {text.one_line(said)} ({text.one_line(names[at])})"
                box = boxes[at] = ChoiceBox(said, name)
                part: QWidget = box
            else:
                tone = "text" if said else "text3"
                part = PlainLabel(text.breakable(said) or "—", "small", tone, wrap=True)
            self._columns[at].append(part)
            self._grid.addWidget(part, place + 1, at, _TOP)
        if boxes:
            self._ask(line.key, boxes, taken.get(line.key, -1))

    def _ask(self, key: str, boxes: Mapping[int, ChoiceBox], taken: int) -> None:
        """Let one of these be chosen: the one `taken`, else the first."""
        group = QButtonGroup(self)
        for at, box in boxes.items():
            group.addButton(box, at)
        boxes.get(taken, next(iter(boxes.values()))).setChecked(True)
        group.idToggled.connect(lambda at, on: self._on_chosen(key, at, on))
        self._groups[key] = group

    def _labelled(self, line: SideLine, different: int, *, agree: bool) -> str:
        if agree:
            note = self.tr("the same in both") if len(line.says) == 2 else self.tr("the same in all")
        else:
            note = self.tr("all are kept") if different > 1 and not line.asks else ""
        return f"{line.label} · {note}" if note else line.label

    def _on_chosen(self, key: str, at: int, on: bool) -> None:
        if on:
            self.chosen.emit(key, at)

    def _on_tick_toggled(self) -> None:
        """Let a column left out say nothing any more; its words go to the first that stays."""
        out = self.left_out
        for at, parts in enumerate(self._columns):
            for part in parts:
                part.setEnabled(at not in out)
        for group in self._groups.values():
            if group.checkedId() in out:
                staying = next((one for one in group.buttons() if group.id(one) not in out), None)
                if staying is not None:
                    staying.setChecked(True)
        self.left_out_changed.emit()
