"""`keepwarm people` and `keepwarm person`."""

from dataclasses import asdict
from typing import Any

from crm import wording
from crm.app import browse, touches
from crm.app import people as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.naming import interval_text
from crm.cli.output import Answer, plain_text, table
from crm.domain.cadence import Cadence
from crm.domain.contactkeys import contact_key
from crm.domain.person import Colleague, ContactKind, ContactPoint, PersonCard, PersonDraft, PersonRow
from crm.domain.query import PeopleQuery

_SHOWN_TOUCHES = 10


def people(book: Book, command: Command) -> Answer:
    """List the people that match a text, by name."""
    ids = browse.people_ids(book, PeopleQuery(text=command.options.text), today=command.today)
    rows = browse.people_rows(book, ids, today=command.today)
    contacts = browse.contact_values(book, ids, (ContactKind.EMAIL, ContactKind.PHONE))
    document = [
        {
            "id": row.id,
            "name": row.name,
            "company": row.company,
            "title": row.title,
            "emails": contacts.get(row.id, {}).get(ContactKind.EMAIL, ()),
            "phones": contacts.get(row.id, {}).get(ContactKind.PHONE, ()),
            "last_touch_on": row.last_touch_on,
            "next_due_on": row.next_due_on,
            "every": interval_text(row.cadence.every),
        }
        for row in rows
    ]
    return Answer(document, _people_lines(rows, command))


def person(book: Book, command: Command) -> Answer:
    """Show one person with the latest touches."""
    person_id = app.resolve(book, command.options.who)
    card = app.card(book, person_id, today=command.today)
    timeline = touches.timeline(book, person_id, limit=_SHOWN_TOUCHES)
    said = document(card) | {
        "touches": [{"id": t.id, "kind": t.kind, "on": t.on, "note": t.note} for t in timeline],
    }
    facts = [
        ("Works at", " · ".join(_position(p.title, p.company) for p in card.positions if p.current)),
        ("Before", " · ".join(_position(p.title, p.company) for p in card.positions if not p.current)),
        ("How often", _often(card.row.cadence)),
        ("Else", " · ".join(_often(rule) for rule in card.rules[1:])),
        (
            "Last touch",
            wording.ago(card.row.last_touch_on, command.today) if card.row.last_touch_on else "none yet",
        ),
        (
            "Warmth",
            f"{wording.warmth(card.warmth)}. {' '.join(wording.warmth_parts(card.warmth, command.today))}",
        ),
        ("Between you", " · ".join(wording.between(card.clocks, command.today))),
        ("Next check-in", wording.person_pill(card.row, command.today)[0]),
        ("", wording.placed(card.placed, card.row.next_due_on, card.ideal_on, command.today)),
        *((wording.contact_kind(point.kind), _labelled(point)) for point in _contacts(card.draft)),
        ("Tags", ", ".join(card.draft.tags)),
        *((wording.date_kind(d.kind, d.label), wording.partial_date(d.on)) for d in card.draft.dates),
        ("How you met", card.draft.how_met),
        ("Met on", wording.dated(card.draft.met_on) if card.draft.met_on else ""),
        ("Introduced by", card.introduced_by.name if card.introduced_by else ""),
        ("Introduced", ", ".join(one.name for one in card.introduced)),
        *((kept.name, kept.value) for kept in card.draft.fields),
        *(("Notes" if number == 0 else "", line) for number, line in enumerate(plain_text(card.draft.notes))),
    ]
    lines = table((card.row.name, f"#{card.row.id}"), [])
    lines += tuple(f"  {name:<14} {' '.join(value.split())}" for name, value in facts if value)
    lines += tuple(
        f"  {t.on}  {wording.touch_kind(t.kind):<8} {' '.join(t.note.split())}".rstrip() for t in timeline
    )
    return Answer(said, tuple(plain for line in lines for plain in (line.rstrip(),)))


def _people_lines(rows: tuple[PersonRow, ...], command: Command) -> tuple[str, ...]:
    if not rows:
        wanted = command.options.text
        return (
            f"No one matches “{wanted}”." if wanted else "No people yet. “keepwarm import” brings them in.",
        )
    headings = ("ID", "NAME", "TITLE, COMPANY", "LAST TOUCH", "NEXT CHECK-IN", "HOW OFTEN")
    cells = [
        (
            str(row.id),
            row.name,
            _position(row.title, row.company),
            wording.ago(row.last_touch_on, command.today) if row.last_touch_on else "",
            wording.person_pill(row, command.today)[0],
            wording.interval(row.cadence.every) if row.cadence.every else "",
        )
        for row in rows
    ]
    return (*table(headings, cells), wording.people_count(len(rows)))


def document(card: PersonCard) -> dict[str, Any]:
    """Return what programs get of one person."""
    row, draft = card.row, card.draft

    def values(kind: ContactKind) -> list[str]:
        return [point.value for point in draft.contacts if point.kind is kind]

    return {
        "id": row.id,
        "name": row.name,
        "company": row.company,
        "title": row.title,
        "emails": values(ContactKind.EMAIL),
        "phones": values(ContactKind.PHONE),
        "addresses": values(ContactKind.ADDRESS),
        "links": [one.value for one in _links(draft)],
        "tags": draft.tags,
        "notes": draft.notes,
        "dates": [{"kind": d.kind, "label": d.label, "on": d.on.iso()} for d in draft.dates],
        "fields": {kept.name: kept.value for kept in draft.fields},
        "how_met": draft.how_met,
        "met_on": draft.met_on,
        "introduced_by": _name(card.introduced_by),
        "introduced": [_name(one) for one in card.introduced],
        "positions": [
            {
                "company": p.company,
                "title": p.title,
                "from": p.from_on,
                "until": p.until_on,
                "current": p.current,
            }
            for p in card.positions
        ],
        "state": row.state,
        "last_touch_on": row.last_touch_on,
        "next_due_on": row.next_due_on,
        "snoozed_until": row.snoozed_until,
        "every": interval_text(row.cadence.every),
        "every_from": row.cadence.source,
        "rules": [
            {"every": interval_text(rule.every), "from": rule.source, "name": rule.name}
            for rule in card.rules
        ],
        "warmth": asdict(card.warmth),
        "clocks": asdict(card.clocks),
    }


def _often(rule: Cadence) -> str:
    often, why = wording.cadence(rule)
    return f"{often} ({why[0].lower()}{why[1:]})" if why else often


def _contacts(draft: PersonDraft) -> list[ContactPoint]:
    """Return how to reach somebody, links last."""
    return [*(point for point in draft.contacts if point.kind is not ContactKind.LINK), *_links(draft)]


def _links(draft: PersonDraft) -> list[ContactPoint]:
    """Return somebody's links, the LinkedIn profile before them; it may stand among them, too."""
    links = [point for point in draft.contacts if point.kind is ContactKind.LINK]
    profile = contact_key(ContactKind.LINK, draft.linkedin)
    if not draft.linkedin or any(contact_key(one.kind, one.value) == profile for one in links):
        return links
    return [ContactPoint(ContactKind.LINK, draft.linkedin, "LinkedIn"), *links]


def _labelled(point: ContactPoint) -> str:
    return f"{point.value} ({point.label})" if point.label else point.value


def _name(one: Colleague | None) -> dict[str, Any] | None:
    return {"id": one.id, "name": one.name} if one else None


def _position(title: str, company: str) -> str:
    return ", ".join(part for part in (title, company) if part)
