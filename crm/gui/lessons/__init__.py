"""Interviews and lessons: the page, and the dialogs other rooms open too."""

from crm.gui.lessons.brief import open_brief
from crm.gui.lessons.dialogs import FeedbackDialog, LessonDialog, PracticeDialog

__all__ = ["FeedbackDialog", "LessonDialog", "PracticeDialog", "open_brief"]
