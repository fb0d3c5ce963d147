"""A book for the tests of verbs and asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.app.books import Book
from tests.builders import a_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Open an empty book, closed after the test."""
    opened = a_book(tmp_path)
    yield opened
    opened.close()
