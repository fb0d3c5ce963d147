"""CPU seconds to import LinkedIn's connections end to end: read, plan, apply; again, undo, and a newer file after it.

Run it from the project's folder: `python tests/benchmarks/import_connections.py [rows]`.
"""

import csv
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from crm.app import importing  # noqa: E402
from crm.app.books import Book, open_book  # noqa: E402
from crm.app.progress import Progress  # noqa: E402

_T = TypeVar("_T")
TODAY = date(2026, 3, 2)
_GIVEN = (
    "Ana",
    "Bo",
    "Cy",
    "Dee",
    "Eva",
    "Finn",
    "Gil",
    "Hana",
    "Ivo",
    "Jördis",
    "Kai",
    "Lena",
    "Mia",
    "Noa",
    "Olga",
    "Pau",
    "Quinn",
    "Rui",
    "Sara",
    "Tomás",
)
_FAMILY = (
    "Silva",
    "Yi",
    "Marsh",
    "Rossi",
    "Berg",
    "Torres",
    "Müller",
    "Novák",
    "Petrov",
    "O’Neil",
    "Lind",
    "Okafor",
    "Haddad",
    "Sato",
    "Kim",
    "Costa",
)
_ENDINGS = ("", "", "", "", ", PMP", ", MBA, CPA")
_TITLES = (
    "Engineer",
    "Head of Data, Platforms",
    "Product Manager",
    "VP Sales",
    "Founder & CEO",
    "Recruiter",
    "",
)


def connections(rows: int, *, moved: bool = False) -> bytes:
    """Return a table as LinkedIn writes it, of invented people; `moved`: one in ten is somewhere else now."""
    chance = random.Random(1)
    out = io.StringIO()
    out.write('Notes:\n"When exporting your connection data, you may notice this."\n\n')
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
    )
    for number in range(rows):
        day = date(2012, 1, 1) + timedelta(days=chance.randrange(5000))
        given, family = chance.choice(_GIVEN), chance.choice(_FAMILY) + chance.choice(_ENDINGS)
        company = f"Company {chance.randrange(rows // 4 + 1)}, Inc."
        email = f"p{number}@example.org" if chance.random() < 0.03 else ""
        if moved and number % 10 == 0:
            company = "Somewhere Else"
        if chance.random() < 0.003:
            given = family = company = email = ""
        url = f"https://www.linkedin.com/in/{given}-{number}".lower() if given else ""
        title = chance.choice(_TITLES) if given else ""
        writer.writerow((given, family, url, email, company, title, f"{day:%d %b %Y}"))
    return out.getvalue().encode()


def cpu(work: Callable[[], _T]) -> tuple[float, _T]:
    """Return the processor's seconds, which other programs don't change, and what came of it."""
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def bring(book: Book, path: Path) -> str:
    """Import a file; return the seconds of each part and the counts."""
    read_s, read = cpu(lambda: importing.read_files([path], Progress()))
    with read:
        plan_s, plan = cpu(lambda: importing.plan(book, read, Progress(), today=TODAY))
        apply_s, done = cpu(lambda: importing.apply(book, plan, Progress(), today=TODAY))
    total = read_s + plan_s + apply_s
    return f"read {read_s:.2f}  plan {plan_s:.2f}  apply {apply_s:.2f}  total {total:.2f} s   {done.counts}"


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    with tempfile.TemporaryDirectory() as name:
        path, newer = Path(name) / "Connections.csv", Path(name) / "newer.csv"
        path.write_bytes(connections(rows))
        newer.write_bytes(connections(rows, moved=True))
        book = open_book(Path(name) / "book.keepwarm")
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.1f} MB")
        print("first ", bring(book, path))
        print("again ", bring(book, path))
        print("newer ", bring(book, newer))
        print(f"undo   {cpu(book.undo)[0]:.2f}, {cpu(book.undo)[0]:.2f} s")
        book.close()


if __name__ == "__main__":
    main()
