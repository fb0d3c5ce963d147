"""Keep a calendar file up to date: its name, whose check-ins, how far ahead, how it rings, and where it is."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.calendar import Detail
from crm.domain.company import CompanyId
from crm.domain.feed import Feed, FeedDraft, FeedId
from crm.domain.feed import Scope as FeedScope
from crm.gui.export import choices
from crm.gui.export.alarms import AlarmChips
from crm.gui.export.choices import Choices, Scope
from crm.gui.export.kinds import KindChips
from crm.gui.session import Session
from crm.gui.widgets.buttons import Button, Variant
from crm.gui.widgets.dialogs import Dialog, choose_save
from crm.gui.widgets.fields import Field, Select, TextField
from crm.gui.widgets.layouts import add, boxed, row

_HORIZONS = (30, 90, 180, 365)


class FeedDialog(Dialog):
    """Asks for one kept file, a new one or `feed`, and saves it in the book; undo brings the former one back."""

    def __init__(self, session: Session, parent: QWidget, feed: Feed | None = None) -> None:
        super().__init__(
            parent.tr("Keep a calendar file up to date"),
            parent,
            lead=parent.tr("Subscribe to the file in Thunderbird, Evolution or another calendar that reads files."),
            width=600,
            icon="refresh-cw",
        )  # fmt: skip
        self._session = session
        self._id: FeedId | None = None if feed is None else feed.id
        self._draft = FeedDraft(self.tr("Keepwarm"), str(_suggested())) if feed is None else feed.draft
        self._fill_body()
        self._connect()
        scope = self._scope()
        session.ask((self, "choices"), lambda: choices.ask(session, scope), self._show_choices, self)

    def _fill_body(self) -> None:
        draft = self._draft
        self.name = TextField(draft.name, limit=60)
        self.path = TextField(draft.path)
        self._browse = Button(self.tr("Choose…"), icon="folder-open")
        self.what, self.detail = Select(), Select(choices.details())
        self.days = Select(self._horizons())
        self.kinds, self.alarms = KindChips(), AlarmChips()
        self.kinds.choose(draft.kinds)
        self.days.choose(draft.days)
        self.detail.choose(draft.detail)
        place = boxed(add(row(gap=8), (self.path, 1), self._browse))
        place.setFocusProxy(self.path)
        self.path.setAccessibleName(self.tr("File"))
        two = row(None, gap=12)
        add(two, (Field(self.tr("Name"), self.name), 1), (Field(self.tr("How far ahead"), self.days), 1))
        shared = self.tr("Choose “Title only” where others can see the file.")
        add(
            self.body, two,
            Field(self.tr("Whose"), self.what),
            Field(self.tr("Holds"), self.kinds),
            Field(self.tr("File"), place),
            Field(self.tr("Alarms"), self.alarms, self.tr("Many calendars ring for subscribed files only if told to.")),
            Field(self.tr("Details"), self.detail, shared),
        )  # fmt: skip
        self.add_cancel()
        label = self.tr("Keep up to date") if self._id is None else self.tr("Save changes")
        self.save = self.add_button(label, Variant.PRIMARY)
        self.save.setEnabled(False)

    def _horizons(self) -> list[tuple[int | None, str]]:
        offered: list[tuple[int | None, str]] = [
            (days, wording.count(days, "{n} day", "{n} days"))
            for days in sorted({*_HORIZONS, *([self._draft.days] if self._draft.days else [])})
        ]
        return [(None, self.tr("Without end")), *offered]

    def _connect(self) -> None:
        self._browse.clicked.connect(self._on_browse_clicked)
        self.save.clicked.connect(self._on_save_clicked)

    def _scope(self) -> Scope:
        company = self._draft.company_id
        return Scope(None if company is None else int(company), self._draft.tag)

    def _show_choices(self, found: Choices) -> None:
        scope = self._scope()
        offered = choices.scopes(found)
        if all(one != scope for one, _ in offered):  # a tag that nobody has any more
            offered.append((scope, scope.tag))
        self.what.set_options(offered)
        self.what.choose(scope)
        self.alarms.choose(found.preferences.alarms if self._id is None else self._draft.alarms)
        if self._id is None:
            self.detail.choose(found.preferences.detail)
        self.save.setEnabled(True)

    def _wanted(self) -> FeedDraft:
        scope = self.what.value if isinstance(self.what.value, Scope) else Scope()
        whose = FeedScope.COMPANY if scope.company is not None else FeedScope.EVERYONE
        days, detail = self.days.value, self.detail.value
        return FeedDraft(
            self.name.text(),
            _named(self.path.text()),
            FeedScope.TAG if scope.tag else whose,
            None if scope.company is None else CompanyId(scope.company),
            scope.tag,
            days if isinstance(days, int) else None,
            self.alarms.value,
            detail if isinstance(detail, Detail) else Detail.FULL,
            self.kinds.value,
        )

    @Slot()
    def _on_browse_clicked(self) -> None:
        start = Path(self.path.text() or _suggested())
        chosen = choose_save(self, self.tr("Keep a calendar file"), start, (self.tr("Calendar (*.ics)"),))
        if chosen is not None:
            self.path.setText(_named(str(chosen)))

    @Slot()
    def _on_save_clicked(self) -> None:
        session, id_, draft = self._session, self._id, self._wanted()

        def run() -> None:
            from crm.app import feeds  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            if id_ is None:
                feeds.add(session.book, draft)
            else:
                feeds.edit(session.book, id_, draft)

        session.store(self, run, lambda _saved: session.feeds.refresh())


def _suggested() -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) / "keepwarm.ics"


def _named(path: str) -> str:
    """Return the path with its ending: calendars look for no other."""
    typed = path.strip()
    return typed if not typed or typed.lower().endswith(".ics") else f"{typed}.ics"
