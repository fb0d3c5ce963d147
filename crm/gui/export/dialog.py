"""Export to calendar: which check-ins, when they ring, how much they tell; with a look at what will be written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.calendar import CalendarEntry, Detail
from crm.domain.preferences import BookPreferences
from crm.domain.query import CompanyQuery, PeopleQuery
from crm.gui import links
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.cards import Card, CardKind
from crm.gui.widgets.dialogs import Dialog, choose_save
from crm.gui.widgets.fields import Field, Select
from crm.gui.widgets.labels import ElidedLabel, PlainLabel
from crm.gui.widgets.layouts import add, clear, column, row

if TYPE_CHECKING:
    from crm.app.calendar import Exported, ExportOptions

_ALARMS = (0, 10, 30, 60)
_SHOWN = 3
_MOST_COMPANIES = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """Which check-ins: everybody's, those of one company's people, or of one tag's."""

    company: int | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the dialog offers, asked of the book."""

    preferences: BookPreferences
    companies: tuple[tuple[int, str], ...]
    tags: tuple[str, ...]


class ExportDialog(Dialog):
    """Asks, shows, saves. Exporting again updates the same events in calendars that can."""

    def __init__(self, session: Session, parent: QWidget, scope: Scope = Scope()) -> None:
        super().__init__(parent.tr("Export to calendar"), parent, width=560)
        self._session = session
        self._scope = scope
        self._kept = BookPreferences()
        self._fill_body()
        self._connect()
        session.ask((self, "choices"), lambda: _choices(session), self._show_choices, self)

    def _fill_body(self) -> None:
        self._what = Select(((self._scope, self.tr("All planned check-ins")),))
        self._at = Select([(time(hour), f"{hour}:00") for hour in range(6, 22)])
        self._alarm = Select(
            [*((minutes, self._alarm_words(minutes)) for minutes in _ALARMS), (None, self.tr("No alarm"))]
        )
        self._detail = Select(
            (
                (Detail.FULL, self.tr("Reason, last note, phone, email")),
                (Detail.TITLE_ONLY, self.tr("Title only, for calendars others see")),
            )
        )
        when = row(None, gap=12)
        add(when, (Field(self.tr("Time of day"), self._at), 1), (Field(self.tr("Alarm"), self._alarm), 1))
        add(self.body, Field(self.tr("What"), self._what))
        self.body.addLayout(when)
        add(self.body, Field(self.tr("Details"), self._detail))
        card = Card(CardKind.FLAT)
        self._count = PlainLabel("", "bodyStrong")
        self._preview = column(None, gap=4)
        layout = column(card, (14, 12, 14, 12), 6)
        add(layout, self._count)
        layout.addLayout(self._preview)
        note = self.tr(
            "Apple Calendar, Thunderbird and Outlook keep the alarms of a file. Google Calendar drops them and "
            "doesn’t update events you import again."
        )
        add(self.body, card, PlainLabel(note, "small", "text2", wrap=True))
        self.add_cancel()
        self._save = self.add_button(self.tr("Save .ics file"), Variant.PRIMARY)
        self._save.setEnabled(False)

    def _connect(self) -> None:
        for control in (self._what, self._at, self._alarm, self._detail):
            control.chosen.connect(self._on_choice_chosen)
        self._save.clicked.connect(self._on_save_clicked)

    def _alarm_words(self, minutes: int) -> str:
        if not minutes:
            return self.tr("At the time")
        return self.tr("{n} minutes before").replace("{n}", str(minutes))

    def _show_choices(self, found: Choices) -> None:
        self._kept = found.preferences
        every = [(Scope(), self.tr("All planned check-ins"))]
        every += [
            (Scope(tag=tag), self.tr("People tagged {tag}").replace("{tag}", tag)) for tag in found.tags
        ]
        for company, name in found.companies:
            every.append((Scope(company), self.tr("People at {company}").replace("{company}", name)))
        self._what.set_options(every)
        self._what.choose(self._scope)
        self._at.choose(found.preferences.check_in_at)
        self._alarm.choose(found.preferences.alarms[0] if found.preferences.alarms else None)
        self._detail.choose(found.preferences.detail)
        self._look()

    def _wanted(self) -> BookPreferences:
        """Return the choices as the book keeps them for the next time."""
        minutes = self._alarm.value
        alarms = (minutes,) if isinstance(minutes, int) else ()
        at, detail = self._at.value, self._detail.value
        return replace(
            self._kept,
            check_in_at=at if isinstance(at, time) else self._kept.check_in_at,
            alarms=alarms,
            detail=detail if isinstance(detail, Detail) else self._kept.detail,
        )

    def _options(self) -> Callable[[], "ExportOptions"]:
        """Return what makes the options, in the lane: their module loads SQLAlchemy."""
        wanted, scope = self._wanted(), self._what.value
        chosen = scope if isinstance(scope, Scope) else Scope()

        def make() -> "ExportOptions":
            from crm.app import calendar  # noqa: PLC0415 - SQLAlchemy must not load before the first paint
            from crm.domain.company import CompanyId  # noqa: PLC0415 - with it

            return calendar.ExportOptions(
                wanted.check_in_at,
                alarms=wanted.alarms,
                detail=wanted.detail,
                company_id=None if chosen.company is None else CompanyId(chosen.company),
                people=PeopleQuery(tag=chosen.tag) if chosen.tag else None,
            )

        return make

    def _look(self) -> None:
        """Show what would be written."""
        session, options = self._session, self._options()

        def ask() -> tuple[CalendarEntry, ...]:
            from crm.app import calendar  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return calendar.planned(
                session.book, options(), today=session.today(), words=wording.calendar_text
            )

        session.ask((self, "preview"), ask, self._show_preview, self)

    def _show_preview(self, entries: tuple[CalendarEntry, ...]) -> None:
        self._save.setEnabled(bool(entries))
        if not entries:
            self._count.setText(self.tr("No check-ins planned yet"))
        else:
            self._count.setText(wording.count(len(entries), "{n} check-in", "{n} check-ins"))
        clear(self._preview)
        for entry in entries[:_SHOWN]:
            starts = entry.starts_at.astimezone()
            when = f"{wording.day(starts.date(), self._session.today())}, {starts:%H:%M}"
            add(self._preview, ElidedLabel(f"{when}   {entry.summary}", "small", "text2"))
        if not entries:
            words = self.tr("Choose how often to check in with somebody first.")
            add(self._preview, PlainLabel(words, "small", "text2", wrap=True))
        elif len(entries) > _SHOWN:
            rest = self.tr("… and {n} more").replace("{n}", f"{len(entries) - _SHOWN:,}")
            add(self._preview, PlainLabel(rest, "small", "text3"))

    @Slot()
    def _on_choice_chosen(self) -> None:
        self._look()

    @Slot()
    def _on_save_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suggested = Path(folder) / "check-ins.ics"
        path = choose_save(self, self.tr("Save the calendar file"), suggested, (self.tr("Calendar (*.ics)"),))
        if path is not None:
            self.save_to(path if path.suffix.lower() == ".ics" else path.with_name(path.name + ".ics"))

    def save_to(self, path: Path) -> None:
        """Write the file, and keep the choices for the next time."""
        session, options, wanted, kept = self._session, self._options(), self._wanted(), self._kept

        def run() -> "Exported":
            from crm.app import calendar, preferences  # noqa: PLC0415 - not before the first paint

            done = calendar.export(
                session.book, path, options(), today=session.today(), words=wording.calendar_text
            )
            if wanted != kept and not session.book.read_only:
                preferences.save(session.book, wanted, today=session.today())
            return done

        session.tasks.write(run, self._on_saved, session.services.failed, self)

    def _on_saved(self, done: Any) -> None:
        told = wording.exported(done.check_ins, done.path.name)
        self._session.services.tell_with(
            told, self.tr("Show in folder"), lambda: links.open_folder(done.path.parent)
        )
        self.accept()


def _choices(session: Session) -> Choices:
    """Ask the book what can be chosen."""
    from crm.app import browse, preferences  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    ids = browse.company_ids(session.book, CompanyQuery())[:_MOST_COMPANIES]
    companies = tuple((int(one.id), one.name) for one in browse.company_rows(session.book, ids) if one.people)
    tags = tuple(tag.name for tag, _ in browse.tags(session.book))
    return Choices(preferences.get(session.book), companies, tags)
