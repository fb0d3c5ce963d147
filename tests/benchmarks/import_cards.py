"""Seconds to import generated cards end to end beside vobject's parse of the same file, interleaved in one run.

Run it from the project's folder: `python tests/benchmarks/import_cards.py [cards] [pairs]`. Kept, matched, journaled,
searchable; the checkpoint after it, undo, redo and a second import of the file are timed too.
"""

import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from read_vcards import read_vobject, written_file  # noqa: E402

from crm.app import importing  # noqa: E402
from crm.app.books import Book, open_book  # noqa: E402
from crm.app.progress import Progress  # noqa: E402

TODAY = date(2026, 3, 2)


@dataclass(frozen=True, slots=True)
class Timed:
    """CPU seconds of the parts of one import."""

    read: float
    plan: float
    apply: float

    @property
    def total(self) -> float:
        return self.read + self.plan + self.apply


def cpu(work: Callable[[], object]) -> tuple[float, object]:
    before = resource.getrusage(resource.RUSAGE_SELF)
    result = work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, result


def import_file(book: Book, path: Path, cards: int, *, again: bool = False) -> Timed:
    read_s, read = cpu(lambda: importing.read_files([path], Progress()))
    assert isinstance(read, importing.ReadFiles)
    with read:
        plan_s, plan = cpu(lambda: importing.plan(book, read, Progress(), today=TODAY))
        assert isinstance(plan, importing.ImportPlan)
        counts = plan.counts
        kept = counts.same if again else counts.new + counts.possible
        assert kept == cards == counts.read, counts
        apply_s, _ = cpu(lambda: importing.apply(book, plan, Progress(), today=TODAY))
    return Timed(read_s, plan_s, apply_s)


def one_pair(folder: Path, path: Path, cards: int, number: int) -> float:
    book = open_book(folder / f"{number}.keepwarm")
    ours = import_file(book, path, cards)
    moved, _ = cpu(book.checkpoint)  # as the window does once nobody is at work
    again = import_file(book, path, cards, again=True)
    undo, _ = cpu(book.undo)
    redo, _ = cpu(book.redo)
    book.close()
    theirs, _ = cpu(lambda: read_vobject(path))
    ratio = ours.total / theirs
    print(
        f"read {ours.read:.2f}  plan {ours.plan:.2f}  apply {ours.apply:.2f}  total {ours.total:.2f} s"
        f"   vobject parses in {theirs:.2f} s   ratio {ratio:.3f}"
        f"   then into the one file {moved:.2f}  again {again.total:.2f}  undo {undo:.2f}  redo {redo:.2f}"
    )
    return ratio


def main() -> None:
    cards = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = written_file(folder, cards)
        print(f"{cards:,} cards, {path.stat().st_size / 1e6:.1f} MB")
        ratios = [one_pair(folder, path, cards, number) for number in range(pairs)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"median ratio of {pairs} pairs: {statistics.median(ratios):.3f}   peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
