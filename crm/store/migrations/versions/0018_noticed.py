"""What was noticed at companies."""

from alembic import op

revision = "0018"
down_revision = "0017"

_STATEMENTS = (
    """
    CREATE TABLE noticed (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        company_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        noticed_on DATE NOT NULL,
        text VARCHAR NOT NULL,
        link VARCHAR NOT NULL,
        step_id INTEGER,
        opportunity_id INTEGER,
        CONSTRAINT fk_noticed_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE CASCADE,
        CONSTRAINT fk_noticed_step_id FOREIGN KEY(step_id) REFERENCES step (id) ON DELETE SET NULL,
        CONSTRAINT fk_noticed_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_noticed_company ON noticed (company_id, noticed_on, id)",
    "CREATE INDEX ix_noticed_step_id ON noticed (step_id) WHERE step_id IS NOT NULL",
    "CREATE INDEX ix_noticed_opportunity_id ON noticed (opportunity_id) WHERE opportunity_id IS NOT NULL",
)


def upgrade() -> None:
    """Make the table, empty."""
    for statement in _STATEMENTS:
        op.execute(statement)
