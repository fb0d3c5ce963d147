"""Meetings that a calendar told of, and for each person the day of the last one ahead."""

from alembic import op

revision = "0011"
down_revision = "0010"

_STATEMENTS = (
    "ALTER TABLE person ADD COLUMN meeting_on DATE",
    """
    CREATE TABLE meeting (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid VARCHAR NOT NULL,
        series VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        held_on DATE NOT NULL,
        starts_at DATETIME,
        minutes INTEGER NOT NULL,
        settled BOOLEAN NOT NULL,
        touch_id INTEGER,
        CONSTRAINT uq_meeting_uid UNIQUE (uid),
        CONSTRAINT fk_meeting_touch_id FOREIGN KEY(touch_id) REFERENCES touch (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_meeting_series ON meeting (series)",
    "CREATE INDEX ix_meeting_held_on ON meeting (settled, held_on, id)",
    "CREATE INDEX ix_meeting_touch_id ON meeting (touch_id) WHERE touch_id IS NOT NULL",
    """
    CREATE TABLE meeting_person (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        meeting_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        CONSTRAINT uq_meeting_person_meeting_id_person_id UNIQUE (meeting_id, person_id),
        CONSTRAINT fk_meeting_person_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE CASCADE,
        CONSTRAINT fk_meeting_person_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_meeting_person_person_id ON meeting_person (person_id)",
)


def upgrade() -> None:
    """Make the tables, empty; nobody has a meeting ahead."""
    for statement in _STATEMENTS:
        op.execute(statement)
