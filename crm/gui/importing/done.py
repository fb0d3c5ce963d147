"""The last step: what came of it, and what couldn't be read."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.batch import PersonNews
from crm.domain.card import Problem
from crm.errors import KeepwarmError
from crm.files import atomic_write
from crm.gui.importing import counting
from crm.gui.importing.work import Outcome
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, LinkButton, Variant
from crm.gui.widgets.cards import Card, SectionHead
from crm.gui.widgets.dialogs import Trouble, choose_save, tell_error
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import IconTile, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row, scrolled

if TYPE_CHECKING:
    from crm.app.importing import ReadFiles

_SHOWN = 50
_WIDTH = 680


class ProblemCard(Card):
    """A list of problems with their lines, and a way to keep it: a file named `file`, of the kind `kinds` says."""

    def __init__(self, title: str, file: str, kinds: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._file, self._kinds = file, kinds
        self._write: Callable[[Path], object] | None = None
        self.save = Button(self.tr("Save as file…"))
        self.save.clicked.connect(self._on_save_clicked)
        self._head = SectionHead(title, "", self.save)
        self._lines = column(None, gap=4)
        layout = add(column(self, (16, 12, 16, 14), 10), self._head)
        layout.addLayout(self._lines)
        self.hide()

    def name_file(self, file: str, kinds: str) -> None:
        """Propose a file of another kind."""
        self._file, self._kinds = file, kinds

    def show_problems(self, problems: Sequence[Problem], write: Callable[[Path], object] | None) -> None:
        """Show the first of these; without any the card leaves. `write` makes the file, None when there is nothing to keep."""
        self._write = write
        self.save.setVisible(write is not None)
        self.setVisible(bool(problems))
        self._head.count.setText(f"{len(problems):,}")
        clear(self._lines)
        for problem in problems[:_SHOWN]:
            add(
                self._lines,
                PlainLabel(wording.problem_at(problem), "small", "text2", wrap=True, selectable=True),
            )
        if len(problems) > _SHOWN:
            more = len(problems) - _SHOWN
            add(self._lines, PlainLabel(wording.count(more, "… and {n} more", "… and {n} more"), "small"))

    @Slot()
    def _on_save_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggested = Path(folder) / self._file
        path = choose_save(self, self.tr("Save as file"), suggested, (self._kinds,))
        if path is None or self._write is None:
            return
        try:
            self._write(path)
        except KeepwarmError as error:
            words = wording.error(error)
            tell_error(self, Trouble(self.tr("Couldn’t save the file"), words.what, words.safe, words.todo))


class NewsCard(Card):
    """What had changed since the last file of the same program. `person_chosen(int)` tells whom to look at."""

    person_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._head = SectionHead(self.tr("What changed since the last file"))
        self._lines = column(None, gap=4)
        add(column(self, (16, 12, 16, 14), 10), self._head, self._lines)
        self.hide()

    def show_news(self, news: Sequence[PersonNews]) -> None:
        """Show the first of these; without any the card leaves."""
        self.setVisible(bool(news))
        self._head.count.setText(f"{len(news):,}")
        clear(self._lines)
        for one in news[:_SHOWN]:
            who = LinkButton(one.who.name)
            who.clicked.connect(partial(self.person_chosen.emit, one.who.id))
            words = PlainLabel(wording.news(one.news, one.program), "small", "text2", wrap=True)
            add(self._lines, add(row(None, gap=8), who, (words, 1)))
        if len(news) > _SHOWN:
            more = len(news) - _SHOWN
            add(self._lines, PlainLabel(wording.count(more, "… and {n} more", "… and {n} more"), "small"))


class DonePage(QWidget):
    """`page_requested(str)` leads to the people or companies, `person_chosen(int)` to one of them.

    `again_requested()` leads to another file.
    """

    page_requested = Signal(str)
    person_chosen = Signal(int)
    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result = ""
        self._build_ui()

    @property
    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self._people if self._plan.isHidden() else self._plan

    def show_import(self, outcome: Outcome, read: "ReadFiles") -> None:
        """Show what an import did."""
        self._result = counting.result(outcome.counts, outcome.touches)
        self.show_undone(False)
        self._news.show_news(outcome.news)
        kinds = self.tr("Contacts (*.vcf)") if read.failed.ending == ".vcf" else self.tr("Tables (*.csv)")
        self._unread.name_file(f"failed{read.failed.ending}", kinds)
        unread = [problem for problem in read.problems if problem.fatal]
        self._unread.show_problems(
            unread, partial(read.failed.save, why=wording.problem) if read.failed else None
        )
        odd = read.odd
        self._odd.show_problems(odd, partial(_save_list, odd))

    def show_undone(self, undone: bool) -> None:
        """Say whether the import still holds or was taken back."""
        self._title.setText(self.tr("Import undone") if undone else self.tr("Imported"))
        self._counts.setText(
            self.tr("Everything is as it was before. The file can be imported again.")
            if undone
            else self._result
        )
        self._hint.setVisible(not undone)
        self._plan.setVisible(not undone)

    def _build_ui(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(px(_WIDTH))
        self._title = PlainLabel("", "display")
        self._counts = PlainLabel("", "body", "text2", wrap=True, tabular=True)
        self._plan = self._button(self.tr("Suggest a check-in plan"), "planning", Variant.PRIMARY)
        self._people = self._button(self.tr("See people"), "people", Variant.PLAIN)
        companies = self._button(self.tr("See companies"), "companies", Variant.PLAIN)
        again = Button(self.tr("Import another file"), Variant.GHOST)
        again.clicked.connect(self.again_requested)
        self._hint = PlainLabel(
            self.tr(
                "Next: a plan picks people worth keeping warm and spreads them out. Undo takes the whole import back."
            ),
            "small",
            "text2",
            wrap=True,
        )
        self._news = NewsCard()
        self._news.person_chosen.connect(self.person_chosen)
        kinds = self.tr("Contacts (*.vcf)")
        self._unread = ProblemCard(self.tr("Couldn’t be read"), "failed.vcf", kinds)
        self._unread.save.setToolTip(
            self.tr("Each as it stands in its file, with the reason: mend them there and import that.")
        )
        kinds = self.tr("Text (*.txt)")
        self._odd = ProblemCard(self.tr("Imported, but worth a look"), "worth a look.txt", kinds)
        words = add(column(gap=2), self._title, self._counts)
        head = add(row(None, gap=16), IconTile("check", "ok", 44, 22), (words, 1))
        box = column(inner, (0, 40, 0, 28), 16)
        add(
            box,
            head,
            Flow(self._plan, self._people, companies, again),
            self._hint,
            self._news,
            self._unread,
            self._odd,
            None,
        )
        centre = row(None, (28, 0, 28, 0))
        add(centre, None)
        centre.addWidget(inner, 100)
        add(centre, None)
        add(column(self), scrolled(boxed(centre), self.tr("Done")))

    def _button(self, label: str, page: str, variant: Variant) -> Button:
        made = Button(label, variant)
        made.clicked.connect(lambda: self.page_requested.emit(page))
        return made


def _save_list(problems: Sequence[Problem], path: Path) -> None:
    atomic_write(path, "".join(f"{wording.problem_at(problem)}\n" for problem in problems).encode())
