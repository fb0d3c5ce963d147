"""Another interval, learnt from the history and offered: what there is to offer, and refusing it. Accepting it is `checkins.set_every`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from crm.app import checkins
from crm.app.books import Book
from crm.domain.learning import REFUSED, Proposal, propose
from crm.domain.person import PersonId, PersonRow
from crm.domain.reasons import Mute, Offer
from crm.domain.whynow import is_muted
from crm.store import learning as store
from crm.store import mutes, rows

MOST_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class PaceOffer:
    """A proposal for somebody."""

    person: PersonRow
    proposal: Proposal


def offers(book: Book, people: Collection[PersonId], *, today: date) -> tuple[PaceOffer, ...]:
    """Return what the histories of these people speak for, in their order; nothing that was refused."""
    with book.read() as session:
        silent = mutes.of_people(session, people)
        planned = store.planned(session, people)
        asked = [
            one for one in people if one in planned and not is_muted(silent.get(one, ()), Offer.PACE, today)
        ]
        if not asked:
            return ()
        group = store.group(session, today)
        histories = store.histories(session, asked, today)
        found = {
            person: proposal
            for person in asked
            if (proposal := propose(histories.get(person, ()), planned[person], group, today)) is not None
        }
        lines = rows.people(session, list(found), today)
    return tuple(PaceOffer(line, found[line.id]) for line in lines)


def all_offers(book: Book, *, today: date) -> tuple[PaceOffer, ...]:
    """Return every offer there is for those with a rule, the 2,000 touched last."""
    with book.read() as session:
        people = store.with_a_rule(session, MOST_LOOKED_AT)
    return offers(book, people, today=today)


def refuse(book: Book, person: PersonId, *, today: date, for_good: bool = False) -> None:
    """Offer a person no other interval for 90 days, or never again. Raises `NotFound`."""
    checkins.mute(book, (person,), (Mute(Offer.PACE, None if for_good else today + REFUSED),))
