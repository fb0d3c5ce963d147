"""Merging people: nothing said is lost, choices hold, undo restores every byte."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from crm.app import browse, checkins, companies, duplicates, history, importing, people, touches
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.company import CompanyDraft
from crm.domain.comparing import Choosable, MergeChoices
from crm.domain.duplicates import Whose
from crm.domain.person import (
    CustomField,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonId,
    PersonName,
    PositionDraft,
)
from crm.domain.query import CompanyQuery
from crm.errors import Invalid, NotFound
from crm.store.base import Table
from crm.store.tables import TouchPerson
from tests.builders import TODAY, a_company, a_draft, a_person, a_touch, dump, interval

PROFILE = "https://www.linkedin.com/in/"
BORN = ImportantDate(DateKind.BIRTHDAY, PartialDate(1980, 5, 12))


@pytest.fixture
def ana(book: Book) -> PersonId:
    return a_person(
        book, "Ana Lima", email="ana@orbital.example", company="Orbital", title="Analyst", tags=("Mentor",),
        notes="Likes tea.", linkedin="ana-lima", met_on=date(2024, 5, 1),
    )  # fmt: skip


@pytest.fixture
def other(book: Book) -> PersonId:
    return a_person(
        book, "Ana Costa", email=["ana@orbital.example", "ana@home.example"], phone="+351 912 000 111",
        positions=(PositionDraft("Orbital", "Lead"), PositionDraft("Old Works", "Intern", current=False)),
        tags=("Mentor", "Lisbon"), notes="Plays chess.", linkedin="ana-costa", met_on=date(2023, 1, 9), dates=(BORN,),
        starred=True,
    )  # fmt: skip


def test_the_union_of_what_both_say_stays(book: Book, ana: PersonId, other: PersonId) -> None:
    people.merge(book, ana, [other], today=TODAY)
    draft = people.draft(book, ana)
    assert [point.value for point in draft.contacts] == [
        "ana@orbital.example", "ana@home.example", "+351 912 000 111", PROFILE + "ana-costa",
    ]  # fmt: skip
    assert [(one.company, one.title) for one in draft.positions] == [
        ("Orbital", "Analyst"),
        ("Old Works", "Intern"),
    ]
    assert set(draft.tags) == {"Mentor", "Lisbon"}
    assert draft.notes == "Likes tea.\n\nPlays chess."
    assert (draft.display_name, draft.linkedin, draft.dates) == ("Ana Lima", PROFILE + "ana-lima", (BORN,))
    assert (draft.met_on, draft.starred, draft.nicknames) == (date(2023, 1, 9), True, ("Ana Costa",))
    with pytest.raises(NotFound):
        people.draft(book, other)


def test_choices_hold_field_by_field(book: Book, ana: PersonId, other: PersonId) -> None:
    take = {Choosable.NAME: other, Choosable.TITLE: other, Choosable.LINKEDIN: other}
    people.merge(book, ana, [other], MergeChoices(take), today=TODAY)
    draft = people.draft(book, ana)
    assert (draft.display_name, draft.linkedin, draft.nicknames) == (
        "Ana Costa",
        PROFILE + "ana-costa",
        ("Ana Lima",),
    )
    assert draft.positions[0] == PositionDraft("Orbital", "Lead")
    assert people.card(book, ana, today=TODAY).row.name == "Ana Costa"


def test_the_birthday_chosen_stands_once(book: Book, ana: PersonId, other: PersonId) -> None:
    mine = replace(BORN, on=PartialDate(1981, 6, 1))
    people.edit(book, ana, replace(people.draft(book, ana), dates=(mine,)), today=TODAY)
    people.merge(book, ana, [other], MergeChoices({Choosable.BIRTHDAY: other}), today=TODAY)
    assert people.draft(book, ana).dates == (BORN,)


def test_touches_of_both_are_one_timeline(book: Book, ana: PersonId, other: PersonId) -> None:
    a_touch(book, ana, other, on=TODAY - timedelta(days=9))
    a_touch(book, other, on=TODAY - timedelta(days=2))
    people.merge(book, ana, [other], today=TODAY)
    assert [row.on for row in touches.timeline(book, ana)] == [
        TODAY - timedelta(days=2), TODAY - timedelta(days=9),
    ]  # fmt: skip
    assert people.card(book, ana, today=TODAY).row.last_touch_on == TODAY - timedelta(days=2)


def test_the_later_snooze_and_the_chosen_rhythm_hold(book: Book, ana: PersonId, other: PersonId) -> None:
    checkins.set_every(book, [ana], interval("6 weeks"), today=TODAY)
    checkins.set_every(book, [other], interval("3 months"), today=TODAY)
    checkins.snooze(book, [ana], TODAY + timedelta(days=5), today=TODAY)
    checkins.snooze(book, [other], TODAY + timedelta(days=20), today=TODAY)
    lines = {line.field: line for line in duplicates.compare(book, Whose.PEOPLE, (ana, other)).lines}
    assert lines["every"].differs
    people.merge(book, ana, [other], MergeChoices({Choosable.EVERY: other}), today=TODAY)
    card = people.card(book, ana, today=TODAY)
    assert card.draft.every == interval("3 months")
    assert card.row.snoozed_until == TODAY + timedelta(days=20)


def test_undo_restores_every_byte_and_redo_merges_again(book: Book, ana: PersonId, other: PersonId) -> None:
    a_touch(book, ana, other)
    a_touch(book, other, on=TODAY - timedelta(days=3))
    before = dump(book)
    people.merge(book, ana, [other], MergeChoices({Choosable.NAME: other}), today=TODAY)
    merged = dump(book)
    book.undo()
    assert dump(book) == before
    book.redo()
    assert dump(book) == merged


def test_nothing_points_at_whoever_is_gone(book: Book, ana: PersonId, other: PersonId) -> None:
    a_touch(book, ana, other)
    people.merge(book, ana, [other], today=TODAY)
    with book.read() as session:
        for table in Table.metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.column.table.name == "person":
                    found = session.scalar(select(key.parent).where(key.parent == other))
                    assert found is None, table.name
        assert len(session.scalars(select(TouchPerson)).all()) == 1


def test_up_to_five_are_merged_at_once(book: Book) -> None:
    everyone = [a_person(book, "Ana Lima", email=f"{number}@x.example") for number in range(6)]
    with pytest.raises(Invalid):
        people.merge(book, everyone[0], everyone[1:], today=TODAY)
    people.merge(book, everyone[0], everyone[1:5], today=TODAY)
    assert len(people.draft(book, everyone[0]).contacts) == 5


def test_the_word_of_somebody_else_is_refused(book: Book, ana: PersonId, other: PersonId) -> None:
    before = dump(book)
    with pytest.raises(Invalid):
        people.merge(book, ana, [other], MergeChoices({Choosable.NAME: 99}), today=TODAY)
    assert dump(book) == before


def test_what_one_file_says_of_both_is_known_after_the_merge(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "both.vcf"
    cards = (
        f"BEGIN:VCARD\nVERSION:3.0\nUID:{uid}\nFN:{name}\nEND:VCARD\n"
        for uid, name in (("a", "Ana Lima"), ("b", "Ana Costa"))
    )
    path.write_text("".join(cards), "utf-8")
    read = importing.read_files((path,), Progress())
    done = importing.apply(book, importing.plan(book, read, Progress(), today=TODAY), Progress(), today=TODAY)
    people.merge(book, done.people[0], done.people[1:], today=TODAY)
    again = importing.plan(book, importing.read_files((path,), Progress()), Progress(), today=TODAY)
    assert again.counts.same == 2
    path.write_text(
        path.read_text("utf-8").replace("FN:Ana Costa", "FN:Ana Costa\nTEL:+351 912 000 111"), "utf-8"
    )
    newer = importing.plan(book, importing.read_files((path,), Progress()), Progress(), today=TODAY)
    assert [line.person_id for line in newer.lines] == [done.people[0]] * 2


def test_companies_merge_with_a_choice_per_field_and_undo_to_the_byte(book: Book) -> None:
    keep = a_company(book, "Orbital Labs", site="https://orbital.example")
    gone = a_company(book, "Orbital Labs GmbH", site="https://orbital.test", place="Berlin")
    a_person(book, company="Orbital Labs GmbH")
    before = dump(book)
    companies.merge(book, keep, [gone], MergeChoices({Choosable.SITE: gone}), today=TODAY)
    draft = companies.draft(book, keep)
    assert (draft.name, draft.site, draft.place) == ("Orbital Labs", "https://orbital.test", "Berlin")
    book.undo()
    assert dump(book) == before


def test_a_merged_company_isn_t_made_again_under_its_old_name(book: Book, tmp_path: Path) -> None:
    keep, gone = a_company(book, "Orbital Labs"), a_company(book, "Orbital Labs GmbH")
    companies.merge(book, keep, [gone], today=TODAY)
    path = tmp_path / "phone.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana Lima\nORG:Orbital Labs GmbH\nEND:VCARD\n", "utf-8")
    plan = importing.plan(book, importing.read_files((path,), Progress()), Progress(), today=TODAY)
    assert plan.companies_new == 0
    done = importing.apply(book, plan, Progress(), today=TODAY)
    assert people.draft(book, done.people[0]).positions[0].company == "Orbital Labs"
    typed = a_person(book, "Bob Meyer", company="orbital labs gmbh")
    assert people.draft(book, typed).positions[0].company == "Orbital Labs"


def test_a_renamed_company_isn_t_made_again_either(book: Book) -> None:
    company = a_company(book, "Orbital Laboratories")
    companies.edit(book, company, CompanyDraft("Orbital"), today=TODAY)
    person = a_person(book, company="Orbital Laboratories")
    assert people.draft(book, person).positions[0].company == "Orbital"
    again = a_company(book, "Orbital Laboratories")
    person = a_person(book, "Bob Meyer", company="Orbital Laboratories")
    assert people.card(book, person, today=TODAY).positions[0].company_id == again


def test_a_name_given_by_hand_keeps_its_parts(book: Book) -> None:
    plain = a_person(book, "A. Lima")
    draft = replace(a_draft("Ana Lima"), name=PersonName("Lima", "Ana"))
    whole = people.add(book, draft, today=TODAY)
    people.merge(book, plain, [whole], MergeChoices({Choosable.NAME: whole}), today=TODAY)
    assert people.draft(book, plain).name == PersonName("Lima", "Ana")


def test_a_merged_company_is_found_by_its_old_name(book: Book) -> None:
    keep, gone = a_company(book, "Orbital Labs"), a_company(book, "Starfield GmbH")
    companies.merge(book, keep, [gone], today=TODAY)
    assert list(browse.company_ids(book, CompanyQuery(text="starfield"))) == [keep]


def test_fields_of_one_s_own_and_introductions_outlive_a_merge(book: Book) -> None:
    ada = a_person(book, "Ada Lovelace", fields=(CustomField("Coffee", "black"),))
    other = a_person(book, "Ada King", fields=(CustomField("Tea", "green"),), introduced_by=ada)
    bob = a_person(book, "Bob", introduced_by=other)
    people.merge(book, ada, [other], today=TODAY)
    assert people.draft(book, ada).introduced_by is None
    assert {kept.name for kept in people.draft(book, ada).fields} == {"Coffee", "Tea"}
    assert people.draft(book, bob).introduced_by == ada


def test_positions_that_agree_once_their_companies_are_one_become_one(book: Book) -> None:
    keep, gone = a_company(book, "ACME"), a_company(book, "ACME Inc.")
    ana = a_person(book, positions=(PositionDraft("ACME"), PositionDraft("ACME Inc.", "CTO")))
    bob = a_person(book, "Bob", positions=(PositionDraft("ACME", "Clerk"), PositionDraft("ACME Inc.", "CTO")))
    old = a_person(
        book, "Cy", positions=(PositionDraft("ACME", "Clerk"), PositionDraft("ACME Inc.", current=False))
    )
    before = dump(book)
    companies.merge(book, keep, [gone], today=TODAY)

    def titles(person: PersonId) -> list[tuple[str, str]]:
        return [(one.title, one.company) for one in people.draft(book, person).positions]

    assert titles(ana) == [("CTO", "ACME")]
    assert titles(bob) == [("Clerk", "ACME"), ("CTO", "ACME")]
    assert titles(old) == [("Clerk", "ACME"), ("", "ACME")]
    history.undo(book)
    assert dump(book) == before
