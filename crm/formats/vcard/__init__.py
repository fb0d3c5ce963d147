"""vCards in: a tolerant reader for 2.1, 3.0 and 4.0, from whatever program and in whatever encoding."""

from crm.formats.vcard.codepages import CANDIDATES, guess_encoding
from crm.formats.vcard.limits import DEFAULT, Limits
from crm.formats.vcard.properties import properties
from crm.formats.vcard.reader import looks_like_vcard, read
from crm.formats.vcard.reasons import with_reason

__all__ = [
    "CANDIDATES",
    "DEFAULT",
    "Limits",
    "guess_encoding",
    "looks_like_vcard",
    "properties",
    "read",
    "with_reason",
]
