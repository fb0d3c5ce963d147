"""An import writes many rows in a statement, and the search no longer keeps at which place a word stands."""

import contextlib
import re

from alembic import op
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

revision = "0022"
down_revision = "0021"

_TABLES = ("person", "contact_point", "company", "position", "important_date", "person_tag", "source_card")
_SEARCHES = {"person_search": "name, work, contact, tags, notes", "company_search": "name, facts"}
_KEY = re.compile(r"(FOREIGN KEY ?\(\w+\) REFERENCES \w+ \(\w+\) ON DELETE (?:CASCADE|SET NULL))")


def upgrade() -> None:
    """Let foreign keys hold when a transaction ends, and make the search anew, empty: a migration fills it last."""
    connection = op.get_bind()
    with contextlib.suppress(
        DatabaseError
    ):  # a SQLite that defends its schema: keys hold at once, as they did
        _hold_late(connection)
    for index, columns in _SEARCHES.items():
        op.execute(f"DROP TABLE {index}")
        op.execute(
            f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, prefix='1 2 3', detail=column, columnsize=0,"
            ' tokenize="unicode61 remove_diacritics 2")'
        )


def _hold_late(connection: Connection) -> None:
    """Change the tables' statements where they stand, as SQLite's manual allows for constraints: no row depends on it.

    To copy all rows would take a large book seconds.
    """
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    try:
        for table in _TABLES:
            which = "type = 'table' AND name = ?"
            made = connection.exec_driver_sql(
                f"SELECT sql FROM sqlite_master WHERE {which}", (table,)
            ).scalar_one()
            late = _KEY.sub(r"\1 DEFERRABLE INITIALLY DEFERRED", made)
            connection.exec_driver_sql(f"UPDATE sqlite_master SET sql = ? WHERE {which}", (late, table))
        version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
        connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    finally:
        connection.exec_driver_sql("PRAGMA writable_schema = RESET")
