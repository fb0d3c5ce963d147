"""Physical lines → logical content lines: unfolding, soft line breaks, base64, and text broken by raw line ends."""

import re
from dataclasses import dataclass, replace

from crm.formats.vcard.codepages import CodePage
from crm.formats.vcard.encoding import Block
from crm.formats.vcard.heads import Head, Heads, Transport, head_end, looks_like_address
from crm.formats.vcard.limits import Limits
from crm.formats.vcard.values import ends_in_escape

# Number of its first physical line, head, value (plain ones are final text, others still wrapped).
Line = tuple[int, Head, str]

UNPARSED = Head(name="X-UNPARSED", key="X-UNPARSED", written="X-UNPARSED")
_PARTS_APART = 4096
_LONGEST_HEAD = 1 << 16
# A name and parameters, but no colon outside of quotes yet.
_HALF_HEAD = re.compile(r'[A-Za-z][A-Za-z0-9_./-]*;[^":]*(?:"[^"]*"[^":]*)*(?:"[^"]*)?$')
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/=]+[ \t]*")
_ENVELOPE = ("BEGIN:VCARD", "END:VCARD")
# Values that are one short line: text without a head after one of them is not more of it.
_ONE_LINE = frozenset(
    {"N", "TEL", "EMAIL", "BDAY", "VERSION", "UID", "REV", "KIND", "PRODID", "MEMBER", "X-UNPARSED"}
)
_ENVELOPE_KEYS = frozenset({"BEGIN", "END"})


@dataclass(slots=True)
class _HalfHead:
    """A line that ended inside its head, unless no more of it comes. `quoted`: it ended inside quotes, too."""

    number: int
    parts: list[str]
    size: int
    quoted: bool

    def add(self, piece: str) -> bool:
        """Take one more folded line; say whether the head's colon is still to come."""
        outside = piece.split('"')[int(self.quoted) :: 2]
        self.quoted ^= piece.count('"') % 2 == 1
        self.parts.append(piece)
        self.size += len(piece)
        return self.size < _LONGEST_HEAD and not any(":" in text for text in outside)


class LogicalLines:
    """Joins lines; keeps the last, still open one until it knows that nothing more belongs to it."""

    def __init__(self, heads: Heads, page: CodePage, limits: Limits) -> None:
        self._heads = heads
        self._page = page
        self._limits = limits
        self.number = 0  # of the physical line read last
        self._open: Line | None = None
        self._parts: list[str] = []  # of the open line, when it has more than one
        self._joined = 0  # of the parts, how many are whole stretches already
        self._size = 0
        self._soft = False  # the open line ends in quoted-printable's soft break
        self._gap = False  # a blank line followed the open one
        self._half: _HalfHead | None = None
        self._dirty = False

    def feed(self, block: Block) -> list[Line]:
        """Return the logical lines that the block completes."""
        dirty = self._dirty = self._dirty or block.dirty
        if block.dirty:
            self._page.offer(block.raw)
        out: list[Line] = [self._open] if self._open else []
        plain = self._heads.plain.get
        number = self.number
        for line in block.lines:
            number += 1
            text_before, _, value = line.partition(":")
            head = plain(text_before)
            if head is None or self._soft or len(line) > self._limits.line:
                self._join(number, line, out)
                continue
            if self._parts:
                self._seal(out)
            self._gap = False
            out.append((number, head, value))
        self.number = number
        self._open = out.pop() if out else None
        self._dirty = block.dirty or (dirty and not out)  # the open line may still be the one from before
        return self._repaired(out) if dirty else out

    def finish(self) -> list[Line]:
        """Return what was still open: the file ends, or what follows is known to begin anew."""
        out = [self._open] if self._open else []
        self._open = None
        if self._half is not None:
            self._take_half(self._half, out)
        if out and self._parts:
            self._seal(out)
        self._soft = self._gap = False
        return self._repaired(out) if self._dirty else out

    def is_idle(self) -> bool:
        """Say whether nothing that was read waits for what follows."""
        return self._open is None and self._half is None and not (self._soft or self._gap)

    def skip(self, count: int) -> None:
        """Count lines that somebody else has read."""
        self.number += count

    def _join(self, number: int, line: str, out: list[Line]) -> None:
        """Take a line that isn't simply a known head and its value."""
        if self._half is not None:
            folded = line[:1] in {" ", "\t"}
            if folded and self._half.add(line[1:]):
                return
            self._take_half(self._half, out)
            if folded:
                return
        if self._soft and self._continue_quoted(line, out):
            return
        if not line:
            self._gap = True
            return
        if line[0] in " \t" and out and out[-1][1].key not in _ENVELOPE_KEYS:
            # Base64 may be indented deeper; in text every blank but the first belongs to it.
            transport = out[-1][1].transport
            self._append(out, line.strip() if transport is Transport.BASE64 else line[1:])
            self._soft = transport is Transport.QUOTED and line.endswith("=")
            return
        self._take_or_hold(number, line.lstrip(" \t\ufeff"), out)

    def _take_or_hold(self, number: int, line: str, out: list[Line]) -> None:
        """Take a line, or wait whether the next is more of its head: a long one is folded as any text."""
        if len(line) < _LONGEST_HEAD and _HALF_HEAD.match(line):
            self._half, self._soft = _HalfHead(number, [line], len(line), line.count('"') % 2 == 1), True
        else:
            self._take(number, line, out)

    def _take_half(self, half: _HalfHead, out: list[Line]) -> None:
        self._half, self._soft = None, False
        self._take(half.number, "".join(half.parts), out)

    def _take(self, number: int, line: str, out: list[Line]) -> None:
        end = head_end(line)
        head = self._heads.parse(self._head_text(line[:end])) if 0 < end < _LONGEST_HEAD else None
        if head is None or looks_like_address(head.name, line[end + 1 :]):
            self._take_headless(number, line, out)
            return
        self._start(number, head, line[end + 1 :], out)

    def _head_text(self, text: str) -> str:
        return self._page.repair(text) if self._dirty else text

    def _start(self, number: int, head: Head, value: str, out: list[Line]) -> None:
        self._seal(out)
        self._gap = False
        if len(value) > self._limits.line:
            head, value = replace(head, transport=Transport.OVERSIZE, simple=False), ""
        out.append((number, head, value))
        self._soft = head.transport is Transport.QUOTED and value.endswith("=")

    def _continue_quoted(self, line: str, out: list[Line]) -> bool:
        self._soft = False
        if line.strip().upper().startswith(_ENVELOPE):
            return False
        self._open_parts(out)
        self._parts[-1] = self._parts[-1].removesuffix("=")
        self._append(out, line)
        self._soft = line.endswith("=")
        return True

    def _take_headless(self, number: int, line: str, out: list[Line]) -> None:
        """A line that can't start a property: more of the previous one, a comment, or nothing we know."""
        if line[:1] in {"", "#"}:
            return
        previous = out[-1][1] if out else None
        if previous is None or self._gap or previous.key in _ENVELOPE_KEYS:
            self._start(number, UNPARSED, line, out)
        elif previous.transport is Transport.QUOTED:
            self._append(out, line if previous.key in _ONE_LINE else "=0A" + line)
            self._soft = line.endswith("=")
        elif previous.transport is Transport.BASE64 and _BASE64_LINE.fullmatch(line):
            self._append(out, line)
        elif previous.transport is Transport.BASE64 or previous.key in _ONE_LINE:
            self._start(number, UNPARSED, line, out)
        else:
            # A line end that should have been written "\n"; some writers put the backslash and then break.
            so_far = self._parts[-1] if self._parts else out[-1][2]
            self._append(out, ("n" if ends_in_escape(so_far) else "\\n") + line)

    def _open_parts(self, out: list[Line]) -> None:
        if not self._parts:
            self._parts.append(out[-1][2])
            self._size = len(out[-1][2])

    def _append(self, out: list[Line], more: str) -> None:
        self._open_parts(out)
        self._size += len(more)
        if self._size > self._limits.line:
            self._parts, self._joined = [""], 0  # only to know that it was too long
            return
        self._parts.append(more)
        if len(self._parts) - self._joined > _PARTS_APART:
            # Millions of tiny parts would weigh far more than their text.
            self._parts[self._joined :] = ["".join(self._parts[self._joined :])]
            self._joined += 1

    def _seal(self, out: list[Line]) -> None:
        if not self._parts:
            return
        number, head, _ = out[-1]
        if self._size > self._limits.line:
            out[-1] = (number, replace(head, transport=Transport.OVERSIZE, simple=False), "")
        else:
            out[-1] = (number, head, "".join(self._parts))
        self._parts, self._joined, self._size, self._soft = [], 0, 0, False

    def _repaired(self, lines: list[Line]) -> list[Line]:
        """Decode what isn't UTF-8 with the property's charset or the file's code page."""
        repair = self._page.repair
        return [
            (number, head, text)
            if (text.isascii() and "\x1b" not in text) or head.transport is not Transport.PLAIN
            else (number, head, repair(text, head.charset))
            for number, head, text in lines
        ]
