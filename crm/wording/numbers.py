"""Counted things."""

from crm.wording.speech import count


def people_count(number: int) -> str:
    """Return "1 person", "1,284 people"."""
    return count(number, "{n} person", "{n} people")
