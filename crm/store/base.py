"""What every table is made from: the base class, ids that are never used twice, indexes of optional owners."""

import os
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index, MetaData, text
from sqlalchemy.orm import DeclarativeBase

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
KEEP_IDS = {"sqlite_autoincrement": True}


class Table(DeclarativeBase):
    """Base of every table. `sqlite_autoincrement` keeps an id from being used twice, which undo relies on."""

    metadata = MetaData(naming_convention=_NAMING)


def owner_index(table: str, column: str) -> Index:
    """Return the index of one of several possible owners: only rows that it owns are in it."""
    return Index(f"ix_{table}_{column}", column, sqlite_where=text(f"{column} IS NOT NULL"))


def late_key(column: str, ondelete: str) -> ForeignKey:
    """Return a foreign key that holds when a transaction ends: for the tables that an import fills.

    One that holds at once has each statement of many rows keep all pages it changes, to be able to take them back.
    """
    return ForeignKey(column, ondelete=ondelete, deferrable=True, initially="DEFERRED")


_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))  # its first bit set, its second not


def new_uid() -> str:
    """Return what calendars and cards know a new row by: a random UUID (RFC 9562, version 4).

    An import asks for thousands; `uuid.uuid4` makes a value of it first, which takes more than twice as long.
    """
    said = os.urandom(16).hex()
    return f"{said[:8]}-{said[8:12]}-4{said[13:16]}-{_VARIANT[said[16]]}{said[17:20]}-{said[20:]}"


def now() -> datetime:
    """Return the present instant in UTC, for time stamps that no rule depends on."""
    return datetime.now(UTC).replace(tzinfo=None)
