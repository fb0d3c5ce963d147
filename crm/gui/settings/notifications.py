"""The one notice a day, off until it is turned on, and briefs before interviews; honest about what they take."""

from datetime import time

from PySide6.QtCore import Slot

from crm.gui.export import choices
from crm.gui.notices import has_tray
from crm.gui.session import Session
from crm.gui.settings.section import Section, change
from crm.gui.widgets.fields import CheckBox, Select


class NotificationsSection(Section):
    """Whether, when, with names or without, and whether the app goes on in the tray."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        now = self._session.services.settings()
        self.set_title(self.tr("Notifications"))
        self.on = CheckBox(self.tr("On"), checked=now.digest)
        self.at = Select(choices.times(now.digest_time))
        self.at.choose(now.digest_time)
        self.hidden = CheckBox(self.tr("On"), checked=now.digest_hides_names)
        self.stay = CheckBox(self.tr("On"), checked=now.stay_in_tray)
        where = self.tr("Notifications need the app running. For alarms anywhere, export to your calendar.")
        if not has_tray():
            where += " " + self.tr("This system shows no tray icons, so the window says it.")
        self.add_row(self.tr("Once a day: who to check in with"), where, self.on)
        self.add_row(self.tr("At"), self.tr("On working days, once."), self.at)
        self.briefs = CheckBox(self.tr("On"), checked=now.brief_notices)
        self.add_row(
            self.tr("Before interviews: your brief"), self.tr("A day and two hours before."), self.briefs
        )
        self.add_row(
            self.tr("Hide names"), self.tr("Only how many, for screens that others see."), self.hidden
        )
        if has_tray():
            words = self.tr("Closing the window leaves Keepwarm in the tray. Quit ends it.")
            self.add_row(self.tr("Stay in the tray"), words, self.stay)
        self._follow()

    def _connect(self) -> None:
        self.on.toggled.connect(self._on_on_toggled)
        self.at.chosen.connect(self._on_at_chosen)
        self.hidden.toggled.connect(self._on_hidden_toggled)
        self.stay.toggled.connect(self._on_stay_toggled)
        self.briefs.toggled.connect(self._on_briefs_toggled)

    def _follow(self) -> None:
        self.at.setEnabled(self.on.isChecked())
        self.stay.setEnabled(self.on.isChecked())
        self.hidden.setEnabled(self.on.isChecked() or self.briefs.isChecked())

    @Slot(bool)
    def _on_on_toggled(self, on: bool) -> None:
        change(self._session, digest=on)
        self._follow()

    @Slot(object)
    def _on_at_chosen(self, at: time) -> None:
        change(self._session, digest_at=at.isoformat("minutes"))

    @Slot(bool)
    def _on_hidden_toggled(self, hidden: bool) -> None:
        change(self._session, digest_hides_names=hidden)

    @Slot(bool)
    def _on_stay_toggled(self, stay: bool) -> None:
        change(self._session, stay_in_tray=stay)

    @Slot(bool)
    def _on_briefs_toggled(self, briefs: bool) -> None:
        change(self._session, brief_notices=briefs)
        self._follow()
