"""The dialog that logs a touch, or corrects one."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.person import PersonId
from crm.domain.touch import TouchDraft, TouchKind, TouchRow, usual_direction
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.checkins.days import day_field
from crm.gui.checkins.kinds import DirectionChoice, KindChoice
from crm.gui.checkins.who import WhoField
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button, Size, Variant
from crm.gui.widgets.dialogs import Dialog, Question, ask
from crm.gui.widgets.fields import Field, TextArea
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.layouts import add, boxed, column

People = tuple[tuple[int, str], ...]


class LogTouchDialog(Dialog):
    """What happened, when, with whom. With `touch` it corrects that one instead. Show it with `open()`.

    Ctrl+Enter saves. `accepted` is emitted once the touch is in the book; the toast has come by then.
    """

    def __init__(
        self,
        session: Session,
        people: People = (),
        parent: QWidget | None = None,
        *,
        kind: TouchKind = TouchKind.CALL,
        touch: TouchRow | None = None,
    ) -> None:
        super().__init__(_title(people, touch), parent, width=560)
        self._session = session
        self._touch = touch
        self._today = session.today()
        self._own_direction = touch is not None
        self._kinds = KindChoice(touch.kind if touch else kind, self.tr("What happened"), self)
        self._who = WhoField(session, touch.people if touch else people, self)
        self._day = day_field(
            touch.on if touch else self._today, today=self._today, toward=Toward.PAST, parent=self
        )
        self._directions = DirectionChoice(self.tr("Who reached out"), self)
        self._note = TextArea(touch.note if touch else "", lines=4, parent=self)
        self._wrote = self._note.toPlainText().strip()
        self._fill_body()
        self._directions.choose((touch.direction if touch else usual_direction(kind)).value)
        self._kinds.chosen.connect(self._on_kind_chosen)
        self._directions.chosen.connect(self._on_direction_chosen)
        self._note.submitted.connect(self._on_save_clicked)
        self._focus_first()

    def reject(self) -> None:
        """Close without saving; words somebody wrote aren't thrown away without asking."""
        if self._note.toPlainText().strip() == self._wrote:
            super().reject()
            return
        body = self.tr("What you wrote here hasn’t been saved.")
        question = Question(
            self.tr("Close without saving?"),
            body,
            self.tr("Throw note away"),
            danger=True,
            cancel=self.tr("Keep writing"),
        )
        ask(self, question, self._throw_away)

    def _throw_away(self) -> None:
        self.done(QDialog.DialogCode.Rejected)

    def _fill_body(self) -> None:
        self._who_field = Field(self.tr("With"), self._who)
        self._day_field = Field(self.tr("When"), self._day)
        note_help = self.tr(
            "What you talked about, what you promised. It comes back when it is time to check in."
        )
        note_field = Field(self.tr("Note"), self._note, note_help)
        when = boxed(add(column(gap=6), self._day_field, self._quick_days()))
        what = Field(self.tr("What happened"), self._kinds)
        direction = Field(self.tr("Who reached out"), self._directions)
        add(self.body, what, self._who_field, when, note_field, direction)
        self.add_cancel()
        label = self.tr("Save touch") if self._touch else self.tr("Log touch")
        self._save = self.add_button(label, Variant.PRIMARY)
        self._save.clicked.connect(self._on_save_clicked)

    def _quick_days(self) -> Flow:
        made = Flow(gap=6)
        yesterday = self._today - timedelta(days=1)
        for label, on in ((self.tr("Today"), self._today), (self.tr("Yesterday"), yesterday)):
            button = Button(label, Variant.GHOST, size=Size.SMALL)
            button.clicked.connect(lambda _checked=False, on=on: self._choose_day(on))
            made.add(button)
        return made

    def _focus_first(self) -> None:
        if self._who.people:
            self._note.setFocus()
        else:
            self._who.setFocus()

    def _choose_day(self, on: date) -> None:
        self._day.set_value(on)
        self._day_field.show_problem("")

    def _on_kind_chosen(self, _kind: str) -> None:
        if not self._own_direction:
            self._directions.choose(usual_direction(self._kinds.kind).value)

    def _on_direction_chosen(self, _direction: str) -> None:
        self._own_direction = True

    def _on_save_clicked(self) -> None:
        # From the last field to the first, so that the first problem gets the focus.
        day_problem, who_problem = self._problem_of_day(), self._problem_of_who()
        self._day_field.show_problem(day_problem)
        self._who_field.show_problem(who_problem)
        on = self._day.value
        if not day_problem and not who_problem and on is not None:
            self._session.store(self, self._verb(self._draft(on)), problem=self._show_field)

    def _problem_of_day(self) -> str:
        on = self._day.value
        if on is None:
            return self._day.question or self.tr(
                "That isn’t a day. Write “yesterday”, “last Tuesday” or “12 Nov”."
            )
        if on > self._today:
            return self.tr("That day is still to come. Log it once it has happened.")
        return ""

    def _problem_of_who(self) -> str:
        if self._who.leftover:
            return self.tr("Choose who you mean from the list, or empty the line.")
        return "" if self._who.people else self.tr("Say who the touch was with.")

    def _draft(self, on: date) -> TouchDraft:
        people = tuple(PersonId(person) for person in self._who.people)
        note = self._note.toPlainText()
        return TouchDraft(people, self._kinds.kind, on, note, self._directions.direction)

    def _verb(self, draft: TouchDraft) -> Callable[[], Any]:
        session, touch, today = self._session, self._touch, self._today

        def run() -> Any:
            from crm.app import touches as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            if touch is None:
                return app.log(session.book, draft, today=today)
            return app.edit(session.book, touch.id, draft, today=today)

        return run

    def _show_field(self, error: KeepwarmError) -> bool:
        of_day = error.code is ErrorCode.FUTURE_TOUCH
        if of_day:
            self._day_field.show_problem(wording.error_line(error))
        return of_day


def _title(people: People, touch: TouchRow | None) -> str:
    if touch is not None:
        return QCoreApplication.translate("LogTouchDialog", "Edit touch")
    if len(people) == 1:
        return QCoreApplication.translate("LogTouchDialog", "Log a touch with {who}").format(who=people[0][1])
    return QCoreApplication.translate("LogTouchDialog", "Log a touch")
