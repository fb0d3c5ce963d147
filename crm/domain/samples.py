"""The people of the sample book: invented, the same each time, placed around the day the book is opened."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm.domain.cadence import parse_interval
from crm.domain.company import CompanyDraft
from crm.domain.dates import before
from crm.domain.folding import fold
from crm.domain.person import (
    ContactKind,
    ContactPoint,
    DateKind,
    ImportantDate,
    PartialDate,
    PersonDraft,
    PositionDraft,
)
from crm.domain.touch import TouchKind

PEOPLE = 300
SEED = 20
_KINDS = (
    TouchKind.EMAIL,
    TouchKind.CALL,
    TouchKind.COFFEE,
    TouchKind.MESSAGE,
    TouchKind.MEETING,
    TouchKind.EVENT,
)
_EVERY = ("6 weeks", "2 months", "3 months", "6 months")
_PLANNED, _KNOWN = 0.16, 0.55  # the share with a cadence, and of the rest the share that was ever touched
_PAST_JOB, _TAGGED = 0.18, 0.22


@dataclass(frozen=True, slots=True)
class SampleTouch:
    """A touch of a sample person."""

    kind: TouchKind
    on: date
    note: str


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A sample person with what happened so far."""

    draft: PersonDraft
    added_on: date
    touches: tuple[SampleTouch, ...] = ()


def companies(data: Mapping[str, Any]) -> Iterator[CompanyDraft]:
    """Yield the sample companies that `data` (the sample file, read) describes or names."""
    for told in data["companies"]:
        yield CompanyDraft(**told)
    draw = random.Random(SEED)  # noqa: S311 - the same people each time is the point
    more = data["more"]
    for name, industry in more["companies"]:
        yield CompanyDraft(name, industry=industry, place=draw.choice(more["places"]))


def people(data: Mapping[str, Any], today: date) -> Iterator[SamplePerson]:
    """Yield the sample people: those told in full first, then others made of the lists, 300 in all."""
    draw = random.Random(SEED)  # noqa: S311 - the same people each time is the point
    taken = set()
    for told in data["people"]:
        taken.add(told["name"])
        yield _told(told, today)
    employers = [
        *(company["name"] for company in data["companies"]),
        *(name for name, _ in data["more"]["companies"]),
    ]
    while len(taken) < PEOPLE:
        name = f"{draw.choice(data['more']['given'])} {draw.choice(data['more']['family'])}"
        if name not in taken:
            taken.add(name)
            yield _drawn(name, data["more"], employers, draw, today)


def _told(told: Mapping[str, Any], today: date) -> SamplePerson:
    every = parse_interval(told.get("every", ""))
    if every is not None:
        last = before(today + timedelta(days=told["due"]), every)
    else:
        last = today - timedelta(days=told.get("last", 0))
    touches = tuple(
        SampleTouch(TouchKind(kind), min(last, today) - timedelta(days=53 * number), note)
        for number, (kind, note) in enumerate(told.get("touches", ()))
    )
    draft = PersonDraft(
        display_name=told["name"],
        contacts=_contacts(told["name"], told["company"], len(told["name"])),
        positions=_positions(told["company"], told["title"], told.get("past", "")),
        dates=_birthday(told.get("birthday", "")),
        tags=tuple(told.get("tags", ())),
        how_met=told.get("how_met", ""),
        starred=told.get("starred", False),
        every=every,
    )
    return SamplePerson(draft, today - timedelta(days=400), touches)


def _drawn(
    name: str, more: Mapping[str, Any], employers: list[str], draw: random.Random, today: date
) -> SamplePerson:
    company = draw.choice(employers)
    past = draw.choice(employers) if draw.random() < _PAST_JOB else ""
    every = parse_interval(draw.choice(_EVERY)) if draw.random() < _PLANNED else None
    draft = PersonDraft(
        display_name=name,
        contacts=_contacts(name, company, draw.randrange(100)),
        positions=_positions(company, draw.choice(more["titles"]), past if past != company else ""),
        tags=(draw.choice(more["tags"]),) if draw.random() < _TAGGED else (),
        how_met=draw.choice(more["met"]) if draw.random() < _TAGGED else "",
        every=every,
    )
    if every is not None:
        # None is due yet, and few were touched this week.
        ahead = round(every.days() * draw.uniform(0.3, 0.95))
        last = before(today + timedelta(days=ahead), every)
    elif draw.random() < _KNOWN:
        last = today - timedelta(days=draw.randrange(20, 420))
    else:
        return SamplePerson(draft, today - timedelta(days=draw.randrange(30, 400)))
    count = draw.randrange(1, 5)
    touches = tuple(
        SampleTouch(
            draw.choice(_KINDS),
            last - timedelta(days=draw.randrange(30, 120) * n),
            draw.choice(more["notes"]),
        )
        for n in range(count)
    )
    return SamplePerson(draft, min(touch.on for touch in touches), touches)


def _contacts(name: str, company: str, number: int) -> tuple[ContactPoint, ...]:
    """Return an address under the reserved .example domain and a number from the range kept for fiction."""
    words = fold(name).encode("ascii", "ignore").decode().split()
    local = ".".join("".join(c for c in word if c.isalnum()) for word in words[:2]) or f"person{number}"
    host = "".join(c for c in fold(company).encode("ascii", "ignore").decode() if c.isalnum())
    return (
        ContactPoint(ContactKind.EMAIL, f"{local}@{host}.example", "work"),
        ContactPoint(ContactKind.PHONE, f"+44 20 7946 0{number % 1000:03d}", "mobile"),
    )


def _positions(company: str, title: str, past: str) -> tuple[PositionDraft, ...]:
    now = PositionDraft(company, title)
    return (now, PositionDraft(past, title, current=False)) if past else (now,)


def _birthday(text: str) -> tuple[ImportantDate, ...]:
    if not text:
        return ()
    month, day = (int(part) for part in text.split("-"))
    return (ImportantDate(DateKind.BIRTHDAY, PartialDate(month=month, day=day)),)
