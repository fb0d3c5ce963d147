"""Importing address books: look, read, plan, choose, apply. What the window's wizard and `keepwarm import` do."""

from crm.app.importing_apply import Imported, apply
from crm.app.importing_columns import FilePreview, corrected, preview, preview_text, remembered
from crm.app.importing_deciding import compare, decide, replay
from crm.app.importing_plan import ImportPlan, choose, plan
from crm.app.importing_reading import ReadFiles, read_files, read_text

__all__ = [
    "FilePreview",
    "ImportPlan",
    "Imported",
    "ReadFiles",
    "apply",
    "choose",
    "compare",
    "corrected",
    "decide",
    "plan",
    "preview",
    "preview_text",
    "read_files",
    "read_text",
    "remembered",
    "replay",
]
