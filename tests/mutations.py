"""Files garbled as transfers, editors and enemies garble them: pieces to put in, and what mutates a sample."""

import random
from collections.abc import Sequence

ANY_PIECES = (
    b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe4", b"\xed\xa0\xbd", b"\\", b":",
    b"\x1b$B", b"9" * 400, b'"' * 300, b"," * 3000, b"\n" * 900, b"\x80" * 64,
)  # fmt: skip
TABLE_PIECES = (
    b" ::: ",
    b"sep=;\n",
    b"@",
    b"https://www.linkedin.com/in/",
    b"--02-30",
    b"99/99/9999",
    b"0/0/00",
    b'a","b\n' * 600,
)
CARD_PIECES = (
    b"BEGIN:VCARD\n", b"END:VCARD\n", b"VERSION:2.1\n", b"VERSION:4.0\n", b"AGENT:\n", b"item1.", b"X-ABLabel:", b"PHOTO;ENCODING=b:",
    b";ENCODING=QUOTED-PRINTABLE", b";CHARSET=UTF-7", b";CHARSET=cp1251", b"=\n" * 400, b"=\r\n", b"\n ", b";" * 2000, b";X=" * 500,
    b"data:image/png;base64,", b"BDAY:1604-02-30\n", b"a." * 900, b"BEGIN:X\n" * 300, b"ORG:a;;b\n", b"KIND:group\n", b"UID:1\n",
)  # fmt: skip
EVENT_PIECES = (
    b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"RRULE:FREQ=SECONDLY;INTERVAL=0\n", b"RRULE:FREQ=DAILY\n", b"RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2\n",
    b"RDATE:20250101\n", b"EXDATE:", b";TZID=/x/Europe/Nowhere", b"DTSTART:00000101T000000\n", b"99991231T235959Z", b"DURATION:P99999999999D\n",
    b"RECURRENCE-ID:20250101\n", b"BEGIN:VTIMEZONE\n", b";VALUE=DATE", b"UNTIL=", b"COUNT=999999999",
)  # fmt: skip


def mutated(data: bytes, others: Sequence[bytes], pieces: Sequence[bytes], chance: random.Random) -> bytes:
    """Return `data` with a few bytes changed, cut, doubled or put in."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(found) + 1)
        match chance.randrange(6):
            case 0:
                found[place:place] = chance.choice(pieces)
            case 1:
                del found[place : place + chance.randint(1, 40)]
            case 2 if place < len(found):
                found[place] = chance.randrange(256)
            case 3:
                found[place:place] = found[place : place + chance.randint(1, 200)] * chance.randint(1, 4)
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                found[place:place] = other[start : start + chance.randint(1, 400)]
            case _:
                found = found[:place] or found
    return bytes(found)
