"""The dialog that adds an opportunity or edits one. Only title and company are needed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.opportunity import OpportunityDraft, OpportunityId, Role, RolePerson, Stage
from crm.domain.person import PersonId
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.checkins.days import day_field
from crm.gui.checkins.who import WhoField
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Select, TextArea, TextField
from crm.gui.widgets.layouts import add, boxed, row

Saved = Callable[[int], None]


class OpportunityEditor(Dialog):
    """Everything a user can say of an opportunity. Without `opportunity` it adds one; `on_saved` hears its id."""

    def __init__(
        self,
        session: Session,
        draft: OpportunityDraft,
        opportunity: int | None,
        parent: QWidget | None = None,
        *,
        stage: Stage = Stage.SAVED,
    ) -> None:
        adding = opportunity is None
        super().__init__(wording.say("Add opportunity" if adding else "Edit opportunity"), parent, width=600)
        self._session, self._draft, self._opportunity = session, draft, opportunity
        self.on_saved: Saved | None = None
        self.title = TextField(draft.title, self.tr("Product manager"), limit=300)
        self.company = TextField(draft.company, self.tr("Orbital Labs"), limit=300)
        self.stage = Select([(one, wording.stage(one)) for one in Stage if one is not Stage.CLOSED])
        self.stage.choose(stage)
        self.link = TextField(draft.link, "https://")
        self.source = TextField(draft.source, self.tr("LinkedIn, a friend, a fair"))
        self.salary = TextField(draft.salary)
        self.deadline = day_field(draft.deadline_on, today=session.today(), toward=Toward.FUTURE, parent=self)
        self.who = {role: WhoField(session, _people(draft, role), self) for role in Role}
        self.description = TextArea(draft.description, self.tr("Paste the description"), lines=4)
        self.notes = TextArea(draft.notes, lines=3)
        self._fill_body(adding)
        self.resize(px(600), min(px(720), self.maximumHeight()))
        self.title.setFocus()

    def _fill_body(self, adding: bool) -> None:
        self.title_field = Field(self.tr("Title"), self.title)
        self.company_field = Field(self.tr("Company"), self.company)
        self.deadline_field = Field(self.tr("Deadline"), self.deadline)
        stage = Field(self.tr("Stage"), self.stage)
        link = Field(self.tr("Link"), self.link)
        pairs = [
            (self.title_field, self.company_field),
            (Field(self.tr("Source"), self.source), Field(self.tr("Salary"), self.salary)),
            (self.deadline_field, link),
        ]
        for one, other in pairs:
            self.body.addWidget(boxed(add(row(gap=12), (one, 1), (other, 1))))
        self.body.addWidget(stage)
        stage.setVisible(adding)
        for role, field in self.who.items():
            self.body.addWidget(Field(wording.role(role), field))
        add(self.body, Field(self.tr("Description"), self.description), Field(self.tr("Notes"), self.notes))
        self.add_cancel()
        self.save = self.add_button(
            self.tr("Add opportunity") if adding else self.tr("Save opportunity"), Variant.PRIMARY
        )
        self.save.clicked.connect(self._on_save_clicked)
        self.notes.submitted.connect(self._on_save_clicked)
        self.description.submitted.connect(self._on_save_clicked)

    def written(self) -> OpportunityDraft:
        """Return what the dialog says now."""
        people = tuple(
            RolePerson(PersonId(person), role) for role, field in self.who.items() for person in field.people
        )
        return replace(
            self._draft,
            title=self.title.text(),
            company=self.company.text(),
            link=self.link.text(),
            source=self.source.text(),
            salary=self.salary.text(),
            deadline_on=self.deadline.value,
            description=self.description.toPlainText(),
            notes=self.notes.toPlainText(),
            people=people,
        )

    def _on_save_clicked(self) -> None:
        if not self.save.isEnabled() or self._problems():
            return
        self._session.store(self, self._verb(self.written()), self.on_saved, self._show_field)

    def _problems(self) -> bool:
        """Show what is missing, the first with the focus; say whether anything is."""
        leftover = next((field for field in self.who.values() if field.leftover), None)
        if leftover is not None:
            self.show_problem(self.tr("Choose who you mean from the list, or empty the line."))
            leftover.setFocus()
            return True
        wrong = self.deadline.problem
        company = not self.company.text().strip()
        title = not self.title.text().strip()
        self.deadline_field.show_problem(
            self.tr("That isn’t a day. Write “Friday” or “12 Nov”.") if wrong else ""
        )
        self.company_field.show_problem(self.tr("Say which company it is at.") if company else "")
        self.title_field.show_problem(self.tr("Give it a title.") if title else "")
        return wrong or company or title

    def _verb(self, draft: OpportunityDraft) -> Callable[[], Any]:
        session, opportunity, today = self._session, self._opportunity, self._session.today()
        stage = self.stage.value if isinstance(self.stage.value, Stage) else Stage.SAVED

        def run() -> int:
            from crm.app import opportunities as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            if opportunity is None:
                return app.add(session.book, draft, today=today, stage=stage)
            app.edit(session.book, OpportunityId(opportunity), draft)
            return opportunity

        return run

    def _show_field(self, error: KeepwarmError) -> bool:
        about_company = error.code is ErrorCode.INVALID and error.params.get("field") == "company"
        if about_company:
            self.company_field.show_problem(self.tr("Say which company it is at."))
        return about_company


def _people(draft: OpportunityDraft, role: Role) -> tuple[tuple[int, str], ...]:
    return tuple((one.person, one.name) for one in draft.people if one.role is role)
