"""The one door out of the app: web pages, mail drafts, phone numbers, our own folder. Nothing else is opened.

`safe_external(text)`, `mailto(address, subject, body)` and `tel(number)` return an address that may be opened, or None;
`open_link(url)` opens one of these, `open_folder(path)` our data folder, `open_calendar_file(path)` and `open_copy(path)` one of
our cache (RELIABILITY 2.7).
"""

import re
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from crm.paths import cache_dir

LONGEST = 2048
_DOCUMENTS = frozenset({".pdf", ".docx", ".odt", ".rtf", ".txt", ".md", ".png", ".jpg", ".jpeg"})
LONGEST_DRAFT = 30_000
# Characters that separate, escape or hide parts of a mail link; controls and spaces in any script.
_BAD_IN_ADDRESS = re.compile(
    r"""[?&%,;:<>"'()\[\]\\/#|`^{}=\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f]"""
)
_ADDRESS = re.compile(r"[^@]{1,64}@[^@.-][^@]*\.[^@.]{2,}")
_BAD_IN_LINK = re.compile(r"[\s\x00-\x20\x7f-\xa0\\<>\"`\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_SEPARATORS = re.compile(r"[\s().\-/\u2010-\u2013\u00a0\u202f\u2066-\u2069]")


def safe_external(link: str) -> QUrl | None:
    """Return `link` if it is a web address with a host and nothing hidden in it; only http and https pass."""
    words = link.strip()
    if not words or len(words) > LONGEST or _BAD_IN_LINK.search(words):
        return None
    if not words.lower().startswith(("http://", "https://")):
        return None
    url = QUrl(words, QUrl.ParsingMode.StrictMode)
    good = url.isValid() and url.scheme() in ("http", "https") and url.host() and not url.userInfo()
    return url if good and "@" not in url.authority() else None


def website(address: str) -> QUrl | None:
    """Return the page of a site as people write it: "orbitallabs.example" gets its https."""
    words = address.strip()
    bare = re.fullmatch(r"[^\s:/@?#\\]+\.[^\s:/@?#\\.]{2,}(/[^\s\\]*)?", words)
    return safe_external(f"https://{words}" if bare else words)


def mailto(address: str, subject: str = "", body: str = "") -> QUrl | None:
    """Return a mail draft to one address; None where the address could smuggle in another or a header.

    Quoted local parts ("a b"@c.example) are refused, an accepted loss.
    """
    to = address.strip()
    apostrophes = to.replace("'", "")
    if len(to) > 254 or _BAD_IN_ADDRESS.search(apostrophes) or not _ADDRESS.fullmatch(to):
        return None
    parts = [f"{name}={_quoted(value)}" for name, value in (("subject", subject), ("body", body)) if value]
    query = "?" + "&".join(parts) if parts else ""
    made = "mailto:" + quote(to, safe="@.+'!$*-_~") + query
    url = QUrl(made, QUrl.ParsingMode.StrictMode)
    return url if url.isValid() and len(made) <= LONGEST_DRAFT else None


def tel(number: str) -> QUrl | None:
    """Return a link that dials a phone number; None for anything but digits and their separators."""
    bare = _SEPARATORS.sub("", number.replace("(0)", ""))
    return QUrl(f"tel:{bare}") if _NUMBER.fullmatch(bare) else None


def open_link(url: QUrl | None) -> bool:
    """Open what the functions above returned; says whether the system took it."""
    if url is None or url.scheme() not in ("http", "https", "mailto", "tel"):
        return False
    return QDesktopServices.openUrl(url)


def open_folder(folder: Path) -> bool:
    """Show a folder of ours in the system's file manager."""
    return folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.resolve())))


def open_calendar_file(file: Path) -> bool:
    """Open a calendar file that we wrote in the system's calendar program."""
    ours = file.suffix == ".ics" and file.is_file() and file.resolve().is_relative_to(cache_dir().resolve())
    return ours and QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.resolve())))


def open_copy(file: Path) -> bool:
    """Open a copy, which we wrote to our cache, of a file that the user kept: documents and pictures, no programs."""
    ours = is_document(file.name) and file.is_file() and file.resolve().is_relative_to(cache_dir().resolve())
    return ours and QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.resolve())))


def is_document(name: str) -> bool:
    """Say whether a file of this name may be opened: what its ending stands for is shown, never run."""
    return Path(name).suffix.lower() in _DOCUMENTS


def _quoted(value: str) -> str:
    return quote(value.replace("\r\n", "\n").replace("\n", "\r\n"), safe="", errors="replace")
