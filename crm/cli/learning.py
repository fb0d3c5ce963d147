"""`keepwarm learn`: other intervals that the histories speak for."""

from crm import wording
from crm.app import checkins, history, people
from crm.app import learning as app
from crm.app.books import Book
from crm.app.learning import PaceOffer
from crm.cli.arguments import Command
from crm.cli.naming import interval_text
from crm.cli.output import Answer, table
from crm.domain.person import PersonId


def learn(book: Book, command: Command) -> Answer:
    """Say for whom another interval would fit better; take it or refuse it for one person."""
    options = command.options
    if options.who is None:
        return _listed(app.all_offers(book, today=command.today), command)
    person = people.resolve(book, options.who)
    found = app.offers(book, (person,), today=command.today)
    if options.accept and found:
        checkins.set_every(book, (person,), found[0].proposal.every, today=command.today)
    elif options.not_now or options.never:
        app.refuse(book, person, today=command.today, for_good=options.never)
    else:
        return _listed(found, command)
    return _done(book, person, found, command)


def _listed(found: tuple[PaceOffer, ...], command: Command) -> Answer:
    document = [_document(offer) for offer in found]
    if not found:
        return Answer(document, ("Nothing to suggest: no history speaks for another interval.",))
    cells = [
        (
            str(offer.person.id),
            offer.person.name,
            wording.interval(offer.proposal.every),
            wording.proposal(offer.proposal, offer.person.name, command.today),
        )
        for offer in found
    ]
    return Answer(document, table(("ID", "NAME", "INSTEAD", "WHY"), cells))


def _done(book: Book, person: PersonId, found: tuple[PaceOffer, ...], command: Command) -> Answer:
    step = history.can_undo(book)
    said = wording.done(step.op, step.params, command.today) if step else ""
    return Answer({"id": person, "offers": [_document(offer) for offer in found]}, (said,))


def _document(offer: PaceOffer) -> dict[str, object]:
    found = offer.proposal
    return {
        "id": offer.person.id,
        "person": offer.person.name,
        "basis": found.basis,
        "now": interval_text(found.now),
        "every": interval_text(found.every),
        "since": found.since_on,
        "sent": found.sent,
        "answered": found.answered,
        "touches": found.touches,
        "usual_days": found.usual_days,
    }
