"""Intervals and rules for how often, between their columns and their values."""

from typing import Any, Protocol

from crm.domain.cadence import Cadence, CadenceSource, Interval, Unit


class _HasEvery(Protocol):
    """A row with a rule of its own."""

    @property
    def every_count(self) -> Any: ...
    @property
    def every_unit(self) -> Any: ...


def interval(count: int | None, unit: str | None) -> Interval | None:
    """Return the interval of two columns, None when they are empty."""
    return None if count is None or unit is None else Interval(count, Unit(unit))


def every_of(row: _HasEvery) -> Interval | None:
    """Return a row's own rule."""
    return interval(row.every_count, row.every_unit)


def columns(every: Interval | None) -> dict[str, Any]:
    """Return the two columns of a rule."""
    if every is None:
        return {"every_count": None, "every_unit": None}
    return {"every_count": every.count, "every_unit": every.unit.value}


def cadence(count: int | None, unit: str | None, source: str, name: str) -> Cadence:
    """Return the rule that won, from a person's derived columns."""
    return Cadence(interval(count, unit), CadenceSource(source), name)
