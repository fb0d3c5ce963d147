"""Binary content by its address: pictures and attached files. The table isn't journaled: the rows that name it are."""

import re
from collections.abc import Iterator

from sqlalchemy.orm import Session

_ADDRESS = re.compile("[0-9a-f]{64}")
_UNNAMED = """
SELECT sha FROM blob
WHERE sha NOT IN (SELECT photo_sha FROM person) AND sha NOT IN (SELECT sha FROM attachment)"""
_ALSO_NAMING = (
    "SELECT raw FROM source_card WHERE instr(raw, char(2))",  # binary parts of cards as they came
    "SELECT image FROM journal_row WHERE tbl IN ('person', 'attachment', 'source_card') AND image IS NOT NULL",
)


def put(session: Session, sha: str, data: bytes) -> None:
    """Keep content by its address; the same content is kept once."""
    statement = "INSERT INTO blob (sha, original, refused) VALUES (?, ?, 0) ON CONFLICT (sha) DO NOTHING"
    session.connection().exec_driver_sql(statement, (sha, data))


def find(session: Session, sha: str) -> bytes | None:
    """Return content as it came, by its address."""
    found = session.connection().exec_driver_sql("SELECT original FROM blob WHERE sha = ?", (sha,)).scalar()
    return None if found is None else bytes(found)


def every(session: Session) -> Iterator[tuple[str, bytes]]:
    """Yield all content, by its address."""
    for (sha,) in session.connection().exec_driver_sql("SELECT sha FROM blob ORDER BY sha").all():
        yield sha, find(session, sha) or b""


def sweep(session: Session) -> int:
    """Remove content that nothing names: no row, no card as it came, no image that undo or redo could bring back."""
    connection = session.connection()
    unnamed = {sha for (sha,) in connection.exec_driver_sql(_UNNAMED)}
    for query in _ALSO_NAMING:
        if unnamed:
            for (text,) in connection.exec_driver_sql(query):
                unnamed.difference_update(_ADDRESS.findall(text))
    for sha in sorted(unnamed):
        connection.exec_driver_sql("DELETE FROM blob WHERE sha = ?", (sha,))
    return len(unnamed)
