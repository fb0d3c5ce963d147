"""Who introduced somebody, and what is kept of people under names of the user's own."""

from alembic import op

revision = "0013"
down_revision = "0012"

_STATEMENTS = (
    """
CREATE TABLE introduced_by (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    by_id INTEGER NOT NULL,
    CONSTRAINT ck_introduced_by_other CHECK (person_id <> by_id),
    CONSTRAINT uq_introduced_by_person_id UNIQUE (person_id),
    CONSTRAINT fk_introduced_by_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_introduced_by_by_id FOREIGN KEY(by_id) REFERENCES person (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_introduced_by_by_id ON introduced_by (by_id)",
    """
CREATE TABLE custom_field (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    ord INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    CONSTRAINT fk_custom_field_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_custom_field_person_id ON custom_field (person_id)",
)


def upgrade() -> None:
    """Add the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
