"""What calendars are told: every difference once, with a number that makes them take it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crm.domain.calendar import CalendarEntry
from crm.domain.ledger import Outgoing, Sent, reconcile

TODAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)


def entry(uid: str, day: int = 1, sequence: int = 0, summary: str = "Check in") -> CalendarEntry:
    return CalendarEntry(uid, summary, MIDNIGHT + timedelta(days=day), MIDNIGHT, sequence=sequence)


def ledger(outgoing: Outgoing) -> dict[str, Sent]:
    return {one.uid: one for one in outgoing.sent}


def told(outgoing: Outgoing) -> dict[str, tuple[int, bool]]:
    return {one.uid: (one.sequence, one.cancelled) for one in outgoing.entries}


def test_what_moved_says_so_with_a_higher_number() -> None:
    first = reconcile([entry("a"), entry("b")], {}, TODAY)
    assert (first.delta.new, first.delta.moved, first.delta.gone) == (2, 0, 0)
    second = reconcile([entry("a", day=5), entry("b")], ledger(first), TODAY)
    assert (second.delta.new, second.delta.moved, second.delta.gone) == (0, 1, 0)
    assert [one.uid for one in second.changes] == ["a"]
    assert told(second) == {"a": (1, False), "b": (0, False)}


def test_what_is_gone_is_cancelled_once_and_forgotten_with_the_next_change() -> None:
    first = reconcile([entry("a"), entry("b")], {}, TODAY)
    second = reconcile([entry("b")], ledger(first), TODAY)
    assert told(second) == {"a": (1, True), "b": (0, False)}
    again = reconcile([entry("b")], ledger(second), TODAY)
    assert again.entries == second.entries
    assert not again.delta.any
    third = reconcile([entry("b", day=9)], ledger(again), TODAY)
    assert told(third) == {"b": (1, False)}


def test_what_returns_is_taken_again() -> None:
    """After undo a cancelled check-in is back under the same UID; a calendar drops it unless its number grew."""
    first = reconcile([entry("a")], {}, TODAY)
    gone = reconcile([], ledger(first), TODAY)
    back = reconcile([entry("a")], ledger(gone), TODAY)
    assert told(back) == {"a": (2, False)}
    assert back.delta.new == 1


def test_what_lies_behind_stays_in_the_calendar() -> None:
    first = reconcile([entry("a", day=-3)], {}, TODAY)
    second = reconcile([], ledger(first), TODAY)
    assert (second.entries, second.sent, second.delta.any) == ((), (), False)


plans = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.tuples(st.integers(-2, 5), st.integers(0, 3))), max_size=8
)


@given(plans)
def test_numbers_only_grow_and_the_same_plan_twice_is_the_same_file(
    history: list[dict[str, tuple[int, int]]],
) -> None:
    sent: dict[str, Sent] = {}
    highest: dict[str, tuple[int, str]] = {}
    for plan in history:
        entries = [entry(uid, day, sequence) for uid, (day, sequence) in plan.items()]
        outgoing = reconcile(entries, sent, TODAY)
        for one in outgoing.entries:
            content = repr(replace(one, sequence=0, changed_at=MIDNIGHT))
            number, said = highest.get(one.uid, (-1, ""))
            assert (
                one.sequence > number or (one.sequence == number and said == content) or one.uid not in sent
            )
            highest[one.uid] = (one.sequence, content)
        assert {one.uid for one in outgoing.entries if not one.cancelled} == set(plan)
        sent = ledger(outgoing)
        again = reconcile(entries, sent, TODAY)
        assert again.entries == outgoing.entries
        assert not again.delta.any
        sent = ledger(again)
