"""A check-in keeps the day it was placed on: its ideal day, why it stands elsewhere, and a day somebody said."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE person ADD COLUMN planned_on DATE",
    "ALTER TABLE person ADD COLUMN planned_why VARCHAR(10)",
    "ALTER TABLE person ADD COLUMN ideal_on DATE",
    "ALTER TABLE person ADD COLUMN placed_why VARCHAR(10)",
    "UPDATE person SET ideal_on = next_due_on, placed_why = 'ideal' WHERE next_due_on IS NOT NULL",
    "CREATE INDEX ix_person_company_check_in ON person (company_id, check_in_on) WHERE check_in_on IS NOT NULL",
)


def upgrade() -> None:
    """Every check-in stands on its ideal day so far."""
    for statement in STATEMENTS:
        op.execute(statement)
