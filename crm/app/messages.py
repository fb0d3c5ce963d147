"""Messages: what can be written, what is known to fill it with, and noting that one was sent. The app sends nothing."""

import contextlib
from datetime import date

from crm.app import opportunities, ownfiles, people, plans, preferences, touches
from crm.app.books import Book
from crm.domain import message
from crm.domain.changes import Op
from crm.domain.message import MessageFacts, MessageTemplate
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.domain.plan import StepId, StepState
from crm.domain.touch import Direction, TouchDraft, TouchKind
from crm.errors import KeepwarmError
from crm.formats import messages as files
from crm.store import interviews

_FOLDER = "messages"


def names() -> tuple[str, ...]:
    """Return the purposes there are: those that came with the program and the user's own."""
    return ownfiles.names(_FOLDER)


def template(name: str) -> MessageTemplate:
    """Return the template of a purpose, the user's own where there is one.

    Raises `NotFound`, `KeepwarmError` (MESSAGE_INVALID).
    """
    text, file = ownfiles.text(_FOLDER, name, "message")
    return files.read(text, name, str(file))


def fitting(facts: MessageFacts, wanted: str = "", *, today: date) -> tuple[MessageTemplate, ...]:
    """Return the templates that fit somebody, `wanted` or else the likeliest first. Raises as `template` does for that.

    Another one that can't be read is left out: it is named when it is asked for.
    """
    offered = message.fitting(names(), facts, today)
    first = wanted or offered[0]
    found = [template(first)]
    for name in offered:
        if name != first:
            with contextlib.suppress(KeepwarmError):
                found.append(template(name))
    return tuple(found)


def facts(
    book: Book, person: PersonId, *, today: date, opportunity: OpportunityId | None = None
) -> MessageFacts:
    """Return what is known for a message to somebody; without `opportunity` of the latest you share. Raises `NotFound`."""
    card = people.card(book, person, today=today)
    with book.read() as session:
        rounds = interviews.with_person(session, person, today)
        if opportunity is None:
            shared = opportunities.of_person(book, person, today=today)
            opportunity = rounds[-1].opportunity if rounds else shared[-1].id if shared else None
        held = next((one for one in reversed(rounds) if one.opportunity == opportunity), None)
        about = opportunities.card(book, opportunity, today=today).row if opportunity is not None else None
    return MessageFacts(
        person=person,
        name=card.row.name,
        given=card.draft.name.given or _first_name(card.row.name),
        email=card.row.email,
        me=preferences.get(book).name,
        company=about.company if about else card.row.company,
        role=about.title if about else "",
        round=held.draft.name if held else "",
        opportunity=about.id if about else None,
        held_on=held.draft.on if held else None,
        format=held.draft.format if held else None,
        enjoyed=held.draft.enjoyed if held else "",
        last_touch_on=card.row.last_touch_on,
    )


def sent(
    book: Book, person: PersonId, kind: TouchKind, subject: str, *, today: date, step: StepId | None = None
) -> touches.Logged:
    """Note that a message was sent: a touch today, and `step` done with it. One undo step."""
    with book.write(Op.LOG_TOUCH):
        touch = TouchDraft((person,), kind, today, subject, Direction.SENT)
        logged = touches.log(book, touch, today=today)
        if step is not None and plans.row(book, step).state is StepState.OPEN:
            plans.done(book, step, today=today)
    return logged


def _first_name(name: str) -> str:
    """Return how to address somebody whose name has no parts: the first word, unless it is a title ("Dr. Okri")."""
    first = next(iter(name.split()), "")
    return name if first.endswith(".") else first
