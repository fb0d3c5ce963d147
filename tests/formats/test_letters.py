"""Saved e-mails: who wrote to whom, when, about what; and whatever a hostile one holds."""

from datetime import date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.formats.letters import HEADER_BYTES, MOST_ADDRESSES, Address, Letter, is_letter, read_letter

BERLIN = timezone(timedelta(hours=1))
PLAIN = b"""Received: from mail.example by mx.example; Mon, 2 Mar 2026 08:00:00 +0000
From: "Lima, Ana" <ana@orbital.example>
To: Me <me@home.example>, Bo Chen <bo@fern.example>
Cc: bo@fern.example, cy@fern.example
Subject: Re: the platform team
Date: Sun, 1 Mar 2026 23:30:00 -0500
Message-ID: <1@orbital.example>

From: nobody@example.example
The body is never looked at.
"""


def test_a_letter_is_its_header() -> None:
    assert read_letter(PLAIN, BERLIN) == Letter(
        Address("ana@orbital.example", "Lima, Ana"),
        (Address("me@home.example", "Me"), Address("bo@fern.example", "Bo Chen")),
        (Address("bo@fern.example"), Address("cy@fern.example")),
        date(2026, 3, 2),
        "Re: the platform team",
    )


def test_the_day_is_that_of_the_users_zone() -> None:
    assert read_letter(PLAIN, timezone(timedelta(hours=-5))).on == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (b"=?utf-8?B?Q2Fmw6kg4piV?=", "Café ☕"),
        (b"=?iso-8859-1?Q?Gr=FC=DFe?= aus Wien", "Grüße aus Wien"),
        (b"=?utf-8?Q?one?=\r\n =?utf-8?Q?_two?=", "one two"),
        (b"=?klingon?Q?nuqneH?=", "nuqneH"),
        (b"=?utf-8?B?not base64!?=", "=?utf-8?B?not base64!?="),
        (b"a\x00b\x07c", "abc"),
        (b"<b>bold</b> <script>", "<b>bold</b> <script>"),
        ("Grüße".encode("latin-1"), "Gr\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}e"),
    ],
)
def test_a_subject_is_text_in_one_line(header: bytes, subject: str) -> None:
    found = read_letter(b"From: a@b.example\r\nSubject: " + header + b"\r\n\r\n").subject
    assert found.isprintable()
    if "\N{REPLACEMENT CHARACTER}" not in subject:
        assert found == subject


@pytest.mark.parametrize(
    "when",
    [
        "",
        "soon",
        "Mon, 32 Mar 2026 10:00:00 +0000",
        "1 Jan 99999 00:00:00 +0000",
        "Fri, 31 Dec 9999 23:59:00 -2359",
    ],
)
def test_a_day_that_can_not_be_is_none(when: str) -> None:
    assert read_letter(f"From: a@b.example\nDate: {when}\n\n".encode()).on is None


def test_a_letter_to_thousands_names_a_few() -> None:
    to = ", ".join(f"p{n}@example.example" for n in range(5_000))
    assert len(read_letter(f"From: a@b.example\nTo: {to}\n\n".encode()).to) <= MOST_ADDRESSES


def test_only_the_header_is_parsed() -> None:
    assert read_letter(b"Subject: " + b"x" * (4 * HEADER_BYTES)).subject.startswith("xxx")
    nested = (
        b"From: a@b.example\nMIME-Version: 1.0\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 9_999
    )
    assert read_letter(nested).sender == Address("a@b.example")


@pytest.mark.parametrize(
    ("data", "letter"),
    [
        (PLAIN, True),
        (b"\xef\xbb\xbf\r\n" + PLAIN, True),
        (b"BEGIN:VCARD\nFN:Ada\nEND:VCARD\n", False),
        (b"", False),
        (b"\n\nFrom: a\nTo: b\n\nSubject: c\nDate: d", False),
        (b"\xd0\xcf\x11\xe0 an Outlook message", False),
    ],
)
def test_what_a_letter_is(data: bytes, letter: bool) -> None:
    assert is_letter(data) is letter


@given(st.binary(max_size=600) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_nothing_is_too_strange(data: bytes) -> None:
    for prefix in (b"", b"From: ", b"From: a@b.example\nTo: ", b"Date: ", b"Subject: =?utf-8?"):
        is_letter(prefix + data)
        read_letter(prefix + data, BERLIN)
