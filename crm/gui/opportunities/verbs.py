"""The verbs of opportunities, each run in the writing lane and told in a toast with Undo.

The window's bus owns the callbacks: the page or dialog that asked may be gone before the verb is done.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.domain.attachment import AttachmentId
from crm.domain.opportunity import Ending, OpportunityId, Stage
from crm.domain.plan import PlannedStep, StepId
from crm.gui.session import Session

if TYPE_CHECKING:
    from crm.app.plans import Plan

Then = Callable[[Any], None]


def move(
    session: Session, opportunity: int, stage: Stage, ending: Ending | None = None, then: Then | None = None
) -> None:
    """Move an opportunity to a stage; with CLOSED say how it ended."""

    def run() -> Any:
        from crm.app import opportunities as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        return app.move(session.book, OpportunityId(opportunity), stage, today=session.today(), ending=ending)

    session.do(run, session.bus, then)


def put_beside(session: Session, opportunity: int, other: int, *, below: bool) -> None:
    """Put a card above or below another of its column."""

    def run() -> None:
        from crm.app import opportunities as app  # noqa: PLC0415 - as above

        which, beside = OpportunityId(opportunity), OpportunityId(other)
        app.put_beside(session.book, which, beside, below=below, today=session.today())

    session.do(run, session.bus)


def set_reapply(session: Session, opportunity: int, on: date | None) -> None:
    """Say from when one may apply again; None: as usual."""

    def run() -> None:
        from crm.app import opportunities as app  # noqa: PLC0415 - as above

        app.set_reapply(session.book, OpportunityId(opportunity), on, today=session.today())

    session.do(run, session.bus)


def delete(session: Session, ids: Sequence[int]) -> None:
    """Remove opportunities with their rounds and steps."""

    def run() -> None:
        from crm.app import opportunities as app  # noqa: PLC0415 - as above

        app.delete(session.book, [OpportunityId(one) for one in ids])

    session.do(run, session.bus)


def start_plan(session: Session, plan: "Plan", steps: Sequence[PlannedStep]) -> None:
    """Add the steps the user left in."""

    def run() -> int:
        from crm.app import plans as app  # noqa: PLC0415 - as above

        return app.start(session.book, plan, steps, today=session.today())

    session.do(run, session.bus)


def add_step(session: Session, opportunity: int, title: str, on: date) -> None:
    """Add a next step by hand."""

    def run() -> Any:
        from crm.app import plans as app  # noqa: PLC0415 - as above

        return app.add_step(session.book, OpportunityId(opportunity), title, on, today=session.today())

    session.do(run, session.bus)


def finish_step(session: Session, step: int) -> None:
    """Call a step done."""

    def run() -> None:
        from crm.app import plans as app  # noqa: PLC0415 - as above

        app.done(session.book, StepId(step), today=session.today())

    session.do(run, session.bus)


def skip_step(session: Session, step: int) -> None:
    """Let a step go."""

    def run() -> None:
        from crm.app import plans as app  # noqa: PLC0415 - as above

        app.skip(session.book, StepId(step), today=session.today())

    session.do(run, session.bus)


def let_go(session: Session, steps: Sequence[StepId]) -> None:
    """Let several steps go."""

    def run() -> None:
        from crm.app import plans as app  # noqa: PLC0415 - as above

        app.let_go(session.book, steps, today=session.today())

    session.do(run, session.bus)


def reopen_step(session: Session, step: int) -> None:
    """Make a step open again."""

    def run() -> None:
        from crm.app import plans as app  # noqa: PLC0415 - as above

        app.reopen(session.book, StepId(step))

    session.do(run, session.bus)


def redate_step(session: Session, step: int, on: date) -> None:
    """Put a step on another day."""

    def run() -> None:
        from crm.app import plans as app  # noqa: PLC0415 - as above

        app.redate(session.book, StepId(step), on)

    session.do(run, session.bus)


def delete_step(session: Session, step: int) -> None:
    """Remove a step."""

    def run() -> None:
        from crm.app import plans as app  # noqa: PLC0415 - as above

        app.delete(session.book, StepId(step))

    session.do(run, session.bus)


def attach(session: Session, opportunity: int, paths: Sequence[Path]) -> None:
    """Keep files with an opportunity."""

    def run() -> None:
        from crm.app import attachments as app  # noqa: PLC0415 - as above

        app.attach(session.book, OpportunityId(opportunity), paths, today=session.today())

    session.do(run, session.bus)


def remove_file(session: Session, attachment: int) -> None:
    """Remove a file."""

    def run() -> None:
        from crm.app import attachments as app  # noqa: PLC0415 - as above

        app.remove(session.book, [AttachmentId(attachment)])

    session.do(run, session.bus)


def save_copy(session: Session, attachment: int, path: Path, then: Then) -> None:
    """Write a copy of a file where the user said, over what they said may go; `then` gets the path."""

    def run() -> Path:
        from crm.app import attachments as app  # noqa: PLC0415 - as above

        return app.save_copy(session.book, AttachmentId(attachment), path, replace=True)

    session.tasks.files(run, then, session.services.failed, session.bus)
