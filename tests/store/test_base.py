"""What all tables share."""

import uuid

from crm.store.base import Table, new_uid
from crm.store.tables import journaled


def test_every_uid_is_a_random_uuid_as_others_write_them() -> None:
    made = [new_uid() for _ in range(1000)]

    assert len(set(made)) == len(made)
    for uid in made:
        read = uuid.UUID(uid)
        assert (str(read), read.version, read.variant) == (uid, 4, uuid.RFC_4122)


def test_whatever_refers_to_what_is_undone_is_undone_with_it() -> None:
    """A replay asks no foreign keys: a row of a table that isn't journaled would be left behind."""
    known = set(journaled())
    left = [
        (table.name, key.column.table.name)
        for table in Table.metadata.tables.values()
        for key in table.foreign_keys
        if table.name not in known and key.column.table.name in known
    ]

    assert known
    assert left == []
