"""People out: cards that come back unchanged, tables no spreadsheet runs, a whole book row by row."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from crm.app import checkins, exporting, goals, preferences, samples, wholebook
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.cadence import parse_interval
from crm.domain.card import CardDraft
from crm.domain.exportform import ExportForm, PeopleExport, Whom
from crm.domain.goal import Goal
from crm.domain.person import ContactKind, ContactPoint, DateKind, ImportantDate, PartialDate
from crm.domain.query import PeopleQuery
from crm.domain.report import Effort
from crm.errors import Cancelled, Invalid, KeepwarmError
from crm.formats import tables
from tests.builders import TODAY, a_book, a_company, a_person, a_tag_rule, a_touch, dump
from tests.cards_compared import CORPUS, OWN, bring_in, compare, meant_by, write_cards
from tests.formats.tables.samples import SAMPLES

NOBODY_LEFT_OUT = Whom()
_TABLES = [name for name in SAMPLES if name not in {"messages", "invitations"}]


def export(book: Book, path: Path, form: ExportForm, whom: Whom = NOBODY_LEFT_OUT, **options: object) -> Path:
    wanted = PeopleExport(form, whom, **options)  # type: ignore[arg-type]
    assert exporting.export(book, path, wanted, Progress(), today=TODAY).path == path
    return path


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book with something of everything."""
    made = a_book(tmp_path)
    bring_in(made, OWN[0])
    ada = a_person(made, "Ada Lovelace", company="Engines, Ltd", title="=cmd|'/c calc'!A1", email="ada@e.example", every="6 weeks",
                   tags=("Close", "Maths"), notes="a;b\n\nc", how_met="tea", starred=True)  # fmt: skip
    a_company(made, "Empty Co", every="3 months", target=True)
    a_touch(made, ada, on=TODAY, note="Talked")
    a_tag_rule(made, "Maths", "2 weeks")
    checkins.snooze(made, [ada], TODAY.replace(day=20), today=TODAY)
    return made


@pytest.mark.parametrize(
    ("path", "version"),
    [*((path, "3.0") for path in (*OWN, *CORPUS)), *((path, "4.0") for path in (*OWN, *CORPUS[::4]))],
    ids=lambda one: one if isinstance(one, str) else one.name,
)
def test_every_property_comes_out_as_it_came_and_changes_nothing_when_it_returns(
    tmp_path: Path, path: Path, version: str
) -> None:
    here = a_book(tmp_path)
    try:
        bring_in(here, path)
    except KeepwarmError:
        return  # no card in it, which other tests are about
    out = tmp_path / "out.vcf"
    if not write_cards(here, out, version):
        return  # only problems
    found = compare(path, out)
    assert (found.lost, found.made) == ([], [])
    before = dump(here)
    assert bring_in(here, out).same == bring_in(here, out).read
    assert dump(here) == before


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_book_of_every_sample_says_the_same_after_a_way_through_cards(tmp_path: Path, version: str) -> None:
    here, there, out = a_book(tmp_path), a_book(tmp_path, "there.keepwarm"), tmp_path / "out.vcf"
    bring_in(here, *OWN, *CORPUS)
    write_cards(here, out, version)
    bring_in(there, out)
    assert meant_by(there) == meant_by(here)


def test_exporting_what_came_from_an_export_gives_the_same_file(book: Book, tmp_path: Path) -> None:
    first = export(book, tmp_path / "1.vcf", ExportForm.VCARD)
    other = a_book(tmp_path, "other.keepwarm")
    bring_in(other, first)
    assert export(other, tmp_path / "2.vcf", ExportForm.VCARD).read_bytes() == first.read_bytes()


@pytest.mark.parametrize(
    "source", [*OWN, *_TABLES], ids=lambda one: one if isinstance(one, str) else one.name
)
def test_what_any_program_wrote_goes_in_and_out_twice_without_a_change(
    tmp_path: Path, source: Path | str
) -> None:
    path = source if isinstance(source, Path) else tmp_path / f"{source}.csv"
    if isinstance(source, str):
        path.write_bytes(SAMPLES[source])
    here, there = a_book(tmp_path), a_book(tmp_path, "there.keepwarm")
    bring_in(here, path)
    out = [tmp_path / f"{number}.vcf" for number in range(3)]
    write_cards(here, out[0], "3.0")
    before = dump(here)
    for _ in range(2):
        counts = bring_in(here, out[0])
        assert counts.same == counts.read
        assert dump(here) == before
    bring_in(there, out[0])
    write_cards(there, out[1], "3.0")
    bring_in(there, out[1])
    write_cards(there, out[2], "3.0")
    first, second, third = (one.read_bytes() for one in out)
    assert sorted(first.splitlines()) == sorted(second.splitlines())
    assert second == third


def test_what_reads_otherwise_in_one_card_than_in_the_two_it_came_in_changes_nothing(tmp_path: Path) -> None:
    here, out = a_book(tmp_path), tmp_path / "out.vcf"
    shared = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\nEMAIL:ada@e.example\n"
    path = tmp_path / "two.vcf"
    path.write_text(f"{shared}ORG:Engines\nEND:VCARD\n{shared}TITLE:Analyst\nEND:VCARD\n")
    assert bring_in(here, path).new == 1
    write_cards(here, out, "4.0")
    before = dump(here)
    assert bring_in(here, out).same == 1
    assert dump(here) == before
    changed = out.read_bytes().replace(b"TITLE:Analyst", b"TITLE:Countess")
    out.write_bytes(changed)
    assert bring_in(here, out).updated == 1  # it says what the book doesn't


def test_a_whole_book_in_a_folder_comes_back_equal(book: Book, tmp_path: Path) -> None:
    folder = export(book, tmp_path / "all", ExportForm.FOLDER, readme="Hello")
    assert sorted(one.name for one in folder.iterdir()) == [
        "README.txt",
        "book.json",
        "contacts.vcf",
        "photos",
    ]
    other = a_book(tmp_path, "other.keepwarm")
    found = wholebook.found_in([folder])
    assert found is not None
    wholebook.bring_back(other, wholebook.read(found), Progress())
    assert dump(other) == dump(book)
    other.undo()
    assert wholebook.is_empty(other)


def test_a_book_in_use_with_settings_of_its_own_comes_back_equal(tmp_path: Path) -> None:
    made, other = a_book(tmp_path), a_book(tmp_path, "other.keepwarm")
    samples.fill(made, today=TODAY)
    kept = preferences.get(made)
    preferences.save(made, replace(kept, per_day=4, country="PT", quiet=()), today=TODAY)
    goals.aim(made, Goal(Effort.MESSAGE, 5), today=TODAY)
    path = export(made, tmp_path / "book.json", ExportForm.BOOK)
    wholebook.bring_back(other, wholebook.read(path), Progress())
    assert dump(other) == dump(made)
    assert preferences.get(other) == preferences.get(made)


def test_a_whole_book_in_one_file_brings_its_pictures(tmp_path: Path) -> None:
    made, other = a_book(tmp_path), a_book(tmp_path, "other.keepwarm")
    bring_in(made, next(path for path in OWN if "4.0" in path.name))
    path = export(made, tmp_path / "book.json", ExportForm.BOOK)
    wholebook.bring_back(other, wholebook.read(path), Progress())
    assert dump(other) == dump(made)
    write_cards(made, tmp_path / "1.vcf", "3.0")
    write_cards(other, tmp_path / "2.vcf", "3.0")
    assert b"PHOTO;ENCODING=b" in (tmp_path / "1.vcf").read_bytes()
    assert (tmp_path / "1.vcf").read_bytes() == (tmp_path / "2.vcf").read_bytes()


def test_a_whole_book_goes_into_an_empty_one_only(book: Book, tmp_path: Path) -> None:
    found = wholebook.read(export(book, tmp_path / "book.json", ExportForm.BOOK))
    before = dump(book)
    with pytest.raises(Invalid):
        wholebook.bring_back(book, found, Progress())
    assert dump(book) == before


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("person", "added_on", "yesterday"), ("person", "display_name", 7), ("touch_person", "person_id", 999), ("person", "standing", "evil"),
     ("person", "starred", "yes"), ("tag", "every_unit", ";week"), ("contact_point", "kind", "emax"),
     ("touch", "kind", "telepathy"), ("nonsense", "id", 1)],
)  # fmt: skip
def test_a_document_that_was_tampered_with_changes_nothing(
    book: Book, tmp_path: Path, table: str, column: str, value: object
) -> None:
    path = export(book, tmp_path / "book.json", ExportForm.BOOK)
    document = json.loads(path.read_text("utf-8"))
    document["tables"].setdefault(table, [{}])[0][column] = value
    path.write_text(json.dumps(document), "utf-8")
    other = a_book(tmp_path, "other.keepwarm")
    with pytest.raises(KeepwarmError):
        wholebook.bring_back(other, wholebook.read(path), Progress())
    assert wholebook.is_empty(other)


def test_a_document_of_a_newer_version_is_refused(book: Book, tmp_path: Path) -> None:
    path = export(book, tmp_path / "book.json", ExportForm.BOOK)
    document = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(document | {"schema": 9999}), "utf-8")
    with pytest.raises(KeepwarmError, match="book_too_new"):
        wholebook.read(path)


def test_no_cell_is_a_formula_and_every_cell_is_read_back(book: Book, tmp_path: Path) -> None:
    a_person(book, "@sum", company="+1", title="-2", notes="\tx", tags=("'=1",), email="a@b.example",
             contacts=(ContactPoint(ContactKind.PHONE, "+44 20 7946 0958"),))  # fmt: skip
    for form in (ExportForm.CSV, ExportForm.GOOGLE_CSV):
        path = export(book, tmp_path / f"{form.value}.csv", form)
        assert (path.read_bytes()[:3] == tables.BOM) == (form is ExportForm.CSV)
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
        back = {one.display_name: one for one in _read_table(path)}
        assert {"@sum", "Ada Lovelace"} <= set(back)
        jobs = [job.title for job in back["Ada Lovelace"].positions]
        assert form is ExportForm.GOOGLE_CSV or jobs == ["=cmd|'/c calc'!A1"]


def _read_table(path: Path) -> list:  # type: ignore[type-arg]
    with path.open("rb") as stream:
        shape = tables.examine(stream.read(1 << 16))
        stream.seek(0)
        assert shape is not None
        found = tables.read(stream, path.name, shape)
        return [one.person for one in found if isinstance(one, CardDraft) and one.person is not None]


def test_one_file_per_person_has_safe_names_each_once(tmp_path: Path) -> None:
    made = a_book(tmp_path)
    for name in ("Ada", "ada", "../../etc/passwd", "CON", "a/b:c*?", ".hidden", "\u202egnp.exe", "x" * 400):
        a_person(made, name)
    folder = export(made, tmp_path / "each", ExportForm.VCARD_EACH)
    names = sorted(one.name for one in folder.rglob("*"))
    assert len(names) == 8
    assert {"Ada.vcf", "ada (2).vcf", "_CON.vcf", "hidden.vcf", "gnp.exe.vcf"} <= set(names)
    assert all(len(name.encode()) < 200 and "/" not in name for name in names)
    assert [one for one in tmp_path.iterdir() if one.name.startswith("each")] == [folder]


def test_some_people_a_company_or_a_tag(book: Book, tmp_path: Path) -> None:
    (ada,) = exporting.chosen(book, Whom(queries=(PeopleQuery(tag="Maths"),)), today=TODAY)
    for whom in (Whom(people=(ada,)), Whom(queries=(PeopleQuery(tag="Maths"), PeopleQuery(text="lovelace")))):
        path = export(book, tmp_path / "some.vcf", ExportForm.VCARD, whom, replace=True)
        assert path.read_bytes().count(b"BEGIN:VCARD") == 1
    with pytest.raises(Invalid):
        export(book, tmp_path / "none.vcf", ExportForm.VCARD, Whom(queries=(PeopleQuery(text="nobody"),)))
    with pytest.raises(Invalid):
        export(book, tmp_path / "some.json", ExportForm.BOOK, Whom(people=(ada,)))


def test_nothing_is_replaced_unasked_and_never_a_book(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "here.vcf"
    path.write_text("mine")
    with pytest.raises(KeepwarmError):
        export(book, path, ExportForm.VCARD)
    assert path.read_text() == "mine"
    export(book, path, ExportForm.VCARD, replace=True)
    with pytest.raises(KeepwarmError):
        export(book, book.path, ExportForm.VCARD, replace=True)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(KeepwarmError):
        export(book, folder, ExportForm.FOLDER)
    export(book, folder, ExportForm.FOLDER, replace=True)
    assert (folder / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "form", [ExportForm.VCARD, ExportForm.CSV, ExportForm.GOOGLE_CSV, ExportForm.VCARD_EACH]
)
def test_an_empty_book_has_nobody_to_export(tmp_path: Path, form: ExportForm) -> None:
    with pytest.raises(Invalid):
        export(a_book(tmp_path), tmp_path / "out", form)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", list(ExportForm))
def test_a_cancelled_export_leaves_nothing(book: Book, tmp_path: Path, form: ExportForm) -> None:
    progress = Progress()
    progress.cancel()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        exporting.export(book, tmp_path / "out", PeopleExport(form), progress, today=TODAY)
    assert sorted(tmp_path.iterdir()) == before


def test_a_picture_elsewhere_goes_in_and_out_as_its_address_and_is_never_fetched(tmp_path: Path) -> None:
    addresses = ("https://pictures.example/ada.png", "file:///etc/hostname")
    cards = (f"BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nPHOTO:{one}\nEND:VCARD\n" for one in addresses)
    (tmp_path / "in.vcf").write_text("".join(cards))
    made = a_book(tmp_path)
    bring_in(made, tmp_path / "in.vcf")
    write_cards(made, tmp_path / "out.vcf", "3.0")
    out = (tmp_path / "out.vcf").read_bytes()
    assert all(f"PHOTO:{one}\r\n".encode() in out for one in addresses)


def test_somebody_known_by_their_company_only_stays_a_person(tmp_path: Path) -> None:
    made = a_book(tmp_path)
    a_person(made, "Engines", company="Engines", email="hello@engines.example")
    before = dump(made)
    write_cards(made, tmp_path / "out.vcf", "3.0")
    assert bring_in(made, tmp_path / "out.vcf").same == 1
    assert dump(made) == before


def test_people_made_here_are_found_again_whatever_they_are_called(tmp_path: Path) -> None:
    made = a_book(tmp_path)
    a_person(made, "Ada")
    a_person(made, "Ada", every=parse_interval("3 weeks"), linkedin="ada-l",
             dates=(ImportantDate(DateKind.OTHER, PartialDate(1990, 2, 3), "First tea"),))  # fmt: skip
    before = dump(made)
    write_cards(made, tmp_path / "out.vcf", "3.0")
    assert bring_in(made, tmp_path / "out.vcf").same == 2
    assert dump(made) == before
