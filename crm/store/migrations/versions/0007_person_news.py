"""What changed about people between two files of a program is kept, for reasons to get in touch."""

from alembic import op

revision = "0007"
down_revision = "0006"

_STATEMENTS = (
    """
CREATE TABLE person_news (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    batch_id INTEGER,
    kind VARCHAR NOT NULL,
    program VARCHAR NOT NULL,
    noticed_on DATE NOT NULL,
    was_company VARCHAR NOT NULL,
    was_title VARCHAR NOT NULL,
    company VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    CONSTRAINT fk_person_news_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_person_news_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE SET NULL
)
""",
    "CREATE INDEX ix_person_news_person_id ON person_news (person_id)",
    "CREATE INDEX ix_person_news_batch_id ON person_news (batch_id)",
    "CREATE INDEX ix_person_news_noticed ON person_news (noticed_on, person_id)",
)


def upgrade() -> None:
    """Add the table."""
    for statement in _STATEMENTS:
        op.execute(statement)
