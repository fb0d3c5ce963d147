"""Evolution's data server, told what Evolution tells it; a program for the system's own Python, which has GObject's bindings.

Reads one JSON list a line, answers with one JSON value a line: ["add", name, kind, place], ["import", name, file],
["refresh", name], ["held", name].
"""

import json
import sys
from pathlib import Path
from typing import Any

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
gi.require_version("ICalGLib", "3.0")

from gi.repository import ECal, EDataServer, Gio, GLib, ICalGLib  # noqa: E402 - after their versions are chosen

AT_ONCE = 0xFFFFFFFF  # no wait for a connection: it would wait for a main loop that nobody runs here
CLIENTS: dict[str, Any] = {}


def add(name: str, kind: str, place: str) -> None:
    """Add a calendar: of Evolution's own (`local`), on a file (`file`), or at an address (`webcal`)."""
    source = EDataServer.Source.new(None, None)
    source.set_display_name(name)
    source.set_parent("webcal-stub" if kind == "webcal" else "local-stub")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name(
        "webcal" if kind == "webcal" else "local"
    )
    if kind == "webcal":
        address = GLib.Uri.parse(place, GLib.UriFlags.ENCODED)
        source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND).set_uri(address)
        source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION).set_method("none")
    elif kind == "file":
        local = source.get_extension(EDataServer.SOURCE_EXTENSION_LOCAL_BACKEND)
        local.set_custom_file(Gio.File.new_for_path(place))
        local.set_writable(False)
    REGISTRY.commit_source_sync(source, None)
    CLIENTS[name] = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, AT_ONCE, None)


def import_file(name: str, file: str) -> None:
    """Import a file as Evolution's importer does: a file without a method is published."""
    calendar = ICalGLib.Component.new_from_string(Path(file).read_text(encoding="utf-8"))
    if calendar.get_method() == ICalGLib.PropertyMethod.NONE:
        calendar.set_method(ICalGLib.PropertyMethod.PUBLISH)
    CLIENTS[name].receive_objects_sync(calendar, ECal.OperationFlags.NONE, None)


def refresh(name: str) -> None:
    """Look again at what a calendar stands for; its events come a little later."""
    if CLIENTS[name].check_refresh_supported():
        CLIENTS[name].refresh_sync(None)


def held(name: str) -> list[str]:
    """Return the events of a calendar."""
    _, found = CLIENTS[name].get_object_list_sync("#t", None)
    return [event.as_ical_string() for event in found]


VERBS = {"add": add, "import": import_file, "refresh": refresh, "held": held}

if __name__ == "__main__":
    REGISTRY = EDataServer.SourceRegistry.new_sync(None)
    for asked in sys.stdin:
        verb, *arguments = json.loads(asked)
        sys.stdout.write(json.dumps(VERBS[verb](*arguments)) + "\n")
        sys.stdout.flush()
