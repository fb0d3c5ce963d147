"""Settings: what belongs to this machine changes at once; what belongs to the book is saved in it and can be undone."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from crm.domain.changes import Changes
from crm.gui.session import Session
from crm.gui.settings.about import AboutSection
from crm.gui.settings.appearance import AppearanceSection, KeyboardSection
from crm.gui.settings.caldav import CaldavSection
from crm.gui.settings.checkins import CheckInsSection, ProfileSection
from crm.gui.settings.data import DataSection
from crm.gui.settings.feeds import FeedsSection
from crm.gui.settings.goals import GoalsSection
from crm.gui.settings.notifications import NotificationsSection
from crm.gui.settings.subscription import SubscriptionSection
from crm.gui.theme import px
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row, scrolled

_WIDTH = 760


class SettingsPage(QWidget):
    """All settings on one page, in sections."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._build_ui()
        session.bus.changed.connect(self._on_bus_changed)
        self.refresh()

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Settings")

    def refresh(self) -> None:
        """Ask the book anew for its settings and its backups."""
        self._check_ins.refresh()
        self._goals.refresh()
        self._caldav.refresh()
        self._feeds.refresh()
        self._data.refresh()

    def primary_focus(self) -> QWidget:
        """Return the first control."""
        return self._profile.name

    def show_only(self, section: str) -> None:
        """Scroll to a section ("data", "goals")."""
        sections: dict[str, QWidget] = {"data": self._data, "goals": self._goals}
        if section in sections:
            self._area.ensureWidgetVisible(sections[section], 0, px(24))

    def _build_ui(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(px(_WIDTH))
        layout = column(inner, (0, 28, 0, 32), 8)
        self._profile = ProfileSection()
        self._check_ins = CheckInsSection(self._session, self._profile)
        self._goals = GoalsSection(self._session)
        self._caldav = CaldavSection(self._session)
        self._feeds = FeedsSection(self._session)
        self._data = DataSection(self._session)
        add(
            layout,
            PlainLabel(self.tr("Settings"), "display"),
            8,
            self._profile,
            self._check_ins,
            self._check_ins.pace,
            self._goals,
            self._caldav,
            self._feeds,
            SubscriptionSection(self._session),
            NotificationsSection(self._session),
            AppearanceSection(self._session),
            KeyboardSection(self._session),
            self._data,
            AboutSection(),
            None,
        )
        centre = row(None, (32, 0, 32, 0))
        centre.addWidget(inner, 100)
        add(centre, None)
        self._area: QScrollArea = scrolled(boxed(centre), self.tr("Settings"))
        add(column(self), self._area)

    @Slot(object)
    def _on_bus_changed(self, changes: Changes) -> None:
        if changes.touches_table("preference"):
            self._check_ins.refresh()
            self._goals.refresh()
