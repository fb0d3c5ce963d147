"""Ordered ids and counts of lists. Each order without a text is one walk over an index (see `store.tables`).

Written as SQL: a list is as long as the book, and what the planner does with it is a promise that tests hold.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from crm.domain.folding import clean, fold
from crm.domain.person import Tag
from crm.domain.query import (
    CompanyCounts,
    CompanyFilter,
    CompanyQuery,
    CompanySort,
    PeopleCounts,
    PeopleFilter,
    PeopleQuery,
    PeopleSort,
)
from crm.store import search
from crm.store.intervals import interval

AFTER_ALL = "\U0010ffff"
CANDIDATES = 10

_ACTIVE = "p.standing = 'active'"
_SHOWN = {
    PeopleFilter.ALL: _ACTIVE,
    PeopleFilter.DUE: f"{_ACTIVE} AND p.check_in_on <= :today",
    PeopleFilter.LOSING_TOUCH: f"{_ACTIVE} AND p.losing_on <= :today",
    # `check_in_on` is NULL when `next_due_on` is, and stands in the index.
    PeopleFilter.NO_PLAN: f"{_ACTIVE} AND p.check_in_on IS NULL"
    " AND p.id NOT IN (SELECT r.id FROM person r WHERE r.standing = 'active' AND r.resting = 1)",
    PeopleFilter.STARRED: f"{_ACTIVE} AND p.starred = 1",
    PeopleFilter.ARCHIVED: "p.standing IN ('archived', 'deceased', 'left')",
}
_COMPANIES_SHOWN = {
    CompanyFilter.ALL: "true",
    CompanyFilter.TARGET: "c.target = 1",
    CompanyFilter.TARGET_EMPTY: "c.target = 1 AND c.people = 0",
    CompanyFilter.OPENINGS: "c.id IN (SELECT company_id FROM opportunity WHERE stage <> 'closed'"
    " UNION SELECT company_id FROM noticed WHERE kind = 'opening' AND opportunity_id IS NULL)",
    CompanyFilter.EMPTY: "c.people = 0",
}
_COMPANY_COUNTS = "SELECT " + ", ".join(
    f"(SELECT count(*) FROM company c WHERE {_COMPANIES_SHOWN[show]})" for show in CompanyFilter
)
_TAGS = """
SELECT t.name, t.every_count, t.every_unit, count(p.id)
FROM tag t LEFT JOIN person_tag x ON x.tag_id = t.id LEFT JOIN person p ON p.id = x.person_id AND p.standing = 'active'
GROUP BY t.id HAVING count(x.id) > 0 OR t.every_count IS NOT NULL ORDER BY t.key"""


def people_ids(session: Session, query: PeopleQuery, today: date) -> "array[int]":
    """Return the ids of a list of people, in order."""
    values = {
        **_text_values(query.text),
        "today": today.isoformat(),
        "company": query.company_id,
        "tag": fold(query.tag),
    }
    return _ids(session, people_walks(query), values)


def company_ids(session: Session, query: CompanyQuery) -> "array[int]":
    """Return the ids of a list of companies, in order."""
    return _ids(session, company_walks(query), _text_values(query.text))


def people_counts(session: Session, today: date, text: str = "") -> PeopleCounts:
    """Return the numbers on the chips; with a text, of those whom it finds."""
    values = {**_text_values(text), "today": today.isoformat()}
    return PeopleCounts(*next(_run(session, people_counting(text), values)))


def company_counts(session: Session) -> CompanyCounts:
    """Return the numbers on the chips."""
    return CompanyCounts(*next(_run(session, _COMPANY_COUNTS, {})))


def tags(session: Session) -> tuple[tuple[Tag, int], ...]:
    """Return the tags that are carried or have a rule, by name, each with its number of active people."""
    found = _run(session, _TAGS, {})
    return tuple((Tag(name, interval(count, unit)), people) for name, count, unit, people in found)


def find_people(session: Session, text: str, *, exactly: bool) -> list[tuple[int, str]]:
    """Return up to ten people of that name, or whose name has these words or begins so: (id, "Name, Company")."""
    near = " UNION SELECT rowid FROM person_search WHERE person_search MATCH :match"
    rows = _run(
        session,
        "SELECT p.id, p.display_name, c.name FROM person p LEFT JOIN company c ON c.id = p.company_id WHERE "
        + _named("p", near, text, exactly=exactly),
        _text_values(text, "name"),
    )
    return [(person, f"{name}, {company}" if company else name) for person, name, company in rows]


def find_companies(session: Session, text: str, *, exactly: bool) -> list[tuple[int, str]]:
    """Return up to ten companies of that name, or whose name has these words or begins so: (id, name)."""
    near = " UNION SELECT rowid FROM company_search WHERE company_search MATCH :match"
    condition = _named("c", near, text, exactly=exactly)
    rows = _run(session, f"SELECT c.id, c.name FROM company c WHERE {condition}", _text_values(text, "name"))
    return [(company, name) for company, name in rows]


def people_counting(text: str) -> str:
    """Return the statement that counts what each chip lists, in their order: by walks, a text's finds in one go."""
    if not fold(text):
        counts = (f"(SELECT count(*) FROM person p WHERE {shown})" for shown in _SHOWN.values())
        return f"SELECT {', '.join(counts)}"
    found = [_begins("p"), *([_matches("p", "person p")] if search.match(text) else [])]
    counts = (f"count(*) FILTER (WHERE {shown})" for shown in _SHOWN.values())
    return f"SELECT {', '.join(counts)} FROM person p WHERE {' OR '.join(found)}"


def people_walks(query: PeopleQuery) -> list[str]:
    """Return the statements whose ids, one after another, are the list."""
    where = [_SHOWN[query.show]]
    if query.company_id is not None:
        where.append(
            "p.id IN (SELECT o.person_id FROM position o WHERE o.company_id = :company AND o.current)"
        )
    if query.tag:
        where.append(
            "p.id IN (SELECT x.person_id FROM person_tag x JOIN tag t ON t.id = x.tag_id WHERE t.key = :tag)"
        )
    if query.sort is PeopleSort.NAME:
        return _by_name("p", "person p", where, query.text, query.descending)
    where += _having_text("p", "person p", query.text)
    order = {
        PeopleSort.COMPANY: _by_company,
        PeopleSort.LAST_TOUCH: _by_last_touch,
        PeopleSort.NEXT_CHECK_IN: _by_check_in,
        PeopleSort.ADDED: _by_added,
    }[query.sort]
    return order(where, query.descending)


def company_walks(query: CompanyQuery) -> list[str]:
    """Return the statements whose ids, one after another, are the list."""
    where = [_COMPANIES_SHOWN[query.show]]
    if query.sort is CompanySort.NAME:
        return _by_name("c", "company c", where, query.text, query.descending)
    where += _having_text("c", "company c", query.text)
    if query.sort is CompanySort.PEOPLE:
        order = (
            "c.people DESC, c.sort_key, c.id" if query.descending else "c.people, c.sort_key DESC, c.id DESC"
        )
        return [_walk("c", "company c", where, order)]
    return _dated_last("c", "company c", where, "c.last_touch_on", _recent_first("c", query.descending))


def _by_name(alias: str, source: str, where: Sequence[str], text: str, descending: bool) -> list[str]:
    """By name; with a text, those whose name begins with it come first."""
    order = f"{alias}.sort_key DESC, {alias}.id DESC" if descending else f"{alias}.sort_key, {alias}.id"
    if not fold(text):
        return [_walk(alias, source, where, order)]
    first = _walk(alias, source, [*where, _begins(alias)], order)
    if not search.match(text):
        return [first]
    return [first, _walk(alias, source, [*where, _matches(alias, source), f"NOT ({_begins(alias)})"], order)]


def _by_company(where: Sequence[str], descending: bool) -> list[str]:
    """By company, then name; those without one last. The cross join keeps the companies the outer loop."""
    down = " DESC" if descending else ""
    return [
        _walk(
            "p", "company c CROSS JOIN person p ON p.company_id = c.id", where,
            f"c.sort_key{down}, c.id{down}, p.sort_key, p.id",
        ),
        _walk("p", "person p", [*where, "p.company_id IS NULL"], "p.sort_key, p.id"),
    ]  # fmt: skip


def _by_last_touch(where: Sequence[str], descending: bool) -> list[str]:
    return _dated_last("p", "person p", where, "p.last_touch_on", _recent_first("p", descending))


def _by_check_in(where: Sequence[str], descending: bool) -> list[str]:
    down = " DESC" if descending else ""
    order = f"p.check_in_on{down}, p.sort_key{down}, p.id{down}"
    return _dated_last("p", "person p", where, "p.check_in_on", order)


def _by_added(where: Sequence[str], descending: bool) -> list[str]:
    """Ids grow in the order of adding."""
    return [_walk("p", "person p", where, "p.id DESC" if descending else "p.id")]


def _recent_first(alias: str, descending: bool) -> str:
    names = f"{alias}.last_touch_on", f"{alias}.sort_key", f"{alias}.id"
    downs = (" DESC", "", "") if descending else ("", " DESC", " DESC")
    return ", ".join(name + down for name, down in zip(names, downs, strict=True))


def _dated_last(alias: str, source: str, where: Sequence[str], column: str, order: str) -> list[str]:
    """Those with a date in that order, then, whichever way it goes, those without one by name."""
    return [
        _walk(alias, source, [*where, f"{column} IS NOT NULL"], order),
        _walk(alias, source, [*where, f"{column} IS NULL"], f"{alias}.sort_key, {alias}.id"),
    ]


def _having_text(alias: str, source: str, text: str) -> list[str]:
    if not fold(text):
        return []
    return [_matches(alias, source) if search.match(text) else _begins(alias)]


def _begins(alias: str) -> str:
    return f"{alias}.sort_key >= :text AND {alias}.sort_key < :after"


def _matches(alias: str, source: str) -> str:
    index = f"{source.split(maxsplit=1)[0]}_search"
    return f"{alias}.id IN (SELECT rowid FROM {index} WHERE {index} MATCH :match)"


def _named(alias: str, near: str, text: str, *, exactly: bool) -> str:
    order = f" ORDER BY {alias}.sort_key, {alias}.id LIMIT {CANDIDATES}"
    if exactly or not fold(text):
        return f"{alias}.sort_key = :text AND :text != ''{order}"
    table = {"p": "person", "c": "company"}[alias]
    begins = f"SELECT {alias}.id FROM {table} {alias} WHERE {_begins(alias)}"
    return f"{alias}.id IN ({begins}{near if search.match(text) else ''}){order}"


def _text_values(text: str, column: str = "") -> dict[str, Any]:
    """Return what the statements bind for a text; `column` restricts the full-text match to one."""
    key = fold(clean(text))
    match = search.match(text)
    return {
        "text": key,
        "after": key + AFTER_ALL,
        "match": f"{column} : ({match})" if column and match else match,
    }


def _walk(alias: str, source: str, where: Iterable[str], order: str) -> str:
    return f"SELECT {alias}.id FROM {source} WHERE {' AND '.join(where)} ORDER BY {order}"


def _ids(session: Session, walks: Iterable[str], values: dict[str, Any]) -> "array[int]":
    found = array("q")
    for walk in walks:
        found.extend(row[0] for row in _run(session, walk, values))
    return found


def _run(session: Session, statement: str, values: dict[str, Any]) -> Iterator[Any]:
    """Run a statement on the driver's own cursor: a million ids come four times as fast as through rows."""
    driver: Any = session.connection().connection.driver_connection
    return iter(driver.execute(statement, values))
