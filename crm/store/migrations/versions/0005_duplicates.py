"""Who isn't the same, which records to skip always, and by which names merged companies were known."""

from alembic import op

revision = "0005"
down_revision = "0004"

_STATEMENTS = (
    "ALTER TABLE import_batch ADD COLUMN possible INTEGER",
    """
CREATE TABLE not_same (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind VARCHAR NOT NULL,
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    CONSTRAINT uq_not_same_kind_one_other UNIQUE (kind, one, other)
)
""",
    """
CREATE TABLE skipped_record (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    digest VARCHAR NOT NULL,
    uid VARCHAR NOT NULL,
    name VARCHAR NOT NULL
)
""",
    "CREATE INDEX ix_skipped_record_digest ON skipped_record (digest)",
    "CREATE INDEX ix_skipped_record_uid ON skipped_record (uid)",
    """
CREATE TABLE company_alias (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    company_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    CONSTRAINT fk_company_alias_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_company_alias_company_id ON company_alias (company_id)",
    "CREATE INDEX ix_company_alias_name_key ON company_alias (name_key)",
)


def upgrade() -> None:
    """Add the tables, empty, and the count of possible duplicates of an import."""
    for statement in _STATEMENTS:
        op.execute(statement)
