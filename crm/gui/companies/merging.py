"""The dialog that makes two companies one."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QWidget

from crm import wording
from crm.domain.company import CompanyRow
from crm.gui import text
from crm.gui.companies import verbs
from crm.gui.companies.naming import CompanyLine
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Radio
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column

Merged = Callable[[int], None]


class MergeDialog(Dialog):
    """Choose the other company, choose whose name stays, read what will happen."""

    def __init__(
        self,
        session: Session,
        company: CompanyRow,
        parent: QWidget | None = None,
        *,
        other: CompanyRow | None = None,
        merged: Merged | None = None,
    ) -> None:
        title = _fill(wording.say("Merge {name} with…"), name=company.name)
        super().__init__(title, parent, width=520, icon="git-merge")
        self._session, self._company, self._merged = session, company, merged
        self.line = CompanyLine(session, besides=company.id)
        self.field = Field(self.tr("The other company"), self.line, self.tr("Type its name and choose it."))
        self.keep_this, self.keep_other = Radio(""), Radio("")
        self.what = PlainLabel("", "body", "text2", wrap=True)
        self._fill_body()
        self.resize(px(520), min(px(440), self.maximumHeight()))
        self.line.chosen.connect(self._on_chosen)
        for choice in (self.keep_this, self.keep_other):
            choice.toggled.connect(self._say)
        self._on_chosen(None)
        if other is not None:
            self.line.choose(other)
        self.line.setFocus()

    def _fill_body(self) -> None:
        group = QButtonGroup(self)
        group.addButton(self.keep_this)
        group.addButton(self.keep_other)
        self.keep_this.setChecked(True)
        ask = PlainLabel(self.tr("Which name stays?"), "captionMedium", "text2")
        self._choice = boxed(add(column(gap=2), ask, self.keep_this, self.keep_other))
        add(self.body, self.field, self._choice, self.what, None)
        self.add_cancel()
        self.merge = self.add_button(self.tr("Merge"), Variant.PRIMARY)
        self.merge.clicked.connect(self._on_merge_clicked)

    def _on_chosen(self, other: object) -> None:
        found = isinstance(other, CompanyRow)
        self._choice.setVisible(found)
        self.what.setVisible(found)
        if isinstance(other, CompanyRow):
            self.field.show_problem("")
            for radio, company in ((self.keep_this, self._company), (self.keep_other, other)):
                radio.setText(text.literal(company.name))
                radio.setAccessibleName(text.one_line(company.name))
            self._say()

    def _say(self) -> None:
        kept, gone = self._both()
        if gone is None:
            return
        people = wording.people_count(gone.people + gone.past_people)
        happens = self.tr(
            "{people} and everything you noted at {gone} move to {kept}. {gone} leaves your list; people who name "
            "it will be found under {kept}. You can undo this."
        )
        self.what.setText(_fill(happens, people=people, gone=gone.name, kept=kept.name))

    def _both(self) -> tuple[CompanyRow, CompanyRow | None]:
        """Return which stays and which goes; None until the other is chosen."""
        other = self.line.company
        if other is None or self.keep_this.isChecked():
            return self._company, other
        return other, self._company

    def _on_merge_clicked(self) -> None:
        kept, gone = self._both()
        if gone is None:
            typed = self.line.text().strip()
            problem = self.tr("No other company is called that. Choose one from the list.")
            self.field.show_problem(problem if typed else self.tr("Say which company it is."))
            return
        merged = self._merged
        then = None if merged is None else lambda _result: merged(kept.id)
        verbs.merge(self._session, kept.id, gone.id, then)
        self.accept()


def _fill(words: str, **values: str) -> str:
    """Fill in names, which are never read as templates."""
    return words.format(**values)
