"""`keepwarm import FILE.ics` and `keepwarm meetings`: what calendars tell of, and what waits for an answer."""

from collections.abc import Sequence
from pathlib import Path

from crm import wording
from crm.app import meetings as app
from crm.app.books import Book
from crm.app.progress import Progress
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, table
from crm.domain.meeting import Meeting, MeetingId, MeetingLine, MeetingRecord
from crm.errors import ErrorCode, KeepwarmError

_SHOWN = 20
_SPAN = "from a year back to half a year ahead"
_DRY, _DONE = "Would bring in", "Brought in"


def calendars(files: Sequence[Path]) -> tuple[Path, ...]:
    """Return the calendars that these files and folders are; none when they hold contacts.

    Beside a calendar a file that is called one is meant as one, even if nothing in it can be read.
    Raises `KeepwarmError` when only some are calendars.
    """
    listed = [path for file in files for path in _within(file)]
    if not any(map(app.is_calendar, listed)):
        return ()
    found = [path for path in listed if _called_calendar(path) or app.is_calendar(path)]
    if len(found) < len(listed):
        raise KeepwarmError(ErrorCode.CALENDAR_APART, path=str(found[0]))
    return tuple(found)


def bring_in(book: Book, command: Command, files: Sequence[Path]) -> Answer:
    """Read calendars, say what becomes of each meeting and, unless it's a dry run, bring them in as one step."""
    return brought_in(book, command, app.read_files(files, Progress(), today=command.today))


def brought_in(book: Book, command: Command, read: app.ReadCalendars) -> Answer:
    """Say what becomes of each meeting that was read and, unless it's a dry run, bring them in."""
    plan = app.plan(book, read, today=command.today)
    if not command.options.dry_run:
        app.apply(book, plan, today=command.today)
    counts = plan.counts
    failed = [one for one in read.problems if one.fatal]
    taken = [one for one in plan.records if one.taken]
    document = {
        "events": read.events,
        "read": len(plan.records) + len(failed),
        **{fate.value: number for fate, number in counts.items()},
        "failed": len(failed),
        "problems": [{"file": p.file, "line": p.line, "reason": wording.problem(p)} for p in read.problems],
        "meetings": [_document(one) for one in taken],
    }
    verb = _DRY if command.options.dry_run else _DONE
    told = wording.meeting_counts(counts)
    said = [
        f"{_SPAN[:1].upper()}{_SPAN[1:]}: {told}." if told else f"No meetings with people you know, {_SPAN}."
    ]
    if taken:
        said.append(f"{verb}:")
        said += [plain_line(f"  {_line(one, command)}") for one in taken[:_SHOWN]]
        if len(taken) > _SHOWN:
            said.append(f"  … and {len(taken) - _SHOWN} more")
    if failed:
        said.append(f"{len(failed)} of {read.events} events couldn't be read:")
    said += [
        plain_line(f"{p.file}, line {p.line}: {wording.problem(p)}")
        for p in sorted(read.problems, key=lambda p: not p.fatal)[:_SHOWN]
    ]
    return Answer(document, tuple(said), good=len(failed) < max(1, read.events))


def meetings(book: Book, command: Command) -> Answer:
    """Say which meetings wait for an answer and which are ahead; log some, or let them go."""
    for verb, ids in ((app.confirm, command.options.log), (app.let_go, command.options.let_go)):
        if ids:
            verb(book, [MeetingId(int(one)) for one in ids], today=command.today)
    waiting = app.waiting(book, today=command.today)
    ahead = app.ahead(book, today=command.today)
    document = {"to_confirm": [_kept(one) for one in waiting], "ahead": [_kept(one) for one in ahead]}
    lines = (
        *_listed("To confirm", waiting, command),
        *_listed("Ahead", ahead, command),
    )
    return Answer(document, lines or ("No meetings. Import your calendar: keepwarm import calendar.ics",))


def _within(file: Path) -> tuple[Path, ...]:
    """Return the calendars of a folder of nothing else; any other file, or folder, as it is."""
    held = sorted(file.glob("[!.]*"))
    return tuple(held) if held and all(map(_called_calendar, held)) else (file,)


def _called_calendar(path: Path) -> bool:
    return path.suffix.lower() == ".ics" and not path.is_dir()


def _line(one: MeetingRecord, command: Command) -> str:
    who = ", ".join(f"{presence.name} ({wording.clue(presence.clue)})" for presence in one.people)
    return f"{wording.meeting_fate(one.fate)}: {wording.weekday_day(one.meeting.on, command.today)}, {one.meeting.title}: {who}"


def _document(one: MeetingRecord) -> dict[str, object]:
    people = [{"id": p.person, "name": p.name, "clue": p.clue.value} for p in one.people]
    return {**_meeting(one.meeting), "fate": one.fate.value, "people": people}


def _kept(one: MeetingLine) -> dict[str, object]:
    return {
        "id": one.id,
        **_meeting(one.meeting),
        "people": [{"id": i, "name": name} for i, name in one.people],
    }


def _meeting(meeting: Meeting) -> dict[str, object]:
    return {"date": meeting.on, "title": meeting.title, "place": meeting.place}


def _listed(title: str, found: Sequence[MeetingLine], command: Command) -> tuple[str, ...]:
    rows = [
        (
            str(one.id),
            wording.weekday_day(one.meeting.on, command.today),
            one.meeting.title,
            ", ".join(n for _, n in one.people),
        )
        for one in found
    ]
    return (title, *table(("Id", "When", "What", "With"), rows)) if rows else ()
