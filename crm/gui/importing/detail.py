"""What happens to one record: whom it is taken for and why, what it adds, or why it can't be read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from crm import wording
from crm.domain.importplan import PlanLine, Verdict
from crm.gui.importing.rows import Record, pill
from crm.gui.theme import px
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row, scrolled
from crm.gui.widgets.pill import Pill

WIDTH = 340


class RecordDetail(QFrame):
    """The pane beside the records."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setAccessibleName(self.tr("The record chosen"))
        self.setFixedWidth(px(WIDTH))
        inner = QWidget()
        self._lines = column(inner, (20, 20, 20, 20), 10)
        add(column(self), scrolled(inner, self.tr("The record chosen")))

    def show_record(self, record: Record | None) -> None:
        """Show a record, or that none is chosen."""
        clear(self._lines)
        if record is None:
            words = self.tr("Choose a contact to see what will happen to it.")
            add(self._lines, PlainLabel(words, "body", "text2", wrap=True), None)
            return
        line = record.line
        head = row(None, gap=12)
        head.addWidget(Avatar(record.name, 44))
        named = column(None, gap=2)
        add(named, PlainLabel(record.name, "heading", wrap=True))
        if record.under:
            add(named, PlainLabel(record.under, "small", "text2", wrap=True))
        head.addLayout(named, 1)
        self._lines.addLayout(head)
        said, tone = pill(record)
        add(
            self._lines,
            (Pill(said, tone), Qt.AlignmentFlag.AlignLeft),
            PlainLabel(self._why(line), wrap=True),
        )
        self._show_changes(line)
        add(self._lines, None)

    def _why(self, line: PlanLine) -> str:
        if line.problem is not None:
            where = self.tr("{file}, line {line}").format(file=line.problem.file, line=line.problem.line)
            return f"{wording.problem(line.problem)}.\n{where}"
        reasons = ", ".join(wording.match_reason(why) for why in line.reasons)
        if line.verdict is Verdict.NEW:
            return self.tr("Nobody in your book matches. Will be added.")
        if line.verdict is Verdict.SAME:
            return self.tr("Already here ({why}). Nothing to add.").replace(
                "{why}", reasons or self.tr("same card")
            )
        return self.tr(
            "Taken for somebody already here: {why}. Adds what is new, overwrites nothing."
        ).replace("{why}", reasons)

    def _show_changes(self, line: PlanLine) -> None:
        for change in line.changes:
            add(self._lines, PlainLabel(wording.field(change.field), "caption", "text3"))
            if change.before:
                add(self._lines, PlainLabel(f"{change.before} →", "small", "text2", wrap=True))
            add(self._lines, PlainLabel(change.after, "body", wrap=True, selectable=True))
        if line.changes or line.verdict is not Verdict.NEW:
            return
        for name, value in ((self.tr("Company"), line.company), (self.tr("Email"), line.email)):
            if value:
                add(self._lines, PlainLabel(name, "caption", "text3"), PlainLabel(value, wrap=True))
