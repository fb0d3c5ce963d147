"""File names made of people's names: safe on every system, each only once."""

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_MOST_BYTES = 120
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class FileNames:
    """Names for the files of one folder; two that differ only in case are the same to some systems."""

    def __init__(self, ending: str) -> None:
        self._ending = ending
        self._taken: set[str] = set()

    def name_for(self, text: str) -> str:
        """Return a name nobody has yet: "Ada Lovelace.vcf", "Ada Lovelace (2).vcf"."""
        safe = safe_name(text)
        name, number = f"{safe}{self._ending}", 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{safe} ({number}){self._ending}"
        self._taken.add(name.casefold())
        return name


def safe_name(text: str) -> str:
    """Return a text as the name of a file, without its ending: nothing in it can name another folder or a device."""
    plain = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", text))
    plain = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
    plain = " ".join(plain.split()).encode()[:_MOST_BYTES].decode("utf-8", "ignore").strip(" .")
    if not plain:
        return "contact"
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain
