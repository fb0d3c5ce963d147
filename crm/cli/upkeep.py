"""`keepwarm backup`, `restore` and `check`."""

from pathlib import Path

from crm import wording
from crm.app import upkeep as app
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, table
from crm.domain.backup import Backup, Finding, FindingKind


def backup(book: Book, command: Command) -> Answer:
    """Save a verified copy, or list those there are."""
    if command.options.list:
        return _list(app.backups(book.path))
    made = app.backup(book, command.options.file)
    said = (
        f"Saved {made.path} and verified it: {wording.holdings(made.people, made.companies, made.touches)}."
    )
    return Answer(_document(made), (said,))


def restore(path: Path, command: Command) -> Answer:
    """Put a backup in the book's place; what was there is kept in a folder beside it."""
    done = app.restore(path, command.options.file)
    document = {"book": done.book, "backup": _document(done.backup), "before": done.before}
    lines = [
        f"Restored {done.book} from {done.backup.path.name}: {wording.people_count(done.backup.people)}."
    ]
    if done.before is not None:
        lines.append(f"The book that was there is kept in {done.before}.")
    return Answer(document, tuple(lines))


def check(book: Book, command: Command) -> Answer:
    """Look for damage; `--repair` computes again what can be computed."""
    found = app.check(book, repair=command.options.repair)
    document = {
        "ok": found.ok,
        "damage": [_finding(finding) for finding in found.damage],
        "derived": [_finding(finding) for finding in found.derived],
        "repaired": found.repaired,
        "people": found.counts.people,
        "companies": found.counts.companies,
        "touches": found.counts.touches,
    }
    if found.ok:
        counts = found.counts
        said = f"The book is sound: {wording.holdings(counts.people, counts.companies, counts.touches)}."
        return Answer(document, (said,))
    lines = [_told(finding) for finding in (*found.damage, *found.derived)]
    todo = "“keepwarm check --repair” mends this."
    if found.damage:
        todo = "“keepwarm restore” puts the newest backup back; the damaged book is kept beside it."
        if app.newest_good(book.path) is None:
            todo = "There is no backup of it. Keep a copy of the file before you do anything else."
    return Answer(document, (*lines, todo), good=False)


def _list(backups: tuple[Backup, ...]) -> Answer:
    cells = [
        (
            f"{made.made_at.astimezone():%Y-%m-%d %H:%M}",
            wording.people_count(made.people),
            "verified" if made.verified else "damaged",
            str(made.path),
        )
        for made in backups
    ]
    lines = table(("WHEN", "PEOPLE", "", "FILE"), cells) if cells else ("No backups yet.",)
    return Answer([_document(made) for made in backups], lines)


def _document(made: Backup) -> dict[str, object]:
    return {
        "file": made.path,
        "made_at": made.made_at,
        "verified": made.verified,
        "people": made.people,
        "companies": made.companies,
        "touches": made.touches,
        "bytes": made.size,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {"kind": finding.kind, "table": finding.table, "count": finding.count, "said": finding.said}


def _told(finding: Finding) -> str:
    where = f" in {finding.table}" if finding.table else ""
    said = f" ({finding.said})" if finding.said else ""
    if finding.kind is FindingKind.UNREADABLE:
        return f"A part of the file can't be read{said}."
    return f"{finding.kind.value.replace('_', ' ').capitalize()}{where}: {finding.count}{said}."
