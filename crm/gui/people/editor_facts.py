"""What is kept of a person under a name: dates, and fields of the user's own. Each is a row; rows come and go."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.partialdates import read_partial
from crm.domain.person import CustomField, DateKind, ImportantDate, PartialDate
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, IconButton, Size, Variant
from crm.gui.widgets.fields import Select, TextField
from crm.gui.widgets.layouts import add, column, row


class DateLine(QWidget):
    """A birthday, an anniversary, or a date with a name of its own. `removed()` when it should go."""

    removed = Signal()

    def __init__(self, one: ImportantDate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one = one
        self._shown = wording.partial_date(one.on)
        self._kind = Select([(kind, wording.date_kind(kind)) for kind in DateKind])
        self._kind.setAccessibleName(self.tr("Which date"))
        self._kind.choose(one.kind)
        self._label = TextField(one.label, self.tr("First day at Fernway"), limit=60)
        self._label.setAccessibleName(self.tr("Name of the date"))
        self.first = TextField(self._shown, self.tr("4 March, or 4 March 1985"), limit=60)
        self.first.setAccessibleName(self.tr("Date"))
        gone = IconButton("x", self.tr("Remove this date"), size=28)
        gone.clicked.connect(self.removed)
        self._kind.chosen.connect(self._on_kind_chosen)
        add(row(self, gap=6), self._kind, (self._label, 1), (self.first, 1), gone)
        self._on_kind_chosen(one.kind)

    @property
    def said(self) -> ImportantDate | None:
        """What the line says, None without a date. What can't be read as a date stays as it was typed."""
        text = self.first.text().strip()
        if not text:
            return None
        on = self._one.on if text == self._shown else read_partial(text) or PartialDate(text=text)
        return replace(
            self._one, kind=DateKind(str(self._kind.value)), on=on, label=self._label.text().strip()
        )

    def _on_kind_chosen(self, kind: DateKind) -> None:
        self._label.setVisible(kind is DateKind.OTHER or bool(self._one.label))


class FieldLine(QWidget):
    """A name and what is kept under it. `removed()` when it should go."""

    removed = Signal()

    def __init__(self, kept: CustomField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = TextField(kept.name, self.tr("Coffee"), limit=60)
        self.first.setAccessibleName(self.tr("Name of the field"))
        self.first.setMaximumWidth(px(200))
        self.value = TextField(kept.value, self.tr("Flat white"), limit=2000)
        self.value.setAccessibleName(self.tr("What it says"))
        gone = IconButton("x", self.tr("Remove this field"), size=28)
        gone.clicked.connect(self.removed)
        add(row(self, gap=6), (self.first, 1), (self.value, 2), gone)

    @property
    def said(self) -> CustomField | None:
        """What the line says, None when it says nothing."""
        name, value = self.first.text().strip(), self.value.text().strip()
        return CustomField(name, value) if name or value else None


class Lines(QWidget):
    """Several lines of one kind, each made by `make_line` from what it says, and a button for one more `blank`."""

    def __init__(
        self,
        make_line: Callable[[Any], DateLine | FieldLine],
        said: Iterable[object],
        blank: object,
        more: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_line, self._blank = make_line, blank
        self.lines: list[DateLine | FieldLine] = []
        self._box = column(None, gap=6)
        button = Button(more, Variant.LINK, icon="plus", size=Size.SMALL)
        button.clicked.connect(self._on_more_clicked)
        layout = column(self, gap=6)
        layout.addLayout(self._box)
        add(layout, (button, Qt.AlignmentFlag.AlignLeft))
        for one in said:
            self._add(one)

    @property
    def said(self) -> tuple[Any, ...]:
        """What the lines say."""
        return tuple(one for line in self.lines if (one := line.said) is not None)

    @Slot()
    def _on_more_clicked(self) -> None:
        self._add(self._blank).first.setFocus()

    def _add(self, one: object) -> DateLine | FieldLine:
        line = self._make_line(one)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._box.addWidget(line)
        return line

    def _remove(self, line: DateLine | FieldLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()


def date_lines(dates: tuple[ImportantDate, ...]) -> Lines:
    """Return lines for dates; the birthday has its line even where it isn't known."""
    birthday = ImportantDate(DateKind.BIRTHDAY, PartialDate())
    known = any(one.kind is DateKind.BIRTHDAY for one in dates)
    blank = ImportantDate(DateKind.OTHER, PartialDate())
    return Lines(DateLine, dates if known else (birthday, *dates), blank, _tr("Add a date"))


def field_lines(fields: tuple[CustomField, ...]) -> Lines:
    """Return lines for fields of the user's own."""
    return Lines(FieldLine, fields, CustomField("", ""), _tr("Add a field of your own"))


def _tr(words: str) -> str:
    return QCoreApplication.translate("PersonEditor", words)
