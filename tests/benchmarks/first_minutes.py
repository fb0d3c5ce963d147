"""Milliseconds a first start takes: process to first paint, to the first page, and from dropping cards to their review.

Run it from the project's folder: `python tests/benchmarks/first_minutes.py [cards] [starts]`. Each start is a process of
its own with an empty home; the lanes are the real ones. Qt draws off the screen. On a busy machine CPU time tells more.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from read_vcards import written_file  # noqa: E402

BOUNDS = {"first paint": 1500, "first page": 0, "review shown": 2000}
_CHILD = """
import resource, sys, time
from pathlib import Path
began, cards = float(sys.argv[1]), Path(sys.argv[2])
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

def spent():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

def told(what, since, before=0.0):
    print(f"{what};{(time.time() - since) * 1000:.0f};{(spent() - before) * 1000:.0f}", flush=True)

class FirstPaint(QObject):
    done = False
    def eventFilter(self, watched, event):
        if not self.done and event.type() == QEvent.Type.Paint:
            self.done = True
            told("first paint", began)
        return False

app = QApplication(["keepwarm"])
from crm import paths
from crm.gui.start import Opening
opening = Opening(app, paths.default_book())
painted = FirstPaint()
app.installEventFilter(painted)
opening.window.show()
opening.begin()
state = {"at": 0, "since": 0.0, "before": 0.0}

def look():
    window = opening.window
    page = window.current_page()
    if state["at"] == 0 and painted.done and window._settled and page is not None:
        page.grab()
        told("first page", began)
        state.update(at=1, since=time.time(), before=spent())
        window.import_files((cards,))
    elif state["at"] == 1 and hasattr(page, "review") and page.review.isVisible():
        page.grab()
        told("review shown", state["since"], state["before"])
        state["at"] = 2
        window.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(2)
app.exec()
"""


def start(home: Path, cards: Path) -> dict[str, tuple[int, int]]:
    """Start once; return milliseconds by the clock and of the processor, by what was reached."""
    folders = (
        "HOME",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "XDG_DOCUMENTS_DIR",
    )
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(folders, str(home))}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(time.time()), str(cards)],
        capture_output=True, text=True, check=True, env=env, timeout=120,
    )  # fmt: skip
    rows = (line.split(";") for line in done.stdout.splitlines() if ";" in line)
    return {what: (int(clock), int(processor)) for what, clock, processor in rows}


def main() -> None:
    cards = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    starts = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = written_file(folder, cards)
        found = []
        for number in range(starts):
            home = folder / str(number)
            home.mkdir()
            found.append(start(home, file))
    for what, bound in BOUNDS.items():
        clock = statistics.median(one[what][0] for one in found)
        processor = statistics.median(one[what][1] for one in found)
        said = f"  (at most {bound})" if bound else ""
        print(f"{what:<14} {clock:6.0f} ms by the clock, {processor:6.0f} ms of the processor{said}")


if __name__ == "__main__":
    main()
