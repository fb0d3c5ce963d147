"""The frame is painted before anything heavy is loaded (PERFORMANCE.md, the row marked exact)."""

import subprocess
import sys

_SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication(["keepwarm"])
from crm.gui.start import Opening
opening = Opening(app, Path(sys.argv[1]))
opening.window.show()
opening.window.grab()
heavy = [name for name in ("sqlalchemy", "alembic", "vobject", "icalendar") if name in sys.modules]
opening.window.close()
print(",".join(heavy))
"""


def test_the_first_paint_waits_for_no_database_and_no_parser(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, f"{tmp_path}/Contacts.keepwarm"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
