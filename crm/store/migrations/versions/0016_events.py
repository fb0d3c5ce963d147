"""Events, and who is or was there."""

from alembic import op

revision = "0016"
down_revision = "0015"

_STATEMENTS = (
    """
    CREATE TABLE event (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        held_on DATE,
        place VARCHAR NOT NULL,
        link VARCHAR NOT NULL,
        goal VARCHAR NOT NULL,
        status VARCHAR NOT NULL,
        notes VARCHAR NOT NULL,
        outcome VARCHAR NOT NULL
    )
    """,
    "CREATE INDEX ix_event_held_on ON event (held_on, id)",
    """
    CREATE TABLE event_person (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        event_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        attendance VARCHAR NOT NULL,
        CONSTRAINT uq_event_person_event_id_person_id_attendance UNIQUE (event_id, person_id, attendance),
        CONSTRAINT fk_event_person_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE,
        CONSTRAINT fk_event_person_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_event_person_person_id ON event_person (person_id)",
)


def upgrade() -> None:
    """Make the tables, empty."""
    for statement in _STATEMENTS:
        op.execute(statement)
