"""Libraries that calendar programs read files with, asked what they read; what isn't installed answers None."""

import ctypes
import ctypes.util
import json
import shutil
import subprocess
import venv
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import icalendar

from crm.domain.calendar import CalendarEntry
from tests import npm

Said = tuple[int, list[str]]  # events found, objections
Entries = tuple[CalendarEntry, ...]
Asked = Callable[[bytes, Entries], Said | None]  # None: not installed

_NODE_PACKAGES = ("ical.js@2", "node-ical")
_PYTHON_PACKAGES = ("ical", "khal")
_VEVENT = 4  # ICAL_VEVENT_COMPONENT
_READ = """
const text = await new Promise(done => {
  let all = ""; process.stdin.setEncoding("utf8").on("data", part => all += part).on("end", () => done(all));
});
"""
_ICAL_JS = f"""
import ICAL from "ical.js";
{_READ}
console.log(JSON.stringify(new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map(each => {{
  const event = new ICAL.Event(each);
  return {{
    uid: event.uid, text: event.description ?? "", sequence: event.sequence,
    minutes: event.endDate.subtractDate(event.startDate).toSeconds() / 60, url: each.getFirstPropertyValue("url"),
    zone: event.startDate.zone.tzid, alarms: each.getAllSubcomponents("valarm").length,
  }};
}})));
"""
# node-ical misreads an escaped backslash before an "n", as icalendar does: texts with one are the others' to judge.
_NODE_ICAL = f"""
import ical from "node-ical";
{_READ}
const said = one => typeof one === "object" && one ? one.val : one ?? "";
const events = Object.values(ical.sync.parseICS(text)).filter(each => each.type === "VEVENT");
const text_of = each => said(each.description).includes("\\\\") ? undefined : said(each.description);
console.log(JSON.stringify(events.map(each => ({{
  uid: each.uid, text: text_of(each), sequence: Number(each.sequence),
  minutes: (each.end - each.start) / 60000, url: said(each.url), zone: each.start.tz.replace("Etc/", ""),
  alarms: (each.alarms ?? []).length,
}}))));
"""
_ICAL = """
import json, sys
from ical.calendar_stream import IcsCalendarStream
text = sys.stdin.buffer.read().decode()
print(json.dumps([
    {
        "uid": each.uid, "text": each.description or "", "sequence": each.sequence,
        "minutes": (each.dtend - each.dtstart).total_seconds() / 60, "url": str(each.url),
        "zone": str(each.dtstart.tzinfo), "alarms": len(each.alarm),
    }
    for each in IcsCalendarStream.calendar_from_ics(text).events
]))
"""


def arriving(text: str) -> str:
    """Return what must arrive of a text: its lines, without what no file may hold."""
    kept = (
        c for c in text if c in "\t\n\r" or not (ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) < 0xE000)
    )
    return "\n".join("".join(kept).replace("\t", " ").replace("\ufeff", "").splitlines()).strip()


def judged(read: Iterable[Mapping[str, Any]], entries: Entries) -> Said:
    """Return how many events were read, and an objection for everything that didn't arrive as it was given."""
    events = list(read)
    meant = {entry.uid: entry for entry in entries}
    return len(events), [
        f"{event['uid']}: {name} {event[name]!r}"
        for event in events
        for name, value in _meant(meant[event["uid"]]).items()
        if name in event and event[name] != value
    ]


def _meant(entry: CalendarEntry) -> dict[str, object]:
    return {
        "text": arriving(entry.description),
        "sequence": entry.sequence,
        "minutes": entry.minutes,
        "url": entry.url,
        "zone": "UTC",
        "alarms": 0 if entry.cancelled else len(entry.alarms),
    }


def icalendar_says(data: bytes, _entries: Entries) -> Said:
    """Ask the library of the tests. It misreads an escaped backslash before an "n", too."""
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
    read = []
    event = library.icalcomponent_get_first_component(root, _VEVENT)
    while event:
        each = ctypes.c_void_p(event)
        uid, said = library.icalcomponent_get_uid(each), library.icalcomponent_get_description(each)
        read.append({"uid": uid.decode(), "text": (said or b"").decode()})
        event = library.icalcomponent_get_next_component(root, _VEVENT)
    library.icalcomponent_free(root)
    found, differing = judged(read, entries)
    return found, (objections or [f"{wrong} errors"] * bool(wrong)) + differing


def libraries(folder: Path) -> dict[str, tuple[Asked, str]]:
    """Return how to ask each library, and how to get it; those of npm and PyPI are looked for in `folder`."""
    node, python = shutil.which("node"), folder / "bin" / "python"

    def of_npm(package: str, script: str) -> Asked:
        there = node is not None and (folder / "node_modules" / package).is_dir()
        return _asking([node or "", "--input-type=module", "--eval", script] if there else None, folder)

    has_ical = any(folder.glob("lib/python*/site-packages/ical"))
    ical = _asking([str(python), "-c", _ICAL] if has_ical else None, folder)
    return {
        "icalendar": (icalendar_says, ""),
        "libical": (libical_says, "apt install libical3"),
        "ical.js": (of_npm("ical.js", _ICAL_JS), "npm install ical.js, or --install"),
        "node-ical": (of_npm("node-ical", _NODE_ICAL), "npm install node-ical, or --install"),
        "ical": (ical, "pip install ical, or --install"),
    }


def install(folder: Path) -> None:
    """Put what npm and PyPI have into `folder`, as `libraries` and the routes look for it."""
    npm.install(folder, _NODE_PACKAGES, 600)
    if not (folder / "bin" / "pip").exists():
        venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "-q", *_PYTHON_PACKAGES], check=False, timeout=600)


def _asking(asked: list[str] | None, folder: Path) -> Asked:
    """Return how to ask a program that reads a file and answers with what it read as JSON."""

    def says(data: bytes, entries: Entries) -> Said | None:
        if asked is None:
            return None
        answer = subprocess.run(asked, input=data, capture_output=True, cwd=folder, timeout=60, check=False)
        if answer.returncode:
            return 0, [answer.stderr.decode(errors="replace").strip()[-300:]]
        return judged(json.loads(answer.stdout), entries)

    return says
