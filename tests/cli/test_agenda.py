"""What stands on the days ahead, on the command line."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


def test_the_agenda_lists_days_and_what_stands_on_them(keepwarm: Keepwarm, cards: Path) -> None:
    keepwarm("import", str(cards))
    assert "Nothing stands" in keepwarm("agenda").out
    keepwarm("every", "Ada Lovelace", "2 weeks")
    (row,) = keepwarm("agenda", "--json").document
    assert (row["kind"], row["title"], row["overdue"]) == ("check_in", "Check in: Ada Lovelace", False)
    assert "Check in: Ada Lovelace" in keepwarm("agenda", "--days", "60").out
    assert keepwarm("agenda", "--from", "9999-12-30").code == 0
    assert keepwarm("agenda", "--from", "in 3 months", "--days", "1", "--json").document == []


def test_days_beyond_reason_are_wrong_use(keepwarm: Keepwarm) -> None:
    for days in ("0", "-1", "3651", "many"):
        assert keepwarm("agenda", "--days", days).code == 2
