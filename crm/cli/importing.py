"""`keepwarm import`."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from crm import wording
from crm.app import importing as app
from crm.app import upkeep, wholebook
from crm.app.books import Book
from crm.app.progress import Progress
from crm.cli import meetings
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, print_hint
from crm.cli.reading import PIPED
from crm.domain.card import Problem, ProblemCode
from crm.domain.columns import Mappings
from crm.domain.folding import fold
from crm.domain.importplan import ImportCounts, PlanLine, Verdict
from crm.domain.news import NewsKind, count_news
from crm.errors import ErrorCode, KeepwarmError

_MOST = 20  # of each kind that are named
_MOST_CELLS = 8  # of a row that is shown
_TABLES = frozenset({".csv", ".tsv"})


def bring_in(book: Book, command: Command) -> Answer:
    """Read files, say what each record comes to and, unless it's a dry run, import them as one undoable step."""
    if calendars := meetings.calendars(command.options.files):
        return meetings.bring_in(book, command, calendars)
    whole = wholebook.found_in(command.options.files)
    if whole is not None and (wholebook.is_empty(book) or not command.options.files[0].is_dir()):
        return _bring_back(book, whole, command)
    progress, dry, failed = Progress(), command.options.dry_run, command.options.failed
    written: tuple[Path, ...] = ()
    found, unread = _read(book, command, progress)
    with found as read:
        plan = app.plan(book, read, progress, today=command.today)
        counts = plan.counts
        if not dry:
            upkeep.auto_backup(book, reason=upkeep.Reason.IMPORT)
            counts = app.apply(book, plan, progress, today=command.today).counts
        if failed is not None and len(read.failed):
            written = read.failed.save(failed, wording.problem)
        problems = [one for one in read.problems if one.fatal]
        files = sum(map(wording.is_whole_file, problems))
        cut_off = [one for one in read.odd if one.code is ProblemCode.MISSING_END]
        document = _document(plan, counts, problems)
        said = [*([_said(plan, counts, files, dry=dry)] if counts.read > files else ()), *_beside(plan)]
        if counts.possible and not dry:
            said.append("“keepwarm duplicates” shows who may be the same.")
        document["not_taken_over"] = list(unread)
        said += _unread(unread)
        if dry:
            document["plan"] = [_fate(line) for line in plan.lines] if command.json else []
            said += _planned(plan)
    said += _problems(problems)
    if cut_off:
        said += ["The file may have been cut off; read as far as it goes:", *_problems(cut_off)]
    if failed is not None:
        document["failed_files"] = [str(file) for file in written]
        said.append(_saved(len(read.failed), written, files))
    return Answer(document, tuple(said), good=not files and (not counts.read or counts.failed < counts.read))


def _read(book: Book, command: Command, progress: Progress) -> tuple[app.ReadFiles, tuple[str, ...]]:
    """Read the files, or what is piped in, with columns as they were said to be before and now.

    Return also the columns of which nothing is taken over, and nothing was said.
    """
    files, encoding, known = command.options.files, command.options.encoding, app.remembered(book)
    piped = _piped() if files == (PIPED,) else None
    seen = (
        app.preview(files, encoding=encoding, mappings=known)
        if piped is None
        else app.preview_text(piped, mappings=known)
    )
    said = dict(command.options.columns)
    if said:
        known = {**known, **app.corrected(seen, said)}
    _require_names(seen, known)
    unread = _unsaid(seen, known, said)
    if piped is None:
        try:
            return app.read_files(files, progress, encoding=encoding, mappings=known), unread
        except KeepwarmError as error:
            if error.code is ErrorCode.FILE_UNKNOWN:
                _require_telling(seen)
            held = next((file for file in files if any(file.glob("*.ics"))), None)
            if error.code is ErrorCode.FOLDER_EMPTY and held is not None:
                print_hint(
                    f'There are calendars in it: “keepwarm import "{held / "*.ics"}"” brings in their meetings.'
                )
            raise
    return app.read_text(piped, progress, encoding=encoding, mappings=known), unread


def _require_names(seen: Iterable[app.FilePreview], known: Mappings) -> None:
    """Raise `KeepwarmError` for a table that doesn't name its columns when nobody said what they are."""
    for one in seen:
        table = one.table
        if (
            table is None
            or table.headed
            or not table.mapping.tells_whom
            or table.mapping.fingerprint in known
        ):
            continue
        cells = [
            (header, " ".join(cell.split()))
            for header, cell in zip(table.mapping.headers, table.rows[0], strict=True)
            if cell.strip()
        ][:_MOST_CELLS]
        print_hint(f'Say what each column is: --map "{cells[0][0]}=name" --map …')
        row = ", ".join(f"{header} “{cell}”" for header, cell in cells)
        raise KeepwarmError(ErrorCode.HEADER_MISSING, path=one.file, row=row)


def _require_telling(seen: Iterable[app.FilePreview]) -> None:
    """Raise `KeepwarmError` for a CSV file whose columns don't tell who somebody is, naming them."""
    for one in seen:
        if one.table is None or one.table.mapping.tells_whom or Path(one.file).suffix.lower() not in _TABLES:
            continue
        headers = [header for header in one.table.mapping.headers if header][:_MOST_CELLS]
        if headers:
            print_hint(f'Say what each column is: --map "{headers[0]}=name" --map …')
            columns = ", ".join(f"“{header}”" for header in headers)
            raise KeepwarmError(ErrorCode.COLUMNS_UNKNOWN, path=one.file, columns=columns)


def _unsaid(seen: Iterable[app.FilePreview], known: Mappings, said: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of which nothing is taken over, and of which nothing is said either."""
    tables = [one.table for one in seen if one.table is not None]
    told = (one for one in tables if known.get(one.mapping.fingerprint, one.mapping).tells_whom)
    spoken_of = set(map(fold, said))
    headers = (header for one in told for header in one.unread)
    return tuple(dict.fromkeys(header for header in headers if fold(header) not in spoken_of))


def _piped() -> bytes:
    """Return what is piped in, or typed."""
    if sys.stdin is None:
        return b""
    if sys.stdin.isatty():
        print_hint("Paste the contacts, then end with Ctrl+D (Ctrl+Z and Enter on Windows).")
    return sys.stdin.buffer.read()


def _document(plan: app.ImportPlan, counts: ImportCounts, problems: Sequence[Problem]) -> dict[str, object]:
    news, touches = _news(plan), plan.basis.touches
    return {
        "read": counts.read,
        "new": counts.new,
        "updated": counts.updated,
        "same": counts.same,
        "possible_duplicates": counts.possible,
        "left_out": counts.left_out,
        "failed": counts.failed,
        "unreadable_files": sum(map(wording.is_whole_file, problems)),
        "problems": [{"file": p.file, "line": p.line, "reason": wording.problem(p)} for p in problems],
        "news": {kind.value: news.get(kind, 0) for kind in NewsKind},
        "touches": {"new": len(touches.new), "known": touches.known, "strangers": touches.strangers},
    }


def _fate(line: PlanLine) -> dict[str, object]:
    """Return what happens to one record."""
    return {
        "name": line.name,
        "fate": line.verdict,
        "included": line.included,
        "person_id": line.person_id,
        "company_id": line.company_id,
        "matched_by": list(line.reasons),
        "changes": [{"field": one.field, "before": one.before, "after": one.after} for one in line.changes],
        "may_be": [{"name": one.name, "person_id": one.person_id} for one in line.candidates],
    }


def _news(plan: app.ImportPlan) -> Mapping[NewsKind, int]:
    return count_news(plan.news, len(plan.basis.comparison.gone))


def _beside(plan: app.ImportPlan) -> Iterable[str]:
    """Return what the files tell besides their records."""
    touches = plan.basis.touches
    told = wording.touches_read(len(touches.new), touches.known, touches.strangers)
    return filter(None, (wording.news_counts(_news(plan)), told))


def _unread(headers: Sequence[str]) -> list[str]:
    if not headers:
        return []
    named = ", ".join(headers[:_MOST])
    more = f" and {len(headers) - _MOST:,} more" if len(headers) > _MOST else ""
    return [plain_line(f'Not taken over: {named}{more} (--map "{headers[0]}=notes")')]


def _planned(plan: app.ImportPlan) -> list[str]:
    """Return who would be added, and who updated: what each gains and why they are taken for the same."""
    kinds: tuple[tuple[Verdict, str, Callable[[PlanLine], str]], ...] = (
        (Verdict.NEW, "Would add:", _who),
        (Verdict.POSSIBLE, "Would add, though they may be the same as somebody:", _like),
        (Verdict.UPDATE, "Would update:", _update),
    )
    said: list[str] = []
    for verdict, head, words in kinds:
        lines = [line for line in plan.lines.having(verdict) if plan.lines.included[line]]
        if lines:
            named = (plan.lines[line] for line in lines[:_MOST])
            said += [head, *("  " + plain_line(words(line)) for line in named), *_rest(len(lines))]
    return said


def _who(line: PlanLine) -> str:
    return ", ".join(filter(None, (line.name, line.title, line.company)))


def _like(line: PlanLine) -> str:
    first = line.candidates[0]
    return f"{_who(line)} ({first.name}? {wording.likeness(first.reasons)})"


def _update(line: PlanLine) -> str:
    return f"{line.name}: {', '.join(_gained(line))} ({', '.join(_why(line))})"


def _problems(problems: Sequence[Problem]) -> list[str]:
    return [*(plain_line(wording.problem_at(one)) for one in problems[:_MOST]), *_rest(len(problems))]


def _rest(number: int) -> list[str]:
    return [f"  … and {number - _MOST:,} more; --json lists all"] if number > _MOST else []


def _gained(line: PlanLine) -> Iterable[str]:
    return dict.fromkeys(wording.field(one.field) for one in line.changes)


def _why(line: PlanLine) -> Iterable[str]:
    return map(wording.match_reason, line.reasons)


def _bring_back(book: Book, path: Path, command: Command) -> Answer:
    """Fill an empty book with a whole one; a folder's contacts alone go into a book that has some already."""
    found = wholebook.read(path)
    if not command.options.dry_run:
        wholebook.bring_back(book, found, Progress())
    people, companies, touches = found.holdings
    document = {"people": people, "companies": companies, "touches": touches}
    what = wording.holdings(people, companies, touches)
    return Answer(document, (f"{'Would bring' if command.options.dry_run else 'Brought'} back {what}.",))


def _saved(number: int, files: tuple[Path, ...], unread: int) -> str:
    if not files and unread:
        return "What couldn't be read are whole files, not records: nothing could be cut out of them to mend."
    if not files:
        return "There is no record to mend; no file was written."
    names = ", ".join(map(str, files))
    return plain_line(f"Wrote {number} to {names}, each with its reason: mend them there and import that.")


def _said(plan: app.ImportPlan, counts: ImportCounts, files: int, *, dry: bool) -> str:
    """Return the counts of records; `files` that couldn't be read are counted apart."""
    head = "Would import" if dry else "Imported"
    hidden = f", {counts.left_out} left out" if counts.left_out else ""
    asked = [plan.lines[line] for line in plan.lines.having(Verdict.POSSIBLE) if plan.lines.included[line]]
    twice = sum(line.candidates[0].person_id is None for line in asked)
    possible = f", {len(asked) - twice} possibly there already" if len(asked) > twice else ""
    possible += f", {twice} possibly twice in what was read" if twice else ""
    return (
        f"{head} {counts.work} of {counts.read - files}: {counts.new} new,"
        f" {counts.updated} updated, {counts.same} unchanged{hidden}{possible},"
        f" {_unreadable(counts.failed - files, files)} couldn't be read."
    )


def _unreadable(records: int, files: int) -> str:
    """Return "1", "7 files" or "1 record and 7 files"."""
    if not files:
        return f"{records:,}"
    told = (
        wording.count(records, "{n} record", "{n} records") if records else "",
        wording.count(files, "{n} file", "{n} files"),
    )
    return " and ".join(filter(None, told))
