"""When two names may be one company's: what is left of them without legal forms and generic words; never by substring."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from crm.domain.folding import fold

_WORDS = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")  # "S.p.A.", "G. m. b. H."
_LEGAL = frozenset(
    [
        "ab",
        "ag",
        "aps",
        "as",
        "asa",
        "bhd",
        "bv",
        "bvba",
        "cic",
        "co",
        "corp",
        "corporation",
        "company",
        "cv",
        "doo",
        "dd",
        "ec",
        "eg",
        "eirl",
        "ek",
        "ev",
        "gbr",
        "gesmbh",
        "gmbh",
        "ggmbh",
        "gie",
        "inc",
        "incorporated",
        "jsc",
        "kft",
        "kg",
        "kgaa",
        "kk",
        "lda",
        "limitada",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "ltda",
        "mbh",
        "nv",
        "oao",
        "ohg",
        "ooo",
        "oy",
        "oyj",
        "pjsc",
        "plc",
        "pllc",
        "pte",
        "pty",
        "pvt",
        "private",
        "rt",
        "sa",
        "sab",
        "sac",
        "sapi",
        "sarl",
        "sas",
        "sasu",
        "sca",
        "sce",
        "scrl",
        "se",
        "sl",
        "slu",
        "snc",
        "soc",
        "sp",
        "spa",
        "spj",
        "spk",
        "spzoo",
        "sprl",
        "srl",
        "sro",
        "st",
        "ua",
        "ug",
        "unlimited",
        "vof",
        "zao",
        "zrt",
    ]
)
_GENERIC = frozenset(
    [
        "the",
        "and",
        "und",
        "et",
        "y",
        "e",
        "of",
        "for",
        "fur",
        "de",
        "la",
        "le",
        "les",
        "du",
        "der",
        "die",
        "das",
        "group",
        "groupe",
        "gruppe",
        "grupo",
        "holding",
        "holdings",
        "international",
        "global",
        "worldwide",
        "europe",
        "deutschland",
        "germany",
        "france",
        "usa",
        "us",
        "uk",
        "services",
        "service",
        "solutions",
        "solution",
        "systems",
        "system",
        "technologies",
        "technology",
        "tech",
        "software",
        "digital",
        "consulting",
        "consultants",
        "partners",
        "associates",
        "ventures",
        "enterprises",
        "industries",
        "labs",
        "studio",
        "studios",
        "team",
        "network",
        "online",
    ]
)
_LEAST_SPELLED = 6  # letters from which on a name may have a slip of the pen in it
_LONG = 12  # letters from which on two
_LEAST_ACRONYM = 3


class CompanyLikeness(StrEnum):
    """In what two companies are alike, the strongest first."""

    NAME = "name"  # but for the legal form and signs
    SITE = "site"
    GENERIC_WORDS = "generic_words"
    SPELLING = "spelling"
    ACRONYM = "acronym"
    DOMAIN = "domain"  # of its people's e-mail addresses


_SURE = frozenset({CompanyLikeness.NAME, CompanyLikeness.GENERIC_WORDS})


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A name taken apart: `core` its words without a legal form, `distinctive` those that aren't generic either."""

    core: tuple[str, ...]
    distinctive: tuple[str, ...]

    @property
    def letters(self) -> str:
        """Return the core in one piece: "data dog" is "datadog"."""
        return "".join(self.core)

    @property
    def initials(self) -> str:
        """Return what the name may be abbreviated to, '' when that is too short to tell anything."""
        found = "".join(word[0] for word in self.core)
        return found if len(found) >= _LEAST_ACRONYM else ""


@lru_cache(maxsize=1 << 14)
def company_name(name: str) -> CompanyName:
    """Take a company's name apart. One made of legal forms or generic words alone keeps them."""
    joined = _DOTTED.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", fold(name))
    words = tuple(_WORDS.findall(joined.replace("'", "").replace("&", " and ")))
    core = words
    while len(core) > 1 and (core[-1] in _LEGAL or (core[-1] == "and" and core != words)):
        core = core[:-1]
    distinctive = tuple(word for word in core if word not in _GENERIC)
    return CompanyName(core, distinctive or core)


def name_likeness(one: CompanyName, other: CompanyName) -> CompanyLikeness | None:
    """Return in what two names are alike, None when they aren't."""
    if not one.core or not other.core:
        return None
    if one.letters == other.letters:
        return CompanyLikeness.NAME
    if sorted(one.distinctive) == sorted(other.distinctive):
        return CompanyLikeness.GENERIC_WORDS
    if _misspelled(one.letters, other.letters):
        return CompanyLikeness.SPELLING
    if one.letters == other.initials or other.letters == one.initials:
        return CompanyLikeness.ACRONYM
    return None


def like_names(
    names: Iterable[str], others: Iterable[tuple[int, str]]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return who is surely called by one of `names`, its legal form and generic words apart, and who perhaps.

    `others` are (company, name); a company may be there by several names.
    """
    wanted = [company_name(name) for name in names]
    sure: set[int] = set()
    perhaps: set[int] = set()
    for company, name in others:
        found = {name_likeness(one, company_name(name)) for one in wanted} - {None}
        if not found.isdisjoint(_SURE):
            sure.add(company)
        elif found:
            perhaps.add(company)
    return frozenset(sure), frozenset(perhaps - sure)


def _misspelled(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _LEAST_SPELLED or _digits(one) != _digits(other):
        return False
    most = 1 if shorter < _LONG else 2
    return OSA.distance(one, other, score_cutoff=most) <= most


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
