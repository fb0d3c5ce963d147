"""vCards in, by a tolerant reader for 2.1, 3.0 and 4.0 from whatever program; vCards out, 3.0 or 4.0, losing nothing."""

from crm.formats.vcard.codepages import CANDIDATES, guess_encoding
from crm.formats.vcard.limits import DEFAULT, Limits
from crm.formats.vcard.properties import properties
from crm.formats.vcard.reader import looks_like_vcard, read, read_together
from crm.formats.vcard.reasons import with_reason
from crm.formats.vcard.writer import VERSIONS, card_writer
from crm.formats.vcard.written import Blobs

__all__ = [
    "CANDIDATES", "DEFAULT", "VERSIONS", "Blobs", "Limits", "card_writer", "guess_encoding", "looks_like_vcard", "properties",
    "read", "read_together", "with_reason",
]  # fmt: skip
