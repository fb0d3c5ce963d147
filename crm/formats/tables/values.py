"""Cells as values: several in one cell, labels of Google's, texts on one line."""

import re
from collections.abc import Iterable

_SEVERAL = " ::: "  # Google's
_TYPES = {
    "home": ("home",), "work": ("work",), "mobile": ("cell",), "main": ("main",), "pager": ("pager",),
    "home fax": ("home", "fax"), "work fax": ("work", "fax"), "work mobile": ("work", "cell"), "other": (),
    "internet": (), "homefax": ("home", "fax"), "workfax": ("work", "fax"), "cell": ("cell",), "fax": ("fax",),
}  # fmt: skip


def one_line(text: str) -> str:
    """Return `text` with single spaces."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(text.split())


def joined(texts: Iterable[str], between: str = "\n") -> str:
    """Return those texts that say something, each once."""
    return between.join(dict.fromkeys(text for one in texts if (text := one.strip())))


def cut(cell: str, separators: str) -> tuple[str, ...]:
    """Return the several values of a cell, each once."""
    pieces = cell.split(_SEVERAL) if _SEVERAL in cell else [cell]
    if separators and any(one in cell for one in separators):
        pattern = f"[{re.escape(separators)}]+"
        pieces = [part for piece in pieces for part in re.split(pattern, piece.strip())]
    return tuple(dict.fromkeys(text for piece in pieces if (text := piece.strip(" \n,;"))))


def many(cell: str, separators: str) -> tuple[str, ...]:
    """Return the several short texts of a cell: names, tags."""
    return tuple(text for one in cut(cell, separators) if (text := one_line(one)))


def label_of(cell: str) -> tuple[tuple[str, ...], str, bool]:
    """Return what a label says: vCard types it names, itself when it is the user's own, whether it is preferred."""
    said = one_line(cell.split(_SEVERAL, maxsplit=1)[0]) if cell else ""
    preferred = said.startswith("*")
    said = said.lstrip("* ")
    types = _TYPES.get(said.lower())
    return (types, "", preferred) if types is not None else ((), said, preferred)
