"""A real window on a real book, whose lanes answer at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from crm.app import books
from crm.app.books import Book
from crm.gui import theme
from crm.gui.places import Places
from crm.gui.tasks import InlineTasks
from crm.gui.window import Window

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for the icons of the style sheet."""
    return tmp_path_factory.mktemp("icons")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return books.open_book(tmp_path / "Contacts.keepwarm")


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, cache: Path, book: Book) -> Iterator[Window]:
    theme.apply(qapp, theme.Look(), cache=cache)
    made = Window(InlineTasks(), tmp_path / "settings.toml", Places(tmp_path / "window.ini"), lambda: TODAY)
    made.resize(1440, 900)
    made.show()
    made.open(book)
    yield made
    made.close()
    made.deleteLater()
    qapp.sendPostedEvents(
        None, QEvent.Type.DeferredDelete
    )  # a later change of look must not style what is gone
    theme.apply(qapp, theme.Look(), cache=cache)


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """An address book as a phone exports it: three people, one card that says nothing."""
    path = tmp_path / "phone.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\nORG:Analytical Engines\nTITLE:Analyst\nEMAIL:ada@engines.example\n"
        "END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Charles Babbage\nORG:Analytical Engines\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:<img src='file:///etc/passwd'>\nEMAIL:eve@evil.example\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n",
        "utf-8",
    )
    return path
