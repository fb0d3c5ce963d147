"""The editor of a person: everything that can be said of one, in one dialog. Nothing is saved before Save."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from crm import wording
from crm.domain.cadence import parse_interval
from crm.domain.dates import Toward
from crm.domain.person import PersonCard, PersonDraft, PersonId, PersonName, made_name
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.checkins.days import day_field
from crm.gui.checkins.who import WhoField
from crm.gui.people import asking
from crm.gui.people.editor_facts import date_lines, field_lines
from crm.gui.people.editor_lists import ContactLines, PositionLines
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog, Question, ask
from crm.gui.widgets.fields import DateField, Field, TextArea, TextField
from crm.gui.widgets.layouts import add, column, row


class PersonEditor(Dialog):
    """Adds a person (`card` None) or edits one. `saved(int)` tells whom, once they are in the book."""

    saved = Signal(int)

    def __init__(
        self, session: Session, draft: PersonDraft, parent: QWidget, *, card: PersonCard | None = None
    ) -> None:
        title = parent.tr("Add person") if card is None else parent.tr("Edit {name}")
        super().__init__(title.replace("{name}", made_name(draft)), parent, width=680)
        self._session, self._draft = session, draft
        self._person = int(card.row.id) if card else None
        self._introduced_by = card.introduced_by if card else None
        self._today = session.today()
        self._fill_body()
        self._connect()
        self._first = self._entered()

    @property
    def draft(self) -> PersonDraft:
        """What the fields say."""
        return self._entered()

    def reject(self) -> None:
        """Close; where something was typed, ask first."""
        if self._entered() == self._first:
            super().reject()
            return
        question = Question(
            self.tr("Leave without saving?"),
            self.tr("What you typed here would be lost."),
            self.tr("Leave"),
            danger=True,
        )
        ask(self, question, super().reject)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        strong = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if strong and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_save_clicked()
            return
        super().keyPressEvent(event)

    # --- building -----------------------------------------------------------------------------------------------------

    def _fill_body(self) -> None:
        inner = QWidget()
        layout = column(inner, gap=14)
        add(layout, *self._name_fields())
        self._positions = PositionLines(self._draft.positions, self._make_date)
        self._contacts = ContactLines(self._draft.contacts)
        self._position_field = Field(self.tr("Positions"), self._positions)
        self._contact_field = Field(self.tr("Ways to reach"), self._contacts)
        add(layout, self._position_field, self._contact_field, *self._other_fields())
        self.body.addWidget(inner)
        self.add_cancel()
        self._save = self.add_button(self.tr("Save"), Variant.PRIMARY)

    def _name_fields(self) -> tuple[QWidget, ...]:
        draft, name = self._draft, self._draft.name
        self._display = TextField(draft.display_name, self.tr("Ada Lovelace"), limit=300)
        self._display_field = Field(self.tr("Name"), self._display)
        self._given, self._family = TextField(name.given), TextField(name.family)
        self._additional, self._prefix = TextField(name.additional), TextField(name.prefix)
        self._suffix = TextField(name.suffix)
        self._nicknames = TextField(", ".join(draft.nicknames))
        parts = row(None, gap=8)
        add(
            parts,
            (Field(self.tr("First"), self._given), 2),
            (Field(self.tr("Middle"), self._additional), 1),
            (Field(self.tr("Last"), self._family), 2),
        )
        more = row(None, gap=8)
        add(
            more,
            (Field(self.tr("Prefix"), self._prefix), 1),
            (Field(self.tr("Suffix"), self._suffix), 1),
            (Field(self.tr("Also called"), self._nicknames), 3),
        )
        holder = QWidget()
        box = column(holder, gap=10)
        box.addLayout(parts)
        box.addLayout(more)
        return self._display_field, holder

    def _other_fields(self) -> tuple[QWidget, ...]:
        draft = self._draft
        self._tags = TextField(", ".join(draft.tags), self.tr("Hiring manager, Mentor"))
        self._dates, self._fields = date_lines(draft.dates), field_lines(draft.fields)
        self._dates_field = Field(self.tr("Dates"), self._dates)
        self._fields_field = Field(self.tr("Fields of your own"), self._fields)
        every = self.tr("never") if draft.never else wording.interval(draft.every) if draft.every else ""
        self._every = TextField(every, self.tr("6 weeks"), limit=60)
        self._every_field = Field(
            self.tr("Check in"), self._every, self.tr("Empty: as the rules say. “never”: no check-ins.")
        )
        self._met_on = self._make_date(draft.met_on)
        self._met_field = Field(self.tr("Met on"), self._met_on)
        self._how_met = TextField(draft.how_met, self.tr("At a meetup, through Samuel…"), limit=2000)
        self._notes = TextArea(draft.notes, lines=5)
        by = self._introduced_by
        self._through = WhoField(self._session, [(by.id, by.name)] if by else ())
        self._through_field = Field(self.tr("Introduced by"), self._through)
        met = QWidget()
        add(row(met, gap=8), (Field(self.tr("How you met"), self._how_met), 2), (self._met_field, 1))
        tags = Field(self.tr("Tags"), self._tags, self.tr("With commas between them."))
        notes = Field(self.tr("Notes"), self._notes, self.tr("Markdown works: **bold**, lists, links."))
        return tags, self._every_field, self._dates_field, met, self._through_field, self._fields_field, notes

    def _connect(self) -> None:
        self._save.clicked.connect(self._on_save_clicked)
        self._notes.submitted.connect(self._on_save_clicked)
        book = self._session.book
        self._session.ask(
            (self, "companies"), lambda: asking.company_names(book), self._positions.complete, self
        )
        self._session.ask((self, "tags"), lambda: asking.tag_names(book), self._complete_tags, self)
        self._display.setFocus()

    def _complete_tags(self, names: tuple[str, ...]) -> None:
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._tags.setCompleter(completer)

    def _make_date(self, value: date | None) -> DateField:
        return day_field(value, today=self._today, toward=Toward.PAST)

    # --- reading the fields -------------------------------------------------------------------------------------------

    def _entered(self) -> PersonDraft:
        every = self._every.text().strip()
        never = every.lower() in {"never", "off", self.tr("never")}
        return replace(
            self._draft,
            display_name=self._display.text().strip(),
            name=self._name(),
            nicknames=_split(self._nicknames.text()),
            contacts=self._contacts.points,
            positions=self._positions.positions,
            dates=self._dates.said,
            fields=self._fields.said,
            introduced_by=next((PersonId(one) for one in self._through.people), None),
            tags=_split(self._tags.text()),
            notes=self._notes.toPlainText(),
            how_met=self._how_met.text().strip(),
            met_on=self._met_on.value,
            every=None if never or not every else parse_interval(every),
            never=never,
        )

    def _name(self) -> PersonName:
        """Return the parts of the name; those left alone follow a changed whole name."""
        parts = PersonName(
            self._family.text().strip(),
            self._given.text().strip(),
            self._additional.text().strip(),
            self._prefix.text().strip(),
            self._suffix.text().strip(),
        )
        renamed = self._display.text().strip() != self._draft.display_name
        return PersonName() if renamed and parts == self._draft.name else parts

    def _problems(self) -> bool:
        """Show what can't be saved; say whether there is anything."""
        every = self._every.text().strip().lower()
        wrong = (
            bool(every) and every not in {"never", "off", self.tr("never")} and parse_interval(every) is None
        )
        self._every_field.show_problem(self.tr("Write “6 weeks” or “3 months”.") if wrong else "")
        through = self._problem_of_through()
        self._through_field.show_problem(through)
        dates = (
            self._met_on,
            *(field for line in self._positions.lines for field in (line.from_on, line.until_on)),
        )
        bad = next((field for field in dates if field.isEnabled() and field.problem), None)
        if bad is not None:
            bad.setFocus()
        return wrong or bool(through) or bad is not None

    def _problem_of_through(self) -> str:
        if self._through.leftover:
            return self.tr("Choose who you mean from the list, or empty the line.")
        return (
            self.tr("One person introduces you; take the others off.")
            if len(self._through.people) > 1
            else ""
        )

    # --- saving -------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_save_clicked(self) -> None:
        if self._problems():
            return
        session, person, draft = self._session, self._person, self._entered()
        run: Callable[[], int] = lambda: asking.save(session.book, person, draft, session.today())  # noqa: E731
        session.store(self, run, self.saved.emit, self._show_field)

    def _show_field(self, error: KeepwarmError) -> bool:
        """Show what the book refuses where it was typed."""
        if error.code is not ErrorCode.INVALID:
            return False
        words = wording.error(error).what
        fields = {
            "name": self._display_field,
            "every": self._every_field,
            "met_on": self._met_field,
            "company": self._position_field,
            "until_on": self._position_field,
            "date": self._dates_field,
            "field": self._fields_field,
            "introduced_by": self._through_field,
        }
        field = fields.get(str(error.params.get("field")))
        if field is not None:
            field.show_problem(words)
        return field is not None


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
