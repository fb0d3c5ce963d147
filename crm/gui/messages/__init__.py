"""What several rooms ask about messages: `write_message(session, Wish(…), parent)` opens a draft to look over."""

from crm.gui.messages.dialog import DraftDialog, Wish, write_message

__all__ = ["DraftDialog", "Wish", "write_message"]
