"""A full name in one piece, taken apart: for cards that have an FN but no N."""

from crm.domain.names import is_title
from crm.domain.person import PersonName

_SUFFIXES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "mba", "msc", "bsc", "ma", "ba", "cpa", "pmp"}
)
_PARTICLES = frozenset(
    {
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "du",
        "del",
        "della",
        "dos",
        "das",
        "do",
        "la",
        "le",
        "ter",
        "ten",
    }
    | {
        "zu",
        "zur",
        "zum",
        "vom",
        "af",
        "av",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "dal",
        "degli",
        "op",
        "st",
        "st.",
        "'t",
    }
)


def split_name(full: str) -> PersonName:
    """Return the parts of a name written given name first; "Family, Given" is understood too."""
    before, comma, after = full.partition(",")
    if comma and after.strip() and _bare(after) not in _SUFFIXES:
        first, *more = after.split()
        return PersonName(family=" ".join(before.split()), given=first, additional=" ".join(more))
    suffix = after.strip() if comma else ""
    words = before.split()
    prefix: list[str] = []
    while len(words) > 1 and is_title(words[0]):
        prefix.append(words.pop(0))
    endings: list[str] = [suffix] if suffix else []
    while len(words) > 2 and _bare(words[-1]) in _SUFFIXES:
        endings.insert(0, words.pop())
    if len(words) < 2:
        only = words[0] if words else ""
        # One word: a title before it makes it a family name ("Dr. Strange"), else people go by their first name.
        named = PersonName(family=only) if prefix else PersonName(given=only)
        return PersonName(named.family, named.given, "", " ".join(prefix), " ".join(endings))
    start = _family_start(words)
    return PersonName(
        " ".join(words[start:]), words[0], " ".join(words[1:start]), " ".join(prefix), " ".join(endings)
    )


def _family_start(words: list[str]) -> int:
    """Return the index of the family name's first word: the last word and the particles before it."""
    start = len(words) - 1
    while start > 1 and (words[start - 1].lower() in _PARTICLES):
        start -= 1
    return start


def _bare(word: str) -> str:
    return word.strip().replace(".", "").lower()
