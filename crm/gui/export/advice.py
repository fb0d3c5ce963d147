"""What each calendar program does with a file, in one honest line (INTEROP 3.1)."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication


class Program(StrEnum):
    """Where the file is going."""

    GOOGLE = "google"
    OUTLOOK = "outlook"
    APPLE = "apple"
    THUNDERBIRD = "thunderbird"
    EVOLUTION = "evolution"


_NAMES = {
    Program.GOOGLE: "Google Calendar",
    Program.OUTLOOK: "Outlook",
    Program.APPLE: "Apple Calendar",
    Program.THUNDERBIRD: "Thunderbird",
    Program.EVOLUTION: "GNOME Calendar, Evolution",
}
_ADVICE = {
    Program.GOOGLE: "Google drops the alarms and never updates an event from a file: import into a calendar of its own, "
    "and delete that one before you import again.",
    Program.OUTLOOK: "Outlook keeps the alarms but makes every event anew at each import: from the second time on, save "
    "only what changed, and delete there what moved or is cancelled.",
    Program.APPLE: "Apple Calendar keeps the alarms and asks which calendar to add to: always choose the same one.",
    Program.THUNDERBIRD: "Thunderbird keeps the alarms but skips events it knows: for changes to arrive, subscribe to a "
    "file kept up to date, or to the address in Settings.",
    Program.EVOLUTION: "Evolution keeps the alarms and updates the events it knows.",
}


def programs() -> list[tuple[Program, str]]:
    """Return the programs by name."""
    return list(_NAMES.items())


def advice(program: Program) -> str:
    """Return what to know before importing there."""
    return QCoreApplication.translate("Export", _ADVICE[program])
