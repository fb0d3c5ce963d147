"""A line of the history: one thing the user did, which can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm.domain.changes import Op


@dataclass(frozen=True, slots=True)
class Step:
    """One user action. `params` say about whom and what, `at` is when, in UTC; `undone`: taken back, can be done again."""

    id: int
    op: Op
    params: Mapping[str, Any]
    at: datetime
    undone: bool
