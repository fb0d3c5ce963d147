"""Plans in the book: days somebody said, overdue check-ins spread out, time away, a plan to start with."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from crm.app import checkins, companies, history, people, planning, plans, preferences, today, touches, upkeep
from crm.app.books import Book
from crm.domain.cadence import DueState, Interval, Unit
from crm.domain.levelling import Why
from crm.domain.person import PersonId, PersonRow
from crm.domain.planning import PickReason
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import Invalid, NotFound
from tests.builders import TODAY, a_person, dump

MONTH = Interval(30, Unit.DAY)


def row(book: Book, person: PersonId, on: date = TODAY) -> PersonRow:
    return people.card(book, person, today=on).row


def why(book: Book, person: PersonId) -> Why | None:
    return people.card(book, person, today=TODAY).placed


def late(book: Book, count: int) -> list[PersonId]:
    """Add people who are overdue, the first the most."""
    return [
        a_person(book, f"Late {number:02}", every=MONTH, today=TODAY - timedelta(days=90 - number))
        for number in range(count)
    ]


def weeks(days: Iterable[date | None]) -> Counter[int]:
    return Counter((day.toordinal() - 1) // 7 for day in days if day)


def log(book: Book, person: PersonId, on: date = TODAY) -> None:
    touches.log(book, TouchDraft((person,), TouchKind.CALL, on), today=on)


def test_a_day_the_user_said_stays_until_the_next_touch(book: Book) -> None:
    ada = a_person(book, every=MONTH)
    sunday = TODAY + timedelta(days=13)
    planning.plan_check_in(book, (ada,), sunday, today=TODAY)
    assert (row(book, ada).next_due_on, why(book, ada)) == (sunday, Why.USER)
    preferences.save(book, replace(preferences.get(book), per_day=1, per_week=1), today=TODAY)
    checkins.set_every(book, (ada,), Interval(2, Unit.WEEK), today=TODAY)
    assert row(book, ada).next_due_on == sunday
    log(book, ada, on=sunday)
    assert row(book, ada, on=sunday).next_due_on == sunday + timedelta(days=15)


def test_a_day_can_be_planned_without_any_rule_and_once(book: Book) -> None:
    ada = a_person(book)
    planning.plan_check_in(book, (ada,), TODAY, today=TODAY)
    assert row(book, ada).state is DueState.DUE
    assert [one.person.id for one in today.agenda(book, today=TODAY).check_ins] == [ada]
    assert row(book, ada, on=TODAY + timedelta(days=3)).state is DueState.OVERDUE
    log(book, ada)
    assert (row(book, ada).next_due_on, row(book, ada).state) == (None, DueState.NONE)
    assert upkeep.check(book).ok


def test_days_that_cannot_be_planned_are_refused(book: Book) -> None:
    ada = a_person(book)
    for on in (TODAY - timedelta(days=1), TODAY + timedelta(days=3000)):
        with pytest.raises(Invalid):
            planning.plan_check_in(book, (ada,), on, today=TODAY)
    with pytest.raises(NotFound):
        planning.plan_check_in(book, (PersonId(99),), TODAY, today=TODAY)


def test_spreading_out_clears_the_overdue_under_the_caps_in_one_step(book: Book) -> None:
    ids = late(book, 17)
    fixed = a_person(book, "Fixed", every=MONTH)
    planning.plan_check_in(book, (fixed,), TODAY + timedelta(days=1), today=TODAY)
    before, ids = dump(book), sorted(ids, key=lambda one: (row(book, one).next_due_on, one))
    spread = planning.spread(book, today=TODAY)
    days = [row(book, one).next_due_on for one in ids]
    assert spread.count == 17
    assert today.agenda(book, today=TODAY).overdue == 0
    assert max(weeks([*days, TODAY + timedelta(days=1)]).values()) == 5
    assert days == sorted(days, key=lambda day: day or TODAY)
    assert days[0] == TODAY
    assert spread.until == days[-1]
    assert row(book, fixed).next_due_on == TODAY + timedelta(days=1)
    assert upkeep.check(book).ok
    history.undo(book)
    assert dump(book) == before


def test_spreading_out_again_moves_nobody(book: Book) -> None:
    late(book, 9)
    planning.spread(book, today=TODAY)
    before = dump(book)
    assert planning.spread(book, today=TODAY).count == 0
    assert dump(book) == before


def test_more_overdue_than_an_interval_has_room_for_are_even_and_nobody_is_dropped(book: Book) -> None:
    ids = late(book, 60)
    planning.spread(book, today=TODAY)
    days = Counter(row(book, one).next_due_on for one in ids)
    assert sum(days.values()) == 60
    assert max(days.values()) - min(days.values()) <= 1


def test_a_new_rule_ends_a_day_that_spreading_found_but_not_one_the_user_said(book: Book) -> None:
    (ada,) = late(book, 1)
    planning.spread(book, today=TODAY)
    checkins.set_every(book, (ada,), Interval(200, Unit.DAY), today=TODAY)
    assert why(book, ada) is not Why.SPREAD
    assert row(book, ada).next_due_on > TODAY + timedelta(days=60)  # type: ignore[operator]


def test_time_away_is_free_and_everyone_follows_after_it(book: Book) -> None:
    ids = [*late(book, 6), *(a_person(book, f"Soon {n}", every="2 weeks") for n in range(6))]
    fixed = a_person(book, "Fixed")
    planning.plan_check_in(book, (fixed,), TODAY + timedelta(days=3), today=TODAY)
    later = a_person(book, "Later", every="3 months")
    stood, until = row(book, later).next_due_on, TODAY + timedelta(days=20)
    moved = planning.away(book, until, today=TODAY)
    assert moved.count == 12
    assert all((row(book, one).next_due_on or TODAY) > until for one in ids)
    assert max(weeks(row(book, one).next_due_on for one in ids).values()) <= 5
    assert row(book, fixed).next_due_on == TODAY + timedelta(days=3)
    assert row(book, later).next_due_on == stood
    assert preferences.get(book).quiet[0].until_on == until
    new = a_person(book, "New", every="1 week")
    assert (row(book, new).next_due_on or TODAY) > until
    assert upkeep.check(book).ok


def test_whoever_was_promised_something_is_picked_for_it(book: Book) -> None:
    ada, done = a_person(book, "Ada"), a_person(book, "Done")
    plans.add_step(book, None, "Send the article", TODAY, today=TODAY, person=ada)
    kept = plans.add_step(book, None, "Send the article", TODAY, today=TODAY, person=done)
    plans.done(book, kept, today=TODAY)
    preview = planning.suggest(book, today=TODAY)
    assert [(pick.row.id, pick.choice.reasons) for pick in preview.picks] == [(ada, (PickReason.PROMISED,))]


def test_a_plan_picks_with_reasons_starts_at_once_and_is_one_step(book: Book) -> None:
    for number in range(80):
        a_person(
            book,
            f"Person {number}",
            company=f"Firm {number % 9}",
            title="Engineer",
            email=f"{number}@example.org",
        )
    recruiter = a_person(book, "Rae", company="Orbital", title="Recruiter")
    companies.target(book, (companies.resolve(book, "Orbital"),), True)
    nobody = a_person(book, "Nobody")
    preview = planning.suggest(book, today=TODAY)
    assert preview.picks[0].choice.on == TODAY
    assert preview.needed <= preview.per_week == 5
    chosen = {int(pick.row.id): pick.choice for pick in preview.picks}
    assert chosen[recruiter].reasons == (PickReason.TARGET, PickReason.HIRING)
    assert nobody not in chosen
    assert all(week.standing + week.added <= 5 for week in preview.weeks)
    before = dump(book)
    assert planning.start(book, [pick.choice for pick in preview.picks], today=TODAY, per_week=5) == len(
        chosen
    )
    assert {row(book, PersonId(who)).next_due_on for who in chosen} == {one.on for one in chosen.values()}
    assert row(book, recruiter).cadence.every == chosen[recruiter].every
    assert planning.outlook(book, today=TODAY).needed == pytest.approx(preview.needed)
    assert not {int(p.row.id) for p in planning.suggest(book, today=TODAY).picks} & chosen.keys()
    assert upkeep.check(book).ok
    history.undo(book)
    assert dump(book) == before


def test_more_a_week_picks_more_people(book: Book) -> None:
    for number in range(200):
        a_person(book, f"Person {number}", title="Recruiter", company=f"Firm {number}")
    sizes = [len(planning.suggest(book, today=TODAY, per_week=pace).picks) for pace in (3, 5, 8, 12)]
    assert sizes == sorted(set(sizes))


def test_a_plan_without_anyone_left_is_refused(book: Book) -> None:
    ada = a_person(book, company="Orbital", title="Recruiter")
    choices = [pick.choice for pick in planning.suggest(book, today=TODAY).picks]
    people.delete(book, (ada,))
    with pytest.raises(NotFound):
        planning.start(book, choices, today=TODAY)


def test_the_outlook_says_what_the_plans_need(book: Book) -> None:
    for number in range(14):
        a_person(book, f"Person {number}", every="2 weeks")
    outlook = planning.outlook(book, today=TODAY)
    assert (outlook.needed, outlook.per_week, outlook.overdue) == (7.0, 5, 0)
    assert sum(week.standing for week in outlook.weeks) == 14
