"""The verbs of companies, each run in the writing lane and told in a toast with Undo.

The window's bus owns the callbacks: the page or dialog that asked may be gone before the verb is done.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from crm.domain.cadence import Interval
from crm.domain.company import CompanyId
from crm.domain.introduction import IntroductionDraft, IntroductionId, IntroductionState
from crm.gui.session import Session
from crm.gui.widgets.dialogs import Dialog

Then = Callable[[Any], None]


def set_target(session: Session, ids: Sequence[int], on: bool) -> None:
    """Mark companies as targets, or no longer."""

    def run() -> None:
        from crm.app import companies as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.target(session.book, [CompanyId(one) for one in ids], on)

    session.do(run, session.bus)


def set_every(session: Session, company: int, every: Interval | None) -> None:
    """Give a company's people a rule for how often; None takes it away."""

    def run() -> None:
        from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.set_company_every(session.book, CompanyId(company), every, today=session.today())

    session.do(run, session.bus)


def save_notes(session: Session, company: int, notes: str) -> None:
    """Keep what was written about a company; everything else of it stays as it is by then."""

    def run() -> None:
        from crm.app import companies as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        stands = app.draft(session.book, CompanyId(company))
        changed = replace(stands, notes=notes)
        app.edit(session.book, CompanyId(company), changed, today=session.today())

    session.do(run, session.bus)


def delete(session: Session, ids: Sequence[int], then: Then | None = None) -> None:
    """Remove companies; the people stay."""

    def run() -> None:
        from crm.app import companies as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.delete(session.book, [CompanyId(one) for one in ids], today=session.today())

    session.do(run, session.bus, then)


def merge(session: Session, keep: int, other: int, then: Then | None = None) -> None:
    """Make two companies one."""

    def run() -> None:
        from crm.app import companies as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.merge(session.book, CompanyId(keep), [CompanyId(other)], today=session.today())

    session.do(run, session.bus, then)


def ask_introduction(session: Session, dialog: Dialog, draft: IntroductionDraft, title: str) -> None:
    """Note that somebody is to be asked for an introduction, with a step for today; `dialog` says whom to meet."""

    def run() -> None:
        from crm.app import introductions as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.ask(session.book, draft, title=title, today=session.today())

    session.store(dialog, run)


def move_introduction(session: Session, introduction: int, state: IntroductionState) -> None:
    """Say where an introduction stands."""

    def run() -> None:
        from crm.app import introductions as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.move(session.book, IntroductionId(introduction), state, today=session.today())

    session.do(run, session.bus)
