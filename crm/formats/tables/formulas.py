"""Cells that a spreadsheet would take for a formula: written with an apostrophe before them, read without it."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_WRITTEN = re.compile(r"'+[=+\-@\t\r]")


def harmless(cell: str) -> str:
    """Return a cell as it may stand in a file that somebody opens in a spreadsheet (OWASP, CSV injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def meant(cell: str) -> str:
    """Return what a cell says without the apostrophe that `harmless` or a spreadsheet put there."""
    return cell[1:] if cell[:1] == "'" and _WRITTEN.match(cell) else cell
