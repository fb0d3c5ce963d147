"""People are sorted by their names without the titles before them."""

from alembic import op

revision = "0017"
down_revision = "0016"

_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "herr", "frau", "hr", "fr", "ing"}
)


def upgrade() -> None:
    """Take the titles off what is sorted by, unless nothing would be left."""
    connection = op.get_bind()
    rows = connection.exec_driver_sql("SELECT sort_key, id FROM person WHERE sort_key LIKE '% %'").all()
    changed = [(bare, person) for key, person in rows if (bare := _untitled(key)) != key]
    if changed:
        connection.exec_driver_sql("UPDATE person SET sort_key = ? WHERE id = ?", changed)


def _untitled(key: str) -> str:
    words = key.split()
    while len(words) > 1 and words[0].replace(".", "") in _TITLES:
        words.pop(0)
    return key if words[0].replace(".", "") in _TITLES else " ".join(words)
