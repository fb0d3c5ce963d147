"""Folding text to keys that compare and sort as people expect, whatever the accents, case or width."""

import re
import unicodedata

# Letters that Unicode doesn't decompose but people type without their stroke.
_STROKES = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def fold(text: str) -> str:
    """Return `text` casefolded, without accents and compatibility forms, with single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.translate(_STROKES).split())


def clean(text: str) -> str:
    """Return `text` without NULs, other control characters and lone surrogates, which databases and files trip over."""
    return _BAD.sub("", text) if _BAD.search(text) else text
