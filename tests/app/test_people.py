"""Adding, editing, marking and removing people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from crm.app import browse, companies, people
from crm.app.books import Book
from crm.domain.cadence import CadenceSource, DueState, Interval, Unit
from crm.domain.changes import Op
from crm.domain.person import (
    Colleague,
    ContactKind,
    ContactPoint,
    CustomField,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PersonId,
    PersonName,
    PositionDraft,
    Standing,
)
from crm.domain.query import PeopleQuery
from crm.errors import Ambiguous, Invalid, KeepwarmError, NotFound
from crm.store.tables import Blob, Person
from tests.builders import TODAY, a_company, a_draft, a_person, a_tag_rule, a_touch, dump

EVERYTHING = PersonDraft(
    display_name="Countess Lovelace",
    name=PersonName("Lovelace", "Ada", "Augusta", "Lady", "FRS"),
    nicknames=("Zoë", "Countess"),
    contacts=(
        ContactPoint(ContactKind.EMAIL, "Ada@Example.org", "work", ("WORK",), preferred=True),
        ContactPoint(ContactKind.PHONE, "+44 (0)20 7946 0958"),
        ContactPoint(ContactKind.ADDRESS, "12 St James’s Square", parts=("", "", "12 St James’s Square", "London", "", "", "UK")),
    ),
    positions=(
        PositionDraft("Analytical", "Programmer", "Engines", date(1842, 1, 1)),
        PositionDraft("Babbage & Co", "Translator", current=False, until_on=date(1841, 12, 31)),
    ),
    dates=(
        ImportantDate(DateKind.BIRTHDAY, PartialDate(None, 12, 10)),
        ImportantDate(DateKind.OTHER, PartialDate(text="in spring"), "engine day"),
    ),
    tags=("Mathematics", "poets"),
    notes="Likes *horses*.\nKnows Faraday.",
    how_met="At Mary Somerville’s",
    met_on=date(2020, 6, 5),
    starred=True,
    linkedin="https://www.linkedin.com/in/ada-lovelace",
    every=Interval(6, Unit.WEEK),
)  # fmt: skip


def rows_of(book: Book, table: str) -> list[tuple[object, ...]]:
    return dump(book)[table]


def test_everything_said_of_a_person_is_kept(book: Book) -> None:
    person = people.add(book, EVERYTHING, today=TODAY)
    assert people.draft(book, person) == EVERYTHING
    assert people.card(book, person, today=TODAY).draft == EVERYTHING


def test_the_line_of_a_list_shows_the_headline(book: Book) -> None:
    person = people.add(book, EVERYTHING, today=TODAY)
    (row,) = browse.people_rows(book, [person], today=TODAY)
    assert (row.name, row.title, row.company, row.email) == (
        "Countess Lovelace",
        "Programmer",
        "Analytical",
        "Ada@Example.org",
    )
    assert row.starred
    assert row.cadence.source is CadenceSource.PERSON
    assert row.next_due_on == date(2020, 7, 17)
    assert row.state is DueState.LOSING_TOUCH


def test_a_name_is_made_from_what_there_is(book: Book) -> None:
    person = people.add(book, PersonDraft(name=PersonName("Lovelace", "Ada")), today=TODAY)
    assert people.draft(book, person).display_name == "Ada Lovelace"
    nameless = PersonDraft(contacts=(ContactPoint(ContactKind.EMAIL, "ada@example.org"),))
    assert people.draft(book, people.add(book, nameless, today=TODAY)).display_name == "ada@example.org"


def test_text_is_tidied_before_it_is_kept(book: Book) -> None:
    messy = PersonDraft(
        "  Ada\t\x00Lovelace\n",
        contacts=(ContactPoint(ContactKind.EMAIL, " ada@example.org "), ContactPoint(ContactKind.PHONE, " ")),
        positions=(PositionDraft(" Analytical  Engines "), PositionDraft("")),
        tags=(" poets ", "Poets", ""),
        notes="one\r\ntwo\ud800",
        dates=(ImportantDate(DateKind.BIRTHDAY, PartialDate()),),
    )
    kept = people.draft(book, people.add(book, messy, today=TODAY))
    assert kept == PersonDraft(
        "Ada Lovelace",
        contacts=(ContactPoint(ContactKind.EMAIL, "ada@example.org"),),
        positions=(PositionDraft("Analytical Engines"),),
        tags=("poets",),
        notes="one\ntwo",
    )


@pytest.mark.parametrize(
    ("draft", "field", "why"),
    [
        (PersonDraft(), "name", "empty"),
        (PersonDraft(" \x00 "), "name", "empty"),
        (a_draft(met_on=TODAY + timedelta(days=1)), "met_on", "future"),
        (a_draft(every=Interval(0, Unit.DAY)), "every", "range"),
        (a_draft(positions=(PositionDraft("", "Programmer"),)), "company", "empty"),
        (
            a_draft(positions=(PositionDraft("A", "", "", date(2020, 1, 2), date(2020, 1, 1)),)),
            "until_on",
            "before_from",
        ),
        (
            a_draft(dates=(ImportantDate(DateKind.BIRTHDAY, PartialDate(2023, 2, 29)),)),
            "date",
            "no_such_day",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    book: Book, draft: PersonDraft, field: str, why: str
) -> None:
    before = dump(book)
    with pytest.raises(Invalid) as refused:
        people.add(book, draft, today=TODAY)
    assert (refused.value.params["field"], refused.value.params["why"]) == (field, why)
    assert dump(book) == before


def test_a_birthday_on_29_february_needs_no_year(book: Book) -> None:
    birthday = ImportantDate(DateKind.BIRTHDAY, PartialDate(None, 2, 29))
    assert people.draft(book, a_person(book, dates=(birthday,))).dates == (birthday,)


def test_companies_are_found_by_their_folded_name_or_made(book: Book) -> None:
    company = a_company(book, "Société Générale")
    person = a_person(book, company="societe generale")
    other = a_person(book, "Charles", company="Analytical")
    assert people.card(book, person, today=TODAY).row.company_id == company
    assert people.card(book, other, today=TODAY).row.company == "Analytical"
    assert len(rows_of(book, "company")) == 2


def test_an_edit_that_says_the_same_changes_nothing(book: Book) -> None:
    person = people.add(book, EVERYTHING, today=TODAY)
    before, step = dump(book), book.next_step(undone=False)
    people.edit(book, person, people.draft(book, person), today=TODAY)
    assert dump(book) == before
    assert book.next_step(undone=False) == step


def test_an_edit_that_changes_nothing_leaves_what_can_be_redone(book: Book) -> None:
    person = a_person(book)
    people.star(book, [person], True)
    book.undo()
    people.edit(book, person, people.draft(book, person), today=TODAY)
    assert book.next_step(undone=True) is not None


def test_rows_that_stay_keep_their_ids(book: Book) -> None:
    person = people.add(book, EVERYTHING, today=TODAY)
    before = dump(book)
    first, phone, address = EVERYTHING.contacts
    changed = replace(phone, value="+44 20 7946 0000")
    people.edit(book, person, replace(EVERYTHING, contacts=(address, first, changed)), today=TODAY)
    after = dump(book)
    ids = {row[5]: row[0] for row in before["contact_point"]}
    assert {row[5]: row[0] for row in after["contact_point"]} == {
        address.value: ids[address.value],
        first.value: ids[first.value],
        changed.value: ids[phone.value],
    }
    assert after["position"] == before["position"]
    assert after["important_date"] == before["important_date"]
    assert people.draft(book, person).contacts == (address, first, changed)


def test_another_company_in_the_editor_moves_the_person_and_leaves_the_old_company(book: Book) -> None:
    person = a_person(book, company="Analytical", title="Programmer")
    people.edit(book, person, a_draft(company="Difference", title="Programmer"), today=TODAY)
    names = {row.name: row.people for row in browse.company_rows(book, [1, 2])}
    assert names == {"Analytical": 0, "Difference": 1}


def test_a_position_that_ended_is_no_headline(book: Book) -> None:
    ended = PositionDraft("Analytical", "Programmer", until_on=TODAY - timedelta(days=1))
    row = people.card(book, a_person(book, positions=(ended,)), today=TODAY).row
    assert (row.title, row.company) == ("", "")


def test_someone_who_is_gone_cannot_be_edited_or_shown(book: Book) -> None:
    for ask in (
        lambda: people.edit(book, PersonId(7), a_draft(), today=TODAY),
        lambda: people.draft(book, PersonId(7)),
        lambda: people.card(book, PersonId(7), today=TODAY),
    ):
        with pytest.raises(NotFound):
            ask()


def test_also_at_names_up_to_five_others_who_are_there_now(book: Book) -> None:
    ada = a_person(book, company="Analytical")
    for number in range(7):
        a_person(book, f"Colleague {number}", company="Analytical", title="Clerk")
    a_person(book, "Gone", positions=(PositionDraft("Analytical", current=False),))
    card = people.card(book, ada, today=TODAY)
    assert [other.name for other in card.colleagues] == [f"Colleague {number}" for number in range(5)]
    assert card.colleagues[0].title == "Clerk"
    assert card.colleagues_total == 7


def test_the_card_counts_touches_and_shows_the_last(book: Book) -> None:
    ada = a_person(book)
    a_touch(book, ada, on=date(2024, 1, 1))
    a_touch(book, ada, on=date(2026, 2, 1), note="about the engine")
    card = people.card(book, ada, today=TODAY)
    assert (card.warmth.ever, card.warmth.touches) == (2, 1)
    assert (card.last_touch_kind, card.last_touch_note) == ("call", "about the engine")
    assert card.row.last_touch_on == date(2026, 2, 1)


def test_a_tag_s_rule_applies_once_a_person_carries_it(book: Book) -> None:
    ada = a_person(book)
    people.tag(book, [ada], "Poets", today=TODAY)
    a_tag_rule(book, "Poets", "2 weeks")
    bob = a_person(book, "Bob")
    people.tag(book, [bob, ada], "POETS", today=TODAY)
    row = people.card(book, bob, today=TODAY).row
    assert (row.cadence.every, row.cadence.source, row.cadence.name) == (
        Interval(2, Unit.WEEK),
        CadenceSource.TAG,
        "Poets",
    )
    people.untag(book, [bob], "poets", today=TODAY)
    assert people.card(book, bob, today=TODAY).row.next_due_on is None
    assert people.draft(book, ada).tags == ("Poets",)


def test_archived_people_are_out_of_suggestions_until_they_come_back(book: Book) -> None:
    ada = a_person(book, every="2 weeks")
    due = people.card(book, ada, today=TODAY).row.next_due_on
    people.archive(book, [ada], Standing.LEFT, today=TODAY)
    row = people.card(book, ada, today=TODAY).row
    assert (row.standing, row.next_due_on, row.state) == (Standing.LEFT, None, DueState.NONE)
    people.archive(book, [ada], Standing.ACTIVE, today=TODAY)
    assert people.card(book, ada, today=TODAY).row.next_due_on == due


def test_touches_shared_with_someone_else_outlive_the_person(book: Book) -> None:
    ada, bob = a_person(book), a_person(book, "Bob")
    a_touch(book, ada)
    shared = a_touch(book, ada, bob)
    people.delete(book, [ada])
    assert [row[0] for row in rows_of(book, "touch")] == [shared]
    assert people.card(book, bob, today=TODAY).warmth.ever == 1


def test_the_company_of_the_last_person_stays(book: Book) -> None:
    ada = a_person(book, company="Analytical")
    people.delete(book, [ada])
    assert [(row.name, row.people) for row in browse.company_rows(book, [1])] == [("Analytical", 0)]


def test_history_says_whom_and_how_many(book: Book) -> None:
    ada, bob = a_person(book), a_person(book, "Bob")
    people.star(book, [bob, ada, PersonId(99)], True)
    step = book.next_step(undone=False)
    assert step is not None
    assert (step.params["subject"], step.params["count"]) == ("Bob", 2)


VERBS: dict[str, Callable[[Book, PersonId, PersonId], object]] = {
    "add": lambda book, _ada, _bob: people.add(book, replace(EVERYTHING, tags=("new",)), today=TODAY),
    "edit": lambda book, ada, _bob: people.edit(book, ada, a_draft("Ada King", company="New"), today=TODAY),
    "delete": lambda book, ada, bob: people.delete(book, [ada, bob]),
    "delete one": lambda book, ada, _bob: people.delete(book, [ada]),
    "archive": lambda book, ada, bob: people.archive(book, [ada, bob], Standing.DECEASED, today=TODAY),
    "star": lambda book, ada, bob: people.star(book, [ada, bob], False),
    "tag": lambda book, ada, bob: people.tag(book, [ada, bob], "new", today=TODAY),
    "untag": lambda book, ada, bob: people.untag(book, [ada, bob], "poets", today=TODAY),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_undo_restores_everything_and_redo_does_it_again(
    book: Book, verb: Callable[[Book, PersonId, PersonId], object]
) -> None:
    ada = people.add(book, EVERYTHING, today=TODAY)
    bob = a_person(book, "Bob", company="Analytical", every="1 month")
    a_touch(book, ada, bob)
    a_touch(book, ada)
    before = dump(book)
    verb(book, ada, bob)
    after = dump(book)
    assert after != before
    book.undo()
    assert dump(book) == before
    book.redo()
    assert dump(book) == after


def test_a_person_is_resolved_by_id_name_or_beginnings_of_words(book: Book) -> None:
    ada = a_person(book, "Ada Lovelace")
    zoe = a_person(book, "Zoë Łukasz", company="Analytical")
    for text, meant in {
        str(zoe): zoe,
        f"#{ada}": ada,
        "ada lovelace": ada,
        "ADA": ada,
        "love": ada,
        "lovelace, ada": ada,
        "zoe lukasz": zoe,
        "luk": zoe,
    }.items():
        assert people.resolve(book, text) == meant, text


def test_an_exact_name_wins_over_longer_ones(book: Book) -> None:
    ada = a_person(book, "Ada")
    a_person(book, "Ada Lovelace")
    assert people.resolve(book, "ada") == ada


def test_a_name_that_fits_several_lists_them(book: Book) -> None:
    first = a_person(book, "Ana Lima", company="Analytical")
    second = a_person(book, "Ana Lima")
    with pytest.raises(Ambiguous) as several:
        people.resolve(book, "ana lima")
    assert several.value.params["candidates"] == ((first, "Ana Lima, Analytical"), (second, "Ana Lima"))


@pytest.mark.parametrize("text", ["", " ", "nobody", "12", "99999999999999999999999", "%", '"*'])
def test_nobody_of_that_name_is_said(book: Book, text: str) -> None:
    a_person(book)
    with pytest.raises(NotFound):
        people.resolve(book, text)


def test_a_nickname_finds_whatever_its_accents(book: Book) -> None:
    ada = people.add(book, EVERYTHING, today=TODAY)
    assert people.resolve(book, "zoe") == ada
    assert list(browse.people_ids(book, PeopleQuery("zoë"), today=TODAY)) == [ada]


def test_a_picture_is_kept_as_shown_or_refused(book: Book) -> None:
    ada, bob = a_person(book), a_person(book, "Bob")
    with book.write(Op.EDIT_PERSON) as session:
        session.add_all([Blob(sha="a", original=b"raw"), Blob(sha="b", original=b"bomb")])
        session.get_one(Person, ada).photo_sha = "a"
        session.get_one(Person, bob).photo_sha = "b"
    step = book.next_step(undone=False)
    assert people.raw_photo(book, ada) == b"raw"
    assert people.photo(book, "a") is None
    people.keep_photo(book, ada, b"jpeg")
    people.keep_photo(book, bob, None)
    assert people.photo(book, "a") == b"jpeg"
    assert people.raw_photo(book, ada) is None
    assert people.raw_photo(book, bob) is None
    assert people.photo(book, "b") is None
    assert book.next_step(undone=False) == step


def test_a_renamed_company_is_found_with_its_people(book: Book) -> None:
    ada = a_person(book, company="Analytical")
    company = people.card(book, ada, today=TODAY).row.company_id
    companies.edit(book, company, replace(companies.draft(book, company), name="Difference"), today=TODAY)
    assert people.card(book, ada, today=TODAY).row.company == "Difference"
    assert list(browse.people_ids(book, PeopleQuery("differ"), today=TODAY)) == [ada]


def test_the_card_names_every_rule_that_could_apply_the_winner_first(book: Book) -> None:
    ada = a_person(book, company="Analytical", every="3 weeks", tags=("Poets",))
    a_tag_rule(book, "Poets", "2 weeks")
    rules = people.card(book, ada, today=TODAY).rules
    assert [(rule.source, rule.name) for rule in rules] == [
        (CadenceSource.PERSON, ""),
        (CadenceSource.TAG, "Poets"),
    ]
    assert rules[0] == people.card(book, ada, today=TODAY).row.cadence


def test_who_introduced_somebody_is_known_from_both_sides(book: Book) -> None:
    ada, bob = a_person(book), a_person(book, "Bob")
    people.edit(book, bob, replace(people.draft(book, bob), introduced_by=ada), today=TODAY)
    before = dump(book)
    assert people.card(book, bob, today=TODAY).introduced_by == Colleague(ada, "Ada Lovelace")
    assert people.card(book, ada, today=TODAY).introduced == (Colleague(bob, "Bob"),)
    people.delete(book, [ada])
    assert people.card(book, bob, today=TODAY).introduced_by is None
    book.undo()
    assert dump(book) == before


@pytest.mark.parametrize("by", ["self", "nobody"])
def test_nobody_is_introduced_by_themselves_or_by_nobody(book: Book, by: str) -> None:
    ada = a_person(book)
    said = replace(people.draft(book, ada), introduced_by=ada if by == "self" else PersonId(99))
    with pytest.raises(KeepwarmError):
        people.edit(book, ada, said, today=TODAY)


def test_fields_of_one_s_own_keep_their_order_and_need_a_name(book: Book) -> None:
    fields = (CustomField(" Coffee ", "flat  white"), CustomField("T-shirt", "M"), CustomField("Empty", " "))
    ada = a_person(book, fields=fields)
    assert people.draft(book, ada).fields == (
        CustomField("Coffee", "flat  white"),
        CustomField("T-shirt", "M"),
    )
    with pytest.raises(Invalid):
        a_person(book, "Bob", fields=(CustomField(" ", "M"),))
