"""Why a card couldn't be read, written into it for whoever mends it; reading it again takes no notice."""

import re

from crm.domain.folding import clean
from crm.formats.vcard.values import escape

REASON = "X-KEEPWARM-REASON"
_OLD = re.compile(rb"(?im)^X-KEEPWARM-REASON:[^\r\n]*(?:\r\n|\r|\n)")
_FIRST_LINE = re.compile(rb"[^\r\n]*BEGIN:VCARD[^\r\n]*(\r*\n|\r)", re.IGNORECASE)


def with_reason(card: bytes, reason: str) -> bytes:
    """Return a card, or its beginning, with the reason behind its first line; nothing else of it changes.

    Without such a line it stays as it is: there is no place that a reader would take for the card's.
    """
    bare = _OLD.sub(b"", card)
    first = _FIRST_LINE.match(bare)
    if first is None:
        return bare
    line = f"{REASON}:{escape(' '.join(clean(reason).split()))}".encode()
    return bare[: first.end()] + line + first.group(1) + bare[first.end() :]
