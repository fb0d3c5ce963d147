"""Cards are kept as text, half the size of the list of properties that was read again and again to no use."""

import hashlib
import json
from typing import Any

from alembic import op
from sqlalchemy import Connection

revision = "0002"
down_revision = "0001"

_BLOB = "\x02"
_CHUNK = 500
_TABLE = """
CREATE TABLE source_card (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER,
    company_id INTEGER,
    tag_id INTEGER,
    batch_id INTEGER,
    version VARCHAR NOT NULL,
    producer VARCHAR NOT NULL,
    uid VARCHAR NOT NULL,
    rev VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    CONSTRAINT fk_source_card_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_source_card_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE CASCADE,
    CONSTRAINT fk_source_card_tag_id FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE,
    CONSTRAINT fk_source_card_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE SET NULL
)
"""
_INDEXES = (
    "CREATE INDEX ix_source_card_digest ON source_card (digest)",
    "CREATE INDEX ix_source_card_uid ON source_card (uid)",
    "CREATE INDEX ix_source_card_tag_id ON source_card (tag_id) WHERE tag_id IS NOT NULL",
    "CREATE INDEX ix_source_card_person_id ON source_card (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX ix_source_card_company_id ON source_card (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX ix_source_card_batch_id ON source_card (batch_id)",
)


def upgrade() -> None:
    """Write every card as text. Its digest follows from the text, so a file that is read again is known by it."""
    connection = op.get_bind()
    op.execute("ALTER TABLE source_card RENAME TO source_card_1")
    op.execute(_TABLE)
    last = 0
    while (last := _copy(connection, last)) > 0:
        pass
    op.execute("DROP TABLE source_card_1")
    for statement in _INDEXES:
        op.execute(statement)


def _copy(connection: Connection, after: int) -> int:
    """Copy the next cards after an id; return the last one's, or 0."""
    query = "SELECT * FROM source_card_1 WHERE id > ? ORDER BY id LIMIT ?"
    rows = connection.exec_driver_sql(query, (after, _CHUNK)).all()
    for *columns, _digest, properties in rows:
        raw = "\n".join(_line(*one) for one in json.loads(properties))
        digest = hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest()
        connection.exec_driver_sql(
            "INSERT INTO source_card VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*columns, digest, raw)
        )
    return int(rows[-1][0]) if rows else 0


def _line(group: str, name: str, params: list[Any], value: str, blob: str, _field: str) -> str:
    head = f"{group}.{name}" if group else name
    written = ";".join((head, *(f"{key}={','.join(map(_param_value, values))}" for key, values in params)))
    return f"{written}:{_BLOB}{blob}" if blob else f"{written}:{value}"


def _param_value(value: str) -> str:
    """Return a parameter's value as RFC 6868 writes it, in quotes when it needs them."""
    encoded = value.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return f'"{encoded}"' if set(encoded) & set(",;:") else encoded
