"""Calendars know events too, by a UID; and what they were told says of which kind it is."""

from alembic import op

revision = "0020"
down_revision = "0019"

_UID = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a'"
    " || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
)
# The UIDs of important dates are the only ones of version 5; of what is deleted since, nobody knows: it is a check-in.
_KIND = """
    CASE
        WHEN uid IN (SELECT uid || '@keepwarm' FROM step) THEN 'step'
        WHEN uid IN (SELECT uid || '@keepwarm' FROM interview) THEN 'interview'
        WHEN substr(uid, 15, 1) = '5' THEN 'date'
        ELSE 'check_in'
    END
"""
_STATEMENTS = (
    "ALTER TABLE event ADD COLUMN uid VARCHAR",
    "ALTER TABLE event ADD COLUMN changed_at DATETIME",
    f"UPDATE event SET uid = {_UID}, changed_at = datetime('now') || '.000000'",
    "ALTER TABLE exported_event RENAME TO told_before",
    """
    CREATE TABLE exported_event (
        scope VARCHAR NOT NULL,
        uid VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        sequence INTEGER NOT NULL,
        starts_at DATETIME NOT NULL,
        changed_at DATETIME NOT NULL,
        summary VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        cancelled BOOLEAN NOT NULL,
        fresh BOOLEAN NOT NULL,
        PRIMARY KEY (scope, uid)
    )
     WITHOUT ROWID
    """,
    f"""
    INSERT INTO exported_event
    SELECT scope, uid, {_KIND}, sequence, starts_at, changed_at, summary, digest, cancelled, fresh FROM told_before
    """,
    "DROP TABLE told_before",
)


def upgrade() -> None:
    """Add the columns, and say of which kind each event is that went out."""
    for statement in _STATEMENTS:
        op.execute(statement)
