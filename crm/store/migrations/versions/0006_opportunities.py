"""Opportunities: their moves, people, rounds, and the dated steps of plans."""

from alembic import op

revision = "0006"
down_revision = "0005"

_STATEMENTS = (
    """
    CREATE TABLE opportunity (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        title VARCHAR NOT NULL,
        company_id INTEGER,
        stage VARCHAR NOT NULL,
        ending VARCHAR NOT NULL,
        since_on DATE NOT NULL,
        added_on DATE NOT NULL,
        applied_on DATE,
        deadline_on DATE,
        link VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        salary VARCHAR NOT NULL,
        description VARCHAR NOT NULL,
        notes VARCHAR NOT NULL,
        revision INTEGER NOT NULL,
        CONSTRAINT fk_opportunity_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_opportunity_company_id ON opportunity (company_id)",
    "CREATE INDEX ix_opportunity_stage ON opportunity (stage, since_on, id)",
    """
    CREATE TABLE interview (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        opportunity_id INTEGER NOT NULL,
        held_on DATE NOT NULL,
        starts_at DATETIME,
        zone VARCHAR NOT NULL,
        minutes INTEGER NOT NULL,
        format VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        preparation VARCHAR NOT NULL,
        questions VARCHAR NOT NULL,
        went INTEGER,
        enjoyed VARCHAR NOT NULL,
        repeat VARCHAR NOT NULL,
        change VARCHAR NOT NULL,
        CONSTRAINT fk_interview_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_interview_held_on ON interview (held_on, id)",
    "CREATE INDEX ix_interview_opportunity_id ON interview (opportunity_id)",
    """
    CREATE TABLE opportunity_move (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        opportunity_id INTEGER NOT NULL,
        stage VARCHAR NOT NULL,
        ending VARCHAR NOT NULL,
        moved_on DATE NOT NULL,
        CONSTRAINT fk_opportunity_move_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_opportunity_move_opportunity_id ON opportunity_move (opportunity_id)",
    """
    CREATE TABLE opportunity_person (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        opportunity_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        role VARCHAR NOT NULL,
        CONSTRAINT uq_opportunity_person_opportunity_id_person_id_role UNIQUE (opportunity_id, person_id, role),
        CONSTRAINT fk_opportunity_person_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE,
        CONSTRAINT fk_opportunity_person_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_opportunity_person_person_id ON opportunity_person (person_id)",
    """
    CREATE TABLE interview_person (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        interview_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        CONSTRAINT uq_interview_person_interview_id_person_id UNIQUE (interview_id, person_id),
        CONSTRAINT fk_interview_person_interview_id FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
        CONSTRAINT fk_interview_person_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_interview_person_person_id ON interview_person (person_id)",
    """
    CREATE TABLE step (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        opportunity_id INTEGER,
        interview_id INTEGER,
        person_id INTEGER,
        "plan" VARCHAR NOT NULL,
        "key" VARCHAR,
        ord INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        purpose VARCHAR NOT NULL,
        kinds JSON NOT NULL,
        state VARCHAR NOT NULL,
        from_on DATE NOT NULL,
        due_on DATE,
        waits_for VARCHAR NOT NULL,
        wait_days INTEGER NOT NULL,
        sooner_after VARCHAR NOT NULL,
        edited BOOLEAN NOT NULL,
        done_on DATE,
        touch_id INTEGER,
        CONSTRAINT fk_step_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE,
        CONSTRAINT fk_step_interview_id FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE SET NULL,
        CONSTRAINT fk_step_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT uq_step_key UNIQUE ("key"),
        CONSTRAINT fk_step_touch_id FOREIGN KEY(touch_id) REFERENCES touch (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_step_open ON step (due_on, id) WHERE state = 'open'",
    "CREATE INDEX ix_step_opportunity_id ON step (opportunity_id) WHERE opportunity_id IS NOT NULL",
    "CREATE INDEX ix_step_person_id ON step (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX ix_step_touch_id ON step (touch_id) WHERE touch_id IS NOT NULL",
)


def upgrade() -> None:
    """Make the tables; nothing that was there changes."""
    for statement in _STATEMENTS:
        op.execute(statement)
