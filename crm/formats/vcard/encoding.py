"""Bytes of a file → blocks of whole text lines, whatever the Unicode form and the line ends, in bounded memory."""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from crm.formats.vcard.limits import Limits

CHUNK = 1 << 18
_HEAD = 400
_LONGEST_CR_RUN = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Controls that `folding.clean` takes out, except ESC: ISO-2022 switches its character sets with it.
_CONTROLS = bytes(c for c in (*range(0x20), 0x7F) if c not in b"\t\n\r\x1b")


@dataclass(frozen=True, slots=True)
class Block:
    """Whole physical lines. `dirty`: not all of it is UTF-8; such bytes are lone surrogates (surrogateescape)."""

    lines: list[str]
    raw: bytes
    dirty: bool


def unicode_form(head: bytes) -> tuple[str, int]:
    """Return the Unicode encoding that a file's first bytes show, or '', and the length of its mark."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name, len(bom)
    head = head[:_HEAD]
    zeros = head.count(0)
    if zeros * 4 <= len(head) or not head.strip(b"\0"):
        return "", 0
    if zeros * 8 > len(head) * 5:
        return ("utf-32-be" if head[0] == 0 else "utf-32-le"), 0
    return ("utf-16-be" if head[0] == 0 else "utf-16-le"), 0


def blocks(source: BinaryIO, limits: Limits, step: Callable[[int], None] | None) -> Iterator[Block]:
    """Yield the file's lines. `step` hears of the bytes read since it was last called."""
    parts: list[bytes] = []
    held = 0
    for chunk in utf8_chunks(source, step):
        cut = _last_line_end(chunk)
        if cut == 0:
            # Inside a line longer than a chunk: what exceeds the limit only shows that it did.
            if held <= limits.line:
                parts.append(chunk[: limits.line + 1 - held])
                held += len(parts[-1])
            continue
        tail = chunk[cut:]
        if len(tail) > _LONGEST_CR_RUN and not tail.strip(b"\r"):
            tail = b"\r"
        yield _block(b"".join((*parts, chunk[:cut])))
        parts, held = ([tail] if tail else []), len(tail)
    if parts:
        yield _block(b"".join(parts))


def _last_line_end(chunk: bytes) -> int:
    """Return the offset after the last line end that no later byte can change, or 0."""
    cut = chunk.rfind(b"\n") + 1
    return cut or chunk.rstrip(b"\r").rfind(b"\r") + 1


def utf8_chunks(source: BinaryIO, step: Callable[[int], None] | None) -> Iterator[bytes]:
    """Yield the file as it is, or as UTF-8 when it is in a wider Unicode form."""
    chunk = source.read(CHUNK)
    form, mark = unicode_form(chunk)
    first = chunk[mark:]
    decoder = codecs.getincrementaldecoder(form)("replace") if form not in {"", "utf-8"} else None
    while chunk:
        if step is not None:
            step(len(chunk))
        yield decoder.decode(first).encode() if decoder else first
        chunk = first = source.read(CHUNK)
    if decoder:
        yield decoder.decode(b"", final=True).encode()


def _block(raw: bytes) -> Block:
    raw = raw.translate(None, _CONTROLS)
    try:
        text = raw.decode("utf-8")
        dirty = b"\x1b" in raw
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "surrogateescape")
        dirty = True
    return Block(_lines(text), raw.replace(b"\r\n", b"\n") if dirty else b"", dirty)


def _lines(text: str) -> list[str]:
    """CRs before an LF belong to it (files translated twice have two); any other CR ends a line itself."""
    if "\r" not in text:
        return text.removesuffix("\n").split("\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    bare = "".join(lines)
    if "\n" not in bare and "\r" not in bare:  # as in most files
        return lines
    clean: list[str] = []
    for line in text.removesuffix("\n").split("\n"):
        clean.extend(line.rstrip("\r").split("\r"))
    return clean
