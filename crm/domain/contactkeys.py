"""Keys of contact points: what compares when two people, or two ways of writing the same address, may be one.

Keys are stored and matched, never shown. A phone written with its country code gets its E.164 form, so that
"+44 (0)20 7946 0958" and "+442079460958" are one number; without a country code only its digits are known.
"""

import re
import unicodedata
from urllib.parse import quote, unquote

from crm.domain.folding import clean, fold, fold_once
from crm.domain.person import ContactKind

LINKEDIN_PROFILE = "https://www.linkedin.com/in/"

COMPARED_DIGITS = 9  # a national number without its trunk zero, as most are written
_LEAST_DIGITS = 7  # shorter ones are extensions and service numbers
_NO_DIGIT = re.compile("[^0-9]+")
_PUNCTUATION = str.maketrans("", "", " -./()")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SLUG = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
# As they are stored, and as LinkedIn writes addresses; a name with a dot in it is no slug.
_PLAIN_SLUG = re.compile(
    r"(?:https?://(?:www\.)?linkedin\.com/in/)?(?:([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)|[\w-]+\.[^/?#\s]*)"
)
_PROFILE = re.compile(
    r"(?:[a-z]{2,3}\.)?(?:www\.|m\.)?linkedin\.com/(?:mwlite/)?in/([^/?#\s]+)", re.IGNORECASE
)
_EXTENSION = re.compile(r"(?:;ext=|;|,|\bext(?:ension)?\.?|[x#])\s*(\d{1,7})\s*$", re.IGNORECASE)
# Country codes by their length, so that a zero written after one is noticed: "+44 (0)20", but Italy's "+39 06".
_CALLING_CODE = re.compile(r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d")


def contact_key(kind: ContactKind, value: str) -> str:
    """Return what two contact points of a kind are compared by; '' when there is nothing to compare."""
    return KEY_OF[kind](clean(value).strip())


def linkedin_slug(text: str) -> str:
    """Return the part of a LinkedIn profile address that names the person, or '' when it is no such address.

    Takes an address in any spelling, or the bare slug: slugs know no case and may be percent-encoded.
    """
    plain = _PLAIN_SLUG.fullmatch(text)
    if plain is not None:
        return (plain[1] or "").lower()
    said = clean(text).strip()
    if "/" in said:
        found = _PROFILE.match(_without_scheme(said))
        if found is None:
            return ""
        said = found[1]
    elif "." in said:
        return ""
    if not said.isascii() or "%" in said:
        said = unicodedata.normalize("NFC", unquote(said))
    slug = said.lower()
    return slug if _SLUG.fullmatch(slug) else ""


def linkedin_address(stored: str) -> str:
    """Return the address to open for what `Person.linkedin` holds: a slug, or a text that wasn't understood."""
    return LINKEDIN_PROFILE + quote(stored) if linkedin_slug(stored) == stored != "" else stored


def linkedin_stored(text: str) -> str:
    """Return what `Person.linkedin` holds for what was typed or read: the slug, or the text when there is none."""
    return linkedin_slug(text) or clean(text).strip()


def site_host(site: str) -> str:
    """Return the host of a website's address, without "www."; '' when there is none."""
    return _link(clean(site).strip()).partition("/")[0].partition(":")[0]


def phone_tail(key: str) -> str:
    """Return the last nine digits of a phone key, '' when it is no number or too short to tell anyone by."""
    digits = key.lstrip("+")
    if not digits.isdigit():
        digits = digits.partition("x")[0]
        if not digits.isdigit():
            return ""
    return digits[-COMPARED_DIGITS:] if len(digits) >= _LEAST_DIGITS else ""


def _email(text: str) -> str:
    address = text[7:] if text[:7].lower() == "mailto:" else text
    key = address.lower() if address.isascii() else unicodedata.normalize("NFC", address).lower()
    return address if key == address else key  # as most are: one text in memory, not two


def _link(text: str) -> str:
    host, slash, path = _without_scheme(text).partition("/")
    host = host.lower().removeprefix("www.")
    slug = linkedin_slug(text) if slash and host.endswith("linkedin.com") else ""
    return "linkedin.com/in/" + slug if slug else host + (slash + path).rstrip("/")


def _without_scheme(text: str) -> str:
    if text.startswith(("https://", "http://")):  # as most links
        return text[text.index("//") + 2 :]
    return _SCHEME.sub("", text, count=1)


def _phone(text: str) -> str:
    if text.isascii():
        bare = text.replace(" ", "")
        digits = bare[1:]
        if not digits.isdigit():
            bare = bare.translate(_PUNCTUATION)
            digits = bare[1:]
        if bare[:1] == "+" and digits.isdigit():  # as most numbers are written
            return _international(digits)
        if bare.isdigit():
            return _dialled(bare)
    said = text[4:] if text[:4].lower() == "tel:" else text
    said = said.partition(";phone-context=")[0]
    found = _EXTENSION.search(said)
    number = said[: found.start()] if found else said
    digits = _digits(number)
    if not digits:
        return fold(said)
    extension = "x" + found[1] if found else ""
    if number.lstrip(" (").startswith(("+", "＋")):
        return _international(digits) + extension
    return _dialled(digits) + extension


def _dialled(digits: str) -> str:
    """Return what digits without a plus mean: two zeros before a country code are one."""
    if digits.startswith("00") and len(digits) > 10 and digits[2] != "0":
        return _international(digits[2:])
    return digits


def _digits(number: str) -> str:
    """Return the digits of a number in ASCII, whatever script they are written in."""
    if number.isascii():
        return _NO_DIGIT.sub("", number)
    return "".join(str(unicodedata.digit(c)) for c in number if c.isdigit())


def _international(digits: str) -> str:
    """Return the E.164 form of a number that begins with its country code.

    Only a zero right after the country code needs the numbering plans, which are slow to ask for thousands of cards.
    """
    code = _CALLING_CODE.match(digits) if "0" in digits[1:4] else None
    if code is None or digits[code.end() : code.end() + 1] != "0":
        return "+" + digits
    import phonenumbers  # noqa: PLC0415 - 30 ms to load, for the few numbers that need it

    try:
        parsed = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return "+" + digits
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


# What makes the key of a value without outer blanks, and without what doesn't print, as those are that are stored.
KEY_OF = {
    **dict.fromkeys(ContactKind, fold),
    ContactKind.EMAIL: _email,
    ContactKind.PHONE: _phone,
    ContactKind.ADDRESS: fold_once,
    ContactKind.LINK: _link,
}
