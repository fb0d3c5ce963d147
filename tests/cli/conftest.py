"""Running `keepwarm …` in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crm.__main__ import main


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on stdout."""
        return json.loads(self.out)


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    return tmp_path / "mine.keepwarm"


@pytest.fixture
def keepwarm(book_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command on the test's own book."""

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        try:
            code = main(["--book", str(book_path), *arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """An address book of four cards, one of which nobody can read."""
    path = tmp_path / "phone.vcf"
    path.write_bytes(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nN:Lovelace;Ada;;;\r\nFN:Ada Lovelace\r\nORG:Analytical Engines\r\n"
        "TITLE:Analyst\r\nEMAIL:ada@engines.example\r\nTEL:+44 20 7946 0000\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Babbage;Charles;;;\r\nFN:Charles Babbage\r\nORG:Analytical Engines\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Ångström\r\nEMAIL:zoe@light.example\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n".encode()
    )
    return path
