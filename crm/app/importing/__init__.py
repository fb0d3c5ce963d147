"""Importing address books: look, read, plan, choose, apply. What the window's wizard and `keepwarm import` do."""

from crm.app.importing.applying import Imported, apply
from crm.app.importing.columns import FilePreview, corrected, preview, preview_text, remembered
from crm.app.importing.deciding import compare, decide, replay
from crm.app.importing.planning import ImportPlan, choose, plan
from crm.app.importing.reading import ReadFiles, read_files, read_text

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
