"""What an import does in the lanes: read and plan, tick, back up, carry out. No widgets here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crm.domain.history import Step
from crm.domain.importplan import PlanLine
from crm.gui.session import Session

if TYPE_CHECKING:
    from crm.app.importing import Imported, ImportPlan, ReadFiles
    from crm.app.progress import Progress


@dataclass(frozen=True, slots=True)
class Source:
    """What to read; `encoding` None lets the reader guess."""

    paths: tuple[Path, ...]
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A wish to take records in, or to leave them out."""

    ids: tuple[int, ...]
    included: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Files read, and what importing them would do."""

    read: "ReadFiles"
    plan: "ImportPlan"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, and the step that undo takes back; None when there was nothing to do."""

    imported: "Imported"
    step: Step | None


def read(session: Session, source: Source, progress: "Progress", before: "ImportPlan | None") -> Found:
    """Read and plan; nothing of the files stays open when that fails. What `before` left out stays out."""
    from crm.app import importing  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    files = importing.read_files(source.paths, progress, encoding=source.encoding)
    try:
        plan = importing.plan(session.book, files, progress, today=session.today())
    except BaseException:
        files.close()
        raise
    if before is not None and len(before.lines) == len(plan.lines):
        out = tuple(line.index for line in before.lines if not line.included)
        plan = ticked(plan, (Tick(out, included=False),))
    return Found(files, plan)


def ticked(plan: "ImportPlan", ticks: Iterable[Tick]) -> "ImportPlan":
    """Return the plan after these wishes, in their order."""
    from crm.app import importing  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    for tick in ticks:
        plan = importing.choose(plan, tick.ids, tick.included)
    return plan


def back_up(session: Session) -> None:
    """Save a copy of the book as it is before the import."""
    from crm.app import upkeep  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    upkeep.auto_backup(session.book, reason=upkeep.Reason.IMPORT)


def carry_out(session: Session, plan: "ImportPlan", ticks: Sequence[Tick], progress: "Progress") -> Outcome:
    """Import what the plan says after these wishes: everything or nothing."""
    from crm.app import history, importing  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    done = importing.apply(session.book, ticked(plan, ticks), progress, today=session.today())
    return Outcome(done, None if done.batch_id is None else history.can_undo(session.book))


def known(session: Session, line: PlanLine) -> str:
    """Return whom of the book a record is taken for; "" when they are gone."""
    from crm.app import browse  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    if line.person_id is not None:
        people = browse.people_rows(session.book, (line.person_id,), today=session.today())
        return next((", ".join(filter(None, (one.name, one.title, one.company))) for one in people), "")
    if line.company_id is not None:
        return next((one.name for one in browse.company_rows(session.book, (line.company_id,))), "")
    return ""


def is_undone(session: Session, step: int) -> bool:
    """Say whether a step has been taken back."""
    from crm.app import history  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return any(one.id == step and one.undone for one in history.entries(session.book))
