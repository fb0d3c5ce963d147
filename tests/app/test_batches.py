"""Imports long after: listed, told, undone; what the user changed since stays, and is named."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crm import wording
from crm.app import batches, browse, checkins, companies, history, importing, people
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.batch import BatchFate, BatchUndo, KeptBecause
from crm.domain.changes import Op
from crm.domain.company import CompanyId
from crm.domain.person import PersonId, PersonName, PositionDraft
from crm.domain.query import CompanyQuery, PeopleQuery
from crm.errors import ErrorCode, KeepwarmError, NotFound
from crm.store import batches as store
from crm.store.opportunity_tables import Opportunity, OpportunityPerson
from tests.app.test_importing import assert_whole, bring, person, written
from tests.builders import TODAY, a_person, a_touch, dump, interval


def said(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Return what every row says, without what is computed and counted, and without the imports themselves."""
    with book.read() as session:
        found = {}
        for table in store.RECORDED:
            columns = ", ".join(("id", *store.own_columns(table)))
            rows = session.execute(text(f"SELECT {columns} FROM {table} ORDER BY id"))  # noqa: S608
            found[table] = [tuple(row) for row in rows]
        return found


def names(book: Book) -> list[str]:
    return [
        row.name
        for row in browse.people_rows(book, browse.people_ids(book, PeopleQuery(), today=TODAY), today=TODAY)
    ]


def company_names(book: Book) -> list[str]:
    ids = browse.company_ids(book, CompanyQuery())
    return [row.name for row in browse.company_rows(book, ids)]


def undone(book: Book, batch_id: int | None) -> BatchUndo:
    assert batch_id is not None
    preview = batches.preview_undo(book, batch_id)
    assert batches.undo(book, batch_id) == preview
    return preview


def reasons(undo: BatchUndo) -> dict[str, KeptBecause]:
    return {kept.what.name: kept.why for kept in undo.kept}


def person_named(book: Book, name: str) -> PersonId:
    with book.read() as session:
        query = text("SELECT id FROM person WHERE display_name = :name")
        return PersonId(session.execute(query, {"name": name}).scalar_one())


ANA = person("Ana Lima", "EMAIL:ana@example.org", "TEL:+351 21 1234567", "ORG:Acme", "TITLE:Engineer")
BO = person("Bo Berg", "EMAIL:bo@example.org", "ORG:Globex", "CATEGORIES:Chess", "BDAY:1980-05-04")


@pytest.fixture
def batch(book: Book, tmp_path: Path) -> int:
    """Import two people into a book that knows one of them by less."""
    a_person(book, "Ana Lima", email="ana@example.org", company="Acme")
    a_person(book, "Zoe Zu")
    made = bring(book, written(tmp_path, ANA, BO))
    assert made.batch_id is not None
    return made.batch_id


def test_an_import_is_listed_with_what_it_did(book: Book, batch: int) -> None:
    (row,) = batches.list_batches(book)
    assert (row.id, row.files, row.fate) == (batch, ("cards.vcf",), BatchFate.UNDOABLE)
    assert (row.counts.new, row.counts.updated) == (1, 1)
    card = batches.card(book, batch)
    assert [one.name for one in card.people_added] == ["Bo Berg"]
    assert [one.name for one in card.people_updated] == ["Ana Lima"]
    assert [one.name for one in card.companies_added] == ["Globex"]


def test_undoing_an_import_brings_back_what_was_before(book: Book, tmp_path: Path) -> None:
    a_person(book, "Ana Lima", email="ana@example.org", company="Acme")
    before = said(book)
    made = bring(book, written(tmp_path, ANA, BO))
    told = undone(book, made.batch_id)
    assert said(book) == before
    assert (told.people_gone, told.companies_gone, told.people_restored, told.kept) == (1, 1, 1, ())
    assert_whole(book)


def test_undoing_an_import_can_be_undone_and_done_again_to_the_byte(book: Book, batch: int) -> None:
    before = dump(book)
    batches.undo(book, batch)
    after = dump(book)
    history.undo(book)
    assert dump(book) == before
    history.redo(book)
    assert dump(book) == after


def test_it_works_when_the_journal_has_long_forgotten_the_import(book: Book, batch: int) -> None:
    for number in range(210):
        people.star(book, (person_named(book, "Zoe Zu"),), bool(number % 2))
    assert all(step.op != "import" for step in history.entries(book))
    assert undone(book, batch).people_gone == 1
    assert names(book) == ["Ana Lima", "Zoe Zu"]
    assert_whole(book)


def edit_phone(book: Book, who: PersonId) -> None:
    draft = people.draft(book, who)
    changed = replace(draft.contacts[0], value="new@example.org")
    people.edit(book, who, replace(draft, contacts=(changed, *draft.contacts[1:])), today=TODAY)


def drop_contacts(book: Book, who: PersonId) -> None:
    people.edit(book, who, replace(people.draft(book, who), contacts=()), today=TODAY)


def take_note(book: Book, who: PersonId) -> None:
    people.edit(book, who, replace(people.draft(book, who), notes="Likes tea"), today=TODAY)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (edit_phone, KeptBecause.EDITED),
        (drop_contacts, KeptBecause.EDITED),
        (take_note, KeptBecause.EDITED),
        (a_touch, KeptBecause.TOUCHED),
        (lambda book, who: people.star(book, (who,), True), KeptBecause.EDITED),
        (lambda book, who: people.tag(book, (who,), "Friends", today=TODAY), KeptBecause.EDITED),
        (lambda book, who: people.untag(book, (who,), "Chess", today=TODAY), KeptBecause.EDITED),
        (
            lambda book, who: checkins.set_every(book, (who,), interval("3 weeks"), today=TODAY),
            KeptBecause.EDITED,
        ),
        (lambda book, who: checkins.rest(book, (who,), today=TODAY), KeptBecause.EDITED),
    ],
)
def test_somebody_the_user_did_anything_with_stays_whole(
    book: Book, batch: int, act: Any, why: KeptBecause
) -> None:
    bo = person_named(book, "Bo Berg")
    act(book, bo)
    before = people.draft(book, bo)
    told = undone(book, batch)
    assert told.people_gone == 0
    assert reasons(told)["Bo Berg"] is why
    assert people.draft(book, bo) == before
    assert "Globex" in company_names(book)
    assert_whole(book)


def test_what_the_user_did_to_others_or_to_the_whole_book_keeps_nobody(book: Book, batch: int) -> None:
    zoe = person_named(book, "Zoe Zu")
    a_touch(book, zoe)
    checkins.set_book_every(book, interval("1 month"), today=TODAY)
    globex, acme = (company_named(book, name) for name in ("Globex", "Acme"))
    companies.merge(book, acme, [globex], today=TODAY)
    told = undone(book, batch)
    assert (told.people_gone, told.kept) == (1, ())
    assert names(book) == ["Ana Lima", "Zoe Zu"]
    assert_whole(book)


def company_named(book: Book, name: str) -> CompanyId:
    with book.read() as session:
        query = text("SELECT id FROM company WHERE name = :name")
        return CompanyId(session.execute(query, {"name": name}).scalar_one())


def test_a_change_that_was_taken_back_is_none(book: Book, batch: int) -> None:
    take_note(book, person_named(book, "Bo Berg"))
    history.undo(book)
    assert undone(book, batch).people_gone == 1


def test_values_given_to_somebody_known_go_back_unless_they_were_changed_since(
    book: Book, batch: int
) -> None:
    ana = person_named(book, "Ana Lima")
    draft = people.draft(book, ana)
    (position,) = draft.positions
    assert position.title == "Engineer"
    promoted = replace(position, title="Head of Engineering")
    people.edit(book, ana, replace(draft, positions=(promoted,)), today=TODAY)
    told = undone(book, batch)
    (kept,) = told.kept
    assert (kept.what.name, kept.fields) == ("Ana Lima", ("title",))
    after = people.draft(book, ana)
    assert after.positions == (promoted,)
    assert [point.value for point in after.contacts] == ["ana@example.org"]
    assert after.name == PersonName()


def test_a_phone_number_the_user_mended_stays_with_somebody_known(book: Book, batch: int) -> None:
    ana = person_named(book, "Ana Lima")
    draft = people.draft(book, ana)
    mail, phone = draft.contacts
    people.edit(book, ana, replace(draft, contacts=(mail, replace(phone, value="+351 1"))), today=TODAY)
    told = undone(book, batch)
    assert [(kept.what.name, kept.fields) for kept in told.kept] == [("Ana Lima", ("phone",))]
    assert [point.value for point in people.draft(book, ana).contacts] == ["ana@example.org", "+351 1"]


def test_whom_a_later_import_brought_too_stays_until_that_is_undone(
    book: Book, batch: int, tmp_path: Path
) -> None:
    again = bring(book, written(tmp_path, BO.replace("CATEGORIES:Chess", "TEL:5550100"), name="b.vcf"))
    told = undone(book, batch)
    assert reasons(told)["Bo Berg"] is KeptBecause.IMPORTED_AGAIN
    assert undone(book, again.batch_id).people_restored == 1
    assert "Bo Berg" in names(book)


def test_two_imports_undone_newest_first_leave_nothing(book: Book, tmp_path: Path) -> None:
    before = said(book)
    first = bring(book, written(tmp_path, ANA, BO))
    second = bring(book, written(tmp_path, BO.replace("CATEGORIES:Chess", "TEL:5550100"), name="b.vcf"))
    undone(book, second.batch_id)
    assert undone(book, first.batch_id).kept == ()
    assert said(book) == before


def test_a_company_the_user_marked_stays_without_its_people(book: Book, batch: int) -> None:
    companies.target(book, (company_named(book, "Globex"),), True)
    told = undone(book, batch)
    assert (told.people_gone, told.companies_gone) == (1, 0)
    assert reasons(told) == {"Globex": KeptBecause.EDITED}
    assert_whole(book)


def test_an_imported_company_where_somebody_else_works_now_stays(book: Book, batch: int) -> None:
    zoe = person_named(book, "Zoe Zu")
    draft = replace(people.draft(book, zoe), positions=(PositionDraft("Globex"),))
    people.edit(book, zoe, draft, today=TODAY)
    assert reasons(undone(book, batch)) == {"Globex": KeptBecause.NEEDED}
    assert people.draft(book, zoe).positions == (PositionDraft("Globex"),)


def test_an_import_is_undone_once_and_can_then_be_made_again(book: Book, batch: int, tmp_path: Path) -> None:
    batches.undo(book, batch)
    assert batches.list_batches(book)[0].fate is BatchFate.UNDONE
    with pytest.raises(KeepwarmError) as raised:
        batches.undo(book, batch)
    assert raised.value.code is ErrorCode.IMPORT_UNDONE
    again = bring(book, written(tmp_path, ANA, BO))
    assert (again.counts.new, again.counts.updated) == (1, 1)


def test_an_import_of_an_earlier_version_says_that_nobody_noted_what_it_did(book: Book, batch: int) -> None:
    with book.write(Op.REPAIR) as session:
        store.forget(session, batch)
    assert batches.list_batches(book)[0].fate is BatchFate.UNRECORDED
    with pytest.raises(KeepwarmError) as raised:
        batches.preview_undo(book, batch)
    assert raised.value.code is ErrorCode.IMPORT_UNRECORDED


def test_an_import_that_isnt_there_is_not_found(book: Book) -> None:
    with pytest.raises(NotFound):
        batches.card(book, 7)


def test_who_is_deleted_leaves_no_values_in_the_record(book: Book, batch: int) -> None:
    people.delete(book, (person_named(book, "Ana Lima"),))
    with book.read() as session:
        assert session.execute(text("SELECT count(*) FROM import_changed")).scalar_one() == 0
    assert undone(book, batch).people_gone == 1


def test_what_cant_be_read_is_saved_as_it_stands_with_its_reason_and_imports_once_mended(
    book: Book, tmp_path: Path
) -> None:
    bad = "BEGIN:VCARD\r\nVERSION:3.0\r\nX-MINE;A=b:caf\xe9, 1\\;2\r\nEND:VCARD\r\n".encode("latin-1")
    path = tmp_path / "cards.vcf"
    path.write_bytes(ANA.encode() + bad + BO.encode() + bad)
    with importing.read_files((path,), Progress()) as read:
        assert len(read.failed) == 2
    saved = tmp_path / "failed.vcf"
    read.failed.save(saved, wording.problem)  # after what was read is closed, as the window does
    reason = b"X-KEEPWARM-REASON:No name\\, company\\, email or phone number in it\r\n"
    assert saved.read_bytes().replace(reason, b"") == bad * 2
    assert saved.read_bytes().count(reason) == 2

    saved.write_bytes(saved.read_bytes().replace(b"X-MINE;A=b:", b"FN:", 1))
    assert bring(book, saved).counts.new == 1
    with book.read() as session:
        assert "KEEPWARM" not in session.execute(text("SELECT raw FROM source_card")).scalar_one()
    with importing.read_files((saved,), Progress()) as again:
        again.failed.save(tmp_path / "again.vcf", wording.problem)
    assert (tmp_path / "again.vcf").read_bytes() == bad.replace(b"VCARD\r\n", b"VCARD\r\n" + reason, 1)


def test_somebody_of_an_application_stays(book: Book, batch: int) -> None:
    bo, globex = person_named(book, "Bo Berg"), company_named(book, "Globex")
    with book.write(Op.EDIT_PERSON) as session:
        opportunity = Opportunity(
            title="Analyst", company_id=globex, stage="applied", since_on=TODAY, added_on=TODAY
        )
        session.add(opportunity)
        session.flush()
        session.add(OpportunityPerson(opportunity_id=opportunity.id, person_id=bo, role="hiring_manager"))
    told = undone(book, batch)
    assert reasons(told) == {"Bo Berg": KeptBecause.EDITED, "Globex": KeptBecause.NEEDED}
    assert_whole(book)
