"""Text that isn't UTF-8: which code page a file was written in, and values decoded with it."""

import binascii
import codecs
import re

from crm.domain.folding import clean
from crm.formats.vcard.encoding import unicode_form

FALLBACK = "cp1252"
# What address books were written in; also what the user may choose from.
CANDIDATES = tuple(f"cp{n}" for n in (1252, 1251, 1253, 1255, 1256, 1250, 932, 936, 949, 950))
_SAMPLE = 1 << 18
_MOST_SUSPECTS = 400
_CHARSET = re.compile(rb"CHARSET=\"?([A-Za-z0-9_:-]{2,20})", re.IGNORECASE)
# Only real character sets: Python's other "codecs" (zlib, punycode, idna, …) have no business in a card.
_CHARACTER_SETS = re.compile(
    r"cp\d+|iso8859-\d+|latin\d?|utf-(7|8|16|32)(-[lb]e)?|utf-8-sig|ascii|(shift_jis|euc_j)\w*|euc_kr|johab|hz|gb\w+|big5\w*"
    r"|koi8-[rut]|mac-\w+|iso2022_\w+|tis-620|ptcp154|kz1048"
)
# Czech and Slovak letters of cp1250 at places of letters that, in cp1252, hardly stand before another letter.
_CZECH = re.compile(rb"[\xf8\xec\xf9\xf2\xef\xb9\xbe\x9a\x9e][a-z\xe1\xe9\xed\xf3\xfa\xfd]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# Bytes that are signs in cp1252 and letters in cp1250.
_SIGNS = re.compile(rb"[A-Za-z][\xa5\xb3\xb9\xbf\xa3\xaf]|[\xa3\xaf][a-z]")
# Letters of cp1252 and cp1250 below 0xC0.
_LETTERS_BELOW = frozenset(b"\x8a\x8c\x8d\x8e\x8f\x9a\x9c\x9d\x9e\x9f\xa3\xa5\xaf\xb3\xb9\xbc\xbe\xbf")


class CodePage:
    """The one legacy code page of a file, decided when it is first needed. `name` given: the user chose it."""

    def __init__(self, name: str | None = None) -> None:
        self._name = known_charset(name) if name else ""
        self._chosen = bool(self._name)
        self._sample = b""

    def offer(self, raw: bytes) -> None:
        """Hand over a stretch of the file that holds such text, as a sample to decide from."""
        if not self._name:
            self._sample = raw[:_SAMPLE]

    def decode(self, raw: bytes, charset: str = "", *, trust_charset: bool = False) -> str:
        """Return `raw` as text: UTF-8 if it is valid, else the property's own charset, else the file's page."""
        own = known_charset(charset) if charset else ""
        if own and (trust_charset or own.startswith(("iso2022", "utf-7", "utf-16", "utf-32", "hz"))):
            text = _try(raw, own)
            if text is not None:
                return text
        for name in ("utf-8", own if not self._chosen else ""):
            text = _try(raw, name) if name else None
            if text is not None:
                return text
        text = _joined_surrogates(raw) or _damaged_utf8(raw)
        if text is None:
            text = _try(raw, self._page(raw))
        return text if text is not None else raw.decode(FALLBACK, "replace")

    def repair(self, text: str, charset: str = "") -> str:
        """Return `text`, decoded with surrogateescape, as it is meant."""
        if text.isascii() and "\x1b" not in text:
            return text
        return clean(self.decode(text.encode("utf-8", "surrogateescape"), charset))

    def _page(self, raw: bytes) -> str:
        if not self._name:
            self._name = _legacy_page(self._sample or raw)
        return self._name


def guess_encoding(sample: bytes) -> str:
    """Return the encoding of a file from its beginning: a Unicode form, or the code page of what isn't UTF-8."""
    form, mark = unicode_form(sample)
    if form and form != "utf-8":
        return form
    sample = sample[mark : mark + _SAMPLE]
    good, bad = _suspects(sample)
    return _page_of(sample, good, bad) if bad else "utf-8"


def known_charset(name: str) -> str:
    """Return Python's name of a character set, or ''."""
    try:
        found = codecs.lookup(name.strip("\"' ")).name
    except (LookupError, ValueError):
        return ""
    return found if _CHARACTER_SETS.fullmatch(found) else ""


def _legacy_page(sample: bytes) -> str:
    good, bad = _suspects(sample[:_SAMPLE])
    return _page_of(sample, good, bad) if bad else FALLBACK


def _page_of(sample: bytes, good: int, bad: list[bytes]) -> str:
    if good > len(bad):
        return FALLBACK  # a UTF-8 file with a few foreign lines
    text = b"\n".join(bad)
    for name in dict.fromkeys(_CHARSET.findall(sample)):
        own = known_charset(name.decode("ascii"))
        if own and not own.startswith("utf") and own != "ascii" and _try(text, own) is not None:
            return own
    if _is_latin(text):
        return _latin_page(text)
    return _guessed(text)


def _is_latin(text: bytes) -> bool:
    """Most foreign letters stand alone or in twos beside ASCII letters."""
    runs = list(_HIGH_RUN.finditer(text))
    beside = sum(
        len(run[0]) <= 2
        and (text[run.start() - 1 : run.start()].isalpha() or text[run.end() : run.end() + 1].isalpha())
        for run in runs
    )
    high = sum(len(run[0]) for run in runs)
    plausible = sum(byte >= 0xC0 or byte in _LETTERS_BELOW for run in runs for byte in run[0])
    return beside * 2 > len(runs) and plausible * 4 >= high * 3


def _latin_page(text: bytes) -> str:
    """Mostly ASCII letters with single others between: western or central European."""
    czech = {hit[:1] for hit in _CZECH.findall(text)}
    return "cp1250" if len(czech) >= 2 or _SIGNS.search(text) else FALLBACK


def _guessed(text: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load and rarely needed

    best = from_bytes(text, cp_isolation=list(CANDIDATES)).best()
    name = known_charset(best.encoding) if best is not None else ""
    if name in {"cp1251", "cp1255"}:
        # The same bytes are small letters here and the alphabet there; names without a capital aren't Cyrillic.
        return "cp1251" if any(0xC0 <= byte < 0xE0 for byte in text) else "cp1255"
    return name or FALLBACK


def _suspects(sample: bytes) -> tuple[int, list[bytes]]:
    """Return how many values beyond ASCII are UTF-8, and those that aren't."""
    good, bad = 0, []
    for line in sample.replace(b"=\r\n", b"").replace(b"=\n", b"").splitlines():
        head, _, value = line.partition(b":")
        if b"=" in value and b"QUOTED-PRINTABLE" in head.upper():
            value = binascii.a2b_qp(value)
        if value.isascii():
            continue
        if _try(value, "utf-8") is None:
            bad.append(value)
            if len(bad) >= _MOST_SUSPECTS:
                break
        else:
            good += 1
    return good, bad


def _try(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _joined_surrogates(raw: bytes) -> str | None:
    """Some programs write an emoji as two three-byte halves; halves without a partner are dropped."""
    if b"\xed" not in raw:
        return None
    try:
        halves = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _damaged_utf8(raw: bytes) -> str | None:
    """UTF-8 in which a few letters were cut in two, as fields of fixed length do; the rest shows what it is."""
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = sum(not c.isascii() for c in text) - damaged
    return text if whole >= 3 and damaged * 4 <= whole else None
