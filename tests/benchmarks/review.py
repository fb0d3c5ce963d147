"""CPU milliseconds until the review of many records shows after they were read, and for a chip, a search, a tick.

Run it from the project's folder: `python tests/benchmarks/review.py [rows]`. Qt draws off the screen.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from import_connections import TODAY, connections, cpu  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from crm.app.books import open_book  # noqa: E402
from crm.app.progress import Progress  # noqa: E402
from crm.gui import theme  # noqa: E402
from crm.gui.importing import work  # noqa: E402
from crm.gui.importing.page import ImportPage  # noqa: E402
from crm.gui.places import Places  # noqa: E402
from crm.gui.session import Place  # noqa: E402
from crm.gui.tasks import InlineTasks  # noqa: E402
from crm.gui.theme import Look  # noqa: E402
from crm.gui.window import Window  # noqa: E402


def drawn(page: ImportPage, what: str, action: Callable[[], object]) -> None:
    """Do something and draw the page; print how long both took."""

    def run() -> None:
        action()
        page.grab()

    print(f"{what:<22} {cpu(run)[0] * 1000:6.0f} ms")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    app = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        theme.apply(app, Look(reduce_motion=True), cache=folder)
        path = folder / "Connections.csv"
        path.write_bytes(connections(rows))
        window = Window(InlineTasks(), folder / "settings.toml", Places(folder / "window.ini"), lambda: TODAY)
        window.resize(1280, 860)
        window.show()
        window.open(open_book(folder / "book.keepwarm"))
        window.go(Place("importing"))
        page = window.current_page()
        assert isinstance(page, ImportPage)
        session = window.session
        assert session is not None
        page.grab()
        progress = page._begin("Reading")
        seconds, found = cpu(lambda: work.read(session, work.Source((path,)), Progress(), None))
        print(f"{rows:,} rows read and planned in {seconds:.2f} s")
        drawn(page, "review opens", lambda: page._on_read(found, progress))
        drawn(page, "chip: new", page.review.chips.chip("new").click)
        drawn(page, "search: first letters", lambda: page.review.search.search("si"))
        drawn(page, "search: more", lambda: page.review.search.search("silva"))
        drawn(page, "search: emptied", lambda: page.review.search.search(""))
        drawn(page, "tick all", page.review.head.tick.click)
        window.close()


if __name__ == "__main__":
    main()
