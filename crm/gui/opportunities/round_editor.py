"""The dialog of a round: when and with whom before it, how it went after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.interview import BEST, Format, InterviewDraft, InterviewRow
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.gui.checkins.days import day_field
from crm.gui.checkins.who import WhoField
from crm.gui.lessons import open_brief
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import LinkButton, Size, Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Select, TextArea, TextField
from crm.gui.widgets.layouts import add, boxed, row

_LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240)


class RoundDialog(Dialog):
    """A round of an opportunity. With `stands` it edits that one."""

    def __init__(
        self, session: Session, opportunity: int, stands: InterviewRow | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(wording.say("Add a round" if stands is None else "Round"), parent, width=600)
        self._session, self._opportunity, self._stands = session, opportunity, stands
        today = session.today()
        draft = self._draft = stands.draft if stands else InterviewDraft(today)
        self.day = day_field(draft.on if stands else None, today=today, toward=Toward.FUTURE, parent=self)
        starts = draft.starts_at.astimezone() if draft.starts_at else None
        self.clock = TextField(f"{starts:%H:%M}" if starts else "", self.tr("14:30"), limit=5)
        self.length = Select([(one, _minutes(one)) for one in sorted({*_LENGTHS, draft.minutes})])
        self.length.choose(draft.minutes)
        self.format = Select([(one, wording.interview_format(one)) for one in Format])
        self.format.choose(draft.format)
        self.name = TextField(draft.name, self.tr("Panel with the team"))
        self.who = WhoField(session, stands.people if stands else (), self)
        self.preparation = TextArea(draft.preparation, lines=3)
        ways: list[tuple[object, str]] = [(None, self.tr("Not written down yet"))]
        self.went = Select([*ways, *((one, wording.went(one)) for one in range(BEST, 0, -1))])
        self.went.choose(draft.went)
        self.questions = TextArea(draft.questions, lines=3)
        self.enjoyed = TextField(draft.enjoyed)
        self.repeat = TextArea(draft.repeat, lines=2)
        self.change = TextArea(draft.change, lines=2)
        self._fill_body(after=stands is not None and draft.on <= today)
        self.resize(px(600), min(px(720), self.maximumHeight()))

    def _fill_body(self, *, after: bool) -> None:
        self.day_field = Field(self.tr("Day"), self.day)
        self.clock_field = Field(
            self.tr("Time"), self.clock, self.tr("Where you are. Leave it out while it is open.")
        )
        lines = (
            (self.day_field, self.clock_field),
            (Field(self.tr("Length"), self.length), Field(self.tr("How"), self.format)),
        )
        for one, other in lines:
            self.body.addWidget(boxed(add(row(gap=12), (one, 1), (other, 1))))
        before = (
            Field(self.tr("With"), self.who),
            Field(self.tr("What it is about"), self.name),
            Field(self.tr("Prepare"), self.preparation, self.tr("Facts, stories, questions to ask.")),
        )
        later = (
            Field(self.tr("How did it go?"), self.went),
            Field(self.tr("Questions they asked"), self.questions),
            Field(self.tr("One thing you enjoyed"), self.enjoyed, self.tr("For the thank-you note.")),
            Field(self.tr("What I’d repeat"), self.repeat),
            Field(self.tr("What I’d change"), self.change),
        )
        add(self.body, *((*later, self._which_helped(), *before) if after else before))
        if not after:
            for field in later:
                field.setParent(self)
                field.hide()
        self.add_cancel()
        label = self.tr("Add round") if self._stands is None else self.tr("Save round")
        self.save = self.add_button(label, Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        (self.went if after else self.day).setFocus()

    def _which_helped(self) -> QWidget:
        """Return what leads to the brief, where each lesson taken along can be called used or not relevant."""
        link = LinkButton(self.tr("Say which lessons helped"), size=Size.SMALL)
        link.clicked.connect(self._on_which_helped_clicked)
        return boxed(add(row(), link, None))

    def _on_which_helped_clicked(self) -> None:
        if self._stands is not None:
            open_brief(self._session, self._stands.id, self)

    def _on_save_clicked(self) -> None:
        on, at = self.day.value, _clock(self.clock.text())
        bad_time = bool(self.clock.text().strip()) and at is None
        self.clock_field.show_problem(self.tr("Write the time as 14:30.") if bad_time else "")
        self.day_field.show_problem("" if on else self.tr("Say on which day. Write “Friday” or “12 Nov”."))
        if self.who.leftover:
            self.show_problem(self.tr("Choose who you mean from the list, or empty the line."))
        if on is None or bad_time or self.who.leftover or not self.save.isEnabled():
            return
        starts = datetime.combine(on, at).astimezone() if at else None
        stood = self._draft.starts_at
        draft = replace(
            self._draft,
            on=on,
            starts_at=stood
            if stood == starts
            else starts,  # the same instant keeps the zone it was planned in
            minutes=int(str(self.length.value)),
            format=Format(str(self.format.value)),
            name=self.name.text(),
            people=tuple(PersonId(one) for one in self.who.people),
            preparation=self.preparation.toPlainText(),
            went=self.went.value if isinstance(self.went.value, int) else None,
            questions=self.questions.toPlainText(),
            enjoyed=self.enjoyed.text(),
            repeat=self.repeat.toPlainText(),
            change=self.change.toPlainText(),
        )
        self._session.store(self, self._verb(draft))

    def _verb(self, draft: InterviewDraft) -> Callable[[], Any]:
        session, stands, opportunity = self._session, self._stands, self._opportunity

        def run() -> Any:
            from crm.app import interviews as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            if stands is None:
                return app.add(session.book, OpportunityId(opportunity), draft, today=session.today())
            return app.edit(session.book, stands.id, draft)

        return run


def _minutes(number: int) -> str:
    return wording.count(number, "{n} minute", "{n} minutes")


def _clock(words: str) -> time | None:
    try:
        return time.fromisoformat(words.strip())
    except ValueError:
        return None
