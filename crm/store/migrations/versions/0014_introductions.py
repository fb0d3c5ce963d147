"""Introductions asked for."""

from alembic import op

revision = "0014"
down_revision = "0013"

_STATEMENTS = (
    """
    CREATE TABLE introduction (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        company_id INTEGER NOT NULL,
        connector_id INTEGER NOT NULL,
        to_person_id INTEGER,
        to_name VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        asked_on DATE NOT NULL,
        since_on DATE NOT NULL,
        step_id INTEGER,
        CONSTRAINT fk_introduction_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE CASCADE,
        CONSTRAINT fk_introduction_connector_id FOREIGN KEY(connector_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT fk_introduction_to_person_id FOREIGN KEY(to_person_id) REFERENCES person (id) ON DELETE SET NULL,
        CONSTRAINT fk_introduction_step_id FOREIGN KEY(step_id) REFERENCES step (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_introduction_company_id ON introduction (company_id)",
    "CREATE INDEX ix_introduction_connector_id ON introduction (connector_id)",
    "CREATE INDEX ix_introduction_to_person_id ON introduction (to_person_id) WHERE to_person_id IS NOT NULL",
    "CREATE INDEX ix_introduction_step_id ON introduction (step_id) WHERE step_id IS NOT NULL",
)


def upgrade() -> None:
    """Make the table, empty."""
    for statement in _STATEMENTS:
        op.execute(statement)
