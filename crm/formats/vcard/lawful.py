"""A property that nobody changed, in another version of vCard than it came in: the same content, said lawfully."""

import re

from crm.formats.vcard.dates import read_date
from crm.formats.vcard.fresh import date_value, uid_value, with_preferred
from crm.formats.vcard.gathering import without_uuid_mark
from crm.formats.vcard.kept import Piece
from crm.formats.vcard.values import escape, split, unescape, unescape_link
from crm.formats.vcard.written import Written

_STRUCTURED = frozenset({"N", "ADR", "ORG"})
_LISTS = frozenset({"NICKNAME", "X-NICKNAME", "CATEGORIES"})
_TEXTS = frozenset({"FN", "NOTE", "TITLE", "ROLE", "LABEL", "TEL", "EMAIL", "TZ", "MAILER"})
_DATES = frozenset({"BDAY", "ANNIVERSARY", "X-ANNIVERSARY", "X-ABDATE"})
_DAY = re.compile(r"--?\d|\d{4}")
_OLDEST = "2.1"


def in_version(piece: Piece, came: str, version: str) -> Written:
    """Return a piece as it goes out in `version`; as it came, when it came in that version."""
    head = piece.head
    if came == version:
        return Written(head.name, piece.value, head.group, head.params, piece.blob, head.written)
    params, value = head.params, piece.value
    if came == _OLDEST:
        value = _from_oldest(head.key, value)
    if head.preferred:
        params = with_preferred(params, version, preferred=True)
    if head.key in _DATES and head.value_type != "text" and _DAY.match(value):
        on = read_date(value, head.param("X-APPLE-OMIT-YEAR"))
        if on is not None and on.year is None:
            value, more = date_value(on, version)
            params = tuple(one for one in params if one[0] != "X-APPLE-OMIT-YEAR") + more
    elif head.key == "TEL" and version != "4.0" and value[:4].lower() == "tel:":
        value = value[4:].replace(";ext=", " ext. ")
        params = tuple(one for one in params if one[0] != "VALUE")
    elif head.key == "UID":
        value = uid_value(without_uuid_mark(unescape_link(value)), version)
        params = tuple(one for one in params if one[0] != "VALUE")
    return Written(head.name, value, head.group, params, piece.blob)


def _from_oldest(key: str, value: str) -> str:
    """Return a 2.1 value escaped as every later version has it; there a comma was only a comma."""
    if key in _STRUCTURED:
        return ";".join(escape(unescape(part, old=True)) for part in split(value, ";"))
    if key in _LISTS:
        return ",".join(escape(unescape(part, old=True)) for part in split(value, ","))
    return escape(unescape(value, old=True)) if key in _TEXTS else value
