"""Words for messages: the values their fields take, and the blanks that show where there is none."""

from collections.abc import Mapping, Sequence
from datetime import date

from crm.domain.message import MessageFacts
from crm.wording.days import short_day
from crm.wording.speech import say

_BLANKS = {
    "person": "[first name]",
    "name": "[name]",
    "me": "[your name]",
    "role": "[the role]",
    "round": "[the round]",
    "company": "[the company]",
    "date": "[the day]",
    "enjoyed": "[one thing you enjoyed]",
    "ask": "[what you’d like to ask or say]",
    "questions": "[your questions]",
}


def message_blanks() -> dict[str, str]:
    """Return what shows for each field without a value."""
    return {field: say(blank) for field, blank in _BLANKS.items()}


def message_values(
    facts: MessageFacts, answers: Mapping[str, str], questions: Sequence[str], today: date
) -> dict[str, str]:
    """Return the value of each field; the user's own answers win."""
    known = {
        "person": facts.given,
        "name": facts.name,
        "me": facts.me,
        "role": facts.role,
        "round": facts.round,
        "company": facts.company,
        "date": short_day(facts.held_on, today) if facts.held_on else "",
        "enjoyed": facts.enjoyed,
        "questions": "\n".join(say("– {question}", question=one) for one in questions),
    }
    return known | {field: answer.strip() for field, answer in answers.items() if answer.strip()}
