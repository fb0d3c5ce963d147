"""The dialog that adds a company or edits one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.cadence import USUAL, Interval
from crm.domain.company import CompanyDraft, CompanyId, CompanyRow
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.companies import asking, words
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import CheckBox, Field, Select, TextArea, TextField
from crm.gui.widgets.layouts import add, boxed, row

Call = Callable[[], Any]
Saved = Callable[[int], None]
TakenBy = Callable[[CompanyRow], None]


class EditorDialog(Dialog):
    """Everything a user can say of a company. Without `company` it adds one.

    `saved` hears the company's id. Where the name is another company's, the dialog offers `taken_by`: to open that one
    or to merge with it.
    """

    def __init__(
        self, session: Session, draft: CompanyDraft, company: int | None, parent: QWidget | None = None
    ) -> None:
        title = words.tr("Edit company") if company is not None else words.tr("Add company")
        super().__init__(title, parent, width=560)
        self._session, self._draft, self._company = session, draft, company
        self.on_saved: Saved | None = None
        self.on_taken: TakenBy | None = None
        self._holder: CompanyRow | None = None
        self.name = TextField(draft.name, limit=300)
        self.site = TextField(draft.site, self.tr("orbitallabs.example"))
        self.industry = TextField(draft.industry)
        self.headcount = TextField(draft.size, self.tr("201–500 people"))
        self.place = TextField(draft.place)
        self.notes = TextArea(draft.notes, lines=4)
        self.target = CheckBox(self.tr("A company I want to work at"), checked=draft.target)
        self.every = Select(_rules(draft.every))
        self.every.choose(draft.every)
        self._fill_body()
        self.resize(px(560), min(px(650), self.maximumHeight()))
        self.name.setFocus()
        self.name.selectAll()

    def _fill_body(self) -> None:
        self.name_field = Field(self.tr("Name"), self.name)
        self.merge: Button = self.add_button("")
        self.merge.hide()
        self.merge.clicked.connect(self._on_merge_clicked)
        every = Field(
            self.tr("How often"),
            self.every,
            self.tr("For the people there now who have no rule of their own."),
        )
        pairs = (
            (Field(self.tr("Website"), self.site), Field(self.tr("Industry"), self.industry)),
            (Field(self.tr("Size"), self.headcount), Field(self.tr("Place"), self.place)),
        )
        add(self.body, self.name_field)
        for one, other in pairs:
            self.body.addWidget(boxed(add(row(gap=12), (one, 1), (other, 1))))
        add(self.body, every, Field(self.tr("Notes"), self.notes), self.target)
        self.add_cancel()
        label = self.tr("Save company") if self._company is not None else self.tr("Add company")
        self.save = self.add_button(label, Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.notes.submitted.connect(self._on_save_clicked)
        self.name.textEdited.connect(self._on_name_edited)

    def written(self) -> CompanyDraft:
        """Return what the dialog says now."""
        every = self.every.value
        return replace(
            self._draft,
            name=self.name.text(),
            site=self.site.text(),
            industry=self.industry.text(),
            size=self.headcount.text(),
            place=self.place.text(),
            notes=self.notes.toPlainText(),
            target=self.target.isChecked(),
            every=every if isinstance(every, Interval) else None,
        )

    def _on_save_clicked(self) -> None:
        if not self.save.isEnabled():
            return
        self._session.store(self, self._verb(self.written()), self.on_saved, self._show_field)

    def _verb(self, draft: CompanyDraft) -> Call:
        session, company, today = self._session, self._company, self._session.today()

        def run() -> int:
            from crm.app import companies as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            if company is None:
                return app.add(session.book, draft)
            app.edit(session.book, CompanyId(company), draft, today=today)
            return company

        return run

    def _show_field(self, error: KeepwarmError) -> bool:
        if error.code is not ErrorCode.INVALID or error.params.get("field") != "name":
            return False
        if error.params.get("why") == "taken":
            self._ask_holder()
        else:
            self.name_field.show_problem(self.tr("Give the company a name."))
        return True

    def _ask_holder(self) -> None:
        session, name, besides = self._session, self.name.text(), self._company
        session.ask(
            (self, "holder"), lambda: asking.called(session.book, name, besides), self._show_holder, self
        )

    def _show_holder(self, holder: CompanyRow | None) -> None:
        self._holder = holder
        name = holder.name if holder else self.name.text().strip()
        self.name_field.show_problem(self.tr("There is a company called “{name}” already.").format(name=name))
        if holder is not None and self.on_taken is not None:
            label = self.tr("Merge the two…") if self._company is not None else self.tr("Open it")
            self.merge.set_label(label)
            self.merge.show()

    def _on_name_edited(self) -> None:
        self.name_field.show_problem("", focus=False)
        self.merge.hide()

    def _on_merge_clicked(self) -> None:
        if self._holder is not None and self.on_taken is not None:
            self.reject()
            self.on_taken(self._holder)


def _rules(now: Interval | None) -> list[tuple[object, str]]:
    offered = (*USUAL, now) if now is not None and now not in USUAL else USUAL
    return [(None, words.tr("No rule for this company")), *((one, wording.interval(one)) for one in offered)]
