"""Companies: adding, editing, merging, removing, and the company page's card."""

from collections.abc import Iterable
from datetime import date

from crm.app.books import Book
from crm.app.drafts import tidy_company
from crm.app.resolving import only, typed_ids
from crm.domain.changes import Op
from crm.domain.company import CompanyCard, CompanyDraft, CompanyId, company_key
from crm.domain.comparing import NO_CHOICES, MergeChoices, mergeable
from crm.errors import Invalid, NotFound
from crm.store import browse as lists
from crm.store import cards, likeness, merging
from crm.store import companies as rows


def add(book: Book, draft: CompanyDraft) -> CompanyId:
    """Add a company. Raises `Invalid`: no name, or one of that name is there."""
    tidied = tidy_company(draft)
    with book.write(Op.ADD_COMPANY, subject=tidied.name) as session:
        if rows.known_as(session, tidied.name):
            raise Invalid("name", tidied.name, "taken")
        return CompanyId(rows.insert(session, tidied))


def edit(book: Book, company: CompanyId, draft: CompanyDraft, *, today: date) -> None:
    """Make a company say what `draft` says; its people keep their link, and its rule for how often is theirs.

    Raises `NotFound`; `Invalid` when it has no name or another company's: those two are to be merged.
    """
    tidied = tidy_company(draft)
    with book.write(Op.EDIT_COMPANY, subject=tidied.name) as session:
        renamed = company_key(rows.name_of(session, company)) != company_key(tidied.name)
        if renamed and rows.known_as(session, tidied.name, besides=company):
            raise Invalid("name", tidied.name, "taken")
        if not rows.update_from(session, company, tidied, today):
            raise NotFound("company", company)


def draft(book: Book, company: CompanyId) -> CompanyDraft:
    """Return what the editor starts from. Raises `NotFound`."""
    with book.read() as session:
        found = cards.company_draft(session, company)
    if found is None:
        raise NotFound("company", company)
    return found


def card(book: Book, company: CompanyId, *, today: date) -> CompanyCard:
    """Return everything the company's page shows. Raises `NotFound`."""
    with book.read() as session:
        found = cards.company_card(session, company, today)
    if found is None:
        raise NotFound("company", company)
    return found


def delete(book: Book, companies: Iterable[CompanyId], *, today: date) -> None:
    """Remove companies and the positions there; the people stay."""
    known = _names(book, companies)
    with book.write(Op.DELETE_COMPANIES, **_subject(known)) as session:
        rows.delete_companies(session, list(known), today)


def merge(
    book: Book,
    keep: CompanyId,
    others: Iterable[CompanyId],
    choices: MergeChoices = NO_CHOICES,
    *,
    today: date,
) -> None:
    """Make two to five companies one: positions, ways to reach them, notes and records as they came are joined.

    What `keep` says stays unless it was chosen otherwise; what it doesn't say is taken from the others, in order. The
    names that go are remembered: an import that names them means `keep`. Raises `NotFound`, `Invalid` for more than five.
    """
    known = _names(book, (keep, *others))
    if keep not in known:
        raise NotFound("company", keep)
    merged = mergeable(known, keep, choices)
    with book.write(Op.MERGE_COMPANIES, subject=known[keep], count=len(merged)) as session:
        likeness.set_apart(session, likeness.COMPANY, ((keep, one) for one in choices.apart))
        if merged:
            merging.merge_companies(session, keep, merged, choices.take, today)


def target(book: Book, companies: Iterable[CompanyId], on: bool) -> None:
    """Mark companies as targets, or no longer."""
    known = _names(book, companies)
    with book.write(Op.EDIT_COMPANY, **_subject(known)) as session:
        rows.set_target(session, list(known), on=on)


def resolve(book: Book, text: str) -> CompanyId:
    """Return which company an id, a name, or the beginnings of a name's words mean. Raises `NotFound`, `Ambiguous`."""
    with book.read() as session:
        found = (
            list(rows.names_of(session, typed_ids(text)).items())
            or lists.find_companies(session, text, exactly=True)
            or lists.find_companies(session, text, exactly=False)
        )
    return CompanyId(only("company", text, found))


def _names(book: Book, companies: Iterable[CompanyId]) -> dict[int, str]:
    """Return the names of those of `companies` that exist, in the order given."""
    wanted = list(dict.fromkeys(companies))
    with book.read() as session:
        found = rows.names_of(session, wanted)
    return {company: found[company] for company in wanted if company in found}


def _subject(known: dict[int, str]) -> dict[str, object]:
    """Return what the history says about which: the name of one, how many there are."""
    return {"subject": next(iter(known.values()), ""), "count": len(known)}
