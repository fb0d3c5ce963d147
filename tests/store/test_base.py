"""What all tables share."""

import uuid

from crm.store.base import new_uid


def test_every_uid_is_a_random_uuid_as_others_write_them() -> None:
    made = [new_uid() for _ in range(1000)]

    assert len(set(made)) == len(made)
    for uid in made:
        read = uuid.UUID(uid)
        assert (str(read), read.version, read.variant) == (uid, 4, uuid.RFC_4122)
