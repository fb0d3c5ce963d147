"""When two records are one person: exact keys, and names that don't contradict each other. Nothing here guesses."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from crm.domain.contactkeys import COMPARED_DIGITS, phone_tail
from crm.domain.folding import fold
from crm.domain.importplan import MatchReason
from crm.domain.likeness import Words
from crm.domain.values import quick_dataclass

_Key = TypeVar("_Key")
_APOSTROPHES = re.compile("['’ʼ`´]")
_WORDS = re.compile(r"[^\W_]+")
# By names of the module: to ask an enum for a member takes as long as to look a key up.
_UID, _EMAIL, _LINKEDIN = MatchReason.UID, MatchReason.EMAIL, MatchReason.LINKEDIN
_NAME_AND_PHONE = MatchReason.NAME_AND_PHONE
_STRENGTH = {_UID: 0, _EMAIL: 1, _LINKEDIN: 2, _NAME_AND_PHONE: 3}
# What as many people share, an office's address or number, says something only beside the very same name.
MOST_WITH_A_KEY = 32


@quick_dataclass(frozen=True, slots=True)
class MatchKeys:
    """What a person is recognised by. `emails` and `phones` are contact keys, `linkedin` a slug."""

    name: Words = ()
    uid: str = ""
    linkedin: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@quick_dataclass(frozen=True, slots=True)
class Match:
    """Who a record is, and why, the strongest reason first."""

    target: int
    reasons: tuple[MatchReason, ...]


def name_words(name: str) -> Words:
    """Return the folded words of a name; none when an address or a number stands in for it."""
    if name.replace(" ", "").isalpha():  # as most are
        if name.isascii():
            return tuple(name.lower().split())
        folded = fold(name)
        if folded.replace(" ", "").isalpha():  # no letter became an apostrophe, or two with something between
            return tuple(folded.split())
    if "@" in name:
        return ()
    words = tuple(_WORDS.findall(fold(_APOSTROPHES.sub("", name))))
    return () if all(word.isdigit() for word in words) else words


def compatible(one: Words, other: Words) -> bool:
    """Say whether two names may be one person's: equal, one within the other, initials, or one of them unknown."""
    if one == other or not one or not other:
        return True
    few, many = sorted((one, other), key=len)
    left = list(many)
    for whole in (True, False):
        few = tuple(word for word in few if not _take(word, left, whole=whole))
    return not few or "".join(one) == "".join(other)


def same_name(one: Words, other: Words) -> bool:
    """Say whether two names are surely alike: compatible, with two whole words, or all of them, in common.

    A phone may be a household's or an office's, so a first name or an initial isn't enough beside it.
    """
    if not one or not other:
        return False
    if "".join(one) == "".join(other):
        return True
    return len(set(one) & set(other)) >= 2 and compatible(one, other)  # the quicker question first


def related(one: Words, other: Words) -> bool:
    """Say whether two names have a word or an initial in common, or one of them is unknown."""
    if not one or not other:
        return True
    return any(
        mine == theirs or (1 in {len(mine), len(theirs)} and mine[0] == theirs[0])
        for mine in one
        for theirs in other
    )


def same_number(one: str, other: str) -> bool:
    """Say whether two phone keys are one number: equal, or alike in the last nine digits when a country is unknown."""
    bare_one, bare_other = one.partition("x")[0], other.partition("x")[0]
    if bare_one == bare_other:
        return True
    if bare_one.startswith("+") and bare_other.startswith("+"):
        return False
    tail = phone_tail(one)
    return len(tail) == COMPARED_DIGITS and tail == phone_tail(other)


def index_keys(keys: MatchKeys) -> Iterator[tuple[MatchReason, str]]:
    """Yield what a record is found by, the strongest reason first."""
    if keys.uid:
        yield _UID, keys.uid
    for email in keys.emails:
        yield _EMAIL, email
    if keys.linkedin:
        yield _LINKEDIN, keys.linkedin
    if keys.name:
        for phone in keys.phones:
            tail = phone_tail(phone)
            if tail:
                yield _NAME_AND_PHONE, tail


def named_keys(keys: MatchKeys) -> Iterator[tuple[MatchReason, str, str]]:
    """Yield what a record is found by beside its name, whose words may stand in any order, where many share a key."""
    name = " ".join(sorted(keys.name))
    return ((reason, key, name) for reason, key in index_keys(keys))


def in_common(everybody: Mapping[int, MatchKeys]) -> set[int]:
    """Return the numbers of those with a key that another has too, or that they have twice."""
    found: set[int] = set()
    keys = everybody.values()
    for kind in (
        [(one.uid,) for one in keys],
        [(one.linkedin,) for one in keys],
        [one.emails for one in keys],
        [tuple(map(phone_tail, one.phones)) for one in keys],
    ):
        repeated = _repeated(list(chain.from_iterable(kind)))
        if repeated:
            both = zip(everybody, kind, strict=True)
            found.update(number for number, some in both if not repeated.isdisjoint(some))
    return found


def _repeated(keys: Sequence[str]) -> set[str]:
    """Return the keys that are there more than once; an empty one is none."""
    if len(set(keys)) == len(keys):  # as is so of most files
        return set()
    return {key for key, times in Counter(keys).items() if times > 1 and key}


class MatchIndex:
    """Who is known by which keys. Targets are the caller's numbers; the lowest wins among equals."""

    def __init__(self) -> None:
        self._by_key: dict[MatchReason, dict[str, tuple[int, ...]]] = {reason: {} for reason in _STRENGTH}
        self._by_name: dict[tuple[MatchReason, str, str], tuple[int, ...]] = {}  # under keys that many share
        self._known: dict[int, tuple[MatchKeys, ...]] = {}

    def add(self, target: int, keys: MatchKeys) -> None:
        """Let `target` be known by these keys too."""
        known_as = self._known.get(target, ())
        if keys not in known_as:  # a file may have one card a million times
            self._known[target] = (*known_as, keys)
        alone = (target,)
        for reason, key in index_keys(keys):
            known = self._by_key[reason]
            there = known.setdefault(key, alone)
            if target not in there and len(there) < MOST_WITH_A_KEY:
                there = known[key] = (*there, target)
                if len(there) == MOST_WITH_A_KEY:
                    for one in there:
                        self._name(one, self.known(one))
            elif len(there) == MOST_WITH_A_KEY:
                self._name(target, (keys,))

    def known(self, target: int) -> tuple[MatchKeys, ...]:
        """Return by what somebody is known."""
        return self._known.get(target, ())

    def forget(self, target: int) -> None:
        """Let nobody find `target` any more."""
        for keys in self._known.pop(target, ()):
            for reason, key in index_keys(keys):
                _take_out(target, self._by_key[reason], key)
            for named in named_keys(keys):
                _take_out(target, self._by_name, named)

    def having(self, keys: MatchKeys) -> Iterator[tuple[MatchReason, Sequence[int]]]:
        """Yield who has each key of a record; of more than a few only those of its very name."""
        for (reason, key), named in zip(index_keys(keys), named_keys(keys), strict=True):
            there = self._by_key[reason].get(key, ())
            yield reason, there if len(there) < MOST_WITH_A_KEY else self._by_name.get(named, ())

    def knows_none(self, keys: MatchKeys) -> bool:
        """Say whether nobody has any of these keys, as is so of most records."""
        known = self._by_key
        return (
            keys.uid not in known[_UID]
            and keys.linkedin not in known[_LINKEDIN]
            and known[_EMAIL].keys().isdisjoint(keys.emails)
            and known[_NAME_AND_PHONE].keys().isdisjoint(map(phone_tail, keys.phones))
        )

    def find(self, keys: MatchKeys) -> Match | None:
        """Return whom a record's keys mean, by the strongest reason."""
        if self.knows_none(keys):
            return None
        found: dict[int, list[MatchReason]] = {}
        for reason, having in self.having(keys):
            for target in having:
                reasons = found.setdefault(target, [])
                if reason not in reasons and self._holds(reason, keys, target):
                    reasons.append(reason)
        best = min(
            (target for target in found if found[target]),
            key=lambda target: (_STRENGTH[found[target][0]], target),
            default=None,
        )
        return None if best is None else Match(best, tuple(found[best]))

    def _name(self, target: int, known_as: Iterable[MatchKeys]) -> None:
        """Let one who has a key that many share be found by names beside it."""
        for keys in known_as:
            for named in named_keys(keys):
                there = self._by_name.get(named, ())
                if target not in there:
                    self._by_name[named] = (*there, target)

    def _holds(self, reason: MatchReason, keys: MatchKeys, target: int) -> bool:
        known = self.known(target)
        if reason is MatchReason.EMAIL:
            return all(compatible(keys.name, other.name) for other in known)
        if reason is MatchReason.UID:
            # Some programs give one UID to many: it isn't believed when nothing else about the two agrees.
            return any(related(keys.name, other.name) or _share_a_key(keys, other) for other in known)
        if reason is MatchReason.NAME_AND_PHONE:
            return any(
                same_number(mine, theirs)
                for other in known
                if same_name(keys.name, other.name)
                for mine in keys.phones
                for theirs in other.phones
            )
        return True


def _take_out(target: int, targets: dict[_Key, tuple[int, ...]], key: _Key) -> None:
    there = targets.pop(key, ())
    if others := tuple(one for one in there if one != target):
        targets[key] = others


def _take(word: str, left: list[str], *, whole: bool) -> bool:
    """Take the word that `word` stands for out of `left`, and say whether there was one."""
    if whole:
        fitting: Iterable[str] = (other for other in left if other == word)
    else:
        fitting = (other for other in left if (len(word) == 1 or len(other) == 1) and word[0] == other[0])
    taken = next(iter(fitting), None)
    if taken is None:
        return False
    left.remove(taken)
    return True


def _share_a_key(one: MatchKeys, other: MatchKeys) -> bool:
    return bool(
        (one.linkedin and one.linkedin == other.linkedin)
        or set(one.emails) & set(other.emails)
        or set(one.phones) & set(other.phones)
    )
