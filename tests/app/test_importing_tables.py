"""Importing tables of contacts: LinkedIn's export, other programs' tables, archives; told by content, nothing twice."""

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from crm import wording
from crm.app import batches, importing, people, touches
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.card import ProblemCode
from crm.domain.columns import ColumnField, Mappings
from crm.domain.contactkeys import LINKEDIN_PROFILE
from crm.domain.importplan import Verdict
from crm.domain.person import ContactKind, PersonId
from crm.domain.touch import Direction
from crm.errors import ErrorCode, KeepwarmError
from tests.app.test_importing import assert_adds_up, assert_whole, bring, count, ids, only, planned, verdicts
from tests.builders import TODAY, a_person, dump
from tests.formats.tables import samples

LINKEDIN = {
    "Connections.csv": samples.CONNECTIONS,
    "messages.csv": samples.MESSAGES,
    "Invitations.csv": samples.INVITATIONS,
    "Notes.csv": samples.LINKEDIN_NOTES,
    "Profile.csv": samples.PROFILE,
    "Positions.csv": "Company Name,Title\nOwn Employer,Own Title\n",
    "Skills.csv": "Name\nPython\n",
}


def saved(folder: Path, text: str | bytes, name: str = "contacts.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def zipped(folder: Path, files: Mapping[str, str], name: str = "export.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in files.items():
            archive.writestr(member, text)
    return path


def named(book: Book, name: str) -> PersonId:
    (found,) = (
        id_ for id_ in map(PersonId, ids(book)) if people.card(book, id_, today=TODAY).row.name == name
    )
    return found


def bring_mapped(book: Book, path: Path, mappings: Mappings) -> importing.Imported:
    with importing.read_files([path], Progress(), mappings=mappings) as read:
        plan = importing.plan(book, read, Progress(), today=TODAY)
        return importing.apply(book, plan, Progress(), today=TODAY)


def test_connections_come_in_with_the_day_they_were_met(book: Book, tmp_path: Path) -> None:
    counts = bring(book, saved(tmp_path, samples.CONNECTIONS)).counts
    assert (counts.read, counts.new, counts.left_out, counts.failed) == (4, 3, 1, 0)
    assert_adds_up(counts)
    assert_whole(book)
    ana = people.card(book, named(book, "Ana Silva"), today=TODAY).draft
    assert (ana.met_on, ana.linkedin, ana.name.suffix) == (
        date(2023, 1, 2),
        LINKEDIN_PROFILE + "ana-silva-1",
        "PMP, MBA",
    )
    assert batches.list_batches(book)[0].source == "LinkedIn"


def test_hidden_members_are_told_and_never_made_up(book: Book, tmp_path: Path) -> None:
    plan = planned(book, saved(tmp_path, samples.CONNECTIONS))
    hidden = next(line for line in plan.lines if line.verdict is Verdict.NOBODY)
    assert hidden.problem is not None
    assert hidden.problem.code is ProblemCode.HIDDEN_MEMBER
    assert not hidden.included
    assert importing.choose(plan, [hidden.index], included=True).counts == plan.counts


def test_the_same_table_again_changes_nothing(book: Book, tmp_path: Path) -> None:
    path = saved(tmp_path, samples.CONNECTIONS)
    bring(book, path)
    before = dump(book)
    assert set(verdicts(planned(book, path))) == {Verdict.SAME, Verdict.NOBODY}
    assert bring(book, path).batch_id is None
    assert dump(book) == before


def test_a_newer_table_finds_people_by_their_slug_and_fills_what_is_empty(book: Book, tmp_path: Path) -> None:
    known = a_person(book, "Ana Silva", linkedin="ana-silva-1")
    bring(book, saved(tmp_path, samples.CONNECTIONS))
    card = people.card(book, known, today=TODAY)
    assert card.draft.met_on == date(2023, 1, 2)
    assert card.draft.positions[0].company == "Orbital, Inc."
    assert_whole(book)
    book.undo()
    assert people.card(book, known, today=TODAY).draft.met_on is None


def test_a_day_still_to_come_is_not_when_somebody_was_met(book: Book, tmp_path: Path) -> None:
    bring(book, saved(tmp_path, samples.CONNECTIONS.replace("02 Jan 2023", "02 Jan 2099")))
    assert people.card(book, named(book, "Ana Silva"), today=TODAY).draft.met_on is None


@pytest.mark.parametrize("text", [samples.GOOGLE_OLD, samples.GOOGLE_NEW, samples.OUTLOOK_NEW, samples.OTHER])
def test_other_tables_come_in_whatever_their_name(book: Book, tmp_path: Path, text: str) -> None:
    counts = bring(book, saved(tmp_path, text, "contacts.txt")).counts
    assert counts.failed == 0
    assert counts.new == counts.read > 0
    assert_whole(book)


def test_several_kinds_of_file_at_once(book: Book, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Yi\r\nEMAIL:bo@example.org\r\nEND:VCARD\r\n"
    files = (saved(tmp_path, samples.CONNECTIONS), saved(tmp_path, card, "bo.vcf"))
    counts = bring(book, *files).counts
    assert (counts.read, counts.new) == (5, 3)
    assert_adds_up(counts)


def test_an_archive_is_read_whole_and_without_what_is_not_about_others(book: Book, tmp_path: Path) -> None:
    with importing.read_files([zipped(tmp_path, LINKEDIN)], Progress()) as read:
        assert set(read.files) == {
            "Connections.csv",
            "messages.csv",
            "Invitations.csv",
            "Notes.csv",
            "Profile.csv",
        }
        assert {card.person.display_name for card in read.cards if card.person} == {
            "Ana Silva",
            "Bo Yi",
            "Cy O’Neil",
        }
        assert len(read.touches) == 5


def test_a_folder_of_linkedins_files_is_read_as_its_archive(book: Book, tmp_path: Path) -> None:
    for name, text in LINKEDIN.items():
        saved(tmp_path, text, name)
    counts = bring(book, tmp_path).counts
    assert (counts.new, counts.updated, counts.failed) == (3, 1, 0)


def test_files_beside_linkedins_are_read_or_named_in_folders_and_archives(tmp_path: Path) -> None:
    files = {
        **LINKEDIN,
        "Search Queries.csv": "Time,Search Query\nx,y\n",
        "Google.csv": "Name,Email\nAda,ada@x.example\n",
        "unknown.csv": "Zork;Blarg\nfoo;bar\n",
        "half.tsv": "Zork\tBlarg",
    }
    (tmp_path / "folder").mkdir()
    for name, text in files.items():
        saved(tmp_path / "folder", text, name)
    for path in (tmp_path / "folder", zipped(tmp_path, files)):
        with importing.read_files([path], Progress()) as read:
            assert [one.file for one in read.problems if one.fatal] == ["half.tsv", "unknown.csv"]
            assert "Ada" in {card.person.display_name for card in read.cards if card.person}
            assert {"Positions.csv", "Search Queries.csv", "Skills.csv"}.isdisjoint(read.files)


def test_an_archive_of_other_files(book: Book, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\nEND:VCARD\n"
    files = {
        "Takeout/Contacts/All.vcf": card,
        "__MACOSX/x.vcf": "",
        "a/../../b.csv": samples.TABBED,
        "c.txt": "x",
    }
    assert bring(book, zipped(tmp_path, files)).counts.new == 2


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = zipped(tmp_path, {"contacts.csv": "Name,Email\n" + "a" * (40 << 20)})
    with pytest.raises(KeepwarmError) as raised:
        importing.read_files([bomb], Progress())
    assert raised.value.code is ErrorCode.ARCHIVE_DAMAGED


def test_a_damaged_archive_costs_only_itself(book: Book, tmp_path: Path) -> None:
    whole = zipped(tmp_path, {"contacts.csv": samples.OTHER * 50})
    data = bytearray(whole.read_bytes())
    data[60:90] = b"\xff" * 30
    broken = saved(tmp_path, bytes(data), "broken.zip")
    counts = bring(book, broken, saved(tmp_path, samples.TABBED)).counts
    assert counts.failed == 1
    assert counts.new >= 1


def test_a_file_that_cant_be_read_costs_a_folder_only_itself(tmp_path: Path) -> None:
    whole = zipped(tmp_path, {"contacts.csv": samples.OTHER * 50}, "a.zip").read_bytes()
    saved(tmp_path, whole[: len(whole) // 2], "a.zip")
    (tmp_path / "b.vcf").symlink_to(tmp_path / "gone.vcf")
    saved(tmp_path, samples.TABBED, "c.csv")
    with importing.read_files([tmp_path], Progress()) as read:
        assert [(one.file, one.detail) for one in read.problems] == [
            ("a.zip", ErrorCode.ARCHIVE_DAMAGED),
            ("b.vcf", ErrorCode.FILE_UNREADABLE),
        ]
        assert read.records
    assert [one.file for one in importing.preview([tmp_path])] == ["c.csv"]


def test_files_of_one_name_are_told_apart_by_their_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cards"
    for one in ("a", "b"):
        (folder / one).mkdir(parents=True)
        saved(folder / one, "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", "minimal.vcf")
    saved(folder, b"", "other.vcf")
    zipped(folder, {"in/minimal.vcf": "", "in/c.csv": samples.TABBED}, "z.zip")
    with importing.read_files([folder], Progress()) as read:
        assert [one.file for one in read.problems] == [
            "other.vcf",
            "cards/z.zip/in/minimal.vcf",
            "cards/a/minimal.vcf",
            "cards/b/minimal.vcf",
        ]
    with importing.read_files([folder / "a", folder / "b" / "minimal.vcf"], Progress()) as read:
        assert [one.file for one in read.problems] == ["a/minimal.vcf", "b/minimal.vcf"]
    monkeypatch.chdir(folder / "a")
    with importing.read_files(["minimal.vcf", "../b/minimal.vcf"], Progress()) as read:
        assert [one.file for one in read.problems] == ["minimal.vcf", "b/minimal.vcf"]


def test_conversations_that_are_damaged_cost_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    messages = samples.MESSAGES + samples.MESSAGES.splitlines()[-1] * 4000
    with zipfile.ZipFile(path, "w") as archive:  # not packed, so that one byte is damaged and no more
        archive.writestr("Connections.csv", samples.CONNECTIONS)
        archive.writestr("messages.csv", messages)
    data = path.read_bytes()
    place = data.rindex(messages[-40:].encode())
    path.write_bytes(data[:place] + b"?" + data[place + 1 :])
    with importing.read_files([path], Progress()) as read:
        assert [(one.file, one.detail) for one in read.problems if one.fatal] == [
            ("messages.csv", ErrorCode.ARCHIVE_DAMAGED)
        ]
        assert read.records


def test_an_archive_in_an_archive_is_named_and_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path, LINKEDIN, "inner.zip").read_bytes()
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("all/inner.ZIP", inner)
    with pytest.raises(KeepwarmError) as raised:
        importing.read_files([outer], Progress())
    assert raised.value.code is ErrorCode.ARCHIVE_NESTED
    with zipfile.ZipFile(outer, "a") as archive:
        archive.writestr("all/contacts.csv", samples.TABBED)
    with importing.read_files([outer], Progress()) as read:
        assert [(one.file, one.detail) for one in read.problems] == [("inner.ZIP", ErrorCode.ARCHIVE_NESTED)]
        assert read.records


def test_columns_can_be_corrected_and_are_remembered(book: Book, tmp_path: Path) -> None:
    path = saved(tmp_path, samples.OTHER)
    (seen,) = importing.preview([path])
    assert seen.table is not None
    assert not seen.table.remembered
    assert seen.names == ("Ada Lovelace", "Babbage, Charles")
    mappings = importing.corrected([seen], {"what they do": ColumnField.TITLE})
    bring_mapped(book, path, mappings)
    card = people.card(book, named(book, "Ada Lovelace"), today=TODAY)
    assert card.draft.positions[0].title == "Mathematician"
    (again,) = importing.preview([path], mappings=importing.remembered(book))
    assert again.table is not None
    assert again.table.remembered
    assert again.table.mapping.fields[4] is ColumnField.TITLE
    book.undo()
    assert importing.remembered(book) == {}


def test_a_column_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    seen = importing.preview([saved(tmp_path, samples.OTHER)])
    with pytest.raises(KeepwarmError) as raised:
        importing.corrected(seen, {"height": ColumnField.NOTES})
    assert raised.value.code is ErrorCode.COLUMN_UNKNOWN


def test_a_preview_shows_names_in_the_code_page_chosen(tmp_path: Path) -> None:
    path = saved(
        tmp_path, "Name,Email\nИван Петров,ivan@example.org\nАнна Орлова,anna@example.org\n".encode("cp1251")
    )
    (seen,) = importing.preview([path], encoding="cp1251")
    assert (seen.encoding, seen.names) == ("cp1251", ("Иван Петров", "Анна Орлова"))
    (wrong,) = importing.preview([path], encoding="cp1252")
    assert wrong.names[0].startswith("Èâàí")


@pytest.mark.parametrize(
    "text", ["Name,Email\n", "Company Name,Started\n", "Dear all, this is\nprose, only.\n", "{}\n"]
)
def test_a_file_with_content_and_no_contacts_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(KeepwarmError) as raised:
        importing.read_files([saved(tmp_path, text)], Progress())
    assert raised.value.code in {ErrorCode.FILE_EMPTY, ErrorCode.FILE_UNKNOWN}


SIGNATURE = """\
Best regards,
Maria Braun
Head of Data | Orbital GmbH
M: +49 171 1234567 | T +49 30 123456
maria.braun@orbital.example
www.orbital.example
https://www.linkedin.com/in/maria-braun
"""


def test_a_pasted_signature_becomes_a_person(book: Book) -> None:
    with importing.read_text(SIGNATURE, Progress()) as read:
        importing.apply(book, importing.plan(book, read, Progress(), today=TODAY), Progress(), today=TODAY)
    draft = people.card(book, only(book), today=TODAY).draft
    assert (draft.display_name, draft.linkedin) == ("Maria Braun", LINKEDIN_PROFILE + "maria-braun")
    assert (draft.positions[0].title, draft.positions[0].company) == ("Head of Data", "Orbital GmbH")
    said = {(point.kind, point.value) for point in draft.contacts}
    assert (ContactKind.EMAIL, "maria.braun@orbital.example") in said
    assert (ContactKind.PHONE, "+49 171 1234567") in said
    assert (ContactKind.PHONE, "+49 30 123456") in said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lovelace <ada@example.org>", "Ada Lovelace"),
        ('"Lovelace, Ada" <ada@example.org>', "Lovelace, Ada"),
        ("ada@example.org", "ada@example.org"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\nEND:VCARD", "Ada Lovelace"),
        ("Name\tEmail\nAda Lovelace\tada@example.org\n", "Ada Lovelace"),
    ],
)
def test_what_can_be_pasted(text: str, name: str) -> None:
    with importing.read_text(text, Progress()) as read:
        assert [card.person.display_name for card in read.cards if card.person] == [name]


@pytest.mark.parametrize("text", ["", "  \n", "Hello, how are you?"])
def test_a_pasted_text_without_a_contact_is_an_error(text: str) -> None:
    with pytest.raises(KeepwarmError) as raised:
        importing.read_text(text, Progress())
    assert raised.value.code is ErrorCode.TEXT_EMPTY


def test_every_cell_is_kept_beside_the_person(book: Book, tmp_path: Path) -> None:
    bring(book, saved(tmp_path, samples.GOOGLE_OLD))
    assert count(book, "source_card") == 2


def test_rows_that_cant_be_read_are_saved_with_their_header_and_import_once_mended(
    book: Book, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    wide = "Zed," + "x," * 3000
    rows = (
        "Name,Email,Phone",
        "Ana Lima,ana@example.org,1",
        ",,5550100" + "",
        wide,
        '"Bo ""B"" Berg",bo@example.org,',
    )
    file.write_text("\n".join(rows), encoding="utf-8")
    with importing.read_files((file,), Progress()) as read:
        problems = [problem for problem in read.problems if problem.fatal]
        assert len(read.failed) == len(problems) == 1
        assert read.failed.ending == ".csv"
    saved = tmp_path / "failed.csv"
    assert read.failed.save(saved, wording.problem) == (saved,)
    head, row = saved.read_text("utf-8").splitlines()
    assert head == '"Keepwarm: couldn\'t be read because",Name,Email,Phone'
    assert row == f'"Damaged in a way we can’t read",{wide}'

    saved.write_text(f'{head}\n"why ever",Zed Zu,zed@example.org,12\n', encoding="utf-8")
    with importing.read_files((saved,), Progress()) as again:
        (card,) = again.cards
        plan = importing.plan(book, again, Progress(), today=TODAY)
        assert importing.apply(book, plan, Progress(), today=TODAY).counts.new == 1
    assert card.person is not None
    assert card.person.display_name == "Zed Zu"
    with book.read() as session:
        assert "why ever" not in str(
            session.connection().exec_driver_sql("SELECT raw FROM source_card").all()
        )


def test_cards_and_rows_that_cant_be_read_go_to_files_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Name,Email\nZed," + "x," * 3000 + "\nBo,bo@example.org\n", encoding="utf-8"
    )
    (tmp_path / "b.vcf").write_text(
        "BEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:Cy\nEND:VCARD\n", encoding="utf-8"
    )
    with importing.read_files((tmp_path / "a.csv", tmp_path / "b.vcf"), Progress()) as read:
        pass
    (tmp_path / "failed.csv").write_text("mine", encoding="utf-8")
    written = read.failed.save(tmp_path / "failed.vcf", wording.problem)
    assert [file.name for file in written] == ["failed.vcf", "failed 2.csv"]
    assert (tmp_path / "failed.csv").read_text("utf-8") == "mine"


def timeline(book: Book, name: str) -> list[tuple[str, Direction, str]]:
    rows = touches.timeline(book, named(book, name))
    return [(row.on.isoformat(), row.direction, row.note) for row in rows]


def test_messages_and_invitations_are_touches_with_whom_they_were(book: Book, tmp_path: Path) -> None:
    counts = bring(book, zipped(tmp_path, LINKEDIN)).counts
    assert_adds_up(counts)
    assert timeline(book, "Ana Silva") == [
        ("2025-06-03", Direction.SENT, "Thank you"),
        ("2025-06-01", Direction.HEARD, "Yes, gladly"),
        ("2023-01-29", Direction.SENT, "We met in Porto"),
    ]
    assert people.card(book, named(book, "Ana Silva"), today=TODAY).row.last_touch_on == date(2025, 6, 3)
    assert people.card(book, named(book, "Ana Silva"), today=TODAY).draft.notes == "Likes sailing"
    assert_whole(book)


def test_an_export_imported_again_adds_no_touch(book: Book, tmp_path: Path) -> None:
    path = zipped(tmp_path, LINKEDIN)
    bring(book, path)
    before = dump(book)
    plan = planned(book, path)
    assert (len(plan.basis.touches.new), plan.basis.touches.known, plan.basis.touches.strangers) == (0, 5, 0)
    assert bring(book, path).batch_id is None
    assert dump(book) == before


def test_a_touch_that_was_deleted_is_not_brought_again(book: Book, tmp_path: Path) -> None:
    path = zipped(tmp_path, LINKEDIN)
    bring(book, path)
    ana = named(book, "Ana Silva")
    touches.delete(book, touches.timeline(book, ana)[0].id, today=TODAY)
    bring(book, path)
    assert len(timeline(book, "Ana Silva")) == 2


def test_messages_alone_find_people_of_the_book(book: Book, tmp_path: Path) -> None:
    a_person(book, "Ana Silva", linkedin="ana-silva-1", every="3 months")
    done = bring(book, saved(tmp_path, samples.MESSAGES, "messages.csv"))
    assert done.batch_id is not None
    assert len(timeline(book, "Ana Silva")) == 2
    plan = planned(book, saved(tmp_path, samples.MESSAGES, "messages.csv"))
    assert (plan.basis.touches.known, plan.basis.touches.strangers) == (2, 1)
    assert_whole(book)


def test_old_messages_find_people_by_name_only_among_connections(book: Book, tmp_path: Path) -> None:
    a_person(book, "Dee Marsh")
    old = saved(tmp_path, samples.MESSAGES_2019, "messages.csv")
    assert planned(book, old).basis.touches.strangers == 2
    bring(book, old, saved(tmp_path, samples.CONNECTIONS_2019, "Connections.csv"))
    assert count(book, "touch") == 2


def test_touches_with_somebody_left_out_are_left_out_too(book: Book, tmp_path: Path) -> None:
    with importing.read_files([zipped(tmp_path, LINKEDIN)], Progress()) as read:
        plan = importing.plan(book, read, Progress(), today=TODAY)
        ana = [line.index for line in plan.lines if line.name == "Ana Silva"]
        importing.apply(book, importing.choose(plan, ana, included=False), Progress(), today=TODAY)
    assert count(book, "touch") == 2


def test_undo_takes_touches_back_with_their_people(book: Book, tmp_path: Path) -> None:
    a_person(book, "Ana Silva", linkedin="ana-silva-1")
    before = dump(book)
    bring(book, zipped(tmp_path, LINKEDIN))
    after = dump(book)
    book.undo()
    assert dump(book) == before
    book.redo()
    assert dump(book) == after
    assert_whole(book)


def test_an_import_undone_long_after_takes_its_touches(book: Book, tmp_path: Path) -> None:
    a_person(book, "Ana Silva", linkedin="ana-silva-1")
    done = bring(book, zipped(tmp_path, LINKEDIN))
    assert done.batch_id is not None
    batches.undo(book, done.batch_id)
    assert count(book, "touch") == count(book, "touch_source") == 0
    assert people.card(book, named(book, "Ana Silva"), today=TODAY).row.last_touch_on is None
    assert_whole(book)
    bring(book, zipped(tmp_path, LINKEDIN))
    assert len(timeline(book, "Ana Silva")) == 3
