"""The search keeps the beginnings of words of one and two letters, no longer of three."""

from alembic import op

revision = "0023"
down_revision = "0022"

_SEARCHES = {"person_search": "name, work, contact, tags, notes", "company_search": "name, facts"}


def upgrade() -> None:
    """Make the search anew, empty: a migration fills it last."""
    for index, columns in _SEARCHES.items():
        op.execute(f"DROP TABLE {index}")
        op.execute(
            f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, prefix='1 2', detail=column, columnsize=0,"
            ' tokenize="unicode61 remove_diacritics 2")'
        )
