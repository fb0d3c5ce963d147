"""Lists: which ids, in which order, and what the lines say."""

from datetime import date, timedelta

import pytest

from crm.app import browse, companies, opportunities, people
from crm.app.books import Book
from crm.domain.cadence import DueState
from crm.domain.changes import Op
from crm.domain.company import CompanyDraft, CompanyId
from crm.domain.opportunity import OpportunityDraft
from crm.domain.person import PersonId, PositionDraft, Standing
from crm.domain.query import (
    CompanyFilter,
    CompanyQuery,
    CompanySort,
    PeopleFilter,
    PeopleQuery,
    PeopleSort,
)
from crm.store import derived
from crm.store.browse import company_walks, people_walks
from crm.store.tables import Person
from tests.builders import TODAY, a_company, a_person, a_tag_rule, a_touch


def names(book: Book, query: PeopleQuery, today: date = TODAY) -> list[str]:
    ids = browse.people_ids(book, query, today=today)
    return [row.name for row in browse.people_rows(book, ids, today=today)]


def company_names(book: Book, query: CompanyQuery) -> list[str]:
    return [row.name for row in browse.company_rows(book, browse.company_ids(book, query))]


@pytest.fixture
def four(book: Book) -> dict[str, PersonId]:
    """Four people: due, fine, without a plan, archived."""
    found = {
        "ada": a_person(book, "Ada", company="Zuse", every="2 weeks", today=date(2026, 1, 1)),
        "émile": a_person(book, "Émile", company="Analytical", every="1 year", tags=("poets",)),
        "zoe": a_person(book, "zoe", title="Head", email="z@lovelace.example"),
        "gone": a_person(book, "Gone", company="Zuse", every="1 week"),
    }
    people.archive(book, [found["gone"]], Standing.ARCHIVED, today=TODAY)
    a_touch(book, found["ada"], on=date(2026, 2, 1))
    a_touch(book, found["émile"], on=date(2025, 12, 24))
    return found


def test_titles_before_a_name_neither_sort_nor_hide_it(book: Book) -> None:
    bob, ada, cleo = a_person(book, "Mr. Bob Green"), a_person(book, "Ada"), a_person(book, "Dr Cleo Nile")
    assert list(browse.people_ids(book, PeopleQuery(), today=TODAY)) == [ada, bob, cleo]
    for words in ("mr bob", "bob", "Mr. Bob Green"):
        assert list(browse.people_ids(book, PeopleQuery(text=words), today=TODAY)) == [bob], words


def test_lists_are_sorted_as_people_read_names(book: Book, four: dict[str, PersonId]) -> None:
    assert names(book, PeopleQuery()) == ["Ada", "Émile", "zoe"]
    assert names(book, PeopleQuery(descending=True)) == ["zoe", "Émile", "Ada"]


@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        (PeopleSort.COMPANY, False, ["Émile", "Ada", "zoe"]),
        (PeopleSort.COMPANY, True, ["Ada", "Émile", "zoe"]),
        (PeopleSort.LAST_TOUCH, False, ["Émile", "Ada", "zoe"]),
        (PeopleSort.LAST_TOUCH, True, ["Ada", "Émile", "zoe"]),
        (PeopleSort.NEXT_CHECK_IN, False, ["Ada", "Émile", "zoe"]),
        (PeopleSort.NEXT_CHECK_IN, True, ["Émile", "Ada", "zoe"]),
        (PeopleSort.ADDED, False, ["Ada", "Émile", "zoe"]),
        (PeopleSort.ADDED, True, ["zoe", "Émile", "Ada"]),
    ],
)
def test_whoever_has_nothing_to_sort_by_comes_last(
    book: Book, four: dict[str, PersonId], sort: PeopleSort, descending: bool, expected: list[str]
) -> None:
    assert names(book, PeopleQuery(sort=sort, descending=descending)) == expected


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        (PeopleFilter.DUE, ["Ada"]),
        (PeopleFilter.NO_PLAN, ["zoe"]),
        (PeopleFilter.STARRED, []),
        (PeopleFilter.ARCHIVED, ["Gone"]),
        (PeopleFilter.LOSING_TOUCH, ["Ada"]),
    ],
)
@pytest.mark.parametrize("sort", PeopleSort)
def test_each_chip_lists_as_many_as_it_says(
    book: Book, four: dict[str, PersonId], show: PeopleFilter, expected: list[str], sort: PeopleSort
) -> None:
    assert names(book, PeopleQuery(show=show, sort=sort)) == expected
    counts = browse.people_counts(book, today=TODAY)
    assert getattr(counts, show.value) == len(expected)
    assert counts.all == 3


def test_a_snoozed_person_is_not_due_until_then(book: Book, four: dict[str, PersonId]) -> None:
    until = TODAY + timedelta(days=7)
    with book.write(Op.SNOOZE) as session:
        session.get_one(Person, four["ada"]).snoozed_until = until
        derived.settle(session, [four["ada"]])
    due = PeopleQuery(show=PeopleFilter.DUE)
    assert names(book, due, until - timedelta(days=1)) == []
    assert names(book, due, until) == ["Ada"]
    assert browse.people_rows(book, [four["ada"]], today=TODAY)[0].state is DueState.SNOOZED


def test_resting_is_a_plan(book: Book, four: dict[str, PersonId]) -> None:
    with book.write(Op.REST) as session:
        session.get_one(Person, four["zoe"]).resting = True
        derived.settle(session, [four["zoe"]])
    assert names(book, PeopleQuery(show=PeopleFilter.NO_PLAN)) == []
    assert browse.people_counts(book, today=TODAY).no_plan == 0


def test_a_text_finds_names_companies_titles_addresses_and_tags(
    book: Book, four: dict[str, PersonId]
) -> None:
    for text, expected in {
        "emi": ["Émile"],
        "ÉMILE anal": ["Émile"],
        "zus": ["Ada"],
        "lovelace": ["zoe"],
        "poet": ["Émile"],
        "nobody": [],
        "": ["Ada", "Émile", "zoe"],
        '"* OR': [],
        "ada -": ["Ada"],
        "???": [],
    }.items():
        assert names(book, PeopleQuery(text)) == expected, text


def test_names_that_begin_with_the_text_come_first(book: Book) -> None:
    for name, company in (("Zoe", "Ana & Co"), ("Ben Anand", ""), ("Anand Zed", ""), ("Ana", "")):
        a_person(book, name, company=company)
    assert names(book, PeopleQuery("ana")) == ["Ana", "Anand Zed", "Ben Anand", "Zoe"]
    assert names(book, PeopleQuery("ana", descending=True)) == ["Anand Zed", "Ana", "Zoe", "Ben Anand"]
    assert names(book, PeopleQuery("ana", sort=PeopleSort.ADDED)) == ["Zoe", "Ben Anand", "Anand Zed", "Ana"]


def test_text_and_filters_narrow_together(book: Book, four: dict[str, PersonId]) -> None:
    assert names(book, PeopleQuery("z", show=PeopleFilter.DUE)) == ["Ada"]
    assert names(book, PeopleQuery("z", show=PeopleFilter.ARCHIVED)) == ["Gone"]
    assert names(book, PeopleQuery("z", tag="POETS")) == []
    assert names(book, PeopleQuery(tag="poets")) == ["Émile"]


def test_a_company_s_list_is_of_those_who_are_there_now(book: Book, four: dict[str, PersonId]) -> None:
    a_person(book, "Left", positions=(PositionDraft("Zuse", current=False),))
    second = (PositionDraft("Analytical"), PositionDraft("Zuse"))
    a_person(book, "Also", positions=second)
    zuse = companies.resolve(book, "zuse")
    assert names(book, PeopleQuery(company_id=zuse)) == ["Ada", "Also"]


def test_lines_come_in_the_order_asked_for_without_those_who_are_gone(
    book: Book, four: dict[str, PersonId]
) -> None:
    people.delete(book, [four["ada"]])
    rows = browse.people_rows(book, [four["zoe"], four["ada"], four["émile"]], today=TODAY)
    assert [row.name for row in rows] == ["zoe", "Émile"]


def test_tags_count_those_who_are_active(book: Book, four: dict[str, PersonId]) -> None:
    people.tag(book, list(four.values()), "Alumni", today=TODAY)
    people.tag(book, [four["ada"]], "ruled", today=TODAY)
    a_tag_rule(book, "ruled", "1 month")
    people.untag(book, [four["ada"]], "ruled", today=TODAY)
    people.tag(book, [four["ada"]], "unused", today=TODAY)
    people.untag(book, [four["ada"]], "unused", today=TODAY)
    assert [(tag.name, count) for tag, count in browse.tags(book)] == [
        ("Alumni", 3),
        ("poets", 1),
        ("ruled", 0),
    ]


def test_companies_are_listed_in_each_order(book: Book, four: dict[str, PersonId]) -> None:
    a_person(book, "Bob", company="Zuse")
    a_company(book, "Empty", target=True)
    opportunities.add(book, OpportunityDraft("Clerk", "Zuse"), today=TODAY)
    for query, expected in (
        (CompanyQuery(), ["Analytical", "Empty", "Zuse"]),
        (CompanyQuery(descending=True), ["Zuse", "Empty", "Analytical"]),
        (CompanyQuery(sort=CompanySort.PEOPLE, descending=True), ["Zuse", "Analytical", "Empty"]),
        (CompanyQuery(sort=CompanySort.PEOPLE), ["Empty", "Analytical", "Zuse"]),
        (CompanyQuery(sort=CompanySort.LAST_TOUCH, descending=True), ["Zuse", "Analytical", "Empty"]),
        (CompanyQuery(sort=CompanySort.LAST_TOUCH), ["Analytical", "Zuse", "Empty"]),
        (CompanyQuery(show=CompanyFilter.TARGET), ["Empty"]),
        (CompanyQuery(show=CompanyFilter.TARGET_EMPTY), ["Empty"]),
        (CompanyQuery(show=CompanyFilter.OPENINGS), ["Zuse"]),
        (CompanyQuery(show=CompanyFilter.EMPTY), ["Empty"]),
        (CompanyQuery("zu"), ["Zuse"]),
        (CompanyQuery("zu", sort=CompanySort.PEOPLE), ["Zuse"]),
    ):
        assert company_names(book, query) == expected, query
    counts = browse.company_counts(book)
    assert (counts.all, counts.target, counts.target_empty, counts.openings, counts.empty) == (3, 1, 1, 1, 1)


def test_company_lines_follow_an_edit(book: Book) -> None:
    company = a_company(book)
    draft = CompanyDraft("Analytical", industry="Machines", place="London")
    companies.edit(book, company, draft, today=TODAY)
    (row,) = browse.company_rows(book, [company, CompanyId(99)])
    assert (row.industry, row.place, row.faces) == ("Machines", "London", ())


WALKS = [(PeopleFilter.ALL, sort) for sort in PeopleSort] + [
    (PeopleFilter.NO_PLAN, PeopleSort.NAME),
    (PeopleFilter.STARRED, PeopleSort.NAME),
]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(("show", "sort"), WALKS)
def test_a_list_of_people_is_a_walk_over_an_index(
    book: Book, show: PeopleFilter, sort: PeopleSort, descending: bool
) -> None:
    query = PeopleQuery(show=show, sort=sort, descending=descending)
    for plan in plans(book, people_walks(query)):
        assert "TEMP B-TREE" not in plan
        assert "SCAN p" not in plan


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", CompanySort)
def test_a_list_of_companies_is_a_walk_over_an_index(book: Book, sort: CompanySort, descending: bool) -> None:
    for plan in plans(book, company_walks(CompanyQuery(sort=sort, descending=descending))):
        assert "TEMP B-TREE" not in plan


def plans(book: Book, walks: list[str]) -> list[str]:
    values = {"today": TODAY.isoformat(), "company": 1, "tag": "", "text": "", "after": "", "match": ""}
    with book.read() as session:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        return [
            "\n".join(row[3] for row in driver.execute("EXPLAIN QUERY PLAN " + walk, values))
            for walk in walks
        ]
