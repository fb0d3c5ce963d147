"""File names made of people's names or given by others: safe on every system, each only once."""

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_ENDING = re.compile("[A-Za-z0-9]{1,10}")
_MOST_BYTES = 120
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class FileNames:
    """Names for the files of one folder; two that differ only in case are the same to some systems."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name_for(self, text: str, ending: str) -> str:
        """Return a name nobody has yet: "Ada Lovelace.vcf", "Ada Lovelace (2).vcf"."""
        safe = safe_name(text)
        name, number = f"{safe}{ending}", 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{safe} ({number}){ending}"
        self._taken.add(name.casefold())
        return name


def parted(name: str) -> tuple[str, str]:
    """Return a file's name as what stands before its ending, and the ending: "CV 3", ".pdf". What is no ending stays."""
    before, dot, after = name.rpartition(".")
    if before.strip(" .") and _ENDING.fullmatch(after):
        return before, dot + after.lower()
    return name, ""


def safe_file_name(name: str) -> str:
    """Return the name a file came with as one it may be given on any system."""
    before, ending = parted(name)
    return safe_name(before) + ending


def safe_name(text: str) -> str:
    """Return a text as the name of a file, without its ending: nothing in it can name another folder or a device."""
    plain = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", text))
    plain = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
    plain = " ".join(plain.split()).encode()[:_MOST_BYTES].decode("utf-8", "ignore").strip(" .")
    if not plain:
        return "contact"
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain
