"""Mutated files of every format that comes in: no exception, none slow, nothing half written; prints its figures.

Run it from the project's folder: `python -m tests.benchmarks.fuzz [--inputs N] [--seed N] [FORMAT…]`. Inputs are for
each sample group; `book` and `book-tables` import twenty files at once into a book, export everyone, import that and
undo it all.
The first inputs that break a promise are printed, all are counted, and the run ends with 1.
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
from collections.abc import Callable
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
from tests.mutations import ANY_PIECES, CARD_PIECES, EVENT_PIECES, TABLE_PIECES, mutated

SLOW_S = 1.0
_LONGEST_SEED = 4096
_SHOWN = 3
_TOGETHER = 20
_SPAN = Span(date(2020, 1, 1), date(2030, 1, 1))


@dataclass(frozen=True, slots=True)
class Format:
    """Samples to mutate, pieces to put into them, and what reads so many `together` and returns how many records it found."""

    samples: tuple[bytes, ...]
    pieces: tuple[bytes, ...]
    read: Callable[..., int]
    together: int = 1


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


def through_book(folder: Path) -> Callable[..., int]:
    """Return what imports files, exports everyone and imports that: it changes nothing, and nothing is half written."""
    inbox, out = folder / "inbox", folder / "out.vcf"
    inbox.mkdir()
    book = a_book(folder)
    empty = dump(book)

    def read(*files: bytes) -> int:
        for number in range(_TOGETHER):
            path = inbox / f"{number}.vcf"
            path.write_bytes(files[number]) if number < len(files) else path.unlink(missing_ok=True)
        try:
            count = bring_in(book, inbox).read
        except KeepwarmError:
            assert dump(book) == empty, "an import that failed left something behind"
            return 0
        try:
            before = dump(book)
            if write_cards(book, out, "3.0"):
                bring_in(book, out)
                assert dump(book) == before, "an export that came back changed something"
        finally:
            while book.next_step(undone=False) is not None:
                book.undo()
        assert dump(book) == empty, "an import that was undone left something behind"
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
    made = {"vcard": Format(cards, ANY_PIECES + CARD_PIECES, read_cards)}
    made |= {name: Format((data,), ANY_PIECES + TABLE_PIECES, read_table) for name, data in SAMPLES.items()}
    pasted = (
        *cards[:50],
        *SAMPLES.values(),
        b"Ada Lovelace\nAnalyst, Engines Ltd\n+44 20 7946 0958\nada@e.example\n",
    )
    made["pasted"] = Format(pasted, ANY_PIECES + TABLE_PIECES + CARD_PIECES, read_pasted)
    if events:
        made["ics"] = Format(events, ANY_PIECES + EVENT_PIECES, read_events)
    pieces = (*ANY_PIECES, b"[" * 2000, b'{"a":' * 2000, b"1e999", b"NaN", b"null", b"-1", b'"id":')
    made["json"] = Format((_document(folder),), pieces, bring_back(folder))
    made["zip"] = Format(
        (_zipped(*list(SAMPLES)[:2]), _zipped(*SAMPLES)),
        (*ANY_PIECES, b"PK\x03\x04", b"PK\x05\x06"),
        read_file(folder),
    )
    through = through_book(folder)
    made["book"] = Format(cards, ANY_PIECES + CARD_PIECES, through, _TOGETHER)
    made["book-tables"] = Format(tuple(SAMPLES.values()), ANY_PIECES + TABLE_PIECES, through, _TOGETHER)
    return made


def run(name: str, one: Format, inputs: int, seed: int) -> int:
    """Read mutated inputs; print the figures; return how many broke a promise."""
    chance = random.Random(f"{seed} {name}")
    slowest, records, broken, start = 0.0, 0, 0, time.perf_counter()
    for number in range(0, inputs, one.together):
        trials = [
            mutated(chance.choice(one.samples), one.samples, one.pieces, chance) for _ in range(one.together)
        ]
        count, took, why = _tried(one, *trials)
        records += count
        slowest = max(slowest, took / one.together)
        if why:
            alone = [trial for trial in trials if _tried(one, trial)[2]] if one.together > 1 else trials
            broken += max(1, len(alone))
            if broken <= _SHOWN:
                said = "\n".join(map(repr, alone or trials))
                print(f"{name}: input {number} of seed {seed}: {why}\n{said}", flush=True)
    total, most = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:<12} {inputs:>8,} inputs {records:>10,} records {broken:>4} broken {total:7.1f} s  slowest {slowest:.3f} s  {most} MB",
        flush=True,
    )
    return broken


def _tried(one: Format, *trials: bytes) -> tuple[int, float, str]:
    """Return how many records were found, the seconds it took, and which promise it broke, or ''."""
    count, why, before = 0, "", time.process_time()
    try:
        count = one.read(*trials)
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        why = f"{type(error).__name__}: {error}"
    took = time.process_time() - before
    return count, took, why or (f"took {took:.1f} s" if took > SLOW_S * len(trials) else "")


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
        broken = [run(name, formats[name], options.inputs, options.seed) for name in wanted]
    sys.exit(1 if any(broken) else 0)


if __name__ == "__main__":
    main()
