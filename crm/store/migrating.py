"""Bringing an older book up to date: a verified backup, then all steps in one transaction, or none."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from crm.domain.backup import Backup, Reason
from crm.errors import ErrorCode, KeepwarmError
from crm.store import backups, schema, search
from crm.store.connections import migrating_engine
from crm.store.failures import worded
from crm.store.tables import SCHEMA_VERSION

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(path: Path, *, to: int = SCHEMA_VERSION, scripts: Path = SCRIPTS) -> Backup:
    """Bring the book at `path` to version `to`; return the backup made before.

    Killed or failing at any point, it leaves the old book whole. The journal is emptied: its images have the old
    tables' columns. Raises `KeepwarmError` (busy, disk full, damaged before).
    """
    backup = backups.make(path, None, Reason.MIGRATION, datetime.now(UTC))
    engine = migrating_engine(path)
    try:
        with worded(path), engine.begin() as connection:
            if schema_version(connection) < to:  # another program may have done it while we waited
                _run(connection, path, to, scripts)
    finally:
        engine.dispose()
    return backup


def schema_version(connection: Connection) -> int:
    """Return the version of an open book."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)


def upgrade(connection: Connection, to: int, scripts: Path = SCRIPTS) -> None:
    """Run the steps that lead to version `to` inside the connection's transaction."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    command.upgrade(config, schema.revision(to))


def _run(connection: Connection, path: Path, to: int, scripts: Path) -> None:
    sequences = _sequences(connection)
    upgrade(connection, to, scripts)
    for table in ("journal_row", "journal_range", "journal_entry"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    search.rebuild(connection)
    _keep_sequences(connection, sequences)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        found = tuple(f"{table} {row_id} -> {parent}" for table, row_id, parent, _ in broken[:20])
        raise KeepwarmError(ErrorCode.BOOK_DAMAGED, path=str(path), findings=found)
    connection.exec_driver_sql(f"PRAGMA user_version = {int(to)}")


def _sequences(connection: Connection) -> Mapping[str, int]:
    return {
        name: int(seq) for name, seq in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
    }


def _keep_sequences(connection: Connection, before: Mapping[str, int]) -> None:
    """Keep ids from being used twice although a table was made anew, which starts its count at its greatest id."""
    now = _sequences(connection)
    for table, sequence in before.items():
        if table in now:
            connection.exec_driver_sql(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (sequence, table)
            )
        elif _exists(connection, table):
            connection.exec_driver_sql(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, sequence)
            )


def _exists(connection: Connection, table: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(connection.exec_driver_sql(query, (table,)).scalar())
