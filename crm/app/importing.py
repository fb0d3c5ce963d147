"""Importing address books: read files, plan, choose, apply. What the window's wizard and `keepwarm import` do."""

from crm.app.importing_apply import Imported, apply
from crm.app.importing_plan import ImportPlan, choose, plan
from crm.app.importing_reading import ReadFiles, read_files

__all__ = ["ImportPlan", "Imported", "ReadFiles", "apply", "choose", "plan", "read_files"]
