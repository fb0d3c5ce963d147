"""`keepwarm import`: what it takes, what it says before it does it, what columns mean."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.formats.tables import samples

Keepwarm = Callable[..., Ran]


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def names(keepwarm: Keepwarm) -> set[str]:
    return {one["name"] for one in keepwarm("people", "--json").document}


def test_a_dry_run_says_who_comes_and_makes_no_book(keepwarm: Keepwarm, cards: Path, book_path: Path) -> None:
    ran = keepwarm("import", str(cards), "--dry-run")
    assert ran.out.startswith("Would import 3 of 4: 3 new")
    assert "  Ada Lovelace, Analyst, Analytical Engines" in ran.out
    assert "phone.vcf, line 22: Nothing in it" in ran.out
    assert not book_path.exists()


def test_the_plan_is_in_the_document_of_a_dry_run(keepwarm: Keepwarm, cards: Path) -> None:
    document = keepwarm("import", str(cards), "--dry-run", "--json").document
    assert [one["fate"] for one in document["plan"]] == ["new", "new", "new", "failed"]
    parts = ("new", "updated", "same", "possible_duplicates", "left_out", "failed")
    assert document["read"] == sum(document[part] for part in parts)
    assert "plan" not in keepwarm("import", str(cards), "--json").document


@pytest.mark.parametrize(
    ("data", "who"),
    [
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lovelace\r\nEND:VCARD\r\n", "Ada Lovelace"),
        (samples.CONNECTIONS_2019.encode(), "Dee Marsh"),
        (b"Ada Lovelace\nAnalyst, Analytical Engines\nada@engines.example\n", "Ada Lovelace"),
        ("BEGIN:VCARD\nVERSION:2.1\nFN:Jördis\nEND:VCARD\n".encode("cp1252"), "Jördis"),
    ],
    ids=["card", "table", "signature", "old card"],
)
def test_what_is_piped_in_is_read(
    keepwarm: Keepwarm, monkeypatch: pytest.MonkeyPatch, data: bytes, who: str
) -> None:
    piped(monkeypatch, data)
    assert keepwarm("import", "-").code == 0
    assert who in names(keepwarm)


def test_nothing_in_the_pipe_is_an_error(keepwarm: Keepwarm, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"Hello\n")
    ran = keepwarm("import", "-")
    assert ran.code == 1
    assert "There is no contact in this text." in ran.err


def test_the_pipe_stands_alone(keepwarm: Keepwarm, cards: Path) -> None:
    assert keepwarm("import", "-", str(cards)).code == 2


def test_a_star_is_expanded_where_the_shell_did_not(keepwarm: Keepwarm, cards: Path) -> None:
    assert keepwarm("import", str(cards.parent / "*.vcf")).code == 0
    assert "Ada Lovelace" in names(keepwarm)


def test_a_star_that_fits_nothing_is_one_line(keepwarm: Keepwarm, tmp_path: Path) -> None:
    ran = keepwarm("import", str(tmp_path / "*.csv"))
    assert ran.code == 1
    assert "*.csv" in ran.err


def test_a_folder_without_contacts_says_what_it_needs(keepwarm: Keepwarm, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    ran = keepwarm("import", str(folder))
    assert ran.code == 1
    assert "no files of contacts" in ran.err
    assert "CSV" in ran.err


def test_a_column_means_what_is_said_and_that_is_remembered(keepwarm: Keepwarm, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("wer;code\nLovelace;ada@example.org\n", "utf-8")
    keepwarm("import", str(table), "--map", "wer=family", "--map", "code=email")
    assert names(keepwarm) == {"Lovelace"}
    table.write_text("wer;code\nBabbage;charles@example.org\n", "utf-8")
    keepwarm("import", str(table))
    assert names(keepwarm) == {"Lovelace", "Babbage"}


def test_a_column_that_is_not_there_is_told_with_those_that_are(keepwarm: Keepwarm, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("wer;code\nLovelace;ada@example.org\n", "utf-8")
    ran = keepwarm("import", str(table), "--map", "who=family")
    assert ran.code == 1
    assert "wer, code" in ran.err


def test_a_column_that_is_not_taken_over_is_named_and_taken_once_it_is_mapped(
    keepwarm: Keepwarm, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Name,E-mail,Favourite colour,Shoe\nAda Lovelace,ada@example.org,Green,\n", "utf-8")
    told = 'Not taken over: Favourite colour (--map "Favourite colour=notes")'
    assert told in keepwarm("import", str(table), "--dry-run").out
    assert told in keepwarm("import", str(table)).out
    mapped = ("import", str(table), "--map", "favourite colour=notes")
    ran = keepwarm(*mapped)
    assert "1 updated" in ran.out
    assert "Not taken over" not in ran.out
    assert keepwarm("person", "1", "--json").document["notes"] == "Green"
    keepwarm("undo")
    assert "1 updated" in keepwarm(*mapped).out
    assert "1 unchanged" in keepwarm(*mapped).out


def test_a_table_without_names_of_columns_is_refused_until_they_are_said(
    keepwarm: Keepwarm, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Ada,Orbital,ada@example.org\nBo,Lumen,bo@example.org\n", "utf-8")
    ran = keepwarm("import", str(table))
    assert ran.code == 1
    assert "Column 1 “Ada”, Column 2 “Orbital”" in ran.err
    assert '--map "Column 1=name"' in ran.err
    assert keepwarm("import", str(table), "--map", "Column 1=name", "--map", "Column 2=company").code == 0
    shown = {(one["name"], one["company"]) for one in keepwarm("people", "--json").document}
    assert shown == {("Ada", "Orbital"), ("Bo", "Lumen")}


def test_a_table_of_unknown_columns_names_them_and_how_to_say_what_they_are(
    keepwarm: Keepwarm, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Zork;Blarg;Quux\na;b;c\nd;e;f\n", "utf-8")
    ran = keepwarm("import", str(table))
    assert ran.code == 1
    assert "“Zork”, “Blarg”, “Quux”" in ran.err
    assert '--map "Zork=name"' in ran.err
    wrong = keepwarm("import", str(table), "--map", "Blarg=colour")
    assert wrong.code == 2
    assert '"colour" isn\'t what a column can hold: ignore, name, given' in wrong.err
    assert keepwarm("import", str(table), "--map", "Zork=name").code == 0
    assert names(keepwarm) == {"a", "d"}


@pytest.mark.parametrize("name", ["list.csv", "list.txt"])
def test_a_file_that_is_no_table_is_told_as_that(keepwarm: Keepwarm, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("{\n  1\n}\n", "utf-8")
    assert "isn’t a vCard or a table of contacts" in keepwarm("import", str(file)).err


def test_the_profile_in_a_file_of_linkedin_is_among_the_links(keepwarm: Keepwarm, tmp_path: Path) -> None:
    table = tmp_path / "Connections.csv"
    table.write_text(samples.CONNECTIONS, "utf-8")
    keepwarm("import", str(table))
    (link,) = keepwarm("person", "1", "--json").document["links"]
    assert link.startswith("https://www.linkedin.com/in/")
    assert link in keepwarm("person", "1").out


def test_letters_are_read_as_said(keepwarm: Keepwarm, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_bytes(samples.CONNECTIONS_2019.replace("Dee", "Łukasz").encode("cp1250"))
    keepwarm("import", str(table), "--encoding", "cp1250")
    assert "Łukasz Marsh" in names(keepwarm)


def test_an_archive_of_linkedin_brings_touches_and_a_newer_one_news(
    keepwarm: Keepwarm, tmp_path: Path
) -> None:
    archive = tmp_path / "Basic_LinkedInDataExport.zip"

    def pack(connections: str) -> None:
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("Connections.csv", connections)
            packed.writestr("messages.csv", samples.MESSAGES)

    pack(samples.CONNECTIONS)
    first = json.loads(keepwarm("import", str(archive), "--json").out)
    assert first["touches"]["new"] > 0
    assert first["left_out"] == 1
    pack(samples.CONNECTIONS.replace("Orbital, Inc.", "Lumen Grid"))
    ran = keepwarm("import", str(archive))
    assert "Since the last file: 1 moved to another company." in ran.out
    assert "are here already" in ran.out


def test_messages_alone_are_no_failure(keepwarm: Keepwarm, tmp_path: Path) -> None:
    (tmp_path / "messages.csv").write_text(samples.MESSAGES, "utf-8")
    ran = keepwarm("import", str(tmp_path / "messages.csv"))
    assert ran.code == 0
    assert "people who aren’t here" in ran.out


def test_touches_are_listed_with_their_import_and_go_with_it(keepwarm: Keepwarm, tmp_path: Path) -> None:
    for name, content in (("Connections.csv", samples.CONNECTIONS), ("messages.csv", samples.MESSAGES)):
        (tmp_path / name).write_text(content, "utf-8")
        ran = keepwarm("import", str(tmp_path / name))
    assert ran.out == "Messages and invitations: 3 become touches.\n"
    assert "3 touches" in keepwarm("batches").out
    assert keepwarm("undo-import", "2").out == "Took away 3 touches.\n"
    assert "3 touches" not in keepwarm("batches").out
    assert keepwarm("person", "Ana Silva").out.count("Message") == 0


CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{email}\nEND:VCARD\n"


def test_a_file_that_is_missing_beside_a_good_one_is_told_and_counted_apart(
    keepwarm: Keepwarm, tmp_path: Path
) -> None:
    (tmp_path / "good.vcf").write_text(CARD.format(name="Ana Lima", email="ana@x.example"))
    ran = keepwarm(
        "import", str(tmp_path / "good.vcf"), str(tmp_path / "gone.vcf"), "--failed", str(tmp_path / "f")
    )
    assert ran.code == 1
    assert ran.out.startswith(
        "Imported 1 of 1: 1 new, 0 updated, 0 unchanged, 1 file couldn't be read.\ngone.vcf: The file"
    )
    assert "whole files, not records" in ran.out
    assert names(keepwarm) == {"Ana Lima"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cut.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Lima\nTEL:+351 9"),
        ("cut.csv", 'Name,Email,Title\nBo Yi,bo@x.example,Buyer\nAna Lima,ana@x.example,"Engin'),
    ],
)
def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes_and_said_to_be(
    keepwarm: Keepwarm, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    ran = keepwarm("import", str(tmp_path / name))
    assert ran.code == 0
    assert "may have been cut off" in ran.out
    assert f"{name}, line " in ran.out
    assert "Ana Lima" in names(keepwarm)


def test_two_of_a_name_in_one_file_are_added_counted_and_said_to_be_alike(
    keepwarm: Keepwarm, tmp_path: Path
) -> None:
    cards = [CARD.format(name="Ana Lima", email=f"ana{number}@x.example") for number in range(2)]
    (tmp_path / "two.vcf").write_text("".join(cards))
    ran = keepwarm("import", str(tmp_path / "two.vcf"))
    assert "1 possibly twice in what was read" in ran.out
    assert "2 added" in keepwarm("batches").out
    assert "“keepwarm duplicates” shows who may be the same" in ran.out


def test_of_many_that_cant_be_read_some_are_named_and_it_says_how_to_see_all(
    keepwarm: Keepwarm, tmp_path: Path
) -> None:
    (tmp_path / "bad.vcf").write_text(
        "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n" * 30 + CARD.format(name="A", email="a@x.example")
    )
    ran = keepwarm("import", str(tmp_path / "bad.vcf"))
    assert "… and 10 more; --json lists all" in ran.out
    assert ran.out.count("Nothing in it") == 20


def test_what_couldnt_be_read_is_counted_as_records_and_files(keepwarm: Keepwarm, tmp_path: Path) -> None:
    nobody = "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"
    (tmp_path / "one.vcf").write_text(nobody + CARD.format(name="Ana Lima", email="ana@x.example"))
    ran = keepwarm("import", str(tmp_path))
    assert ran.code == 0
    assert "Imported 1 of 2: 1 new, 0 updated, 0 unchanged, 1 couldn't be read." in ran.out
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("Zork;Blarg\nfoo;bar\n")
    ran = keepwarm("import", str(tmp_path))
    assert ran.code == 1
    assert "Imported 0 of 2: 0 new, 0 updated, 1 unchanged, 1 record and 2 files couldn't be read." in ran.out
    document = keepwarm("import", str(tmp_path), "--dry-run", "--json").document
    assert (document["read"], document["failed"], document["unreadable_files"]) == (4, 3, 2)


def test_a_folder_of_calendars_and_something_else_says_how_to_bring_them_in(
    keepwarm: Keepwarm, tmp_path: Path
) -> None:
    folder = tmp_path / "diary"
    folder.mkdir()
    (folder / "a.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    ran = keepwarm("import", str(folder))
    assert ran.code == 1
    assert "*.ics" in ran.err
