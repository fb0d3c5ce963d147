"""A calendar on a server: told what changed here and nothing else, asked about what changed there, against a real one."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crm import wording
from crm.app import (
    caldav,
    caldav_offers,
    checkins,
    history,
    interviews,
    opportunities,
    plans,
    schedule,
    touches,
)
from crm.app.books import Book
from crm.app.caldav_server import event_url
from crm.app.passwords import Passwords
from crm.domain.caldav import Answer, Connection, Offer, PushState
from crm.domain.calendar import EventKind
from crm.domain.changes import Op
from crm.domain.interview import InterviewDraft
from crm.domain.ledger import Notice
from crm.domain.opportunity import OpportunityDraft
from crm.domain.person import PersonId
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import ErrorCode, KeepwarmError, NotFound
from crm.store import caldav as rows
from tests.builders import TODAY, a_person
from tests.calendar_server import PASSWORD, USER, Fuse, Radicale

DAY = timedelta(days=1)


@dataclass
class Connected:
    """A book, its calendar on the server, and both at hand."""

    book: Book
    server: Radicale
    passwords: Passwords
    url: str

    def push(self, today: date = TODAY) -> PushState:
        return caldav.push(self.book, self.passwords, today=today, words=wording.calendar_text, zone=UTC)

    def pushed(self, today: date = TODAY) -> tuple[int, int, int, int]:
        state = self.push(today)
        assert state.error is None
        return state.new, state.moved, state.gone, state.asked

    def held(self) -> dict[str, datetime]:
        found = self.server.events(self.url)
        held = {str(one["SUMMARY"]): one.decoded("DTSTART") for one in found}
        assert len(held) == len(found), "something is there twice"
        return held

    def wanted(self, today: date = TODAY) -> dict[str, datetime]:
        stood = caldav.require(self.book)
        planned = caldav.planned(self.book, stood, today, wording.calendar_text, UTC)
        return {one.summary: one.starts_at for one in planned}

    def event(self, name: str) -> str:
        (uid,) = (
            one.uid
            for one in caldav.told(self.book, caldav.require(self.book)).values()
            if name in one.summary and not one.cancelled
        )
        return event_url(self.url, uid)

    def move(self, name: str, to: datetime) -> None:
        self.server.change(self.event(name), DTSTART=to, DTEND=to + timedelta(minutes=15))

    def offer(self, today: date = TODAY) -> Offer:
        (offer,) = caldav_offers.offers(self.book, today=today, zone=UTC)
        return offer

    def answer(self, said: Answer, today: date = TODAY) -> None:
        caldav_offers.answer(self.book, self.offer(today).uid, said, today=today, zone=UTC)

    def planned(self) -> list[tuple[int, date]]:
        days = schedule.on_days(self.book, TODAY, TODAY + 300 * DAY, today=TODAY)
        return [(one.record, one.on) for one in days.items if one.kind is EventKind.CHECK_IN]

    def due(self, person: PersonId) -> date | None:
        return next((on for one, on in self.planned() if one == person), None)


@pytest.fixture
def connected(book: Book, radicale: Radicale, tmp_path: Path) -> Iterator[Connected]:
    account = caldav.account(radicale.address, USER)
    passwords = Passwords(tmp_path / "passwords.json")
    passwords.keep(account, PASSWORD)
    made = caldav.make(account, PASSWORD)
    caldav.connect(book, Connection(account, made.url, made.name))
    yield Connected(book, radicale, passwords, made.url)
    radicale.ask("DELETE", made.url)


def test_what_is_planned_is_created_moved_and_removed_and_never_told_twice(connected: Connected) -> None:
    book = connected.book
    ada, grace, zoe = (
        a_person(book, name, every="6 weeks") for name in ("Ada", "Grace; a, b\\n", "Zoë 山田")
    )
    assert connected.pushed() == (3, 0, 0, 0)
    assert connected.held() == connected.wanted()
    assert connected.pushed() == (0, 0, 0, 0)
    address = connected.event("Ada")
    checkins.snooze(book, (ada,), TODAY + 60 * DAY, today=TODAY)
    checkins.rest(book, (grace,), today=TODAY)
    touches.log(book, TouchDraft((zoe,), TouchKind.CALL, TODAY), today=TODAY)
    assert caldav.waiting(book, today=TODAY, words=wording.calendar_text, zone=UTC).any
    connected.pushed()
    assert connected.held() == connected.wanted()
    assert connected.event("Ada") == address
    for _ in range(3):
        history.undo(book)
    connected.pushed()
    assert connected.held() == connected.wanted()
    assert not caldav.waiting(book, today=TODAY, words=wording.calendar_text, zone=UTC).any


def test_what_is_moved_there_is_offered_and_moves_here_only_when_asked_to(connected: Connected) -> None:
    ada = a_person(connected.book, "Ada", every="6 weeks")
    connected.pushed()
    stood = connected.due(ada)
    there = datetime(2026, 4, 2, 14, tzinfo=UTC)
    connected.move("Ada", there)
    connected.server.change(connected.event("Ada"), DESCRIPTION="bring the book")
    assert connected.pushed() == (0, 0, 0, 1)
    offer = connected.offer()
    assert (offer.notice, offer.here_on, offer.there_on, offer.both) == (
        Notice.MOVED,
        stood,
        there.date(),
        False,
    )
    assert connected.pushed() == (0, 0, 0, 1)
    assert connected.due(ada) == stood
    connected.answer(Answer.MOVE)
    assert connected.due(ada) == there.date()
    assert connected.pushed() == (0, 0, 0, 0)
    assert connected.held() == {"Check in: Ada": there}  # at the hour that they chose
    checkins.snooze(connected.book, (ada,), date(2026, 4, 20), today=TODAY)
    assert connected.pushed() == (0, 1, 0, 0)
    (event,) = connected.server.events(connected.url)
    assert (event.decoded("DTSTART").date(), str(event["DESCRIPTION"])) == (
        date(2026, 4, 20),
        "bring the book",
    )


def test_what_both_sides_moved_is_shown_with_both_days_and_asked(connected: Connected) -> None:
    ada = a_person(connected.book, "Ada", every="6 weeks")
    connected.pushed()
    connected.move("Ada", datetime(2026, 4, 2, 9, tzinfo=UTC))
    checkins.snooze(connected.book, (ada,), date(2026, 4, 20), today=TODAY)
    assert connected.pushed() == (0, 0, 0, 1)
    offer = connected.offer()
    assert (offer.here_on, offer.there_on, offer.both) == (date(2026, 4, 20), date(2026, 4, 2), True)
    connected.answer(Answer.PUT_BACK)
    assert connected.pushed() == (0, 1, 0, 0)
    assert connected.held() == connected.wanted() == {"Check in: Ada": datetime(2026, 4, 20, 9, tzinfo=UTC)}
    assert caldav_offers.offers(connected.book, today=TODAY, zone=UTC) == ()


def test_what_is_ticked_off_there_is_offered_as_a_touch(connected: Connected) -> None:
    ada = a_person(connected.book, "Ada", every="6 weeks")
    connected.pushed()
    connected.server.change(connected.event("Ada"), SUMMARY="✓ Check in: Ada")
    assert connected.pushed() == (0, 0, 0, 1)
    assert connected.offer().notice is Notice.DONE
    assert touches.timeline(connected.book, ada) == ()
    tomorrow = TODAY + DAY
    connected.answer(Answer.LOG, tomorrow)
    assert [one.on for one in touches.timeline(connected.book, ada)] == [tomorrow]
    connected.pushed(tomorrow)
    assert set(connected.held()) == {"✓ Check in: Ada", "Check in: Ada"}  # what they did, and the next one
    assert connected.pushed(tomorrow) == (0, 0, 0, 0)


def test_a_tick_on_the_day_a_check_in_counts_from_is_answered_once(connected: Connected) -> None:
    a_person(connected.book, "Ada", every="6 weeks")
    connected.pushed()
    connected.server.change(connected.event("Ada"), SUMMARY="✓ Check in: Ada")
    connected.pushed()
    connected.answer(Answer.LOG)
    connected.pushed()
    assert connected.held() == connected.wanted()
    assert connected.pushed() == (0, 0, 0, 0)


def test_what_is_deleted_there_stays_away_until_they_say_what_it_meant(connected: Connected) -> None:
    ada, grace = (a_person(connected.book, name, every="6 weeks") for name in ("Ada", "Grace"))
    connected.pushed()
    for name in ("Ada", "Grace"):
        connected.server.ask("DELETE", connected.event(name))
    assert connected.pushed() == (0, 0, 0, 2)
    first, second = caldav_offers.offers(connected.book, today=TODAY, zone=UTC)
    caldav_offers.answer(connected.book, first.uid, Answer.PUT_BACK, today=TODAY, zone=UTC)
    caldav_offers.answer(connected.book, second.uid[:8], Answer.LEAVE, today=TODAY, zone=UTC)
    assert connected.pushed() == (1, 0, 0, 0)
    assert connected.pushed() == (0, 0, 0, 0)
    assert set(connected.held()) == {"Check in: Ada"}
    assert connected.due(grace) is not None
    with pytest.raises(NotFound):
        caldav_offers.answer(connected.book, second.uid, Answer.LOG, today=TODAY, zone=UTC)
    connected.server.ask("DELETE", connected.event("Ada"))
    connected.pushed()
    connected.answer(Answer.SKIP, TODAY + DAY)
    assert connected.due(ada) != first.here_on
    assert connected.pushed(TODAY + DAY) == (1, 0, 0, 0)
    assert connected.held().keys() == {"Check in: Ada"}


def test_rounds_and_steps_go_along_and_a_round_moves_by_the_hour(connected: Connected) -> None:
    book = connected.book
    role = opportunities.add(book, OpportunityDraft("Engineer", "Acme"), today=TODAY)
    at = datetime(2026, 3, 9, 13, tzinfo=UTC)
    round_ = interviews.add(book, role, InterviewDraft(at.date(), at), today=TODAY)
    step = plans.add_step(book, role, "Send the paper", TODAY + 3 * DAY, today=TODAY)
    connected.pushed()
    assert connected.held() == connected.wanted()
    connected.move("Interview", at + timedelta(hours=2))
    connected.server.change(connected.event("Send"), SUMMARY="[x] Send the paper")
    assert connected.pushed() == (0, 0, 0, 2)
    done, moved = caldav_offers.offers(book, today=TODAY, zone=UTC)
    caldav_offers.answer(book, done.uid, Answer.LOG, today=TODAY, zone=UTC)
    caldav_offers.answer(book, moved.uid, Answer.MOVE, today=TODAY, zone=UTC)
    assert interviews.row(book, round_).draft.starts_at == at + timedelta(hours=2)
    assert plans.row(book, step).done_on == TODAY
    assert connected.pushed() == (0, 0, 0, 0)


@pytest.mark.parametrize("late", [False, True])
def test_a_server_that_fails_midway_loses_nothing_and_doubles_nothing(
    connected: Connected, late: bool
) -> None:
    book, stood = connected.book, caldav.require(connected.book)
    for n in range(9):
        a_person(book, f"Person {n}", every="6 weeks")
    with Fuse(connected.server.port, 4, late=late) as address:
        weak = replace(stood.account, server=address)
        connected.passwords.keep(weak, PASSWORD)
        there = connected.url.replace(stood.account.server, address)
        _point(book, replace(stood, account=weak, url=there))
        state = connected.push()
        assert (state.new, state.error is not None) == (4, True), state.error
        waiting = caldav.waiting(book, today=TODAY, words=wording.calendar_text, zone=UTC)
        assert waiting.new == 5
    _point(book, stood)
    state = connected.push()
    assert (state.error, state.asked) == (None, 0)
    assert connected.held() == connected.wanted()
    assert connected.pushed() == (0, 0, 0, 0)


def _point(book: Book, stood: Connection) -> None:
    """Have the book talk to the same calendar by another way."""
    with book.write(Op.CONNECT_CALENDAR) as session:
        rows.keep(session, stood)


def test_a_server_that_is_off_or_refuses_the_password_is_told_and_the_next_push_goes_on(
    connected: Connected, radicale: Radicale
) -> None:
    a_person(connected.book, "Ada", every="6 weeks")
    stood = caldav.require(connected.book)
    connected.passwords.keep(stood.account, "wrong")
    error = connected.push().error
    assert error is not None
    assert error.code is ErrorCode.CALDAV_PASSWORD
    assert "wrong" not in wording.error_line(error)
    connected.passwords.keep(stood.account, PASSWORD)
    radicale.stop()
    try:
        error = connected.push().error
        assert error is not None
        assert error.code is ErrorCode.CALDAV_UNREACHABLE
    finally:
        radicale.start()
    assert connected.pushed() == (1, 0, 0, 0)
    connected.passwords.forget(stood.account)
    error = connected.push().error
    assert error is not None
    assert error.code is ErrorCode.CALDAV_LOCKED


def test_disconnecting_leaves_the_events_or_takes_them_out(connected: Connected) -> None:
    a_person(connected.book, "Ada", every="6 weeks")
    connected.pushed()
    stood = caldav.require(connected.book)
    caldav.disconnect(connected.book, connected.passwords, remove=False)
    assert set(connected.held()) == {"Check in: Ada"}
    with pytest.raises(KeepwarmError):
        connected.push()
    caldav.connect(connected.book, stood)  # again: what is there is known by its name, and not doubled
    connected.passwords.keep(stood.account, PASSWORD)
    connected.pushed()
    assert connected.held() == connected.wanted()
    with pytest.raises(KeepwarmError):
        caldav.connect(connected.book, replace(stood, url=f"{stood.url}other/"))
    caldav.disconnect(connected.book, connected.passwords, remove=True)
    assert connected.held() == {}
    assert caldav.connection(connected.book) is None


def test_the_password_is_in_no_file_no_log_and_no_words(
    connected: Connected, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    a_person(connected.book, "Ada", every="6 weeks")
    with caplog.at_level(logging.DEBUG):
        connected.pushed()
    connected.book.checkpoint()
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or PASSWORD.encode() not in file.read_bytes()
    assert PASSWORD not in caplog.text + repr(connected.passwords)
