"""Mutated files of every format that comes in: no exception, none slow, nothing half written; prints its figures.

Run it from the project's folder: `python -m tests.benchmarks.fuzz [--inputs N] [--seed N] [FORMAT…]`. Inputs are for
each sample group; `book` imports whole files into a book, exports them and imports that, and takes a fiftieth of them.
An input that breaks a promise is printed and ends the run with 1.
"""

import argparse
import contextlib
import io
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

from crm.app import exporting, importing, wholebook
from crm.app.progress import Progress
from crm.domain.card import CardDraft, Problem
from crm.domain.exportform import ExportForm, PeopleExport
from crm.domain.meeting import Span
from crm.errors import Invalid, KeepwarmError
from crm.formats import meetings, tables, vcard
from tests.builders import TODAY, a_book, a_person, dump
from tests.cards_compared import CORPUS, OWN, bring_in, write_cards
from tests.formats.tables.samples import SAMPLES

SLOW_S = 1.0
_LONGEST_SEED = 4096
_FEWER = 50
_SPAN = Span(date(2020, 1, 1), date(2030, 1, 1))
_ANY = (
    b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe4", b"\xed\xa0\xbd", b"\\", b":",
    b"\x1b$B", b"9" * 400, b'"' * 300, b"," * 3000, b"\n" * 900, b"\x80" * 64,
)  # fmt: skip
_TABLE = (
    b" ::: ",
    b"sep=;\n",
    b"@",
    b"https://www.linkedin.com/in/",
    b"--02-30",
    b"99/99/9999",
    b"0/0/00",
    b'a","b\n' * 600,
)
_CARD = (
    b"BEGIN:VCARD\n", b"END:VCARD\n", b"VERSION:2.1\n", b"VERSION:4.0\n", b"AGENT:\n", b"item1.", b"X-ABLabel:", b"PHOTO;ENCODING=b:",
    b";ENCODING=QUOTED-PRINTABLE", b";CHARSET=UTF-7", b";CHARSET=cp1251", b"=\n" * 400, b"=\r\n", b"\n ", b";" * 2000, b";X=" * 500,
    b"data:image/png;base64,", b"BDAY:1604-02-30\n", b"a." * 900, b"BEGIN:X\n" * 300, b"ORG:a;;b\n", b"KIND:group\n", b"UID:1\n",
)  # fmt: skip
_EVENT = (
    b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"RRULE:FREQ=SECONDLY;INTERVAL=0\n", b"RRULE:FREQ=DAILY\n", b"RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2\n",
    b"RDATE:20250101\n", b"EXDATE:", b";TZID=/x/Europe/Nowhere", b"DTSTART:00000101T000000\n", b"99991231T235959Z", b"DURATION:P99999999999D\n",
    b"RECURRENCE-ID:20250101\n", b"BEGIN:VTIMEZONE\n", b";VALUE=DATE", b"UNTIL=", b"COUNT=999999999",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """Samples to mutate, pieces to put into them, and a reader that returns how many records it found."""

    samples: tuple[bytes, ...]
    pieces: tuple[bytes, ...]
    read: Callable[[bytes], int]
    fewer: int = 1


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


def read_cards(data: bytes) -> int:
    """Read vCards, and the properties kept of each."""
    count = 0
    for found in vcard.read(io.BytesIO(data), "fuzz.vcf"):
        if isinstance(found, CardDraft):
            vcard.properties(found.raw, found.version)
        count += 1
    return count


def read_table(data: bytes) -> int:
    """Read a table of any program."""
    shape = tables.examine(data[: 1 << 16])
    if shape is None:
        return 0
    if shape.layout in {tables.Layout.MESSAGES, tables.Layout.INVITATIONS}:
        return sum(1 for _ in tables.read_touches(io.BytesIO(data), shape, tables.Reading(zone=UTC)))
    count = 0
    for found in tables.read(io.BytesIO(data), "fuzz.csv", shape):
        if isinstance(found, Problem):
            assert not found.detail, found  # an exception of ours, caught for one row
        else:
            tables.properties(found.raw)
        count += 1
    return count


def read_pasted(data: bytes) -> int:
    """Read a text as it is pasted."""
    with contextlib.suppress(KeepwarmError), importing.read_text(data, Progress()) as read:
        return read.read
    return 0


def read_events(data: bytes) -> int:
    """Read a calendar."""
    return meetings.read(io.BytesIO(data), "fuzz.ics", _SPAN, UTC).events


def bring_back(folder: Path) -> Callable[[bytes], int]:
    """Return what fills an empty book from a whole one's document; what is refused leaves nothing."""
    path = folder / "fuzz.json"
    book = a_book(folder, "empty.keepwarm")
    empty = dump(book)

    def read(data: bytes) -> int:
        path.write_bytes(data)
        try:
            whole = wholebook.read(path)
            wholebook.bring_back(book, whole, Progress())
        except (KeepwarmError, Invalid):
            assert dump(book) == empty, "what was refused left something behind"
            return 0
        if dump(book) != empty:
            book.undo()
        return sum(whole.holdings)

    return read


def _document(folder: Path) -> bytes:
    book = a_book(folder, "sample.keepwarm")
    a_person(book, "Ada Lovelace", company="Engines", email="ada@e.example", every="6 weeks", tags=("Close",))
    path = folder / "sample.json"
    exporting.export(book, path, PeopleExport(ExportForm.BOOK), Progress(), today=TODAY)
    return path.read_bytes()


def read_file(folder: Path) -> Callable[[bytes], int]:
    """Return what reads a file as the import does."""
    path = folder / "fuzz.zip"

    def read(data: bytes) -> int:
        path.write_bytes(data)
        with contextlib.suppress(KeepwarmError), importing.read_files([path], Progress()) as found:
            return found.read
        return 0

    return read


def through_book(folder: Path) -> Callable[[bytes], int]:
    """Return what imports a file, exports everyone and imports that: it changes nothing, and nothing is half written."""
    path, out = folder / "fuzz.vcf", folder / "out.vcf"
    book = a_book(folder)
    empty = dump(book)

    def read(data: bytes) -> int:
        path.write_bytes(data)
        try:
            count = bring_in(book, path).read
        except KeepwarmError:
            assert dump(book) == empty, "an import that failed left something behind"
            return 0
        before = dump(book)
        write_cards(book, out, "3.0")
        if out.stat().st_size:
            bring_in(book, out)
            assert dump(book) == before, "an export that came back changed something"
        while dump(book) != empty:
            book.undo()
        return count

    return read


def _zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(f"{name}.csv", SAMPLES[name])
    return made.getvalue()


def _formats(folder: Path) -> dict[str, Format]:
    short = [path.read_bytes() for path in (*OWN, *CORPUS) if path.stat().st_size <= _LONGEST_SEED]
    cards = tuple(short)
    data = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    events = tuple(p.read_bytes() for p in sorted(data.rglob("*.ics")) if p.stat().st_size <= _LONGEST_SEED)
    made = {"vcard": Format(cards, _ANY + _CARD, read_cards)}
    made |= {name: Format((data,), _ANY + _TABLE, read_table) for name, data in SAMPLES.items()}
    pasted = (
        *cards[:50],
        *SAMPLES.values(),
        b"Ada Lovelace\nAnalyst, Engines Ltd\n+44 20 7946 0958\nada@e.example\n",
    )
    made["pasted"] = Format(pasted, _ANY + _TABLE + _CARD, read_pasted)
    if events:
        made["ics"] = Format(events, _ANY + _EVENT, read_events)
    pieces = (*_ANY, b"[" * 2000, b'{"a":' * 2000, b"1e999", b"NaN", b"null", b"-1", b'"id":')
    made["json"] = Format((_document(folder),), pieces, bring_back(folder), _FEWER)
    made["zip"] = Format(
        (_zipped(*list(SAMPLES)[:2]), _zipped(*SAMPLES)),
        (*_ANY, b"PK\x03\x04", b"PK\x05\x06"),
        read_file(folder),
        10,
    )
    made["book"] = Format(cards, _ANY + _CARD, through_book(folder), _FEWER)
    return made


def run(name: str, one: Format, inputs: int, seed: int) -> bool:
    """Read mutated inputs; print the figures, or the input that breaks a promise."""
    chance = random.Random(f"{seed} {name}")
    slowest, records, start = 0.0, 0, time.perf_counter()
    for number in range(inputs // one.fewer):
        trial = mutated(chance.choice(one.samples), one.samples, one.pieces, chance)
        before = time.process_time()
        try:
            records += one.read(trial)
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            print(f"{name}: input {number} of seed {seed}: {type(error).__name__}: {error}\n{trial!r}")
            return False
        slowest = max(slowest, time.process_time() - before)
        if slowest > SLOW_S:
            print(f"{name}: input {number} of seed {seed} took {slowest:.1f} s\n{trial[:4000]!r}")
            return False
    total, most = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:<24} {inputs // one.fewer:>8,} inputs {records:>10,} records {total:7.1f} s  slowest {slowest:.3f} s  {most} MB",
        flush=True,
    )
    return True


def main() -> None:
    """Fuzz what the options ask for."""
    parser = argparse.ArgumentParser(description="Read mutated files of every format.")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        formats = _formats(Path(folder))
        wanted = options.formats or list(formats)
        kept = [run(name, formats[name], options.inputs, options.seed) for name in wanted]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
