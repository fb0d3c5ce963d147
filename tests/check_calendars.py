"""Show what calendar programs' own libraries say about our files: `python -m tests.check_calendars [FOLDER]`.

icalendar is always asked; libical (Evolution, KOrganizer, GNOME) where it is installed; ical.js (Thunderbird, Nextcloud)
from `node_modules` in FOLDER, else fetched by npm into a temporary folder. Ends with 1 when any of them objects.
"""

import ctypes
import ctypes.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import icalendar

from crm.domain.calendar import CalendarEntry
from crm.formats.ical import render

Said = tuple[int, list[str]]  # events found, objections
Entries = tuple[CalendarEntry, ...]
Asked = Callable[[bytes, Entries], Said | None]  # None: not installed

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


def arriving(text: str) -> str:
    """Return what must arrive of a text: its lines, without what no file may hold."""
    kept = (
        c for c in text if c in "\t\n\r" or not (ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) < 0xE000)
    )
    return "\n".join("".join(kept).replace("\t", " ").splitlines()).strip()


def texts_differing(said: dict[str, str], entries: Entries) -> list[str]:
    """Return an objection for each event whose description didn't arrive as it was given."""
    return [
        f"{entry.uid}: {said.get(entry.uid, '')!r}"
        for entry in entries
        if said.get(entry.uid, "") != arriving(entry.description)
    ]


def icalendar_says(data: bytes, _entries: Entries) -> Said:
    """Ask the library of the tests. It misreads an escaped backslash before an "n": texts are the others' to judge."""
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return len(events), [f"{event['UID']}: {error}" for event in events for error in event.errors]


@cache
def libical() -> ctypes.CDLL | None:
    """Load libical, None where it isn't installed."""
    for name in ("libical.so.3", "libical.so.4", ctypes.util.find_library("ical"), "libical.3.dylib"):
        try:
            library = ctypes.CDLL(name) if name else None
        except OSError:
            continue
        if library is not None:
            for function in (library.icalparser_parse_string, library.icalcomponent_get_first_component):
                function.restype = ctypes.c_void_p
            library.icalcomponent_get_next_component.restype = ctypes.c_void_p
            for function in (
                library.icalcomponent_as_ical_string,
                library.icalcomponent_get_uid,
                library.icalcomponent_get_description,
            ):
                function.restype = ctypes.c_char_p
            return library
    return None


def libical_says(data: bytes, entries: Entries) -> Said | None:
    """Ask libical: its parser, then its check of what RFC 5545 and 5546 allow where."""
    library = libical()
    if library is None:
        return None
    root = ctypes.c_void_p(library.icalparser_parse_string(data))
    if not root:
        return 0, ["can't be parsed"]
    library.icalrestriction_check(root)
    wrong = library.icalcomponent_count_errors(root)
    text = library.icalcomponent_as_ical_string(root).decode().replace("\r\n ", "")
    objections = [line for line in text.splitlines() if line.startswith("X-LIC-ERROR")]
    texts = {}
    event = library.icalcomponent_get_first_component(root, _VEVENT)
    while event:
        each = ctypes.c_void_p(event)
        uid, said = library.icalcomponent_get_uid(each), library.icalcomponent_get_description(each)
        texts[uid.decode()] = (said or b"").decode()
        event = library.icalcomponent_get_next_component(root, _VEVENT)
    library.icalcomponent_free(root)
    return len(texts), (objections or [f"{wrong} errors"] * bool(wrong)) + texts_differing(texts, entries)


_VEVENT = 4  # ICAL_VEVENT_COMPONENT
_SCRIPT = """
import ICAL from "ical.js";
const text = await new Promise(done => {
  let all = ""; process.stdin.setEncoding("utf8").on("data", part => all += part).on("end", () => done(all));
});
const wrong = [], texts = {}, events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
for (const each of events) {
  const event = new ICAL.Event(each), alarms = each.getAllSubcomponents("valarm");
  const cancelled = each.getFirstPropertyValue("status") === "CANCELLED";
  if (event.endDate.subtractDate(event.startDate).toSeconds() !== 900) wrong.push(event.uid + ": not 15 minutes");
  if (event.startDate.zone.tzid !== "UTC") wrong.push(event.uid + ": not UTC");
  if (!event.summary.startsWith("Check in:")) wrong.push(event.uid + ": " + event.summary);
  if (alarms.length !== (cancelled ? 0 : 3)) wrong.push(event.uid + ": alarms " + alarms.length);
  texts[event.uid] = event.description ?? "";
  if (!each.getFirstPropertyValue("url").includes("a=1,2;b=3")) wrong.push(event.uid + ": url");
}
console.log(JSON.stringify([wrong, texts]));
"""


def ical_js_in(folder: Path) -> Asked:
    """Return how to ask the ical.js whose `node_modules` stands in `folder`."""

    def says(data: bytes, entries: Entries) -> Said | None:
        node = shutil.which("node")
        if node is None or not (folder / "node_modules" / "ical.js").is_dir():
            return None
        asked = [node, "--input-type=module", "--eval", _SCRIPT]
        answer = subprocess.run(asked, input=data, capture_output=True, cwd=folder, timeout=60, check=False)
        if answer.returncode:
            return 0, [answer.stderr.decode(errors="replace").strip()[-300:]]
        wrong, texts = json.loads(answer.stdout)
        return len(texts), wrong + texts_differing(texts, entries)

    return says


def fetch_ical_js(folder: Path) -> None:
    """Have npm put ical.js into `folder`; without npm or a network, nothing happens."""
    npm = shutil.which("npm")
    if npm is not None:
        asked = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "ical.js@2"]
        subprocess.run(asked, capture_output=True, timeout=120, check=False)


def main(folder: Path | None = None) -> int:
    """Print a line for each file and library; return how many object."""
    files: dict[str, Entries] = {"normal": NORMAL, "hostile": HOSTILE, "empty": ()}
    objecting = 0
    with tempfile.TemporaryDirectory() as temporary:
        if folder is None:
            folder = Path(temporary)
            fetch_ical_js(folder)
        libraries: dict[str, Asked] = {
            "icalendar": icalendar_says,
            "libical": libical_says,
            "ical.js": ical_js_in(folder),
        }
        for name, entries in files.items():
            data = render(entries, version="1.0")
            for library, says in libraries.items():
                said = says(data, entries)
                fine = said is None or said == (len(entries), [])
                objecting += not fine
                words = (
                    "skipped: not installed" if said is None else "fine" if fine else f"objects: {said[1]}"
                )
                found = "-" if said is None else said[0]
                sys.stdout.write(f"{name:<8} {library:<10} {found!s:>3} of {len(entries)} events  {words}\n")
    return objecting


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1]) if sys.argv[1:] else None) else 0)
