"""`keepwarm lessons`, `keepwarm feedback`, `keepwarm practice` and `keepwarm brief`."""

from datetime import date
from typing import Any

from crm import wording
from crm.app import interviews, opportunities, people
from crm.app import lessons as app
from crm.app.books import Book
from crm.cli import watch
from crm.cli.arguments import Command
from crm.cli.output import Answer, Paper, plain_line, table
from crm.domain.interview import InterviewId
from crm.domain.lesson import (
    Brief,
    FeedbackDraft,
    FeedbackRow,
    LessonDraft,
    LessonId,
    LessonKind,
    LessonRow,
    PracticeDraft,
    themes,
)
from crm.domain.sheet import Sheet


def lessons(book: Book, command: Command) -> Answer:
    """List, add or answer lessons."""
    return _VERBS[command.options.verb](book, command)


def feedback(book: Book, command: Command) -> Answer:
    """Record what somebody said, with the lessons it taught."""
    options = command.options
    which = opportunities.resolve(book, options.opportunity)
    who = people.resolve(book, options.person) if options.person else None
    learned = tuple(LessonDraft(text, tags=tuple(options.tag or ())) for text in options.lesson or ())
    said = FeedbackDraft(options.text, options.on or command.today, which, who)
    app.record_feedback(book, said, learned, today=command.today)
    row = app.feedback(book, which)[0]
    words = wording.say("Recorded the feedback from {who}.", who=row.name or row.company)
    return Answer(_feedback(row) | {"lessons": [one.text for one in learned]}, (plain_line(words),))


def practice(book: Book, command: Command) -> Answer:
    """Note a practice, or list the log without a topic."""
    options = command.options
    if options.topic:
        who = people.resolve(book, options.person) if options.person else None
        on = options.on or command.today
        app.practise(
            book, PracticeDraft(options.topic, on, who, options.went, options.note), today=command.today
        )
    rows = app.practice_log(book)
    document = [
        {"id": one.id, "topic": one.draft.topic, "on": one.draft.on, "with": one.name, "went": one.draft.went}
        for one in rows
    ]
    if not rows:
        return Answer(document, ("Nothing practised yet. “keepwarm practice TOPIC” notes one.",))
    cells = [
        (wording.short_day(one.draft.on, command.today), one.draft.topic, one.name, _went(one.draft.went))
        for one in rows
    ]
    return Answer(document, table(("DAY", "TOPIC", "WITH", "WENT"), cells))


def brief(book: Book, command: Command) -> Answer:
    """Show what to look at before a round, the next one or the next of an opportunity; or write it as a page."""
    options = command.options
    which = _round(book, command)
    if which is None:
        return Answer(None, (_no_round(book, command),), good=False)
    found = app.brief(book, which, today=command.today)
    if options.pdf is None:
        return Answer(_document(found), _lines(wording.brief_sheet(found, command.today, notes=True)))
    sheet = wording.brief_sheet(found, command.today, notes=options.notes)
    words = wording.say("Wrote the brief to {path}.", path=options.pdf)
    return Answer(_document(found), (plain_line(words),), paper=Paper(sheet, options.pdf, options.force))


def _list(book: Book, command: Command) -> Answer:
    rows = app.every(book)
    document = [_lesson(row) for row in rows]
    if not rows:
        return Answer(document, ("No lessons yet. “keepwarm lessons add TEXT” keeps one.",))
    lines: list[str] = []
    for theme in themes(rows):
        lines.append(plain_line(wording.theme_seen(theme)))
        lines += [plain_line(f"  {row.id}  {wording.lesson(row, command.today)}") for row in theme.lessons]
    return Answer(document, tuple(lines))


def _add(book: Book, command: Command) -> Answer:
    options = command.options
    about = opportunities.resolve(book, options.opportunity) if options.opportunity else None
    kind = LessonKind.REPEAT if options.repeat else LessonKind.CHANGE
    draft = LessonDraft(options.text, kind, tuple(options.tag or ()), about)
    return _told(book, app.add(book, draft, today=command.today), command.today)


def _used(book: Book, command: Command) -> Answer:
    which = LessonId(command.options.lesson)
    app.answer(book, which, helped=True, today=command.today)
    return _told(book, which, command.today)


def _pass(book: Book, command: Command) -> Answer:
    which = LessonId(command.options.lesson)
    app.answer(book, which, helped=False, today=command.today)
    return _told(book, which, command.today)


def _told(book: Book, which: LessonId, today: date) -> Answer:
    row = app.row(book, which)
    return Answer(_lesson(row), (plain_line(wording.lesson(row, today)),))


def _round(book: Book, command: Command) -> InterviewId | None:
    which = command.options.opportunity
    if not which:
        ahead = interviews.upcoming(book, today=command.today)
    else:
        rounds = interviews.of_opportunity(book, opportunities.resolve(book, which))
        ahead = tuple(one for one in rounds if one.draft.on >= command.today) or rounds[-1:]
    return ahead[0].id if ahead else None


def _no_round(book: Book, command: Command) -> str:
    """Return what to do where no round is known to prepare for."""
    which = command.options.opportunity
    if which:
        title = opportunities.draft(book, opportunities.resolve(book, which)).title
        words = "“{title}” has no interview yet. “keepwarm interview add {id} DATE” adds one."
        return plain_line(wording.say(words, title=title, id=opportunities.resolve(book, which)))
    if opportunities.board(book, today=command.today):
        return "No interview lies ahead. “keepwarm interview add ID|TITLE DATE” adds one; “keepwarm opportunity list” has the ids."
    return "No interview lies ahead. “keepwarm opportunity add TITLE COMPANY” begins: add the role, then its interview."


def _lines(sheet: Sheet) -> tuple[str, ...]:
    lines = [plain_line(f"{sheet.title}: {sheet.lead}")]
    for section in sheet.sections:
        lines += [section.title] if section.title else []
        said = (f"{line.text} ({line.below})" if line.below else line.text for line in section.lines)
        lines += [f"  {plain_line(words)}" for words in said]
    return tuple(lines)


def _document(found: Brief) -> dict[str, Any]:
    return {
        "interview": found.held.id,
        "on": found.held.draft.on,
        "company": found.held.company,
        "role": found.held.title,
        "preparation": found.held.draft.preparation,
        "people": [
            {
                "id": one.person,
                "name": one.name,
                "title": one.title,
                "touches": one.touches,
                "last_touch_on": one.last_touch_on,
                "last_note": one.last_note,
            }
            for one in found.people
        ],
        "promises": [{"id": one.id, "title": one.title, "due_on": one.due_on} for one in found.promises],
        "feedback": [_feedback(one) for one in found.feedback],
        "lessons": [_lesson(one) for one in found.lessons],
        "noticed": [watch.document(one) for one in found.noticed],
    }


def _lesson(row: LessonRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "text": row.draft.text,
        "kind": row.draft.kind,
        "tags": row.draft.tags,
        "company": row.company,
        "role": row.role,
        "given_by": row.given_by,
        "learned_on": row.learned_on,
        "helped": row.helped,
        "rests": row.rests,
    }


def _feedback(row: FeedbackRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "text": row.draft.text,
        "on": row.draft.on,
        "by": row.name,
        "company": row.company,
        "role": row.role,
    }


def _went(how: int | None) -> str:
    return wording.went(how) if how is not None else ""


_VERBS = {None: _list, "list": _list, "add": _add, "used": _used, "pass": _pass}
