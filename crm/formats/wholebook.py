"""A whole book as JSON: every table's rows, one on a line, for other programs to read and for us to bring back.

{"format": "keepwarm-book", "version": 1, "schema": the number of the book's tables, "made_by", "about": what each table
is, "tables": {name: [row, …]}, "pictures": {SHA-256: the file in base64}}. A row is an object of its columns; one that
says nothing ("", null, false, [], or the table's default) is left out. Ids link rows; dates are ISO days, instants UTC.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

FORMAT = "keepwarm-book"
VERSION = 1
MOST_BYTES = 1 << 30
_HEAD = 4096

Row = Mapping[str, Any]
_write = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


class NotABook(Exception):
    """What was read isn't a whole book; says why, for logs."""


@dataclass(frozen=True, slots=True)
class BookHead:
    """What stands before the rows."""

    schema: int
    made_by: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BookText:
    """A book that was read: rows by table, as they stand there, and pictures by their address."""

    schema: int
    tables: Mapping[str, list[dict[str, Any]]]
    pictures: Mapping[str, str] = field(default_factory=dict)

    def picture(self, sha: str) -> bytes:
        """Return a picture. Raises `NotABook` when it is damaged."""
        try:
            return base64.b64decode(self.pictures[sha], validate=True)
        except (binascii.Error, ValueError) as error:
            raise NotABook("picture") from error


def written(
    head: BookHead, tables: Iterable[tuple[str, Iterable[Row]]], pictures: Iterable[tuple[str, bytes]] = ()
) -> Iterator[bytes]:
    """Yield the document, piece by piece; the same rows give the same bytes."""
    said = {"format": FORMAT, "version": VERSION, "schema": head.schema, "made_by": head.made_by}
    yield "".join(
        f"{'{' if not n else ','}\n{_write(k)}: {_write(v)}" for n, (k, v) in enumerate(said.items())
    ).encode()
    yield f',\n"about": {json.dumps(dict(head.about), ensure_ascii=False, indent=1)},\n"tables": {{'.encode()
    for number, (name, rows) in enumerate(tables):
        yield f"{',' if number else ''}\n{_write(name)}: [".encode()
        for place, row in enumerate(rows):
            yield f"{',' if place else ''}\n{_write(row)}".encode("utf-8", "replace")
        yield b"]"
    yield b'},\n"pictures": {'
    for number, (sha, data) in enumerate(pictures):
        yield b"".join((b"," if number else b"", b'\n"', sha.encode(), b'": "', base64.b64encode(data), b'"'))
    yield b"}}\n"


def looks_like_book(head: bytes) -> bool:
    """Say whether a file's first bytes are those of a whole book."""
    text = head[:_HEAD].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    return text.startswith("{") and '"format"' in text and f'"{FORMAT}"' in text


def read(stream: BinaryIO) -> BookText:
    """Read a whole book. Raises `NotABook`."""
    try:
        found = json.loads(stream.read(MOST_BYTES + 1).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotABook(str(error)) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotABook("format")
    schema, tables, pictures = found.get("schema"), found.get("tables"), found.get("pictures", {})
    if not isinstance(schema, int) or not isinstance(tables, dict) or not isinstance(pictures, dict):
        raise NotABook("shape")
    if not all(
        isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in tables.values()
    ):
        raise NotABook("rows")
    if not all(isinstance(data, str) for data in pictures.values()):
        raise NotABook("pictures")
    # A newer layout of the document is as unreadable as newer tables.
    return BookText(schema if found.get("version") == VERSION else 1 << 30, tables, pictures)
