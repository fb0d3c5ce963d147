"""Why now: a person's own rhythm, rules that are silent for somebody, and days of the year that can be looked up."""

import itertools
import statistics
from collections.abc import Iterator
from datetime import date, timedelta

from alembic import op
from sqlalchemy import Connection

revision = "0010"
down_revision = "0009"

_STATEMENTS = (
    "ALTER TABLE person ADD COLUMN rhythm_days INTEGER",
    "ALTER TABLE person ADD COLUMN rhythm_gaps INTEGER",
    "ALTER TABLE person ADD COLUMN quiet_on DATE",
    "CREATE INDEX ix_person_quiet ON person (standing, quiet_on, id) WHERE quiet_on IS NOT NULL",
    "CREATE INDEX ix_position_day ON position (substr(from_on, 6)) WHERE current = 1",
    "CREATE INDEX ix_important_date_day ON important_date (month, day)",
    """
CREATE TABLE muted_reason (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    until_on DATE,
    CONSTRAINT uq_muted_reason_person_id_rule UNIQUE (person_id, rule),
    CONSTRAINT fk_muted_reason_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
""",
)
_TOUCHES = (
    "SELECT DISTINCT t.person_id, t.touched_on, p.standing = 'active' AND NOT p.resting FROM touch_person t"
    " JOIN person p ON p.id = t.person_id WHERE t.kind NOT IN ('note', 'comment') ORDER BY t.person_id, t.touched_on"
)
_SET = "UPDATE person SET rhythm_days = ?, rhythm_gaps = ?, quiet_on = ? WHERE id = ?"


def upgrade() -> None:
    """Add columns, indexes and the table, and fill the columns from the touches there are."""
    for statement in _STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    rows = list(_rhythms(connection))
    if rows:
        connection.exec_driver_sql(_SET, rows)


def _rhythms(connection: Connection) -> Iterator[tuple[int, int, str | None, int]]:
    """Yield the middle of each person's last eight gaps, of three at least, and when that has been exceeded."""
    touches = connection.exec_driver_sql(_TOUCHES).all()
    for (person, suggested), found in itertools.groupby(touches, key=lambda row: (row[0], row[2])):
        days = [date.fromisoformat(row[1]) for row in found][-9:]
        gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
        if len(gaps) >= 3:
            usual = round(statistics.median(gaps))
            silence = max(2 * usual, usual + 14)
            ends = silence < (date.max - days[-1]).days
            quiet_on = (days[-1] + timedelta(days=silence)).isoformat() if suggested and ends else None
            yield usual, len(gaps), quiet_on, person
