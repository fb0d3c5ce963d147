"""Mutated tables through their readers: no exception, and the slowest one's seconds.

Run it from the project's folder: `python tests/benchmarks/fuzz_tables.py [inputs] [seed]`, inputs for each format.
"""

import io
import random
import sys
import time
from datetime import UTC
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from crm.domain.card import CardDraft, Problem  # noqa: E402
from crm.formats import tables  # noqa: E402
from tests.formats.tables.samples import SAMPLES  # noqa: E402

_SLOW_S = 1.0
_PIECES = (
    b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe4", b" ::: ", b"sep=;\n",
    b"\x1b$B", b"@", b"https://www.linkedin.com/in/", b"--02-30", b"99/99/9999", b"0/0/00", b"\\", b":", b"\xed\xa0\xbd",
    b"9" * 400, b'"' * 300, b"," * 3000, b"\n" * 900, b'a","b\n' * 600,
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with a few bytes changed, cut, doubled or put in."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(found) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            found[place:place] = chance.choice(_PIECES)
        elif kind == 1:
            del found[place : place + chance.randint(1, 40)]
        elif kind == 2 and place < len(found):
            found[place] = chance.randrange(256)
        elif kind == 3:
            end = min(len(found), place + chance.randint(1, 200))
            found[place:place] = found[place:end] * chance.randint(1, 4)
        else:
            found = found[:place] or found
    return bytes(found)


def read_all(data: bytes) -> int:
    """Read a table as an import does; return how many records came of it."""
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
            assert isinstance(found, CardDraft)
            tables.properties(found.raw)
        count += 1
    return count


def main() -> None:
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for name, data in SAMPLES.items():
        chance = random.Random(seed)
        slowest, records, start = 0.0, 0, time.perf_counter()
        for number in range(inputs):
            trial = mutated(data, chance)
            before = time.perf_counter()
            try:
                records += read_all(trial)
            except Exception:
                print(f"{name}: input {number} of seed {seed}: {trial!r}")
                raise
            slowest = max(slowest, time.perf_counter() - before)
        total = time.perf_counter() - start
        print(f"{name:<24} {inputs:,} inputs  {records:,} records  {total:6.1f} s  slowest {slowest:.3f} s")
        assert slowest < _SLOW_S


if __name__ == "__main__":
    main()
