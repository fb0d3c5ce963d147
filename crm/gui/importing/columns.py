"""The columns of tables: what stands in each, what we take it for, and how the rows read then."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from crm import wording
from crm.domain.columns import ColumnField, ColumnMapping, Mappings, TablePreview
from crm.gui import text
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, LinkButton, Variant
from crm.gui.widgets.cards import Card, Hairline, SectionHead
from crm.gui.widgets.fields import Select
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import ElidedLabel, Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row, scrolled, tab_after

if TYPE_CHECKING:
    from crm.app.importing import FilePreview

_WIDTH = 760
_MEANING = 220  # width of the choices
_MOST = 150  # columns that can be corrected; the others keep our guess
_SAMPLES, _SAMPLE_MOST = 3, 40
_TOP = Qt.AlignmentFlag.AlignTop


class TableCard(Card):
    """One table: a line for each column. `changed()` tells that a column means something else now."""

    changed = Signal()

    def __init__(self, seen: "FilePreview", table: TablePreview, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.mapping: ColumnMapping = table.mapping
        self.file = seen.file
        self._names = PlainLabel("", "small", wrap=True)
        self._sign = Icon("users", "text2", 16)
        self._rest = QWidget()
        self._more = LinkButton("")
        self._meanings: list[Select] = []
        self._build_ui(table)
        self.show_names(seen.names)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard comes to, from top to bottom."""
        shown = [one for one in self._meanings if not self._rest.isAncestorOf(one)]
        return (*shown, self._more, *(one for one in self._meanings if self._rest.isAncestorOf(one)))

    def show_names(self, names: Sequence[str]) -> None:
        """Show whom the rows read as, or what is missing."""
        if not self.mapping.tells_whom:
            words = self.tr(
                "Say which column holds the name, the email or the phone; else nobody can be read."
            )
        elif names:
            words = self.tr("Reads as {names}").replace("{names}", " · ".join(names))
        else:
            words = self.tr("Nobody in the first rows.")
        self._names.setText(words)
        self._names.set_tone("text2" if self.mapping.tells_whom else "warn")
        self._sign.set_icon(*(("users", "text2") if self.mapping.tells_whom else ("triangle-alert", "warn")))

    def _build_ui(self, table: TablePreview) -> None:
        number = wording.count(len(self.mapping.headers), "{n} column", "{n} columns")
        box = column(self, (16, 12, 16, 14), 8)
        add(box, SectionHead(self.file or self.tr("The text you pasted"), number))
        add(box, add(row(None, gap=8), (self._sign, _TOP), (self._names, 1)), Hairline())
        shown, rest = column(None, gap=10), column(self._rest, gap=10)
        empty = 0
        for place, header in enumerate(self.mapping.headers[:_MOST]):
            cells = tuple(dict.fromkeys(cell for line in table.rows if (cell := text.one_line(line[place]))))
            add(shown if cells else rest, self._line(place, header, cells))
            empty += not cells
        add(box, shown, Flow(self._more), self._rest)
        self._rest.hide()
        self._more.set_label(
            wording.count(empty, "Show {n} column that is empty here", "Show {n} columns that are empty here")
        )
        self._more.setVisible(bool(empty))
        self._more.clicked.connect(self._on_more_clicked)

    def _line(self, place: int, header: str, cells: Sequence[str]) -> QWidget:
        """Return a column's line: its header over what stands in it, and what it means."""
        samples = " · ".join(cell[:_SAMPLE_MOST] for cell in cells[:_SAMPLES])
        said = add(
            column(gap=0),
            ElidedLabel(header or self.tr("(no heading)"), "bodyMedium"),
            ElidedLabel(samples or self.tr("Empty"), "small", "text2"),
        )
        meaning = Select((field, wording.column_field(field)) for field in ColumnField)
        meaning.choose(self.mapping.fields[place])
        meaning.setFixedWidth(px(_MEANING))
        meaning.setAccessibleName(self.tr("What “{column}” means").replace("{column}", text.one_line(header)))
        meaning.setAccessibleDescription(samples)
        meaning.chosen.connect(partial(self._on_meaning_chosen, place))
        self._meanings.append(meaning)
        return boxed(add(row(None, gap=12), (boxed(said), 1), meaning))

    def _on_meaning_chosen(self, place: int, field: ColumnField) -> None:
        self.mapping = self.mapping.with_field(place, field)
        self.changed.emit()

    @Slot()
    def _on_more_clicked(self) -> None:
        self._rest.show()
        self._more.hide()


class ColumnsPage(QWidget):
    """`changed()` when a column means something else, `accepted()` to go on, `back()` to go back."""

    changed = Signal()
    accepted = Signal()
    back = Signal()
    encoding_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tables: tuple[TableCard, ...] = ()
        self._build_ui()
        self._connect()

    @property
    def mappings(self) -> Mappings:
        """What the columns mean now, by the fingerprint of their header."""
        return {one.mapping.fingerprint: one.mapping for one in self.tables}

    @property
    def first(self) -> QWidget:
        """Where the keyboard starts: to go on, or where it is said what is missing."""
        return self.go if self.go.isEnabled() or not self.tables else self.tables[0].controls[0]

    def show_tables(self, seen: Sequence["FilePreview"]) -> None:
        """Show the tables among these files, each header once; those of programs we know come last."""
        clear(self._list)
        found: dict[str, TableCard] = {}
        for one in sorted(seen, key=lambda each: bool(each.origin)):
            if one.table is not None and one.table.mapping.fingerprint not in found:
                found[one.table.mapping.fingerprint] = TableCard(one, one.table)
        self.tables = tuple(found.values())
        for card in self.tables:
            card.changed.connect(self._on_table_changed)
        add(self._list, *self.tables)
        tab_after(self._title, *(control for card in self.tables for control in card.controls))
        self._allow(any(one.table is None for one in seen))

    def show_names(self, seen: Sequence["FilePreview"]) -> None:
        """Show how the rows read since a column changed."""
        names = {one.table.mapping.fingerprint: one.names for one in seen if one.table}
        for card in self.tables:
            card.show_names(names.get(card.mapping.fingerprint, ()))

    def _build_ui(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(px(_WIDTH))
        words = self.tr(
            "We guessed from the headings and from what stands under them. Correct what is wrong."
        )
        self._title = PlainLabel(self.tr("What do the columns mean?"), "display", wrap=True)
        self._list = column(None, gap=16)
        self._wrong = LinkButton(self.tr("Names look wrong? Choose how letters are read"))
        head = add(
            column(gap=2),
            self._title,
            PlainLabel(words, "body", "text2", wrap=True),
        )
        add(column(inner, (0, 28, 0, 28), 16), head, self._list, Flow(self._wrong), None)
        centre = row(None, (28, 0, 28, 0))
        add(centre, None)
        centre.addWidget(inner, 100)
        add(centre, None)
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        self._back = Button(self.tr("Back"))
        self.go = Button(self.tr("Review contacts"), Variant.PRIMARY)
        kept = PlainLabel(
            self.tr("Remembered for the next file with these columns."), "body", "text2", wrap=True
        )
        add(row(foot, (28, 14, 20, 14), 10), (kept, 1), self._back, self.go)
        add(column(self), (scrolled(boxed(centre), self.tr("Columns")), 1), foot)

    def _connect(self) -> None:
        self._back.clicked.connect(self.back)
        self.go.clicked.connect(self.accepted)
        self._wrong.clicked.connect(self.encoding_requested)

    def _allow(self, others: bool) -> None:
        """Let the user go on when somebody can be read."""
        self._others = others
        self.go.setEnabled(others or any(one.mapping.tells_whom for one in self.tables))

    @Slot()
    def _on_table_changed(self) -> None:
        self._allow(self._others)
        self.changed.emit()
