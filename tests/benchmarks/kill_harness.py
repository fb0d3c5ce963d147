"""Kill a program that writes a book, again and again, and look each time whether the book kept its word.

    python tests/benchmarks/kill_harness.py [KILLS] [SEED]

A child imports batches of people, edits, deletes, undoes, redoes and backs up in a loop. It says what it begins, and
says when it is committed; the parent kills it at a random moment, reopens the book and compares all of it with what
was promised: the state after the last commit that was told of, or after the one that had begun. Needs `os.fork`.
"""

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text

from crm.app import importing, upkeep
from crm.app.books import Book, open_book
from crm.app.progress import Progress
from crm.app.starting import start
from crm.domain.changes import Op
from crm.files import atomic_write
from crm.store import backups, search

TODAY = date(2026, 3, 2)
BATCH = 100
MOST_BATCHES = 8
KEPT_STEPS = 200
LONGEST_RUN = 0.25  # seconds

State = dict[str, int]  # batch -> the value its last edit wrote


@dataclass
class Model:
    """What the book must hold, and what undo and redo must lead to."""

    states: list[State] = field(default_factory=lambda: [{}])
    at: int = 0

    @property
    def now(self) -> State:
        return self.states[self.at]

    def after(self, step: list[Any]) -> "Model":
        """Return the model once `step` is done."""
        kind, *rest = step
        if kind == "backup":
            return self
        if kind in {"undo", "redo"}:
            return Model(self.states, self.at + (1 if kind == "redo" else -1))
        state = dict(self.now)
        if kind == "delete":
            del state[rest[0]]
        else:
            state[rest[0]] = rest[1]
        states = [*self.states[: self.at + 1], state][-KEPT_STEPS - 1 :]
        return Model(states, len(states) - 1)

    def choose(self, dice: random.Random, number: int) -> list[Any]:
        """Return a step that can be taken now."""
        kinds = ["import"] * 3 if len(self.now) < MOST_BATCHES else []
        kinds += ["edit"] * 3 + ["delete"] * 2 if self.now else []
        kinds += ["undo"] * 3 if self.at > 0 else []
        kinds += ["redo"] * 2 if self.at < len(self.states) - 1 else []
        kind = dice.choice([*kinds, "backup"])
        if kind == "import":
            return [kind, f"batch {number}", 0]
        if kind in {"edit", "delete"}:
            return [kind, dice.choice(sorted(self.now)), number][: 3 if kind == "edit" else 2]
        return [kind]


@dataclass
class Figures:
    """What came of it."""

    kills: int = 0
    acknowledged: int = 0
    unacknowledged_kept: int = 0
    hot: int = 0  # kills that left a -wal to recover
    lost: int = 0
    partial: int = 0
    damaged: int = 0
    bad_backups: int = 0
    wrong: int = 0  # looks at which a computed column of a person wasn't what it computes to
    in_step: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.partial or self.damaged or self.bad_backups or self.wrong)


def run(folder: Path, kills: int, seed: int) -> Figures:
    """Kill `kills` children and return the figures."""
    dice = random.Random(seed)
    folder.mkdir(exist_ok=True)
    path = folder / "Contacts.keepwarm"
    figures, model = Figures(), Model()
    for number in range(kills):
        if dice.random() < 0.1:  # its first moments too
            shutil.rmtree(folder)
            folder.mkdir()
            model = Model()
        told = _run_and_kill(path, model, dice, number)
        figures.kills += 1
        wal = path.with_name(path.name + "-wal")
        figures.hot += wal.exists() and wal.stat().st_size > 0
        model = _look(path, model, told, figures)
    return figures


def _run_and_kill(path: Path, model: Model, dice: random.Random, number: int) -> list[list[Any]]:
    """Let a child work for a random while; return what it said."""
    reading, writing = os.pipe()
    seed, run_for = dice.random(), dice.random() * LONGEST_RUN
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _work(path, model, random.Random(seed), writing, number)
        finally:
            os._exit(1)
    os.close(writing)
    killer = threading.Timer(run_for, os.kill, (child, signal.SIGKILL))
    killer.start()
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().split(b"\n")  # to the end of the pipe: the child's death
    os.waitpid(child, 0)
    killer.cancel()
    killer.join()
    return [json.loads(line) for line in lines[:-1]]


def _work(path: Path, model: Model, dice: random.Random, pipe: int, run_number: int) -> None:
    started = start(path)
    assert started.book is not None
    for number in range(10_000):
        step = model.choose(dice, run_number * 10_000 + number)
        os.write(pipe, json.dumps(["begin", step]).encode() + b"\n")
        _take(started.book, step)
        os.write(pipe, json.dumps(["done", step]).encode() + b"\n")
        model = model.after(step)


def _take(book: Book, step: list[Any]) -> None:
    kind, *rest = step
    if kind == "undo":
        book.undo()
    elif kind == "redo":
        book.redo()
    elif kind == "backup":
        upkeep.auto_backup(book, reason=upkeep.Reason.IMPORT)
    elif kind == "import":
        _import(book, rest[0])
    else:
        with book.write(Op.EDIT_PERSON) as session:
            change = "UPDATE person SET snooze_count = :value, revision = revision + 1"
            said = "DELETE FROM person" if kind == "delete" else change
            session.execute(
                text(f"{said} WHERE notes = :batch"),
                {"batch": rest[0], "value": rest[-1]},
            )


def _import(book: Book, batch: str) -> None:
    """Import a file of generated cards, as the wizard does."""
    file = book.path.parent / f"{batch}.vcf"
    atomic_write(file, "".join(_card(number, batch) for number in range(BATCH)).encode())
    with importing.read_files((file,), Progress()) as read:
        plan = importing.plan(book, read, Progress(), today=TODAY)
        importing.apply(book, plan, Progress(), today=TODAY)
    file.unlink()


def _card(number: int, batch: str) -> str:
    uid = f"{number}-{batch.replace(' ', '-')}"
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:Person {number} of {batch}\r\nN:of {batch};Person {number};;;\r\n"
        f"ORG:Company {number % 9}\r\nEMAIL:{uid}@example.org\r\nNOTE:{batch}\r\nEND:VCARD\r\n"
    )


def _look(path: Path, model: Model, told: list[list[Any]], figures: Figures) -> Model:
    """Compare the book with what was promised; return the model it turned out to be."""
    begun = None
    for word, step in told:
        begun = step if word == "begin" else None
        if word == "done":
            model = model.after(step)
            figures.acknowledged += 1
    figures.in_step[begun[0] if begun else "between"] += 1
    if not path.exists():
        figures.lost += bool(told)
        return Model()
    figures.bad_backups += sum(not b.verified for b in backups.found(path))
    book = open_book(path, create=False)
    try:
        state = _state(book, figures)
    finally:
        book.close()
    if begun and state == model.after(begun).now != model.now:
        figures.unacknowledged_kept += 1
        return model.after(begun)
    figures.lost += state != model.now
    return model


def _state(book: Book, figures: Figures) -> State:
    findings = upkeep.check(book)
    with book.read() as session:
        stale = search.stale(session.connection())
        rows = session.execute(
            text(
                "SELECT p.notes, min(p.snooze_count), max(p.snooze_count), count(*), count(k.id) FROM person p"
                " LEFT JOIN contact_point k ON k.person_id = p.id GROUP BY p.notes"
            )
        ).all()
        orphans = session.scalar(text("SELECT count(*) FROM contact_point WHERE person_id IS NULL"))
    figures.damaged += bool(findings.damage) or bool(stale)
    figures.wrong += sum(found.table == "person" for found in findings.derived)
    figures.partial += bool(orphans)
    figures.partial += sum(
        (low, count, points) != (high, BATCH, BATCH) for _, low, high, count, points in rows
    )
    return {batch: low for batch, low, *_ in rows}


def main() -> int:
    """Print the figures; exit 1 when anything was lost, half done or damaged."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        figures = run(Path(folder) / "book", kills, seed)
    print(
        f"{figures.kills} kills in {time.monotonic() - began:.0f} s, {figures.acknowledged} acknowledged commits"
    )
    print(f"killed in: {dict(figures.in_step.most_common())}; {figures.hot} left a -wal to recover")
    print(f"begun, not acknowledged, yet whole: {figures.unacknowledged_kept}")
    print(
        f"lost {figures.lost}, partial {figures.partial}, damaged {figures.damaged}, "
        f"computed wrongly {figures.wrong}, bad backups {figures.bad_backups}"
    )
    return 0 if figures.clean else 1


if __name__ == "__main__":
    sys.exit(main())
