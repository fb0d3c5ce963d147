"""Words of the sheets to print: the brief before an interview, the proof of search; and the latter as a table."""

from collections.abc import Callable
from datetime import date

from crm.domain.lesson import Brief, BriefPerson, FeedbackRow
from crm.domain.plan import StepRow
from crm.domain.report import Effort, Report, ReportLine, Span
from crm.domain.sheet import Line, Section, Sheet, Table
from crm.domain.watch import NoticedRow
from crm.wording.days import dated, full_weekday, month_day, short_day
from crm.wording.kinds import touch_kind
from crm.wording.lessons import brief_history, feedback_source, lesson_source
from crm.wording.opportunities import effort, ending, interview_format, round_title, stage
from crm.wording.speech import count, say, shortened
from crm.wording.watch import noticed_kind, noticed_words

_LONGEST = 300  # characters of a note or of feedback on a brief
_MOST_SAID = 5

_SPANS = {
    Span.THIS_MONTH: "This month",
    Span.LAST_MONTH: "Last month",
    Span.THIS_QUARTER: "This quarter",
    Span.LAST_QUARTER: "Last quarter",
    Span.THIS_YEAR: "This year",
}
_TITLES = {
    Effort.APPLICATION: "Applications",
    Effort.INTERVIEW: "Interviews",
    Effort.MESSAGE: "Messages",
    Effort.EVENT: "Events",
    Effort.PRACTICE: "Practice",
    Effort.STEP: "Other steps",
}
_COUNTS = {
    Effort.APPLICATION: ("{n} application", "{n} applications"),
    Effort.INTERVIEW: ("{n} interview", "{n} interviews"),
    Effort.MESSAGE: ("{n} message sent", "{n} messages sent"),
    Effort.EVENT: ("{n} event", "{n} events"),
    Effort.PRACTICE: ("{n} practice session", "{n} practice sessions"),
    Effort.STEP: ("{n} other step", "{n} other steps"),
}


def span(which: Span) -> str:
    """Return "Last month"."""
    return say(_SPANS[which])


def effort_title(which: Effort) -> str:
    """Return "Applications"."""
    return say(_TITLES[which])


def effort_count(which: Effort, number: int) -> str:
    """Return "3 messages sent"."""
    return count(number, *_COUNTS[which])


def outcome(line: ReportLine) -> str:
    """Return how its opportunity stands: "Interviewing", "Not selected"; "" for what belongs to none."""
    if line.ending is not None:
        return ending(line.ending)
    return stage(line.stage) if line.stage is not None else ""


def brief_sections(brief: Brief, today: date, *, notes: bool) -> tuple[Section, ...]:
    """Return what to look at before a round, its lessons apart; empty parts are left out. Notes are private."""
    prepare = brief.held.draft.preparation.splitlines()
    parts = (
        Section(say("Prepare"), tuple(Line(line) for line in prepare if line.strip()), ticks=True),
        Section(say("Who you’ll meet"), tuple(_person(one, today, notes=notes) for one in brief.people)),
        Section(say("What is promised"), tuple(_promise(step, today) for step in brief.promises), ticks=True),
        Section(
            say("What they said before"), tuple(_said(one, today) for one in brief.feedback[:_MOST_SAID])
        ),
        Section(say("What you noticed there"), tuple(_noticed(one, today) for one in brief.noticed)),
    )
    return tuple(part for part in parts if part.lines)


def brief_sheet(brief: Brief, today: date, *, notes: bool = False) -> Sheet:
    """Return the brief as one page, its days told so that they hold when it is read."""
    held = brief.held
    taught = tuple(Line(one.draft.text, lesson_source(one, today)) for one in brief.lessons)
    sections = (*brief_sections(brief, today, notes=notes), Section(say("What you learned"), taught))
    return Sheet(
        say("Interview with {company}", company=held.company or held.title),
        today,
        brief_lead(brief),
        tuple(part for part in sections if part.lines) or (Section("", (Line(nothing_to_look_at()),)),),
        _made(today),
        one_page=True,
    )


def brief_lead(brief: Brief) -> str:
    """Return "Analyst · Round 2: case study · Thursday 12 November 2026, 14:00 · Video"."""
    held = brief.held
    on = held.draft.on
    when = say("{weekday} {day}", weekday=full_weekday(on), day=month_day(on.month, on.day, on.year))
    if held.draft.starts_at is not None:
        when = say("{day}, {time}", day=when, time=f"{held.draft.starts_at.astimezone():%H:%M}")
    parts = (held.title, round_title(held), when, interview_format(held.draft.format))
    return " · ".join(part for part in parts if part)


def nothing_to_look_at() -> str:
    """Return what an empty brief says."""
    return say("Nothing yet. Say in the round who will be there and what to prepare.")


def report_sheet(report: Report, today: date, *, notes: bool = False) -> Sheet:
    """Return the proof of search: how much of what, then each kind of effort as a table."""
    days = say("{first} to {last}", first=dated(report.first), last=dated(report.last))
    counts = report.counts()
    summary = tuple(Line(effort_count(which, number)) for which, number in counts.items())
    tables = tuple(_table(which, report, notes=notes) for which in counts)
    first = Section("", summary or (Line(say("Nothing on these days.")),))
    lead = " · ".join(part for part in (report.name, days) if part)
    return Sheet(say("What I did for my search"), today, lead, (first, *tables), _made(today))


def report_rows(report: Report, *, notes: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the proof of search as rows for a spreadsheet, the headings first; days are ISO's."""
    head = ("Day", "What", "Title", "With", "Company", "Source", "Outcome", *(("Note",) if notes else ()))
    rows = (
        (
            line.on.isoformat(), effort(line.effort), line.what or _how(line), line.who, line.company,
            line.source, outcome(line), *((line.note,) if notes else ()),
        )
        for line in report.lines
    )  # fmt: skip
    return (tuple(map(say, head)), *rows)


def _table(which: Effort, report: Report, *, notes: bool) -> Section:
    lines = [line for line in report.lines if line.effort is which]
    columns = _COLUMNS[which]
    if notes and any(line.note for line in lines):
        columns = (*columns, _NOTE)
    rows = tuple(tuple(cell(line) for _, _, cell in columns) for line in lines)
    whole = sum(share for _, share, _ in columns)
    shares = tuple(share * 100 // whole for _, share, _ in columns)
    return Section(effort_title(which), table=Table(tuple(say(name) for name, _, _ in columns), rows, shares))


def _how(line: ReportLine) -> str:
    return touch_kind(line.kind) if line.kind is not None else ""


def _person(one: BriefPerson, today: date, *, notes: bool) -> Line:
    note = say("“{note}”", note=shortened(one.last_note, _LONGEST)) if notes and one.last_note else ""
    below = " · ".join(part for part in (brief_history(one, today), note) if part)
    return Line(", ".join(part for part in (one.name, one.title) if part), below)


def _promise(step: StepRow, today: date) -> Line:
    due = say("Due {day}", day=short_day(step.due_on, today)) if step.due_on is not None else ""
    return Line(step.title, " · ".join(part for part in (step.name, due) if part))


def _said(row: FeedbackRow, today: date) -> Line:
    words = say("“{text}”", text=shortened(row.draft.text, _LONGEST))
    return Line(words, feedback_source(row, today))


def _noticed(row: NoticedRow, today: date) -> Line:
    below = (noticed_kind(row.draft.kind), short_day(row.draft.on, today))
    return Line(noticed_words(row.draft), " · ".join(below))


def _made(today: date) -> str:
    return say("Made with Keepwarm on {day}", day=dated(today))


_Column = tuple[str, int, Callable[[ReportLine], str]]
_ON: _Column = ("Day", 16, lambda line: dated(line.on))
_COMPANY: _Column = ("Company", 24, lambda line: line.company)
_COLUMNS: dict[Effort, tuple[_Column, ...]] = {
    Effort.APPLICATION: (
        _ON,
        ("Role", 28, lambda line: line.what),
        _COMPANY,
        ("Source", 14, lambda line: line.source),
        ("Outcome", 18, outcome),
    ),
    Effort.INTERVIEW: (
        _ON,
        ("Role", 24, lambda line: line.what),
        _COMPANY,
        ("With", 18, lambda line: line.who),
        ("Outcome", 18, outcome),
    ),
    Effort.MESSAGE: (_ON, ("How", 16, _how), ("To", 38, lambda line: line.who), _COMPANY),
    Effort.EVENT: (_ON, ("Event", 52, lambda line: line.what), ("Place", 32, lambda line: line.source)),
    Effort.PRACTICE: (_ON, ("Topic", 52, lambda line: line.what), ("With", 32, lambda line: line.who)),
    Effort.STEP: (_ON, ("Step", 52, lambda line: line.what), _COMPANY),
}
_NOTE: _Column = ("Note", 30, lambda line: line.note)
