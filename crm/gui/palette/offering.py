"""What the palette offers for what was found: the touch to log, people, companies, opportunities, commands."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.company import CompanyRow
from crm.domain.finding import Found, FoundOpportunity
from crm.domain.folding import fold
from crm.domain.person import PersonRow
from crm.domain.quick import QuickReading, Who
from crm.gui.actions import Act, ActionSpec, Page, keys_in_words, translated
from crm.gui.checkins import LogTouchDialog, every_menu, snooze_menu
from crm.gui.checkins.kinds import KIND_ICONS
from crm.gui.palette.quick_log import KEPT, QuickLogDialog
from crm.gui.palette.results import Group, Result
from crm.gui.session import Place, Session
from crm.gui.widgets.menus import MenuItem, add_item, menu

_USUAL = (Act.ADD_TOUCH, Act.ADD_PERSON, Act.IMPORT, Act.EXPORT_CALENDAR, Act.MAKE_PLAN, Act.SETTINGS)
_MOST_MEANT = 3
_MOST_COMMANDS = 6


class Offering(QObject):
    """Makes groups of results. `search_requested(str)` and `add_person_requested(str)` are for the window."""

    search_requested = Signal(str)
    add_person_requested = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window

    def groups(self, text: str, found: Found) -> tuple[Group, ...]:
        """Return what is offered for `text`, by groups in their order."""
        text = text.strip()
        people = Group(
            self.tr("People") if text else self.tr("Lately"), tuple(map(self._person, found.people))
        )
        firms = Group(self.tr("Companies"), tuple(map(self._company, found.companies)))
        roles = Group(self.tr("Opportunities"), tuple(map(self._opportunity, found.opportunities)))
        commands = Group(self.tr("Commands"), self._commands(text))
        if not text:
            return (people, commands)
        touches = Group(self.tr("Do it now"), self._touches(text, found.touch))
        found_any = any(group.results for group in (touches, people, firms, roles, commands))
        more = self.tr("More") if found_any else self.tr("Nothing called “{words}”").format(words=text)
        rest = () if touches.results else self._rest(text)
        return (touches, people, firms, roles, commands, Group(more, rest))

    # --- a touch ------------------------------------------------------------------------------------------------------

    def _touches(self, text: str, reading: QuickReading | None) -> tuple[Result, ...]:
        if reading is None:
            return ()
        sure = tuple(
            Result(
                self._log_words(one),
                partial(self._log, one, text),
                self._log_about(one),
                KIND_ICONS[one.kind],
            )
            for one in _meant(reading)
        )
        words = self.tr("Look it over first…") if sure else self.tr("Log a touch…")
        return (*sure, Result(words, partial(self._look_over, text), text, "pencil"))

    def _log_words(self, reading: QuickReading) -> str:
        names = ", ".join(one.candidates[0][1].partition(",")[0] for one in reading.who)
        return self.tr("Log {what} with {who}").format(what=wording.touch_word(reading.kind), who=names)

    def _log_about(self, reading: QuickReading) -> str:
        today = self._session.today()
        parts = [wording.weekday_day(reading.on.on, today)]
        if reading.next_on is not None:
            day = wording.weekday_day(reading.next_on.on, today)
            parts.append(self.tr("next check-in {day}").format(day=day))
        elif reading.every is not None or reading.never:
            parts.append(wording.interval(reading.every))
        return ", ".join(parts)

    def _log(self, reading: QuickReading, text: str) -> None:
        """Log it; where that fails, the quick box has the words."""
        session = self._session

        def run() -> object:
            from crm.app import quick as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return app.log(session.book, reading, today=session.today())

        def failed(error: Exception) -> None:
            session.services.keep(KEPT, text)
            session.services.failed(error)

        session.tasks.write(run, lambda _logged: session.services.did(), failed, session.bus)

    def _look_over(self, text: str) -> None:
        QuickLogDialog(self._session, self._window, text=text).open()

    # --- records ------------------------------------------------------------------------------------------------------

    def _person(self, row: PersonRow) -> Result:
        about = ", ".join(part for part in (row.title, row.company) if part)
        place = Place("people", int(row.id))
        return Result(row.name, partial(self._go, place), about, face=row.name, more=partial(self._more, row))

    def _company(self, row: CompanyRow) -> Result:
        people = wording.count(row.people, "{n} person", "{n} people") if row.people else ""
        about = ", ".join(part for part in (row.industry, row.place, people) if part)
        return Result(
            row.name, partial(self._go, Place("companies", int(row.id))), about, face=row.name, square=True
        )

    def _opportunity(self, row: FoundOpportunity) -> Result:
        stands = wording.ending(row.ending) if row.ending else wording.stage(row.stage)
        about = ", ".join(part for part in (row.company, stands) if part)
        place = Place("opportunities", int(row.id))
        return Result(row.title, partial(self._go, place), about, face=row.company or row.title, square=True)

    def _go(self, place: Place) -> None:
        self._session.services.navigate(place)

    def _more(self, row: PersonRow, spot: QPoint) -> None:
        """Show what else can be done with a person."""
        session, window, ids = self._session, self._window, (int(row.id),)
        made = menu(window, row.name)
        opened = MenuItem(self.tr("Open"), "user")
        add_item(made, opened, lambda: self._go(Place("people", ids[0])))
        logged = MenuItem(self.tr("Log touch…"), "check")
        add_item(made, logged, lambda: LogTouchDialog(session, ((ids[0], row.name),), window).open())
        made.addMenu(snooze_menu(session, ids, window))
        made.addMenu(every_menu(session, ids, row.cadence, window))
        made.aboutToHide.connect(made.deleteLater)
        made.popup(spot)

    # --- commands -----------------------------------------------------------------------------------------------------

    def _commands(self, text: str) -> tuple[Result, ...]:
        actions = self._session.actions
        fit = [
            spec
            for spec in actions
            if spec.page is Page.EVERYWHERE
            and spec.id is not Act.PALETTE
            and actions[spec.id].isEnabled()
            and (_fits(text, translated(spec.text)) if text else spec.id in _USUAL)
        ]
        return tuple(map(self._command, fit[:_MOST_COMMANDS]))

    def _command(self, spec: ActionSpec) -> Result:
        words = self._session.actions[spec.id].text().replace("&&", "&").rstrip("…")
        trigger: Callable[[], object] = self._session.actions[spec.id].trigger
        return Result(words, trigger, icon=spec.icon or "command", keys=keys_in_words(spec))

    def _rest(self, text: str) -> tuple[Result, ...]:
        """Return what can be done with words that name nothing, or with more than fits here."""
        add = self.tr("Add person “{words}”").format(words=text)
        search = self.tr("Search people, notes and tags for “{words}”").format(words=text)
        return (
            Result(add, lambda: self.add_person_requested.emit(text), icon="user-plus"),
            Result(search, lambda: self.search_requested.emit(text), icon="search"),
        )


def _meant(reading: QuickReading) -> tuple[QuickReading, ...]:
    """Return the readings that could be logged at once: this one, or one for each person a name may mean."""
    if reading.settled:
        return (reading,)
    open_ = [at for at, one in enumerate(reading.who) if not one.settled]
    if len(open_) != 1:
        return ()
    at, unsure = open_[0], reading.who[open_[0]]
    others = [Who(unsure.said, (one,)) for one in unsure.candidates[:_MOST_MEANT]]
    settled = (replace(reading, who=(*reading.who[:at], one, *reading.who[at + 1 :])) for one in others)
    return tuple(one for one in settled if one.settled)


def _fits(text: str, words: str) -> bool:
    """Say whether each typed word begins a word of a command."""
    known = fold(words).split()
    return all(any(one.startswith(word) for one in known) for word in fold(text).split())
