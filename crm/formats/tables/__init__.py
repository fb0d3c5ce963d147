"""Tables of contacts: in from LinkedIn, Google, Outlook and any other CSV or TSV, whatever the language; and out."""

from crm.formats.tables.keeping import VERSION, properties
from crm.formats.tables.messages import Reading, read_touches
from crm.formats.tables.reader import owner, read, reread
from crm.formats.tables.reasons import REASON, reason_cell
from crm.formats.tables.rows import guess_encoding
from crm.formats.tables.slots import Layout
from crm.formats.tables.sniffing import Shape, examine
from crm.formats.tables.writer import BOM, TableLayout, TablePlan, lines

__all__ = [
    "BOM",
    "REASON",
    "VERSION",
    "Layout",
    "Reading",
    "Shape",
    "TableLayout",
    "TablePlan",
    "examine",
    "guess_encoding",
    "lines",
    "owner",
    "properties",
    "read",
    "read_touches",
    "reason_cell",
    "reread",
]
