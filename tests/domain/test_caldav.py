"""What follows from the book, from what a calendar was told, and from how it stands: pushed, offered, asked, or let be."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crm.domain.caldav import Act, Answer, Seen, Verdict, answers, decide
from crm.domain.calendar import CalendarEntry, EventKind
from crm.domain.ledger import Notice, Sent, as_sent

TODAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 5, 9, tzinfo=UTC)
NOW_DAY, LATER, OTHER = NINE, NINE + timedelta(days=3), NINE + timedelta(days=7)
ENTRY = CalendarEntry("1@keepwarm", "Check in: Ada", NINE, datetime(2026, 3, 1, tzinfo=UTC))
TOLD = replace(as_sent(ENTRY), etag="told")
SAME = Seen("told", NINE)


def at(when: datetime, **said: object) -> Seen:
    return replace(Seen("touched", when), **said)  # type: ignore[arg-type]


def ours(when: datetime, **said: object) -> CalendarEntry:
    return replace(ENTRY, starts_at=when, **said)  # type: ignore[arg-type]


def verdict(entry: CalendarEntry | None, told: Sent | None, theirs: Seen | None) -> Verdict:
    return decide(entry, told, theirs, TODAY, UTC)


@pytest.mark.parametrize(
    ("entry", "told", "theirs", "act"),
    [
        (ENTRY, None, None, Act.PUT),
        (ENTRY, TOLD, SAME, Act.NOTHING),
        (ours(LATER), TOLD, SAME, Act.PUT),
        (None, TOLD, SAME, Act.REMOVE),
        (None, replace(TOLD, starts_at=NINE - timedelta(days=9)), SAME, Act.FORGET),
        (None, TOLD, None, Act.FORGET),
        (ENTRY, replace(TOLD, cancelled=True), None, Act.PUT),
        (ENTRY, TOLD, at(NINE), Act.NOTHING),
        (ENTRY, TOLD, at(NINE + timedelta(hours=5)), Act.NOTHING),
        (ours(NINE, description="new"), TOLD, at(NINE), Act.ADOPT),
        (ours(LATER), TOLD, at(NINE), Act.PUT),
        (ours(LATER), TOLD, at(LATER), Act.ADOPT),
        (None, TOLD, at(NINE), Act.REMOVE),
        (None, TOLD, at(NINE, done=True), Act.FORGET),
        (None, TOLD, at(NINE - timedelta(days=9)), Act.FORGET),
        (ENTRY, TOLD, Seen("touched", None), Act.NOTHING),
        (ENTRY, None, at(NINE), Act.PUT),
    ],
)
def test_what_one_side_changed_alone_needs_no_question(
    entry: CalendarEntry | None, told: Sent | None, theirs: Seen | None, act: Act
) -> None:
    assert verdict(entry, told, theirs) == Verdict(act)


@pytest.mark.parametrize(
    ("entry", "told", "theirs", "notice", "where"),
    [
        (ENTRY, TOLD, at(LATER), Notice.MOVED, LATER),
        (ours(OTHER), TOLD, at(LATER), Notice.MOVED, LATER),
        (None, TOLD, at(LATER), Notice.MOVED, LATER),
        (ENTRY, None, at(LATER), Notice.MOVED, LATER),
        (ENTRY, TOLD, at(NINE, done=True), Notice.DONE, NINE),
        (ENTRY, TOLD, None, Notice.REMOVED, None),
        (ours(LATER), TOLD, None, Notice.REMOVED, None),
        (ENTRY, TOLD, at(NINE, cancelled=True), Notice.REMOVED, None),
    ],
)
def test_what_the_user_changed_in_the_calendar_is_asked_and_never_done(
    entry: CalendarEntry | None,
    told: Sent | None,
    theirs: Seen | None,
    notice: Notice,
    where: datetime | None,
) -> None:
    assert verdict(entry, told, theirs) == Verdict(Act.ASK, notice, where)


def test_only_the_day_counts_of_a_check_in_but_the_hour_of_a_round_does() -> None:
    later = NINE + timedelta(hours=2)
    assert verdict(ENTRY, TOLD, at(later)).act is Act.NOTHING
    round_ = replace(ENTRY, kind=EventKind.INTERVIEW, busy=True)
    told = replace(as_sent(round_), etag="told")
    assert verdict(round_, told, at(later)) == Verdict(Act.ASK, Notice.MOVED, later)
    assert verdict(round_, told, at(NINE, done=True)).act is Act.NOTHING


def test_a_birthday_is_nothing_to_answer_for() -> None:
    birthday = replace(ENTRY, kind=EventKind.DATE, whole_day=NINE.date())
    told = replace(as_sent(birthday), etag="told")
    for theirs in (None, at(LATER), at(NINE, cancelled=True)):
        assert verdict(birthday, told, theirs).act is Act.NOTHING


@pytest.mark.parametrize(
    ("entry", "theirs", "act"),
    [(ENTRY, at(LATER), Act.PUT), (ENTRY, None, Act.PUT), (None, at(LATER), Act.REMOVE), (None, None, Act.FORGET)],
)  # fmt: skip
def test_an_answer_holds_while_the_calendar_stands_as_it_was_asked_about(
    entry: CalendarEntry | None, theirs: Seen | None, act: Act
) -> None:
    where = theirs.starts_at if theirs else None
    overruled = replace(TOLD, notice=Notice.OVERRULED, notice_at=where)
    assert verdict(entry, overruled, theirs).act is act
    left = replace(TOLD, notice=Notice.LEFT, notice_at=where)
    assert verdict(entry, left, theirs) == (
        Verdict(Act.NOTHING, Notice.LEFT, where) if entry else Verdict(Act.FORGET, Notice.LEFT, where)
    )
    assert verdict(ENTRY, overruled, at(OTHER)) == Verdict(Act.ASK, Notice.MOVED, OTHER)


def test_every_offer_can_be_answered_and_nothing_moves_to_a_day_gone_by() -> None:
    yesterday = TODAY - timedelta(days=1)
    for kind in (EventKind.CHECK_IN, EventKind.STEP, EventKind.INTERVIEW, None):
        for notice in (Notice.MOVED, Notice.DONE, Notice.REMOVED):
            assert answers(notice, kind, LATER.date(), TODAY)
            assert Answer.MOVE not in answers(notice, kind, yesterday, TODAY)
