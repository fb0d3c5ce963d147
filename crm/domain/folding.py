"""Folding text to keys that compare and sort as people expect, whatever the accents, case, width or quotes."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode doesn't decompose but people type without their stroke, and marks that keyboards don't have.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | dict.fromkeys("‘’‚‛ʹʼ′`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
)
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


_SHORT = 64  # names, which are folded again and again; longer texts aren't


def fold(text: str) -> str:
    """Return `text` casefolded, without accents, compatibility forms and invisible characters, with single spaces."""
    return _short_folded(text) if len(text) <= _SHORT else fold_once(text)


def fold_once(text: str) -> str:
    """Do the same with a text that hardly comes again, as addresses: it isn't remembered in the place of names."""
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    # Twice: "™" and "℡" become capitals only once decomposed.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    bare = "".join(
        c for c in decomposed if c.isascii() or not (_is_accent(c) or unicodedata.category(c) == "Cf")
    )
    return " ".join(bare.translate(_PLAIN).split())


_short_folded = lru_cache(maxsize=1 << 14)(fold_once)


def clean(text: str) -> str:
    """Return `text` without NULs, other control characters and lone surrogates, which databases and files trip over."""
    return text if text.isprintable() or not _BAD.search(text) else _BAD.sub("", text)


def _is_accent(character: str) -> bool:
    """Say whether people leave this mark out when they type.

    Latin, Greek, Hebrew and Arabic ones, yes. Those that make another letter (Japanese voicing, Indic signs, Thai
    vowels) belong to the word: their combining classes are 7 to 9 and 84 to 132.
    """
    kind = unicodedata.combining(character)
    return kind == 1 or 10 <= kind <= 36 or kind >= 200
