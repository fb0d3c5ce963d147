"""Zip archives in: what is in one, and its files as streams. Nothing is extracted, and bombs are told before reading."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from crm.domain.folding import clean

_MAGIC = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_LENGTH = 22
_END_WITHIN = _END_LENGTH + (1 << 16)  # a comment may follow
_COUNT_AT = 10
MOST_FILES = 60_000  # the list of files alone needs memory
MOST_BYTES = 4 << 30
_RATIO = 250  # text shrinks to a twentieth; a bomb to a thousandth and less
_SMALL = 1 << 20  # of which it doesn't matter
# What zipfile raises for archives that are damaged, encrypted or of a kind it doesn't know.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    OverflowError,
)


class DamagedZip(Exception):
    """An archive, or a file in one, that can't be read, or mustn't be."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. `path` is as the archive says, for telling and never for opening; `size` is unpacked."""

    path: str
    size: int
    number: int

    @property
    def folder(self) -> str:
        """Return the folder it is in."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """Return its bare name."""
        return clean(self.path.rpartition("/")[2])


def looks_like_zip(head: bytes) -> bool:
    """Say whether a file's first bytes are those of an archive that holds something."""
    return head.startswith(_MAGIC)


def members(stream: BinaryIO) -> tuple[Member, ...]:
    """Return the files of an archive. Raises `DamagedZip`: damaged, too many files, or packed beyond belief."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END_WITHIN))
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0 or int.from_bytes(tail[end + _COUNT_AT : end + _COUNT_AT + 2], "little") > MOST_FILES:
        raise DamagedZip
    with _opened(stream) as archive:
        infos = archive.infolist()
    found = [
        Member(info.filename.replace("\\", "/"), info.file_size, number)
        for number, info in enumerate(infos)
        if info.filename and not info.is_dir()  # `is_dir` looks at the last character
    ]
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_BYTES or unpacked > max(_SMALL, size * _RATIO):
        raise DamagedZip
    return tuple(found)


@contextmanager
def opened(stream: BinaryIO, member: Member) -> Iterator[BinaryIO]:
    """Open a file of an archive to read it once. Reading raises `DamagedZip`; no more comes than was declared."""
    with _opened(stream) as archive:
        try:
            unpacked = archive.open(archive.infolist()[member.number])
        except (*_DAMAGE, OSError) as error:
            raise DamagedZip from error
        with unpacked:
            yield io.BufferedReader(_Checked(unpacked))


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(stream)
    except (*_DAMAGE, OSError) as error:
        raise DamagedZip from error
    with archive:
        yield archive


class _Checked(io.RawIOBase):
    """Turns whatever goes wrong while unpacking into the one error."""

    def __init__(self, source: object) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._source.read(len(buffer))  # type: ignore[attr-defined]
        except (*_DAMAGE, OSError) as error:
            raise DamagedZip from error
        buffer[: len(data)] = data
        return len(data)
