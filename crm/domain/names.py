"""Titles before a name: "Dr. Ada Lovelace" is abbreviated and sorted as Ada Lovelace."""

_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "herr", "frau", "hr", "fr", "ing"}
)
_DOTTED = frozenset({"dipl-ing", "mag", "med", "phil", "m", "mme", "mlle", "sr", "sra", "don", "doña", "rev"})


def is_title(word: str) -> bool:
    """Say whether a word before a name is a title; some are only with a dot, which an initial has too."""
    return _bare(word) in _TITLES or (word.endswith(".") and _bare(word) in _DOTTED)


def untitled(name: str) -> str:
    """Return a name without the titles before it that no initial looks like, unless nothing is left."""
    words = name.split()
    first = 0
    while first < len(words) and _bare(words[first]) in _TITLES:
        first += 1
    return " ".join(words[first:]) or name


def _bare(word: str) -> str:
    return word.replace(".", "").lower()
