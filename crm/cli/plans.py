"""`keepwarm plan VERB`: what a plan comes to, starting it, and its steps."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crm import wording
from crm.app import interviews, opportunities, people
from crm.app import plans as app
from crm.app.books import Book
from crm.app.resolving import typed_ids
from crm.cli import planning
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, table
from crm.domain.interview import InterviewId
from crm.domain.plan import StepId, StepRow, StepState, Subject, grouped
from crm.errors import Invalid, NotFound

_AHEAD_DAYS = 30
_MOST = 500


def plan(book: Book, command: Command) -> Answer:
    """Show what is planned, start a plan, do a step or let it go; without a verb, suggest whom to keep warm."""
    if command.options.verb is None:
        return planning.plan(book, command)
    return _VERBS[command.options.verb](book, command)


def _show(book: Book, command: Command) -> Answer:
    which = command.options.opportunity
    if which:
        steps = app.of_opportunity(book, opportunities.resolve(book, which))
    else:
        steps = app.due(book, today=command.today, days=_AHEAD_DAYS, limit=_MOST)
    return _listed(steps, command.today)


def _start(book: Book, command: Command) -> Answer:
    options = command.options
    name = options.plan.replace("-", "_")
    known = app.names()
    swapped = name not in known and options.subject.replace("-", "_") in known
    if swapped or (
        not options.subject and (name not in known or app.playbook(name).subject is not Subject.JOB)
    ):
        raise Invalid("plan", ", ".join(known), "order")
    plan = app.preview(book, name, _subject(book, name, command), today=command.today, on=options.on)
    document: dict[str, Any] = {
        "plan": plan.playbook.id,
        "from": plan.facts.on,
        "known": plan.known,
        "steps": [{"key": step.key, "title": step.title, "due_on": step.on} for step in plan.steps],
    }
    cells = [
        (wording.group_days(steps, command.today), wording.group_title(plan.facts, steps))
        for steps in grouped(plan.steps)
    ]
    lines = table(("DAY", "STEP"), cells) if cells else ()
    if options.dry_run:
        return Answer(document, lines)
    number = app.start(book, plan, plan.steps, today=command.today)
    said = wording.count(number, "{n} step planned.", "{n} steps planned.")
    return Answer(document | {"added": number}, (*lines, said))


def _done(book: Book, command: Command) -> Answer:
    app.done(book, StepId(command.options.step), today=command.today)
    return _one(book, command)


def _skip(book: Book, command: Command) -> Answer:
    app.skip(book, StepId(command.options.step), today=command.today)
    return _one(book, command)


def _one(book: Book, command: Command) -> Answer:
    row = app.row(book, StepId(command.options.step))
    return Answer(
        step_document(row), (plain_line(f"{row.title}: {wording.step_when(row, command.today)[0]}."),)
    )


def _listed(steps: tuple[StepRow, ...], today: date) -> Answer:
    document = [step_document(step) for step in steps]
    if not steps:
        return Answer(document, ("No steps planned. “keepwarm plan start PLAN OPPORTUNITY” starts a plan.",))
    return Answer(document, step_lines(steps, today))


def step_lines(steps: Iterable[StepRow], today: date) -> tuple[str, ...]:
    """Return steps as a table; their numbers are those that `plan done` takes."""
    cells = [(str(step.id), wording.step_when(step, today)[0], step.title, step.company) for step in steps]
    return table(("ID", "WHEN", "STEP", "COMPANY"), cells)


def step_document(step: StepRow) -> dict[str, Any]:
    """Return a step as programs read it."""
    return {
        "id": step.id,
        "title": step.title,
        "state": step.state,
        "due_on": step.due_on,
        "waits": step.state is StepState.OPEN and step.due_on is None,
        "done_on": step.done_on,
        "plan": step.plan,
        "opportunity": step.opportunity,
        "person": step.person,
        "name": step.name,
    }


def _subject(book: Book, plan: str, command: Command) -> int:
    """Return the id of what a plan is about."""
    kind, text = app.playbook(plan).subject, command.options.subject
    if kind is Subject.OPPORTUNITY:
        return opportunities.resolve(book, text)
    if kind is Subject.PERSON:
        return people.resolve(book, text)
    if kind is Subject.INTERVIEW:
        return _round(book, text, command.today)
    return 0


def _round(book: Book, text: str, today: date) -> InterviewId:
    """Return the round of that number, or the last one held (else the last) of the opportunity a title means."""
    if text.removeprefix("#").isdecimal():
        try:
            return interviews.row(book, InterviewId(next(iter(typed_ids(text)), 0))).id
        except NotFound:
            every = (*interviews.upcoming(book, today=today), *interviews.past(book, today=today))
            known = tuple(f"{one.id} ({one.title}, {wording.round_title(one)})" for one in every)
            raise NotFound("interview", text, known) from None
    rounds = interviews.of_opportunity(book, opportunities.resolve(book, text))
    if not rounds:
        raise NotFound("interview", text)
    held = [one for one in rounds if one.draft.on <= today]
    return (held or rounds)[-1].id


_VERBS = {"show": _show, "start": _start, "done": _done, "skip": _skip}
