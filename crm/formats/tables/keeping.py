"""A row as it is kept beside what we understood of it: every cell with its header, as text, and back."""

import re
from collections.abc import Sequence

from crm.domain.card import SourceProperty
from crm.formats.tables.reasons import REASON

VERSION = "csv"  # stands where a vCard's version would

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_HEAD = re.compile(r"((?:[^\\:]|\\.)*):(.*)", re.DOTALL)
_PLAIN = {"n": "\n"}


class Keeping:
    """Writes rows of one table. Cells beyond the header keep the number of their column."""

    def __init__(self, headers: Sequence[str]) -> None:
        self._heads = [
            "" if header == REASON else _escaped(header).replace(":", "\\:") + ":" for header in headers
        ]

    def text(self, cells: Sequence[str]) -> str:
        """Return the cells that hold something, each on a line of its own after its header."""
        while len(cells) > len(self._heads):
            self._heads.append(f"Column {len(self._heads) + 1}:")
        said = "".join(cells)
        if "\\" in said or "\n" in said:
            cells = [_escaped(cell) for cell in cells]
        pairs = zip(self._heads, cells, strict=False)
        return "\n".join([head + cell for head, cell in pairs if cell and head])


def properties(raw: str) -> tuple[SourceProperty, ...]:
    """Return the cells of a row that was kept, in their order: a property's name is the header."""
    found: list[SourceProperty] = []
    for line in raw.split("\n") if raw else ():
        parts = _HEAD.fullmatch(line)
        if parts is not None:
            found.append(SourceProperty(_unescaped(parts[1]), _unescaped(parts[2])))
    return tuple(found)


def _escaped(text: str) -> str:
    if "\\" not in text and "\n" not in text:
        return text
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: _PLAIN.get(found[1], found[1]), text) if "\\" in text else text
