"""A touch in one sentence: "called Ana Lima yesterday re referral, check in in 3 weeks" → what, who, when, what next.

Nothing typed is lost: what isn't understood is the note. Who is meant is for the book to say (`app.quick`). The words
of a language are one `Language`; English is the only one so far.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crm.domain.cadence import Interval, parse_interval
from crm.domain.dates import Toward, readings
from crm.domain.quick import Day
from crm.domain.touch import Direction, TouchKind

MOST_WORDS = 6
MOST_CHARACTERS = 4_000
LATELY_DAYS = 14


@dataclass(frozen=True, slots=True)
class Language:
    """What phrases are made of. `verbs` are patterns at the start, `heard` follow a name ("Ana called"), `about` ends the
    names, `again` begins what next.
    """

    verbs: Mapping[str, TouchKind]
    lead: str
    how: str
    sent: Mapping[str, TouchKind]
    and_me: str
    between: str
    from_: str
    heard: Mapping[str, TouchKind]
    about: str
    again: str
    every: str
    never: str
    and_: str
    loose: frozenset[str]  # words that are a day only with another word before them: "Sun Li" is somebody
    loosened_by: frozenset[str]


ENGLISH = Language(
    verbs={
        r"coffee|lunch|dinner|breakfast|drinks|tea": TouchKind.COFFEE,
        r"call(?:ed)?|phoned?|rang|spoke|spoken|talked|chat(?:ted)?|(?:video|phone|teams) call(?:ed)?": TouchKind.CALL,
        r"zoom(?:ed)?|facetimed?|skyped?": TouchKind.CALL,
        r"e-?mail(?:ed)?|mailed|sent (?:an )?e-?mail": TouchKind.EMAIL,
        r"messaged?|texted|text|pinged|dm(?:ed|'d)?|whatsapp(?:ed)?|linkedin(?: message)?": TouchKind.MESSAGE,
        r"met(?: up)?|meeting|saw|visited": TouchKind.MEETING,
        r"event|conference|meetup": TouchKind.EVENT,
        r"commented(?: on(?: a post)?)?|liked": TouchKind.COMMENT,
        r"wrote a letter|letter|sent a (?:letter|card)|postcard": TouchKind.LETTER,
        r"wrote": TouchKind.MESSAGE,
        r"heard(?: back)?|reply|answer": TouchKind.MESSAGE,
        r"note": TouchKind.NOTE,
    },
    lead=r"(?:(?:i|we|log|got|had|just|did|a|an|another) )*",
    how=r"quick|short|brief|long|great|good|nice|lovely|productive",
    sent={
        r"e-?mail": TouchKind.EMAIL,
        r"message|note|dm": TouchKind.MESSAGE,
        r"letter|card": TouchKind.LETTER,
    },
    and_me=r"and (?:i|me)\b",
    between=r"with|w/|to|from|by|at|for|about|on",
    from_="from",
    heard={
        r"called|phoned|rang": TouchKind.CALL,
        r"e-?mailed|sent (?:me )?an e-?mail": TouchKind.EMAIL,
        r"messaged|texted|pinged|wrote|replied|answered": TouchKind.MESSAGE,
    },
    about=r"(?P<drop>\b(?:re|about|regarding|concerning)\b:?|[:;–—]|\s-\s)|\b(?:because|to|for|at|that|who|she|he|they|said)\b",
    again=r"check(?:ing)?[- ]?in(?: again)?|follow[- ]?up|catch up|ping again|again|next|remind me",
    every=r"every\b",
    never=r"no (?:more )?check-?ins?|never again",
    and_=r"\s*(?:,|&|\+|\band\b)\s*",
    loose=frozenset({"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "now"}),
    loosened_by=frozenset({"on", "last", "this", "next"}),
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a sentence said. `names` are texts to look up, in order; `note` is everything else."""

    kind: TouchKind | None = None
    names: tuple[str, ...] = ()
    on: Day | None = None
    next_on: Day | None = None
    every: Interval | None = None
    never: bool = False
    note: str = ""
    direction: Direction | None = None


def parse(text: str, *, today: date, day_first: bool = True, language: Language = ENGLISH) -> Phrase:
    """Read a sentence; every word of it is in a field or in the note."""
    reading = _Reading(language, today, day_first)
    first, _, more = text[:MOST_CHARACTERS].strip().partition("\n")
    body, plan = reading.plan(first)
    verb, body = reading.verb(body)
    before, day, after = reading.day(body)
    names, about = reading.names(before)
    if not names and after:
        names, after = reading.names(after)
    note = " ".join(part for part in (verb.how, about, after, plan.left) if part)
    note = "\n".join(part for part in (_trimmed(note), more.strip(), text[MOST_CHARACTERS:]) if part)
    return Phrase(verb.kind, names, day, plan.on, plan.every, plan.never, note, verb.direction)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to come next, and the words after it that were none of it."""

    on: Day | None = None
    every: Interval | None = None
    never: bool = False
    left: str = ""


@dataclass(frozen=True, slots=True)
class _Verb:
    """What happened, who reached out, and the word that said how it was."""

    kind: TouchKind | None = None
    direction: Direction | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One language on one day."""

    language: Language
    today: date
    day_first: bool

    def plan(self, text: str) -> tuple[str, _Plan]:
        """Split what is to come next off the end."""
        words = self.language
        if match := _found(rf"(?:^|[,;.]?\s+)(?:{words.never})\b\.?", text):
            return text[: match.start()], _Plan(never=True, left=_trimmed(text[match.end() :]))
        pattern = rf"(?:^|[,;.]?\s+)(?:and\s+)?(?:{words.again})\b:?\s+|[,;.]?\s+(?={words.every})"
        for match in reversed(list(re.finditer(pattern, text, re.IGNORECASE))):
            said = text[match.end() :].split()
            for count in range(min(len(said), MOST_WORDS), 0, -1):
                when = _trimmed(" ".join(said[:count]))
                left = " ".join(said[count:])
                if on := self._day_of(when, Toward.FUTURE):
                    return text[: match.start()], _Plan(on, left=left)
                if re.match(words.every, when, re.IGNORECASE) and (every := parse_interval(when)):
                    return text[: match.start()], _Plan(every=every, left=left)
        return text, _Plan()

    def verb(self, text: str) -> tuple[_Verb, str]:
        """Take what happened from the start ("had coffee with"), from behind a name ("Ana called", "Tom and I met") or
        from around it ("sent Ana an email").
        """
        words, said = self.language, text.lstrip()
        for pattern, kind in words.verbs.items():
            start = rf"{words.lead}(?:({words.how}) )?(?:{pattern})\b(?:\s+({words.between})(?=\s|$))?:?\s*"
            if match := re.match(start, said, re.IGNORECASE):
                heard = (match[2] or "").lower() == words.from_
                return _Verb(kind, Direction.HEARD if heard else None, match[1] or ""), said[match.end() :]
            both = rf"(?P<names>.{{1,120}}?),? {words.and_me} {words.lead}(?:{words.how} )?(?:{pattern})\b"
            if match := re.match(both, said, re.IGNORECASE):
                return _Verb(kind), f"{match['names']} {said[match.end() :].lstrip()}"
        for pattern, kind in words.sent.items():
            if match := re.match(
                rf"(?:i )?sent (?P<names>.{{1,120}}?) an? (?:{pattern})\b", said, re.IGNORECASE
            ):
                return _Verb(kind, Direction.SENT), f"{match['names']} {said[match.end() :].lstrip()}"
        for pattern, kind in words.heard.items():
            match = re.match(rf"(?P<name>\S+(?: \S+){{0,3}}?) (?:{pattern})\b(?: me\b)?", said, re.IGNORECASE)
            if match is not None:
                return _Verb(kind, Direction.HEARD), f"{match['name']} {said[match.end() :].lstrip()}"
        return _Verb(), text

    def day(self, text: str) -> tuple[str, Day | None, str]:
        """Return the first day said, and what stands before and after it.

        It lies behind or is today; where none does, one ahead is a day all the same: what is to come isn't done yet.
        """
        return (
            self._day_toward(Toward.PAST, text) or self._day_toward(Toward.FUTURE, text) or (text, None, "")
        )

    def _day_toward(self, toward: Toward, text: str) -> tuple[str, Day, str] | None:
        tokens = list(re.finditer(r"\S+", text))
        for first in range(len(tokens)):
            for last in range(min(first + MOST_WORDS, len(tokens)) - 1, first - 1, -1):
                said = _trimmed(text[tokens[first].start() : tokens[last].end()])
                loose = said.lower() in self.language.loose
                helped = bool(first) and tokens[first - 1][0].lower() in self.language.loosened_by
                day = None if loose and not helped else self._day_of(said, toward)
                if day is not None and self._may_be_when(day, text[: tokens[first].start()]):
                    after = text[tokens[last].end() :]
                    return text[: tokens[first].start()], day, self._joined(after)
        return None

    def _may_be_when(self, day: Day, before: str) -> bool:
        """Say whether a day may be that of the touch: "she starts in January" is what it was about, "yesterday" isn't."""
        told = _found(self.language.about, before) or re.search(r"[.!?]\s", before)
        return told is None or 0 <= (self.today - day.on).days <= LATELY_DAYS

    def names(self, text: str) -> tuple[tuple[str, ...], str]:
        """Return the names before the first word that says what it was about, and the rest."""
        match = _found(self.language.about, text)
        area = text[: match.start()] if match else text
        rest = text[match.end() if match["drop"] else match.start() :] if match else ""
        found = re.split(self.language.and_, _trimmed(area), flags=re.IGNORECASE)
        return tuple(name for name in map(_trimmed, found) if name), _trimmed(rest)

    def _day_of(self, said: str, toward: Toward) -> Day | None:
        """Return the day that words mean, on the side where it must lie: what was is behind, what will be ahead."""
        if said.isdigit():
            return None
        found = readings(said, today=self.today, toward=toward, day_first=self.day_first)
        behind = toward is Toward.PAST
        days = [on for on in found if (on <= self.today) is behind]
        return Day(*days) if days else None

    def _joined(self, after: str) -> str:
        """Return what follows a day without the word that leads on: "yesterday with Tom", "today re the offer"."""
        text = after.strip()
        match = re.match(rf"with\b|{self.language.about}", text, re.IGNORECASE)
        leads = match is not None and (match["drop"] is not None or match[0].lower() == "with")
        return text[match.end() :].strip() if match is not None and leads else text


def _found(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text, re.IGNORECASE)


def _trimmed(text: str) -> str:
    return text.strip(" \t,;.:").strip()
