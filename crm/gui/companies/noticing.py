"""The dialogs and the menu of a note on a company: correct it, make a step of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QMenu, QWidget

from crm import wording
from crm.domain.company import CompanyPerson
from crm.domain.dates import Toward
from crm.domain.person import PersonId
from crm.domain.watch import Engage, NoticedDraft, NoticedKind, NoticedRow
from crm.gui import links
from crm.gui.checkins.days import day_field
from crm.gui.companies import words
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Select, TextField
from crm.gui.widgets.menus import MenuItem, add_item, menu

Call = Callable[[], None]
OFFERED = 30


class NoticedDialog(Dialog):
    """Corrects a note; `kept` gets the draft."""

    def __init__(
        self, row: NoticedRow, today: date, kept: Callable[[NoticedDraft], None], parent: QWidget
    ) -> None:
        super().__init__(
            words.tr("What you noticed at {company}").replace("{company}", row.company), parent, width=480
        )
        self._draft, self._today, self._kept = row.draft, today, kept
        self.text = TextField(row.draft.text, limit=500)
        self.kind = Select([(kind, wording.noticed_kind(kind)) for kind in NoticedKind])
        self.kind.choose(row.draft.kind)
        self.day = day_field(row.draft.on, today=today, toward=Toward.PAST, parent=self)
        self.link = TextField(row.draft.link, "https://")
        self.text_field = Field(words.tr("What it was"), self.text)
        self.day_field = Field(words.tr("When"), self.day)
        for field in (
            self.text_field,
            Field(words.tr("Kind"), self.kind),
            self.day_field,
            Field(words.tr("Where to read it"), self.link),
        ):
            self.body.addWidget(field)
        self.add_cancel()
        self.add_button(words.tr("Save"), Variant.PRIMARY).clicked.connect(self._on_save_clicked)
        self.text.setFocus()

    def _on_save_clicked(self) -> None:
        on, said, link = self.day.value, self.text.text().strip(), self.link.text().strip()
        nothing = not said and not link
        wrong_day = on is None or on > self._today
        self.text_field.show_problem(words.tr("Write down what you noticed.") if nothing else "")
        self.day_field.show_problem(words.tr("That isn’t a day up to today.") if wrong_day else "")
        if on is None or nothing or wrong_day:
            return
        kind = NoticedKind(str(self.kind.value))
        self._kept(replace(self._draft, text=said, on=on, kind=kind, link=link))
        self.accept()


class StepDialog(Dialog):
    """A dated step about a note, with somebody there or with nobody in particular; `chosen` gets it."""

    def __init__(
        self,
        row: NoticedRow,
        people: tuple[CompanyPerson, ...],
        today: date,
        chosen: Callable[[Engage], None],
        parent: QWidget,
    ) -> None:
        lead = wording.noticed(row, today)
        super().__init__(words.tr("Next step"), parent, lead=lead, width=460)
        self._row, self._chosen = row, chosen
        self._names = {person.id: person.name for person in people[:OFFERED]}
        self.who = Select([(0, words.tr("Nobody in particular")), *self._names.items()])
        self.title = TextField(self._usual(), limit=300)
        self.day = day_field(today + timedelta(days=1), today=today, toward=Toward.FUTURE, parent=self)
        self.title_field = Field(words.tr("What to do"), self.title)
        self.day_field = Field(words.tr("When"), self.day)
        if self._names:
            self.body.addWidget(Field(words.tr("With whom"), self.who))
        else:
            self.who.setParent(self)
            self.who.hide()
        for field in (self.title_field, self.day_field):
            self.body.addWidget(field)
        self.add_cancel()
        self.add_button(words.tr("Add the step"), Variant.PRIMARY).clicked.connect(self._on_add_clicked)
        self.who.chosen.connect(self._on_who_chosen)
        self.day.setFocus()

    def _usual(self) -> str:
        who = self._names.get(self._person, "")
        return wording.engage_step(self._row.draft, who, self._row.company)

    @property
    def _person(self) -> int:
        return int(str(self.who.value or 0))

    def _on_who_chosen(self, _who: object) -> None:
        """Name whom it is with, unless the title was written by hand."""
        if not self.title.isModified():
            self.title.setText(self._usual())

    def _on_add_clicked(self) -> None:
        on, title = self.day.value, self.title.text().strip()
        self.title_field.show_problem("" if title else words.tr("Say what to do."))
        self.day_field.show_problem("" if on else words.tr("That isn’t a day. Write “tomorrow” or “12 Nov”."))
        if on is not None and title:
            person = PersonId(self._person) if self._person else None
            self._chosen(Engage(title, on, person))
            self.accept()


def noticed_menu(
    row: NoticedRow, step: Call, pursue: Call, edit: Call, delete: Call, parent: QWidget
) -> QMenu:
    """Return what can be done with a note."""
    made = menu(parent, words.tr("What you noticed"))
    url = links.website(row.draft.link)
    if url is not None:
        add_item(made, MenuItem(words.tr("Open the link"), "external-link"), partial(_open, url))
    add_item(made, MenuItem(words.tr("Next step…"), "flag"), step)
    if row.is_open_opening:
        add_item(made, MenuItem(words.tr("Make it an opportunity"), "briefcase"), pursue)
    elif row.opportunity is not None:
        add_item(made, MenuItem(words.tr("Open the opportunity"), "briefcase"), pursue)
    made.addSeparator()
    add_item(made, MenuItem(words.tr("Edit…"), "pencil"), edit)
    add_item(made, MenuItem(words.tr("Delete"), "trash-2"), delete)
    return made


def _open(url: QUrl) -> None:
    links.open_link(url)
