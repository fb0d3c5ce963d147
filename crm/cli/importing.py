"""`keepwarm import`."""

from collections.abc import Iterable
from pathlib import Path

from crm import wording
from crm.app import importing as app
from crm.app import upkeep
from crm.app.books import Book
from crm.app.progress import Progress
from crm.cli import meetings
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line
from crm.domain.columns import Mappings
from crm.domain.importplan import ImportCounts, PlanLine, Verdict
from crm.domain.news import NewsKind, count_news

_MOST_PROBLEMS = 20
_MOST_UPDATES = 20


def bring_in(book: Book, command: Command) -> Answer:
    """Read files, say what each record comes to and, unless it's a dry run, import them as one undoable step."""
    if meetings.calendars(command.options.files):
        return meetings.bring_in(book, command)
    progress = Progress()
    written: tuple[Path, ...] = ()
    files, encoding = tuple(command.options.files), command.options.encoding
    mappings = _mappings(book, command)
    with app.read_files(files, progress, encoding=encoding, mappings=mappings) as read:
        plan = app.plan(book, read, progress, today=command.today)
        counts, problems = plan.counts, [one for one in read.problems if one.fatal]
        if not command.options.dry_run:
            upkeep.auto_backup(book, reason=upkeep.Reason.IMPORT)
            counts = app.apply(book, plan, progress, today=command.today).counts
        if command.options.failed is not None and len(read.failed):
            written = read.failed.save(command.options.failed, wording.problem)
    document = {
        "read": counts.read,
        "new": counts.new,
        "updated": counts.updated,
        "same": counts.same,
        "possible_duplicates": counts.possible,
        "left_out": counts.left_out,
        "failed": counts.failed,
        "problems": [{"file": p.file, "line": p.line, "reason": wording.problem(p)} for p in problems],
    }
    news = count_news((line.news for line in plan.lines if line.included), len(plan.basis.comparison.gone))
    document["news"] = {kind.value: news.get(kind, 0) for kind in NewsKind}
    touches = plan.basis.touches
    document["touches"] = {
        "new": len(touches.new), "known": touches.known, "strangers": touches.strangers,
    }  # fmt: skip
    said = [_said(counts, dry=command.options.dry_run)]
    told = wording.touches_read(len(touches.new), touches.known, touches.strangers)
    said += filter(None, (wording.news_counts(news), told))
    said += [plain_line(f"{p.file}, line {p.line}: {wording.problem(p)}") for p in problems[:_MOST_PROBLEMS]]
    if command.options.dry_run:
        said[1:1] = _updates(plan)
    if len(problems) > _MOST_PROBLEMS:
        said.append(f"… and {len(problems) - _MOST_PROBLEMS} more")
    if command.options.failed is not None:
        document["failed_files"] = [str(file) for file in written]
        said.append(_saved(len(read.failed), written))
    return Answer(document, tuple(said), good=counts.failed < counts.read)


def _updates(plan: app.ImportPlan) -> list[str]:
    """Return who would be updated, what each gains and why they are taken for the same."""
    updated = [line for line in plan.lines if line.verdict is Verdict.UPDATE]
    said = [
        "  " + plain_line(f"{line.name}: {', '.join(_gained(line))} ({', '.join(_why(line))})")
        for line in updated[:_MOST_UPDATES]
    ]
    if len(updated) > _MOST_UPDATES:
        said.append(f"  … and {len(updated) - _MOST_UPDATES} more")
    return ["Would update:", *said] if said else []


def _gained(line: PlanLine) -> Iterable[str]:
    return dict.fromkeys(wording.field(one.field) for one in line.changes)


def _why(line: PlanLine) -> Iterable[str]:
    return map(wording.match_reason, line.reasons)


def _saved(number: int, files: tuple[Path, ...]) -> str:
    if not files:
        return "There is no record to mend; no file was written."
    names = ", ".join(map(str, files))
    return plain_line(f"Wrote {number} to {names}, each with its reason: mend them there and import that.")


def _mappings(book: Book, command: Command) -> Mappings:
    """Return what columns mean: as said before, and as said now."""
    known = app.remembered(book)
    if not command.options.columns:
        return known
    seen = app.preview(command.options.files, encoding=command.options.encoding, mappings=known)
    return {**known, **app.corrected(seen, dict(command.options.columns))}


def _said(counts: ImportCounts, *, dry: bool) -> str:
    head = "Would import" if dry else "Imported"
    hidden = f", {counts.left_out} left out" if counts.left_out else ""
    possible = f", {counts.possible} possibly there already" if counts.possible else ""
    return (
        f"{head} {counts.work} of {counts.read}: {counts.new} new,"
        f" {counts.updated} updated, {counts.same} unchanged{hidden}{possible}, {counts.failed} couldn't be read."
    )
