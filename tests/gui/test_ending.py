"""What ends the program from outside: the window closes, however long nobody was at work."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

IDLE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from crm.gui.ending import Ending

app = QApplication([])
window = QWidget()
window.show()
Ending(window)
QTimer.singleShot(0, lambda: print("idle", flush=True))
app.exec()
print("closed")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without asking it")
@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_a_window_in_which_nothing_happens_closes_when_it_is_asked_to(which: signal.Signals) -> None:
    root = str(Path(__file__).parents[2])
    program = subprocess.Popen(
        [sys.executable, "-c", IDLE],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root, "QT_QPA_PLATFORM": "offscreen"},
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == "idle\n"
        program.send_signal(which)
        said, _ = program.communicate(timeout=60)
    assert (said, program.returncode) == ("closed\n", 0)
