"""Cards as phones, Apple, Google, Outlook, Thunderbird and Nextcloud write them: what we understand of each."""

from pathlib import Path

import pytest

from crm.domain.card import CardDraft, CardKind
from crm.domain.person import ContactKind, PersonDraft
from tests.formats.vcard.samples import drafts

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "vcards"


def cards(name: str) -> list[CardDraft]:
    found = drafts((_FOLDER / name).read_bytes())
    assert not [problem for card in found for problem in card.problems]
    return found


def person(name: str) -> PersonDraft:
    found = cards(name)[0].person
    assert found is not None
    return found


def said(draft: PersonDraft, kind: ContactKind) -> list[tuple[str, str]]:
    return [(point.value, point.label) for point in draft.contacts if point.kind is kind]


def days(draft: PersonDraft) -> list[tuple[str, str]]:
    return [(date.label or date.kind.value, date.on.iso()) for date in draft.dates]


@pytest.mark.parametrize(
    ("file", "name", "company", "title", "born"),
    [
        ("icloud-3.0.vcf", "Dr. Ngozi Adaeze Okafor PhD", "Harbour Analytics", "Head of Forecasting", "1984-05-19"),
        ("iphone-3.0.vcf", "中村 健二", "東都製作所", "主任", "--02-29"),
        ("thunderbird-4.0.vcf", "Signe Larsen", "Fjord Energi", "Driftssjef", "1979-02-04"),
        ("nextcloud-3.0.vcf", "Amélie Dubois", "Atelier Noël", "Ingénieure", "1981-05-12"),
        ("google-3.0.vcf", "Priya Raman", "Lotus Systems", "Staff Engineer", "1990-08-23"),
        ("samsung-2.1.vcf", "Minh Nguyễn", "Mekong Cà Phê", "Kỹ sư", "1988-03-09"),
        ("outlook-2.1.vcf", "Dr. Jörg Peter Grünwald jun.", "Käserei Süd GmbH", "Leiter Einkauf", "1977-05-03"),
    ],
)  # fmt: skip
def test_who_it_is_and_where(file: str, name: str, company: str, title: str, born: str) -> None:
    found = person(file)
    position = found.positions[0]
    assert (found.display_name, position.company, position.title) == (name, company, title)
    assert ("birthday", born) in days(found)
    assert cards(file)[0].photo or cards(file)[0].photo_link


def test_icloud() -> None:
    found, company = cards("icloud-3.0.vcf")
    ngozi = person("icloud-3.0.vcf")
    assert ngozi.linkedin == "ngozi-okafor"
    assert ngozi.notes == "Met at the data fair, stand 12.\nPrefers mornings; allergic to nuts."
    assert ("+44 117 496 0142", "desk, mornings") in said(ngozi, ContactKind.PHONE)
    assert said(ngozi, ContactKind.RELATED) == [("Emeka Okafor", "Spouse")]
    assert ("anniversary", "2011-09-03") in days(ngozi)
    assert (found.kind, company.kind) == (CardKind.PERSON, CardKind.COMPANY)


def test_google_says_an_address_twice_and_puts_everybody_into_one_category() -> None:
    priya = person("google-3.0.vcf")
    address = next(point for point in priya.contacts if point.kind is ContactKind.ADDRESS)
    assert address.parts == ("", "", "12 MG Road\nSecond floor", "Bengaluru", "KA", "560001", "India")
    assert priya.tags == ("Friends",)
    assert ("pri@sideproject.example", "Side project") in said(priya, ContactKind.EMAIL)
    assert ("First day", "2019-02-14") in days(priya)


def test_an_android_has_labels_nicknames_relations_and_dates_of_its_own() -> None:
    minh = person("samsung-2.1.vcf")
    assert ("+842838221234", "nhà máy") in said(minh, ContactKind.PHONE)
    assert (minh.nicknames, minh.notes) == (("Minnie",), "Gặp ở hội thảo\nThích cà phê")
    assert said(minh, ContactKind.RELATED) == [("Lan", "")]
    assert ("anniversary", "2016-10-01") in days(minh)


def test_outlooks_card_is_in_the_code_page_of_its_computer() -> None:
    jorg = person("outlook-2.1.vcf")
    assert jorg.notes == "Mag Bärlauch, keine Nüsse.\nZweite Zeile"
    assert said(jorg, ContactKind.RELATED) == [("Anna Grünwald", "spouse"), ("Petra Süß", "manager")]
    assert said(jorg, ContactKind.ADDRESS)[0][0] == "Hof 2, Hauptstraße 1, 50667 Köln, NRW, Deutschland"
    assert ("anniversary", "2004-06-12") in days(jorg)


def test_thunderbirds_links_and_departments() -> None:
    signe = person("thunderbird-4.0.vcf")
    assert said(signe, ContactKind.LINK) == [("https://fjord.example/?id=1,2", "work")]
    assert signe.positions[0].department == "Nett, Drift"


def test_nextclouds_categories_and_profiles() -> None:
    amelie = person("nextcloud-3.0.vcf")
    assert (amelie.linkedin, amelie.tags) == ("amélie-dubois", ("Amis", "Travail, ancien"))
