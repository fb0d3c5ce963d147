"""Cards per second of our reader beside vobject's, on the same generated file, interleaved in one run.

Run it from the project's folder: `python tests/benchmarks/read_vcards.py [cards] [pairs]`.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from crm.domain.card import CardDraft
from crm.formats import vcard

GIVEN = (
    "Ada",
    "Grace",
    "Alan",
    "Edsger",
    "Barbara",
    "Jürgen",
    "Zoë",
    "Noor",
    "Søren",
    "Łucja",
    "Mei",
    "Ivan",
)
FAMILY = (
    "Lovelace",
    "Hopper",
    "Turing",
    "Dijkstra",
    "Liskov",
    "Müller",
    "van der Berg",
    "Nowak",
    "Ibsen",
    "Okafor",
)
COMPANIES = (
    "Acme",
    "Initech",
    "Globex",
    "Umbrella",
    "Hooli",
    "Vandelay",
    "Stark",
    "Wayne",
    "Tyrell",
    "Cyberdyne",
)
TITLES = ("Engineer", "Head of Data", "CTO", "Recruiter", "Product Manager", "Designer")


def typical_card(index: int, rng: random.Random) -> str:
    """Return one card of 19 properties, as phones and address books export them."""
    return card_of((rng.choice(GIVEN), rng.choice(FAMILY), rng.choice(COMPANIES)), index, rng)


def card_of(who: tuple[str, str, str], index: int, rng: random.Random) -> str:
    """Return such a card of someone with this given name, family name and company."""
    given, family, company = who
    slug = f"{given}.{family}.{index}".lower().replace(" ", "")
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//Apple Inc.//iPhone OS 17.1//EN",
        f"N:{family};{given};;;",
        f"FN:{given} {family}",
        f"NICKNAME:{given[:3]}",
        f"ORG:{company};Platform",
        f"TITLE:{rng.choice(TITLES)}",
        f"EMAIL;type=INTERNET;type=WORK;type=pref:{slug}@{company.lower()}.example",
        f"EMAIL;type=INTERNET;type=HOME:{slug}@home.example",
        f"TEL;type=CELL;type=VOICE;type=pref:+49 170 {rng.randrange(10**7):07d}",
        f"TEL;type=WORK;type=VOICE:+49 30 {rng.randrange(10**7):07d}",
        f"ADR;type=WORK:;;{rng.randrange(1, 200)} Main Street;Berlin;;10{rng.randrange(100, 999)};Germany",
        f"item1.URL:https://www.linkedin.com/in/{slug}",
        "item1.X-ABLabel:LinkedIn",
        f"BDAY:{rng.randrange(1950, 2005)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
        f"NOTE:Met at PyCon\\, likes Rust.\\nAsked about {company}; call back in {rng.choice(('May', 'June'))}.",
        "CATEGORIES:conference,work",
        f"UID:{rng.getrandbits(128):032x}",
        f"X-SOCIALPROFILE;type=twitter:https://twitter.example/{slug}",
        "REV:2024-05-01T10:00:00Z",
        "END:VCARD",
    )
    return "".join(line + "\r\n" for line in lines)


def written_file(folder: Path, cards: int) -> Path:
    """Return the path of a file of `cards` seeded cards."""
    rng = random.Random(7)
    path = folder / "typical.vcf"
    path.write_bytes("".join(typical_card(i, rng) for i in range(cards)).encode())
    return path


def read_ours(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(isinstance(card, CardDraft) for card in vcard.read(stream, path.name))


def read_vobject(path: Path) -> int:
    import vobject  # noqa: PLC0415 - measured without it first

    with path.open(encoding="utf-8", newline="") as stream:
        return sum(1 for _ in vobject.readComponents(stream))


def cpu_seconds(read: Callable[[Path], int], path: Path, cards: int) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    started = time.perf_counter()
    found = read(path)
    assert found == cards, f"{read.__name__} found {found} of {cards}"
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before or time.perf_counter() - started


def main() -> None:
    cards = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        path = written_file(Path(folder), cards)
        read_ours(path)
        ratios = []
        for _ in range(pairs):
            ours, theirs = cpu_seconds(read_ours, path, cards), cpu_seconds(read_vobject, path, cards)
            ratios.append(ours / theirs)
            print(
                f"ours {cards / ours:8,.0f} cards/s   vobject {cards / theirs:8,.0f} cards/s   ratio {ratios[-1]:.3f}"
            )
        print(f"median ratio of {pairs} pairs: {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main()
