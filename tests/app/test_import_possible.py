"""Possible duplicates on the way in: told with reasons, never merged unasked, decided by the user, remembered."""

from pathlib import Path

import pytest

from crm.app import importing, people
from crm.app.books import Book
from crm.app.importing import Imported, ImportPlan, ReadFiles
from crm.app.progress import Progress
from crm.domain.importplan import Choice, Decision, Verdict
from crm.domain.likeness import Likeness
from crm.domain.person import ContactKind, PersonId
from crm.store import likeness
from tests.builders import TODAY, a_person, dump


def card(name: str, *lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *lines, "END:VCARD", ""))


MARRIED = card("Ana Costa", "TEL:+351 912 000 111", "EMAIL:ana@new.example")


@pytest.fixture
def ana(book: Book) -> PersonId:
    return a_person(book, "Ana Lima", phone="+351 912 000 111", email="ana@old.example")


def read(tmp_path: Path, *cards: str) -> ReadFiles:
    file = tmp_path / "in.vcf"
    file.write_text("".join(cards), encoding="utf-8", newline="")
    return importing.read_files([file], Progress())


def planned(book: Book, tmp_path: Path, *cards: str) -> ImportPlan:
    return importing.plan(book, read(tmp_path, *cards), Progress(), today=TODAY)


def applied(book: Book, plan: ImportPlan) -> Imported:
    return importing.apply(book, plan, Progress(), today=TODAY)


def decided(plan: ImportPlan, choice: Choice, *take: str, line: int = 0) -> ImportPlan:
    candidate = plan.lines[line].candidates[0] if choice is Choice.MERGE else None
    return importing.decide(plan, {line: Decision(choice, candidate, frozenset(take))})


def test_a_possible_duplicate_says_who_and_why(book: Book, tmp_path: Path, ana: PersonId) -> None:
    (line,) = (plan := planned(book, tmp_path, MARRIED)).lines
    assert line.verdict is Verdict.POSSIBLE
    assert [(one.person_id, one.name) for one in line.candidates] == [(ana, "Ana Lima")]
    assert line.candidates[0].reasons == (Likeness.GIVEN_NAME, Likeness.PHONE)
    assert (plan.counts.read, plan.counts.possible) == (1, 1)


def test_undecided_it_is_added_and_nothing_is_merged(book: Book, tmp_path: Path, ana: PersonId) -> None:
    before = people.draft(book, ana)
    done = applied(book, planned(book, tmp_path, MARRIED))
    assert len(done.people) == 1
    assert people.draft(book, ana) == before
    again = planned(book, tmp_path, MARRIED)
    assert again.lines[0].verdict is Verdict.SAME


def test_merged_it_adds_what_is_new_and_the_fields_chosen(book: Book, tmp_path: Path, ana: PersonId) -> None:
    plan = decided(planned(book, tmp_path, MARRIED), Choice.MERGE, "name")
    assert (plan.lines[0].verdict, plan.lines[0].person_id) == (Verdict.UPDATE, ana)
    done = applied(book, plan)
    draft = people.draft(book, ana)
    assert not done.people
    assert draft.display_name == "Ana Costa"
    assert [p.value for p in draft.contacts if p.kind is ContactKind.EMAIL] == [
        "ana@old.example",
        "ana@new.example",
    ]
    assert planned(book, tmp_path, MARRIED).lines[0].verdict is Verdict.SAME


def test_merging_is_undone_to_the_byte(book: Book, tmp_path: Path, ana: PersonId) -> None:
    before = dump(book)
    applied(book, decided(planned(book, tmp_path, MARRIED), Choice.MERGE, "name"))
    book.undo()
    assert dump(book) == before


def test_two_records_of_one_file_merge_too(book: Book, tmp_path: Path) -> None:
    first = card("Ana Lima", "TEL:+351 912 000 111")
    plan = planned(book, tmp_path, first, MARRIED)
    assert [line.verdict for line in plan.lines] == [Verdict.NEW, Verdict.POSSIBLE]
    done = applied(book, decided(plan, Choice.MERGE, "name", line=1))
    (person,) = done.people
    assert people.draft(book, person).display_name == "Ana Costa"


def test_kept_both_they_are_remembered_as_two(book: Book, tmp_path: Path, ana: PersonId) -> None:
    plan = decided(planned(book, tmp_path, MARRIED), Choice.KEEP_BOTH)
    assert plan.lines[0].verdict is Verdict.NEW
    (added,) = applied(book, plan).people
    with book.read() as session:
        assert likeness.not_same(session, likeness.PERSON) == {(ana, added)}


def test_skipped_it_stays_out_this_time(book: Book, tmp_path: Path, ana: PersonId) -> None:
    plan = decided(planned(book, tmp_path, MARRIED), Choice.SKIP)
    assert (plan.counts.left_out, plan.counts.possible) == (1, 0)
    assert applied(book, plan).batch_id is None
    assert planned(book, tmp_path, MARRIED).lines[0].included


def test_always_skipped_it_stays_out_next_time(book: Book, tmp_path: Path, ana: PersonId) -> None:
    applied(book, decided(planned(book, tmp_path, MARRIED), Choice.ALWAYS_SKIP))
    again = planned(book, tmp_path, MARRIED)
    assert not again.lines[0].included
    assert again.counts.left_out == 1
    applied(book, importing.choose(again, [0], included=True))
    assert planned(book, tmp_path, MARRIED).lines[0].verdict is Verdict.SAME


def test_a_choice_taken_back_leaves_no_trace(book: Book, tmp_path: Path, ana: PersonId) -> None:
    plan = planned(book, tmp_path, MARRIED)
    back = importing.decide(decided(plan, Choice.MERGE), {0: None})
    assert back.lines == plan.lines
    assert back.counts == plan.counts


def test_side_by_side_only_what_differs_asks(book: Book, tmp_path: Path, ana: PersonId) -> None:
    plan = planned(book, tmp_path, MARRIED)
    lines = {line.field: line for line in importing.compare(plan, 0, plan.lines[0].candidates[0])}
    assert (lines["name"].says, lines["name"].differs) == (("Ana Lima", "Ana Costa"), True)
    assert not lines["phone"].differs
