"""How a name sounds rather than how it is spelled: one form for scripts, umlauts and spellings that name one person."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from crm.domain.nicknames import ROOTS

# Cyrillic and Greek as passports and addresses write them in Latin letters; `sound` evens out their other spellings.
_CYRILLIC = "абвгґдежзийклмнопрстуфхцчшщъыьэюяієѓќћђјљњџўѕ"
_CYRILLIC_SAID = (
    "a b v g g d e zh z i i k l m n o p r s t u f h ts ch sh sh - i - e iu ia i e g k c d i l n d u z"
)
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_SAID = "a v g d e z i th i k l m n x o p r s s t i f h ps o"
_LATIN = str.maketrans(
    {
        letter: "" if said == "-" else said
        for letter, said in zip(
            _CYRILLIC + _GREEK, [*_CYRILLIC_SAID.split(), *_GREEK_SAID.split()], strict=True
        )
    }
)
_ALIKE = (
    ("sch", "sh"), ("tsh", "ch"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "u"), ("ph", "f"), ("kh", "h"),
    ("ck", "k"), ("x", "ks"), ("y", "i"), ("j", "i"), ("w", "v"), ("th", "t"), ("dh", "d"), ("c", "k"), ("q", "k"),
)  # fmt: skip
_SHORT, _LONG = 4, 8  # letters from which on one, and two, of them may be wrong


@lru_cache(maxsize=1 << 15)
def sound(word: str) -> str:
    """Return the form in which spellings of one folded word agree: "mueller" and "muller", "юлия" and "julia"."""
    said = word.translate(_LATIN)
    for one, other in _ALIKE:
        if one in said:
            said = said.replace(one, other)
    return "".join(c for i, c in enumerate(said) if c != said[i - 1] or i == 0) or word


@lru_cache(maxsize=1 << 15)
def roots(word: str) -> frozenset[str]:
    """Return the names that a sounded word is short for, its own among them."""
    return _ROOTS.get(word, frozenset((word,)))


@lru_cache(maxsize=1 << 14)
def misspelled(one: str, other: str) -> bool:
    """Say whether two words may be one with a slip of the pen: one letter, in long words two."""
    most = slips(min(len(one), len(other)))
    return most > 0 and OSA.distance(one, other, score_cutoff=most) <= most


def slips(letters: int) -> int:
    """Return how many letters of a word of so many may be wrong."""
    return 0 if letters < _SHORT else 1 if letters < _LONG else 2


def _sounded() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for root, names in ROOTS.items():
        for name in (root, *names):
            found.setdefault(sound(name), {sound(name)}).add(sound(root))
    return {name: frozenset(named) for name, named in found.items()}


_ROOTS = _sounded()
