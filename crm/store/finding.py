"""What the palette finds while somebody types: a few people, companies and opportunities, the latest first."""

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from crm.domain.finding import FoundOpportunity
from crm.domain.folding import clean, fold
from crm.domain.opportunity import Ending, OpportunityId, Stage
from crm.store import search
from crm.store.browse import AFTER_ALL

_MOST_NEAR = 40

_PEOPLE = """
SELECT p.id FROM person p
WHERE p.id IN (
    SELECT id FROM person WHERE sort_key >= :text AND sort_key < :after
    UNION SELECT rowid FROM person_search WHERE person_search MATCH :match)
ORDER BY p.standing != 'active', NOT (p.sort_key >= :text AND p.sort_key < :after), p.last_touch_on IS NULL,
         p.last_touch_on DESC, p.sort_key, p.id
LIMIT :most"""
_COMPANIES = """
SELECT c.id FROM company c
WHERE c.id IN (
    SELECT id FROM company WHERE sort_key >= :text AND sort_key < :after
    UNION SELECT rowid FROM company_search WHERE company_search MATCH :match)
ORDER BY NOT (c.sort_key >= :text AND c.sort_key < :after), c.people = 0, c.last_touch_on IS NULL,
         c.last_touch_on DESC, c.sort_key, c.id
LIMIT :most"""
_NAMES = "SELECT DISTINCT name_key FROM person WHERE standing = 'active'"
_OPPORTUNITIES = """
SELECT o.id, o.title, coalesce(c.name, ''), o.stage, o.ending
FROM opportunity o LEFT JOIN company c ON c.id = o.company_id
ORDER BY o.stage = 'closed', o.since_on DESC, o.id DESC"""
_LATELY = """
SELECT p.id FROM person p WHERE p.standing = 'active' AND p.last_touch_on IS NOT NULL
ORDER BY p.last_touch_on DESC, p.sort_key, p.id LIMIT :most"""


def people(session: Session, text: str, most: int) -> list[int]:
    """Return who is called so, then whose company, title, address or tag is."""
    named = _ids(session, _PEOPLE, text, "name", most)
    if len(named) < most:
        named += [
            person
            for person in _ids(session, _PEOPLE, text, "work contact tags", most)
            if person not in named
        ]
    return named[:most]


def companies(session: Session, text: str, most: int) -> list[int]:
    """Return the companies called so."""
    return _ids(session, _COMPANIES, text, "name", most)


def opportunities(session: Session, text: str, most: int) -> tuple[FoundOpportunity, ...]:
    """Return the opportunities of whose title or company a word begins with each of the words; those under way first."""
    wanted = fold(clean(text)).split()
    if not wanted:
        return ()
    driver: Any = session.connection().connection.driver_connection
    fit = (
        row
        for row in driver.execute(_OPPORTUNITIES)
        if all(any(part.startswith(word) for part in fold(f"{row[1]} {row[2]}").split()) for word in wanted)
    )
    return tuple(
        FoundOpportunity(OpportunityId(id_), title, company, Stage(stage), Ending(ending) if ending else None)
        for id_, title, company, stage, ending in islice(fit, most)
    )


def lately(session: Session, most: int) -> list[int]:
    """Return the people touched last."""
    return _run(session, _LATELY, {"most": most})


def name_words(session: Session) -> frozenset[str]:
    """Return every word of people's folded names, to find one that was spelled wrong."""
    driver: Any = session.connection().connection.driver_connection
    return frozenset(" ".join(row[0] for row in driver.execute(_NAMES)).split())


def people_of_words(session: Session, words: Sequence[Collection[str]], most: int) -> list[int]:
    """Return whose name has one word of each collection, those touched last first."""
    if not words:
        return []
    quoted = ([word.replace('"', '""') for word in sorted(group)[:_MOST_NEAR]] for group in words)
    groups = (" OR ".join(f'"{word}"' for word in group) for group in quoted)
    match = "name : (" + " AND ".join(f"({group})" for group in groups) + ")"
    return _run(session, _PEOPLE, {"text": AFTER_ALL, "after": AFTER_ALL, "match": match, "most": most})


def _ids(session: Session, statement: str, text: str, columns: str, most: int) -> list[int]:
    key, match = fold(clean(text)), search.match(text)
    if not key:
        return []
    match = f"{{{columns}}} : ({match})" if match else '""'
    return _run(session, statement, {"text": key, "after": key + AFTER_ALL, "match": match, "most": most})


def _run(session: Session, statement: str, values: dict[str, Any]) -> list[int]:
    """Run a statement on the driver's own cursor, as the lists do."""
    driver: Any = session.connection().connection.driver_connection
    return [row[0] for row in driver.execute(statement, values)]
