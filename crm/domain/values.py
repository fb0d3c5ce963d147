"""Values of which an import makes hundreds of thousands: as frozen as any to the type checker, quicker to make."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as quick_dataclass
else:
    from dataclasses import dataclass

    def quick_dataclass(*, frozen: bool, slots: bool) -> Any:
        """Take the place of `dataclass(frozen=True, slots=True)` where making the value is what takes the time.

        What Python does to keep a value from being changed makes it four times as slow to make one. mypy, which every
        change passes, keeps it from being changed as well.
        """
        return dataclass(unsafe_hash=frozen, slots=slots)


__all__ = ["quick_dataclass"]
