"""Interviews and lessons: the page, and the dialogs other rooms open too."""

from crm.gui.lessons.brief import open_brief
from crm.gui.lessons.dialogs import FeedbackDialog, LessonDialog, PracticeDialog
from crm.gui.lessons.verbs import check_in_first

__all__ = ["FeedbackDialog", "LessonDialog", "PracticeDialog", "check_in_first", "open_brief"]
