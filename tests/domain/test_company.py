"""When two names mean the same company."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.company import company_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orbital", " ORBITAL "),
        ("Orbital, Inc.", "orbital, inc"),
        ("Café Zürich", "cafe zurich"),
        ("Levi’s", "Levi's"),
        ("Acme;", "Acme"),
    ],
)
def test_spellings_of_a_name_are_one_company(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Orbital", "Orbital Labs"), ("3M", "M3"), ("C", "C++"), ("A&B", "AB")]
)
def test_other_names_are_other_companies(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize("name", ["", "  ", ".", ", ;", "\u200b"])
def test_no_name_has_no_key(name: str) -> None:
    assert company_key(name) == ""


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert company_key(company_key(name)) == company_key(name)
