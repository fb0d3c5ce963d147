"""Interviews: the rounds of an opportunity, and what is still to be written down about them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from crm.app.books import Book
from crm.app.drafts import line, note
from crm.domain.changes import Op
from crm.domain.interview import BEST, InterviewDraft, InterviewId, InterviewRow
from crm.domain.opportunity import Move, OpportunityId, Stage
from crm.errors import Invalid, NotFound
from crm.store import interviews as rows
from crm.store import opportunities
from crm.store import people as known_people

ASKED_DAYS = 14  # how long "How did it go?" is asked
_DAY_MINUTES = 24 * 60
_BEFORE_INTERVIEWS = frozenset({Stage.SAVED, Stage.APPLIED})


def add(book: Book, opportunity: OpportunityId, draft: InterviewDraft, *, today: date) -> InterviewId:
    """Add a round; an opportunity that was saved or applied for is then interviewing. Raises `Invalid`, `NotFound`."""
    tidied = _tidied(draft)
    with book.write(Op.ADD_INTERVIEW, on=tidied.on.isoformat()) as session:
        _check_people(book, tidied)
        card = opportunities.card(session, opportunity, today)
        if card is None:
            raise NotFound("opportunity", opportunity)
        book.note(subject=card.row.company or card.row.title)
        made = rows.insert(session, opportunity, tidied)
        if card.row.stage in _BEFORE_INTERVIEWS:
            opportunities.move(session, opportunity, Move(Stage.INTERVIEWING, today))
    return InterviewId(made)


def edit(book: Book, interview: InterviewId, draft: InterviewDraft) -> None:
    """Make a round say what `draft` says. Raises `Invalid`, `NotFound`."""
    tidied = _tidied(draft)
    with book.write(Op.EDIT_INTERVIEW, subject=_subject(row(book, interview))) as session:
        _check_people(book, tidied)
        rows.update_from(session, interview, tidied)


def delete(book: Book, interview: InterviewId) -> None:
    """Remove a round. Raises `NotFound`."""
    with book.write(Op.DELETE_INTERVIEW, subject=_subject(row(book, interview))) as session:
        rows.delete_interview(session, interview)


def row(book: Book, interview: InterviewId) -> InterviewRow:
    """Return one round. Raises `NotFound`."""
    with book.read() as session:
        found = rows.row(session, interview)
    if found is None:
        raise NotFound("interview", interview)
    return found


def of_opportunity(book: Book, opportunity: OpportunityId) -> tuple[InterviewRow, ...]:
    """Return the rounds of an opportunity, in order."""
    with book.read() as session:
        return rows.of_opportunity(session, opportunity)


def upcoming(book: Book, *, today: date, days: int = 90) -> tuple[InterviewRow, ...]:
    """Return the rounds from today on, the next first."""
    with book.read() as session:
        return rows.between(session, today, today + timedelta(days=days))


def past(book: Book, *, today: date, days: int = 730) -> tuple[InterviewRow, ...]:
    """Return the rounds before today, the latest first."""
    with book.read() as session:
        found = rows.between(session, today - timedelta(days=days), today - timedelta(days=1))
    return found[::-1]


def unwritten(book: Book, *, now: datetime, today: date) -> tuple[InterviewRow, ...]:
    """Return the rounds of the last two weeks that are over and that nothing was written about: "How did it go?"."""
    with book.read() as session:
        found = rows.between(session, today - timedelta(days=ASKED_DAYS), today)
    return tuple(one for one in found if one.draft.over(now) and not one.draft.reflected)


def _tidied(draft: InterviewDraft) -> InterviewDraft:
    if not 1 <= draft.minutes <= _DAY_MINUTES:
        raise Invalid("minutes", draft.minutes, "range")
    if draft.went is not None and not 1 <= draft.went <= BEST:
        raise Invalid("went", draft.went, "range")
    return replace(
        draft,
        name=line(draft.name),
        people=tuple(dict.fromkeys(draft.people)),
        preparation=note(draft.preparation),
        questions=note(draft.questions),
        enjoyed=line(draft.enjoyed),
        repeat=note(draft.repeat),
        change=note(draft.change),
    )


def _check_people(book: Book, draft: InterviewDraft) -> None:
    with book.read() as session:
        known = known_people.names_of(session, draft.people)
    for person in draft.people:
        if person not in known:
            raise NotFound("person", person)


def _subject(found: InterviewRow) -> str:
    return found.company or found.title
