"""Print how long levelling takes: `python -m tests.benchmarks.levelling`."""

import random
import time
from datetime import date, timedelta

from crm.domain.cadence import Interval, Unit
from crm.domain.levelling import Caps, Load, Wish, level, window

TODAY = date(2026, 3, 2)
OFTEN = tuple(Interval(months, Unit.MONTH) for months in (1, 2, 3, 6, 12))


def wishes(people: int) -> list[Wish]:
    """Return people at all intervals, every third never touched, ten at a company."""
    chance = random.Random(7)
    made: list[Wish] = []
    while len(made) < people:
        every, touched = chance.choice(OFTEN), chance.random() < 0.67
        base = TODAY - timedelta(days=chance.randrange(int(every.days())))
        days = window(base, every, touched=touched, today=TODAY)
        if days is not None:
            made.append(Wish(len(made), every.after(base), *days, company=chance.randrange(people // 10)))
    return made


def main() -> None:
    """Plan 10,000 and 100,000 people, under caps that suffice and under those that don't; then one more."""
    for people in (10_000, 100_000):
        asked = wishes(people)
        for caps in (Caps(people // 50, people // 10), Caps(3, 5)):
            start = time.perf_counter()
            placed = level(asked, caps)
            took = time.perf_counter() - start
            print(f"{people:>7,} people, {caps.per_day:>5} a day: {took:6.2f} s, {len(placed):,} placed")
    load: dict[date, int] = {}
    for one in placed.values():
        load[one.on] = load.get(one.on, 0) + 1
    start = time.perf_counter()
    level(asked[:1], Caps(), Load(load))
    print(f"one more: {(time.perf_counter() - start) * 1000:.2f} ms")


if __name__ == "__main__":
    main()
