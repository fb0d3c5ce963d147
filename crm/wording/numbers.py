"""Counted things."""

from crm.wording.speech import count, say


def people_count(number: int) -> str:
    """Return "1 person", "1,284 people"."""
    return count(number, "{n} person", "{n} people")


def holdings(people: int, companies: int, touches: int) -> str:
    """Return "1,284 people, 312 companies, 2,061 touches"."""
    return say(
        "{people}, {companies}, {touches}",
        people=people_count(people),
        companies=count(companies, "{n} company", "{n} companies"),
        touches=count(touches, "{n} touch", "{n} touches"),
    )
