"""Meetings: a calendar file looked over before it is brought in; meetings that were, to confirm; those ahead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget
from shiboken6 import isValid

from crm import wording
from crm.domain.changes import Changes
from crm.domain.meeting import TAKEN, MeetingId, MeetingLine, MeetingRecord
from crm.gui.meetings.calendars import CalendarsDialog
from crm.gui.meetings.lines import RecordLine, WaitingLine
from crm.gui.session import Place, Session
from crm.gui.widgets.buttons import Button, LinkButton, Size, Variant
from crm.gui.widgets.cards import CardRow, RowCard, SectionHead
from crm.gui.widgets.dialogs import choose_files
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, row, scrolled
from crm.gui.widgets.progress import ProgressPane

if TYPE_CHECKING:
    from crm.app.meetings import MeetingPlan, ReadCalendars
    from crm.app.progress import Progress

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Kept:
    """What the book has: meetings to confirm, and those ahead."""

    waiting: tuple[MeetingLine, ...] = ()
    ahead: tuple[MeetingLine, ...] = ()


class MeetingsPage(QWidget):
    """`start(paths)` reads calendars and shows what would become of their meetings."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._kept = Kept()
        self._plan: MeetingPlan | None = None
        self._progress: Progress | None = None
        self._left_out: set[str] = set()
        self._shown = SHOWN
        self._build_ui()
        self._connect()
        self.refresh()

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Meetings")

    def primary_focus(self) -> QWidget:
        """Return the row the keyboard is on, else what opens a calendar."""
        if self._parts.currentWidget() is self._review:
            return self._found.current or self._bring
        return self._to_confirm.current or self._ahead.current or self._open

    def refresh(self) -> None:
        """Ask anew what waits and what is ahead."""
        book, today = self._session.book, self._session.today()

        def ask() -> Kept:
            from crm.app import meetings  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return Kept(meetings.waiting(book, today=today), meetings.ahead(book, today=today))

        self._session.ask(self, ask, self._show_kept, self)

    def start(self, paths: Sequence[Path]) -> None:
        """Read calendar files, off the window's thread, and show what bringing their meetings in would do."""
        files, today = tuple(paths), self._session.today()

        def read(progress: "Progress") -> "ReadCalendars":
            from crm.app import meetings  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return meetings.read_files(files, progress, today=today)

        self._start(read)

    def start_connected(self) -> None:
        """Read the chosen calendars of the connected account."""
        session, today = self._session, self._session.today()

        def read(progress: "Progress") -> "ReadCalendars":
            from crm.app import caldav_meetings  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return caldav_meetings.read(session.book, session.pushing.passwords, progress, today=today)

        self._start(read)

    def _start(self, read: "Callable[[Progress], ReadCalendars]") -> None:
        from crm.app.progress import Progress  # noqa: PLC0415 - not before the first paint

        session, today = self._session, self._session.today()
        progress = self._progress = Progress()

        def plan() -> "MeetingPlan":
            from crm.app import meetings  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return meetings.plan(session.book, read(progress), today=today)

        self._parts.setCurrentWidget(self._working)
        self._bar.follow(progress, self.tr("Reading the calendar"))
        session.tasks.files(plan, self._on_read, self._on_failed, self)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self._parts = QStackedWidget()
        self._standing, self._review = self._build_standing(), self._build_review()
        self._empty = EmptyState(
            "calendar-days",
            self.tr("No meetings yet"),
            self.tr(
                "Save your calendar as a file (.ics) and open it here. Meetings with people you know become touches"
                " once you say so; a booked one keeps somebody in touch until it was."
            ),
        )
        self._open_first = self._empty.add_action(self.tr("Open a calendar…"))
        self._read_first = self._empty.add_action(self.tr("Read your calendar…"))
        self._working = QWidget()
        self._bar = ProgressPane(self.tr("Reading the calendar"))
        add(column(self._working, (64, 0, 64, 0)), None, self._bar, None)
        for part in (self._standing, self._empty, self._working, self._review):
            self._parts.addWidget(part)
        add(column(self), (self._parts, 1))

    def _build_standing(self) -> QWidget:
        self._open = Button(self.tr("Open a calendar…"), icon="upload")
        self._read = Button(self.tr("Read your calendar…"), icon="refresh-cw")
        self._confirm_all = Button(self.tr("Log all"), size=Size.SMALL)
        self._confirm_head = SectionHead(self.tr("Did you meet?"), "", self._confirm_all)
        self._to_confirm = RowCard(self.tr("Meetings to confirm"), inset=16)
        self._ahead_head = SectionHead(self.tr("Ahead"))
        self._ahead = RowCard(self.tr("Meetings ahead"), inset=16)
        inner = QWidget()
        head = add(row(), (PlainLabel(self.tr("Meetings"), "display"), 1), self._read, self._open)
        lead = PlainLabel(
            self.tr("From your own calendar. Nobody is suggested while a meeting with them is ahead."),
            "body",
            "text2",
            wrap=True,
        )
        parts = (self._confirm_head, self._to_confirm, 8, self._ahead_head, self._ahead, None)
        add(column(inner, (32, 24, 32, 24), gap=8), head, lead, 8, *parts)
        return scrolled(inner, self.title())

    def _build_review(self) -> QWidget:
        self._lead = PlainLabel("", "body", "text2", wrap=True)
        self._nothing = PlainLabel(
            self.tr(
                "Nothing new here: none of these meetings is with somebody in your book, or you have them already."
            ),
            wrap=True,
        )
        self._found = RowCard(self.tr("Meetings found"), inset=16)
        self._more = LinkButton("", size=Size.SMALL)
        self._problems = PlainLabel("", "small", "text2", wrap=True)
        inner = QWidget()
        title = PlainLabel(self.tr("What your calendar tells"), "display", wrap=True)
        add(
            column(inner, (32, 24, 32, 24), gap=8),
            title, self._lead, 8, self._nothing, self._found, self._more, self._problems, None,
        )  # fmt: skip
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        hint = PlainLabel(self.tr("One step, which Undo takes back."), "small", "text2", wrap=True)
        self._cancel = Button(self.tr("Cancel"))
        self._bring = Button("", Variant.PRIMARY)
        add(row(foot, (32, 12, 32, 12), gap=8), (hint, 1), self._cancel, self._bring)
        page = QWidget()
        add(column(page), (scrolled(inner, title.text()), 1), foot)
        return page

    def _connect(self) -> None:
        for button in (self._open, self._open_first):
            button.clicked.connect(self._on_open_clicked)
        for button in (self._read, self._read_first):
            button.clicked.connect(self._on_read_clicked)
        self._session.pushing.changed.connect(self._show_connected)
        self._show_connected()
        for card in (self._to_confirm, self._ahead):
            card.opened.connect(self._on_row_opened)
        self._confirm_all.clicked.connect(self._on_confirm_all_clicked)
        self._more.clicked.connect(self._on_more_clicked)
        self._bring.clicked.connect(self._on_bring_clicked)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._session.bus.changed.connect(self._on_bus_changed)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show_kept(self, kept: Kept) -> None:
        self._kept = kept
        today = self._session.today()
        for head, card, found, asks in (
            (self._confirm_head, self._to_confirm, kept.waiting, True),
            (self._ahead_head, self._ahead, kept.ahead, False),
        ):
            lines = [WaitingLine(one, today, asks=asks) for one in found[:SHOWN]]
            for line in lines:
                line.logged.connect(self._on_line_logged)
                line.let_go.connect(self._on_line_let_go)
            card.set_rows(lines)
            more = (
                self.tr("{n} of {all}").replace("{n}", f"{len(lines):,}").replace("{all}", f"{len(found):,}")
            )
            head.count.setText(f"{len(found):,}" if len(lines) == len(found) else more)
            for part in (head, card):
                part.setVisible(bool(found))
        self._confirm_all.setVisible(len(kept.waiting) > 1)
        if self._parts.currentWidget() in {self._standing, self._empty}:
            self._show_standing()

    def _show_standing(self) -> None:
        anything = self._kept.waiting or self._kept.ahead
        self._parts.setCurrentWidget(self._standing if anything else self._empty)

    def _records(self) -> tuple[MeetingRecord, ...]:
        """Return the meetings that would change something, the touches and dates of the review."""
        return tuple(one for one in self._plan.records if one.fate in TAKEN) if self._plan else ()

    def _show_review(self) -> None:
        if self._plan is None:
            return
        today, records = self._session.today(), self._records()
        rest = {fate: n for fate, n in self._plan.counts.items() if fate not in TAKEN}
        others = wording.meeting_counts(rest)
        self._lead.setText(
            self.tr("Of the last year and the next half. Left alone: {others}.").replace("{others}", others)
            if others
            else self.tr("Of the last year and the next half.")
        )
        lines: list[CardRow] = []
        for number, one in enumerate(records[: self._shown]):
            line = RecordLine(number, one, today, included=one.meeting.uid not in self._left_out)
            line.changed.connect(self._on_record_changed)
            lines.append(line)
        self._found.set_rows(lines)
        self._found.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        more = len(records) - len(lines)
        self._more.setVisible(more > 0)
        self._more.set_label(wording.count(more, "Show {n} more", "Show {n} more"))
        problems = self._plan.read.problems
        self._problems.setVisible(bool(problems))
        first = ", ".join(
            self.tr("line {n}: {why}").replace("{n}", f"{one.line:,}").replace("{why}", wording.problem(one))
            for one in problems[:3]
        )
        said = wording.count(
            len(problems), "{n} event has something we can’t read", "{n} events have something we can’t read"
        )
        self._problems.setText(f"{said}: {first}{'…' if len(problems) > 3 else ''}")
        self._show_bring()

    def _show_bring(self) -> None:
        taken = sum(one.meeting.uid not in self._left_out for one in self._records())
        self._bring.set_label(
            wording.count(taken, "Bring in {n} meeting", "Bring in {n} meetings")
            if taken
            else self.tr("Nothing to bring in")
        )
        self._bring.setEnabled(bool(taken))

    # --- slots --------------------------------------------------------------------------------------------------------

    def _on_read(self, plan: "MeetingPlan") -> None:
        self._bar.stop()
        self._plan, self._left_out, self._shown = plan, set(), SHOWN
        self._parts.setCurrentWidget(self._review)
        self._show_review()
        if self.isVisible():
            self.primary_focus().setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._bar.stop()
        self._show_standing()
        self._session.services.failed(error)

    @Slot()
    def _on_open_clicked(self) -> None:
        kinds = (self.tr("Calendars (*.ics *.ical)"), self.tr("All files (*)"))
        if paths := choose_files(self, self.tr("Open a calendar"), kinds):
            self.start(paths)

    @Slot()
    def _show_connected(self) -> None:
        """Offer to read the account's calendars where one is connected."""
        connected = self._session.pushing.standing.connection is not None
        for button in (self._read, self._read_first):
            button.setVisible(connected)

    @Slot()
    def _on_read_clicked(self) -> None:
        connection = self._session.pushing.standing.connection
        if connection is not None:
            dialog = CalendarsDialog(self._session, connection, self)
            dialog.chosen.connect(self.start_connected)
            dialog.open()

    @Slot()
    def _on_record_changed(self) -> None:
        line = self.sender()
        if isinstance(line, RecordLine):
            uid = self._records()[line.key].meeting.uid
            (self._left_out.discard if line.included else self._left_out.add)(uid)
            self._show_bring()

    @Slot()
    def _on_more_clicked(self) -> None:
        self._shown += SHOWN
        self._show_review()

    @Slot()
    def _on_bring_clicked(self) -> None:
        session, plan, left_out, today = (
            self._session,
            self._plan,
            frozenset(self._left_out),
            self._session.today(),
        )
        if plan is None:
            return

        def run() -> None:
            from crm.app import meetings  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            meetings.apply(session.book, plan, today=today, left_out=left_out)

        def done(_result: object) -> None:
            session.services.did()
            if isValid(self):
                self._leave_review()

        def failed(error: Exception) -> None:
            if isValid(self):
                self._show_bring()  # what was ticked stands, to be tried again
            session.services.failed(error)

        self._bring.setEnabled(False)
        session.write(run, done, failed, session.bus)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._leave_review()

    def _leave_review(self) -> None:
        self._plan = None
        self._show_standing()
        self.refresh()

    @Slot(int)
    def _on_line_logged(self, meeting: int) -> None:
        self._confirm((meeting,))

    @Slot()
    def _on_confirm_all_clicked(self) -> None:
        self._confirm(tuple(row_.key for row_ in self._to_confirm.rows))

    @Slot(int)
    def _on_line_let_go(self, meeting: int) -> None:
        session, today = self._session, self._session.today()

        def run() -> None:
            from crm.app import meetings  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            meetings.let_go(session.book, [MeetingId(meeting)], today=today)

        session.do(run, session.bus)

    def _confirm(self, ids: Sequence[int]) -> None:
        session, today = self._session, self._session.today()

        def run() -> None:
            from crm.app import meetings  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            meetings.confirm(session.book, [MeetingId(one) for one in ids], today=today)

        session.do(run, session.bus)

    @Slot(int)
    def _on_row_opened(self, meeting: int) -> None:
        found = (*self._kept.waiting, *self._kept.ahead)
        person = next((one.people[0][0] for one in found if one.id == meeting and one.people), None)
        if person is not None:
            self._session.services.navigate(Place("people", int(person)))

    @Slot(object)
    def _on_bus_changed(self, _changes: Changes) -> None:
        self.refresh()
