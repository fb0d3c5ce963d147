"""Opportunities: adding, editing, moving through the stages, closing, and the board's cards."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from crm.app.books import Book
from crm.app.drafts import line, note
from crm.app.resolving import only, typed_ids
from crm.domain.changes import Op
from crm.domain.company import CompanyId, company_key
from crm.domain.folding import fold
from crm.domain.introduction import WayKind, best_first
from crm.domain.opportunity import (
    AFTER_A_NO,
    Ending,
    Move,
    OpportunityCard,
    OpportunityDraft,
    OpportunityId,
    OpportunityRow,
    Perspective,
    Role,
    RolePerson,
    SecondChance,
    Stage,
    by_place,
    opens_soon,
)
from crm.domain.person import PersonId
from crm.domain.plan import AFTER_NO
from crm.errors import Invalid, NotFound
from crm.store import introductions, planfacts, steps
from crm.store import opportunities as rows
from crm.store import people as known_people


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move asks: whether an after-a-no plan fits now, and how many steps of it went with the outcome."""

    offers_plan: bool = False
    withdrawn: int = 0


def add(
    book: Book, draft: OpportunityDraft, *, today: date, stage: Stage = Stage.SAVED, on: date | None = None
) -> OpportunityId:
    """Add an opportunity; its company is made if it is new. Raises `Invalid` without title or company, `NotFound`."""
    tidied = _tidied(draft)
    if stage is Stage.CLOSED:
        raise Invalid("stage", stage, "ending")
    moved_on = _checked(on or today, today)
    with book.write(Op.ADD_OPPORTUNITY, subject=tidied.title) as session:
        _check_people(book, tidied.people)
        return OpportunityId(rows.insert(session, tidied, stage, moved_on))


def edit(book: Book, opportunity: OpportunityId, draft: OpportunityDraft) -> None:
    """Make an opportunity say what `draft` says; its stage stays. Raises as `add` does."""
    tidied = _tidied(draft)
    with book.write(Op.EDIT_OPPORTUNITY, subject=tidied.title) as session:
        _check_people(book, tidied.people)
        if not rows.update_from(session, opportunity, tidied):
            raise NotFound("opportunity", opportunity)


def add_person(book: Book, opportunity: OpportunityId, person: PersonId, role: Role) -> None:
    """Say who somebody is for an opportunity."""
    stands = draft(book, opportunity)
    edit(book, opportunity, replace(stands, people=(*stands.people, RolePerson(person, role))))


def move(
    book: Book,
    opportunity: OpportunityId,
    stage: Stage,
    *,
    today: date,
    ending: Ending | None = None,
    on: date | None = None,
) -> Moved:
    """Move an opportunity to a stage; with CLOSED say how it ended.

    Taking a no back withdraws the steps of its plan that nobody touched. Raises `Invalid`, `NotFound`.
    """
    if (stage is Stage.CLOSED) != (ending is not None):
        raise Invalid("stage", stage, "ending")
    to = Move(stage, _checked(on or today, today), ending)
    with book.write(Op.MOVE_OPPORTUNITY, subject=_title(book, opportunity)) as session:
        stands = _row(book, opportunity, today)
        if (stands.stage, stands.ending) == (stage, ending):
            return Moved()
        rows.move(session, opportunity, to)
        book.note(stage=stage.value, ending=ending.value if ending else None)
        taken_back = stands.ending in AFTER_A_NO and ending not in AFTER_A_NO
        withdrawn = steps.withdraw(session, opportunity, AFTER_NO) if taken_back else 0
    return Moved(offers_plan=ending in AFTER_A_NO, withdrawn=withdrawn)


def set_reapply(book: Book, opportunity: OpportunityId, on: date | None, *, today: date) -> None:
    """Say from when one may apply again where it was a no; None: six months after it closed, as is usual.

    Raises `NotFound`, `Invalid` where it wasn't a no, or for a day before it closed.
    """
    row = _row(book, opportunity, today)
    if row.opens_on is None:
        raise Invalid("reapply_on", row.title, "open")
    if on is not None and on < row.since_on:
        raise Invalid("reapply_on", on, "before_closing")
    with book.write(Op.EDIT_OPPORTUNITY, subject=row.title) as session:
        rows.put_reapply_on(session, opportunity, on)


def put_beside(
    book: Book, opportunity: OpportunityId, other: OpportunityId, *, below: bool, today: date
) -> None:
    """Put an opportunity right above or below another of its column of the board; the order is then kept.

    Raises `NotFound`, `Invalid` when they stand in two columns.
    """
    row, beside = _row(book, opportunity, today), _row(book, other, today)
    if row.stage is not beside.stage or row.id == beside.id:
        raise Invalid("stage", beside.title, "column")
    order = [one.id for one in board(book, today=today) if one.stage is row.stage and one.id != row.id]
    order.insert(order.index(beside.id) + below, row.id)
    with book.write(Op.ARRANGE_BOARD, subject=row.title) as session:
        rows.put_places(session, order)


def delete(book: Book, opportunities: Iterable[OpportunityId]) -> None:
    """Remove opportunities with their rounds and steps; people, companies and touches stay."""
    wanted = list(dict.fromkeys(opportunities))
    with book.read() as session:
        known = rows.titles_of(session, wanted)
    subject = next(iter(known.values()), "")
    with book.write(Op.DELETE_OPPORTUNITIES, subject=subject, count=len(known)) as session:
        rows.delete_opportunities(session, list(known))


def board(book: Book, *, today: date) -> tuple[OpportunityRow, ...]:
    """Return every opportunity as a card, as they stand in their columns from the top."""
    with book.read() as session:
        return tuple(sorted(rows.rows(session, today), key=by_place))


def of_company(book: Book, company: CompanyId, *, today: date) -> tuple[OpportunityRow, ...]:
    """Return the opportunities at a company."""
    with book.read() as session:
        return rows.of_company(session, company, today)


def of_person(book: Book, person: PersonId, *, today: date) -> tuple[OpportunityRow, ...]:
    """Return the opportunities somebody has a role in or held a round of, the latest moved last."""
    with book.read() as session:
        return rows.of_person(session, person, today)


def second_chances(book: Book, *, today: date) -> tuple[SecondChance, ...]:
    """Return where one may apply again within a month after a no, and whom to talk to first; the nearest first."""
    with book.read() as session:
        found = opens_soon(rows.rows(session, today), today)
    return tuple(SecondChance(row, opens_on, _first_there(book, row, today)) for row, opens_on in found)


def perspective(book: Book) -> Perspective:
    """Return what became of all applications."""
    with book.read() as session:
        return rows.perspective(session)


def counts(book: Book) -> dict[Stage, int]:
    """Return how many stand in each stage."""
    with book.read() as session:
        return rows.counts(session)


def card(book: Book, opportunity: OpportunityId, *, today: date) -> OpportunityCard:
    """Return everything of one opportunity. Raises `NotFound`."""
    with book.read() as session:
        found = rows.card(session, opportunity, today)
    if found is None:
        raise NotFound("opportunity", opportunity)
    return found


def draft(book: Book, opportunity: OpportunityId) -> OpportunityDraft:
    """Return what the editor starts from. Raises `NotFound`."""
    with book.read() as session:
        found = rows.draft(session, opportunity)
    if found is None:
        raise NotFound("opportunity", opportunity)
    return found


def resolve(book: Book, text: str) -> OpportunityId:
    """Return which opportunity an id, a title, or the beginnings of its words mean. Raises `NotFound`, `Ambiguous`."""
    with book.read() as session:
        found = list(rows.titles_of(session, typed_ids(text)).items()) or rows.find(session, text)
    exact = [one for one in found if fold(one[1]) == fold(text)]
    return OpportunityId(only("opportunity", text, exact or found))


def _first_there(book: Book, row: OpportunityRow, today: date) -> tuple[PersonId, str] | None:
    """Return whom to talk to first: who decided or interviewed, else the warmest of those who work there."""
    company = row.company_id
    with book.read() as session:
        contact = planfacts.of_opportunity(session, row, row.since_on, today).contact
        if contact is not None:
            return contact.person, contact.name
        ways = () if company is None else introductions.ways(session, company, [company], today)
    there = (way for way in best_first(ways) if way.kind is WayKind.HERE)
    return next(((way.person, way.name) for way in there), None)


def _tidied(draft: OpportunityDraft) -> OpportunityDraft:
    tidied = replace(
        draft,
        title=line(draft.title),
        company=line(draft.company),
        link=line(draft.link),
        source=line(draft.source),
        salary=line(draft.salary),
        description=note(draft.description),
        notes=note(draft.notes),
        people=tuple(dict.fromkeys(replace(one, name="") for one in draft.people)),
    )
    if not fold(tidied.title):
        raise Invalid("title", draft.title, "empty")
    if not company_key(tidied.company):
        raise Invalid("company", draft.company, "missing")
    return tidied


def _checked(on: date, today: date) -> date:
    if on > today:
        raise Invalid("moved_on", on, "future")
    return on


def _check_people(book: Book, people: Iterable[RolePerson]) -> None:
    wanted = [one.person for one in people]
    with book.read() as session:
        known = known_people.names_of(session, wanted)
    for person in wanted:
        if person not in known:
            raise NotFound("person", person)


def _title(book: Book, opportunity: OpportunityId) -> str:
    with book.read() as session:
        found = rows.titles_of(session, [opportunity])
    if opportunity not in found:
        raise NotFound("opportunity", opportunity)
    return found[opportunity]


def _row(book: Book, opportunity: OpportunityId, today: date) -> OpportunityRow:
    return card(book, opportunity, today=today).row
