"""`keepwarm duplicates` and `merge`."""

from collections.abc import Mapping

from crm import wording
from crm.app import companies, history, people
from crm.app import duplicates as app
from crm.app.books import Book
from crm.app.progress import Progress
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line
from crm.domain.company import CompanyId
from crm.domain.comparing import MergeChoices
from crm.domain.duplicates import Cluster, Member, Whose
from crm.domain.person import PersonId
from crm.errors import Invalid


def duplicates(book: Book, command: Command) -> Answer:
    """List who may be the same, the surest first."""
    whose = Whose.COMPANIES if command.options.companies else Whose.PEOPLE
    found = app.find(book, whose, Progress())
    document = [_cluster(cluster) for cluster in found]
    if not found:
        return Answer(document, ("No duplicates found.",))
    members = app.members(book, whose, [id_ for cluster in found for id_ in cluster.ids])
    lines = [line for cluster in found for line in _lines(cluster, members)]
    return Answer(document, (*lines, f"{len(found):,} found. “keepwarm merge ID ID” makes them one."))


def merge(book: Book, command: Command) -> Answer:
    """Make several people, or companies, one."""
    options = command.options
    resolve = companies.resolve if options.companies else people.resolve
    keep, *others = (resolve(book, text) for text in (options.keep, *options.others))
    if all(one == keep for one in others):
        raise Invalid("others", options.keep, "self")
    choices = MergeChoices({field: resolve(book, who) for field, who in options.take})
    if options.companies:
        same = [CompanyId(one) for one in others]
        companies.merge(book, CompanyId(keep), same, choices, today=command.today)
    else:
        people.merge(book, PersonId(keep), [PersonId(one) for one in others], choices, today=command.today)
    done = history.can_undo(book)
    said = wording.done(done.op, done.params, command.today) if done else ""
    return Answer(
        {"id": keep, "merged": [one for one in dict.fromkeys(others) if one != keep]}, (plain_line(said),)
    )


def _lines(cluster: Cluster, members: Mapping[int, Member]) -> tuple[str, ...]:
    """Return why, and who: with what tells them apart, as names alone often don't."""
    known = [members[id_] for id_ in cluster.ids if id_ in members]
    told = (" · ".join(filter(None, (one.name, one.under, one.reached))) for one in known)
    named = (f"  {one.id:>6}  {plain_line(text)}" for one, text in zip(known, told, strict=True))
    return (wording.likeness(cluster.reasons), *named)


def _cluster(cluster: Cluster) -> dict[str, object]:
    return {
        "ids": list(cluster.ids),
        "names": list(cluster.names),
        "reasons": list(cluster.reasons),
    }
