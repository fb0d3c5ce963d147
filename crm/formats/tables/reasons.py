"""Why a row couldn't be read, in a column before all others for whoever mends it; it isn't kept when it is read again."""

from crm.domain.folding import clean

REASON = "Keepwarm: couldn't be read because"


def reason_cell(reason: str, delimiter: str) -> bytes:
    """Return a cell to stand before a row, in quotes, and what separates it from the row."""
    said = " ".join(clean(reason).split()).replace('"', '""')
    return f'"{said}"{delimiter}'.encode()
