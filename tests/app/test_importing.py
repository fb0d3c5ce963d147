"""Importing address books: counts that add up, nothing overwritten, one step of undo, everything or nothing."""

import random
from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from crm.app import browse, companies, history, importing, people
from crm.app.books import Book
from crm.app.importing import ImportPlan
from crm.app.progress import Progress
from crm.domain.importplan import ImportCounts, MatchReason, Verdict
from crm.domain.person import ContactKind, PersonId, PositionDraft
from crm.domain.query import CompanyQuery, PeopleQuery
from crm.errors import Cancelled, ErrorCode, KeepwarmError
from crm.store import derived, search
from crm.store.importing_rows import ImportWriter
from tests.builders import TODAY, a_book, a_person, a_tag_rule, a_touch, dump


def card(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


def person(name: str, *lines: str) -> str:
    given_name, _, family = name.partition(" ")
    return card(f"FN:{name}", f"N:{family};{given_name};;;", *lines)


def written(folder: Path, *cards: str, name: str = "cards.vcf") -> Path:
    path = folder / name
    path.write_text("".join(cards), encoding="utf-8", newline="")
    return path


def planned(book: Book, *paths: Path) -> ImportPlan:
    return importing.plan(book, importing.read_files(paths, Progress()), Progress(), today=TODAY)


def bring(book: Book, *paths: Path, today: date = TODAY) -> importing.Imported:
    with importing.read_files(paths, Progress()) as read:
        plan = importing.plan(book, read, Progress(), today=today)
        return importing.apply(book, plan, Progress(), today=today)


def verdicts(plan: ImportPlan) -> list[Verdict]:
    return [line.verdict for line in plan.lines]


def ids(book: Book) -> list[int]:
    return list(browse.people_ids(book, PeopleQuery(), today=TODAY))


def only(book: Book) -> PersonId:
    (found,) = ids(book)
    return PersonId(found)


def count(book: Book, table: str) -> int:
    with book.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def assert_whole(book: Book) -> None:
    """Stored = recomputed, the search knows the rows, every reference holds."""
    with book.read() as session:
        assert derived.wrong_people(session) == []
        assert derived.wrong_companies(session) == []
        assert search.stale(session.connection()) == 0
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def assert_adds_up(counts: ImportCounts) -> None:
    assert (
        counts.read
        == counts.new + counts.updated + counts.same + counts.possible + counts.failed + counts.left_out
    )


ADA = person(
    "Ada Lovelace", "UID:urn:uuid:ada", "EMAIL;TYPE=WORK:ada@engine.example", "TEL:+44 20 7946 0958", "ORG:Analytical;R&D",
    "TITLE:Analyst", "BDAY:1815-12-10", "CATEGORIES:maths,friends", "NOTE:Met in London", "NICKNAME:Enchantress",
    "URL:https://www.linkedin.com/in/ada-l", "X-ODD;FOO=bar:kept",
)  # fmt: skip
GRACE = person("Grace Hopper", "UID:grace", "EMAIL:grace@navy.example", "ORG:Navy")
ALAN = person("Alan Turing", "UID:alan", "TEL:+44 1908 640404", "ORG:analytical")
BROKEN = card("UID:nobody")


def test_new_people_get_everything_their_cards_say(book: Book, tmp_path: Path) -> None:
    done = bring(book, written(tmp_path, ADA))
    assert done.counts == ImportCounts(read=1, new=1)
    card_ = people.card(book, only(book), today=TODAY)
    draft = card_.draft
    assert (card_.row.name, card_.row.title, card_.row.company) == ("Ada Lovelace", "Analyst", "Analytical")
    assert card_.row.email == "ada@engine.example"
    assert draft.linkedin.endswith("linkedin.com/in/ada-l")
    assert draft.nicknames == ("Enchantress",)
    assert set(draft.tags) == {"maths", "friends"}
    assert draft.notes == "Met in London"
    assert draft.dates[0].on.year == 1815
    assert card_.added_on == TODAY
    assert people.resolve(book, "lovel") == only(book)
    with book.read() as session:
        raw = session.execute(text("SELECT raw FROM source_card")).scalar_one()
    assert "\nX-ODD;FOO=bar:" in raw
    assert_whole(book)


def test_the_new_are_those_a_user_would_have_added(book: Book, tmp_path: Path) -> None:
    """A person who was imported and one who was typed have the same columns."""
    bring(book, written(tmp_path, ADA))
    draft = people.draft(book, only(book))
    typed = people.add(book, draft, today=TODAY)
    with book.read() as session:
        rows = session.execute(text("SELECT * FROM person ORDER BY id")).mappings().all()
    own = {"id", "uid", "batch_id", "revision"}
    assert {k: v for k, v in rows[0].items() if k not in own} == {
        k: v for k, v in rows[1].items() if k not in own
    }
    assert people.draft(book, typed) == draft


def test_importing_a_file_twice_changes_nothing_the_second_time(book: Book, tmp_path: Path) -> None:
    path = written(tmp_path, ADA, GRACE, ALAN, BROKEN)
    bring(book, path)
    before, steps = dump(book), len(history.entries(book))
    done = bring(book, path)
    assert done.batch_id is None
    assert done.counts == ImportCounts(read=4, same=3, failed=1)
    assert dump(book) == before
    assert len(history.entries(book)) == steps


def test_a_record_that_only_got_a_newer_revision_is_the_same(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, person("Ada Lovelace", "UID:a", "REV:20240101T000000Z")))
    before = dump(book)
    done = bring(book, written(tmp_path, person("Ada Lovelace", "UID:a", "REV:20250101T000000Z")))
    assert done.counts == ImportCounts(read=1, same=1)
    assert dump(book) == before


def test_what_was_edited_since_stays_when_the_same_file_comes_again(book: Book, tmp_path: Path) -> None:
    path = written(tmp_path, ADA)
    bring(book, path)
    mine = replace(people.draft(book, only(book)), notes="My words", tags=(), contacts=())
    people.edit(book, only(book), mine, today=TODAY)
    assert bring(book, path).counts.same == 1
    assert people.draft(book, only(book)) == mine


def test_a_match_adds_and_fills_and_overwrites_nothing(book: Book, tmp_path: Path) -> None:
    known = a_person(
        book, "Ada L.", email="ADA@engine.example", company="Cambridge", title="Student", notes="Mine",
        tags=("Friends",), nicknames=("Countess",),
    )  # fmt: skip
    a_touch(book, known, on=date(2026, 2, 1))
    plan = planned(book, written(tmp_path, ADA))
    (line,) = plan.lines
    assert (line.verdict, line.person_id, line.reasons) == (Verdict.UPDATE, known, (MatchReason.EMAIL,))
    assert {change.field for change in line.changes} >= {"phone", "positions", "tags", "notes", "nicknames"}
    importing.apply(book, plan, Progress(), today=TODAY)
    card_ = people.card(book, known, today=TODAY)
    draft = card_.draft
    assert (card_.row.name, card_.row.company, card_.row.title) == ("Ada L.", "Cambridge", "Student")
    assert card_.row.email == "ADA@engine.example"
    assert [position.company for position in draft.positions] == ["Cambridge", "Analytical"]
    assert [p.value for p in draft.contacts if p.kind is ContactKind.EMAIL] == ["ADA@engine.example"]
    assert draft.nicknames == ("Countess", "Enchantress")
    assert draft.tags == ("Friends", "maths")
    assert draft.notes == "Mine\n\nMet in London"
    assert card_.row.last_touch_on == date(2026, 2, 1)
    assert_whole(book)
    plan.basis.read.close()


def test_a_title_is_filled_where_the_user_named_only_the_company(book: Book, tmp_path: Path) -> None:
    known = a_person(book, "Ada Lovelace", email="ada@engine.example", company="ANALYTICAL")
    bring(book, written(tmp_path, ADA))
    (position,) = people.draft(book, known).positions
    assert (position.company, position.title, position.department) == ("ANALYTICAL", "Analyst", "R&D")
    assert_whole(book)


def test_a_company_named_by_several_is_made_once(book: Book, tmp_path: Path) -> None:
    plan = planned(book, written(tmp_path, ADA, GRACE, ALAN))
    assert plan.companies_new == 2
    importing.apply(book, plan, Progress(), today=TODAY)
    rows = browse.company_rows(book, list(browse.company_ids(book, CompanyQuery())))
    assert {(row.name, row.people) for row in rows} == {("Analytical", 2), ("Navy", 1)}
    plan.basis.read.close()


def test_a_company_card_fills_the_company_of_that_name(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, ADA))
    office = card(
        "FN:Analytical", "N:;;;;", "ORG:Analytical", "X-ABShowAs:COMPANY", "TEL:+44 20 1", "NOTE:HQ"
    )
    assert bring(book, written(tmp_path, office)).counts == ImportCounts(read=1, updated=1)
    (company,) = browse.company_ids(book, CompanyQuery())
    assert companies.draft(book, company).notes == "HQ"
    assert companies.draft(book, company).contacts[0].value == "+44 20 1"
    assert len(ids(book)) == 1
    assert_whole(book)


def test_a_group_becomes_a_tag_for_its_members(book: Book, tmp_path: Path) -> None:
    a_person(book, "Someone Else")
    group = card(
        "FN:Pioneers", "N:Pioneers;;;;", "X-ADDRESSBOOKSERVER-KIND:group", "UID:g",
        "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ada", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:grace",
        "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:missing",
    )  # fmt: skip
    path = written(tmp_path, group, ADA, GRACE)
    assert bring(book, path).counts == ImportCounts(read=3, new=3)
    tagged = [
        row.name
        for row in browse.people_rows(book, ids(book), today=TODAY)
        if "Pioneers" in people.draft(book, row.id).tags
    ]
    assert sorted(tagged) == ["Ada Lovelace", "Grace Hopper"]
    assert bring(book, path).counts == ImportCounts(read=3, same=3)
    assert_whole(book)


def test_a_tags_rule_plans_the_check_ins_of_those_imported(book: Book, tmp_path: Path) -> None:
    a_person(book, "Someone", tags=("maths",))
    a_tag_rule(book, "maths", "6 weeks")
    bring(book, written(tmp_path, ADA, GRACE))
    rows = browse.people_rows(book, ids(book), today=TODAY)
    due = {row.name: row.next_due_on for row in rows if row.next_due_on}
    assert due["Ada Lovelace"] == date(2026, 4, 10)  # six weeks are the 13th, which has someone already
    assert_whole(book)


def test_records_of_one_person_join(book: Book, tmp_path: Path) -> None:
    again = person("Ada King Lovelace", "EMAIL:ada@engine.example", "TEL:+44 1")
    plan = planned(book, written(tmp_path, ADA, again, ADA))
    assert verdicts(plan) == [Verdict.NEW, Verdict.UPDATE, Verdict.SAME]
    assert [line.joins for line in plan.lines] == [None, 0, 0]
    assert MatchReason.SAME_FILE in plan.lines[1].reasons
    importing.apply(book, plan, Progress(), today=TODAY)
    assert people.draft(book, only(book)).contacts[-1].value == "+44 1"
    plan.basis.read.close()


def test_leaving_the_first_record_out_makes_the_next_one_new(book: Book, tmp_path: Path) -> None:
    again = person("Ada King Lovelace", "EMAIL:ada@engine.example", "TEL:+44 1")
    plan = planned(book, written(tmp_path, ADA, again))
    left = importing.choose(plan, [0], included=False)
    assert verdicts(left) == [Verdict.NEW, Verdict.NEW]
    assert left.counts == ImportCounts(read=2, new=1, left_out=1)
    assert importing.choose(left, [0], included=True).lines == plan.lines
    importing.apply(book, left, Progress(), today=TODAY)
    assert people.card(book, only(book), today=TODAY).row.name == "Ada King Lovelace"
    plan.basis.read.close()


def test_undo_takes_an_import_back_and_redo_brings_it_again(book: Book, tmp_path: Path) -> None:
    known = a_person(book, "Grace Hopper", email="grace@navy.example")
    before = dump(book)
    bring(book, written(tmp_path, ADA, GRACE, ALAN))
    after = dump(book)
    assert known in ids(book)
    book.undo()
    assert dump(book) == before
    book.redo()
    assert dump(book) == after
    assert_whole(book)


class CancelledAt(Progress):
    """A progress whose user cancels at the k-th step."""

    def __init__(self, k: int) -> None:
        super().__init__()
        self.left = k

    def step(self, count: int = 1) -> None:
        self.left -= 1
        if self.left < 0:
            self.cancel()
        super().step(count)


@pytest.mark.parametrize("k", range(10))
def test_a_cancelled_import_leaves_nothing(book: Book, tmp_path: Path, k: int) -> None:
    a_person(book, "Grace Hopper", email="grace@navy.example")
    before = dump(book)
    picture = person("Pic Ture", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ==")
    plan = planned(book, written(tmp_path, ADA, GRACE, picture, *[person(f"No {i}") for i in range(3000)]))
    progress = CancelledAt(k)
    try:
        importing.apply(book, plan, progress, today=TODAY)
    except Cancelled:
        assert dump(book) == before
        assert count(book, "blob") == 0
    else:
        assert k > 5
    plan.basis.read.close()


def test_a_failure_amid_an_import_leaves_nothing(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person(book, "Grace Hopper", email="grace@navy.example")
    before = dump(book)
    plan = planned(book, written(tmp_path, ADA, GRACE, ALAN))
    write = ImportWriter.finish

    def failing(self: ImportWriter, step: Callable[[int], None]) -> None:
        write(self, step)
        self._connection.exec_driver_sql("INSERT INTO tag (name, key) VALUES ('maths', 'maths')")

    monkeypatch.setattr(ImportWriter, "finish", failing)
    with pytest.raises(Exception, match="UNIQUE"):
        importing.apply(book, plan, Progress(), today=TODAY)
    assert dump(book) == before
    assert count(book, "blob") == 0
    plan.basis.read.close()


def test_a_picture_is_kept_by_its_content(book: Book, tmp_path: Path) -> None:
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ=="
    bring(book, written(tmp_path, person("Ada One", photo), person("Bo Two", photo)))
    assert count(book, "blob") == 1
    assert all(people.raw_photo(book, PersonId(one)) for one in ids(book))


def test_a_plan_made_before_another_change_is_stale_only_if_it_says_something_else(
    book: Book, tmp_path: Path
) -> None:
    path = written(tmp_path, ADA)
    plan = planned(book, path)
    a_person(book, "Unrelated Person")
    importing.apply(book, plan, Progress(), today=TODAY)
    other = planned(book, written(tmp_path, GRACE))
    a_person(book, "Grace Hopper", email="grace@navy.example")
    before = dump(book)
    with pytest.raises(KeepwarmError) as raised:
        importing.apply(book, other, Progress(), today=TODAY)
    assert raised.value.code is ErrorCode.PLAN_STALE
    assert dump(book) == before
    plan.basis.read.close()
    other.basis.read.close()


def test_whoever_is_there_gets_new_entries_after_old_ones_even_where_some_are_gone(
    book: Book, tmp_path: Path
) -> None:
    known = a_person(book, "Ada Lovelace", email="ada@engine.example", company="First")
    draft = people.draft(book, known)
    several = (PositionDraft("First"), PositionDraft("Second"), PositionDraft("Third"))
    people.edit(book, known, replace(draft, positions=several), today=TODAY)
    first = companies.resolve(book, "First")
    companies.delete(book, [first, companies.resolve(book, "Second")], today=TODAY)
    bring(book, written(tmp_path, ADA))
    assert [one.company for one in people.draft(book, known).positions] == ["Third", "Analytical"]
    assert people.card(book, known, today=TODAY).row.company == "Third"


def test_notes_of_a_megabyte_are_kept(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, person("Ada Lovelace", "NOTE:" + "word " * 200_000 + "end")))
    assert len(people.draft(book, only(book)).notes) > 900_000
    assert_whole(book)


def test_folders_are_walked_and_names_only_are_kept(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "cards" / "inner"
    folder.mkdir(parents=True)
    written(folder, ADA, name="b.vcf")
    written(folder.parent, GRACE, name="a.VCF")
    (folder / "readme.txt").write_text("no card")
    (folder / "empty.vcf").write_bytes(b"")
    with importing.read_files([tmp_path / "cards"], Progress()) as read:
        assert read.files == ("a.VCF", "b.vcf", "empty.vcf")
        assert [problem.file for problem in read.problems] == ["empty.vcf"]
        assert read.read == 3
        importing.apply(book, importing.plan(book, read, Progress(), today=TODAY), Progress(), today=TODAY)
    with book.read() as session:
        assert (
            session.execute(text("SELECT files FROM import_batch")).scalar_one()
            == '["a.VCF", "b.vcf", "empty.vcf"]'
        )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ErrorCode.FILE_EMPTY),
        (b"\xef\xbb\xbf \r\n", ErrorCode.FILE_EMPTY),
        (b"%PDF-1.7 not a card", ErrorCode.FILE_UNKNOWN),
        (None, ErrorCode.FILE_UNREADABLE),
    ],
)
def test_a_file_that_cant_be_read_says_why(tmp_path: Path, content: bytes | None, code: ErrorCode) -> None:
    path = tmp_path / "x.vcf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KeepwarmError) as raised:
        importing.read_files([path], Progress())
    assert raised.value.code is code


def test_a_full_disk_is_noticed_before_anything_is_written(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, ADA)
    with importing.read_files([path], Progress()) as read:
        usage = namedtuple("usage", "total used free")
        monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1, 1, 60 << 20))
        with pytest.raises(KeepwarmError) as raised:
            importing.plan(book, read, Progress(), today=TODAY)
    assert raised.value.code is ErrorCode.NO_SPACE_FOR_IMPORT


POOL = (
    ADA,
    GRACE,
    ALAN,
    BROKEN,
    person("Ada King Lovelace", "EMAIL:ada@engine.example"),
    person("Bo Ek", "UID:grace"),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.lists(st.sampled_from(POOL), max_size=8), out=st.sets(st.integers(0, 7)), seed=st.integers(0, 9)
)
def test_counts_add_up_whatever_is_left_out_and_everything_returns(
    tmp_path_factory: pytest.TempPathFactory, chosen: Sequence[str], out: set[int], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("book")
    book = a_book(folder)
    if chosen:
        with importing.read_files([written(folder, *chosen)], Progress()) as read:
            plan = importing.plan(book, read, Progress(), today=TODAY)
            assert_adds_up(plan.counts)
            less = importing.choose(plan, [i for i in out if i < len(plan.lines)], included=False)
            assert_adds_up(less.counts)
            assert importing.choose(less, range(len(plan.lines)), included=True).lines == plan.lines
            before = dump(book)
            done = importing.apply(book, less, Progress(), today=TODAY)
            assert len(done.people) == less.counts.new == len(ids(book))
            assert_whole(book)
            again = importing.plan(book, read, Progress(), today=TODAY)
            taken = [line for line in less.lines if line.included]
            assert all(again.lines[line.index].verdict in {Verdict.SAME, Verdict.FAILED} for line in taken)
            if done.batch_id is not None:
                book.undo()
            assert dump(book) == before
    book.close()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_records_doesnt_change_the_counts(tmp_path: Path, seed: int) -> None:
    cards = [
        ADA,
        GRACE,
        ALAN,
        BROKEN,
        person("Bo Ek", "EMAIL:bo@x.example"),
        person("Bo Ek", "EMAIL:other@x.example"),
    ]
    random.Random(seed).shuffle(cards)
    book = a_book(tmp_path)
    assert bring(book, written(tmp_path, *cards)).counts == ImportCounts(read=6, new=4, possible=1, failed=1)
    book.close()


def test_every_sample_is_imported_and_a_second_time_changes_nothing(
    book: Book, tmp_path: Path, samples: Path
) -> None:
    first = bring(book, samples / "vcards")
    assert_adds_up(first.counts)
    assert first.counts.new > 500
    assert_whole(book)
    before = dump(book)
    second = bring(book, samples / "vcards")
    assert (second.counts.new, second.counts.updated, second.batch_id) == (0, 0, None)
    assert second.counts.read == first.counts.read
    assert dump(book) == before
    book.undo()
    assert ids(book) == []
    book.redo()
    assert dump(book) == before
