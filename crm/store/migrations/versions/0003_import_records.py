"""Each import keeps a record of what it did, so that it can be undone long after."""

from alembic import op

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    "ALTER TABLE import_batch ADD COLUMN source VARCHAR",
    "ALTER TABLE import_batch ADD COLUMN undone_at DATETIME",
    """
CREATE TABLE import_added (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL,
    tbl VARCHAR NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT fk_import_added_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_import_added_batch_id ON import_added (batch_id)",
    """
CREATE TABLE import_changed (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL,
    tbl VARCHAR NOT NULL,
    row_id INTEGER NOT NULL,
    was JSON NOT NULL,
    became JSON NOT NULL,
    CONSTRAINT fk_import_changed_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_import_changed_batch_id ON import_changed (batch_id)",
    "CREATE INDEX ix_import_changed_row ON import_changed (tbl, row_id)",
    """
CREATE TABLE import_edited (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    tbl VARCHAR NOT NULL,
    row_id INTEGER NOT NULL
)
""",
    "CREATE INDEX ix_import_edited_row ON import_edited (tbl, row_id)",
)


def upgrade() -> None:
    """Add the record. Earlier imports have none, and say so."""
    for statement in _STATEMENTS:
        op.execute(statement)
