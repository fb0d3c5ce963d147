"""The import in a whole window: files as a phone writes them, and what its steps say."""

from pathlib import Path

from crm.domain.importplan import Verdict
from crm.gui.importing.page import ImportPage
from crm.gui.importing.review import Review
from crm.gui.window import Window

ADA = "FN:Ada Lovelace\nORG:Analytical Engines\nTITLE:Analyst\nEMAIL:ada@engines.example"
CHARLES = "FN:Charles Babbage\nORG:Analytical Engines"
ENGINES = "FN:Difference Works\nORG:Difference Works\nX-ABShowAs:COMPANY"
NOBODY = ""


def cards(folder: Path, *bodies: str, name: str = "phone.vcf") -> Path:
    """Write a file of cards."""
    text = "".join(f"BEGIN:VCARD\nVERSION:3.0\n{body}\nEND:VCARD\n" for body in bodies)
    path = folder / name
    path.write_text(text, "utf-8", newline="\r\n")
    return path


def imported(window: Window, *paths: Path) -> ImportPage:
    """Open the import with these files, as when they were dropped on the window."""
    window.import_files(paths)
    page = window.current_page()
    assert isinstance(page, ImportPage)
    return page


def step(page: ImportPage) -> object:
    """Return the step that shows."""
    return page._steps.currentWidget()


def listed(review: Review) -> list[str]:
    """Return the names in the list."""
    return [record.name for record in map(review.model.row_at, range(review.model.rowCount())) if record]


def counts(review: Review) -> dict[str, str]:
    """Return what the chips say, by their keys; those that count nothing are left out."""
    said = {key: review.chips.chip(key).accessibleName().rpartition(", ")[2] for key in ("all", *Verdict)}
    return {key: number for key, number in said.items() if number != "0"}
