"""Tables of contacts in: LinkedIn, Google, Outlook and any other CSV or TSV, whatever the language and encoding."""

from crm.formats.tables.keeping import VERSION, properties
from crm.formats.tables.messages import Reading, read_touches
from crm.formats.tables.reader import owner, read, reread
from crm.formats.tables.reasons import REASON, reason_cell
from crm.formats.tables.rows import guess_encoding
from crm.formats.tables.slots import Layout
from crm.formats.tables.sniffing import Shape, examine

__all__ = [
    "REASON",
    "VERSION",
    "Layout",
    "Reading",
    "Shape",
    "examine",
    "guess_encoding",
    "owner",
    "properties",
    "read",
    "read_touches",
    "reason_cell",
    "reread",
]
