"""Migrations: every old version opens; killed at any step, the old book is whole; a newer one is left untouched."""

import gzip
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from crm.app import people, upkeep
from crm.domain.backup import Reason
from crm.domain.person import PersonDraft
from crm.errors import ErrorCode, KeepwarmError
from crm.store import backups, migrating, schema, search
from crm.store.connections import making_engine
from crm.store.opening import open_book
from crm.store.tables import SCHEMA_VERSION
from tests.builders import TODAY

BOOKS = Path(__file__).parents[1] / "data" / "books"
NEXT = SCHEMA_VERSION + 1
STEPS = f'''
"""A next version, for tests: a table made anew, a table more, rows changed."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT:04d}"
down_revision = "{SCHEMA_VERSION:04d}"


def upgrade() -> None:
    with op.batch_alter_table("company", table_kwargs={{"sqlite_autoincrement": True}}) as table:
        table.add_column(sa.Column("motto", sa.String, nullable=False, server_default=""))
    op.create_table("mood", sa.Column("id", sa.Integer, primary_key=True), sa.Column("word", sa.String))
    op.execute("INSERT INTO mood (word) VALUES ('warm')")
    op.execute("UPDATE company SET motto = 'Keep warm'")
'''  # noqa: S608


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a book of the current version, as it was released."""
    book = tmp_path / "Contacts.keepwarm"
    book.write_bytes(gzip.decompress((BOOKS / f"v{SCHEMA_VERSION}.keepwarm.gz").read_bytes()))
    return book


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Return the migrations there are and one more."""
    folder = tmp_path / "mi%grations"
    shutil.copytree(migrating.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"{NEXT:04d}_next.py").write_text(STEPS)
    return folder


def dump(path: Path) -> list[tuple[Any, ...]]:
    """Return everything in a file, its tables' statements included."""
    connection = sqlite3.connect(path)
    tables = [
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    found = list(connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name"))
    for table in tables:
        found += [(table, *row) for row in connection.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
    found += [("version", *connection.execute("PRAGMA user_version").fetchone())]
    found += [("integrity", *connection.execute("PRAGMA integrity_check").fetchone())]
    connection.close()
    return found


@pytest.mark.parametrize("released", sorted(BOOKS.glob("*.keepwarm.gz")), ids=lambda file: file.name)
def test_a_book_of_every_released_version_opens_and_checks_out(released: Path, tmp_path: Path) -> None:
    path = tmp_path / "Contacts.keepwarm"
    path.write_bytes(gzip.decompress(released.read_bytes()))
    book = open_book(path)
    findings = upkeep.check(book)
    with book.read() as session:
        assert session.scalar(text("SELECT count(*) FROM person WHERE display_name = 'Łukasz Öztürk'")) == 1
    book.close()
    assert findings.ok, findings
    assert (findings.counts.people, findings.counts.companies) == (3, 2)


def test_there_is_a_fixture_for_every_version() -> None:
    assert {file.name for file in BOOKS.glob("*.gz")} >= {
        f"v{n}.keepwarm.gz" for n in range(1, SCHEMA_VERSION + 1)
    }


def test_a_book_made_new_has_the_tables_that_the_migrations_lead_to(tmp_path: Path) -> None:
    def tables(make: Callable[[Engine], object], name: str) -> set[tuple[str, str, str]]:
        file = tmp_path / name
        file.touch()
        engine = making_engine(file)
        make(engine)
        engine.dispose()
        connection = sqlite3.connect(file)
        rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
        connection.close()
        return {
            (kind, name, " ".join(sql.split()).replace("( ", "(").replace(" )", ")").replace(" ,", ","))
            for kind, name, sql in rows
        }

    def migrate(engine: Engine) -> None:
        with engine.begin() as connection:
            migrating.upgrade(connection, SCHEMA_VERSION)

    assert tables(migrate, "migrated") == tables(schema.create_tables, "new")


def test_a_migration_keeps_the_rows_empties_the_journal_and_backs_up_first(path: Path, scripts: Path) -> None:
    before = dump(path)
    made = migrating.migrate(path, to=NEXT, scripts=scripts)
    assert (made.reason, made.verified, made.schema) == (Reason.MIGRATION, True, SCHEMA_VERSION)
    assert [row for row in dump(made.path) if row[0] in {"person", "company", "version"}] == [
        row for row in before if row[0] in {"person", "company", "version"}
    ]
    after = dump(path)
    assert ("version", NEXT) in after
    assert ("alembic_version", f"{NEXT:04d}") in after
    assert [row for row in after if row[0] == "person"] == [row for row in before if row[0] == "person"]
    assert [row[:-1] for row in after if row[0] == "company"] == [
        row for row in before if row[0] == "company"
    ]
    assert {row[-1] for row in after if row[0] == "company"} == {"Keep warm"}
    assert [row for row in after if row[0] == "position"] == [row for row in before if row[0] == "position"]
    assert not [row for row in after if row[0] in {"journal_entry", "journal_row", "journal_range"}]
    assert [row for row in after if row[0] == "sqlite_sequence" and row[1] == "company"] == [
        row for row in before if row[0] == "sqlite_sequence" and row[1] == "company"
    ]


def test_titles_leave_what_people_are_sorted_by(tmp_path: Path) -> None:
    path = tmp_path / "Contacts.keepwarm"
    path.write_bytes(gzip.decompress((BOOKS / "v15.keepwarm.gz").read_bytes()))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE person SET sort_key = 'prof. dr lukasz ozturk' WHERE id = 1")
    connection.execute("UPDATE person SET sort_key = 'mr. dr.' WHERE id = 2")
    connection.commit()
    connection.close()
    book = open_book(path)
    with book.read() as session:
        keys = list(session.scalars(text("SELECT sort_key FROM person WHERE id < 3 ORDER BY id")))
    book.close()
    assert keys == ["lukasz ozturk", "mr. dr."]


def test_calendars_know_events_and_what_they_were_told_is_sorted_by_kind(tmp_path: Path) -> None:
    path = tmp_path / "Contacts.keepwarm"
    path.write_bytes(gzip.decompress((BOOKS / "v17.keepwarm.gz").read_bytes()))
    connection = sqlite3.connect(path)
    for name in ("Fair", "Meetup"):
        connection.execute(
            "INSERT INTO event (name, kind, place, link, goal, status, notes, outcome)"
            " VALUES (?, 'fair', '', '', '', 'going', '', '')",
            (name,),
        )
    (step,) = connection.execute("SELECT uid FROM step LIMIT 1").fetchone()
    connection.execute("DELETE FROM exported_event")
    for uid in (step, "6c1f0b0e-6f5a-5a63-9a35-8d1f6f0c2d57", "6c1f0b0e-6f5a-4a63-9a35-8d1f6f0c2d57"):
        connection.execute(
            "INSERT INTO exported_event VALUES ('everyone', ?, 0, '2026-03-09 08:00:00', '2026-03-01 08:00:00',"
            " 'Said', '', 0, 0)",
            (f"{uid}@keepwarm",),
        )
    connection.commit()
    connection.close()
    book = open_book(path)
    with book.read() as session:
        kinds = set(session.scalars(text("SELECT kind FROM exported_event")))
        known = list(session.scalars(text("SELECT uid FROM event WHERE changed_at IS NOT NULL")))
    book.close()
    assert kinds == {"step", "date", "check_in"}
    assert len(set(known)) == 2


def test_after_a_migration_the_search_knows_everybody(path: Path, scripts: Path) -> None:
    migrating.migrate(path, to=NEXT, scripts=scripts)
    engine = making_engine(path)
    with engine.connect() as connection:
        assert search.stale(connection) == 0
    engine.dispose()


def test_migrating_what_another_program_just_migrated_changes_nothing(
    path: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT)
    migrating.migrate(path, to=NEXT, scripts=scripts)
    once = dump(path)
    migrating.migrate(path, to=NEXT, scripts=scripts)
    assert dump(path) == once


def _statements(path: Path, scripts: Path) -> int:
    counted: list[str] = []
    note = lambda *told: counted.append(told[2])  # noqa: E731 - an event wants a function it can forget again
    event.listen(Engine, "before_cursor_execute", note)
    try:
        migrating.migrate(path, to=NEXT, scripts=scripts)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(counted)


def _migrate_and_die(path: Path, scripts: Path, step: int) -> None:
    """In a child: kill it before statement number `step`."""
    left = iter(range(step))

    def count(*_: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        migrating.migrate(path, to=NEXT, scripts=scripts)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the child is a fork of the test")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_killed_before_any_of_its_statements_a_migration_leaves_the_old_book_whole(
    path: Path, scripts: Path, tmp_path: Path
) -> None:
    before = dump(path)
    trial = tmp_path / "trial"
    trial.mkdir()
    shutil.copy(path, trial / "count.keepwarm")
    statements = _statements(trial / "count.keepwarm", scripts)
    assert statements > 20
    for step in range(statements):
        copy = trial / f"{step}.keepwarm"
        shutil.copy(path, copy)
        child = os.fork()
        if child == 0:
            _migrate_and_die(copy, scripts, step)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL, step
        assert dump(copy) == before, step
        assert backups.newest_good(copy) is not None
    last = trial / "last.keepwarm"
    shutil.copy(trial / f"{statements - 1}.keepwarm", last)
    migrating.migrate(last, to=NEXT, scripts=scripts)
    assert ("version", NEXT) in dump(last)


def test_a_step_that_breaks_a_reference_takes_all_back(path: Path, scripts: Path) -> None:
    step = scripts / "versions" / f"{NEXT:04d}_next.py"
    with step.open("a") as file:
        file.write('    op.execute("UPDATE position SET company_id = 999")\n')
    before = dump(path)
    with pytest.raises(KeepwarmError) as refused:
        migrating.migrate(path, to=NEXT, scripts=scripts)
    assert refused.value.code is ErrorCode.BOOK_DAMAGED
    assert dump(path) == before


def test_where_sqlite_defends_its_schema_keys_hold_at_once_and_all_else_is_as_ever(tmp_path: Path) -> None:
    """As the SQLite that comes with macOS does; here an authorizer refuses what it would."""
    path = tmp_path / "Contacts.keepwarm"
    path.write_bytes(gzip.decompress((BOOKS / "v21.keepwarm.gz").read_bytes()))
    said: list[str] = []

    def judge(action: int, one: str | None, two: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_PRAGMA and one == "writable_schema":
            said.append(str(two))
        by_hand = said[-1:] == ["ON"] and action == sqlite3.SQLITE_UPDATE and one == "sqlite_master"
        return sqlite3.SQLITE_DENY if by_hand else sqlite3.SQLITE_OK

    def defend(connection: sqlite3.Connection, _: object) -> None:
        connection.set_authorizer(judge)

    event.listen(Engine, "connect", defend)
    try:
        book = open_book(path)
    finally:
        event.remove(Engine, "connect", defend)
    findings = upkeep.check(book)
    people.add(book, PersonDraft(display_name="Ada"), today=TODAY)
    book.undo()
    book.close()
    assert findings.ok, findings
    assert said == ["ON", "RESET"]
    connection = sqlite3.connect(path)
    made = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'person_tag'").fetchone()[0]
    connection.close()
    assert "DEFERR" not in made


def test_a_book_of_a_newer_keepwarm_is_refused_and_not_a_byte_of_it_changes(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {NEXT}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(KeepwarmError) as refused:
        open_book(path)
    assert (refused.value.code, refused.value.params["version"]) == (ErrorCode.BOOK_TOO_NEW, NEXT)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_newer_version_that_still_waits_in_the_wal_is_refused_too(path: Path, tmp_path: Path) -> None:
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute(f"PRAGMA user_version = {NEXT}")
    killed = tmp_path / "killed"
    killed.mkdir()
    for file in (path, path.with_name(path.name + "-wal")):
        shutil.copy(file, killed / file.name)
    writer.close()
    left = killed / path.name
    before = left.read_bytes()
    assert int.from_bytes(before[60:64], "big") == SCHEMA_VERSION
    with pytest.raises(KeepwarmError) as refused:
        open_book(left)
    assert refused.value.code is ErrorCode.BOOK_TOO_NEW
    assert left.read_bytes() == before


def test_the_rhythm_of_touches_made_before_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "Contacts.keepwarm"
    path.write_bytes(gzip.decompress((BOOKS / "v7.keepwarm.gz").read_bytes()))
    connection = sqlite3.connect(path)
    for day in ("2026-01-01", "2026-01-11", "2026-01-21", "2026-02-10"):
        touch = connection.execute(
            "INSERT INTO touch (kind, direction, touched_on, note) VALUES ('call', 'together', ?, '')", (day,)
        ).lastrowid
        connection.execute(
            "INSERT INTO touch_person (touch_id, person_id, kind, touched_on) VALUES (?, 1, 'call', ?)",
            (touch, day),
        )
    connection.commit()
    connection.close()
    book = open_book(path)
    with book.read() as session:
        found = session.execute(
            text("SELECT rhythm_days, rhythm_gaps, quiet_on FROM person WHERE id = 1")
        ).one()
    book.close()
    assert tuple(found) == (10, 3, "2026-03-06")
