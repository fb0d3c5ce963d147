"""Ways into a company, and introductions: asked for, agreed, made, declined, lapsed."""

from dataclasses import replace
from datetime import date

from crm.app import plans
from crm.app.books import Book
from crm.app.drafts import line, note
from crm.domain.changes import Op
from crm.domain.company import CompanyId
from crm.domain.introduction import (
    Introduction,
    IntroductionDraft,
    IntroductionId,
    IntroductionState,
    WaysIn,
    best_first,
)
from crm.domain.plan import StepId, StepState
from crm.errors import Invalid, NotFound
from crm.store import introductions as rows
from crm.store import people as known_people
from crm.store.rows import companies as company_rows


def ways_in(book: Book, company: CompanyId, *, today: date) -> WaysIn:
    """Return the ways into a company, the best first, and the introductions asked for there.

    A company is known by its names without legal forms and generic words; who is only a little alike is `similar`.
    """
    with book.read() as session:
        there, similar = rows.like(session, company)
        found = rows.ways(session, company, there, today)
        asked = rows.introductions(session, company=company)
        return WaysIn(best_first(found), asked, tuple(similar.items()))


def introductions(book: Book, company: CompanyId | None = None) -> tuple[Introduction, ...]:
    """Return the introductions asked for, the latest first: all, or those into a company."""
    with book.read() as session:
        return rows.introductions(session, company=company)


def ask(book: Book, draft: IntroductionDraft, *, title: str, today: date) -> IntroductionId:
    """Note that somebody is to be asked, with a step for today called `title`. Raises `NotFound`, `Invalid`.

    Nobody is asked to introduce the user to themselves.
    """
    tidied = replace(draft, to_name=line(draft.to_name), note=note(draft.note))
    if tidied.to == tidied.connector:
        raise Invalid("to", "", "self")
    with book.write(Op.ASK_INTRODUCTION) as session:
        concerned = [tidied.connector, *([tidied.to] if tidied.to is not None else [])]
        names = known_people.names_of(session, concerned)
        for person in concerned:
            if person not in names:
                raise NotFound("person", person)
        if not company_rows(session, (tidied.company,)):
            raise NotFound("company", tidied.company)
        step = plans.add_step(book, None, title, today, today=today, person=tidied.connector)
        book.note(subject=names[tidied.connector])
        return IntroductionId(rows.insert(session, tidied, today, step))


def move(book: Book, introduction: IntroductionId, state: IntroductionState, *, today: date) -> None:
    """Say where an introduction stands. One that was made says who introduced them; its step is done once answered.

    Raises `NotFound`.
    """
    with book.write(Op.MOVE_INTRODUCTION, state=state.value) as session:
        found = rows.introductions(session, only=introduction)
        if not found:
            raise NotFound("introduction", introduction)
        stands = found[0]
        book.note(subject=stands.connector)
        if stands.state is state:
            return
        rows.move(session, introduction, state, today)
        if state is IntroductionState.MADE and stands.draft.to is not None:
            rows.introduced(session, stands.draft.to, stands.draft.connector)
        step = rows.step_of(session, introduction)
        if step is None or state is IntroductionState.ASKED:
            return
        if plans.row(book, StepId(step)).state is StepState.OPEN:
            close = plans.skip if state is IntroductionState.LAPSED else plans.done
            close(book, StepId(step), today=today)
