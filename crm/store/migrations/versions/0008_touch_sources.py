"""Which touches files brought: each is added once, however often its file is imported."""

from alembic import op

revision = "0008"
down_revision = "0007"

_STATEMENTS = (
    """
CREATE TABLE touch_source (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" VARCHAR NOT NULL,
    touch_id INTEGER,
    CONSTRAINT fk_touch_source_touch_id FOREIGN KEY(touch_id) REFERENCES touch (id) ON DELETE SET NULL
)
""",
    'CREATE INDEX ix_touch_source_key ON touch_source ("key")',
    "CREATE INDEX ix_touch_source_touch_id ON touch_source (touch_id) WHERE touch_id IS NOT NULL",
)


def upgrade() -> None:
    """No file has brought a touch yet."""
    for statement in _STATEMENTS:
        op.execute(statement)
