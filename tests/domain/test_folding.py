"""Text folded to keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.folding import clean, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë Müller", "zoe muller"),
        ("  Ana   LIMA ", "ana lima"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("STRASSE", "Straße"),
        ("Ｋｅｅｐ", "keep"),
        ("O’Brien", "o'brien"),
        ("Jean‑Luc – X", "jean-luc - x"),
        ("Acme™", "acmetm"),
        ("℡", "tel"),
        ("A\u200bda\ufeff Love\u00adlace\u200e", "ada lovelace"),
        ("Σίσυφος", "σισυφοσ"),
        ("İstanbul", "istanbul"),
        ("قُطْر", "قطر"),
        ("Ada\u00a0\u3000Lovelace\n", "ada lovelace"),
    ],
)
def test_spellings_of_one_text_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("バス", "ハス"), ("คุณ", "คณ"), ("की", "का"), ("Ada", "Adam"), ("a-b", "ab")]
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(st.text(st.characters(codec="ascii")), st.text(st.characters(codec="ascii")))
def test_plain_text_folds_alike_beside_other_text(one: str, other: str) -> None:
    assert fold(f"{one} é {other}") == " ".join(part for part in (fold(one), "e", fold(other)) if part)


@given(st.text() | st.text(st.characters(categories=("Cc", "Cs", "Lu"))))
def test_clean_text_can_be_stored_and_keeps_its_lines(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode().decode() == cleaned
    assert "\0" not in cleaned
    assert cleaned.count("\n") == text.count("\n")
    assert clean(cleaned) == cleaned
