"""Fields of a person of which there may be several: contact points, positions. Each is a row; rows come and go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QWidget

from crm import wording
from crm.domain.person import ContactKind, ContactPoint, PositionDraft
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, IconButton, Size, Variant
from crm.gui.widgets.fields import CheckBox, DateField, Field, Select, TextField
from crm.gui.widgets.layouts import add, column, row

_LABELS = {
    ContactKind.EMAIL: ("work", "home", "other"),
    ContactKind.PHONE: ("mobile", "work", "home", "other"),
    ContactKind.ADDRESS: ("work", "home", "other"),
    ContactKind.LINK: ("website", "profile", "other"),
    ContactKind.MESSAGING: ("chat", "other"),
    ContactKind.RELATED: ("assistant", "partner", "friend", "other"),
}
DateMaker = Callable[[date | None], DateField]


class ContactLine(QWidget):
    """One way to reach somebody. `removed()` when it should go."""

    removed = Signal()

    def __init__(self, point: ContactPoint, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point = point
        self._kind = Select([(kind, wording.contact_kind(kind)) for kind in ContactKind])
        self._kind.choose(point.kind)
        self._kind.setAccessibleName(self.tr("Kind"))
        self.value = TextField(point.value, limit=2000)
        self.value.setAccessibleName(self.tr("Value"))
        self._label = TextField(point.label, self.tr("label"), limit=60)
        self._label.setAccessibleName(self.tr("Label"))
        self._label.setMaximumWidth(px(110))
        self._preferred = CheckBox(self.tr("First"), checked=point.preferred)
        self._preferred.setToolTip(self.tr("The one to use first"))
        gone = IconButton("x", self.tr("Remove this line"), size=28)
        gone.clicked.connect(self.removed)
        self._kind.chosen.connect(self._on_kind_chosen)
        add(row(self, gap=6), self._kind, (self.value, 1), self._label, self._preferred, gone)
        self._on_kind_chosen(point.kind)

    @property
    def point(self) -> ContactPoint | None:
        """What the line says, None when it says nothing. An unchanged address keeps its parts."""
        value = self.value.text().strip()
        if not value:
            return None
        kind = ContactKind(str(self._kind.value))
        same = value == self._point.value and kind is self._point.kind
        return replace(
            self._point,
            kind=kind,
            value=value,
            label=self._label.text().strip(),
            preferred=self._preferred.isChecked(),
            types=self._point.types if same else (),
            parts=self._point.parts if same else (),
        )

    def _on_kind_chosen(self, kind: ContactKind) -> None:
        self._label.setCompleter(QCompleter(list(_LABELS[kind]), self._label))


class ContactLines(QWidget):
    """All ways to reach somebody, in their order."""

    def __init__(self, points: tuple[ContactPoint, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ContactLine] = []
        self._box = column(None, gap=6)
        more = Button(
            self.tr("Add an email, phone, address or link"), Variant.LINK, icon="plus", size=Size.SMALL
        )
        more.clicked.connect(self._on_more_clicked)
        layout = column(self, gap=6)
        layout.addLayout(self._box)
        add(layout, (more, Qt.AlignmentFlag.AlignLeft))
        for point in points or (ContactPoint(ContactKind.EMAIL, ""), ContactPoint(ContactKind.PHONE, "")):
            self._add(point)

    @property
    def points(self) -> tuple[ContactPoint, ...]:
        """What the lines say."""
        found = (line.point for line in self._lines)
        return tuple(point for point in found if point is not None)

    @Slot()
    def _on_more_clicked(self) -> None:
        self._add(ContactPoint(ContactKind.EMAIL, "")).value.setFocus()

    def _add(self, point: ContactPoint) -> ContactLine:
        line = ContactLine(point)
        line.removed.connect(lambda: self._remove(line))
        self._lines.append(line)
        self._box.addWidget(line)
        return line

    def _remove(self, line: ContactLine) -> None:
        self._lines.remove(line)
        line.hide()
        line.deleteLater()


class PositionLine(QWidget):
    """One position. `removed()` when it should go."""

    removed = Signal()

    def __init__(self, position: PositionDraft, make_date: DateMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._position = position
        self.company = TextField(position.company, limit=300)
        self.title = TextField(position.title, limit=300)
        self.department = TextField(position.department, limit=300)
        self._current = CheckBox(self.tr("Now"), checked=position.current)
        self.from_on = make_date(position.from_on)
        self.until_on = make_date(position.until_on)
        gone = IconButton("x", self.tr("Remove this position"), size=28)
        gone.clicked.connect(self.removed)
        self._current.toggled.connect(self.until_on.setDisabled)
        self.until_on.setDisabled(position.current)
        upper, lower = row(gap=6), row(gap=6)
        add(
            upper,
            (Field(self.tr("Title"), self.title), 1),
            (Field(self.tr("Company"), self.company), 1),
            (gone, Qt.AlignmentFlag.AlignBottom),
        )
        add(
            lower,
            (Field(self.tr("Department"), self.department), 1),
            Field(self.tr("From"), self.from_on),
            Field(self.tr("Until"), self.until_on),
            (self._current, Qt.AlignmentFlag.AlignBottom),
        )
        layout = column(self, (0, 0, 0, 10), gap=8)
        layout.addLayout(upper)
        layout.addLayout(lower)

    @property
    def position(self) -> PositionDraft | None:
        """What the line says, None when it says nothing."""
        company, title, department = (
            field.text().strip() for field in (self.company, self.title, self.department)
        )
        if not (company or title or department):
            return None
        current = self._current.isChecked()
        until = None if current else self.until_on.value
        return PositionDraft(company, title, department, self.from_on.value, until, current)

    def complete(self, companies: tuple[str, ...]) -> None:
        """Offer known companies."""
        completer = QCompleter(list(companies), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.company.setCompleter(completer)


class PositionLines(QWidget):
    """All positions, the main one first."""

    def __init__(
        self, positions: tuple[PositionDraft, ...], make_date: DateMaker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make_date = make_date
        self._companies: tuple[str, ...] = ()
        self.lines: list[PositionLine] = []
        self._box = column(None, gap=4)
        more = Button(self.tr("Add a position"), Variant.LINK, icon="plus", size=Size.SMALL)
        more.clicked.connect(self._on_more_clicked)
        layout = column(self, gap=6)
        layout.addLayout(self._box)
        add(layout, (more, Qt.AlignmentFlag.AlignLeft))
        for position in positions or (PositionDraft(""),):
            self._add(position)

    @property
    def positions(self) -> tuple[PositionDraft, ...]:
        """What the lines say."""
        found = (line.position for line in self.lines)
        return tuple(position for position in found if position is not None)

    def complete(self, companies: tuple[str, ...]) -> None:
        """Offer known companies in every line."""
        self._companies = companies
        for line in self.lines:
            line.complete(companies)

    @Slot()
    def _on_more_clicked(self) -> None:
        self._add(PositionDraft("")).title.setFocus()

    def _add(self, position: PositionDraft) -> PositionLine:
        line = PositionLine(position, self._make_date)
        line.complete(self._companies)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._box.addWidget(line)
        return line

    def _remove(self, line: PositionLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
