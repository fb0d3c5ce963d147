"""Words for plans before they start: a line of a plan stands for one step a person, or one a day."""

from collections.abc import Sequence
from datetime import date

from crm.domain.plan import Facts, PlannedStep, titled
from crm.wording.days import short_day
from crm.wording.speech import say


def group_title(facts: Facts, steps: Sequence[PlannedStep]) -> str:
    """Return "Send Ana Lima and Rui Costa a thank-you note"."""
    names = list(dict.fromkeys(step.name for step in steps if step.name))
    who = (
        say("{some} and {last}", some=", ".join(names[:-1]), last=names[-1]) if names[1:] else "".join(names)
    )
    return titled(steps[0].template, facts, who)


def group_days(steps: Sequence[PlannedStep], today: date) -> str:
    """Return "6 Nov, 20 Nov, 4 Dec", or that it waits."""
    days = list(dict.fromkeys(short_day(step.on, today) for step in steps if step.on))
    return ", ".join(days) or say("after the step before")
