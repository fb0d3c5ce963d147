"""Who is the same person: exact keys, names that don't contradict, and never a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.importplan import MatchReason
from crm.domain.matching import (
    MOST_WITH_A_KEY,
    MatchIndex,
    MatchKeys,
    compatible,
    name_words,
    same_name,
    same_number,
)

NAMES = st.lists(st.sampled_from(["ana", "maria", "lima", "a", "m", "costa", "李"]), max_size=4).map(tuple)


def keys(name: str = "", **fields: object) -> MatchKeys:
    return MatchKeys(name_words(name), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ana Lima", "ana LIMA", True),
        ("Ana Lima", "Lima, Ana", True),
        ("Ana Lima", "Ana Maria Lima", True),
        ("A. Lima", "Ana Lima", True),
        ("Dr. Ana Lima", "Ana Lima", True),
        ("Zoë O'Brien", "Zoe O’Brien", True),
        ("Anne-Marie Duc", "Anne Marie Duc", True),
        ("山田太郎", "山田 太郎", True),
        ("", "Ana Lima", True),
        ("ana@lima.example", "Bo Ek", True),
        ("+351 21 555", "Bo Ek", True),
        ("Ana Lima", "Ana Costa", False),
        ("Ana Lima", "Anna Lima", False),
        ("Jon Ek", "John Ek", False),
        ("A. Lima", "Bo Lima", False),
        ("Ana Ana", "Ana Lima", False),
    ],
)
def test_names_are_compatible_when_nothing_in_them_contradicts(one: str, other: str, expected: bool) -> None:
    assert compatible(name_words(one), name_words(other)) is expected


@given(NAMES, NAMES)
def test_compatible_is_symmetric_and_reflexive(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert compatible(one, one)
    assert compatible(one, other) == compatible(other, one)


@given(NAMES, NAMES)
def test_the_same_name_is_a_compatible_one(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert not same_name(one, other) or compatible(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("+351215550123", "+351215550123", True),
        ("+351215550123", "215550123", True),
        ("0215550123", "215550123", True),
        ("+351215550123", "+34215550123", False),
        ("5550123", "5550123", True),
        ("5550123", "215550123", False),
        ("+351215550123x12", "215550123", True),
        ("110", "112", False),
    ],
)
def test_numbers_are_the_same_by_their_last_nine_digits_unless_countries_differ(
    one: str, other: str, expected: bool
) -> None:
    assert same_number(one, other) is expected


def find(known: dict[int, MatchKeys], wanted: MatchKeys) -> tuple[int, tuple[MatchReason, ...]] | None:
    index = MatchIndex()
    for target, one in known.items():
        index.add(target, one)
    match = index.find(wanted)
    return None if match is None else (match.target, match.reasons)


def test_an_email_alone_doesnt_join_people_of_other_names() -> None:
    known = {1: keys("Ana Lima", emails=("office@x.example",))}
    assert find(known, keys("Bo Ek", emails=("office@x.example",))) is None
    assert find(known, keys("Ana M. Lima", emails=("office@x.example",))) == (1, (MatchReason.EMAIL,))


def test_an_email_of_many_needs_the_very_same_name() -> None:
    office = ("office@x.example",)
    known = {
        number: keys(f"Ana {chr(97 + number // 8)}{chr(97 + number % 8)}ima", emails=office)
        for number in range(MOST_WITH_A_KEY - 1)
    }
    assert find(known, keys("A. Abima", emails=office)) == (1, (MatchReason.EMAIL,))
    known[99] = keys("Bo Ek", emails=office)
    assert find(known, keys("A. Abima", emails=office)) is None
    assert find(known, keys("Abima Ana", emails=office)) == (1, (MatchReason.EMAIL,))
    assert find(known, keys("Bo Ek", emails=office)) == (99, (MatchReason.EMAIL,))


def test_nobody_finds_those_of_many_who_are_forgotten() -> None:
    index = MatchIndex()
    people = {
        number: keys(f"Ana {chr(97 + number // 8)}{chr(97 + number % 8)}ima", uid="1") for number in range(40)
    }
    for number, one in people.items():
        index.add(number, one)
    assert all(index.find(one) for one in people.values())
    for number in people:
        index.forget(number)
    assert not any(index.find(one) for one in people.values())


def test_a_shared_phone_needs_the_same_name() -> None:
    known = {1: keys("Ana Lima", phones=("+351215550123",))}
    assert find(known, keys("Ana", phones=("+351215550123",))) is None
    assert find(known, keys("", phones=("+351215550123",))) is None
    assert find(known, keys("Ana Maria Lima", phones=("215550123",))) == (1, (MatchReason.NAME_AND_PHONE,))


def test_a_uid_given_to_everyone_joins_nobody() -> None:
    known = {1: keys("Ana Lima", uid="1")}
    assert find(known, keys("Bo Ek", uid="1")) is None
    assert find(known, keys("Ana Costa", uid="1")) == (1, (MatchReason.UID,))


def test_the_strongest_reason_wins_then_the_lowest_target() -> None:
    known = {
        1: keys("Ana Lima", linkedin="ana"),
        2: keys("Ana Lima", emails=("a@x.example",)),
        3: keys("Ana Lima", emails=("a@x.example",)),
    }
    wanted = keys("Ana Lima", emails=("a@x.example",), linkedin="ana")
    assert find(known, wanted) == (2, (MatchReason.EMAIL,))
    assert find(known, keys("Ana", linkedin="ana")) == (1, (MatchReason.LINKEDIN,))


def test_a_record_joins_only_if_its_name_suits_everyone_already_there() -> None:
    index = MatchIndex()
    index.add(1, keys("Ana Lima", emails=("a@x.example",)))
    index.add(1, keys("A. Lima", emails=("a@x.example",)))
    assert index.find(keys("Antonio Lima", emails=("a@x.example",))) is None
