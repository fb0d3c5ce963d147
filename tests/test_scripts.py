"""What is run by hand under tests/ still finds what it imports: pictures, benchmarks, simulations, checks."""

import importlib
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SCRIPTS = sorted(
    ".".join(("tests", *path.relative_to(TESTS).with_suffix("").parts))
    for pattern in ("gallery/*.py", "benchmarks/*.py", "simulations/*.py", "check_*.py")
    for path in TESTS.glob(pattern)
    if path.stem != "__init__"
)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_can_be_imported(name: str) -> None:
    importlib.import_module(name)
