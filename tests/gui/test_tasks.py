import gc
import sys
import threading

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from crm.app.progress import Progress
from crm.errors import Cancelled
from crm.gui.tasks import InlineTasks, Tasks


@pytest.fixture
def tasks(qapp: QObject):
    made = Tasks()
    yield made
    made.close()


def test_writes_run_in_the_order_they_were_asked_for(tasks: Tasks, qtbot: QtBot) -> None:
    ran: list[int] = []
    told: list[int] = []
    for number in range(50):
        tasks.write(lambda number=number: ran.append(number) or number, told.append)
    qtbot.waitUntil(lambda: len(told) == 50)
    assert ran == told == list(range(50))
    assert not tasks.busy


def test_verbs_run_off_the_gui_thread_and_answers_arrive_on_it(tasks: Tasks, qtbot: QtBot) -> None:
    threads: list[int] = []
    tasks.write(threading.get_ident, lambda worker: threads.extend((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threads[1] == threading.get_ident()


def test_a_newer_question_of_the_same_asker_voids_the_older(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[str] = []
    tasks.read("people", lambda: gate.wait(5) and "old", answers.append)
    tasks.read("people", lambda: "middle", answers.append)
    tasks.read("companies", lambda: "other", answers.append)
    tasks.read("people", lambda: "new", answers.append)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert sorted(answers) == ["new", "other"]


def test_an_error_goes_to_who_listens_for_it(tasks: Tasks, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    unheard: list[Exception] = []
    tasks.unheard = unheard.append
    tasks.files(lambda: 1 // 0, failed=errors.append)
    tasks.files(lambda: {}["missing"])
    qtbot.waitUntil(lambda: not tasks.busy)
    assert [type(error) for error in errors] == [ZeroDivisionError]
    assert [type(error) for error in unheard] == [KeyError]


def test_nobody_is_told_whose_owner_is_gone(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    told: list[object] = []
    owner = QObject()
    tasks.write(lambda: gate.wait(5), told.append, owner=owner)
    delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert told == []


def test_work_is_cancelled_through_its_progress(tasks: Tasks, qtbot: QtBot) -> None:
    progress = Progress()
    begun = threading.Event()
    errors: list[Exception] = []

    def work() -> None:
        while True:
            progress.step()
            begun.set()

    tasks.files(work, failed=errors.append)
    assert begun.wait(5)
    progress.cancel()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)
    assert progress.done > 0


def test_closing_finishes_every_verb_and_tells_nobody(qapp: QObject) -> None:
    tasks = Tasks()
    ran: list[int] = []
    told: list[int] = []
    for number in range(20):
        tasks.write(lambda number=number: ran.append(number) or number, told.append)
    tasks.close()
    assert ran == list(range(20))
    assert told == []
    with pytest.raises(RuntimeError):
        tasks.write(lambda: None)


def test_inline_tasks_answer_at_once() -> None:
    tasks = InlineTasks()
    answers: list[object] = []
    tasks.read("people", lambda: "now", answers.append)
    tasks.write(lambda: 1 // 0, failed=answers.append)
    assert answers[0] == "now"
    assert isinstance(answers[1], ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        tasks.files(lambda: 1 // 0)


class Emitter(QObject):
    happened = Signal(int)


def test_signals_and_calls_of_qt_lose_no_references(qapp: QObject) -> None:
    """PySide6 6.12.0 on Python 3.11 gave away references to None until the interpreter aborted."""
    emitter, label, heard = Emitter(), QLabel(), []
    emitter.happened.connect(heard.append)
    gc.collect()
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    for number in range(2000):
        emitter.happened.emit(number)
    gc.collect()
    assert len(heard) == 2000
    assert sys.getrefcount(None) > before - 100
