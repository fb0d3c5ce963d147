"""Who may be the same person though no exact key says so: names weighed with what else is alike, with reasons.

Nothing here is certain (`domain.matching` is): a user looks at each. A name counts with its order, short forms,
initials, spelling and script; what two people of one household or office share counts little beside another name.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import eq
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
    """What a person is compared by. `companies` are company keys, `birthday` digits of a whole date, `address` its key.

    Of one who is `alone` it is known that nobody else has such an e-mail address, number or profile.
    """

    name: Words = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    linkedin: str = ""
    companies: tuple[str, ...] = ()
    birthday: str = ""
    address: str = ""
    alone: bool = False


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
_FEW = 2  # texts of which a set is made once for all who have them
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
_GIVEN_NAME = Likeness.GIVEN_NAME  # to ask an enum for a member takes as long as to compare two sets
_ADDRESS = _POINTS[Likeness.ADDRESS]
_WEAKEST = (Likeness.INITIALS, Likeness.SPELLING, Likeness.NICKNAME)
_COMPANY, _DOMAIN = Likeness.COMPANY, Likeness.DOMAIN
_OFFICE = frozenset((_COMPANY, _DOMAIN))
_OFFICE_TWICE = (
    1.0  # that both count too much beside another family name: colleagues often share a given name
)
_AT_WORK_MOST = _POINTS[_COMPANY] + _POINTS[_DOMAIN] + _POINTS[Likeness.EMAIL_NAME]
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
    """Traits as sets, made once for each record. `numbers` are the words of the address that are some.

    One who is `alone` needs no `emails` and no `phones`; `has_email` is true all the same.
    """

    name: Words
    linkedin: str
    birthday: str
    address: str
    numbers: frozenset[str]
    emails: frozenset[str]
    email_names: frozenset[str]
    domains: frozenset[str]
    phones: frozenset[str]
    companies: frozenset[str]
    alone: bool
    has_email: bool


class Together(Protocol):
    """Who has something in common, by the hash of what it is; what `MOST_TOGETHER` share tells nobody apart."""

    def of(self, keys: Iterable[int]) -> set[int]:
        """Return who is under any of these keys."""
        ...

    def meet(self, keys: Iterable[int], member: int) -> tuple[set[int], bool]:
        """Put somebody under these keys; return who was there before, and whether any key took them."""
        ...


class _Everybody:
    """Those with something in common, all in memory."""

    def __init__(self) -> None:
        self._members: dict[int, tuple[int, ...]] = {}

    def of(self, keys: Iterable[int]) -> set[int]:
        members = self._members
        return {one for key in keys for one in members.get(key, ())}

    def meet(self, keys: Iterable[int], member: int) -> tuple[set[int], bool]:
        members, alone = self._members, (member,)
        found: set[int] = set()
        for key in keys:
            there = members.setdefault(key, alone)
            if there and there is not alone:
                found.update(there)
                members[key] = (*there, member) if len(there) < MOST_TOGETHER - 1 else ()
        return found, True


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
        self._meet(target, *_compared(traits))

    def find(self, traits: Traits) -> tuple[Alike, ...]:
        """Return those who may be the same, the likeliest first."""
        marks, blocks = _compared(traits)
        return self._weighed(self._together.of(blocks), marks)

    def find_and_add(self, target: int, traits: Traits) -> tuple[Alike, ...]:
        """Return those before who may be the same, and let `target` be found by those after."""
        return self.find_and_add_all([(target, traits)])[0]

    def find_and_add_all(self, people: Sequence[tuple[int, Traits]]) -> list[tuple[Alike, ...]]:
        """Do the same for several, one after the other: each step for all of them, which is quicker."""
        compared = [_compared(traits) for _, traits in people]
        met = [self._meet(target, *one) for (target, _), one in zip(people, compared, strict=True)]
        return [
            self._weighed(found, marks) if found else ()
            for found, (marks, _) in zip(met, compared, strict=True)
        ]

    def alike(self, one: int, other: int) -> bool:
        """Say whether two that were added may be the same."""
        return _likeness(self._marks[one], self._marks[other])[0] >= POSSIBLE

    def _meet(self, target: int, marks: Marks, blocks: Sequence[int]) -> set[int]:
        found, was_taken = self._together.meet(blocks, target)
        if was_taken:
            self._marks[target] = marks
        return found

    def _weighed(self, together: Collection[int], marks: Marks) -> tuple[Alike, ...]:
        found: list[Alike] = []
        for target in together:
            score, reasons = _likeness(self._marks[target], marks)
            if score >= POSSIBLE:
                found.append(Alike(target, score, reasons))
        found.sort(key=lambda alike: (-alike.score, alike.target))
        return tuple(found[:_MOST_FOUND])


def likeness(one: Traits, other: Traits) -> tuple[float, tuple[Likeness, ...]]:
    """Return how much speaks for two records being one person's, and what does; of less than `POSSIBLE` no more."""
    return _likeness(_compared(one)[0], _compared(other)[0])


def _likeness(one: Marks, other: Marks) -> tuple[float, tuple[Likeness, ...]]:
    """Weigh two records: what is somebody's own first, what is slow to compare last, and only while it may matter."""
    points, kind = _name_likeness(one.name, other.name)
    born_together = one.birthday == other.birthday and one.birthday != ""
    if points <= _STRANGERS and not born_together:
        return points, ()
    if one.linkedin != other.linkedin and one.linkedin and other.linkedin:
        points += _OTHER_LINKEDIN
    shared = [] if other.alone else _own(one, other)
    if born_together:
        shared.append(Likeness.BIRTHDAY)
    for reason in shared:
        points += _POINTS[reason]
    home = 0.0
    if not one.numbers.isdisjoint(other.numbers):
        home = _ADDRESS + _BORN_AND_LIVES if born_together else _ADDRESS
    at_most = _AT_WORK_MOST if one.has_email and other.has_email else _POINTS[_COMPANY]
    if points + home + at_most < POSSIBLE:
        return points, ()
    at_work = _at_work(one, other, shared)
    for reason in at_work:
        points += _POINTS[reason]
    if kind is _GIVEN_NAME and _OFFICE.issubset(at_work):
        points -= _OFFICE_TWICE
    if points + home < POSSIBLE:
        return points, ()
    shared += at_work
    if home and _same_address(one.address, other.address):
        shared.append(Likeness.ADDRESS)
        points += home
    if one.birthday and other.birthday and points >= POSSIBLE and not _same_day(one.birthday, other.birthday):
        points += _OTHER_BIRTHDAY
    if points < POSSIBLE:
        return points, ()
    shared.sort(key=lambda reason: -_POINTS[reason])
    return points, (*((kind,) if kind else ()), *shared)


def blocks(traits: Traits) -> list[int]:
    """Return hashes of what a record may have in common with others: whoever may be the same shares at least one."""
    return _compared(traits)[1]


def is_shared_domain(domain: str) -> bool:
    """Say whether anybody can have an e-mail address at a domain."""
    return domain in _SHARED_BY_ALL


@lru_cache(maxsize=1 << 14)
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
    left, waiting = list(many), list(few)
    kinds: set[Likeness] = set()
    for kind, fits in _STANDS_FOR.items():
        still: list[str] = []
        for word in waiting:
            for other in left:
                if fits(word, other):
                    left.remove(other)
                    kinds.add(kind)
                    break
            else:
                still.append(word)
        waiting = still
        if not waiting:
            break
    return kinds, waiting


def _is_nickname(one: str, other: str) -> bool:
    return not roots(one).isdisjoint(roots(other))


def _is_misspelled(one: str, other: str) -> bool:
    return not one.isdecimal() and misspelled(one, other)  # another number is another name


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


# How a word may stand for another, the surest first.
_STANDS_FOR: Mapping[Likeness, Callable[[str, str], bool]] = {
    Likeness.NAME: eq,
    Likeness.NICKNAME: _is_nickname,
    Likeness.SPELLING: _is_misspelled,
    Likeness.INITIALS: _is_initial,
}


def _own(one: Marks, other: Marks) -> list[Likeness]:
    """Return what two records have in common that few people share, their birthday apart."""
    found: list[Likeness] = []
    if one.linkedin and one.linkedin == other.linkedin:
        found.append(Likeness.LINKEDIN)
    if not one.emails.isdisjoint(other.emails):
        found.append(Likeness.EMAIL)
    if not one.phones.isdisjoint(other.phones):
        found.append(Likeness.PHONE)
    return found


def _at_work(one: Marks, other: Marks, own: Sequence[Likeness]) -> list[Likeness]:
    """Return what two records have in common that colleagues may share, and parts of addresses that differ."""
    found: list[Likeness] = []
    if not one.companies.isdisjoint(other.companies):
        found.append(_COMPANY)
    if Likeness.EMAIL not in own:
        if not one.email_names.isdisjoint(other.email_names):
            found.append(Likeness.EMAIL_NAME)
        if not one.domains.isdisjoint(other.domains):
            found.append(_DOMAIN)
    return found


def _same_day(one: str, other: str) -> bool:
    """Say whether two whole dates may be one, with a wrong digit or day and month changed round."""
    return (
        one == other
        or OSA.distance(one, other, score_cutoff=1) <= 1
        or one == other[:4] + other[6:] + other[4:6]
    )


def _same_address(one: str, other: str) -> bool:
    """Say whether most of the shorter address is in the longer one; words may be misspelled."""
    mine, theirs = set(_address_words(one)), set(_address_words(other))
    both = mine & theirs
    few, many = sorted((mine - both, theirs - both), key=len)
    alike = len(both) + sum(any(misspelled(word, there) for there in many) for word in few)
    return alike * 2 > min(len(mine), len(theirs))


def _address_words(text: str) -> list[str]:
    return text.replace(",", " ").split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]


def _compared(traits: Traits) -> tuple[Marks, list[int]]:
    """Return by what a record is compared, and the hashes of what it may have in common with others."""
    name = _named(traits.name)
    names, domains = [], []
    alone, all_emails = traits.alone, traits.emails
    for email in all_emails:
        local, _, domain = email.partition("@")
        if "+" in local:
            local = local.partition("+")[0]
        if "." in local:
            local = local.replace(".", "")
        if len(local) >= _LEAST_LOCAL and local not in _NOBODY:
            names.append(local)
        if domain not in _SHARED_BY_ALL:
            domains.append(domain)
    numbers = filter(str.isdigit, _address_words(traits.address)) if traits.address else ()
    emails = () if alone else all_emails
    phones = () if alone else filter(None, map(phone_tail, traits.phones))
    marks = Marks(
        name.words, traits.linkedin, traits.birthday, traits.address, frozenset(numbers), frozenset(emails),
        frozenset(names), _few_or_many(tuple(domains)), frozenset(phones), _few_or_many(traits.companies),
        alone, bool(all_emails),
    )  # fmt: skip
    return marks, _blocks(marks, name)


def _blocks(marks: Marks, name: "_Name") -> list[int]:
    found = [*name.blocks]
    note = found.append
    for email in marks.emails:
        note(hash(("@", email)))
    for phone in marks.phones:
        note(hash(("p", phone)))
    if marks.linkedin and not marks.alone:
        note(hash(("l", marks.linkedin)))
    for email_name in marks.email_names:
        note(hash(("n", email_name)))
    birthday, places = marks.birthday, marks.companies or marks.domains
    for head in name.heads:
        if birthday:
            note(hash(("b", birthday, head)))
        for place in places:
            note(hash(("c", place, head)))
    if len(marks.numbers) > 1:
        note(hash(("a", *sorted(marks.numbers))))
    return found


def _few_or_many(texts: tuple[str, ...]) -> frozenset[str]:
    """Return texts that many have as a set, of a few of them always the same one."""
    return _few(texts) if len(texts) <= _FEW else frozenset(texts)


@lru_cache(maxsize=1 << 12)
def _few(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(texts)


@dataclass(frozen=True, slots=True)
class _Name:
    """What is known of a name: how its first and last word begin, short forms as what they are short for, its blocks."""

    words: Words
    heads: tuple[str, ...]
    blocks: tuple[int, ...]


@lru_cache(maxsize=1 << 14)
def _named(words: Words) -> _Name:
    sounds = tuple(map(sound, words))
    if not sounds:
        return _Name(words, ("",), ())
    heads = {root[:3] for word in (sounds[0], sounds[-1]) for root in roots(word)}
    said = sorted(sounds)
    blocks = (hash(("=", *said)), hash(("w", said[0][:3], said[-1][:3]))) if len(said) > 1 else ()
    return _Name(words, tuple(heads), blocks)
