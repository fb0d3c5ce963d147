"""Which names may be one company's."""

import pytest

from crm.domain.companynames import CompanyLikeness, company_name, name_likeness

NAME, GENERIC = CompanyLikeness.NAME, CompanyLikeness.GENERIC_WORDS
SPELLING, ACRONYM = CompanyLikeness.SPELLING, CompanyLikeness.ACRONYM


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Orbital Labs", "Orbital Labs GmbH", NAME),
        ("Orbital Labs, Inc.", "ORBITAL-LABS", NAME),
        ("Société Générale S.A.", "Societe Generale", NAME),
        ("Müller GmbH & Co. KG", "Müller", NAME),
        ("Ferrari S.p.A.", "Ferrari", NAME),
        ("Data Dog", "Datadog", NAME),
        ("Orbital Technologies", "Orbital Group", GENERIC),
        ("The Orbital Company", "Orbital", GENERIC),
        ("Accenture", "Acenture", SPELLING),
        ("International Business Machines Corp.", "IBM", ACRONYM),
        ("Meta", "Metabank", None),
        ("Bank of America", "America", None),
        ("Team 14 Software", "Team 15 Software", None),
        ("Apple", "Ample", None),
        ("Global Services", "International Solutions", None),
        ("Co", "Inc", None),
        ("", "", None),
    ],
)
def test_names_join_by_tiers_and_never_by_substring(
    one: str, other: str, how: CompanyLikeness | None
) -> None:
    assert name_likeness(company_name(one), company_name(other)) is how
    assert name_likeness(company_name(other), company_name(one)) is how
