"""Who may be the same person though no exact key says so: names weighed with what else is alike, with reasons.

Nothing here is certain (`domain.matching` is): a user looks at each. A name counts with its order, short forms,
initials, spelling and script; what two people of one household or office share counts little beside another name.
"""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from rapidfuzz.distance import OSA

from crm.domain.contactkeys import phone_tail
from crm.domain.spelling import misspelled, roots, sound
from crm.domain.values import quick_dataclass

Words = tuple[str, ...]


class Likeness(StrEnum):
    """In what two records are alike."""

    NAME = "name"
    NAME_ORDER = "name_order"
    NICKNAME = "nickname"
    INITIALS = "initials"
    SPELLING = "spelling"
    GIVEN_NAME = "given_name"  # and another family name
    PART_OF_NAME = "part_of_name"
    EMAIL = "email"
    EMAIL_NAME = "email_name"  # what stands before the @
    LINKEDIN = "linkedin"
    PHONE = "phone"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    COMPANY = "company"
    DOMAIN = "domain"


NAME_LIKENESSES = frozenset(list(Likeness)[: list(Likeness).index(Likeness.PART_OF_NAME) + 1])


@quick_dataclass(frozen=True, slots=True)
class Traits:
    """What a person is compared by. `companies` are company keys, `birthday` digits of a whole date."""

    name: Words = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    linkedin: str = ""
    companies: tuple[str, ...] = ()
    birthday: str = ""
    address: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alike:
    """Someone who may be the same, how sure that is, and why: the name first, then what weighs most."""

    target: int
    score: float
    reasons: tuple[Likeness, ...]


POSSIBLE = 4.0  # points from which on two are shown to the user
MOST_TOGETHER = 17  # what as many people share tells nobody apart
_MOST_FOUND = 5
_LEAST_LOCAL = 5
_MOST_WORDS = 32  # of an address, each may be compared with each

_POINTS = {
    Likeness.NAME: 4.0,
    Likeness.NAME_ORDER: 4.0,
    Likeness.NICKNAME: 3.0,
    Likeness.SPELLING: 3.0,
    Likeness.INITIALS: 2.0,
    Likeness.PART_OF_NAME: 1.5,
    Likeness.GIVEN_NAME: 1.0,
    Likeness.LINKEDIN: 6.0,
    Likeness.EMAIL: 4.0,
    Likeness.PHONE: 3.0,
    Likeness.BIRTHDAY: 3.0,
    Likeness.COMPANY: 2.0,
    Likeness.ADDRESS: 3.0,
    Likeness.EMAIL_NAME: 1.5,
    Likeness.DOMAIN: 1.5,
}
_WEAKEST = (Likeness.INITIALS, Likeness.SPELLING, Likeness.NICKNAME)
_OFFICE = frozenset((Likeness.COMPANY, Likeness.DOMAIN))
_OFFICE_MOST = 2.5  # for another family name: colleagues often have a given name in common
_NAMELESS = 1.0
_RELATIVES = -6.0  # another given name with the same family name
_ELSEWHERE = -3.0  # a word in common, at another place of the name
_STRANGERS = -5.0
_OTHER_LINKEDIN = -4.0
_OTHER_BIRTHDAY = -2.0
_BORN_AND_LIVES = 5.0  # the same birthday and home: it may well be a new name
_FREE_MAIL = """
gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com msn.com yahoo.com ymail.com icloud.com me.com
mac.com aol.com gmx.de gmx.net gmx.com web.de t-online.de mail.ru yandex.ru proton.me protonmail.com pm.me qq.com 163.com
orange.fr free.fr wanadoo.fr laposte.net libero.it wp.pl o2.pl seznam.cz mail.com fastmail.com btinternet.com comcast.net
verizon.net att.net hey.com zoho.com naver.com
"""
_ROLES = "info contact hello office sales support admin mail kontakt team jobs careers billing press service"
_SHARED_BY_ALL = frozenset(_FREE_MAIL.split())
_NOBODY = frozenset(_ROLES.split())


@quick_dataclass(frozen=True, slots=True)
class Marks:
    """Traits as sets, made once for each record."""

    name: Words
    linkedin: str
    birthday: str
    address: frozenset[str]
    emails: frozenset[str]
    email_names: frozenset[str]
    domains: frozenset[str]
    phones: frozenset[str]
    companies: frozenset[str]


class Together(Protocol):
    """Who has something in common, by the hash of what it is."""

    def of(self, key: int) -> Sequence[int]:
        """Return who is under a key."""
        ...

    def add(self, key: int, member: int) -> bool:
        """Put somebody under a key, unless `MOST_TOGETHER` are; say whether they may be asked for by it."""
        ...


class _Everybody:
    """Those with something in common, all in memory."""

    def __init__(self) -> None:
        self._members: dict[int, list[int]] = {}

    def of(self, key: int) -> Sequence[int]:
        return self._members.get(key, ())

    def add(self, key: int, member: int) -> bool:
        there = self._members.get(key)
        if there is None:
            self._members[key] = [member]
        elif len(there) < MOST_TOGETHER:
            there.append(member)
        return True


class LikenessIndex:
    """Finds who may be the same without comparing everybody: only those with something in common are weighed.

    `together` and `marks` are where it keeps what it knows, when that is too much for memory. Whom `together` doesn't
    take isn't found; numbers come to `marks` in the order they are added.
    """

    def __init__(
        self, together: Together | None = None, marks: MutableMapping[int, Marks] | None = None
    ) -> None:
        self._together: Together = _Everybody() if together is None else together
        self._marks: MutableMapping[int, Marks] = {} if marks is None else marks

    def add(self, target: int, traits: Traits) -> None:
        """Let `target` be found by these traits; once for each target."""
        marks = _marks(traits)
        self._add(target, marks, _blocks(marks))

    def find(self, traits: Traits) -> tuple[Alike, ...]:
        """Return those who may be the same, the likeliest first."""
        marks = _marks(traits)
        return self._find(marks, _blocks(marks))

    def find_and_add(self, target: int, traits: Traits) -> tuple[Alike, ...]:
        """Return those before who may be the same, and let `target` be found by those after."""
        marks = _marks(traits)
        blocks = _blocks(marks)
        found = self._find(marks, blocks)
        self._add(target, marks, blocks)
        return found

    def alike(self, one: int, other: int) -> bool:
        """Say whether two that were added may be the same."""
        return _likeness(self._marks[one], self._marks[other])[0] >= POSSIBLE

    def _add(self, target: int, marks: Marks, blocks: Sequence[int]) -> None:
        taken = [self._together.add(block, target) for block in blocks]
        if any(taken):
            self._marks[target] = marks

    def _find(self, marks: Marks, blocks: Sequence[int]) -> tuple[Alike, ...]:
        together: set[int] = set()
        for block in blocks:
            there = self._together.of(block)
            if len(there) < MOST_TOGETHER:
                together.update(there)
        if not together:
            return ()
        found = [alike for target in together if (alike := self._weighed(target, marks)) is not None]
        found.sort(key=lambda alike: (-alike.score, alike.target))
        return tuple(found[:_MOST_FOUND])

    def _weighed(self, target: int, marks: Marks) -> Alike | None:
        score, reasons = _likeness(self._marks[target], marks)
        return Alike(target, score, reasons) if score >= POSSIBLE else None


def likeness(one: Traits, other: Traits) -> tuple[float, tuple[Likeness, ...]]:
    """Return how much speaks for two records being one person's, and what does."""
    return _likeness(_marks(one), _marks(other))


def _likeness(one: Marks, other: Marks) -> tuple[float, tuple[Likeness, ...]]:
    score, kind = _name_likeness(one.name, other.name)
    if score <= _STRANGERS and (one.birthday != other.birthday or not one.birthday):
        return score, ()
    shared = _shared(one, other)
    points = score
    for reason in shared:
        points += _POINTS[reason]
    if kind is Likeness.GIVEN_NAME:
        office = sum(_POINTS[reason] for reason in shared if reason in _OFFICE)
        points -= max(0.0, office - _OFFICE_MOST)
    if Likeness.BIRTHDAY in shared and Likeness.ADDRESS in shared:
        points += _BORN_AND_LIVES
    if one.linkedin and other.linkedin and one.linkedin != other.linkedin:
        points += _OTHER_LINKEDIN
    if one.birthday and other.birthday and not _same_day(one.birthday, other.birthday):
        points += _OTHER_BIRTHDAY
    if points < POSSIBLE:
        return points, ()
    shared.sort(key=lambda reason: -_POINTS[reason])
    return points, (*((kind,) if kind else ()), *shared)


def blocks(traits: Traits) -> list[int]:
    """Return hashes of what a record may have in common with others: whoever may be the same shares at least one."""
    return _blocks(_marks(traits))


def is_shared_domain(domain: str) -> bool:
    """Say whether anybody can have an e-mail address at a domain."""
    return domain in _SHARED_BY_ALL


def address_words(text: str) -> frozenset[str]:
    """Return what an address, folded, is compared by."""
    return frozenset(text.replace(",", " ").split(maxsplit=_MOST_WORDS)[:_MOST_WORDS])


@lru_cache(maxsize=1 << 16)
def _name_likeness(one: Words, other: Words) -> tuple[float, Likeness | None]:
    """Return the points of two names, and in what they are alike."""
    if not one or not other:
        return _NAMELESS, None
    mine, theirs = tuple(map(sound, one)), tuple(map(sound, other))
    if mine == theirs or "".join(mine) == "".join(theirs):
        return (_POINTS[Likeness.NAME], Likeness.NAME) if len(one) > 1 else _one_word()
    few, many = sorted((mine, theirs), key=len)
    kinds, unmatched = _paired(few, many)
    if unmatched:
        return _one_in_common(few, many, unmatched) if kinds else (_STRANGERS, None)
    if len(few) == 1:
        return _one_word()
    weakest = next((kind for kind in _WEAKEST if kind in kinds), None)
    kind = weakest or (Likeness.NAME_ORDER if sorted(few) == sorted(many) else Likeness.NAME)
    return _POINTS[kind], kind


def _one_word() -> tuple[float, Likeness]:
    return _POINTS[Likeness.PART_OF_NAME], Likeness.PART_OF_NAME


def _one_in_common(few: Words, many: Words, unmatched: Sequence[str]) -> tuple[float, Likeness | None]:
    """Weigh names of which a word differs: a new family name is common, another given name is another person."""
    if len(unmatched) == 1 and len(few) > 2:
        return _POINTS[Likeness.INITIALS], Likeness.SPELLING
    given = few[0] not in unmatched and bool(roots(few[0]) & roots(many[0]))
    if given:
        return _POINTS[Likeness.GIVEN_NAME], Likeness.GIVEN_NAME
    if few[-1] not in unmatched and few[-1] == many[-1]:
        return _RELATIVES, None
    return _ELSEWHERE, None


def _paired(few: Words, many: Words) -> tuple[set[Likeness], list[str]]:
    """Return how the words of the shorter name stand for words of the longer, and those that stand for none."""
    left = list(many)
    kinds: set[Likeness] = set()
    waiting = list(few)
    for kind in (Likeness.NAME, Likeness.NICKNAME, Likeness.SPELLING, Likeness.INITIALS):
        still: list[str] = []
        for word in waiting:
            fitting = next((other for other in left if _fits(kind, word, other)), None)
            if fitting is None:
                still.append(word)
            else:
                left.remove(fitting)
                kinds.add(kind)
        waiting = still
        if not waiting:
            break
    return kinds, waiting


def _fits(kind: Likeness, one: str, other: str) -> bool:
    if kind is Likeness.NAME:
        return one == other
    if kind is Likeness.NICKNAME:
        return not roots(one).isdisjoint(roots(other))
    if kind is Likeness.SPELLING:
        return not one.isdecimal() and misspelled(one, other)  # another number is another name
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _shared(one: Marks, other: Marks) -> list[Likeness]:
    """Return what two records have in common besides the name."""
    found: list[Likeness] = []
    if one.linkedin and one.linkedin == other.linkedin:
        found.append(Likeness.LINKEDIN)
    if not one.emails.isdisjoint(other.emails):
        found.append(Likeness.EMAIL)
    else:
        if not one.email_names.isdisjoint(other.email_names):
            found.append(Likeness.EMAIL_NAME)
        if not one.domains.isdisjoint(other.domains):
            found.append(Likeness.DOMAIN)
    if not one.phones.isdisjoint(other.phones):
        found.append(Likeness.PHONE)
    if one.birthday and one.birthday == other.birthday:
        found.append(Likeness.BIRTHDAY)
    if not one.companies.isdisjoint(other.companies):
        found.append(Likeness.COMPANY)
    if one.address and other.address and _same_address(one.address, other.address):
        found.append(Likeness.ADDRESS)
    return found


def _same_day(one: str, other: str) -> bool:
    """Say whether two whole dates may be one, with a wrong digit or day and month changed round."""
    return (
        one == other
        or OSA.distance(one, other, score_cutoff=1) <= 1
        or one == other[:4] + other[6:] + other[4:6]
    )


def _same_address(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether most of the shorter address is in the longer one, a number included; words may be misspelled."""
    both = one & other
    if not any(map(str.isdigit, both)):
        return False
    few, many = sorted((one - both, other - both), key=len)
    alike = len(both) + sum(any(misspelled(word, there) for there in many) for word in few)
    return alike * 2 > min(len(one), len(other))


def _marks(traits: Traits) -> Marks:
    names, domains = [], []
    for email in traits.emails:
        name, _, domain = email.partition("@")
        name = name.partition("+")[0].replace(".", "")
        if len(name) >= _LEAST_LOCAL and name not in _NOBODY:
            names.append(name)
        if not is_shared_domain(domain):
            domains.append(domain)
    return Marks(
        traits.name, traits.linkedin, traits.birthday, traits.address, frozenset(traits.emails), frozenset(names),
        frozenset(domains), frozenset(filter(None, map(phone_tail, traits.phones))), frozenset(traits.companies),
    )  # fmt: skip


def _blocks(marks: Marks) -> list[int]:
    heads, name = _heads(marks.name)
    found: list[tuple[str, ...]] = [("=", *name), ("w", name[0][:3], name[-1][:3])] if len(name) > 1 else []
    found += [("@", email) for email in marks.emails]
    found += [("n", email_name) for email_name in marks.email_names]
    found += [("p", phone) for phone in marks.phones]
    if marks.linkedin:
        found.append(("l", marks.linkedin))
    if marks.birthday:
        found += [("b", marks.birthday, head) for head in heads]
    found += [("c", place, head) for place in marks.companies or marks.domains for head in heads]
    if marks.address:
        numbers = sorted(word for word in marks.address if word.isdigit())
        if len(numbers) > 1:
            found.append(("a", *numbers))
    return list(map(hash, found))


@lru_cache(maxsize=1 << 15)
def _heads(words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return how the first and the last word of a name begin, short forms as what they are short for, and its words."""
    sounds = tuple(map(sound, words))
    if not sounds:
        return ("",), ()
    ends = {sounds[0], sounds[-1]}
    heads = {root[:3] for word in ends for root in roots(word)}
    return tuple(sorted(heads)), tuple(sorted(sounds))
