"""What happens to one record: whom it is taken for and why, what it adds, or why it can't be read."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crm import wording
from crm.domain.card import CardDraft, Problem
from crm.domain.importplan import FieldChange, PlanLine, Verdict
from crm.gui.importing.facts import Fact, card_of, facts
from crm.gui.importing.possible import PossibleCard
from crm.gui.importing.rows import Record, pill, sign
from crm.gui.theme import px
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.cards import Card, CardKind
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row, scrolled
from crm.gui.widgets.pill import Pill

if TYPE_CHECKING:
    from crm.app.importing import ImportPlan

WIDTH = 360
_MOST = 40  # lines of one record
_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Detail:
    """A record with its card; `joined` names the earlier record of the file that is the same.

    `place` says which of the possible duplicates it is; `plan` is what they are looked up in.
    """

    record: Record
    card: CardDraft | None
    plan: "ImportPlan" = field(compare=False, repr=False)
    joined: str = ""
    place: str = ""


def detail_of(plan: "ImportPlan", at: int, place: str = "") -> Detail:
    """Return all there is to show of a line of the plan."""
    record = Record(at, plan.lines[at])
    joins = record.line.joins
    joined = plan.lines[joins].name if joins is not None else ""
    return Detail(record, card_of(plan, record), plan, joined, place)


class DetailSheet(QWidget):
    """Everything about one record, from top to bottom.

    `decided(int, object)` tells the line of a possible duplicate and the `Decision`, or None to take it back;
    `next_requested()` wishes the next one.
    """

    decided = Signal(int, object)
    next_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Detail | None = None
        self._known = PlainLabel()
        self.possible: PossibleCard | None = None
        self._lines = column(self, gap=12)

    def show_record(self, found: Detail | None) -> None:
        """Show a record, or that none is chosen."""
        if found is not None and found == self._shown:
            return
        self._shown = found
        clear(self._lines)
        self.possible = None
        if found is None:
            words = self.tr("Choose a contact to see what will happen to it.")
            add(self._lines, PlainLabel(words, "body", "text2", wrap=True), None)
            return
        record = found.record
        if record.line.candidates:
            self._show_possible(found)
        else:
            self._show_fate(found)
        self._tell_news(record.line)
        self._show_changes(record.line.changes)
        if found.card is not None:
            self._show_facts(self.tr("In the file"), facts(found.card))
            self._show_problems(found.card.problems)
        add(self._lines, None)

    def _show_possible(self, found: Detail) -> None:
        line = found.record.line
        self.possible = made = PossibleCard(found.plan, line, found.place)
        made.decided.connect(lambda decision: self.decided.emit(line.index, decision))
        made.next_requested.connect(self.next_requested)
        add(self._lines, made)

    def _show_fate(self, found: Detail) -> None:
        record = found.record
        said, tone = pill(record)
        add(
            self._lines,
            self._head(record),
            (Pill(said, tone, icon=sign(record)), Qt.AlignmentFlag.AlignLeft),
            PlainLabel(self._why(found), wrap=True),
            self._known_card(found.joined),
        )

    def show_known(self, found: Detail, who: str) -> None:
        """Say whom of the book the record shown is taken for; an answer about another one comes too late."""
        if found == self._shown and who and self.possible is None:
            self._known.setText(who)
            self._card.show()

    def _head(self, record: Record) -> QWidget:
        made = QWidget()
        named = add(column(gap=2), PlainLabel(record.name, "heading", wrap=True))
        if record.under:
            add(named, PlainLabel(record.under, "small", "text2", wrap=True))
        face = Avatar(record.line.name, 44, square=not record.is_person)
        add(row(made, gap=12), (face, _TOP), (named, 1))
        return made

    def _known_card(self, joined: str) -> Card:
        """Return the card that names who it is taken for; it waits for the book's answer, if that is asked."""
        self._card = Card(CardKind.FLAT)
        self._known = PlainLabel(joined, "bodyMedium", wrap=True, selectable=True)
        words = self.tr("Earlier in this file") if joined else self.tr("In your book")
        add(column(self._card, (12, 8, 12, 10), 2), PlainLabel(words, "caption", "text2"), self._known)
        if not joined:
            self._card.hide()
        return self._card

    def _why(self, found: Detail) -> str:
        line = found.record.line
        if line.problem is not None:
            return wording.problem_at(line.problem)
        if found.record.can_be_ticked and not line.included:
            return self.tr("Left out. Tick it to import it.")
        reasons = ", ".join(wording.match_reason(why) for why in line.reasons)
        if line.verdict is Verdict.NEW:
            return self.tr("Nobody in your book matches. Will be added.")
        if line.verdict is Verdict.SAME:
            why = f" ({reasons})" if reasons else ""
            return self.tr("Already here{why}. Nothing to add.").format(why=why)
        if not reasons:
            return self.tr("Already here. Adds what is new, overwrites nothing.")
        return self.tr("Matched by {why}. Adds what is new, overwrites nothing.").format(why=reasons)

    def _tell_news(self, line: PlanLine) -> None:
        if line.news is None:
            return
        said = wording.news(line.news)
        if line.news.was is not None and any(change.field == "positions" for change in line.changes):
            said = f"{said}. {self.tr('The old position is kept as a past one.')}"
        add(self._lines, self._title(self.tr("Since the last file")), PlainLabel(said, wrap=True))

    def _show_changes(self, changes: tuple[FieldChange, ...]) -> None:
        if changes:
            add(self._lines, self._title(self.tr("What changes")))
        for change in changes[:_MOST]:
            lines = self._fact(wording.field(change.field))
            if change.before:
                add(lines, PlainLabel(change.before, "small", "text2", wrap=True))
            after = change.after or self.tr("from the file")
            line = row(None, gap=6)
            arrow = Icon("arrow-right" if change.before else "plus", "ok", 14)
            add(line, (arrow, _TOP), (PlainLabel(after, wrap=True, selectable=True), 1))
            lines.addLayout(line)
        self._show_rest(len(changes))

    def _show_facts(self, title: str, found: tuple[Fact, ...]) -> None:
        if found:
            add(self._lines, self._title(title))
        for name, value in found[:_MOST]:
            add(self._fact(name), PlainLabel(value, wrap=True, selectable=True))
        self._show_rest(len(found))

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        if problems:
            add(self._lines, self._title(self.tr("Worth a look")))
        for problem in problems[:_MOST]:
            line = row(None, gap=8)
            words = PlainLabel(wording.problem_at(problem), "small", "text2", wrap=True, selectable=True)
            add(line, (Icon("triangle-alert", "warn", 16), _TOP), (words, 1))
            self._lines.addLayout(line)
        self._show_rest(len(problems))

    def _show_rest(self, number: int) -> None:
        if number > _MOST:
            rest = wording.count(number - _MOST, "… and {n} more", "… and {n} more")
            add(self._lines, PlainLabel(rest, "small", "text3"))

    def _title(self, words: str) -> PlainLabel:
        return PlainLabel(words, "bodyStrong")

    def _fact(self, name: str) -> QVBoxLayout:
        """Add a fact's name; return where its value goes."""
        lines = add(column(gap=1), PlainLabel(name, "caption", "text3", wrap=True))
        self._lines.addLayout(lines)
        return lines


class DetailPane(QFrame):
    """The sheet beside the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setAccessibleName(self.tr("The contact chosen"))
        self.setFixedWidth(px(WIDTH))
        self.sheet = DetailSheet()
        inner = QWidget()
        add(column(inner, (20, 20, 20, 20)), self.sheet)
        add(column(self), scrolled(inner, self.tr("The contact chosen")))


class DetailDialog(Dialog):
    """The sheet in a dialog, where there is no room beside the list."""

    def __init__(self, found: Detail, parent: QWidget) -> None:
        super().__init__(parent.tr("What happens to this contact"), parent, width=440)
        self.sheet = DetailSheet()
        self.sheet.show_record(found)
        self.sheet.decided.connect(self.accept)
        self.sheet.next_requested.connect(self.accept)
        self.body.addWidget(self.sheet)
        self.add_cancel(self.tr("Close"))
