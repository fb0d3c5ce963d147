"""Adding, editing, merging and removing companies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from crm.app import browse, companies, people
from crm.app.books import Book
from crm.domain.cadence import CadenceSource, Interval, Unit
from crm.domain.changes import Op
from crm.domain.company import CompanyDraft, CompanyId
from crm.domain.person import ContactKind, ContactPoint, PositionDraft
from crm.errors import Ambiguous, Invalid, NotFound
from crm.store.tables import SourceCard
from tests.builders import TODAY, a_company, a_person, a_touch, dump

EVERYTHING = CompanyDraft(
    "Analytical Engines, Ltd.",
    site="https://example.org",
    industry="Machines",
    size="11–50",
    place="London",
    notes="Makes *engines*.",
    target=True,
    contacts=(ContactPoint(ContactKind.PHONE, "+44 20 7946 0958", "desk"),),
    every=Interval(2, Unit.MONTH),
)


def test_everything_said_of_a_company_is_kept(book: Book) -> None:
    company = companies.add(book, EVERYTHING)
    assert companies.draft(book, company) == EVERYTHING
    assert companies.card(book, company, today=TODAY).draft == EVERYTHING


@pytest.mark.parametrize("name", ["", " ", "\x00", "..."])
def test_a_company_needs_a_name(book: Book, name: str) -> None:
    with pytest.raises(Invalid):
        companies.add(book, CompanyDraft(name))


def test_two_companies_of_one_name_are_refused(book: Book) -> None:
    company, other = a_company(book, "Société Générale"), a_company(book, "Other")
    for attempt in (
        lambda: companies.add(book, CompanyDraft("societe generale.")),
        lambda: companies.edit(book, other, CompanyDraft("SOCIÉTÉ GÉNÉRALE"), today=TODAY),
    ):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert refused.value.params["why"] == "taken"
    companies.edit(book, company, CompanyDraft("SOCIÉTÉ GÉNÉRALE"), today=TODAY)
    assert companies.draft(book, company).name == "SOCIÉTÉ GÉNÉRALE"


def test_a_company_s_rule_applies_to_those_who_are_there_now(book: Book) -> None:
    ada = a_person(book, company="Analytical")
    old = a_person(book, "Bob", positions=(PositionDraft("Analytical", current=False),))
    company = companies.resolve(book, "Analytical")
    companies.edit(book, company, CompanyDraft("Analytical", every=Interval(3, Unit.WEEK)), today=TODAY)
    cadence = people.card(book, ada, today=TODAY).row.cadence
    assert (cadence.every, cadence.source) == (Interval(3, Unit.WEEK), CadenceSource.COMPANY)
    assert people.card(book, ada, today=TODAY).row.next_due_on == TODAY + timedelta(weeks=3)
    assert people.card(book, old, today=TODAY).row.next_due_on is None


def test_an_edit_that_says_the_same_changes_nothing(book: Book) -> None:
    company = companies.add(book, EVERYTHING)
    before, step = dump(book), book.next_step(undone=False)
    companies.edit(book, company, EVERYTHING, today=TODAY)
    assert dump(book) == before
    assert book.next_step(undone=False) == step


def test_the_card_tells_people_now_from_people_past(book: Book) -> None:
    a_person(book, "Never touched", company="Analytical")
    ada = a_person(book, "Ada", company="Analytical", title="Programmer")
    a_person(
        book,
        "Back again",
        positions=(
            PositionDraft("Analytical", "Clerk", current=False, until_on=date(2020, 1, 1)),
            PositionDraft("Analytical", "Head"),
        ),
    )
    for name, year in (("Left long ago", 2001), ("Left lately", 2024)):
        ended = PositionDraft("Analytical", "Clerk", until_on=date(year, 1, 1))
        a_touch(book, a_person(book, name, positions=(ended,)), on=date(2025, 1, 1))
    a_touch(book, ada, on=date(2026, 1, 1))
    card = companies.card(book, companies.resolve(book, "analytical"), today=TODAY)
    assert [(one.name, one.title) for one in card.now] == [
        ("Ada", "Programmer"),
        ("Back again", "Head"),
        ("Never touched", ""),
    ]
    assert [one.name for one in card.past] == ["Left lately", "Left long ago"]
    assert (card.touches, card.last_touched) == (3, "Ada")
    assert (card.row.people, card.row.past_people, card.row.last_touch_on) == (3, 2, date(2026, 1, 1))
    assert card.row.faces == ("Ada", "Back again", "Never touched")


def test_deleting_a_company_leaves_its_people(book: Book) -> None:
    ada = a_person(book, company="Analytical", title="Programmer")
    companies.edit(book, CompanyId(1), CompanyDraft("Analytical", every=Interval(1, Unit.MONTH)), today=TODAY)
    companies.delete(book, [CompanyId(1)], today=TODAY)
    card = people.card(book, ada, today=TODAY)
    assert (card.row.company, card.row.company_id, card.row.title) == ("", None, "")
    assert card.positions == ()
    assert card.row.next_due_on is None


def merged(book: Book) -> tuple[CompanyId, CompanyId]:
    """Make two companies that are one, each with people, and return them."""
    keep = companies.add(book, CompanyDraft("Analytical", place="London", notes="First."))
    other = companies.add(book, replace(EVERYTHING, name="Analytical Engines", notes="Second."))
    a_person(book, "Ada", company="Analytical", title="Programmer", email="ada@example.org")
    a_person(book, "Bob", company="Analytical Engines")
    a_person(
        book,
        "Both",
        positions=(PositionDraft("Analytical", "Head"), PositionDraft("Analytical Engines", "Head")),
    )
    with book.write(Op.IMPORT) as session:
        session.add(SourceCard(company_id=other, digest="d"))
    return keep, other


def test_a_merge_is_the_union(book: Book) -> None:
    keep, other = merged(book)
    companies.merge(book, keep, [other, keep, CompanyId(99)], today=TODAY)
    card = companies.card(book, keep, today=TODAY)
    assert card.draft == replace(EVERYTHING, name="Analytical", notes="First.\n\nSecond.")
    assert sorted(one.name for one in card.now) == ["Ada", "Bob", "Both"]
    assert card.row.people == 3
    assert len(dump(book)["position"]) == 3
    assert [row[2] for row in dump(book)["source_card"]] == [keep]
    bob = people.resolve(book, "bob")
    assert people.card(book, bob, today=TODAY).row.company == "Analytical"
    assert people.card(book, bob, today=TODAY).row.cadence.every == EVERYTHING.every
    with pytest.raises(NotFound):
        companies.card(book, other, today=TODAY)


def test_a_target_is_marked_and_listed(book: Book) -> None:
    company = a_company(book)
    companies.target(book, [company], True)
    assert companies.card(book, company, today=TODAY).row.target
    assert browse.company_counts(book).target == 1
    companies.target(book, [company], False)
    assert browse.company_counts(book).target == 0


def test_a_company_is_resolved_by_id_name_or_beginnings_of_words(book: Book) -> None:
    company = a_company(book, "Analytical Engines, Ltd.")
    a_company(book, "Difference Engines")
    for text in (str(company), "analytical engines, ltd", "ANALYTICAL", "ltd anal"):
        assert companies.resolve(book, text) == company, text
    with pytest.raises(Ambiguous):
        companies.resolve(book, "engines")
    with pytest.raises(NotFound):
        companies.resolve(book, "nobody")


VERBS: dict[str, Callable[[Book, CompanyId, CompanyId], object]] = {
    "add": lambda book, _keep, _other: companies.add(book, EVERYTHING),
    "edit": lambda book, keep, _other: companies.edit(book, keep, EVERYTHING, today=TODAY),
    "delete": lambda book, keep, other: companies.delete(book, [keep, other], today=TODAY),
    "merge": lambda book, keep, other: companies.merge(book, keep, [other], today=TODAY),
    "target": lambda book, keep, other: companies.target(book, [keep, other], True),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_undo_restores_everything_and_redo_does_it_again(
    book: Book, verb: Callable[[Book, CompanyId, CompanyId], object]
) -> None:
    keep, other = merged(book)
    before = dump(book)
    verb(book, keep, other)
    after = dump(book)
    assert after != before
    book.undo()
    assert dump(book) == before
    book.redo()
    assert dump(book) == after
