"""A year with Keepwarm, simulated: `python -m tests.simulations.year [--people 400] [--days 365] [--seed 1]`.

Somebody imports their contacts, starts the suggested plan and looks at Today each morning: does what it asks (not always),
meets others by chance, snoozes, skips, has a holiday of two weeks, changes jobs, goes to a conference. After every day
it is checked that Today asked for no more than the caps allow, that nobody was lost, and that every date is explained.
"""

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from crm import wording
from crm.app import books, checkins, learning, people, planning, preferences, today, touches, upkeep
from crm.app.books import Book
from crm.domain.agenda import TodayCard
from crm.domain.cadence import Interval, Unit
from crm.domain.levelling import Why
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PersonId,
    PositionDraft,
)
from crm.domain.reasons import Rule
from crm.domain.touch import Direction, TouchDraft, TouchKind
from crm.store.tables import Person

START = date(2026, 1, 5)  # a Monday
HOLIDAY_DAYS = 14
MET_THERE = 25
OVERLOAD = 8
_DOES, _SNOOZES, _SKIPS = 0.8, 0.86, 0.9  # of what Today asks: done, put off, let go; the rest stays undone
_ANSWERS, _BIRTHDAYS = 0.6, 0.3
_LEVELLED = frozenset(Why) - {Why.OVER, Why.USER, Why.SPREAD, Why.PLAN, Why.AWAY}


@dataclass(slots=True)
class Figures:
    """What the year came to."""

    asked: Counter[int] = field(default_factory=Counter)  # days by how many were asked for
    by_week: Counter[date] = field(default_factory=Counter)  # people with a rule in touch, by Monday
    done: int = 0
    by_chance: int = 0
    spread: int = 0
    placed: Counter[Why] = field(default_factory=Counter)
    reasons: Counter[Rule] = field(default_factory=Counter)
    longest_wait: int = 0
    needed: float = 0.0
    offers: int = 0


class Year:
    """Days lived one after another; `live` lives one and checks it."""

    def __init__(self, folder: Path, *, count: int, days: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.book = books.open_book(folder / "year.keepwarm")
        self.figures = Figures()
        self._conference, self._new_job = days // 3, 3 * days // 4
        self._holiday = range(days // 2, days // 2 + HOLIDAY_DAYS)
        self._touched: set[PersonId] = set()  # this week
        _fill(self.book, count, self.chance)
        plan = planning.suggest(self.book, today=START)
        planning.start(self.book, [pick.choice for pick in plan.picks], today=START)
        self.kept = preferences.get(self.book)

    def live(self, number: int) -> None:
        """Live a day: what is special about it, then what Today asks, then chance; then see that all is well."""
        day = START + timedelta(days=number)
        if day.weekday() == 0:
            self._touched.clear()
        self._special(number, day)
        card = today.agenda(self.book, today=day)
        self._check_asked(card)
        if number not in self._holiday:
            self._do(card)
            if card.overdue > OVERLOAD and day.weekday() == 0:
                self.figures.spread += planning.spread(self.book, today=day).count
        for person in self.chance.sample(self._people(), k=self.chance.choice((0, 0, 1))):
            self.figures.by_chance += 1
            self._log(person, day, TouchKind.MEETING)
        if number % 7 == 0:
            self._check_everybody(day)

    def finish(self, days: int) -> Figures:
        """Return what the time came to, and close the book."""
        last = START + timedelta(days=days)
        self.figures.needed = planning.outlook(self.book, today=last).needed
        self.figures.offers = len(learning.all_offers(self.book, today=last))
        assert upkeep.check(self.book).ok
        self.book.close()
        return self.figures

    # --- a day ------------------------------------------------------------------------------------------------------

    def _special(self, number: int, day: date) -> None:
        if number == self._holiday.start:
            planning.away(self.book, day + timedelta(days=HOLIDAY_DAYS - 1), today=day)
            self.kept = preferences.get(self.book)
        if number == self._conference:
            for guest in range(MET_THERE):
                draft = PersonDraft(f"Met There {guest}", met_on=day, every=Interval(3, Unit.MONTH))
                self._log(people.add(self.book, draft, today=day), day, TouchKind.EVENT)
        if number == self._new_job:
            for person in self._people(planned=True)[::10]:
                draft = people.draft(self.book, person)
                past = tuple(replace(one, current=False, until_on=day) for one in draft.positions)
                moved = (*past, PositionDraft("Brightwater Health", "Director", from_on=day))
                people.edit(self.book, person, replace(draft, positions=moved), today=day)

    def _do(self, card: TodayCard) -> None:
        for row in card.asked:
            person, luck = row.person.id, self.chance.random()
            if luck < _DOES:
                self.figures.done += 1
                self._log(
                    person, card.on, self.chance.choice((TouchKind.EMAIL, TouchKind.CALL, TouchKind.COFFEE))
                )
            elif luck < _SNOOZES and row.planned:
                until = card.on + timedelta(days=self.chance.randrange(1, 30))
                checkins.snooze(self.book, (person,), until, today=card.on)
            elif luck < _SKIPS and row.planned:
                checkins.skip(self.book, (person,), today=card.on)

    def _log(self, person: PersonId, day: date, kind: TouchKind) -> None:
        answered = self.chance.random() < _ANSWERS
        direction = Direction.HEARD if kind is TouchKind.EMAIL and answered else None
        touches.log(self.book, TouchDraft((person,), kind, day, direction=direction), today=day)
        self._touched.add(person)

    # --- what has to hold ---------------------------------------------------------------------------------------------

    def _check_asked(self, card: TodayCard) -> None:
        """No day and no week asks for more than the user set, nothing is asked on days off, and all of it says why."""
        done = len(self._touched.intersection(self._people(planned=True)))
        asked = len(card.asked)
        assert asked <= self.kept.per_day, f"{card.on}: {asked} asked"
        assert asked + done <= max(self.kept.per_week, done), (
            f"{card.on}: {asked} asked, {done} done this week"
        )
        assert not asked or card.closed is None, f"{card.on}: asked on a day off"
        for row in card.check_ins:
            assert row.reasons, f"{card.on}: {row.person.name} without a reason"
            assert wording.why_now(row, card.on), f"{card.on}: {row.person.name} without words"
            if row.planned:
                self.figures.longest_wait = max(self.figures.longest_wait, (card.on - row.due_on).days)
        self.figures.asked[asked] += 1
        self.figures.reasons.update(row.reasons[0].rule for row in card.asked)
        self.figures.by_week[card.on - timedelta(days=card.on.weekday())] = done

    def _check_everybody(self, day: date) -> None:
        """Everybody with a rule has a day, which is explained; what is ahead keeps to the caps or says that it can't."""
        ahead: dict[date, list[Why]] = {}
        for row in self._standing():
            assert None not in (row.next_due_on, row.check_in_on), f"{day}: person {row.id} was lost"
            why = Why(row.placed_why)
            said = wording.placed(why, row.next_due_on, row.ideal_on, day)
            assert said or row.next_due_on == row.ideal_on, (
                f"{day}: the day of person {row.id} is not explained"
            )
            if row.next_due_on > day:
                ahead.setdefault(row.next_due_on, []).append(why)
        for on, whys in ahead.items():
            self.figures.placed.update(whys)
            full = len(whys) > self.kept.per_day
            assert not full or not _LEVELLED.issuperset(whys), f"{day}: {len(whys)} on {on}"
            assert self.kept.caps().days.closed(on) is None or Why.IDEAL not in whys, (
                f"{day}: {on} is a day off"
            )

    def _standing(self) -> Sequence[Row[*tuple[Any, ...]]]:
        columns = (Person.id, Person.next_due_on, Person.check_in_on, Person.ideal_on, Person.placed_why)
        with self.book.read() as session:
            return session.execute(select(*columns).where(Person.cadence_count.is_not(None))).all()

    def _people(self, *, planned: bool = False) -> list[PersonId]:
        query = select(Person.id).where(Person.cadence_count.is_not(None)) if planned else select(Person.id)
        with self.book.read() as session:
            return [PersonId(one) for one in session.scalars(query)]


def simulate(*, count: int, days: int, seed: int) -> Figures:
    """Live so many days with so many people; a broken promise raises `AssertionError`."""
    with tempfile.TemporaryDirectory() as folder:
        year = Year(Path(folder), count=count, days=days, seed=seed)
        for number in range(days):
            year.live(number)
        return year.finish(days)


def main() -> None:
    """Simulate a year and print what it came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = simulate(count=options.people, days=options.days, seed=options.seed)
    print(
        f"{options.people} people, {options.days} days, seed {options.seed}: nobody lost, every date explained"
    )
    print("days by check-ins asked for:", dict(sorted(found.asked.items())))
    print("most people in touch in a week:", max(found.by_week.values()))
    print(f"done {found.done}, met by chance {found.by_chance}, spread out {found.spread}")
    print("longest wait past its day:", found.longest_wait, "days")
    print(f"a week needs {found.needed:.1f} in the end; {found.offers} offers of another interval")
    print("first reasons:", {rule.value: count for rule, count in found.reasons.most_common()})
    print("placed (each week's view):", {why.value: count for why, count in found.placed.most_common()})


def _fill(book: Book, count: int, chance: random.Random) -> None:
    """Add people as an address book has them: some known well, most of them hardly."""
    for number in range(count):
        company = f"Firm {chance.randrange(count // 4)}"
        title = chance.choice(("Engineer", "Recruiter", "Head of Product", "Designer", ""))
        met = START - timedelta(days=chance.randrange(30, 2000))
        birthday = PartialDate(month=chance.randrange(1, 13), day=chance.randrange(1, 29))
        draft = PersonDraft(
            f"Person {number}",
            contacts=(ContactPoint(ContactKind.EMAIL, f"person{number}@example.org"),),
            positions=(PositionDraft(company, title),),
            dates=(ImportantDate(DateKind.BIRTHDAY, birthday),) if chance.random() < _BIRTHDAYS else (),
            met_on=met,
        )
        person = people.add(book, draft, today=START)
        for _ in range(chance.choice((0, 0, 0, 1, 2, 5))):
            on = START - timedelta(days=chance.randrange(1, 400))
            touches.log(book, TouchDraft((person,), TouchKind.EMAIL, on), today=START)


if __name__ == "__main__":
    main()
