"""Calendar files that are kept up to date, and what went out in those made by hand."""

from alembic import op

revision = "0009"
down_revision = "0008"

STATEMENTS = (
    """
CREATE TABLE feed (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    company_id INTEGER,
    tag VARCHAR NOT NULL,
    days INTEGER,
    alarms JSON NOT NULL,
    detail VARCHAR NOT NULL,
    CONSTRAINT fk_feed_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE SET NULL
)
""",
    """
CREATE TABLE exported_event (
    scope VARCHAR NOT NULL,
    uid VARCHAR NOT NULL,
    sequence INTEGER NOT NULL,
    starts_at DATETIME NOT NULL,
    changed_at DATETIME NOT NULL,
    summary VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    cancelled BOOLEAN NOT NULL,
    fresh BOOLEAN NOT NULL,
    PRIMARY KEY (scope, uid)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE calendar_export (
    scope VARCHAR NOT NULL,
    exported_at DATETIME NOT NULL,
    PRIMARY KEY (scope)
)
 WITHOUT ROWID
""",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
