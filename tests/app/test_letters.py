"""A saved e-mail as a touch to confirm: whom it was with, and who wrote."""

from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from crm.app import letters, people, preferences, quick, touches
from crm.app.books import Book
from crm.domain.person import ContactKind, ContactPoint
from crm.domain.quick import QuickReading
from crm.domain.touch import Direction, TouchKind
from crm.errors import ErrorCode, KeepwarmError
from tests.builders import TODAY, a_person


@pytest.fixture(autouse=True)
def ana(book: Book) -> int:
    return a_person(book, "Ana Lima", contacts=(ContactPoint(ContactKind.EMAIL, "ana@orbital.example"),))


def a_letter(folder: Path, sender: str, to: str, *, cc: str = "", day: str = "1 Mar 2026") -> Path:
    file = folder / "letter.eml"
    lines = (
        f"From: {sender}",
        f"To: {to}",
        f"Cc: {cc}",
        f"Date: {day} 12:00:00 +0000",
        "Subject: Tea?",
        "",
        "Hi",
    )
    file.write_text("\n".join(lines), "utf-8")
    return file


def read(book: Book, file: Path) -> QuickReading:
    return letters.read_letter(book, file, today=TODAY, zone=UTC)


def own(book: Book, *addresses: str) -> None:
    preferences.save(book, replace(preferences.get(book), addresses=addresses), today=TODAY)


def said(reading: QuickReading) -> list[tuple[str, bool]]:
    return [(one.said, one.settled) for one in reading.who]


def test_a_letter_from_somebody_known_was_heard(book: Book, tmp_path: Path) -> None:
    reading = read(book, a_letter(tmp_path, "Ana <ANA@Orbital.example>", "me@home.example"))
    assert (said(reading), reading.direction, reading.kind) == (
        [("Ana", True)],
        Direction.HEARD,
        TouchKind.EMAIL,
    )
    assert (reading.on.on, reading.note) == (TODAY - timedelta(days=1), "Tea?")


def test_a_letter_to_somebody_known_was_sent(book: Book, tmp_path: Path) -> None:
    reading = read(book, a_letter(tmp_path, "Me <me@home.example>", "ana@orbital.example"))
    assert (said(reading), reading.direction) == ([("ana@orbital.example", True)], Direction.SENT)


def test_the_users_own_address_says_who_wrote(book: Book, tmp_path: Path) -> None:
    own(book, "Me@Home.example")
    sent = read(
        book,
        a_letter(
            tmp_path, "me@home.example", "Eve <eve@x.example>, ME@home.example", cc="ana@orbital.example"
        ),
    )
    assert (said(sent), sent.direction) == ([("Eve", False), ("ana@orbital.example", True)], Direction.SENT)
    heard = read(book, a_letter(tmp_path, "Eve <eve@x.example>", "me@home.example, ana@orbital.example"))
    assert (said(heard), heard.direction) == ([("Eve", False)], Direction.HEARD)


def test_a_name_serves_where_the_address_is_unknown(book: Book, tmp_path: Path) -> None:
    reading = read(book, a_letter(tmp_path, "Ana Lima <ana@new.example>", "me@home.example"))
    assert said(reading) == [("Ana Lima", True)]


def test_whose_page_it_is_dropped_on_serves_where_nobody_is_known(
    book: Book, tmp_path: Path, ana: int
) -> None:
    file = a_letter(tmp_path, "al@private.example", "me@home.example")
    reading = letters.read_letter(book, file, today=TODAY, beside=people.resolve(book, str(ana)))
    assert [one.person for one in reading.who] == [ana]


def test_somebody_new_is_added_with_the_address(book: Book, tmp_path: Path) -> None:
    reading = read(book, a_letter(tmp_path, "Eve Quist <eve@x.example>", "me@home.example"))
    quick.log(book, replace(reading, who=(replace(reading.who[0], new=True),)), today=TODAY)
    eve = people.resolve(book, "Eve Quist")
    assert people.card(book, eve, today=TODAY).row.email == "eve@x.example"
    assert touches.timeline(book, eve)[0].direction is Direction.HEARD


def test_a_letter_from_the_future_is_of_today(book: Book, tmp_path: Path) -> None:
    reading = read(book, a_letter(tmp_path, "ana@orbital.example", "me@home.example", day="1 Mar 2099"))
    assert reading.on.on == TODAY


def test_what_is_no_letter_is_said(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "picture.eml"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    for path, code in ((file, ErrorCode.LETTER_UNKNOWN), (tmp_path / "gone.eml", ErrorCode.FILE_UNREADABLE)):
        with pytest.raises(KeepwarmError) as raised:
            read(book, path)
        assert raised.value.code is code
    with pytest.raises(KeepwarmError):
        read(book, book.path)
