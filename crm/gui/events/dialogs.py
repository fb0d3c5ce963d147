"""The dialogs of events: one says what it is, the other whom the user met."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.event import EventDraft, EventStatus, EventType, read_names
from crm.domain.person import PersonId
from crm.gui.checkins.days import day_field
from crm.gui.checkins.who import WhoField
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Select, TextArea, TextField
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, row


class EventEditor(Dialog):
    """Everything a user can say of an event. `written(object)` tells the draft; whoever stores it closes the dialog."""

    written = Signal(object)

    def __init__(
        self,
        session: Session,
        draft: EventDraft | None,
        expected: tuple[tuple[int, str], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(wording.say("Edit event" if draft else "Add event"), parent, width=560)
        self._draft = draft or EventDraft("")
        shown = self._draft
        self.name = TextField(shown.name, self.tr("Lisbon Tech Fair"), limit=300)
        self.kind = Select([(one, wording.event_type(one)) for one in EventType])
        self.kind.choose(shown.kind)
        self.status = Select([(one, wording.event_status(one)) for one in EventStatus])
        self.status.choose(shown.status)
        self.day = day_field(shown.held_on, today=session.today(), toward=Toward.FUTURE, parent=self)
        self.place = TextField(shown.place, self.tr("Where it is"))
        self.link = TextField(shown.link, "https://")
        self.goal = TextField(shown.goal, self.tr("Meet two people from Orbital Labs"))
        self.who = WhoField(session, expected, self)
        self.notes = TextArea(shown.notes, lines=3)
        self.came = TextArea(shown.outcome, self.tr("What came of it"), lines=2)
        self._fill_body(editing=draft is not None)
        self.resize(px(560), min(px(700), self.maximumHeight()))
        self.name.setFocus()

    def _fill_body(self, *, editing: bool) -> None:
        self.name_field = Field(self.tr("Name"), self.name)
        self.day_field = Field(self.tr("Day"), self.day, self.tr("Leave it empty for what goes on."))
        pairs = [
            (Field(self.tr("Kind"), self.kind), Field(self.tr("Are you going?"), self.status)),
            (self.day_field, Field(self.tr("Place"), self.place)),
        ]
        self.body.addWidget(self.name_field)
        for one, other in pairs:
            self.body.addWidget(boxed(add(row(gap=12), (one, 1), (other, 1))))
        add(
            self.body,
            Field(self.tr("Your goal"), self.goal),
            Field(self.tr("Who may be there"), self.who),
            Field(self.tr("Link"), self.link),
            Field(self.tr("Notes"), self.notes),
        )
        came = Field(self.tr("What came of it"), self.came)
        self.body.addWidget(came)
        came.setVisible(editing)
        self.add_cancel()
        self.save = self.add_button(
            self.tr("Save event") if editing else self.tr("Add event"), Variant.PRIMARY
        )
        self.save.clicked.connect(self._on_save_clicked)
        self.notes.submitted.connect(self._on_save_clicked)

    def _on_save_clicked(self) -> None:
        if not self.name.text().strip():
            self.name_field.show_problem(self.tr("Give the event a name."))
            return
        if self.who.leftover:
            self.show_problem(self.tr("Choose who you mean from the list, or empty the line."))
            self.who.setFocus()
            return
        if self.day.problem:
            self.day_field.show_problem(self.tr("That isn’t a day. Write “12 March”."))
            return
        kind, status = self.kind.value, self.status.value
        self.written.emit(
            replace(
                self._draft,
                name=self.name.text(),
                kind=kind if isinstance(kind, EventType) else self._draft.kind,
                status=status if isinstance(status, EventStatus) else self._draft.status,
                held_on=self.day.value,
                place=self.place.text(),
                link=self.link.text(),
                goal=self.goal.text(),
                notes=self.notes.toPlainText(),
                outcome=self.came.toPlainText(),
                expected=tuple(PersonId(person) for person in self.who.people),
            )
        )


class MetDialog(Dialog):
    """Whom the user met, a line each. `written(object)` tells the names read; whoever stores them closes the dialog."""

    written = Signal(object)

    def __init__(self, event: str, parent: QWidget | None = None) -> None:
        title = wording.say("Who did you meet at {event}?", event=event)
        super().__init__(title, parent, width=480)
        hint = self.tr("Ana Lima, Orbital Labs\nTomás")
        self.names = TextArea("", hint, lines=6)
        self.names.setAccessibleName(self.tr("Names, a line each"))
        self.read = PlainLabel("", "small", "text2", wrap=True)
        self.field = Field(
            self.tr("Names, a line each"),
            self.names,
            self.tr("A company may follow after a comma. Whom you have here already is recognised by name."),
        )
        add(self.body, self.field, self.read)
        self.add_cancel()
        self.keep = self.add_button(self.tr("Keep them"), Variant.PRIMARY)
        self.names.textChanged.connect(self._on_text_changed)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.names.submitted.connect(self._on_keep_clicked)
        self._on_text_changed()
        self.names.setFocus()

    def _on_text_changed(self) -> None:
        count = len(read_names(self.names.toPlainText()))
        self.keep.setEnabled(count > 0)
        self.read.setText(
            wording.count(
                count,
                "One person: a touch is logged, with a step to follow up within two working days.",
                "{n} people: a touch is logged, with a step each to follow up within two working days.",
            )
            if count
            else ""
        )

    def _on_keep_clicked(self) -> None:
        names = read_names(self.names.toPlainText())
        if names:
            self.written.emit(names)
