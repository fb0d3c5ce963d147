"""Words for opportunities, rounds and steps: stages, endings, roles, what comes next."""

from datetime import date

from crm.domain.interview import Format, InterviewDraft, InterviewRow
from crm.domain.opportunity import (
    Ending,
    NextStep,
    OpportunityRow,
    Perspective,
    Role,
    SecondChance,
    Stage,
)
from crm.domain.plan import StepRow, StepState
from crm.domain.report import Effort
from crm.wording.days import ago, day, in_sentence, short_day
from crm.wording.speech import count, say

_STAGES = {
    Stage.SAVED: "Saved",
    Stage.APPLIED: "Applied",
    Stage.INTERVIEWING: "Interviewing",
    Stage.OFFER: "Offer",
    Stage.CLOSED: "Closed",
}
_ENDINGS = {
    Ending.NOT_SELECTED: "Not selected",
    Ending.FILLED: "Position filled",
    Ending.NO_REPLY: "No reply",
    Ending.WITHDREW: "I withdrew",
    Ending.ACCEPTED_OTHER: "I accepted another",
    Ending.ACCEPTED: "Accepted",
}
_ROLES = {
    Role.RECRUITER: "Recruiter",
    Role.HIRING_MANAGER: "Hiring manager",
    Role.INTERVIEWER: "Interviewer",
    Role.REFERRER: "Referrer",
}
_FORMATS = {
    Format.PHONE: "Phone",
    Format.VIDEO: "Video",
    Format.ONSITE: "On site",
    Format.TASK: "Exercise",
    Format.OTHER: "Other",
}
_WENT = ("Badly", "Not so well", "All right", "Well", "Very well")
_EFFORTS = {
    Effort.APPLICATION: "Application",
    Effort.INTERVIEW: "Interview",
    Effort.MESSAGE: "Message",
    Effort.EVENT: "Event",
    Effort.PRACTICE: "Practice",
    Effort.STEP: "Step",
}
_SINCE = {
    Stage.SAVED: "Saved {ago}",
    Stage.APPLIED: "Applied {ago}",
    Stage.INTERVIEWING: "Interviewing since {day}",
    Stage.OFFER: "Offer {ago}",
    Stage.CLOSED: "Closed {ago}",
}


def stage(which: Stage) -> str:
    """Return "Interviewing"."""
    return say(_STAGES[which])


def ending(which: Ending) -> str:
    """Return "Not selected"."""
    return say(_ENDINGS[which])


def role(which: Role) -> str:
    """Return "Hiring manager"."""
    return say(_ROLES[which])


def interview_format(which: Format) -> str:
    """Return "On site"."""
    return say(_FORMATS[which])


def effort(which: Effort) -> str:
    """Return "Application"."""
    return say(_EFFORTS[which])


def went(how: int) -> str:
    """Return how a round went, 1 to 5, in words."""
    return say(_WENT[how - 1])


def round_title(held: InterviewRow) -> str:
    """Return "Round 2: case study"."""
    title = say("Round {n}", n=held.number)
    return say("{round}: {name}", round=title, name=held.draft.name) if held.draft.name else title


def interview_when(draft: InterviewDraft, today: date) -> str:
    """Return "Tomorrow, 14:00", where the user is; the day alone while the hour is open."""
    words = day(draft.on, today)
    return (
        say("{day}, {time}", day=words, time=f"{draft.starts_at.astimezone():%H:%M}")
        if draft.starts_at
        else words
    )


def opportunity_since(row: OpportunityRow, today: date) -> str:
    """Return "Applied 8 days ago", "Round 2", "Not selected"."""
    if row.ending is not None:
        return ending(row.ending)
    if row.stage is Stage.INTERVIEWING and row.rounds:
        return count(row.rounds, "{n} round", "{n} rounds")
    return say(_SINCE[row.stage], ago=ago(row.since_on, today), day=short_day(row.since_on, today))


def next_step(step: NextStep | None, today: date) -> tuple[str, str]:
    """Return the words and the tone of what comes next."""
    if step is None:
        return say("No next step"), "warn"
    if step.round:
        return say("Round {n} {day}", n=step.round, day=in_sentence(step.on, today)), "violet"
    late = (today - step.on).days
    tone = "warn" if late >= 0 else "neutral"
    return say("{step} · {day}", step=step.title, day=day(step.on, today)), tone


def step_when(step: StepRow, today: date) -> tuple[str, str]:
    """Return when a step is due or what became of it, and its tone."""
    if step.state is StepState.DONE:
        return _closed("Done {day}", "Done", step, today), "ok"
    if step.state is StepState.SKIPPED:
        return _closed("Skipped {day}", "Skipped", step, today), "text3"
    if step.due_on is None:
        return say("Waits for the step before"), "text3"
    late = (today - step.due_on).days
    if late > 0:
        return count(late, "{n} day late", "{n} days late"), "warn"
    if late == 0:
        return say("Due today"), "warn"
    return say("Due {day}", day=in_sentence(step.due_on, today)), "text2"


def _closed(dated: str, undated: str, step: StepRow, today: date) -> str:
    if step.done_on is None:
        return say(undated)
    return say(dated, day=in_sentence(step.done_on, today))


def second_chance(one: SecondChance, today: date) -> str:
    """Return "From 5 Sep you may apply again. Talk to Ben Okri first."."""
    words = say("From {day} you may apply again.", day=short_day(one.opens_on, today))
    return say("{words} Talk to {who} first.", words=words, who=one.contact[1]) if one.contact else words


def reapply(row: OpportunityRow, today: date) -> str:
    """Return "You may apply again from 5 Sep" where it was a no, else ""."""
    if row.opens_on is None:
        return ""
    if row.opens_on <= today:
        return say("You may apply again")
    return say("You may apply again from {day}", day=short_day(row.opens_on, today))


def perspective(seen: Perspective) -> str:
    """Return what became of all applications, calmly; little where there are few."""
    if not seen.tells:
        some = "{n} applications so far. Numbers say little before the tenth."
        return count(seen.applied, "{n} application so far. Numbers say little before the tenth.", some)
    parts = [count(seen.applied, "{n} application", "{n} applications")]
    parts.append(count(seen.interviewed, "{n} led to an interview", "{n} led to interviews"))
    parts.append(count(seen.offered, "{n} to an offer", "{n} to offers"))
    said = [say("{parts}.", parts=", ".join(parts))]
    if seen.per_interview:
        one, many = "An interview for every application.", "An interview for every {n} applications."
        said.append(count(seen.per_interview, one, many))
    if seen.per_offer:
        one, many = (
            "An offer for every role interviewed for.",
            "An offer for every {n} roles interviewed for.",
        )
        said.append(count(seen.per_offer, one, many))
    return " ".join(said)


def first_check_in(one: SecondChance) -> str:
    """Return the title of the step towards a second chance: "Check in with Ben Okri at Orbital"."""
    who = one.contact[1] if one.contact else ""
    return say("Check in with {who} before you apply at {company} again", who=who, company=one.row.company)
