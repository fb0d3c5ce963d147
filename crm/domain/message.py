"""Messages: templates in several tones, what is known to fill them with, and the text they come to.

A line of a template that begins with "?" is left out while one of its fields has no value. Any other field without a
value shows as a blank in words, so that nobody sends it unread.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from crm.domain.cadence import LOSING_TOUCH_MONTHS, Interval, Unit
from crm.domain.interview import Format
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.domain.placeholders import fields, filled
from crm.domain.touch import TouchKind

FIELDS = ("person", "name", "me", "role", "round", "company", "date", "enjoyed", "ask", "questions")
_OPTIONAL = "?"
_EVERYDAY = ("check_in", "reconnect", "congratulate", "introduction", "thank_you")
_ABOUT_A_ROLE = ("follow_up", "ask_feedback", "thank_feedback", "reply", "future")
_SILENCE = Interval(LOSING_TOUCH_MONTHS, Unit.MONTH)
_THANKS_WITHIN = timedelta(days=7)
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Tone:
    """One way to say it."""

    key: str
    title: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A field only the user can fill: "One thing you enjoyed"."""

    field: str
    question: str


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """What can be written for one purpose; `id` is the name of its file.

    `questions` are offered for {questions}: for each format of a round, and under None for every round.
    """

    id: str
    title: str
    kind: TouchKind
    tones: tuple[Tone, ...]
    asks: tuple[Asked, ...] = ()
    questions: tuple[tuple[Format | None, tuple[str, ...]], ...] = ()

    def offered(self, held: Format | None) -> tuple[str, ...]:
        """Return the questions that fit a round, its own first."""
        known = dict(self.questions)
        own = known.get(held, ()) if held is not None else ()
        return (*own, *known.get(None, ()))

    def tone(self, key: str) -> Tone:
        """Return a tone by its key; the first one where there is no such."""
        return next((tone for tone in self.tones if tone.key == key), self.tones[0])


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """What is known of the person and of what lies between you. `held_on` and `format` are of their latest round."""

    person: PersonId
    name: str
    given: str = ""
    email: str = ""
    me: str = ""
    company: str = ""
    role: str = ""
    round: str = ""
    opportunity: OpportunityId | None = None
    held_on: date | None = None
    format: Format | None = None
    enjoyed: str = ""
    last_touch_on: date | None = None


def fitting(known: Iterable[str], facts: MessageFacts, today: date) -> tuple[str, ...]:
    """Return the purposes that fit somebody, the likeliest first; those about a role only where one is shared.

    After a round they haven't been thanked for that is a thank-you, after half a year of silence to reconnect, else a
    check-in. Purposes of the user's own follow.
    """
    last, held = facts.last_touch_on, facts.held_on
    first = "check_in"
    if last is not None and _SILENCE.after(last) <= today:
        first = "reconnect"
    if held is not None and held <= today <= held + _THANKS_WITHIN and (last is None or last <= held):
        first = "thank_you"
    offered = [first, *_EVERYDAY, *(_ABOUT_A_ROLE if facts.opportunity is not None else ())]
    names = tuple(known)
    own = sorted(name for name in names if name not in _EVERYDAY and name not in _ABOUT_A_ROLE)
    return tuple(dict.fromkeys(name for name in (*offered, *own) if name in names))


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it would be sent."""

    subject: str
    body: str


def composed(tone: Tone, values: Mapping[str, str], blanks: Mapping[str, str]) -> Message:
    """Return a template filled in; a field without a value shows as its blank, or takes its optional line with it."""
    known = {field: value for field, value in values.items() if value}
    shown = (*blanks.items(), *known.items())
    kept = [line for line in tone.body.splitlines() if _stays(line, known)]
    body = "\n".join(filled(line.removeprefix(_OPTIONAL).lstrip(), shown) for line in kept)
    return Message(filled(tone.subject, shown), _BLANK_LINES.sub("\n\n", body).strip())


def unfilled(text: str, blanks: Mapping[str, str]) -> tuple[str, ...]:
    """Return the blanks that are still in a text."""
    return tuple(blank for blank in blanks.values() if blank in text)


def _stays(line: str, known: Mapping[str, str]) -> bool:
    return not line.startswith(_OPTIONAL) or all(field in known for field in fields(line))
