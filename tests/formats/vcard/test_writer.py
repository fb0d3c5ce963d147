"""Cards out: what nobody changed as it came, the rest regenerated in its place, and never a line too many."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.app.drafts import tidy_person
from crm.domain.card import CardDraft, CardKind
from crm.domain.exportrecord import ExportRecord
from crm.domain.importrecord import SourceText
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PersonName,
    PositionDraft,
)
from crm.formats import vcard
from tests.builders import TODAY
from tests.formats.vcard.samples import only

ADA = PersonDraft("Ada Lovelace", PersonName("Lovelace", "Ada"))
COMPANY, TITLE, VERSION = (
    st.sampled_from("ABC"),
    st.sampled_from(["", "x", "y"]),
    st.sampled_from(vcard.VERSIONS),
)
JOBS = st.builds(PositionDraft, COMPANY, TITLE)
CARDS = st.lists(st.tuples(st.sampled_from(["", "a.", "b."]), COMPANY, TITLE), min_size=1, max_size=3)


def record(*lines: str, version: str = "3.0", **changes: object) -> ExportRecord:
    """Describe the person of a card, changed since it came."""
    draft = only(*lines, version=version)
    assert draft.person is not None
    source = SourceText(draft.version, draft.producer, draft.uid, draft.rev, "", draft.raw)
    person = replace(draft.person, **changes)  # type: ignore[arg-type]
    return ExportRecord(
        CardKind.PERSON, person.display_name, person, uid=draft.uid, photo=draft.photo, sources=(source,)
    )


def written(one: ExportRecord, version: str = "3.0", blobs: dict[str, bytes] | None = None) -> list[str]:
    """Return the unfolded lines of a card between VERSION and END."""
    data = vcard.card_writer(version, (blobs or {}).get)(one)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.endswith(b"END:VCARD\r\n")
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[2:-2]


def fresh(**fields: object) -> ExportRecord:
    """Describe a person no card brought."""
    person = replace(ADA, **fields)  # type: ignore[arg-type]
    return ExportRecord(CardKind.PERSON, person.display_name, person, uid="u-1")


def test_what_nobody_changed_goes_out_in_its_order_with_group_and_parameters() -> None:
    lines = [
        'item1.EMAIL;type=INTERNET;x-odd="a;b":ada@a.example',
        "item1.X-ABLabel:_$!<Work>!$_",
        "NOTE:one\\, two",
        "X-ANYTHING;weird=1:kept \\; as it is",
        "N:Lovelace;Ada;;;",
        "UID:u-1",
    ]
    assert written(record(*lines)) == ["FN:Ada Lovelace", *lines]


def test_a_changed_value_keeps_its_place_group_and_parameters() -> None:
    new = (ContactPoint(ContactKind.EMAIL, "new@a.example", "Work"),)
    lines = written(
        record(
            "N:Lovelace;Ada;;;", "item1.EMAIL;type=HOME:ada@a.example", "item1.X-ABLabel:Work", contacts=new
        )
    )
    assert lines == [
        "FN:Ada Lovelace",
        "N:Lovelace;Ada;;;",
        "item1.EMAIL;type=HOME:new@a.example",
        "item1.X-ABLabel:Work",
    ]


def test_what_was_deleted_takes_its_label_with_it() -> None:
    lines = written(
        record("N:Lovelace;Ada;;;", "item1.URL:https://a.example", "item1.X-ABLabel:Blog", contacts=())
    )
    assert lines == ["FN:Ada Lovelace", "N:Lovelace;Ada;;;"]


def test_a_deleted_address_takes_its_text_with_it() -> None:
    adr = ("ADR;TYPE=home:;;12 Row;York;;;UK", "LABEL;TYPE=home:12 Row\\nYork")
    assert written(record("N:Lovelace;Ada;;;", *adr, contacts=())) == ["FN:Ada Lovelace", "N:Lovelace;Ada;;;"]


def test_what_is_new_comes_last() -> None:
    lines = written(record("N:Lovelace;Ada;;;", "X-LAST:1", tags=("a, b",), notes="hi\nyou"))
    assert lines[-2:] == ["NOTE:hi\\nyou", "CATEGORIES:a\\, b"]


def test_a_new_title_stands_with_its_company_among_several() -> None:
    jobs = (PositionDraft("A", "Boss"), PositionDraft("B", "Queen"))
    lines = written(record("N:L;A;;;", "a.ORG:A", "a.TITLE:Boss", "b.ORG:B", "b.TITLE:Clerk", positions=jobs))
    assert lines[2:] == ["a.ORG:A", "a.TITLE:Boss", "b.ORG:B", "b.TITLE:Queen"]


def test_a_title_stays_with_its_company_when_a_company_before_it_has_none() -> None:
    one, two = record("N:L;A;;;", "ORG:A;"), record("N:L;A;;;", "TITLE:Boss", "ORG:B;Sales")
    jobs = (PositionDraft("A"), PositionDraft("B", "Boss", "Sales"))
    lines = written(_together([one, two], jobs))
    assert lines[2:] == ["ORG:A;", "item1.TITLE:Boss", "item1.ORG:B;Sales"]
    fired = (PositionDraft("A"), PositionDraft("B", "Clerk"))
    lines = written(record("N:L;A;;;", "ORG:A", "TITLE:Boss", "ORG:B", "TITLE:Clerk", positions=fired))
    assert lines[2:] == ["ORG:A", "item1.ORG:B", "item1.TITLE:Clerk"]


@given(st.lists(CARDS, min_size=1, max_size=2), st.none() | st.lists(JOBS, max_size=4, unique=True), VERSION)
def test_titles_are_read_again_at_their_companies_whatever_changed(
    cards: list[list[tuple[str, str, str]]], changed: list[PositionDraft] | None, version: str
) -> None:
    records = [record("N:L;A;;;", *_jobs_told(card)) for card in cards]
    said = [job for one in records if one.person for job in one.person.positions]
    jobs = tuple(dict.fromkeys(said if changed is None else changed))
    found = only(*written(_together(records, jobs), version), version=version).person
    assert found is not None
    assert set(found.positions) == set(jobs)


def _jobs_told(card: list[tuple[str, str, str]]) -> Iterator[str]:
    """Yield ORG and TITLE of each position, in groups of their own if in any."""
    taken: set[str] = set()
    for group, company, title in card:
        own = "" if group in taken else group
        taken.add(group)
        yield f"{own}ORG:{company}"
        if title:
            yield f"{own}TITLE:{title}"


def _together(records: list[ExportRecord], jobs: tuple[PositionDraft, ...]) -> ExportRecord:
    """Describe the one person whom several cards brought."""
    first = records[0]
    assert first.person is not None
    sources = tuple(source for one in records for source in one.sources)
    return replace(first, person=replace(first.person, positions=jobs), sources=sources)


def test_a_position_that_has_ended_goes() -> None:
    jobs = (PositionDraft("A", "Boss", current=False), PositionDraft("B"))
    lines = written(record("N:L;A;;;", "ORG:A", "TITLE:Boss", positions=jobs))
    assert lines[2:] == ["ORG:B"]


def test_a_label_that_changed_is_said_by_its_group() -> None:
    new = (ContactPoint(ContactKind.PHONE, "+1 555", "Boat", ("cell",)),)
    lines = written(record("N:L;A;;;", "TEL;TYPE=cell:+1 555", contacts=new))
    assert sorted(lines[2:]) == ["item1.TEL;TYPE=cell:+1 555", "item1.X-ABLabel:Boat"]


def test_a_note_is_replaced_where_it_stood() -> None:
    lines = written(record("N:L;A;;;", "NOTE:old", "X-LAST:1", notes="new"))
    assert lines[2:] == ["NOTE:new", "X-LAST:1"]


def test_a_stale_revision_goes_with_a_change_and_stays_without() -> None:
    assert "REV:2020" in written(record("N:L;A;;;", "REV:2020"))
    assert "REV:2020" not in written(record("N:L;A;;;", "REV:2020", notes="new"))


def test_two_cards_of_one_person_are_joined_and_their_groups_kept_apart() -> None:
    one = record("N:Lovelace;Ada;;;", "item1.EMAIL:a@a.example", "item1.X-ABLabel:A", "X-A:1", "UID:1")
    two = record(
        "N:Lovelace;Ada;;;", "EMAIL:a@a.example", "item1.TEL:+1 555", "item1.X-ABLabel:B", "X-A:1", "UID:2"
    )
    assert one.person is not None
    assert two.person is not None
    contacts = (*one.person.contacts, two.person.contacts[1])
    both = replace(one, person=replace(one.person, contacts=contacts), sources=(*one.sources, *two.sources))
    assert written(both) == [
        "FN:Ada Lovelace", "N:Lovelace;Ada;;;", "item1.EMAIL:a@a.example", "item1.X-ABLabel:A", "X-A:1", "UID:1",
        "item2.TEL:+1 555", "item2.X-ABLabel:B",
    ]  # fmt: skip


def test_a_2_1_card_becomes_a_lawful_3_0_one() -> None:
    lines = written(
        record(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85ngstr=C3=B6m;Ada",
            "TEL;CELL;PREF:+1 555",
            "NOTE:a, b; c",
            version="2.1",
        )
    )
    assert lines[1:] == ["N:Ångström;Ada;;;", "TEL;TYPE=CELL,pref:+1 555", "NOTE:a\\, b\\; c"]


def test_every_card_has_a_name_and_its_five_parts() -> None:
    assert written(record("N:Lovelace;Ada"))[:2] == ["FN:Ada Lovelace", "N:Lovelace;Ada;;;"]
    assert written(fresh(name=PersonName())) == [
        "FN:Ada Lovelace",
        "N;DERIVED=TRUE:Lovelace;Ada;;;",
        "UID:u-1",
    ]


@pytest.mark.parametrize(
    ("version", "line"),
    [("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10"), ("4.0", "BDAY:--1210")],
)
def test_a_birthday_without_a_year(version: str, line: str) -> None:
    date = ImportantDate(DateKind.BIRTHDAY, PartialDate(month=12, day=10))
    assert line in written(fresh(dates=(date,)), version)
    assert line in written(record("BDAY:--1210", version="4.0"), version)
    assert line in written(record("BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10"), version)


def test_a_picture_goes_as_each_version_has_it() -> None:
    one = record("PHOTO;ENCODING=b;TYPE=PNG:" + "iVBORw0KGgoAAAANSUhEUg==")
    png = {one.photo: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}
    assert "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgoAAAANSUhEUg==" in written(one, "3.0", png)
    assert "PHOTO:data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==" in written(one, "4.0", png)
    assert not any(line.startswith("PHOTO") for line in written(one))  # its bytes are gone


def test_preferred_is_said_as_the_version_says_it() -> None:
    assert "TEL;TYPE=work,pref:1" in written(record("TEL;TYPE=work;PREF=1:1", version="4.0"), "3.0")
    assert "TEL;TYPE=work;PREF=1:1" in written(record("TEL;TYPE=work,pref:1"), "4.0")


TEXT = st.text(max_size=40)
LINE = TEXT.map(lambda text: " ".join(text.split()))


@given(TEXT, TEXT, TEXT, TEXT)
def test_no_text_makes_a_line_of_its_own(name: str, note: str, label: str, value: str) -> None:
    points = tuple(ContactPoint(kind, value + "\r\nX-EVIL:1", label + "\nEND:VCARD") for kind in ContactKind)
    one = fresh(
        display_name=name,
        notes=note + "\r\nEND:VCARD\rX-EVIL:1",
        contacts=points,
        tags=(note,),
        nicknames=(label,),
    )
    for version in vcard.VERSIONS:
        assert len(list(vcard.read(vcard.card_writer(version, {}.get)(one), "x.vcf"))) == 1
        lines = written(one, version)
        assert not any(line.startswith(("X-EVIL", "END:", "BEGIN:")) for line in lines), lines


@given(LINE, LINE, LINE, st.lists(LINE, max_size=3), st.sampled_from(vcard.VERSIONS))
def test_texts_of_any_kind_are_read_as_they_were_written(
    family: str, company: str, note: str, tags: list[str], version: str
) -> None:
    known = {tag.casefold(): tag for tag in tags if tag.strip()}
    one = fresh(
        name=PersonName(f"x{family}", "Ada"),
        positions=(PositionDraft(f"C{company}", f"t{note}", f"d{family}"),),
        notes=f"n{note}",
        tags=tuple(known.values()),
        contacts=(
            ContactPoint(ContactKind.PHONE, f"1{family}"),
            ContactPoint(ContactKind.LINK, f"https://x/{note}"),
        ),
    )
    (found,) = vcard.read(vcard.card_writer(version, {}.get)(one), "x.vcf")
    assert isinstance(found, CardDraft)
    assert found.person is not None
    assert _bare(found.person) == _bare(one.person)


def _bare(person: PersonDraft | None) -> object:
    """Return what a book keeps of a person: single spaces, nothing that doesn't print."""
    assert person is not None
    return tidy_person(person, today=TODAY)
