"""Thunderbird without a screen, told through Marionette what a user would click: import a file, subscribe, look again."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar

from tests.calendar_programs.routes import Route, Where, await_file, events, skipped

_PREFERENCES = {
    "marionette.port": 0,
    "calendar.timezone.local": "UTC",
    "calendar.timezone.useSystemTimezone": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mailnews.start_page.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
_BEGIN = """
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const named = name => cal.manager.getCalendars().find(one => one.name === name);
"""
_ADD = """
const [name, type, address] = arguments;
const made = cal.manager.createCalendar(type, Services.io.newURI(address));
made.name = name;
cal.manager.registerCalendar(made);
"""
# What the import dialog runs: Thunderbird's own reader and its own way of putting items into a calendar.
_IMPORT = """
const [name, path] = arguments;
const { FileUtils } = ChromeUtils.importESModule("resource://gre/modules/FileUtils.sys.mjs");
const own = { lazy: {}, startBatchTransaction() {}, endBatchTransaction() {} };
Services.scriptloader.loadSubScript("chrome://calendar/content/import-export.js", own);
let known = 0;
return (async () => {
  const items = own.getItemsFromIcsFile(new FileUtils.File(path));
  await own.putItemsIntoCal(named(name), items, { onDuplicate() { known++; } });
  return known;
})();
"""
_REFRESH = """
const [name] = arguments;
return new Promise(done => {
  const told = said => { named(name).removeObserver(watching); done(said); };
  const watching = {
    QueryInterface: ChromeUtils.generateQI(["calIObserver"]),
    onLoad() { told(true); }, onError() { told(false); },
    onStartBatch() {}, onEndBatch() {}, onAddItem() {}, onModifyItem() {}, onDeleteItem() {},
    onPropertyChanged() {}, onPropertyDeleting() {},
  };
  named(name).addObserver(watching);
  named(name).refresh();
});
"""
_HELD = """
const [name] = arguments;
return (async () => {
  const all = Ci.calICalendar.ITEM_FILTER_ALL_ITEMS;
  return (await named(name).getItemsAsArray(all, 0, null, null)).map(item => item.icalString);
})();
"""


class Thunderbird:
    """A Thunderbird that runs, with a profile of its own."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._incoming = self._socket.makefile("rb")
        self._asked = 0
        self._message()
        self._ask("WebDriver:NewSession", {})
        self._ask("Marionette:SetContext", {"value": "chrome"})

    def run(self, script: str, *arguments: str) -> Any:
        """Run a script in Thunderbird; return what it returns."""
        asked = {"script": _BEGIN + script, "args": list(arguments)}
        return self._ask("WebDriver:ExecuteScript", asked)["value"]

    def held(self, name: str) -> list[icalendar.Event]:
        """Return the events of a calendar."""
        return [event for text in self.run(_HELD, name) for event in events(text.encode())]

    def quit(self) -> None:
        """End it, as its menu does."""
        self._ask("Marionette:Quit", {"flags": ["eAttemptQuit"]})
        self._socket.close()

    def _ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self._asked += 1
        said = json.dumps([0, self._asked, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(said), said))
        _, _, error, result = self._message()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def _message(self) -> Any:
        length = b""
        while (one := self._incoming.read(1)) != b":":
            if not one:
                raise RuntimeError("Thunderbird ended")
            length += one
        return json.loads(self._incoming.read(int(length)))


@contextlib.contextmanager
def routes(where: Where) -> Iterator[list[Route]]:
    """Yield the ways into Thunderbird: a file imported again and again, the kept file and the address subscribed to."""
    found = shutil.which("thunderbird", path=where.path)
    if found is None:
        skipped("Thunderbird", "apt install thunderbird, or the folder of its tarball as FOLDER")
        yield []
        return
    profile = where.home / "thunderbird"
    profile.mkdir()
    said = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
    (profile / "user.js").write_text("".join(said))
    asked = [
        found, "--headless", "--no-remote", "--profile", str(profile), "--marionette", "--remote-allow-system-access",
    ]  # fmt: skip
    own = {**os.environ, "HOME": str(where.home), "MOZ_HEADLESS": "1"}
    program = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=own)
    try:
        thunderbird = Thunderbird(int(await_file(profile / "MarionetteActivePort", 120)))
        yield _routes(thunderbird, where)
        with contextlib.suppress(OSError, RuntimeError):
            thunderbird.quit()
        program.wait(30)
    finally:
        program.kill()
        program.wait(30)


def _routes(thunderbird: Thunderbird, where: Where) -> list[Route]:
    for name, kind, address in (
        ("by file", "storage", "moz-storage-calendar://"),
        ("by changes", "storage", "moz-storage-calendar://"),
        ("kept", "ics", where.kept.as_uri()),
        ("address", "ics", where.address),
    ):
        thunderbird.run(_ADD, name, kind, address)

    def route(about: str, name: str, file: Path | None, known: str = "") -> Route:
        def send() -> None:
            if file is None:
                thunderbird.run(_REFRESH, name)
            elif file.exists():
                thunderbird.run(_IMPORT, name, str(file))

        return Route(about, send, lambda: thunderbird.held(name), known)

    skips = "it skips what it knows by UID"
    return [
        route("Thunderbird, file again", "by file", where.whole, skips),
        route("Thunderbird, only changes", "by changes", where.changes, skips),
        route("Thunderbird, kept file", "kept", None),
        route("Thunderbird, address", "address", None),
    ]
