"""`keepwarm ways-in` and `keepwarm introduction`."""

from crm import wording
from crm.app import companies, people
from crm.app import introductions as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, table
from crm.domain.introduction import (
    Introduction,
    IntroductionDraft,
    IntroductionId,
    IntroductionState,
    Way,
    WaysIn,
)
from crm.domain.person import PersonId
from crm.errors import NotFound

_NOBODY = (
    "You know no one there yet. Import newer contacts, ask who of your people may know somebody,"
    " or meet them at an event."
)


def ways_in(book: Book, command: Command) -> Answer:
    """Say who leads into a company, the best first, and which introductions are on their way."""
    company = companies.resolve(book, command.options.who)
    found = app.ways_in(book, company, today=command.today)
    document = {
        "company": company,
        "ways": [_way(way, command) for way in found.ways],
        "introductions": [_introduction(one, command) for one in found.introductions],
        "similar": [{"id": similar, "name": name} for similar, name in found.similar],
    }
    return Answer(document, _lines(found, command))


def introduction(book: Book, command: Command) -> Answer:
    """Ask somebody for an introduction, or say where one stands."""
    options = command.options
    if options.verb == "ask":
        company = companies.resolve(book, options.company)
        connector = people.resolve(book, options.connector)
        to, name = _to(book, options.to)
        draft = IntroductionDraft(company, connector, to, name, options.note)
        shown = companies.card(book, company, today=command.today).row.name
        who, whom = (people.draft(book, one).display_name if one else "" for one in (connector, to))
        title = wording.introduction_step(draft, who, whom, shown)
        id_ = app.ask(book, draft, title=title, today=command.today)
        return Answer({"id": id_, "step": title}, (f"{title} (#{id_})",))
    id_ = IntroductionId(options.id)
    app.move(book, id_, IntroductionState(options.verb), today=command.today)
    found = next(one for one in app.introductions(book) if one.id == id_)
    return Answer(_introduction(found, command), (plain_line(wording.introduction(found, command.today)),))


def _to(book: Book, text: str) -> tuple[PersonId | None, str]:
    """Return the person of the book that is meant; somebody who isn't in it keeps the name that was typed."""
    try:
        return (people.resolve(book, text), "") if text else (None, "")
    except NotFound:
        return None, text


def _lines(found: WaysIn, command: Command) -> tuple[str, ...]:
    rows = [
        (str(way.person), way.name, wording.way(way), wording.way_facts(way, command.today))
        for way in found.ways
    ]
    known: tuple[str, ...] = () if found.knows_somebody else ("You know no one there now.",)
    if not found.ways:
        known = (_NOBODY,)
    similar = ", ".join(f"{name} (#{company})" for company, name in found.similar)
    asked = [
        plain_line(f"  #{one.id} {wording.introduction(one, command.today)}") for one in found.introductions
    ]
    return (
        *known,
        *(table(("ID", "NAME", "WAY", ""), rows) if rows else ()),
        *((plain_line(f"Similar names: {similar}"),) if similar else ()),
        *(("Introductions:", *asked) if asked else ()),
    )


def _way(way: Way, command: Command) -> dict[str, object]:
    return {
        "person": {"id": way.person, "name": way.name},
        "kind": way.kind,
        "title": way.title,
        "warmth": way.level,
        "answered": way.answered,
        "last_touch_on": way.last_touch_on,
        "from_on": way.from_on,
        "until_on": way.until_on,
        "at": way.at,
        "through": [{"id": person, "name": name} for person, name in way.through],
        "asked_lately": way.asked_lately(command.today),
        "way": wording.way(way),
    }


def _introduction(one: Introduction, command: Command) -> dict[str, object]:
    return {
        "id": one.id,
        "connector": {"id": one.draft.connector, "name": one.connector},
        "company": {"id": one.draft.company, "name": one.company},
        "to": {"id": one.draft.to, "name": one.to},
        "state": one.state,
        "asked_on": one.asked_on,
        "since_on": one.since_on,
        "words": wording.introduction(one, command.today),
    }
