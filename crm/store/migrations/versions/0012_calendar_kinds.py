"""Calendars know steps and rounds too: by a UID, with the instant they changed; a kept file says which kinds it holds."""

from alembic import op

revision = "0012"
down_revision = "0011"

_UID = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a'"
    " || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
)
STATEMENTS = (
    *(
        statement
        for table in ("interview", "step")
        for statement in (
            f"ALTER TABLE {table} ADD COLUMN uid VARCHAR",
            f"ALTER TABLE {table} ADD COLUMN changed_at DATETIME",
            f"UPDATE {table} SET uid = {_UID}, changed_at = datetime('now') || '.000000'",
        )
    ),
    "ALTER TABLE feed ADD COLUMN kinds JSON",
)


def upgrade() -> None:
    """Add the columns; what is kept so far holds check-ins."""
    for statement in STATEMENTS:
        op.execute(statement)
