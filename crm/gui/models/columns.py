"""Columns of a table view: `Column("Company", lambda row: row.company, width=180)`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import Qt


class Align(Enum):
    """Where a cell's words stand."""

    START = Qt.AlignmentFlag.AlignLeft
    END = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` gives a row's words; `sort_key` is told when its header is clicked, "" can't be sorted."""

    title: str
    value: Callable[[Any], str]
    width: int = 140
    align: Align = Align.START
    sort_key: str = ""
