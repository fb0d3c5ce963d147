import pytest

from crm.gui import tokens

LOOKS = [("light", False), ("light", True), ("dark", False), ("dark", True)]


@pytest.mark.parametrize(("name", "high_contrast"), LOOKS)
def test_every_allowed_pair_of_colours_has_enough_contrast(name: str, high_contrast: bool) -> None:
    values = tokens.values(name, high_contrast=high_contrast)
    faint = [
        (fore, back, round(ratio, 2))
        for fore, back, least in tokens.PAIRS
        if (ratio := tokens.contrast(values[fore], values[back])) < least
    ]
    assert faint == []


def test_the_contrast_formula_knows_its_ends() -> None:
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert tokens.contrast("#777777", "#777777") == pytest.approx(1)


def test_both_themes_have_the_same_tokens() -> None:
    assert tokens.LIGHT.keys() == tokens.DARK.keys()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_high_contrast_has_no_quiet_text_and_no_tinted_tones(name: str) -> None:
    values = tokens.values(name, high_contrast=True)
    assert values["text2"] == values["text3"] == values["text"]
    assert values["hairline"] == values["hairline2"] == values["field"]
    assert {values[f"{tone}_tint"] for tone in tokens.TONES} == {values["surface"]}


def test_no_text_is_smaller_than_twelve_pixels() -> None:
    assert min(size for size, *_ in tokens.TYPE.values()) == 12
