"""`announce(widget, message)`: tell a screen reader what just happened."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from crm.gui.text import one_line


def announce(widget: QWidget, message: str, *, urgent: bool = False) -> None:
    """Have `message` read aloud, after what is being read, or at once when `urgent`."""
    event = QAccessibleAnnouncementEvent(widget, one_line(message))
    level = QAccessible.AnnouncementPoliteness
    event.setPoliteness(level.Assertive if urgent else level.Polite)
    QAccessible.updateAccessibility(event)
