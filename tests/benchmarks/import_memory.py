"""Peak memory and CPU seconds of an import of many cards, each case in a process of its own; and how soon it is cancelled.

Run it from the project's folder: `python tests/benchmarks/import_memory.py [cards …] [--pictures KB]`. Without a number:
10,000 and 200,000 plain cards. 1 GB is 4,600,000 of them (hours on a slow machine), or 10,000 with pictures of 75 KB.
"""

import argparse
import base64
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from crm.app import importing  # noqa: E402
from crm.app.books import open_book  # noqa: E402
from crm.app.progress import Progress  # noqa: E402
from crm.errors import Cancelled  # noqa: E402

TODAY = date(2026, 3, 2)


def write_cards(path: Path, cards: int, picture_kb: int) -> None:
    """Write plain cards of invented people, each with a picture if one is wanted."""
    chance = random.Random(3)
    with path.open("w", encoding="utf-8", newline="\r\n") as out:
        for n in range(cards):
            out.write(
                f"BEGIN:VCARD\nVERSION:3.0\nN:Last{n};First{n % 997};;;\nFN:First{n % 997} Last{n}\n"
                f"ORG:Company {n % 3000}\nTITLE:Engineer\nEMAIL;TYPE=WORK:p{n}@c{n % 3000}.example\n"
                f"TEL;TYPE=CELL:+4917{n:08d}\nNOTE:Met {n}\nUID:u-{n}\n"
            )
            if picture_kb:
                text = base64.b64encode(b"\xff\xd8\xff\xe0" + chance.randbytes(picture_kb << 10)).decode()
                folded = "\n ".join(text[start : start + 74] for start in range(0, len(text), 74))
                out.write(f"PHOTO;ENCODING=b;TYPE=JPEG:\n {folded}\n")
            out.write("END:VCARD\n")


def report(what: str, work: Callable[[], object]) -> object:
    """Do something; print the CPU seconds and the peak of memory so far."""
    before = time.process_time()
    result = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {what:<6} {time.process_time() - before:7.1f} s   peak {peak:5.0f} MB", flush=True)
    return result


def cancelled(what: str, after_s: float, work: Callable[[Progress], object]) -> None:
    """Cancel something after a while; print how long it went on."""
    progress = Progress()
    asked: list[float] = []

    def cancel() -> None:
        asked.append(time.perf_counter())
        progress.cancel()

    timer = threading.Timer(after_s, cancel)
    timer.start()
    try:
        work(progress)
    except Cancelled:
        print(f"  {what} cancelled within {time.perf_counter() - asked[0]:.2f} s", flush=True)
    timer.cancel()


def import_cards(path: Path) -> None:
    """Read, plan, apply and undo, in this process."""
    book = open_book(path.with_suffix(".keepwarm"))
    cancelled("reading", 1.0, lambda progress: importing.read_files([path], progress))
    read = report("read", lambda: importing.read_files([path], Progress()))
    assert isinstance(read, importing.ReadFiles)
    with read:
        cancelled("planning", 1.0, lambda progress: importing.plan(book, read, progress, today=TODAY))
        plan = report("plan", lambda: importing.plan(book, read, Progress(), today=TODAY))
        assert isinstance(plan, importing.ImportPlan)
        cancelled("importing", 1.0, lambda progress: importing.apply(book, plan, progress, today=TODAY))
        report("apply", lambda: importing.apply(book, plan, Progress(), today=TODAY))
    report("undo", book.undo)
    book.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("cards", nargs="*", type=int)
    parser.add_argument("--pictures", type=int, default=0, metavar="KB")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.file is not None:
        import_cards(options.file)
        return
    for cards in options.cards or (10_000, 200_000):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "cards.vcf"
            write_cards(path, cards, options.pictures)
            print(f"{cards:,} cards, {path.stat().st_size / 1e6:,.0f} MB", flush=True)
            subprocess.run([sys.executable, __file__, "--file", str(path)], check=True)


if __name__ == "__main__":
    main()
