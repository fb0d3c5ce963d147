"""What every test gets: windows drawn offscreen, an empty home of its own, plain permissions."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

# Before anything imports Qt: it reads these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
# Nobody's real keyring is touched; a test that wants one brings its own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

import pytest
from hypothesis import HealthCheck, settings

from tests import calendar_server

# Speed of the machine is not what the tests are about.
settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("dev"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

SAMPLES = Path(os.environ.get("KEEPWARM_SAMPLES") or Path(__file__).parents[2] / "shared" / "data")
HOME_VARIABLES = {
    "HOME": ".",
    "USERPROFILE": ".",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_RUNTIME_DIR": "run",
    "XDG_STATE_HOME": "state",
}


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home that stands in for the user's, whatever system this is."""
    folder = tmp_path_factory.mktemp("home")
    for variable, name in HOME_VARIABLES.items():
        (folder / name).mkdir(mode=0o700, exist_ok=True)
        monkeypatch.setenv(variable, str(folder / name))
    for variable in [name for name in os.environ if name.startswith("KEEPWARM_")]:
        monkeypatch.delenv(variable)
    return folder


@pytest.fixture(autouse=True)
def plain_umask() -> Iterator[None]:
    """Let new files be readable by all, so that what is private is so because we made it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of sample address books and calendars that other programs wrote."""
    if not SAMPLES.is_dir():
        pytest.skip(f"the sample files are not here: {SAMPLES}")
    return SAMPLES


def pytest_report_header() -> str:
    """Say where the samples come from, since tests that need them skip without."""
    found = "found" if SAMPLES.is_dir() else "not found, tests that read them will be skipped"
    return (
        f"keepwarm: samples {found} at {SAMPLES}; platform {os.environ['QT_QPA_PLATFORM']} on {sys.platform}"
    )


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[calendar_server.Radicale]:
    """Run one real calendar server on this computer for all tests that want one; each makes a calendar of its own."""
    if not calendar_server.is_installed():
        pytest.skip("Radicale is not installed: pip install radicale")
    with calendar_server.radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server
