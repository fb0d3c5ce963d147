"""Tables of contacts: whoever wrote them, whatever the language, encoding, separator and preamble."""

import io
from datetime import UTC, date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.card import CardDraft, Problem, ProblemCode, TouchCard
from crm.domain.columns import ColumnField, plain_mapping, read_mapping
from crm.domain.company import CompanyDraft
from crm.domain.person import (
    ContactKind,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PersonName,
    PositionDraft,
)
from crm.domain.touch import Direction
from crm.formats import tables
from tests.formats.tables import samples

ROW = "Ana,Silva,https://www.linkedin.com/in/ana,ana@example.org,Orbital,Engineer,02 Jan 2023"


def read(data: str | bytes, encoding: str | None = None) -> list[CardDraft | Problem]:
    raw = data.encode() if isinstance(data, str) else data
    shape = tables.examine(raw, encoding=encoding)
    assert shape is not None
    return list(tables.read(io.BytesIO(raw), "f.csv", shape, encoding=encoding))


def people(data: str | bytes, encoding: str | None = None) -> list[PersonDraft]:
    return [one.person for one in read(data, encoding) if isinstance(one, CardDraft) and one.person]


def touches(data: str, *owner: str) -> list[TouchCard]:
    shape = tables.examine(data.encode())
    assert shape is not None
    reading = tables.Reading(zone=UTC, owner=frozenset(owner))
    return list(tables.read_touches(io.BytesIO(data.encode()), shape, reading))


def values(draft: PersonDraft, kind: ContactKind) -> list[str]:
    return [point.value for point in draft.contacts if point.kind is kind]


def test_linkedin_connections_are_found_below_their_preamble() -> None:
    ana, bo, hidden, cy = read(samples.CONNECTIONS)
    assert isinstance(ana, CardDraft)
    assert ana.person is not None
    assert ana.person.display_name == "Ana Silva"
    assert ana.person.name == PersonName("Silva", "Ana", suffix="PMP, MBA")
    assert ana.person.linkedin == "ana-silva-1"
    assert ana.person.met_on == date(2023, 1, 2)
    assert ana.person.positions == (PositionDraft("Orbital, Inc.", "Head of Data, Platforms"),)
    assert ana.line == 5
    assert ana.producer == "LinkedIn"
    assert isinstance(bo, CardDraft)
    assert bo.person is not None
    assert bo.person.linkedin == "bö-yi"
    assert hidden == Problem("f.csv", 7, ProblemCode.HIDDEN_MEMBER, fatal=False)
    assert isinstance(cy, CardDraft)
    assert cy.person is not None
    assert cy.person.met_on == date(2021, 4, 4)


@pytest.mark.parametrize("language", samples.CONNECTION_HEADERS)
def test_linkedin_connections_in_other_languages(language: str) -> None:
    (ana,) = people(f"{samples.CONNECTION_HEADERS[language]}\n{ROW}\n")
    assert ana.name == PersonName("Silva", "Ana")
    assert ana.linkedin == "ana"
    assert ana.met_on == date(2023, 1, 2)
    assert ana.positions == (PositionDraft("Orbital", "Engineer"),)
    assert values(ana, ContactKind.EMAIL) == ["ana@example.org"]


def test_connections_of_2019_have_no_address_and_no_preamble() -> None:
    (dee,) = people(samples.CONNECTIONS_2019)
    assert (dee.display_name, dee.linkedin, dee.met_on) == ("Dee Marsh", "", date(2019, 3, 11))


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("15 févr. 2023", 15),
        ("15 de mayo de 2023", 15),
        ("15. März 2023", 15),
        ("15 mei 2023", 15),
        ("15.02.2023", 15),
    ],
)
def test_days_in_other_languages(said: str, on: int) -> None:
    (ana,) = people(f"{samples.CONNECTION_HEADERS['de']}\n{ROW.replace('02 Jan 2023', said)}\n")
    assert ana.met_on is not None
    assert (ana.met_on.year, ana.met_on.day) == (2023, on)


def test_a_table_saved_again_by_excel_with_semicolons_and_its_own_dates() -> None:
    text = (
        samples.CONNECTIONS.replace(",", ";")
        .replace("02 Jan 2023", "1/30/2023")
        .replace("05 Feb 2022", "2/28/2022")
    )
    ana = people(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())[0]
    assert ana.met_on == date(2023, 1, 30)


def test_messages_become_one_touch_a_conversation_and_day() -> None:
    found = touches(samples.MESSAGES)
    assert [(one.linkedin, one.on.isoformat(), one.direction, one.note) for one in found] == [
        ("ana-silva-1", "2025-06-01", Direction.HEARD, "Yes, gladly"),
        ("ana-silva-1", "2025-06-03", Direction.SENT, "Thank you"),
        ("bö-yi", "2024-02-07", Direction.HEARD, "Hello there"),
    ]
    assert len({one.key for one in found}) == 3


def test_old_messages_tell_by_their_direction_who_the_owner_is() -> None:
    found = touches(samples.MESSAGES_2019)
    assert [(one.name, one.direction) for one in found] == [
        ("Dee Marsh", Direction.HEARD),
        ("Dee Marsh", Direction.SENT),
    ]


def test_the_owner_of_a_single_conversation_is_known_by_name_only() -> None:
    one_conversation = "\n".join(
        line for line in samples.MESSAGES.splitlines() if "CONV" in line or '"c5"' in line
    )
    assert touches(one_conversation) == []
    assert [one.linkedin for one in touches(one_conversation, "me myself")] == ["bö-yi"]


def test_invitations_are_touches_sent_and_heard() -> None:
    found = touches(samples.INVITATIONS)
    assert [(one.linkedin, one.on, one.direction, one.note) for one in found] == [
        ("ana-silva-1", date(2023, 1, 29), Direction.SENT, "We met in Porto"),
        ("bö-yi", date(2019, 8, 14), Direction.HEARD, ""),
    ]


def test_linkedin_notes_stand_with_their_person() -> None:
    (ana,) = people(samples.LINKEDIN_NOTES)
    assert (ana.display_name, ana.linkedin, ana.notes) == ("Ana Silva", "ana-silva-1", "Likes sailing")


def test_googles_old_table() -> None:
    eva, shop = read(samples.GOOGLE_OLD)
    assert isinstance(eva, CardDraft)
    assert eva.person is not None
    draft = eva.person
    assert values(draft, ContactKind.EMAIL) == [
        "eva@example.org",
        "e.rossi@example.org",
        "eva@orbital.example",
    ]
    assert [point.preferred for point in draft.contacts[:3]] == [True, False, False]
    assert draft.contacts[2].types == ("work",)
    assert values(draft, ContactKind.PHONE) == ["+351 912 345 678", "+351 912 345 679"]
    assert draft.positions == (PositionDraft("Orbital", "CTO", "Research"), PositionDraft("Club", "Member"))
    assert draft.tags == ("Friends", "Porto 2024")
    assert draft.notes == "First line\nSecond line"
    assert draft.linkedin == "eva-rossi"
    assert draft.dates == (
        ImportantDate(DateKind.BIRTHDAY, PartialDate(None, 2, 29)),
        ImportantDate(DateKind.ANNIVERSARY, PartialDate(2010, 5, 6)),
    )
    (address,) = (point for point in draft.contacts if point.kind is ContactKind.ADDRESS)
    assert address.parts == ("", "", "Rua A 1", "Lisboa", "", "1000-001", "Portugal")
    assert isinstance(shop, CardDraft)
    assert isinstance(shop.company, CompanyDraft)
    assert shop.company.name == "Shop Ltd"
    assert {one.name: one.value for one in tables.properties(eva.raw)}["Custom Field 1 - Value"] == "39"


def test_googles_new_table() -> None:
    (finn,) = people(samples.GOOGLE_NEW)
    assert finn.display_name == "Dr. Finn J Berg"
    assert finn.positions == (PositionDraft("Granit", "Engineer", "Tunnels"),)
    assert (finn.tags, finn.nicknames) == (("Rock",), ("Finnie",))
    assert values(finn, ContactKind.LINK) == ["https://finn.example"]


def test_outlooks_new_table() -> None:
    (gil,) = people(samples.OUTLOOK_NEW)
    assert gil.name == PersonName("Torres", "Gil", prefix="Mr.")
    assert gil.positions == (PositionDraft("Almacen", "Buyer", "Sales"),)
    assert gil.dates == (ImportantDate(DateKind.BIRTHDAY, PartialDate(1975, 12, 31)),)
    homes = [point.parts[3] for point in gil.contacts if point.types == ("home",)]
    assert homes == ["Toledo"]


@pytest.mark.parametrize(
    ("text", "name", "company", "title", "birthday"),
    [
        (samples.OUTLOOK_DE, "Frau Jördis Müßig", "Käserei Süd", "Geschäftsführerin", (1977, 5, 3)),
        (samples.OUTLOOK_FR, "Mme Hélène Lefèvre", "Atelier Noël", "Ingénieure", (1981, 5, 12)),
        (samples.OUTLOOK_ES, "Sra. Íñiga Muñoz Peña", "Panadería Ñ", "Jefa", (1979, 12, 5)),
    ],
)
def test_classic_outlook_in_its_code_page(
    text: str, name: str, company: str, title: str, birthday: tuple[int, int, int]
) -> None:
    (found,) = people(text.encode("cp1252"))
    assert found.display_name == name
    assert (found.positions[0].company, found.positions[0].title) == (company, title)
    assert found.dates[0].on == PartialDate(*birthday)
    assert len(values(found, ContactKind.EMAIL)) == 1
    assert any(point.parts[2:4] for point in found.contacts if point.kind is ContactKind.ADDRESS)


@pytest.mark.parametrize(
    ("sample", "name", "street", "born", "title"),
    [
        ("thunderbird", "Signe Larsen", "Kaigata 5\n2. etg.", "1979-02-04", "Driftssjef"),
        ("thunderbird-de", "Uwe Brandt", "Kai 1", "1965-11-30", "Meister"),
    ],
)
def test_thunderbirds_table(sample: str, name: str, street: str, born: str, title: str) -> None:
    first = people(samples.SAMPLES[sample])[0]
    addresses = [point for point in first.contacts if point.kind is ContactKind.ADDRESS]
    assert (first.display_name, first.positions[0].title) == (name, title)
    assert street in {address.parts[2] for address in addresses}
    assert [(date.kind.value, date.on.iso()) for date in first.dates] == [("birthday", born)]


def test_a_birthday_in_columns_may_have_no_year() -> None:
    assert [date.on.iso() for date in people(samples.SAMPLES["thunderbird"])[1].dates] == ["--12-31"]


def test_another_table_is_understood_by_its_headers_and_cells() -> None:
    ada, charles = people(samples.OTHER)
    assert (ada.display_name, charles.name.family) == ("Ada Lovelace", "Babbage")
    assert values(ada, ContactKind.EMAIL) == ["ada@example.org"]
    assert values(ada, ContactKind.PHONE) == ["+44 20 7946 0958"]
    assert ada.positions[0].company == "Analytical"


def test_several_values_in_a_cell_of_any_table() -> None:
    (kai,) = people(samples.TABBED)
    assert values(kai, ContactKind.EMAIL) == ["kai@example.org", "k@example.org"]
    assert kai.tags == ("friends", "rowing")


def test_a_mapping_goes_before_what_is_guessed_and_can_be_kept() -> None:
    data = samples.OTHER.encode()
    guessed = tables.examine(data)
    assert guessed is not None
    chosen = guessed.mapping.with_field(4, ColumnField.TITLE).with_field(5, ColumnField.TAGS)
    again = read_mapping(plain_mapping(chosen))
    assert again == chosen
    shape = tables.examine(data, mappings={chosen.fingerprint: again})
    assert shape is not None
    assert shape.preview.remembered
    (ada, _) = (one.person for one in tables.read(io.BytesIO(data), "f", shape) if isinstance(one, CardDraft))
    assert ada is not None
    assert (ada.positions[0].title, ada.tags) == ("Mathematician", ("2024",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_reads_the_same(encoding: str, line_end: str) -> None:
    data = samples.OUTLOOK_DE.replace("\n", line_end).encode(encoding)
    (one,) = people(data)
    assert (one.display_name, one.notes) == ("Frau Jördis Müßig", "Zeile eins\nZeile zwei")


def test_a_chosen_code_page_is_used() -> None:
    text = "Имя,Email\n"
    data = f"Name,Email\nИван Петров,ivan@example.org\n{text}".encode("cp1251")
    assert people(data, "cp1251")[0].display_name == "Иван Петров"


def test_an_unclosed_quote_costs_its_row_only() -> None:
    rows = "\n".join(f"Person Number{n},p{n}@example.org" for n in range(600))
    found = read(f'Name,Email\n"Broken,x@example.org\n{rows}\n')
    assert sum(isinstance(one, Problem) for one in found) == 1
    assert sum(isinstance(one, CardDraft) for one in found) == 600


def test_a_row_of_nothing_but_separators_is_none_however_many() -> None:
    found = read("Name,Email\nAna Lima,ana@example.org\n" + "," * 5_000 + "\nBo Yi,bo@example.org\n")
    assert [one.person.display_name for one in found if isinstance(one, CardDraft) and one.person] == [
        "Ana Lima", "Bo Yi",
    ]  # fmt: skip
    assert len(found) == 2


def test_quotes_that_are_not_a_programs_cost_nothing_of_the_rows_around() -> None:
    found = people(
        'Name,Email,Notes\nAna "Ace" Lima,ana@example.org,"Says ""hi""\nand waves"\nBo Yi,bo@example.org,"in"side\n'
    )
    assert [(one.display_name, one.notes) for one in found] == [
        ('Ana "Ace" Lima', 'Says "hi"\nand waves'), ("Bo Yi", "inside"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "is_cut"),
    [("Bo Yi,bo@example.org,Buyer", False), ("Bo Yi,bo@exa", True), ('Bo Yi,bo@example.org,"Buyer', True)],
    ids=["whole", "a short row", "an open quote"],
)
def test_a_file_cut_off_in_its_last_row_is_noticed(last: str, is_cut: bool) -> None:
    rows = read(f"Name,Email,Title\nAna Lima,ana@example.org,Engineer\n{last}")
    assert [bool(one.problems) for one in rows if isinstance(one, CardDraft)] == [False, is_cut]


def test_rows_that_leave_out_their_empty_ends_are_whole() -> None:
    rows = read("Name,Email,Title\nAna Lima,ana@example.org\nBo Yi,bo@example.org")
    assert not any(one.problems for one in rows if isinstance(one, CardDraft))


def test_every_cell_is_kept_with_its_header() -> None:
    (card,) = read('Name,E:mail,Odd\\col\nAda,"a@example.org","x:\ny\\n",extra\n')
    assert isinstance(card, CardDraft)
    assert [(one.name, one.value) for one in tables.properties(card.raw)] == [
        ("Name", "Ada"),
        ("E:mail", "a@example.org"),
        ("Odd\\col", "x:\ny\\n"),
        ("Column 4", "extra"),
    ]


@pytest.mark.parametrize(
    "text", ["Dear all, this is prose.\nIt goes on, and on.\n", "", "\0\0\1\2", '{\n  "a": 1\n}\n']
)
def test_what_is_no_table_of_contacts_tells_nobody(text: str) -> None:
    shape = tables.examine(text.encode())
    assert shape is None or not shape.mapping.tells_whom


_CELLS = st.lists(st.text(max_size=12), min_size=1, max_size=8)


@settings(deadline=None)
@given(st.lists(_CELLS, max_size=8), st.sampled_from(",;\t"))
def test_any_table_is_read_without_an_exception(rows: list[list[str]], delimiter: str) -> None:
    text = "First Name,Last Name,Email,Notes\n".replace(",", delimiter)
    text += "\n".join(delimiter.join(cells) for cells in rows)
    data = text.encode("utf-8", "replace")
    shape = tables.examine(data)
    if shape is not None:
        for one in tables.read(io.BytesIO(data), "f.csv", shape):
            assert isinstance(one, CardDraft) or not one.detail
