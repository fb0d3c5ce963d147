"""Show what calendar programs' own libraries say about our files: `python -m tests.check_calendars [--install] [FOLDER]`.

icalendar is always asked; libical (Evolution, KOrganizer, GNOME) where it is installed; ical.js (Thunderbird, Nextcloud),
node-ical and ical (Home Assistant) from the `node_modules` and the environment in FOLDER. Nothing is installed unless
`--install` says so; what isn't there is skipped and said so. Ends with 1 when any of them objects.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crm.domain.calendar import CalendarEntry
from crm.formats.ical import render
from tests.calendar_programs.libraries import Entries, install, libraries

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
_STRANGE = (
    "",
    "Zoë 日本語 😀 " * 20,
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\n",
    "one\ntwo\rthree\u2028four\x85five\vsix\x00\x07\x1b\ud800",
    "C:\\New\\notes \\N \\\\n",
    'back\\slash; comma, "quotes" \\n ^n ^\' : END:VCALENDAR',
    "\t \n\n \t",
    "\u202eright to left\u202c \u200b\ufeff",
    "x" * 5000,
)


def _entry(number: int, text: str) -> CalendarEntry:
    start = START + timedelta(days=number)
    return CalendarEntry(
        uid=f"0c0ffee0-0000-4000-8000-{number:012}@keepwarm",
        summary=f"Check in: {text}",
        starts_at=start,
        changed_at=START - timedelta(hours=number),
        created_at=START - timedelta(days=40),
        description=text,
        url=f"https://example.org/?a=1,2;b=3&c={number}",
        categories=("Check-ins", text),
        alarms=(0, 10, 1440),
        sequence=number,
        private=number % 2 == 1,
        cancelled=number % 5 == 4,
    )


NORMAL: Entries = tuple(
    _entry(n, name) for n, name in enumerate(("Ada Lovelace", "Tomás Ferreira", "山田太郎"))
)
HOSTILE: Entries = tuple(_entry(n, text) for n, text in enumerate(_STRANGE))


def main(folder: Path) -> int:
    """Print a line for each file and library; return how many object."""
    files: dict[str, Entries] = {"normal": NORMAL, "hostile": HOSTILE, "empty": ()}
    objecting = 0
    for name, entries in files.items():
        data = render(entries, version="1.0")
        for library, (says, how) in libraries(folder).items():
            said = says(data, entries)
            fine = said is None or said == (len(entries), [])
            objecting += not fine
            words = (
                f"skipped: not installed ({how})"
                if said is None
                else "fine"
                if fine
                else f"objects: {said[1]}"
            )
            found = "-" if said is None else said[0]
            sys.stdout.write(f"{name:<8} {library:<10} {found!s:>3} of {len(entries)} events  {words}\n")
    return objecting


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument != "--install"]
    if "--install" in sys.argv:
        if not given:
            sys.exit("--install needs a FOLDER to install into")
        install(Path(given[0]))
    sys.exit(1 if main(Path(*given[:1]).absolute()) else 0)
