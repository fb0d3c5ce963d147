"""What an import does in the lanes: read and plan, tick, back up, carry out. No widgets here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crm.domain.batch import PersonNews
from crm.domain.columns import Mappings
from crm.domain.comparing import FieldLine
from crm.domain.history import Step
from crm.domain.importplan import Candidate, Decision, ImportCounts, PlanLine
from crm.gui.session import Session

if TYPE_CHECKING:
    from crm.app.importing import FilePreview, ImportPlan, ReadFiles
    from crm.app.progress import Progress


@dataclass(frozen=True, slots=True)
class Source:
    """What to read: files, or without any a text that was pasted. `encoding` None lets the reader guess.

    `mappings` are what the user said of columns.
    """

    paths: tuple[Path, ...] = ()
    text: str = ""
    encoding: str | None = None
    mappings: Mappings = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tick:
    """A wish to take records in, or to leave them out."""

    ids: Sequence[int]
    included: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the user chose for possible duplicates, by line; None takes a choice back."""

    by_line: Mapping[int, Decision | None]


Wish = Tick | Decisions


@dataclass(frozen=True, slots=True)
class Found:
    """Files read, what importing them would do, and how they looked before that."""

    read: "ReadFiles"
    plan: "ImportPlan"
    seen: tuple["FilePreview", ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did: what had changed since the last file, the touches logged, the step that undo takes back.

    Without a step there was nothing to do.
    """

    counts: ImportCounts
    touches: int = 0
    news: tuple[PersonNews, ...] = ()
    step: Step | None = None


def look(session: Session, source: Source) -> tuple["FilePreview", ...]:
    """Look into the files: what their names look like, and what their columns mean."""
    from crm.app import importing  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    mappings = {**importing.remembered(session.book), **source.mappings}
    if source.paths:
        return importing.preview(source.paths, encoding=source.encoding, mappings=mappings)
    return importing.preview_text(source.text, mappings=mappings)


def should_ask(seen: Sequence["FilePreview"]) -> bool:
    """Say whether the user should look at the columns first: of a table of nobody's program, the first time it comes.

    Among other files a table that tells of nobody is left out without a question.
    """
    tables = [one.table for one in seen if one.table is not None and not one.origin and one.table.rows]
    return any(
        not table.remembered
        and len(table.mapping.headers) > 1
        and (table.mapping.tells_whom or len(seen) == 1)
        for table in tables
    )


def read(
    session: Session, source: Source, progress: "Progress", before: "ImportPlan | None"
) -> Found | tuple["FilePreview", ...]:
    """Read and plan; or return how the files look, when the user should look at their columns first.

    Nothing of the files stays open when it fails. What `before` left out stays out, and the choices made there hold.
    """
    from crm.app import importing  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    seen = look(session, source)
    if should_ask(seen):
        return seen
    mappings = {**importing.remembered(session.book), **source.mappings}
    if source.paths:
        files = importing.read_files(source.paths, progress, encoding=source.encoding, mappings=mappings)
    else:
        files = importing.read_text(source.text, progress, mappings=mappings)
    try:
        plan = importing.plan(session.book, files, progress, today=session.today())
    except BaseException:
        files.close()
        raise
    if before is not None and len(before.lines) == len(plan.lines):
        out = tuple(line for line, included in enumerate(before.lines.included) if not included)
        plan = wished(importing.replay(plan, before), (Tick(out, included=False),))
    return Found(files, plan, seen)


def wished(plan: "ImportPlan", wishes: Iterable[Wish]) -> "ImportPlan":
    """Return the plan after these wishes, in their order."""
    from crm.app import importing  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    for wish in wishes:
        if isinstance(wish, Tick):
            plan = importing.choose(plan, wish.ids, wish.included)
        else:
            plan = importing.decide(plan, wish.by_line)
    return plan


def compare(plan: "ImportPlan", line: int, candidate: Candidate) -> tuple[FieldLine, ...]:
    """Return someone a record possibly is, and the record, side by side."""
    from crm.app import importing  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    return importing.compare(plan, line, candidate)


def back_up(session: Session) -> None:
    """Save a copy of the book as it is before the import."""
    from crm.app import upkeep  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    upkeep.auto_backup(session.book, reason=upkeep.Reason.IMPORT)


def carry_out(session: Session, plan: "ImportPlan", wishes: Sequence[Wish], progress: "Progress") -> Outcome:
    """Import what the plan says after these wishes: everything or nothing."""
    from crm.app import batches, history, importing  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    chosen = wished(plan, wishes)
    done = importing.apply(session.book, chosen, progress, today=session.today())
    if done.batch_id is None:
        return Outcome(done.counts)
    comparison = chosen.basis.comparison
    news = batches.card(session.book, done.batch_id).news if comparison.news or comparison.gone else ()
    return Outcome(done.counts, len(chosen.basis.touches.new), news, history.can_undo(session.book))


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
