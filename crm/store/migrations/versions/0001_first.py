"""The first tables, as they were then: what is written here never changes, whatever the tables become later."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
CREATE TABLE tag (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    every_count INTEGER,
    every_unit VARCHAR(5),
    CONSTRAINT uq_tag_key UNIQUE ("key")
)
""",
    """
CREATE TABLE touch (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    touched_on DATE NOT NULL,
    note VARCHAR NOT NULL
)
""",
    "CREATE INDEX ix_touch_on ON touch (touched_on, id)",
    """
CREATE TABLE import_batch (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    files JSON NOT NULL,
    imported_at DATETIME NOT NULL,
    read INTEGER NOT NULL,
    new INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    same INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    left_out INTEGER NOT NULL
)
""",
    """
CREATE TABLE preference (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    value JSON NOT NULL,
    CONSTRAINT uq_preference_name UNIQUE (name)
)
""",
    """
CREATE TABLE blob (
    sha VARCHAR NOT NULL,
    original BLOB NOT NULL,
    shown BLOB,
    refused BOOLEAN NOT NULL,
    PRIMARY KEY (sha)
)
""",
    """
CREATE TABLE journal_entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    op VARCHAR NOT NULL,
    params JSON NOT NULL,
    done_at DATETIME NOT NULL,
    undone BOOLEAN NOT NULL
)
""",
    """
CREATE TABLE company (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    sort_key VARCHAR NOT NULL,
    site VARCHAR NOT NULL,
    industry VARCHAR NOT NULL,
    size VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    target BOOLEAN NOT NULL,
    uid VARCHAR NOT NULL,
    batch_id INTEGER,
    every_count INTEGER,
    every_unit VARCHAR(5),
    revision INTEGER NOT NULL,
    people INTEGER NOT NULL,
    past_people INTEGER NOT NULL,
    last_touch_on DATE,
    CONSTRAINT fk_company_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE SET NULL
)
""",
    "CREATE INDEX ix_company_people ON company (people DESC, sort_key, id)",
    "CREATE INDEX ix_company_last ON company (last_touch_on DESC, sort_key, id)",
    "CREATE INDEX ix_company_batch_id ON company (batch_id)",
    "CREATE INDEX ix_company_sort ON company (sort_key, id)",
    "CREATE INDEX ix_company_uid ON company (uid)",
    "CREATE INDEX ix_company_target ON company (target, sort_key, id) WHERE target = 1",
    "CREATE INDEX ix_company_name_key ON company (name_key)",
    """
CREATE TABLE journal_row (
    entry_id INTEGER NOT NULL,
    tbl VARCHAR NOT NULL,
    row_id INTEGER NOT NULL,
    image VARCHAR,
    PRIMARY KEY (entry_id, tbl, row_id),
    CONSTRAINT fk_journal_row_entry_id FOREIGN KEY(entry_id) REFERENCES journal_entry (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE journal_range (
    entry_id INTEGER NOT NULL,
    tbl VARCHAR NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (entry_id, tbl, first),
    CONSTRAINT fk_journal_range_entry_id FOREIGN KEY(entry_id) REFERENCES journal_entry (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    display_name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    sort_key VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    given VARCHAR NOT NULL,
    additional VARCHAR NOT NULL,
    prefix VARCHAR NOT NULL,
    suffix VARCHAR NOT NULL,
    nicknames JSON NOT NULL,
    notes VARCHAR NOT NULL,
    how_met VARCHAR NOT NULL,
    met_on DATE,
    starred BOOLEAN NOT NULL,
    linkedin VARCHAR NOT NULL,
    uid VARCHAR NOT NULL,
    photo_sha VARCHAR NOT NULL,
    photo_link VARCHAR NOT NULL,
    standing VARCHAR NOT NULL,
    added_on DATE NOT NULL,
    batch_id INTEGER,
    every_count INTEGER,
    every_unit VARCHAR(5),
    never BOOLEAN NOT NULL,
    resting BOOLEAN NOT NULL,
    snoozed_until DATE,
    snooze_count INTEGER NOT NULL,
    skipped_on DATE,
    revision INTEGER NOT NULL,
    company_id INTEGER,
    title VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    last_touch_on DATE,
    last_touch_id INTEGER,
    cadence_count INTEGER,
    cadence_unit VARCHAR(5),
    cadence_source VARCHAR NOT NULL,
    cadence_name VARCHAR NOT NULL,
    next_due_on DATE,
    soon_on DATE,
    losing_on DATE,
    check_in_on DATE,
    check_in_base_on DATE,
    check_in_uid VARCHAR NOT NULL,
    check_in_sequence INTEGER NOT NULL,
    check_in_changed_at DATETIME,
    CONSTRAINT ck_person_standing CHECK (standing IN ('active','archived','deceased','left')),
    CONSTRAINT fk_person_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE SET NULL,
    CONSTRAINT fk_person_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE SET NULL
)
""",
    "CREATE INDEX ix_person_starred ON person (starred, standing, sort_key, id) WHERE starred = 1",
    "CREATE INDEX ix_person_uid ON person (uid)",
    "CREATE INDEX ix_person_added ON person (standing, id)",
    "CREATE INDEX ix_person_batch_id ON person (batch_id)",
    "CREATE INDEX ix_person_name ON person (standing, sort_key, id)",
    "CREATE INDEX ix_person_due ON person (standing, check_in_on, sort_key, id)",
    "CREATE INDEX ix_person_last ON person (standing, last_touch_on DESC, sort_key, id)",
    "CREATE INDEX ix_person_linkedin ON person (linkedin)",
    "CREATE INDEX ix_person_company ON person (company_id, standing, sort_key, id)",
    "CREATE INDEX ix_person_resting ON person (resting, standing, id) WHERE resting = 1",
    "CREATE INDEX ix_person_sort ON person (sort_key, id)",
    "CREATE INDEX ix_person_losing ON person (standing, losing_on, id)",
    "CREATE INDEX ix_person_name_key ON person (name_key)",
    """
CREATE TABLE contact_point (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER,
    company_id INTEGER,
    ord INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    types JSON NOT NULL,
    preferred BOOLEAN NOT NULL,
    parts JSON NOT NULL,
    CONSTRAINT fk_contact_point_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_contact_point_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_contact_point_company_id ON contact_point (company_id) WHERE company_id IS NOT NULL",
    """CREATE INDEX ix_contact_point_email ON contact_point ("key") WHERE kind = 'email'""",
    """CREATE INDEX ix_contact_point_phone ON contact_point ("key") WHERE kind = 'phone'""",
    "CREATE INDEX ix_contact_point_person_id ON contact_point (person_id) WHERE person_id IS NOT NULL",
    """
CREATE TABLE position (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    company_id INTEGER NOT NULL,
    ord INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    department VARCHAR NOT NULL,
    from_on DATE,
    until_on DATE,
    current BOOLEAN NOT NULL,
    CONSTRAINT fk_position_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_position_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_position_person_id ON position (person_id)",
    "CREATE INDEX ix_position_company_id ON position (company_id)",
    """
CREATE TABLE important_date (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    ord INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    year INTEGER,
    month INTEGER,
    day INTEGER,
    text VARCHAR NOT NULL,
    CONSTRAINT fk_important_date_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_important_date_person_id ON important_date (person_id)",
    """
CREATE TABLE person_tag (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    CONSTRAINT uq_person_tag_person_id_tag_id UNIQUE (person_id, tag_id),
    CONSTRAINT fk_person_tag_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_person_tag_tag_id FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_person_tag_tag_id ON person_tag (tag_id)",
    """
CREATE TABLE touch_person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    touch_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    touched_on DATE NOT NULL,
    CONSTRAINT uq_touch_person_touch_id_person_id UNIQUE (touch_id, person_id),
    CONSTRAINT fk_touch_person_touch_id FOREIGN KEY(touch_id) REFERENCES touch (id) ON DELETE CASCADE,
    CONSTRAINT fk_touch_person_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
""",
    "CREATE INDEX ix_touch_person_timeline ON touch_person (person_id, touched_on, touch_id, kind)",
    """
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
    properties JSON NOT NULL,
    CONSTRAINT fk_source_card_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_source_card_company_id FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE CASCADE,
    CONSTRAINT fk_source_card_tag_id FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE,
    CONSTRAINT fk_source_card_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE SET NULL
)
""",
    "CREATE INDEX ix_source_card_digest ON source_card (digest)",
    "CREATE INDEX ix_source_card_uid ON source_card (uid)",
    "CREATE INDEX ix_source_card_tag_id ON source_card (tag_id) WHERE tag_id IS NOT NULL",
    "CREATE INDEX ix_source_card_person_id ON source_card (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX ix_source_card_company_id ON source_card (company_id) WHERE company_id IS NOT NULL",
    "CREATE INDEX ix_source_card_batch_id ON source_card (batch_id)",
    """CREATE VIRTUAL TABLE person_search USING fts5(name, work, contact, tags, notes, prefix='1 2 3', tokenize="unicode61 remove_diacritics 2")""",
    """CREATE VIRTUAL TABLE company_search USING fts5(name, facts, prefix='1 2 3', tokenize="unicode61 remove_diacritics 2")""",
)


def upgrade() -> None:
    """Make the tables of a new book."""
    for statement in STATEMENTS:
        op.execute(statement)
