"""What calendars are told: every difference once, with a number that makes them take it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crm.domain.calendar import CalendarEntry, EventKind
from crm.domain.ledger import Elsewhere, Ledger, Outgoing, reconcile

TODAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)


def entry(uid: str, day: int = 1, sequence: int = 0, kind: EventKind = EventKind.CHECK_IN) -> CalendarEntry:
    starts = MIDNIGHT + timedelta(days=day)
    return CalendarEntry(uid, "Check in", starts, MIDNIGHT, sequence=sequence, kind=kind)


def ledger(outgoing: Outgoing) -> Ledger:
    return Ledger({one.uid: one for one in outgoing.sent}, MIDNIGHT)


def told(outgoing: Outgoing) -> dict[str, tuple[int, bool]]:
    return {one.uid: (one.sequence, one.cancelled) for one in outgoing.entries}


def test_what_moved_says_so_with_a_higher_number() -> None:
    first = reconcile([entry("a"), entry("b")], Ledger(), TODAY)
    assert (first.delta.new, first.delta.moved, first.delta.gone) == (2, 0, 0)
    second = reconcile([entry("a", day=5), entry("b")], ledger(first), TODAY)
    assert (second.delta.new, second.delta.moved, second.delta.gone) == (0, 1, 0)
    assert [one.uid for one in second.changes] == ["a"]
    assert told(second) == {"a": (1, False), "b": (0, False)}


def test_what_is_gone_is_cancelled_once_and_forgotten_with_the_next_change() -> None:
    first = reconcile([entry("a"), entry("b")], Ledger(), TODAY)
    second = reconcile([entry("b")], ledger(first), TODAY)
    assert told(second) == {"a": (1, True), "b": (0, False)}
    again = reconcile([entry("b")], ledger(second), TODAY)
    assert again.entries == second.entries
    assert not again.delta.any
    third = reconcile([entry("b", day=9)], ledger(again), TODAY)
    assert told(third) == {"b": (1, False)}


def test_what_returns_is_taken_again() -> None:
    """After undo a cancelled check-in is back under the same UID; a calendar drops it unless its number grew."""
    first = reconcile([entry("a")], Ledger(), TODAY)
    gone = reconcile([], ledger(first), TODAY)
    back = reconcile([entry("a")], ledger(gone), TODAY)
    assert told(back) == {"a": (2, False)}
    assert back.delta.new == 1


def test_what_lies_behind_stays_in_the_calendar() -> None:
    first = reconcile([entry("a", day=-3)], Ledger(), TODAY)
    second = reconcile([], ledger(first), TODAY)
    assert (second.entries, second.sent, second.delta.any) == ((), (), False)


CHECK_INS, STEPS = (EventKind.CHECK_IN,), (EventKind.STEP,)


def test_a_kind_left_out_is_not_cancelled_and_goes_on_where_it_was() -> None:
    step = entry("s", kind=EventKind.STEP)
    both = reconcile([entry("a"), step], Ledger(), TODAY)
    fewer = reconcile([entry("a")], ledger(both), TODAY, CHECK_INS)
    assert told(fewer) == {"a": (0, False)}
    assert (fewer.delta.any, fewer.delta.kept) == (False, STEPS)
    again = reconcile(
        [entry("a"), replace(step, starts_at=step.starts_at + timedelta(days=1))], ledger(fewer), TODAY
    )
    assert told(again) == {"a": (0, False), "s": (1, False)}
    assert (again.delta.new, again.delta.moved, again.delta.kept) == (0, 1, ())


def test_a_kind_left_out_keeps_its_cancellation_for_the_next_file_that_holds_it() -> None:
    both = reconcile([entry("a"), entry("s", kind=EventKind.STEP)], Ledger(), TODAY)
    fewer = reconcile([], ledger(both), TODAY, CHECK_INS)
    assert told(fewer) == {"a": (1, True)}
    rest = reconcile([], ledger(fewer), TODAY, STEPS)
    assert told(rest) == {"s": (1, True)}
    assert rest.delta.kept == ()


def test_who_left_a_list_is_cancelled_there_unless_an_export_for_others_told_of_it() -> None:
    listed = reconcile([entry("a")], Ledger(), TODAY)
    alone = reconcile([], ledger(listed), TODAY, others={"a"})
    assert told(alone) == {"a": (1, True)}
    shared = replace(ledger(listed), elsewhere={"a": Elsewhere(3, stands=True)})
    kept = reconcile([], shared, TODAY, others={"a"})
    assert (told(kept), kept.sent) == ({}, listed.sent)
    # Once it is planned for nobody, its cancellation goes out above every number that was told.
    assert told(reconcile([], shared, TODAY)) == {"a": (4, True)}


def test_a_number_is_above_all_that_exports_for_others_told() -> None:
    first = reconcile([entry("a")], Ledger(elsewhere={"a": Elsewhere(7, stands=False)}), TODAY)
    assert told(first) == {"a": (8, False)}


plans = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.tuples(st.integers(-2, 5), st.integers(0, 3))), max_size=8
)


@given(plans)
def test_numbers_only_grow_and_the_same_plan_twice_is_the_same_file(
    history: list[dict[str, tuple[int, int]]],
) -> None:
    sent = Ledger()
    highest: dict[str, tuple[int, str]] = {}
    for plan in history:
        entries = [entry(uid, day, sequence) for uid, (day, sequence) in plan.items()]
        outgoing = reconcile(entries, sent, TODAY)
        for one in outgoing.entries:
            content = repr(replace(one, sequence=0, changed_at=MIDNIGHT))
            number, said = highest.get(one.uid, (-1, ""))
            assert (
                one.sequence > number
                or (one.sequence == number and said == content)
                or one.uid not in sent.sent
            )
            highest[one.uid] = (one.sequence, content)
        assert {one.uid for one in outgoing.entries if not one.cancelled} == set(plan)
        sent = ledger(outgoing)
        again = reconcile(entries, sent, TODAY)
        assert again.entries == outgoing.entries
        assert not again.delta.any
        sent = ledger(again)
