"""People: adding, editing, removing, marking, and the contact page's card."""

from collections.abc import Iterable
from datetime import date

from crm.app.books import Book
from crm.app.drafts import tag_name, tidy_person
from crm.app.photos import keep_photo, photo, raw_photo
from crm.app.resolving import only, typed_ids
from crm.domain.changes import Op
from crm.domain.comparing import NO_CHOICES, MergeChoices, mergeable
from crm.domain.person import PersonCard, PersonDraft, PersonId, Standing, made_name
from crm.errors import Invalid, NotFound
from crm.store import browse as lists
from crm.store import cards, likeness, merging
from crm.store import people as rows

__all__ = [
    "add", "archive", "card", "delete", "draft", "edit", "keep_photo", "merge", "photo", "raw_photo", "resolve", "star", "tag",
    "untag",
]  # fmt: skip


def add(book: Book, draft: PersonDraft, *, today: date) -> PersonId:
    """Add a person; companies and tags it names are made when they are new. Raises `Invalid`, `NotFound`."""
    tidied = tidy_person(draft, today=today)
    with book.write(Op.ADD_PERSON, subject=made_name(tidied)) as session:
        _check_introduction(book, None, tidied)
        return PersonId(rows.insert(session, tidied, today))


def edit(book: Book, person: PersonId, draft: PersonDraft, *, today: date) -> None:
    """Make a person say what `draft` says; what it says already isn't touched. Raises `Invalid`, `NotFound`."""
    tidied = tidy_person(draft, today=today)
    with book.write(Op.EDIT_PERSON, subject=made_name(tidied)) as session:
        _check_introduction(book, person, tidied)
        if not rows.update_from(session, person, tidied, today):
            raise NotFound("person", person)


def draft(book: Book, person: PersonId) -> PersonDraft:
    """Return what the editor starts from. Raises `NotFound`."""
    with book.read() as session:
        found = cards.person_draft(session, person)
    if found is None:
        raise NotFound("person", person)
    return found


def card(book: Book, person: PersonId, *, today: date) -> PersonCard:
    """Return everything the contact page shows. Raises `NotFound`."""
    with book.read() as session:
        found = cards.person_card(session, person, today)
    if found is None:
        raise NotFound("person", person)
    return found


def delete(book: Book, people: Iterable[PersonId]) -> None:
    """Remove people, and touches nobody else took part in; their companies stay."""
    known = _names(book, people)
    with book.write(Op.DELETE_PEOPLE, **_subject(known)) as session:
        rows.delete_people(session, list(known))


def merge(
    book: Book,
    keep: PersonId,
    others: Iterable[PersonId],
    choices: MergeChoices = NO_CHOICES,
    *,
    today: date,
) -> None:
    """Make two to five people one: touches, positions, ways to reach them, tags, notes, plans are joined.

    What `keep` says stays unless it was chosen otherwise; what they don't say is taken from the others, in order. Those
    of `choices.apart` are remembered as not the same. Raises `NotFound`, `Invalid` for more than five.
    """
    known = _names(book, (keep, *others))
    if keep not in known:
        raise NotFound("person", keep)
    merged = mergeable(known, keep, choices)
    with book.write(Op.MERGE_PEOPLE, subject=known[keep], count=len(merged)) as session:
        likeness.set_apart(session, likeness.PERSON, ((keep, one) for one in choices.apart))
        if merged:
            merging.merge_people(session, keep, merged, choices.take, today)


def archive(book: Book, people: Iterable[PersonId], standing: Standing, *, today: date) -> None:
    """Keep people out of suggestions, with the reason; ACTIVE brings them back."""
    known = _names(book, people)
    with book.write(Op.ARCHIVE_PEOPLE, **_subject(known), standing=standing.value) as session:
        rows.set_standing(session, list(known), standing, today)


def star(book: Book, people: Iterable[PersonId], on: bool) -> None:
    """Star people, or take their stars away."""
    known = _names(book, people)
    with book.write(Op.STAR_PEOPLE, **_subject(known), on=on) as session:
        rows.set_starred(session, list(known), on=on)


def tag(book: Book, people: Iterable[PersonId], name: str, *, today: date) -> None:
    """Give people a tag, made if it is new; a tag's rule for how often then applies. Raises `Invalid`."""
    tidied = tag_name(name)
    known = _names(book, people)
    with book.write(Op.TAG_PEOPLE, **_subject(known), tag=tidied, on=True) as session:
        if known:
            rows.tag_people(session, list(known), tidied, today)


def untag(book: Book, people: Iterable[PersonId], name: str, *, today: date) -> None:
    """Take a tag from people. Raises `Invalid`."""
    tidied = tag_name(name)
    known = _names(book, people)
    with book.write(Op.TAG_PEOPLE, **_subject(known), tag=tidied, on=False) as session:
        rows.untag_people(session, list(known), tidied, today)


def resolve(book: Book, text: str) -> PersonId:
    """Return whom an id, a name, or the beginnings of a name's words mean. Raises `NotFound`, `Ambiguous`."""
    with book.read() as session:
        found = (
            list(rows.names_of(session, typed_ids(text)).items())
            or lists.find_people(session, text, exactly=True)
            or lists.find_people(session, text, exactly=False)
        )
    return PersonId(only("person", text, found))


def _check_introduction(book: Book, person: PersonId | None, draft: PersonDraft) -> None:
    """Raise `Invalid` for somebody who introduced themselves, `NotFound` for nobody."""
    by = draft.introduced_by
    if by is None:
        return
    if by == person:
        raise Invalid("introduced_by", made_name(draft), "self")
    if not _names(book, [by]):
        raise NotFound("person", by)


def _names(book: Book, people: Iterable[PersonId]) -> dict[int, str]:
    """Return the names of those of `people` that exist, in the order given."""
    wanted = list(dict.fromkeys(people))
    with book.read() as session:
        found = rows.names_of(session, wanted)
    return {person: found[person] for person in wanted if person in found}


def _subject(known: dict[int, str]) -> dict[str, object]:
    """Return what the history says about whom: the name of one, how many there are."""
    return {"subject": next(iter(known.values()), ""), "count": len(known)}
