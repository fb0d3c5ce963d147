"""A calendar on a server that plans are pushed to, and what was seen there of what it was told."""

from alembic import op

revision = "0021"
down_revision = "0020"

_STATEMENTS = (
    """
    CREATE TABLE caldav (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        server VARCHAR NOT NULL,
        user VARCHAR NOT NULL,
        url VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        kinds JSON NOT NULL,
        alarms JSON NOT NULL,
        detail VARCHAR NOT NULL,
        meetings JSON NOT NULL
    )
    """,
    "ALTER TABLE exported_event ADD COLUMN etag VARCHAR",
    "ALTER TABLE exported_event ADD COLUMN notice VARCHAR",
    "ALTER TABLE exported_event ADD COLUMN notice_at DATETIME",
)


def upgrade() -> None:
    """Make the table, empty, and add the columns."""
    for statement in _STATEMENTS:
        op.execute(statement)
