"""The question about meetings that were: shown on Today while some wait for an answer."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.gui.session import Place, Session
from crm.gui.widgets.banner import Banner

if TYPE_CHECKING:
    from crm.domain.meeting import MeetingLine


class MetBanner(Banner):
    """Hidden while no meeting waits. It asks when told to `refresh`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", icon="calendar-days", dismissable=False, parent=parent)
        self._session = session
        self.acted.connect(lambda: session.services.navigate(Place("meetings")))
        self.hide()

    def refresh(self) -> None:
        """Ask anew which meetings wait."""
        book, today = self._session.book, self._session.today()

        def ask() -> "tuple[MeetingLine, ...]":
            from crm.app import meetings  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            return meetings.waiting(book, today=today)

        self._session.ask(self, ask, self._show, self)

    def _show(self, waiting: "tuple[MeetingLine, ...]") -> None:
        self.setVisible(bool(waiting))
        if waiting:
            self.set_message(wording.meetings_waiting(waiting), self.tr("Answer"))
