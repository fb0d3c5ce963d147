"""Touches: logging what happened, correcting it, and reading it back as timelines."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from crm.app.books import Book
from crm.app.drafts import note
from crm.app.preferences import days_off
from crm.domain.changes import Op
from crm.domain.company import CompanyId
from crm.domain.person import PersonId
from crm.domain.touch import COUNTING_KINDS, TouchDraft, TouchId, TouchRow, usual_direction
from crm.errors import ErrorCode, Invalid, KeepwarmError, NotFound
from crm.store import people as known_people
from crm.store import steps
from crm.store import touches as rows

TIMELINE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Logged:
    """A touch that was logged, and when the first of its people is due again."""

    touch: TouchId
    next_due_on: date | None


def log(book: Book, touch: TouchDraft, *, today: date) -> Logged:
    """Log a touch with one person or several; a snooze of theirs ends when it is their newest, and plan steps it is are done.

    Raises `KeepwarmError` (FUTURE_TOUCH), `Invalid` without people, `NotFound`.
    """
    tidied = _tidied(touch, today)
    with book.write(Op.LOG_TOUCH) as session:
        names = _names(book, tidied)
        before = rows.last_touches(session, tidied.people)
        touch_id = rows.insert(session, tidied)
        rows.end_snoozes(session, _renewed(tidied, None, before))
        rows.settle(session, tidied.people, today)
        steps.follow_touch(session, touch_id, tidied, days_off(book))
        next_due_on = rows.next_due(session, tidied.people[0])
        due = next_due_on.isoformat() if next_due_on else None
        book.note(**_subject(tidied, names), next_due_on=due)
    return Logged(TouchId(touch_id), next_due_on)


def edit(book: Book, touch_id: TouchId, touch: TouchDraft, *, today: date) -> None:
    """Correct a touch; who took part before and who does now are all recomputed. Raises as `log` does."""
    tidied = _tidied(touch, today)
    with book.write(Op.EDIT_TOUCH) as session:
        stood = draft(book, touch_id)
        if stood == tidied:
            return
        names = _names(book, tidied)
        before = rows.last_touches(session, tidied.people)
        rows.update_from(session, touch_id, tidied)
        rows.end_snoozes(session, _renewed(tidied, stood, before))
        rows.settle(session, {*stood.people, *tidied.people}, today)
        steps.forget_touch(session, touch_id)
        steps.follow_touch(session, touch_id, tidied, days_off(book))
        book.note(**_subject(tidied, names))


def delete(book: Book, touch_id: TouchId, *, today: date) -> None:
    """Remove a touch; its people's dates go back to what the others say. Raises `NotFound`."""
    with book.write(Op.DELETE_TOUCH) as session:
        stood = draft(book, touch_id)
        steps.forget_touch(session, touch_id)
        rows.delete_touch(session, touch_id)
        rows.settle(session, stood.people, today)
        book.note(**_subject(stood, _names(book, stood)))


def next_due(book: Book, person: PersonId) -> date | None:
    """Return when a person's next check-in is due."""
    with book.read() as session:
        return rows.next_due(session, person)


def draft(book: Book, touch_id: TouchId) -> TouchDraft:
    """Return what the editor starts from. Raises `NotFound`."""
    with book.read() as session:
        found = rows.draft(session, touch_id)
    if found is None:
        raise NotFound("touch", touch_id)
    return found


def timeline(
    book: Book, person: PersonId, *, limit: int = TIMELINE_ROWS, before: TouchRow | None = None
) -> tuple[TouchRow, ...]:
    """Return a person's touches and notes, newest first; `before` is the last row of the page above."""
    with book.read() as session:
        return rows.timeline(session, person, limit, (before.on, before.id) if before else None)


def of_company(book: Book, company: CompanyId, *, limit: int = TIMELINE_ROWS) -> tuple[TouchRow, ...]:
    """Return the touches with people who are or were at a company, newest first."""
    with book.read() as session:
        return rows.of_company(session, company, limit)


def _tidied(touch: TouchDraft, today: date) -> TouchDraft:
    """Return the touch as it is stored; a day to come makes a plan, not a touch."""
    if touch.on > today:
        raise KeepwarmError(ErrorCode.FUTURE_TOUCH, on=touch.on)
    if not touch.people:
        raise Invalid("people", "", "empty")
    return replace(
        touch,
        people=tuple(dict.fromkeys(touch.people)),
        note=note(touch.note),
        direction=touch.direction or usual_direction(touch.kind),
    )


def _names(book: Book, touch: TouchDraft) -> dict[int, str]:
    with book.read() as session:
        names = known_people.names_of(session, touch.people)
    for person in touch.people:
        if person not in names:
            raise NotFound("person", person)
    return names


def _renewed(touch: TouchDraft, stood: TouchDraft | None, last: dict[int, date | None]) -> Collection[int]:
    """Return those for whom `touch` became the newest counting one; correcting its note renews nothing."""
    if touch.kind not in COUNTING_KINDS:
        return ()
    counted = set(stood.people) if stood is not None and stood.kind in COUNTING_KINDS else set()
    found = []
    for person in touch.people:
        latest = last[person] or date.min
        if touch.on > latest or (touch.on == latest and person not in counted):
            found.append(person)
    return found


def _subject(touch: TouchDraft, names: dict[int, str]) -> dict[str, object]:
    """Return what the history says of a touch: with whom, what, when."""
    return {
        "subject": names[touch.people[0]],
        "count": len(touch.people),
        "kind": touch.kind.value,
        "on": touch.on.isoformat(),
    }
