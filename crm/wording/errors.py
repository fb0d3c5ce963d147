"""Expected errors in words: what happened, what is safe, what to do."""

from dataclasses import dataclass

from crm.errors import ErrorCode, KeepwarmError
from crm.wording.speech import say


@dataclass(frozen=True, slots=True)
class Words:
    """The three things a user needs to know; `safe` and `todo` may be empty."""

    what: str
    safe: str = ""
    todo: str = ""


_SAVED = "Everything saved before is safe."
_NOTHING = "Nothing was changed."
_WORDS: dict[ErrorCode, tuple[str, str, str]] = {
    ErrorCode.NOT_FOUND: ("No {what} called “{text}” here.", "", "Check the spelling, or use the number from the list."),
    ErrorCode.AMBIGUOUS: ("“{text}” fits more than one {what}: {candidates}.", "", "Use the number to say which."),
    ErrorCode.INVALID: ("{reason}", _NOTHING, ""),
    ErrorCode.FUTURE_TOUCH: ("A touch can’t lie in the future ({on}).", _NOTHING, "Log it once it has happened."),
    ErrorCode.FILE_UNREADABLE: ("Couldn’t read {path}: {why}.", _NOTHING, "Check that the file is there and open to you."),
    ErrorCode.FILE_UNKNOWN: ("{path} isn’t a vCard file.", _NOTHING, "Export your contacts as vCard (.vcf) and choose that file."),
    ErrorCode.FILE_EMPTY: ("There are no contacts in {path}.", _NOTHING, "Export the file again; it may have been cut short."),
    ErrorCode.FILE_TOO_LARGE: ("{path} is larger than {limit_mb} MB.", _NOTHING, "Export it in several parts."),
    ErrorCode.FILE_UNWRITABLE: ("Couldn’t save {path}: {why}.", "An older file there is still whole.", "Choose another folder."),
    ErrorCode.DISK_FULL: ("Can’t save {path}: the disk is full.", _SAVED, "Free some space, then try again."),
    ErrorCode.NO_SPACE_FOR_IMPORT: (
        "This import needs about {needed_mb} MB; the disk has {free_mb} MB left.", _NOTHING, "Free some space, then import again.",
    ),
    ErrorCode.BOOK_MISSING: ("There is no book at {path}.", "", "Check the name, or import contacts to start one."),
    ErrorCode.BOOK_BUSY: ("Another program is writing to {path}.", _NOTHING, "Try again in a moment."),
    ErrorCode.BOOK_OPEN_ELSEWHERE: ("Another window has {path} open.", "", "Use that window, or close it first."),
    ErrorCode.BOOK_TOO_NEW: (
        "{path} was made by a newer Keepwarm.", "The file was left untouched.", "Update Keepwarm to open it.",
    ),
    ErrorCode.BOOK_DAMAGED: ("{path} is damaged.", "The file was left as it is.", "Restore the newest backup."),
    ErrorCode.BOOK_READ_ONLY: ("{path} can only be read, not changed.", "", "Move the book to a folder you can write to."),
    ErrorCode.NOT_A_BOOK: ("{path} isn’t a Keepwarm book.", "The file was left untouched.", "Choose another file."),
    ErrorCode.BACKUP_DAMAGED: ("The backup {path} is damaged: {why}.", "Your book was left as it is.", "Choose another backup."),
    ErrorCode.NO_BACKUP: ("There is no backup of {path} that can be used.", "Your book was left as it is.", ""),
    ErrorCode.PLAN_STALE: ("Your contacts changed since this review.", _NOTHING, "Look through the file again, then import."),
    ErrorCode.NOTHING_TO_UNDO: ("There is nothing to undo.", "", ""),
    ErrorCode.NOTHING_TO_REDO: ("There is nothing to redo.", "", ""),
    ErrorCode.CANCELLED: ("Cancelled.", _NOTHING, ""),
}  # fmt: skip
# (field, why) of `Invalid`; the field alone where the reason doesn't matter.
_INVALID = {
    ("name", ""): "Give the person a name, a company, an email or a phone number.",
    ("name", "taken"): "There is a company called “{value}” already. Merge the two instead.",
    ("company", ""): "Give the company a name.",
    ("company", "empty"): "Say which company the title “{value}” is at.",
    ("met_on", "future"): "You can’t have met on {value} yet.",
    ("until_on", "before_from"): "A position can’t end before it starts ({value}).",
    ("date", "no_such_day"): "There is no such day: {value}.",
    ("people", ""): "Say who the touch was with.",
    ("every", "no_check_in"): "There is no check-in planned with {value}.",
    ("every", ""): "“{value}” isn’t an interval. Write “6 weeks” or “3 months”.",
    ("until", ""): "A snooze lasts from tomorrow to 90 days ahead; {value} is outside.",
    ("tag", ""): "Give the tag a name.",
    ("file", "book"): "{value} is a Keepwarm book. Choose another name for the calendar file.",
    ("book", ""): "The sample goes into an empty book only.",
}


def error(found: KeepwarmError) -> Words:
    """Return the words for an expected error."""
    what, safe, todo = _WORDS[found.code]
    values = {name: _value(value) for name, value in found.params.items()}
    if found.code is ErrorCode.INVALID:
        return Words(_invalid(values), say(safe), "")
    values.setdefault("why", say("no reason was given"))
    return Words(say(what, **values), say(safe) if safe else "", say(todo) if todo else "")


def error_line(found: KeepwarmError) -> str:
    """Return the error as one line."""
    words = error(found)
    return " ".join(part for part in (words.what, words.safe, words.todo) if part)


def _invalid(values: dict[str, str]) -> str:
    field, why = values.get("field", ""), values.get("why", "")
    words = _INVALID.get((field, why)) or _INVALID.get((field, ""))
    if words is None:
        return say("“{value}” can’t be used for {field}.", value=values.get("value", ""), field=field)
    return say(words, value=values.get("value", ""))


def _value(value: object) -> str:
    """Return a parameter as text; candidates become "Ada Lovelace (12), Ada Byron (31)"."""
    if isinstance(value, tuple):
        return ", ".join(f"{item[1]} ({item[0]})" if isinstance(item, tuple) else str(item) for item in value)
    return str(value)
