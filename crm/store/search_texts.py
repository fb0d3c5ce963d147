"""What people and companies are found by: the text of each column of their index, put together from their rows.

In Python, as an import has all of it at hand: for SQLite to put it together again takes a third of the whole filling.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

Text = tuple[int, *tuple[str, ...]]  # the row's id and the text of each column

_PEOPLE = "SELECT p.id, p.display_name, p.name_key, p.nicknames, p.notes, p.how_met FROM {} person p ON p.id = i.value"
_WORK = (
    "SELECT o.person_id, c.name, c.name_key, o.title FROM {} position o ON o.person_id = i.value"
    " CROSS JOIN company c ON c.id = o.company_id"
)
_CONTACTS = "SELECT k.person_id, k.value, k.key FROM {} contact_point k ON k.person_id = i.value"
_TAGS = "SELECT x.person_id, t.name FROM {} person_tag x ON x.person_id = i.value CROSS JOIN tag t ON t.id = x.tag_id"
_COMPANIES = "SELECT c.id, c.name, c.name_key, c.industry, c.place, c.site, c.notes FROM {} company c ON c.id = i.value"
_ALIASES = "SELECT a.company_id, a.name FROM {} company_alias a ON a.company_id = i.value"
_NOTICED = "SELECT w.company_id, w.text FROM {} noticed w ON w.company_id = i.value"


def said(value: str, key: str) -> str:
    """Return a value and what it is compared by; only the value when that has the same words."""
    return value if key in value.lower() else f"{value} {key}"


def person_text(
    id_: int,
    own: tuple[str, str, str, str, str],
    work: Iterable[str],
    contacts: Iterable[str],
    tags: Iterable[str],
) -> Text:
    """Return what a person is found by. `own` is what their row says: name, its key, nicknames, notes and how met."""
    shown, key, nicknames, notes, how_met = own
    return (
        id_, f"{said(shown, key)} {nicknames}", " ".join(work), " ".join(contacts), " ".join(tags), f"{notes} {how_met}"
    )  # fmt: skip


def people(connection: Connection, ids: Sequence[int]) -> Iterator[Text]:
    """Yield what those of these people who are there are found by."""
    work = _by_owner(connection, _WORK, ids, lambda name, key, title: f"{said(name, key)} {title}")
    contacts = _by_owner(connection, _CONTACTS, ids, said)
    tags = _by_owner(connection, _TAGS, ids, str)
    for id_, *own in _rows(connection, _PEOPLE, ids):
        yield person_text(id_, tuple(own), work[id_], contacts[id_], tags[id_])


def companies(connection: Connection, ids: Sequence[int]) -> Iterator[Text]:
    """Yield what those of these companies that are there are found by."""
    aliases, noticed = (_by_owner(connection, query, ids, str) for query in (_ALIASES, _NOTICED))
    for id_, name, key, *facts in _rows(connection, _COMPANIES, ids):
        yield id_, " ".join([said(name, key), *aliases[id_]]), " ".join([*facts, *noticed[id_]])


def _by_owner(
    connection: Connection, query: str, ids: Sequence[int], text: Callable[..., str]
) -> Mapping[int, Sequence[str]]:
    """Return the texts of rows, which `text` makes of what they say, by the id they begin with."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = _rows(connection, query, ids)
    if rows:
        owners, *said_by = zip(*rows, strict=True)
        for owner, one in zip(owners, map(text, *said_by), strict=True):
            found[owner].append(one)
    return found


def _rows(connection: Connection, query: str, ids: Sequence[int]) -> list[Any]:
    """Return the driver's rows: SQLAlchemy's take twice as long to read, and a person has a dozen."""
    driver: Any = connection.connection.driver_connection
    found: list[Any] = driver.execute(
        query.format("json_each(?) i CROSS JOIN"), (json.dumps(list(ids)),)
    ).fetchall()
    return found
