"""Files kept with opportunities, an order of the board that the user chose, and when one may apply again."""

from alembic import op

revision = "0019"
down_revision = "0018"

_STATEMENTS = (
    """
CREATE TABLE attachment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    opportunity_id INTEGER NOT NULL,
    interview_id INTEGER,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    sha VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    added_on DATE NOT NULL,
    CONSTRAINT fk_attachment_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE,
    CONSTRAINT fk_attachment_interview_id FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE SET NULL
)
""",
    "CREATE INDEX ix_attachment_opportunity_id ON attachment (opportunity_id)",
    "CREATE INDEX ix_attachment_interview_id ON attachment (interview_id) WHERE interview_id IS NOT NULL",
    "CREATE INDEX ix_attachment_sha ON attachment (sha)",
    "ALTER TABLE opportunity ADD COLUMN place INTEGER",
    "ALTER TABLE opportunity ADD COLUMN reapply_on DATE",
)


def upgrade() -> None:
    """Add the table, empty, and the columns, unsaid."""
    for statement in _STATEMENTS:
        op.execute(statement)
