"""Print how long the palette takes for each key: `python -m tests.benchmarks.palette [--people 100000]`."""

import argparse
import tempfile
import time
from pathlib import Path

from crm.app import finding
from tests.benchmarks.today import TODAY, generate, measure

TYPED = (
    "", "a", "ad", "ada", "ada lov", "maya chen 47", "chen", "firm 12", "engineer", "solhiem", "lovlace 4711",
    "nobody at all", "called ada lovelace 7 yesterday re tea, check in in 3 weeks", "coffee with maya and tomas and noor",
)  # fmt: skip


def main() -> None:
    """Generate a book and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    number = options.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        book = generate(Path(folder), number)
        print(f"{number:,} people, made in {time.perf_counter() - started:.1f} s")
        for text in TYPED:
            measure(f"palette “{text}”", lambda text=text: finding.find(book, text, today=TODAY), 7)
        book.close()


if __name__ == "__main__":
    main()
