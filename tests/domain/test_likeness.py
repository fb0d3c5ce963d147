"""Who may be the same person: names in any order, short, misspelled, in another script, with something else alike."""

import pytest

from crm.domain.contactkeys import contact_key
from crm.domain.likeness import POSSIBLE, Likeness, LikenessIndex, Traits, likeness
from crm.domain.matching import name_words
from crm.domain.person import ContactKind


def traits(name: str, *, phone: str = "", email: str = "", **fields: object) -> Traits:
    phones = (contact_key(ContactKind.PHONE, phone),) if phone else ()
    return Traits(name_words(name), (email,) if email else (), phones, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Ana Lima", "Ana Lima", Likeness.NAME),
        ("Ana Lima", "Lima, Ana", Likeness.NAME_ORDER),
        ("Jürgen Müller", "Juergen Mueller", Likeness.NAME),
        ("Юлия Иванова", "Julia Ivanova", Likeness.NAME),
        ("Dmitry Petrov", "Дмитрий Петров", Likeness.NAME),
        ("Zoë Duc", "Zoe Duc", Likeness.NAME),
    ],
)
def test_the_same_name_is_enough(one: str, other: str, why: Likeness) -> None:
    score, reasons = likeness(traits(one), traits(other))
    assert score >= POSSIBLE
    assert reasons == (why,)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Bob Stone", "Robert Stone", Likeness.NICKNAME),
        ("Ana Limma", "Ana Limqa", Likeness.SPELLING),
        ("A. Lima", "Ana Lima", Likeness.INITIALS),
    ],
)
def test_a_name_that_is_only_similar_needs_something_more(one: str, other: str, why: Likeness) -> None:
    assert likeness(traits(one), traits(other))[0] < POSSIBLE
    score, reasons = likeness(traits(one, companies=("acme",)), traits(other, companies=("acme",)))
    assert score >= POSSIBLE
    assert reasons == (why, Likeness.COMPANY)


def test_a_new_family_name_with_the_same_phone_is_possible() -> None:
    score, reasons = likeness(
        traits("Ana Lima", phone="+351 912 000 111"), traits("Ana Costa", phone="912 000 111")
    )
    assert score >= POSSIBLE
    assert reasons == (Likeness.GIVEN_NAME, Likeness.PHONE)


def test_another_number_in_a_name_is_another_name() -> None:
    one, other = (traits(f"Person {number}", companies=("acme",)) for number in (1234, 1235))
    assert likeness(one, other)[0] < POSSIBLE


def test_an_address_is_the_same_when_some_of_its_words_are_misspelled() -> None:
    there = traits("Ana Lima", birthday="19800102", address="11 macfarland crescent ryde 3220")
    here = traits("Ana Reis", birthday="19800102", address="11 macfarlend cresent ryed 3220")
    assert Likeness.ADDRESS in likeness(there, here)[1]
    next_door = traits("Ana Reis", address="13 macfarlend cresent ryed 3202")
    assert Likeness.ADDRESS not in likeness(there, next_door)[1]


def test_a_household_isnt_one_person() -> None:
    home = "5 rua do sol lisboa 1100"
    ana = traits("Ana Lima", phone="+351 912 000 111", address=home)
    rui = traits("Rui Lima", phone="+351 912 000 111", address=home)
    assert likeness(ana, rui)[0] < POSSIBLE


def test_colleagues_with_one_office_number_arent_one_person() -> None:
    ana = traits("Ana Lima", phone="+351 210 000 000", companies=("acme",))
    rui = traits("Rui Costa", phone="+351 210 000 000", companies=("acme",))
    assert likeness(ana, rui)[0] < POSSIBLE


def test_namesakes_with_profiles_of_their_own_arent_one_person() -> None:
    assert likeness(traits("Ana Lima", linkedin="ana-1"), traits("Ana Lima", linkedin="ana-2"))[0] < POSSIBLE


def test_the_index_finds_what_comparing_everybody_finds() -> None:
    people = [
        traits("Ana Lima", email="ana@acme.example", companies=("acme",)),
        traits("Lima Ana"),
        traits("Anna Lima", companies=("acme",)),
        traits("Bob Stone", phone="+44 20 7946 0958"),
        traits("Robert Stone", phone="020 7946 0958"),
        traits("Rui Costa"),
        traits("Tahni Murton", birthday="19500909", address="11 macfarland crescent 3220"),
        traits("Murtin Tahny", birthday="19500908", address="11 macfarland crescent 3202"),
    ]
    index = LikenessIndex()
    found = {
        (alike.target, number)
        for number, one in enumerate(people)
        for alike in index.find_and_add(number, one)
    }
    assert found == {
        (one, other)
        for other in range(len(people))
        for one in range(other)
        if likeness(people[one], people[other])[0] >= POSSIBLE
    }
    assert found
