"""Filling an empty book with invented people, so that a newcomer sees a living app."""

import tomllib
from dataclasses import dataclass
from datetime import date

from crm import paths
from crm.app.books import Book
from crm.app.drafts import tidy_person
from crm.domain import samples
from crm.domain.changes import Op
from crm.domain.person import PersonId
from crm.domain.touch import TouchDraft
from crm.errors import Invalid
from crm.store import companies, derived, people, touches


@dataclass(frozen=True, slots=True)
class Filled:
    """What the sample brought."""

    people: int
    companies: int
    touches: int


def fill(book: Book, *, today: date) -> Filled:
    """Add the sample people to an empty book, one undo step. Raises `Invalid` when there is anyone in it."""
    data = tomllib.loads((paths.resources_dir() / "samples" / "sample.toml").read_text("utf-8"))
    with book.write(Op.SAMPLE) as session:
        if derived.everyone(session):
            raise Invalid("book", book.path.name, "not_empty")
        drafts = tuple(samples.companies(data))
        for company in drafts:
            companies.insert(session, company)
        ids: list[int] = []
        logged = 0
        for person in samples.people(data, today):
            ids.append(people.insert(session, tidy_person(person.draft, today=today), person.added_on))
            for touch in person.touches:
                touches.insert(session, TouchDraft((PersonId(ids[-1]),), touch.kind, touch.on, touch.note))
            logged += len(person.touches)
        derived.settle(session, ids, today=today)
        book.note(count=len(ids))
    return Filled(len(ids), len(drafts), logged)
