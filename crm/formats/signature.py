"""A contact that was pasted as text: "Ada Lovelace <ada@example.org>", or the signature of an e-mail."""

import re
from collections.abc import Sequence

from crm.domain.card import CardDraft, CardKind
from crm.domain.contactkeys import linkedin_slug
from crm.domain.folding import clean, fold
from crm.domain.person import ContactKind, ContactPoint, PersonDraft, PersonName, PositionDraft
from crm.formats.tables.keeping import VERSION, Keeping
from crm.formats.vcard.names import split_name

_MOST_LINES = 60
_MOST_LETTERS = 300
_MOST_VALUES = 20
_EMAIL = re.compile(r"[^\s@<>\",;:()\[\]|]{1,64}@[^\s@<>\",;:()\[\]|]{1,190}\.[^\W\d_]{2,24}")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>|,;]{3,200}|\b[a-z]{0,4}\.?linkedin\.com/in/[^\s<>|,;]{1,120}", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s()./\-]{5,22}\d(?!\w)")
_LABEL = re.compile(r"^[\W_]*(?:[^\W\d_]{1,12}\.?\s?){1,2}[:.]?[\W_]*$")
_CELL = re.compile(r"\b(?:m|mob|mobile|mobil|cell|handy|movil|tel\.? ?mobile|portable)\b", re.IGNORECASE)
_FAX = re.compile(r"\b(?:f|fax|telefax)\b", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:ceo|cto|cfo|coo|vp|head|director|manager|engineer|developer|designer|analyst|consultant|founder|partner"
    r"|president|officer|lead|professor|lecturer|architect|scientist|recruiter|specialist|coordinator|assistant|advisor"
    r"|editor|producer|counsel|lawyer|researcher|student|owner|leiter|leiterin|geschäftsführer\w*|directeur|directrice"
    r"|ingénieur\w*|gerente|diretor\w*|director\w*)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:inc|ltd|llc|llp|gmbh|ag|kg|s\.?a|s\.?l|s\.?r\.?l|b\.?v|n\.?v|oy|ab|as|plc|corp|corporation|company|group"
    r"|university|institute|labs?|studio|partners|bank|foundation|consulting)\b\.?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.\-]*(?:,? [^\W\d_][\w'’.\-]*){1,4}")
_BREAK = re.compile(r"\s+[|·•]\s+|\t+")
_AT = re.compile(r"\s+(?:at|bei|chez|@)\s+|,\s+", re.IGNORECASE)
_GREETING = frozenset(
    {"regards", "best", "kind regards", "best regards", "cheers", "thanks", "sincerely", "many thanks"}
)
_GREETING_MORE = frozenset(
    {"mit freundlichen grüßen", "viele grüße", "cordialement", "saludos", "sent from my iphone"}
)


def read_signature(text: str) -> CardDraft | None:
    """Return the one person a text tells of, or None when there is neither an address, a number nor a profile in it."""
    lines = _lines(text)
    contacts, linkedin, rest = _taken(lines)
    if not contacts and not linkedin:
        return None
    name, rest = _name(rest)
    title, company = _job(rest)
    split = split_name(name) if name else PersonName()
    shown = name or next((point.value for point in contacts), linkedin)
    draft = PersonDraft(
        display_name=shown,
        name=split,
        contacts=contacts,
        positions=(PositionDraft(company, title),) if company else (),
        linkedin=linkedin,
    )
    raw = Keeping(("Text",)).text(("\n".join(lines),))
    return CardDraft(CardKind.PERSON, "", 1, person=draft, version=VERSION, raw=raw)


def _lines(text: str) -> list[str]:
    said = clean(text).splitlines()[:_MOST_LINES]
    return [line for one in said if (line := " ".join(one.split(" ")).strip()[:_MOST_LETTERS])]


def _taken(lines: Sequence[str]) -> tuple[tuple[ContactPoint, ...], str, list[str]]:
    """Take addresses, links and numbers out of the lines; return them, the profile's slug, and what is left."""
    found: list[ContactPoint] = []
    linkedin = ""
    rest: list[str] = []
    for line in lines:
        left = line
        found += [ContactPoint(ContactKind.EMAIL, address) for address in _EMAIL.findall(left)]
        left = _EMAIL.sub(" ", left)
        for link in _LINK.findall(left):
            slug = linkedin_slug(link) if "linkedin.com/" in link.lower() else ""
            linkedin = linkedin or slug
            if not slug:
                found.append(ContactPoint(ContactKind.LINK, link.rstrip(".)")))
        left = _LINK.sub(" ", left)
        place = 0
        for number in _PHONE.finditer(left):
            found.append(_phone(number[0], left[place : number.start()]))
            place = number.end()
        left = _PHONE.sub(" ", left)
        rest += _words(left, whole=left == line)
    return tuple(dict.fromkeys(found))[:_MOST_VALUES], linkedin, rest


def _words(left: str, *, whole: bool) -> list[str]:
    """Return the pieces of a line that say something; what only labelled a number doesn't."""
    pieces = (piece.strip(" <>\"'|,;-–—:()[]") for piece in _BREAK.split(left))
    return [
        piece for piece in pieces if len(piece) > 1 and (whole or " " in piece or not _LABEL.match(piece))
    ]


def _phone(number: str, before: str) -> ContactPoint:
    types = ("fax",) if _FAX.search(before) else ("cell",) if _CELL.search(before) else ()
    return ContactPoint(ContactKind.PHONE, " ".join(number.split()), types=types)


def _name(rest: Sequence[str]) -> tuple[str, list[str]]:
    """Return the first words that may be a name, and the others."""
    pieces = [piece for piece in rest if fold(piece).rstrip(",.!") not in _GREETING | _GREETING_MORE]
    for place, piece in enumerate(pieces):
        bare = piece.strip(" ,")
        if _NAME.fullmatch(bare) and not _TITLE.search(bare) and not _COMPANY.search(bare):
            return bare, [*pieces[:place], *pieces[place + 1 :]]
    return "", pieces


def _job(rest: Sequence[str]) -> tuple[str, str]:
    """Return a title and a company: "Head of Data, Orbital", or each on a line of its own."""
    for place, piece in enumerate(rest):
        if not _TITLE.search(piece):
            continue
        title, *after = _AT.split(piece, maxsplit=1)
        company = after[0] if after else next((one for one in rest[place + 1 :] if len(one) < 80), "")
        return title.strip(), company.strip(" ,")
    return "", next((piece for piece in rest if _COMPANY.search(piece) and len(piece) < 80), "")
