"""How programs read an interval: the form that `keepwarm every` takes back."""

from crm.domain.cadence import Interval


def interval_text(every: Interval | None) -> str | None:
    """Return "6 weeks", "1 month", or None."""
    if every is None:
        return None
    return f"{every.count} {every.unit.value}{'' if every.count == 1 else 's'}"
