"""The code keeps the rules of the house, and each rule would notice if it didn't."""

import shutil
import subprocess

import pytest

from tests.architecture import (
    ROOT,
    Rule,
    builtins_called,
    calls_of,
    colours_in_place,
    eager_windows,
    either,
    files_opened_to_write,
    imports_of_a_layer_above,
    imports_of_another_room,
    imports_that_know_the_crm,
    labels_of_any_text,
    long_files,
    long_functions,
    modules_imported,
    names_used,
    parse,
    read_sources,
    unexpected_entries,
    unnamed_qt_imports,
    vague_names,
)

EVERYWHERE = ("crm/", "tests/")
ENTRIES = frozenset(
    {
        *(".ci", ".editorconfig", ".gitattributes", ".gitignore", "pyproject.toml"),
        *("CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md"),
        *("crm", "installer", "resources", "tests"),
    }
)

LAYERS = Rule("a layer imports only what its row of the table names", imports_of_a_layer_above)
ROOMS = Rule("rooms of the window never import one another", imports_of_another_room, ("crm/gui/",))
WIDGETS = Rule(
    "widgets know nothing of people and companies", imports_that_know_the_crm, ("crm/gui/widgets/",)
)
LAZY = Rule("the command line starts without the window", eager_windows, ("crm/__main__.py",))
NAMED = Rule("Qt imports are named", unnamed_qt_imports, ("crm/gui/",))
FILES = Rule("files have at most 500 lines", long_files, EVERYWHERE)
FUNCTIONS = Rule("functions have at most 60 lines", long_functions, EVERYWHERE)
NAMES = Rule("names say what a thing is", vague_names)
EVENTS = Rule("nobody spins the event loop", names_used("processEvents"), EVERYWHERE)
WAITS = Rule(
    "tests wait for facts, not for time",
    calls_of("qtbot.wait", "qWait", "time.sleep"),
    ("tests/",),
    ("tests/gallery/",),
)
LINKS = Rule(
    "only links.py opens addresses",
    either(names_used("openUrl"), modules_imported("webbrowser")),
    but=("crm/gui/links.py",),
)
SAVE_FILE = Rule("QSaveFile is not used", names_used("QSaveFile"))
WRITES = Rule(
    "only files.py writes files",
    either(files_opened_to_write, calls_of("write_text", "write_bytes")),
    but=("crm/files.py",),
)
LABELS = Rule("labels show plain text", labels_of_any_text, but=("crm/gui/widgets/labels.py",))
DIALOGS = Rule(
    "only dialogs.py asks with Qt's own boxes",
    names_used("QMessageBox", "QInputDialog"),
    but=("crm/gui/widgets/dialogs.py",),
)
NO_CODE = Rule(
    "data is never run",
    either(builtins_called("eval", "exec"), modules_imported("pickle", "shelve", "marshal", "yaml")),
)
COLOURS = Rule("only tokens.py knows colours", colours_in_place, ("crm/gui/",), ("crm/gui/tokens.py",))
RICH_TEXT = Rule(
    "text is never read as HTML or Markdown",
    either(
        names_used("RichText", "AutoText", "MarkdownText"),
        calls_of("setHtml", "insertHtml", "appendHtml", "setMarkdown", "insertMarkdown"),
    ),
    but=("crm/gui/widgets/markdown.py",),
)
RULES = (
    LAYERS, ROOMS, WIDGETS, LAZY, NAMED, FILES, FUNCTIONS, NAMES, EVENTS, WAITS, LINKS, SAVE_FILE, WRITES, LABELS,
    DIALOGS, NO_CODE, COLOURS, RICH_TEXT,
)  # fmt: skip

OFFENDING = [
    (LAYERS, "crm/domain/person.py", "from crm.store import tables"),
    (LAYERS, "crm/domain/person.py", "import crm.app.people"),
    (LAYERS, "crm/domain/person.py", "from crm import store"),
    (LAYERS, "crm/domain/person.py", "from ..store import tables"),
    (
        LAYERS,
        "crm/domain/person.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import crm.gui.bus",
    ),
    (LAYERS, "crm/domain/person.py", "def late():\n    import sqlalchemy"),
    (LAYERS, "crm/domain/person.py", "import importlib\nimportlib.import_module('crm.gui.window')"),
    (LAYERS, "crm/app/people.py", "from sqlalchemy.orm import Session"),
    (LAYERS, "crm/app/people.py", "import vobject"),
    (LAYERS, "crm/app/people.py", "from PySide6.QtCore import QObject"),
    (LAYERS, "crm/cli/people.py", "from crm.store.book import Book"),
    (LAYERS, "crm/cli/people.py", "from crm.gui.window import Window"),
    (LAYERS, "crm/cli/people.py", "import rich"),
    (LAYERS, "crm/gui/window.py", "from crm.store.book import Book"),
    (LAYERS, "crm/gui/window.py", "import crm.formats.vcard"),
    (LAYERS, "crm/store/book.py", "import alembic, icalendar"),
    (LAYERS, "crm/formats/ical.py", "from crm.paths import resources_dir"),
    (LAYERS, "crm/errors.py", "from crm.domain.person import PersonId"),
    (LAYERS, "crm/files.py", "import crm.paths"),
    (LAYERS, "crm/brand_new.py", ""),
    (ROOMS, "crm/gui/today/page.py", "from crm.gui.people_room.page import PeoplePage"),
    (ROOMS, "crm/gui/today/page.py", "from crm.gui import people_room"),
    (ROOMS, "crm/gui/today/page.py", "from ..people_room import page"),
    (ROOMS, "crm/gui/widgets/toast.py", "from crm.gui.people_room.page import PeoplePage"),
    (WIDGETS, "crm/gui/widgets/toast.py", "from crm.domain.person import PersonCard"),
    (WIDGETS, "crm/gui/widgets/toast.py", "from crm.app import people"),
    (LAZY, "crm/__main__.py", "from crm.gui.start import run"),
    (LAZY, "crm/__main__.py", "if True:\n    import crm.gui.start"),
    (NAMED, "crm/gui/window.py", "import PySide6.QtWidgets"),
    (NAMED, "crm/gui/window.py", "from PySide6 import QtWidgets"),
    (NAMED, "crm/gui/window.py", "from PySide6.QtWidgets import *"),
    (FILES, "crm/app/people.py", "x = 1\n" * 501),
    (FILES, "tests/app/test_people.py", "x = 1\n" * 501),
    (FUNCTIONS, "crm/app/people.py", "def add():\n" + "    x = 1\n" * 60),
    (FUNCTIONS, "tests/app/test_people.py", "class A:\n    async def add(self):\n" + "        x = 1\n" * 60),
    (NAMES, "crm/app/people.py", "class PeopleManager: ..."),
    (NAMES, "crm/app/date_utils.py", ""),
    (EVENTS, "crm/gui/window.py", "QApplication.processEvents()"),
    (EVENTS, "tests/gui/test_window.py", "spin = qapp.processEvents"),
    (WAITS, "tests/gui/test_window.py", "def test(qtbot):\n    qtbot.wait(100)"),
    (WAITS, "tests/gui/test_window.py", "self.qtbot.wait(100)"),
    (WAITS, "tests/gui/test_window.py", "QTest.qWait(100)"),
    (WAITS, "tests/app/test_people.py", "time.sleep(1)"),
    (LINKS, "crm/gui/people/page.py", "QDesktopServices.openUrl(url)"),
    (LINKS, "crm/cli/people.py", "import webbrowser"),
    (SAVE_FILE, "crm/gui/export.py", "from PySide6.QtCore import QSaveFile"),
    (WRITES, "crm/app/exporting.py", "open(path, 'w')"),
    (WRITES, "crm/app/exporting.py", "open(path, mode='ab')"),
    (WRITES, "crm/app/exporting.py", "path.open('xb')"),
    (WRITES, "crm/app/exporting.py", "open(path, 'r+')"),
    (WRITES, "crm/app/exporting.py", "path.write_text(text)"),
    (WRITES, "crm/app/exporting.py", "(folder / name).write_bytes(data)"),
    (LABELS, "crm/gui/people/page.py", "QLabel(name, self)"),
    (LABELS, "crm/gui/people/page.py", "QtWidgets.QLabel(name)"),
    (LABELS, "crm/gui/people/page.py", "class NameLabel(QLabel): ..."),
    (DIALOGS, "crm/gui/people/page.py", "from PySide6.QtWidgets import QMessageBox"),
    (DIALOGS, "crm/gui/people/page.py", "QtWidgets.QInputDialog.getText(self)"),
    (NO_CODE, "crm/formats/phrases.py", "eval(text)"),
    (NO_CODE, "crm/formats/phrases.py", "exec(text)"),
    (NO_CODE, "crm/formats/phrases.py", "import pickle"),
    (NO_CODE, "crm/formats/phrases.py", "from yaml import load"),
    (COLOURS, "crm/gui/theme.py", "QColor('#1a2B3c')"),
    (COLOURS, "crm/gui/theme.py", "f'color: #fff; width: {width}px'"),
    (RICH_TEXT, "crm/gui/people/page.py", "label.setTextFormat(Qt.TextFormat.RichText)"),
    (RICH_TEXT, "crm/gui/people/page.py", "self.document().setHtml(note)"),
    (RICH_TEXT, "crm/gui/people/page.py", "view.setMarkdown(note)"),
]
INNOCENT = [
    (LAYERS, "crm/domain/person.py", "import re\nfrom crm.domain.folding import fold\nimport phonenumbers"),
    (LAYERS, "crm/cli/people.py", "from crm import __version__\nfrom crm.app import people"),
    (LAYERS, "crm/store/book.py", "from .tables import Base\nfrom crm.files import atomic_write"),
    (
        ROOMS,
        "crm/gui/today/page.py",
        "from crm.gui.today.rows import Row\nfrom crm.gui.widgets.toast import Toast",
    ),
    (ROOMS, "crm/gui/window.py", "from crm.gui.today.page import TodayPage"),
    (LAZY, "crm/__main__.py", "def main():\n    from crm.gui.start import run"),
    (NAMED, "crm/gui/window.py", "from PySide6.QtWidgets import QWidget"),
    (WAITS, "tests/gui/test_window.py", "qtbot.waitUntil(lambda: done)"),
    (WRITES, "crm/files.py", "open(path, 'wb')"),
    (WRITES, "crm/app/importing.py", "open(path, 'rb')\nopen('data')\npath.open(encoding='utf-8')"),
    (LABELS, "crm/gui/widgets/labels.py", "class PlainLabel(QLabel): ..."),
    (NO_CODE, "crm/gui/start.py", "app.exec()"),
    (COLOURS, "crm/gui/tokens.py", "INK = '#101010'"),
    (COLOURS, "crm/gui/people/page.py", '"""Works around #123."""\nescaped = "&#039;"\nname = "issue #12"'),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    offences = [offence for source in read_sources("crm", "tests") for offence in rule.offences(source)]
    assert not offences, f"{rule.says}, but:\n  " + "\n  ".join(offences)


@pytest.mark.parametrize(
    ("rule", "path", "text"), OFFENDING, ids=lambda value: str(getattr(value, "says", value))[:50]
)
def test_the_rule_bites(rule: Rule, path: str, text: str) -> None:
    assert rule.offences(parse(path, text)), f"{rule.says}: nothing said about {text!r} in {path}"


@pytest.mark.parametrize(
    ("rule", "path", "text"), INNOCENT, ids=lambda value: str(getattr(value, "says", value))[:50]
)
def test_the_rule_lets_honest_code_pass(rule: Rule, path: str, text: str) -> None:
    assert rule.offences(parse(path, text)) == []


def test_every_rule_is_shown_to_bite() -> None:
    assert {rule.says for rule in RULES} == {rule.says for rule, _, _ in OFFENDING}


def test_the_repository_has_only_the_entries_we_agreed_on() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    listed = subprocess.run([git, "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip(f"git can't list this checkout: {listed.stderr.strip()}")
    assert unexpected_entries(listed.stdout.splitlines(), ENTRIES) == []


def test_a_stray_file_at_the_top_is_noticed() -> None:
    assert unexpected_entries(["crm/app/people.py", "notes.txt", "uv.lock"], ENTRIES) == [
        "notes.txt",
        "uv.lock",
    ]
