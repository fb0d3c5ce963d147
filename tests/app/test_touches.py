"""Logging, correcting and removing touches; what that does to dates and snoozes."""

from datetime import date, timedelta

import pytest

from crm.app import checkins, companies, history, people, touches
from crm.app.books import Book
from crm.domain.changes import Changes, Op
from crm.domain.person import PersonId, PersonRow
from crm.domain.touch import Direction, TouchDraft, TouchId, TouchKind
from crm.errors import ErrorCode, Invalid, KeepwarmError, NotFound
from tests.builders import TODAY, a_person, dump

YESTERDAY = TODAY - timedelta(days=1)


def row(book: Book, person: PersonId) -> PersonRow:
    return people.card(book, person, today=TODAY).row


def log(
    book: Book, *who: PersonId, on: date = TODAY, kind: TouchKind = TouchKind.CALL, note: str = ""
) -> TouchId:
    return touches.log(book, TouchDraft(who, kind, on, note), today=TODAY).touch


def test_a_touch_renews_the_next_check_in_from_its_own_day(book: Book) -> None:
    ada = a_person(book, every="6 weeks")
    logged = touches.log(book, TouchDraft((ada,), TouchKind.COFFEE, YESTERDAY), today=TODAY)
    assert logged.next_due_on == TODAY + timedelta(weeks=6)  # the working day after a Sunday
    assert row(book, ada).last_touch_on == YESTERDAY
    assert row(book, ada).next_due_on == logged.next_due_on


def test_a_touch_of_a_person_without_a_rule_has_no_next_date(book: Book) -> None:
    ada = a_person(book)
    assert touches.log(book, TouchDraft((ada,), TouchKind.CALL, TODAY), today=TODAY).next_due_on is None


def test_a_day_to_come_is_no_touch(book: Book) -> None:
    ada = a_person(book)
    before = dump(book)
    with pytest.raises(KeepwarmError) as caught:
        log(book, ada, on=TODAY + timedelta(days=1))
    assert caught.value.code is ErrorCode.FUTURE_TOUCH
    assert caught.value.params["on"] == TODAY + timedelta(days=1)
    assert dump(book) == before


def test_a_touch_needs_people_that_exist(book: Book) -> None:
    with pytest.raises(Invalid):
        log(book)
    with pytest.raises(NotFound):
        log(book, PersonId(99))
    assert history.can_undo(book) is None


def test_an_older_touch_logged_later_moves_no_date_back(book: Book) -> None:
    ada = a_person(book, every="1 month")
    log(book, ada)
    due = row(book, ada).next_due_on
    log(book, ada, on=TODAY - timedelta(days=200))
    assert (row(book, ada).last_touch_on, row(book, ada).next_due_on) == (TODAY, due)


@pytest.mark.parametrize("kind", [TouchKind.NOTE, TouchKind.COMMENT])
def test_notes_and_comments_renew_nothing(book: Book, kind: TouchKind) -> None:
    ada = a_person(book, every="1 month")
    checkins.snooze(book, (ada,), TODAY + timedelta(days=40), today=TODAY)
    log(book, ada, kind=kind)
    assert row(book, ada).last_touch_on is None
    assert row(book, ada).snoozed_until == TODAY + timedelta(days=40)


def test_everyone_who_took_part_is_renewed(book: Book) -> None:
    ada, grace = a_person(book, "Ada"), a_person(book, "Grace", every="2 weeks")
    touch = log(book, ada, grace, ada)
    assert row(book, ada).last_touch_on == row(book, grace).last_touch_on == TODAY
    assert touches.timeline(book, grace)[0].people == ((ada, "Ada"), (grace, "Grace"))
    assert touches.draft(book, touch).people == (ada, grace)


def test_changing_who_took_part_recomputes_those_before_and_after(book: Book) -> None:
    ada, grace, mary = (a_person(book, name) for name in ("Ada", "Grace", "Mary"))
    touch = log(book, ada, grace)
    touches.edit(book, touch, TouchDraft((grace, mary), TouchKind.CALL, YESTERDAY), today=TODAY)
    assert [row(book, who).last_touch_on for who in (ada, grace, mary)] == [None, YESTERDAY, YESTERDAY]
    history.undo(book)
    assert [row(book, who).last_touch_on for who in (ada, grace, mary)] == [TODAY, TODAY, None]


def test_making_a_note_a_call_renews_and_back(book: Book) -> None:
    ada = a_person(book)
    touch = log(book, ada, kind=TouchKind.NOTE)
    touches.edit(book, touch, TouchDraft((ada,), TouchKind.CALL, TODAY), today=TODAY)
    assert row(book, ada).last_touch_on == TODAY
    touches.edit(book, touch, TouchDraft((ada,), TouchKind.NOTE, TODAY), today=TODAY)
    assert row(book, ada).last_touch_on is None


def test_an_edit_that_changes_nothing_is_no_step(book: Book) -> None:
    ada = a_person(book)
    touch = log(book, ada)
    touches.edit(book, touch, touches.draft(book, touch), today=TODAY)
    step = history.can_undo(book)
    assert step is not None
    assert step.op is Op.LOG_TOUCH


def test_an_edit_may_not_reach_into_the_future(book: Book) -> None:
    touch = log(book, ada := a_person(book))
    with pytest.raises(KeepwarmError):
        touches.edit(book, touch, TouchDraft((ada,), TouchKind.CALL, TODAY + timedelta(1)), today=TODAY)


def test_deleting_the_newest_touch_brings_the_one_before_back(book: Book) -> None:
    ada = a_person(book, every="1 week")
    log(book, ada, on=YESTERDAY)
    touch = log(book, ada)
    touches.delete(book, touch, today=TODAY)
    assert row(book, ada).last_touch_on == YESTERDAY
    with pytest.raises(NotFound):
        touches.delete(book, touch, today=TODAY)


def test_a_new_touch_ends_a_snooze_and_its_count(book: Book) -> None:
    ada = a_person(book, every="1 week")
    checkins.snooze(book, (ada,), TODAY + timedelta(days=30), today=TODAY)
    log(book, ada)
    card = people.card(book, ada, today=TODAY)
    assert (card.row.snoozed_until, card.snooze_count) == (None, 0)
    history.undo(book)
    card = people.card(book, ada, today=TODAY)
    assert (card.row.snoozed_until, card.snooze_count) == (TODAY + timedelta(days=30), 1)


def test_an_older_touch_ends_no_snooze(book: Book) -> None:
    ada = a_person(book, every="1 week")
    log(book, ada, on=YESTERDAY)
    checkins.snooze(book, (ada,), TODAY + timedelta(days=30), today=TODAY)
    log(book, ada, on=YESTERDAY - timedelta(days=5))
    assert row(book, ada).snoozed_until == TODAY + timedelta(days=30)


def test_correcting_the_note_of_the_newest_touch_ends_no_snooze(book: Book) -> None:
    ada = a_person(book, every="1 week")
    touch = log(book, ada)
    checkins.snooze(book, (ada,), TODAY + timedelta(days=30), today=TODAY)
    touches.edit(book, touch, TouchDraft((ada,), TouchKind.CALL, TODAY, "about engines"), today=TODAY)
    assert row(book, ada).snoozed_until == TODAY + timedelta(days=30)


def test_a_note_is_kept_without_what_databases_trip_over(book: Book) -> None:
    ada = a_person(book)
    log(book, ada, note="  met\x00 at Zoë’s \r\nlate\ud800 ")
    assert touches.timeline(book, ada)[0].note == "met at Zoë’s \nlate"


def test_the_usual_direction_follows_the_kind_unless_said(book: Book) -> None:
    ada = a_person(book)
    log(book, ada, kind=TouchKind.EMAIL)
    log(book, ada, kind=TouchKind.CALL)
    touches.log(book, TouchDraft((ada,), TouchKind.EMAIL, TODAY, "", Direction.HEARD), today=TODAY)
    found = [touch.direction for touch in touches.timeline(book, ada)]
    assert found == [Direction.HEARD, Direction.TOGETHER, Direction.SENT]


def test_a_timeline_is_newest_first_and_read_in_pages(book: Book) -> None:
    ada = a_person(book)
    logged = [log(book, ada, on=TODAY - timedelta(days=days)) for days in (3, 1, 2, 1, 0)]
    whole = touches.timeline(book, ada)
    assert [touch.id for touch in whole] == [logged[4], logged[3], logged[1], logged[2], logged[0]]
    first = touches.timeline(book, ada, limit=2)
    assert first + touches.timeline(book, ada, limit=9, before=first[-1]) == whole


def test_a_company_shows_the_touches_with_its_people_now_and_past(book: Book) -> None:
    ada = a_person(book, "Ada", company="Analytical")
    grace = a_person(book, "Grace", company="Analytical")
    a_person(book, "Mary", company="Elsewhere")
    together = log(book, ada, grace)
    earlier = log(book, grace, on=YESTERDAY)
    log(book, a_person(book, "Nobody"))
    company = companies.resolve(book, "Analytical")
    assert [touch.id for touch in touches.of_company(book, company)] == [together, earlier]
    assert companies.card(book, company, today=TODAY).row.last_touch_on == TODAY


def test_the_history_says_whom_what_and_when(book: Book) -> None:
    ada, grace = a_person(book, "Ada", every="1 week"), a_person(book, "Grace")
    log(book, ada, grace, on=YESTERDAY)
    step = history.can_undo(book)
    assert step is not None
    assert step.op is Op.LOG_TOUCH
    assert step.params == {
        "subject": "Ada", "count": 2, "kind": "call", "on": "2026-03-01", "next_due_on": "2026-03-09",
    }  # fmt: skip


def test_listeners_hear_of_everyone_concerned(book: Book) -> None:
    ada = a_person(book, "Ada", company="Analytical", every="1 week")
    heard: list[Changes] = []
    book.on_changes(heard.append)
    log(book, ada)
    history.undo(book)
    assert [change.people() for change in heard] == [frozenset({ada})] * 2
    assert all(change.companies() for change in heard)


def test_undo_and_redo_of_every_verb_give_equal_books(book: Book) -> None:
    ada, grace = a_person(book, "Ada", every="1 week"), a_person(book, "Grace")
    states = [dump(book)]
    touch = log(book, ada, grace)
    states.append(dump(book))
    touches.edit(book, touch, TouchDraft((grace,), TouchKind.LETTER, YESTERDAY, "hello"), today=TODAY)
    states.append(dump(book))
    touches.delete(book, touch, today=TODAY)
    states.append(dump(book))
    for expected in reversed(states[:-1]):
        history.undo(book)
        assert dump(book) == expected
    for expected in states[1:]:
        history.redo(book)
        assert dump(book) == expected
