"""LinkedIn's table of connections: hidden members, and credentials that stand in the last name."""

import re

from crm.domain.person import PersonName

# Written after a name without a comma; only these, in capitals as they are, so that no family name is cut.
_CREDENTIAL = re.compile(
    r"(?:Ph\.?D\.?|M\.?D\.?|MBA|EMBA|PMP|CPA|CFA|MSc|M\.Sc\.?|BSc|B\.Sc\.?|MA|MS|MPH|JD|LLM|CISSP|SHRM-S?CP|PHR|SPHR|RN"
    r"|PE|P\.Eng\.?|CSM|CSPO|PMI-ACP|FRM|ACCA|CIPD|DBA|DDS|EdD|Esq\.?|[IV]{2,3}|Jr\.?|Sr\.?)"
)
_MOST_LETTERS = 200


def without_credentials(name: PersonName, shown: str) -> tuple[PersonName, str]:
    """Move what isn't the family name to the suffix: "Silva, PMP, MBA", "Silva MBA"; return the name and how it is shown."""
    family, suffix = _split(name.family)
    if not suffix:
        return name, shown
    said = ", ".join(filter(None, (name.suffix, suffix)))
    bare = " ".join(filter(None, (name.given, name.additional, family)))
    return PersonName(family, name.given, name.additional, name.prefix, said), bare or shown


def _split(family: str) -> tuple[str, str]:
    if len(family) > _MOST_LETTERS or (" " not in family and "," not in family):
        return family, ""
    before, comma, after = family.partition(",")
    words = before.split()
    endings: list[str] = []
    while len(words) > 1 and _CREDENTIAL.fullmatch(words[-1]):
        endings.insert(0, words.pop())
    said = ", ".join(filter(None, (", ".join(endings), " ".join(after.split()).rstrip(", "))))
    return (" ".join(words), said) if comma or endings else (family, "")
