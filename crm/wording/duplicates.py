"""Who may be the same, in words: why, and what each says in a field."""

import re
from collections.abc import Sequence

from crm.domain.cadence import parse_interval
from crm.domain.companynames import CompanyLikeness
from crm.domain.comparing import NEVER, Choosable
from crm.domain.likeness import NAME_LIKENESSES, Likeness
from crm.wording.cadences import interval
from crm.wording.days import month_day
from crm.wording.speech import say

_DAY = re.compile(r"(\d{4}|-)-(0[1-9]|1[0-2])-(\d\d)")  # as `PartialDate.iso` writes it

_LIKENESS = {
    Likeness.NAME: "same name",
    Likeness.NAME_ORDER: "same name in another order",
    Likeness.NICKNAME: "short form of the name",
    Likeness.INITIALS: "initials of the name",
    Likeness.SPELLING: "similar name",
    Likeness.GIVEN_NAME: "same first name",
    Likeness.PART_OF_NAME: "part of the name",
    Likeness.EMAIL: "same email",
    Likeness.EMAIL_NAME: "same email name elsewhere",
    Likeness.LINKEDIN: "same LinkedIn profile",
    Likeness.PHONE: "same phone number",
    Likeness.BIRTHDAY: "same birthday",
    Likeness.ADDRESS: "same address",
    Likeness.COMPANY: "same company",
    Likeness.DOMAIN: "email at the same company",
}
_COMPANY_LIKENESS = {
    CompanyLikeness.NAME: "same name but for the legal form",
    CompanyLikeness.SITE: "same website",
    CompanyLikeness.GENERIC_WORDS: "same name but for common words",
    CompanyLikeness.SPELLING: "similar name",
    CompanyLikeness.ACRONYM: "initials of the name",
    CompanyLikeness.DOMAIN: "people with email at the same place",
}


def likeness(reasons: Sequence[Likeness] | Sequence[CompanyLikeness]) -> str:
    """Return "Same phone number, similar name": what counts most without the name stands first."""
    names = [why for why in reasons if why in NAME_LIKENESSES]
    others = [why for why in reasons if why not in NAME_LIKENESSES]
    said = ", ".join(say(_word(why)) for why in (*others, *names))
    return said[:1].upper() + said[1:]


def field_said(field: str, text: str) -> str:
    """Return what someone says in a field as a person reads it: a rule or a birthday in words, all else as it is."""
    if field == Choosable.EVERY and text:
        return interval(None if text == NEVER else parse_interval(text))
    if field == Choosable.BIRTHDAY and (found := _DAY.fullmatch(text)):
        year, month, day = found.groups()
        return month_day(int(month), int(day), None if year == "-" else int(year))
    return text


def _word(why: Likeness | CompanyLikeness) -> str:
    return _COMPANY_LIKENESS[why] if isinstance(why, CompanyLikeness) else _LIKENESS[why]
