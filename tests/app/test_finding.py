"""What the palette finds: by name, those touched lately first; by company; with a slip; a touch in a sentence."""

from datetime import timedelta

from crm.app import finding, opportunities, people
from crm.app.books import Book
from crm.domain.opportunity import Ending, OpportunityDraft, Stage
from crm.domain.person import Standing
from crm.domain.touch import TouchKind
from tests.builders import TODAY, a_person, a_touch


def names(book: Book, text: str) -> list[str]:
    return [row.name for row in finding.find(book, text, today=TODAY).people]


def test_those_touched_lately_come_first_and_the_archived_last(book: Book) -> None:
    gone, old, new = (a_person(book, f"Tom {family}") for family in ("Archer", "Baker", "Cooper"))
    for person, days in ((gone, 1), (old, 90), (new, 2)):
        a_touch(book, person, on=TODAY - timedelta(days=days))
    people.archive(book, (gone,), Standing.ARCHIVED, today=TODAY)
    assert names(book, "tom") == ["Tom Cooper", "Tom Baker", "Tom Archer"]
    assert names(book, "") == ["Tom Cooper", "Tom Baker"]


def test_a_name_comes_before_a_company_of_that_name(book: Book) -> None:
    a_person(book, "Ada Lovelace", company="Hopper Works")
    a_person(book, "Grace Hopper")
    found = finding.find(book, "hopper", today=TODAY)
    assert [row.name for row in found.people] == ["Grace Hopper", "Ada Lovelace"]
    assert [row.name for row in found.companies] == ["Hopper Works"]


def test_a_slip_is_forgiven_only_where_nothing_else_fits(book: Book) -> None:
    a_person(book, "Zoë Lindqvist")
    a_person(book, "Ana Lima")
    assert names(book, "lindqvsit") == ["Zoë Lindqvist"]
    assert names(book, "zoe lindkvist") == ["Zoë Lindqvist"]
    assert names(book, "lim") == ["Ana Lima"]
    a_person(book, 'Bob "the Hammer" O\'Brien')
    assert names(book, "hamner") == ['Bob "the Hammer" O\'Brien']
    assert names(book, "xyz") == []
    assert names(book, "ana xyzzy") == []


def test_a_sentence_is_read_as_a_touch(book: Book) -> None:
    a_person(book, "Ana Lima")
    touch = finding.find(book, "called ana re tea", today=TODAY).touch
    assert touch is not None
    assert (touch.kind, touch.settled, touch.note) == (TouchKind.CALL, True, "tea")
    assert finding.find(book, "ana", today=TODAY).touch is None
    assert finding.find(book, "call", today=TODAY).touch is None


def test_an_opportunity_is_found_by_title_and_company_those_under_way_first(book: Book) -> None:
    today = TODAY
    old, new, closed = (
        opportunities.add(book, OpportunityDraft(title, "Zürich Labs"), today=today - timedelta(days=days))
        for title, days in (("Señor Analyst", 9), ("Lead analyst", 2), ("Analyst of old", 0))
    )
    opportunities.move(book, closed, Stage.CLOSED, today=today, ending=Ending.FILLED)

    def found(text: str) -> list[int]:
        return [one.id for one in finding.find(book, text, today=today).opportunities]

    assert found("analyst") == [new, old, closed]
    assert found("zurich sen") == [old]
    assert found("nalyst") == []
    assert found("") == []


def test_any_text_may_be_typed(book: Book) -> None:
    for text in ('"', "'; DROP TABLE person;--", "*", "name:", "山田", "💚", "a" * 5_000, "\x00"):
        assert finding.find(book, text, today=TODAY).people == ()
