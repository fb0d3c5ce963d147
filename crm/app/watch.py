"""Company watch: what was noticed at companies, steps to engage, and openings that become opportunities."""

from dataclasses import replace
from datetime import date

from crm.app import opportunities, plans
from crm.app.books import Book
from crm.app.drafts import line
from crm.domain.changes import Op
from crm.domain.company import CompanyId
from crm.domain.opportunity import OpportunityDraft, OpportunityId
from crm.domain.plan import StepId, StepState
from crm.domain.watch import Engage, NoticedDraft, NoticedId, NoticedKind, NoticedRow
from crm.errors import Invalid, NotFound
from crm.store import companies, steps
from crm.store import people as known_people
from crm.store import watch as rows


def notice(book: Book, draft: NoticedDraft, *, today: date, engage: Engage | None = None) -> NoticedId:
    """Keep what was noticed; with `engage` also a step. Raises `NotFound`, `Invalid` without words or for a day to come."""
    tidied = _tidied(draft, today)
    with book.write(Op.NOTICE) as session:
        known = companies.name_of(session, tidied.company)
        if not known:
            raise NotFound("company", tidied.company)
        book.note(subject=known)
        made = NoticedId(rows.insert(session, tidied))
        if engage is not None:
            _engage(book, made, engage, today)
    return made


def edit(book: Book, noticed: NoticedId, draft: NoticedDraft, *, today: date) -> None:
    """Make a note say what `draft` says; it stays with its company. Raises as `notice` does."""
    stands = row(book, noticed)
    tidied = replace(_tidied(draft, today), company=stands.draft.company)
    with book.write(Op.EDIT_NOTICED, subject=stands.company) as session:
        rows.update_from(session, noticed, tidied)


def delete(book: Book, noticed: NoticedId) -> None:
    """Remove a note, and with it its step while that is open. Raises `NotFound`."""
    stands = row(book, noticed)
    with book.write(Op.DELETE_NOTICED, subject=stands.company) as session:
        if stands.engagement is not None and stands.engagement.state is StepState.OPEN:
            plans.delete(book, stands.engagement.step)
        rows.delete_noticed(session, stands)


def engage(book: Book, noticed: NoticedId, how: Engage, *, today: date) -> StepId:
    """Add the step to do something about it; one that is open is replaced. Raises `NotFound`, `Invalid` without a title."""
    with book.write(Op.ADD_STEP, subject=how.title):
        return _engage(book, noticed, how, today)


def pursue(book: Book, noticed: NoticedId, *, today: date) -> OpportunityId:
    """Make an opportunity of an opening, saved; one that was made already is returned.

    Raises `NotFound`, `Invalid` for what is no opening.
    """
    stands = row(book, noticed)
    if stands.opportunity is not None:
        return stands.opportunity
    if stands.draft.kind is not NoticedKind.OPENING:
        raise Invalid("noticed_pursued", stands.draft.text or stands.draft.link, "kind")
    title = stands.draft.text or stands.draft.link
    draft = OpportunityDraft(title, stands.company, link=stands.draft.link)
    with book.write(Op.ADD_OPPORTUNITY, subject=title) as session:
        made = opportunities.add(book, draft, today=today)
        rows.lead_to(session, stands, opportunity=made)
    return made


def row(book: Book, noticed: NoticedId) -> NoticedRow:
    """Return one note. Raises `NotFound`."""
    with book.read() as session:
        found = rows.row(session, noticed)
    if found is None:
        raise NotFound("noticed", noticed)
    return found


def noticed(
    book: Book, company: CompanyId | None = None, *, limit: int | None = None
) -> tuple[NoticedRow, ...]:
    """Return what was noticed, the latest first: everywhere, or at one company."""
    with book.read() as session:
        return rows.rows(session, company, limit)


def _engage(book: Book, noticed: NoticedId, how: Engage, today: date) -> StepId:
    stands = row(book, noticed)
    with book.write(Op.ADD_STEP) as session:
        if how.person is not None and how.person not in known_people.names_of(session, [how.person]):
            raise NotFound("person", how.person)
        if stands.engagement is not None and stands.engagement.state is StepState.OPEN:
            plans.delete(book, stands.engagement.step)
        step = plans.add_step(book, None, how.title, how.on, today=today, person=how.person)
        steps.set_kinds(session, step, how.kinds)
        rows.lead_to(session, stands, step=step)
    return step


def _tidied(draft: NoticedDraft, today: date) -> NoticedDraft:
    tidied = replace(draft, text=line(draft.text), link=line(draft.link))
    if not tidied.text and not tidied.link:
        raise Invalid("noticed", draft.text, "empty")
    if draft.on > today:
        raise Invalid("noticed_on", draft.on, "future")
    return tidied
