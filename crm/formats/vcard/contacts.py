"""Which properties are ways to reach someone, and how each one's value becomes a contact point's."""

import re
from urllib.parse import unquote

from crm.domain.person import ContactKind
from crm.formats.vcard.heads import Head
from crm.formats.vcard.values import unescape, unescape_link

# Property → the service it names.
MESSENGERS = {
    "X-AIM": "AIM",
    "X-ICQ": "ICQ",
    "X-MSN": "MSN",
    "X-YAHOO": "Yahoo",
    "X-JABBER": "XMPP",
    "X-SKYPE": "Skype",
    "X-SKYPE-USERNAME": "Skype",
    "X-GTALK": "Google Talk",
    "X-GOOGLE-TALK": "Google Talk",
    "X-GOOGLE TALK": "Google Talk",
    "X-QQ": "QQ",
    "X-GADUGADU": "Gadu-Gadu",
    "X-GROUPWISE": "GroupWise",
    "X-SIP": "SIP",
    "X-TWITTER": "Twitter",
    "X-MATRIX": "Matrix",
    "X-TELEGRAM": "Telegram",
    "X-WHATSAPP": "WhatsApp",
    "X-SIGNAL": "Signal",
    "X-MASTODON": "Mastodon",
    "X-IM": "",
    "X-MS-IMADDRESS": "",
    "IMPP": "",
}
_KDE_MESSENGER = ("X-MESSAGING/", "X-MESSAGING-")  # KDE's own, and the lawful name that we write it with
_KDE_SEPARATOR = "\ue000"

# Property → how the person is related, '' where label or type say it.
RELATIONS = {
    "RELATED": "",
    "X-ABRELATEDNAMES": "",
    "X-SPOUSE": "spouse",
    "X-EVOLUTION-SPOUSE": "spouse",
    "X-MS-SPOUSE": "spouse",
    "X-KADDRESSBOOK-X-SPOUSESNAME": "spouse",
    "X-MANAGER": "manager",
    "X-EVOLUTION-MANAGER": "manager",
    "X-MS-MANAGER": "manager",
    "X-KADDRESSBOOK-X-MANAGERSNAME": "manager",
    "X-ASSISTANT": "assistant",
    "X-EVOLUTION-ASSISTANT": "assistant",
    "X-MS-ASSISTANT": "assistant",
    "X-KADDRESSBOOK-X-ASSISTANTSNAME": "assistant",
    "X-CHILDREN": "child",
    "X-MS-CHILD": "child",
}
FIELDS = {
    ContactKind.EMAIL: "emails",
    ContactKind.PHONE: "phones",
    ContactKind.ADDRESS: "addresses",
    ContactKind.LINK: "links",
    ContactKind.MESSAGING: "messaging",
    ContactKind.RELATED: "related",
}
_LINKEDIN = "linkedin.com/in/"
_SLUG_END = re.compile("[/?#]")
_ADDRESS_PARTS = 7
_STREET_AND_CITY = slice(2, 4)


def email(text: str) -> str:
    """Return the address alone: without `mailto:`, without the name that some write before it."""
    value = uri(text)
    if ":" not in value and ">" not in value:  # as most are
        return value
    if value[-1:] == ">" and "<" in value:
        value = value[value.rfind("<") + 1 : -1].strip()
    return value[7:].lstrip() if value[:7].lower() == "mailto:" else value


def phone(text: str, *, old: bool) -> str:
    """Return the number; of a `tel:` URI only what one dials."""
    value = one_line(unescape(text, old=old) if "\\" in text else text)
    if ":" not in value or value[:4].lower() != "tel:":
        return value
    return value[4:].lstrip().replace(";ext=", " ext. ")


def address_line(parts: tuple[str, ...]) -> str:
    """Return an address of stripped parts in one line; postal code and city stand together."""
    box, extended, street, city, region, code, country = parts
    place = f"{code} {city}" if code and city else code or city
    shown = [part for part in (box, extended, street, place, region, country) if part]
    line = ", ".join(shown)
    return line if line.isprintable() else ", ".join(map(one_line, shown))


def address_parts(found: list[str]) -> tuple[str, ...]:
    """Return exactly the seven components, whatever the card had; Google says the whole address in an eighth."""
    if len(found) == _ADDRESS_PARTS:
        return tuple(found)
    if len(found) > _ADDRESS_PARTS:
        told = [part for part in found[_STREET_AND_CITY] if part]
        if told and all(part in found[_ADDRESS_PARTS] for part in told):
            return tuple(found[:_ADDRESS_PARTS])
        found = [*found[: _ADDRESS_PARTS - 1], " ".join(part for part in found[_ADDRESS_PARTS - 1 :] if part)]
    return (*found, *("",) * (_ADDRESS_PARTS - len(found)))


def messenger_label(head: Head) -> str | None:
    """Return the service a property names, or None when it is no messenger."""
    if is_kde_messenger(head.key):
        return head.key[len(_KDE_MESSENGER[0]) :].removesuffix("-ALL").lower()
    service = MESSENGERS.get(head.key)
    if service is None:
        return None
    return head.param("X-SERVICE-TYPE") or head.service or service


def is_kde_messenger(key: str) -> bool:
    """Say whether a property's name names a messenger itself, as KDE's do."""
    return key.startswith(_KDE_MESSENGER)


def messenger_values(text: str) -> list[str]:
    """Return the addresses in one value."""
    return [uri(part) for part in text.split(_KDE_SEPARATOR) if part.strip()]


def linkedin_slug(link: str, head: Head) -> str:
    """Return the name in a LinkedIn profile's address, in lower case, or ''."""
    lower = link.lower()
    at = lower.find(_LINKEDIN)
    if at >= 0:
        slug = lower[at + len(_LINKEDIN) :]
    elif is_of_linkedin(head):
        slug = head.param("X-USER").lower() or ("" if "/" in lower else lower.rpartition(":")[2])
    else:
        return ""
    if end := _SLUG_END.search(slug):
        slug = slug[: end.start()]
    return (unquote(slug, errors="ignore") if "%" in slug else slug).strip().lower()


def is_of_linkedin(head: Head) -> bool:
    """Say whether a property is for profiles at LinkedIn, whatever its value."""
    return "linkedin" in head.types or head.service.lower() == "linkedin"


def uri(text: str) -> str:
    """Return a URI, or what is escaped like one, on one line."""
    return one_line(unescape_link(text) if "\\" in text else text)


def one_line(text: str) -> str:
    """Return `text` without outer blanks, and on one line."""
    return " ".join(text.split()) if "\n" in text or "\t" in text else text.strip()
