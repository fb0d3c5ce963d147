"""Pieces of files by line numbers, counted as the card reader counts them, whatever the line ends."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.card import CardDraft
from crm.formats import cutting, vcard


def pieces(data: bytes, starts: list[int], wanted: list[int]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}

    def keep(place: int, part: bytes) -> None:
        found[place] = found.get(place, b"") + part

    cutting.cut(io.BytesIO(data), starts, wanted, keep)
    return found


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b"\r\r\n", b"\r\x01\n"])
def test_a_record_goes_up_to_the_next(end: bytes) -> None:
    data = end.join([b"a", b"b", b"c", b"d", b"e"])
    assert pieces(data, [1, 2, 4], [0, 1, 2]) == {
        0: b"a" + end,
        1: end.join([b"b", b"c", b""]),
        2: end.join([b"d", b"e"]),
    }
    assert pieces(data, [1, 2, 4], [1]) == {1: end.join([b"b", b"c", b""])}


def test_lines_longer_than_a_chunk_are_kept_whole() -> None:
    long = b"x" * 700_000
    assert pieces(b"a\n" + long + b"\nb\n", [1, 2, 3], [1]) == {1: long + b"\n"}


def test_utf_16_comes_out_as_utf_8() -> None:
    assert pieces("é\nü\nö\n".encode("utf-16"), [1, 2, 3], [1]) == {1: "ü\n".encode()}


def test_a_megabyte_of_returns_is_no_work() -> None:
    assert pieces(b"\r" * 3_000_000 + b"x", [1], [0])[0].endswith(b"x")


CARD = st.sampled_from(
    [
        "BEGIN:VCARD|VERSION:3.0|FN:A|END:VCARD|",
        "BEGIN:VCARD|END:VCARD|",
        "BEGIN:VCARD|NOTE:x|| y|FN:B|END:VCARD||",
    ]
)


@given(st.lists(CARD, min_size=1, max_size=8), st.sampled_from(["\n", "\r\n", "\r", "\r\r\n", "\n\r\n"]))
def test_what_is_cut_out_is_the_very_card(cards: list[str], end: str) -> None:
    data = "".join(cards).replace("|", end).encode()
    found = list(vcard.read(data, "cards.vcf"))
    assert len(found) == len(cards)
    cut = pieces(data, [one.line for one in found], list(range(len(found))))
    assert b"".join(cut[place] for place in range(len(cards))) == data
    for place, one in enumerate(found):
        (again,) = vcard.read(cut[place], "cards.vcf")
        assert isinstance(again, CardDraft) == isinstance(one, CardDraft)
