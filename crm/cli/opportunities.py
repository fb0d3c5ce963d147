"""`keepwarm opportunity` and `keepwarm interview`."""

from datetime import date, datetime, time
from typing import Any

from crm import wording
from crm.app import attachments as app_files
from crm.app import interviews, lessons, people, plans
from crm.app import opportunities as app
from crm.app.books import Book
from crm.cli import attachments
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, table
from crm.domain.interview import Format, InterviewDraft, InterviewRow
from crm.domain.opportunity import (
    Ending,
    OpportunityCard,
    OpportunityDraft,
    OpportunityFilter,
    OpportunityRow,
    RolePerson,
    Stage,
)


def opportunity(book: Book, command: Command) -> Answer:
    """Add, move, close, list or show opportunities."""
    return _VERBS[command.options.verb](book, command)


def interview(book: Book, command: Command) -> Answer:
    """Add a round to an opportunity."""
    options = command.options
    which = app.resolve(book, options.opportunity)
    who = tuple(people.resolve(book, name) for name in options.people)
    starts_at = _instant(options.on, options.at or options.clock)
    draft = InterviewDraft(
        options.on, starts_at, options.minutes, Format(options.format), options.name, who, options.note
    )
    made = interviews.add(book, which, draft, today=command.today)
    row = interviews.row(book, made)
    document = {
        "id": made,
        "opportunity": which,
        "round": row.number,
        "on": row.draft.on,
        "starts_at": starts_at,
    }
    names = ", ".join(name for _, name in row.people)
    said = f"{row.title}. {_round(row, command.today)}"
    lines = [plain_line(f"{said}, {names}." if names else f"{said}.")]
    if starts_at is None:
        lines.append("Its hour is open. With --at 14:30 its thank-you note and calendar entry fall right.")
    return Answer(document, tuple(lines))


def _add(book: Book, command: Command) -> Answer:
    options = command.options
    roles = tuple(RolePerson(people.resolve(book, who), role) for who, role in options.people)
    draft = OpportunityDraft(
        options.title,
        options.company,
        link=options.link,
        source=options.source,
        salary=options.salary,
        deadline_on=options.deadline,
        notes=options.note,
        people=roles,
    )
    made = app.add(book, draft, today=command.today, stage=Stage(options.stage), on=options.on)
    return _told(book, made, command)


def _move(book: Book, command: Command) -> Answer:
    which = app.resolve(book, command.options.opportunity)
    moved = app.move(book, which, Stage(command.options.stage), today=command.today, on=command.options.on)
    withdrawn = wording.count(moved.withdrawn, "{n} step withdrawn.", "{n} steps withdrawn.")
    return _told(book, which, command, withdrawn if moved.withdrawn else "")


def _close(book: Book, command: Command) -> Answer:
    options = command.options
    which = app.resolve(book, options.opportunity)
    ending = Ending(options.ending.replace("-", "_"))
    row = app.card(book, which, today=command.today).row
    if row.ending is ending:
        said = f"{row.title} is closed already: {wording.ending(ending)}."
        return Answer(_row(row), (plain_line(said),))
    moved = app.move(book, which, Stage.CLOSED, today=command.today, ending=ending, on=options.on)
    hint = (
        f"“keepwarm plan start after_no {which}” plans what keeps the door open." if moved.offers_plan else ""
    )
    return _told(book, which, command, hint)


def _again(book: Book, command: Command) -> Answer:
    which = app.resolve(book, command.options.opportunity)
    app.set_reapply(book, which, command.options.on, today=command.today)
    row = app.card(book, which, today=command.today).row
    return Answer(_row(row), (plain_line(f"{row.title}: {wording.reapply(row, command.today)}."),))


def _list(book: Book, command: Command) -> Answer:
    options = command.options
    wanted = OpportunityFilter(words=" ".join(options.words), idle=options.idle)
    every = app.board(book, today=command.today)
    rows = [row for row in every if wanted.keeps(row) and (options.all or row.stage is not Stage.CLOSED)]
    rows.sort(key=lambda row: (tuple(Stage).index(row.stage), row.since_on, row.id))
    document = [_row(row) for row in rows]
    if every and not rows:
        return Answer(document, ("Nothing fits. --all lists closed ones too.",))
    if not rows:
        return Answer(document, ("No opportunities yet. “keepwarm opportunity add TITLE COMPANY” adds one.",))
    cells = [
        (
            str(row.id),
            wording.ending(row.ending) if row.ending else wording.stage(row.stage),
            row.title,
            row.company,
            wording.next_step(row.next, command.today)[0],
        )
        for row in rows
    ]
    return Answer(document, table(("ID", "STAGE", "TITLE", "COMPANY", "NEXT"), cells))


def _show(book: Book, command: Command) -> Answer:
    card = app.card(book, app.resolve(book, command.options.opportunity), today=command.today)
    rounds = interviews.of_opportunity(book, card.row.id)
    files = app_files.of_opportunity(book, card.row.id)
    told = lessons.feedback(book, card.row.id)
    document = _card(card) | {
        "feedback": [
            {"id": one.id, "on": one.draft.on, "person": one.name, "text": one.draft.text} for one in told
        ],
        "files": [{"id": one.id, "kind": one.kind, "name": one.name} for one in files],
        "rounds": [
            {
                "id": one.id,
                "round": one.number,
                "name": one.draft.name,
                "on": one.draft.on,
                "starts_at": one.draft.starts_at,
                "format": one.draft.format,
                "people": [name for _, name in one.people],
                "went": one.draft.went,
            }
            for one in rounds
        ],
    }
    lines = list(table((card.row.title, card.row.company, f"#{card.row.id}"), []))
    lines += [
        f"{wording.short_day(one.on, command.today)}  {wording.ending(one.ending) if one.ending else wording.stage(one.stage)}"
        for one in card.moves
    ]
    lines += [plain_line(f"{wording.role(one.role)}: {one.name}") for one in card.draft.people]
    lines += [
        plain_line(", ".join((_round(one, command.today), *(name for _, name in one.people))))
        for one in rounds
    ]
    lines += [
        plain_line(
            wording.say("Feedback from {who}: {text}", who=one.name or one.company, text=one.draft.text)
        )
        for one in told
    ]
    lines += [plain_line(f"{wording.attachment_kind(one.kind)}: {one.name}") for one in files]
    if card.row.opens_on is not None:
        lines.append(plain_line(wording.reapply(card.row, command.today)))
    lines.append(plain_line(wording.next_step(card.row.next, command.today)[0]))
    return Answer(document, tuple(lines))


def _radar(book: Book, command: Command) -> Answer:
    found = app.second_chances(book, today=command.today)
    document = [
        _row(one.row) | {"opens_on": one.opens_on, "contact": one.contact[1] if one.contact else None}
        for one in found
    ]
    if not found:
        return Answer(document, ("Nothing opens within the next month.",))
    lines = [f"{one.row.company}: {wording.second_chance(one, command.today)}" for one in found]
    return Answer(document, tuple(map(plain_line, lines)))


def _check_in(book: Book, command: Command) -> Answer:
    """Plan to talk to whoever comes first where one may apply again."""
    which = app.resolve(book, command.options.opportunity)
    chances = app.second_chances(book, today=command.today)
    chance = next((one for one in chances if one.row.id == which), None)
    if chance is None:
        return Answer(
            None,
            ("Nothing opens there within the next month; “opportunity radar” lists what does.",),
            good=False,
        )
    step = plans.check_in_first(book, chance, wording.first_check_in(chance), today=command.today)
    row = plans.row(book, step)
    words = wording.say("{step}: {when}.", step=row.title, when=wording.step_when(row, command.today)[0])
    return Answer({"step": row.id, "title": row.title, "due_on": row.due_on}, (plain_line(words),))


def _perspective(book: Book, _command: Command) -> Answer:
    seen = app.perspective(book)
    document = {
        "applied": seen.applied,
        "interviewed": seen.interviewed,
        "offered": seen.offered,
        "applications_per_interview": seen.per_interview,
        "interviewed_per_offer": seen.per_offer,
    }
    return Answer(document, (wording.perspective(seen),))


def _told(book: Book, which: int, command: Command, more: str = "") -> Answer:
    done = book.next_step(undone=False)
    row = next(row for row in app.board(book, today=command.today) if row.id == which)
    said = wording.done(done.op, done.params, command.today) if done else ""
    return Answer(_row(row), tuple(plain_line(line) for line in (said, more) if line))


def _row(row: OpportunityRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "company": row.company,
        "stage": row.stage,
        "ending": row.ending,
        "since_on": row.since_on,
        "applied_on": row.applied_on,
        "deadline_on": row.deadline_on,
        "source": row.source,
        "salary": row.salary,
        "referrer": row.referrer,
        "may_apply_again_on": row.opens_on,
        "rounds": row.rounds,
        "next": None
        if row.next is None
        else {"title": row.next.title, "on": row.next.on, "round": row.next.round},
    }


def _card(card: OpportunityCard) -> dict[str, Any]:
    return _row(card.row) | {
        "link": card.draft.link,
        "description": card.draft.description,
        "notes": card.draft.notes,
        "people": [{"id": one.person, "name": one.name, "role": one.role} for one in card.draft.people],
        "history": [{"stage": one.stage, "ending": one.ending, "on": one.on} for one in card.moves],
    }


def _round(held: InterviewRow, today: date) -> str:
    """Return "Round 2: case study (#7), tomorrow, 14:00"; the number is what `plan start after_interview` takes."""
    return f"{wording.round_title(held)} (#{held.id}), {wording.interview_when(held.draft, today)}"


def _instant(on: date, at: time | None) -> datetime | None:
    """Return the hour on that day where this computer is."""
    return None if at is None else datetime.combine(on, at).astimezone()


_VERBS = {
    "add": _add,
    "move": _move,
    "close": _close,
    "list": _list,
    "show": _show,
    "attach": attachments.attach,
    "files": attachments.files,
    "rename-file": attachments.rename,
    "save-file": attachments.save,
    "detach": attachments.detach,
    "again": _again,
    "radar": _radar,
    "perspective": _perspective,
    "check-in": _check_in,
}
