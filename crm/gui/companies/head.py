"""The head of a company's page: tile, name, target, what it does, and what can be done."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from crm.domain.company import CompanyCard
from crm.gui import links, text
from crm.gui.companies import words
from crm.gui.companies.turning import Turning
from crm.gui.paint import Face
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.buttons import Button, IconButton, LinkButton, Variant
from crm.gui.widgets.chips import Chip
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import ElidedLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row

_TOP = Qt.AlignmentFlag.AlignTop


class CompanyHead(Turning):
    """`target_changed(bool)`, `plan_requested(QPoint)`, `log_requested(QPoint)`, `more_requested(QPoint)`."""

    target_changed = Signal(bool)
    plan_requested = Signal(QPoint)
    log_requested = Signal(QPoint)
    more_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(760, gap=14, parent=parent)
        self._tile = Avatar("", 64, square=True)
        self._name = ElidedLabel("", "display")
        self.target = Chip(self.tr("Target"), icon="target")
        self._facts = Flow(gap=8)
        self.plan = Button(self.tr("Plan check-ins"), icon="calendar-plus")
        self.log = Button(self.tr("Log a touch"), Variant.PRIMARY, icon="check")
        self.more = IconButton("ellipsis", self.tr("More about this company"), outlined=True)
        name = Flow(self._name, self.target, gap=12)
        about = boxed(add(row(gap=16), (self._tile, _TOP), (add(column(gap=4), name, self._facts, None), 1)))
        actions = Flow(self.plan, self.log, self.more)
        add(self.box, (about, 1), (actions, _TOP))
        self._connect()

    def show_card(self, card: CompanyCard) -> None:
        """Show a company."""
        name = card.row.name
        self._tile.set_face(Face(name, square=True))
        self._name.setText(name)
        self.target.setChecked(card.draft.target)
        tip = self.tr("A company you want to work at. Press T to change")
        self.target.setToolTip(tip)
        layout = self._facts.layout()
        if layout is not None:
            clear(layout)
        parts = [*words.facts(card)]
        for number, fact in enumerate(parts):
            more = number < len(parts) - 1 or bool(card.draft.site)
            self._facts.add(ElidedLabel(f"{fact}  ·" if more else fact, "body", "text2"))
        if card.draft.site:
            self._facts.add(_site(card.draft.site))
        self._facts.setVisible(bool(parts or card.draft.site))

    def _connect(self) -> None:
        self.target.clicked.connect(self.target_changed)
        self.plan.clicked.connect(lambda: self.plan_requested.emit(_below(self.plan)))
        self.log.clicked.connect(lambda: self.log_requested.emit(_below(self.log)))
        self.more.clicked.connect(lambda: self.more_requested.emit(_below(self.more)))


def _site(address: str) -> QWidget:
    """Return the site as a link, or as words where it is no address to open."""
    url = links.website(address)
    if url is None:
        return ElidedLabel(address, "body", "text2")
    shown = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    link = LinkButton(shown, tooltip=words.tr("Open in the browser"))
    link.setText(text.ltr(link.text()))
    link.clicked.connect(lambda: links.open_link(url))
    return link


def _below(button: QWidget) -> QPoint:
    return button.mapToGlobal(QPoint(0, button.height()))
