"""Killed at any moment, a book keeps all it acknowledged and nothing half. `tests/benchmarks/kill_harness.py` does more."""

import os
import signal
from datetime import date
from pathlib import Path

import pytest

from crm.app.books import Book
from crm.domain.changes import Op
from crm.store.tables import Person
from tests.benchmarks import kill_harness

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the child is a fork of the test")
# The harness forks before it opens a book; what Qt's threads of other tests hold, the child never touches.
no_fork_warning = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


@no_fork_warning
def test_a_killed_program_loses_nothing_acknowledged_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    figures = kill_harness.run(tmp_path / "book", kills=10, seed=7)
    assert figures.clean, figures
    assert figures.kills == 10


@no_fork_warning
def test_the_harness_notices_work_that_is_done_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: with an import in two commits, killed between them, the harness must cry out or it proves nothing."""

    def half(book: Book, batch: str) -> None:
        with book.write(Op.IMPORT) as session:
            session.add(
                Person(
                    display_name=batch, name_key=batch, sort_key=batch, notes=batch, added_on=date(2026, 3, 1)
                )
            )
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(kill_harness, "_import", half)
    monkeypatch.setattr(kill_harness, "LONGEST_RUN", 2.0)
    figures = kill_harness.run(tmp_path / "book", kills=3, seed=1)
    assert not figures.clean, figures
