"""Feedback received, lessons learned, practice."""

from alembic import op

revision = "0015"
down_revision = "0014"

_STATEMENTS = (
    """
CREATE TABLE feedback (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    opportunity_id INTEGER NOT NULL,
    person_id INTEGER,
    given_on DATE NOT NULL,
    text VARCHAR NOT NULL,
    CONSTRAINT fk_feedback_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE,
    CONSTRAINT fk_feedback_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
)
""",
    "CREATE INDEX ix_feedback_opportunity_id ON feedback (opportunity_id)",
    "CREATE INDEX ix_feedback_person_id ON feedback (person_id) WHERE person_id IS NOT NULL",
    """
CREATE TABLE lesson (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    text VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    tags JSON NOT NULL,
    opportunity_id INTEGER,
    feedback_id INTEGER,
    learned_on DATE NOT NULL,
    helped INTEGER NOT NULL,
    passed INTEGER NOT NULL,
    shown_on DATE,
    CONSTRAINT fk_lesson_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE SET NULL,
    CONSTRAINT fk_lesson_feedback_id FOREIGN KEY(feedback_id) REFERENCES feedback (id) ON DELETE SET NULL
)
""",
    "CREATE INDEX ix_lesson_feedback_id ON lesson (feedback_id) WHERE feedback_id IS NOT NULL",
    "CREATE INDEX ix_lesson_opportunity_id ON lesson (opportunity_id) WHERE opportunity_id IS NOT NULL",
    """
CREATE TABLE practice (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER,
    practised_on DATE NOT NULL,
    topic VARCHAR NOT NULL,
    went INTEGER,
    note VARCHAR NOT NULL,
    CONSTRAINT fk_practice_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
)
""",
    "CREATE INDEX ix_practice_person_id ON practice (person_id) WHERE person_id IS NOT NULL",
)


def upgrade() -> None:
    """Add the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
