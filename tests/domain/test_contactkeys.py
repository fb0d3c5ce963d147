"""Two spellings of one address have one key."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.contactkeys import contact_key, linkedin_address, linkedin_slug, linkedin_stored
from crm.domain.person import ContactKind


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        (ContactKind.EMAIL, " Ada@Example.ORG ", "ada@example.org"),
        (ContactKind.EMAIL, "mailto:ada@example.org", "ada@example.org"),
        (ContactKind.PHONE, "+44 (0)20 7946 0958", "+442079460958"),
        (ContactKind.PHONE, "0044 20 7946 0958", "+442079460958"),
        (ContactKind.PHONE, "tel:+1-201-555-0123;ext=42", "+12015550123x42"),
        (ContactKind.PHONE, "+39 06 698 12345", "+390669812345"),
        (ContactKind.PHONE, "(201) 555-0123", "2015550123"),
        (ContactKind.PHONE, "٠٢٠ ٧٩٤٦", "0207946"),
        (ContactKind.PHONE, "ask Ana", "ask ana"),
        (ContactKind.LINK, "HTTPS://www.Example.org/Ada/", "example.org/Ada"),
        (ContactKind.LINK, "http://de.linkedin.com/in/Ada-L/?trk=x", "linkedin.com/in/ada-l"),
        (ContactKind.ADDRESS, "12 Rue  de l’Été", "12 rue de l'ete"),
        (ContactKind.MESSAGING, "\x00", ""),
    ],
)
def test_a_contact_point_is_compared_by_its_key(kind: ContactKind, value: str, key: str) -> None:
    assert contact_key(kind, value) == key


def test_every_region_s_example_number_has_its_e164_form_as_key() -> None:
    wrong = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        number = phonenumbers.example_number(region)
        shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if contact_key(ContactKind.PHONE, shown) != expected:
            wrong.append((region, shown, expected))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("https://www.linkedin.com/in/Ada-Lovelace-1b2/", "ada-lovelace-1b2"),
        ("linkedin.com/in/ada-lovelace?originalSubdomain=uk", "ada-lovelace"),
        ("http://uk.linkedin.com/in/ada-lovelace/en", "ada-lovelace"),
        ("https://www.linkedin.com/in/andr%C3%A9-weil", "andré-weil"),
        ("Ada-Lovelace", "ada-lovelace"),
        ("https://www.linkedin.com/company/analytical", ""),
        ("https://example.org/in/ada", ""),
        ("", ""),
    ],
)
def test_a_linkedin_address_is_known_by_its_slug(text: str, slug: str) -> None:
    assert linkedin_slug(text) == slug


def test_a_linkedin_address_survives_being_stored() -> None:
    for text in ("https://www.linkedin.com/in/andr%C3%A9-weil", "https://www.linkedin.com/pub/ada/1/2/3", ""):
        assert linkedin_address(linkedin_stored(text)) == text


@given(st.text(), st.sampled_from(ContactKind))
def test_any_text_has_a_key(text: str, kind: ContactKind) -> None:
    assert isinstance(contact_key(kind, text), str)
    assert linkedin_stored(linkedin_address(linkedin_stored(text))) == linkedin_stored(text)
