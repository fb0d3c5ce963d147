"""A book: what a write keeps, what it leaves when it fails, who hears of it, and who may do it at once."""

import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from crm.domain.changes import Changes, Op
from crm.errors import Cancelled, ErrorCode, KeepwarmError
from crm.store import journal, search
from crm.store.book import Book
from crm.store.failures import stopped
from crm.store.opening import open_book
from crm.store.tables import Person, Preference

DAY = date(2026, 3, 1)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = open_book(tmp_path / "Contacts.keepwarm")
    yield opened
    opened.close()


def person(name: str = "Ada Lovelace") -> Person:
    return Person(display_name=name, name_key=name.lower(), sort_key=name.lower(), added_on=DAY)


def add(book: Book, name: str = "Ada Lovelace") -> int:
    added = person(name)
    with book.write(Op.ADD_PERSON) as session:
        session.add(added)
    return added.id


def fail_after_adding(book: Book, name: str = "Ada Lovelace") -> None:
    with book.write(Op.ADD_PERSON) as session:
        session.add(person(name))
        session.flush()
        raise ZeroDivisionError


def names(book: Book) -> list[str]:
    with book.read() as session:
        return list(session.scalars(select(Person.display_name).order_by(Person.id)))


def by_session(session: Session, statement: str) -> None:
    session.execute(text(statement))


def by_driver(session: Session, statement: str) -> None:
    driver: Any = session.connection().connection.driver_connection
    driver.execute(statement)


def fill_until_stopped(book: Book, execute: Callable[[Session, str], None]) -> None:
    endless = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
        " INSERT INTO preference (name, value) SELECT 'n' || x, '1' FROM n"
    )
    with book.write(Op.ADD_PERSON) as session, stopped(session, lambda: True):
        session.add(person())
        session.flush()
        execute(session, endless)


@pytest.mark.parametrize("execute", [by_session, by_driver])
def test_a_statement_that_takes_long_is_stopped_and_nothing_is_left(
    book: Book, execute: Callable[[Session, str], None]
) -> None:
    with pytest.raises(Cancelled):
        fill_until_stopped(book, execute)
    assert names(book) == []
    add(book)
    book.undo()
    assert names(book) == []


def in_another_process(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Start Python with `script`, which can print and wait for a line on its input."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def test_a_failed_write_leaves_neither_rows_nor_history(book: Book) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_adding(book)
    assert names(book) == []
    assert book.history(10) == ()


def test_the_first_write_may_fail_and_the_next_is_journaled_all_the_same(book: Book) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_adding(book)
    add(book)
    book.undo()
    assert names(book) == []


def test_a_write_outside_write_is_refused(book: Book) -> None:
    assert book._writer is not None
    with (
        pytest.raises(DatabaseError, match="write outside"),
        book._writer.begin() as connection,
    ):
        connection.exec_driver_sql("INSERT INTO preference (name, value) VALUES ('unseen', '1')")


def test_a_question_cannot_write(book: Book) -> None:
    with pytest.raises(KeepwarmError) as refused, book.read() as session:
        session.execute(text("INSERT INTO preference (name, value) VALUES ('x', '1')"))
    assert refused.value.code is ErrorCode.BOOK_READ_ONLY


def test_a_nested_write_joins_the_outer_one_and_is_undone_with_it(book: Book) -> None:
    with book.write(Op.IMPORT, file="a.vcf") as session:
        session.add(person("Ada"))
        add(book, "Bob")
        book.note(count=2)
    assert names(book) == ["Ada", "Bob"]
    assert [(step.op, step.params) for step in book.history(5)] == [
        (Op.IMPORT, {"file": "a.vcf", "count": 2})
    ]
    book.undo()
    assert names(book) == []


def test_a_nested_write_that_fails_is_taken_back_alone(book: Book) -> None:
    with book.write(Op.IMPORT) as session:
        session.add(person("Ada"))
        with pytest.raises(ZeroDivisionError):
            fail_after_adding(book, "Bob")
        session.add(person("Cid"))
    assert names(book) == ["Ada", "Cid"]
    book.undo()
    assert names(book) == []


def test_a_write_that_changes_nothing_is_no_step_and_keeps_what_can_be_redone(book: Book) -> None:
    add(book)
    book.undo()
    with book.write(Op.EDIT_PERSON) as session:
        session.execute(text("UPDATE person SET notes = notes"))
    assert book.next_step(undone=False) is None
    assert book.redo().op is Op.ADD_PERSON
    assert names(book) == ["Ada Lovelace"]


@pytest.mark.parametrize("which", [slice(0, 500, 2), slice(100, 350)])
def test_many_rows_removed_come_back_and_go_again_and_no_others_with_them(book: Book, which: slice) -> None:
    with book.write(Op.ADD_PERSON) as session:
        session.add_all([person(f"Person {number}") for number in range(500)])
    everyone = names(book)
    with book.write(Op.DELETE_PEOPLE) as session:
        session.execute(delete(Person).where(Person.display_name.in_(everyone[which])))
    left = names(book)
    for _ in range(2):
        book.undo()
        assert names(book) == everyone
        book.redo()
        assert names(book) == left
    with book.read() as session:
        assert search.stale(session.connection()) == 0


def test_a_new_action_takes_the_place_of_what_could_be_redone(book: Book) -> None:
    add(book, "Ada")
    book.undo()
    add(book, "Bob")
    with pytest.raises(KeepwarmError) as refused:
        book.redo()
    assert refused.value.code is ErrorCode.NOTHING_TO_REDO
    book.undo()
    with pytest.raises(KeepwarmError) as refused:
        book.undo()
    assert refused.value.code is ErrorCode.NOTHING_TO_UNDO


def test_ids_are_never_used_twice_even_after_an_undo(book: Book) -> None:
    first = add(book)
    book.undo()
    assert add(book) > first


def test_listeners_hear_once_after_the_commit_what_changed(book: Book) -> None:
    heard: list[tuple[Changes, list[str]]] = []
    book.on_changes(lambda changes: heard.append((changes, names(book))))
    with book.write(Op.IMPORT) as session:
        session.add(person("Ada"))
        add(book, "Bob")
    assert [(changes.op, changes.people(), seen) for changes, seen in heard] == [
        (Op.IMPORT, frozenset({1, 2}), ["Ada", "Bob"])
    ]
    book.undo()
    assert (heard[1][0].people(), heard[1][1]) == (frozenset({1, 2}), [])


def test_a_change_too_large_to_list_is_still_found_by_the_search(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "LISTED_ROWS", 1)
    heard: list[Changes] = []
    book.on_changes(heard.append)
    with book.write(Op.IMPORT) as session:
        session.add_all([person("Ada"), person("Bob")])
    assert heard[0].everything
    with book.read() as session:
        assert search.stale(session.connection()) == 0


def test_readers_in_other_threads_see_the_old_state_until_the_commit(book: Book) -> None:
    add(book, "Ada")
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(names(book))

    with book.write(Op.ADD_PERSON) as session:
        session.add(person("Bob"))
        session.flush()
        threads = [threading.Thread(target=look) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert names(book) == ["Ada", "Bob"]
    assert seen == [["Ada"]] * 6
    assert names(book) == ["Ada", "Bob"]


def test_questions_within_a_question_share_its_snapshot(book: Book) -> None:
    with book.read() as outer:
        assert outer.scalar(select(func.count(Person.id))) == 0
        writer = threading.Thread(target=add, args=(book,))
        writer.start()
        writer.join()
        with book.read() as second, book.read() as third, book.read() as fourth, book.read() as fifth:
            assert {s.scalar(select(func.count(Person.id))) for s in (second, third, fourth, fifth)} == {0}
    assert len(names(book)) == 1


def test_writers_in_several_threads_take_turns(book: Book) -> None:
    threads = [threading.Thread(target=add, args=(book, f"Person {n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(book)) == 8
    assert len(book.history(20)) == 8


def test_poll_notices_another_program_and_only_that(book: Book) -> None:
    heard: list[Changes] = []
    add(book)
    book.on_changes(heard.append)
    assert not book.poll()
    with in_another_process(
        """
        import sys, pathlib
        from crm.store.opening import open_book
        from crm.domain.changes import Op
        from crm.store.tables import Preference
        book = open_book(pathlib.Path(sys.argv[1]))
        with book.write(Op.SETTINGS) as session:
            session.add(Preference(name="name", value="Ada"))
        book.close()
        """,
        book.path,
    ) as other:
        assert other.wait() == 0
    assert book.poll()
    assert [changes.everything for changes in heard] == [True]
    assert not book.poll()


def test_poll_never_waits_for_a_write_in_another_thread(book: Book) -> None:
    polled: list[bool] = []
    with book.write(Op.ADD_PERSON):
        thread = threading.Thread(target=lambda: polled.append(book.poll()))
        thread.start()
        thread.join()
    assert polled == [False]


HOLD = """
    import sqlite3, sys
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_book_another_program_is_writing_is_busy_and_works_again_afterwards(book: Book) -> None:
    add(book, "Ada")
    with in_another_process(HOLD, book.path) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        with pytest.raises(KeepwarmError) as refused:
            add(book, "Bob")
        assert refused.value.code is ErrorCode.BOOK_BUSY
        assert names(book) == ["Ada"]
        assert not book.poll()
        other.stdin.write("\n")
        other.stdin.flush()
        other.wait()
    add(book, "Cid")
    assert names(book) == ["Ada", "Cid"]


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files can't be limited")
def test_a_full_disk_takes_the_write_back_and_leaves_the_book_whole(book: Book) -> None:
    add(book, "Ada")
    book.close()
    script = """
        import pathlib, resource, signal, sys
        from crm.domain.changes import Op
        from crm.errors import ErrorCode, KeepwarmError
        from crm.store.opening import open_book
        from crm.store.tables import Preference
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        book = open_book(pathlib.Path(sys.argv[1]))
        resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
        try:
            with book.write(Op.SETTINGS) as session:
                session.add_all(Preference(name=str(n), value="x" * 1000) for n in range(3000))
        except KeepwarmError as error:
            print(error.code)
        with book.write(Op.SETTINGS) as session:
            session.add(Preference(name="small", value=1))
        """
    with in_another_process(script, book.path) as child:
        assert child.communicate()[0] == "disk_full\n"
    again = open_book(book.path)
    with again.read() as session:
        assert list(session.scalars(select(Preference.name))) == ["small"]
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert names(again) == ["Ada"]
    again.close()


def test_who_writes_while_a_checkpoint_is_under_way_goes_first_and_nothing_is_lost(book: Book) -> None:
    with ThreadPoolExecutor(1) as other:
        checkpoints = [other.submit(book.checkpoint) for _ in range(60)]
        for number in range(60):
            add(book, f"Ada {number}")
        for one in checkpoints:
            one.result()
    book.checkpoint()
    assert book.path.with_name(book.path.name + "-wal").stat().st_size == 0
    assert len(names(book)) == 60


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_every_file_of_a_book_is_the_owners_alone(book: Book) -> None:
    add(book)
    modes = {file.name: file.stat().st_mode & 0o777 for file in book.path.parent.iterdir()}
    assert set(modes) >= {"Contacts.keepwarm", "Contacts.keepwarm-wal", "Contacts.keepwarm-shm"}
    assert set(modes.values()) == {0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_books_new_folder_is_the_owners_alone(tmp_path: Path) -> None:
    open_book(tmp_path / "new" / "Contacts.keepwarm").close()
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_closing_leaves_one_file_that_holds_everything(book: Book) -> None:
    add(book)
    book.close()
    assert [file.name for file in book.path.parent.iterdir()] == ["Contacts.keepwarm"]
