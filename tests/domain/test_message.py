"""A message never shows the name of a field, and what nobody filled shows as a blank in words."""

from hypothesis import given
from hypothesis import strategies as st

from crm import wording
from crm.domain.interview import Format
from crm.domain.message import FIELDS, MessageTemplate, Tone, composed, unfilled
from crm.domain.touch import TouchKind

BLANKS = wording.message_blanks()
BODY = """
Hi {person},

? I enjoyed {enjoyed}.

Thank you for the {role} role.
"""
TONE = Tone("warm", "Warm", "The {role} role", BODY)


def test_every_field_has_a_blank() -> None:
    assert set(BLANKS) == set(FIELDS)


def test_an_optional_line_goes_with_its_field() -> None:
    said = composed(TONE, {"person": "Ada", "role": "Analyst"}, BLANKS)
    assert said.body == "Hi Ada,\n\nThank you for the Analyst role."
    said = composed(TONE, {"person": "Ada", "role": "Analyst", "enjoyed": "the tour"}, BLANKS)
    assert "I enjoyed the tour." in said.body


def test_what_is_missing_is_shown_and_named() -> None:
    said = composed(TONE, {"person": "Ada"}, BLANKS)
    assert said.subject == "The [the role] role"
    assert unfilled(said.subject + said.body, BLANKS) == ("[the role]",)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=20)))
def test_values_are_never_read_as_fields(values: dict[str, str]) -> None:
    plain = {field: value.replace("{", "").replace("}", "") for field, value in values.items()}
    said = composed(TONE, plain, BLANKS)
    assert "{" not in said.subject + said.body
    braces = composed(TONE, {"person": "{role}", "role": "Analyst"}, BLANKS)
    assert braces.body.startswith("Hi {role},")


def test_questions_of_the_round_come_first() -> None:
    template = MessageTemplate(
        "x", "X", TouchKind.EMAIL, (TONE,), (), ((Format.TASK, ("T?",)), (None, ("A?",)))
    )
    assert template.offered(Format.TASK) == ("T?", "A?")
    assert template.offered(Format.PHONE) == ("A?",)
    assert template.offered(None) == ("A?",)
