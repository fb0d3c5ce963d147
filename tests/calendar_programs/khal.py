"""khal: a file imported again and again into a folder of events, as a user does with `--batch`."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import icalendar

from tests.calendar_programs.routes import Route, Where, events, skipped

_CONFIG = """
[calendars]
[[whole]]
path = {home}/whole
[[changes]]
path = {home}/changes
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""


@contextlib.contextmanager
def routes(where: Where) -> Iterator[list[Route]]:
    """Yield the ways into khal."""
    khal = shutil.which("khal", path=where.path)
    if khal is None:
        skipped("khal", "pip install khal")
        yield []
        return
    home = where.home / "khal"
    for name in ("whole", "changes"):
        (home / name).mkdir(parents=True)
    config = home / "khal.conf"
    config.write_text(_CONFIG.format(home=home))

    def route(about: str, name: str, file: Path) -> Route:
        def send() -> None:
            if file.exists():
                asked = [khal, "-c", str(config), "import", "--batch", "-a", name, str(file)]
                subprocess.run(asked, check=True, capture_output=True, timeout=120)

        def held() -> list[icalendar.Event]:
            files = sorted((home / name).glob("*.ics"))
            return [event for one in files for event in events(one.read_bytes())]

        return Route(about, send, held)

    yield [
        route("khal, file again", "whole", where.whole),
        route("khal, only changes", "changes", where.changes),
    ]
