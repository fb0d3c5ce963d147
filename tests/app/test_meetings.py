"""Meetings of the user's calendar: touches to log, dates ahead, and nothing twice."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm.app import browse, history, meetings, people, touches, upkeep
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.cadence import DueState
from crm.domain.meeting import Clue, Fate
from crm.domain.person import PersonId
from crm.domain.query import PeopleFilter, PeopleQuery
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import ErrorCode, KeepwarmError, NotFound
from tests.builders import TODAY, a_person, dump

LISBON = ZoneInfo("Europe/Lisbon")
DAY = timedelta(days=1)


def event(on: date, title: str = "Platform team", *who: str, uid: str = "1", more: Iterable[str] = ()) -> str:
    lines = [
        "BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART;TZID=Europe/Lisbon:{on:%Y%m%d}T100000",
        *(f"ATTENDEE;CN={name.split('<')[0].strip()}:mailto:{name.split('<')[1][:-1]}" for name in who), *more, "END:VEVENT",
    ]  # fmt: skip
    return "\r\n".join(lines)


def calendar(folder: Path, *events: str) -> Path:
    path = folder / "calendar.ics"
    path.write_text("\r\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR", ""]), "utf-8", newline="")
    return path


def planned(book: Book, path: Path, today: date = TODAY) -> meetings.MeetingPlan:
    read = meetings.read_files([path], Progress(), today=today, zone=LISBON)
    return meetings.plan(book, read, today=today)


def imported(book: Book, path: Path, today: date = TODAY) -> dict[Fate, int]:
    return meetings.apply(book, planned(book, path, today), today=today)


def fates(plan: meetings.MeetingPlan) -> list[Fate]:
    return [one.fate for one in plan.records]


def state(book: Book, person: PersonId, today: date = TODAY) -> DueState:
    return people.card(book, person, today=today).row.state


@pytest.fixture
def ada(book: Book) -> PersonId:
    return a_person(book, email="ada@engines.example", every="2 weeks", met_on=TODAY - 20 * DAY)


def test_a_past_meeting_becomes_a_touch_and_undo_takes_it_back(
    book: Book, ada: PersonId, tmp_path: Path
) -> None:
    path = calendar(tmp_path, event(TODAY - 3 * DAY, "Coffee at the station", "A. L. <Ada@Engines.example>"))
    before = dump(book)
    imported(book, path)
    (touch,) = touches.timeline(book, ada)
    assert (touch.kind, touch.on, touch.note) == (TouchKind.COFFEE, TODAY - 3 * DAY, "Coffee at the station")
    assert people.card(book, ada, today=TODAY).row.next_due_on == TODAY + 11 * DAY
    history.undo(book)
    assert dump(book) == before


def test_a_meeting_ahead_keeps_one_in_touch_until_it_was(book: Book, ada: PersonId, tmp_path: Path) -> None:
    assert state(book, ada) is DueState.OVERDUE
    imported(book, calendar(tmp_path, event(TODAY + 5 * DAY, "Lunch", "Ada <ada@engines.example>")))
    assert [state(book, ada, TODAY + n * DAY) for n in (0, 5)] == [DueState.IN_TOUCH] * 2
    assert state(book, ada, TODAY + 6 * DAY) is DueState.OVERDUE
    assert touches.timeline(book, ada) == ()
    assert upkeep.check(book).ok


def test_the_same_calendar_again_changes_nothing(book: Book, ada: PersonId, tmp_path: Path) -> None:
    path = calendar(
        tmp_path,
        event(TODAY - DAY, "Call", "Ada <ada@engines.example>", uid="past"),
        event(TODAY + DAY, "Lunch", "Ada <ada@engines.example>", uid="next"),
    )
    imported(book, path)
    before = dump(book)
    assert fates(planned(book, path)) == [Fate.SAME, Fate.SAME]
    assert imported(book, path)[Fate.TOUCH] == 0
    assert dump(book) == before


def test_a_meeting_that_moved_or_was_called_off_follows_its_calendar(
    book: Book, ada: PersonId, tmp_path: Path
) -> None:
    who = "Ada <ada@engines.example>"
    imported(book, calendar(tmp_path, event(TODAY + DAY, "Lunch", who)))
    imported(book, calendar(tmp_path, event(TODAY + 9 * DAY, "Lunch", who)))
    (ahead,) = meetings.ahead(book, today=TODAY)
    assert ahead.meeting.on == TODAY + 9 * DAY
    gone = calendar(tmp_path, event(TODAY + 9 * DAY, "Lunch", who, more=["STATUS:CANCELLED"]))
    assert fates(planned(book, gone)) == [Fate.GONE]
    imported(book, gone)
    assert meetings.ahead(book, today=TODAY) == ()
    assert state(book, ada) is DueState.OVERDUE


def test_a_booked_meeting_is_asked_about_once_it_was(book: Book, ada: PersonId, tmp_path: Path) -> None:
    imported(book, calendar(tmp_path, event(TODAY + DAY, "Lunch", "Ada <ada@engines.example>")))
    later = TODAY + 2 * DAY
    (asked,) = meetings.waiting(book, today=later)
    assert asked.people == ((ada, "Ada Lovelace"),)
    meetings.confirm(book, [asked.id], today=later)
    assert meetings.waiting(book, today=later) == ()
    assert [one.on for one in touches.timeline(book, ada)] == [TODAY + DAY]
    assert upkeep.check(book).ok


def test_a_meeting_let_go_is_not_asked_about_again(book: Book, ada: PersonId, tmp_path: Path) -> None:
    path = calendar(tmp_path, event(TODAY + DAY, "Lunch", "Ada <ada@engines.example>"))
    imported(book, path)
    later = TODAY + 2 * DAY
    (asked,) = meetings.waiting(book, today=later)
    meetings.let_go(book, [asked.id], today=later)
    assert meetings.waiting(book, today=later) == ()
    assert fates(planned(book, path, later)) == [Fate.SAME]
    assert touches.timeline(book, ada) == ()
    with pytest.raises(NotFound):
        meetings.let_go(book, [asked.id, 99], today=later)  # type: ignore[list-item]


def test_a_touch_that_was_logged_by_hand_is_not_logged_twice(
    book: Book, ada: PersonId, tmp_path: Path
) -> None:
    touches.log(book, TouchDraft((ada,), TouchKind.COFFEE, TODAY - DAY), today=TODAY)
    path = calendar(tmp_path, event(TODAY - DAY, "Coffee", "Ada <ada@engines.example>"))
    assert fates(planned(book, path)) == [Fate.LOGGED]


def test_one_time_of_a_series_stands_for_it(book: Book, ada: PersonId, tmp_path: Path) -> None:
    weekly = event(TODAY - 21 * DAY, "1:1", "Ada <ada@engines.example>", more=["RRULE:FREQ=WEEKLY;COUNT=8"])
    path = calendar(tmp_path, weekly)
    imported(book, path)
    assert [one.on for one in touches.timeline(book, ada)] == [TODAY]
    assert [one.meeting.on for one in meetings.ahead(book, today=TODAY)] == [TODAY + 7 * DAY]
    later = TODAY + 15 * DAY
    imported(book, path, later)
    assert [one.on for one in touches.timeline(book, ada)] == [TODAY + 14 * DAY, TODAY]
    assert meetings.waiting(book, today=later) == ()


def test_who_was_there_is_known_by_address_else_by_name_else_by_the_title(
    book: Book, ada: PersonId, tmp_path: Path
) -> None:
    zoe = a_person(book, "Zoë Ångström")
    path = calendar(
        tmp_path,
        event(
            TODAY - 3 * DAY,
            "Talk",
            "Somebody <ada@engines.example>",
            "Zoe Angstrom <zoe@other.example>",
            uid="a",
        ),
        event(TODAY - 2 * DAY, "Coffee with Zoë Ångström!", uid="b"),
        event(TODAY - DAY, "Coffee with nobody known", uid="c"),
        event(TODAY - DAY, "Ada Lovelace and others", "Stranger <x@x.example>", uid="d"),
    )
    plan = planned(book, path)
    assert [[(p.person, p.clue) for p in one.people] for one in plan.records] == [
        [(ada, Clue.ADDRESS), (zoe, Clue.NAME)],
        [(zoe, Clue.TITLE)],
        [],
        [],
    ]
    assert fates(plan) == [Fate.TOUCH, Fate.TOUCH, Fate.NOBODY, Fate.NOBODY]


def test_a_name_or_an_address_that_two_people_share_means_nobody(book: Book, tmp_path: Path) -> None:
    for _ in range(2):
        a_person(book, "Ana Lima", email="team@x.example")
    path = calendar(tmp_path, event(TODAY - DAY, "Call", "Ana Lima <team@x.example>"))
    assert fates(planned(book, path)) == [Fate.NOBODY]


def test_an_audience_is_no_touch(book: Book, ada: PersonId, tmp_path: Path) -> None:
    crowd = ["Ada <ada@engines.example>", *(f"P{n} <p{n}@x.example>" for n in range(20))]
    assert fates(planned(book, calendar(tmp_path, event(TODAY - DAY, "All hands", *crowd)))) == [Fate.CROWD]


def test_what_the_user_leaves_out_stays_out(book: Book, ada: PersonId, tmp_path: Path) -> None:
    path = calendar(tmp_path, event(TODAY - DAY, "Call", "Ada <ada@engines.example>"))
    before = dump(book)
    meetings.apply(book, planned(book, path), today=TODAY, left_out={"1"})
    assert dump(book) == before


def test_counts_add_up_to_what_was_read(book: Book, ada: PersonId, tmp_path: Path) -> None:
    path = calendar(
        tmp_path,
        *(
            event(TODAY - n * DAY, "x", *(["Ada <ada@engines.example>"] * (n % 2)), uid=str(n))
            for n in range(9)
        ),
    )
    plan = planned(book, path)
    assert sum(plan.counts.values()) == len(plan.records) == 9


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["PRODID:-//Keepwarm//Keepwarm 1.0//EN", event(TODAY)], ErrorCode.CALENDAR_OURS),
        ([], ErrorCode.CALENDAR_EMPTY),
    ],
)
def test_a_calendar_that_tells_nothing_is_an_error(
    book: Book, tmp_path: Path, lines: list[str], code: ErrorCode
) -> None:
    with pytest.raises(KeepwarmError) as raised:
        planned(book, calendar(tmp_path, *lines))
    assert raised.value.code is code


def test_deleting_a_touch_of_a_meeting_does_not_bring_it_back(
    book: Book, ada: PersonId, tmp_path: Path
) -> None:
    path = calendar(tmp_path, event(TODAY - DAY, "Call", "Ada <ada@engines.example>"))
    imported(book, path)
    (touch,) = touches.timeline(book, ada)
    touches.delete(book, touch.id, today=TODAY)
    assert fates(planned(book, path)) == [Fate.SAME]


def test_a_meeting_ahead_moves_the_check_in_behind_it(book: Book, ada: PersonId, tmp_path: Path) -> None:
    imported(book, calendar(tmp_path, event(TODAY + 5 * DAY, "Lunch", "Ada <ada@engines.example>")))
    assert ada not in checkins_due(book, TODAY + 5 * DAY)
    assert ada in checkins_due(book, TODAY + 6 * DAY)


def checkins_due(book: Book, today: date) -> list[int]:
    return list(browse.people_ids(book, PeopleQuery(show=PeopleFilter.DUE), today=today))
