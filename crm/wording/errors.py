"""Expected errors in words: what happened, what is safe, what to do."""

from dataclasses import dataclass
from datetime import date
from string import Formatter

from crm.errors import ErrorCode, KeepwarmError
from crm.wording.days import dated
from crm.wording.speech import count, say


@dataclass(frozen=True, slots=True)
class Words:
    """The three things a user needs to know; `safe` and `todo` may be empty."""

    what: str
    safe: str = ""
    todo: str = ""


_MOST_CANDIDATES = 6
_KNOWN = "There are {known}."
_GONE = "It may have been deleted."
_SAVED = "Everything saved before is safe."
_NOTHING = "Nothing was changed."
_WAITS = "What isn’t in the calendar yet waits here; nothing is lost."
_LEFT = "Your book was left as it is."
_UNCONNECTED = "Nothing was connected."
_WORDS: dict[ErrorCode, tuple[str, str, str]] = {
    ErrorCode.NOT_FOUND: ("Nothing called “{text}” here.", "", "Check the spelling, or use the number from the list."),
    ErrorCode.AMBIGUOUS: ("“{text}” fits more than one: {candidates}.", _NOTHING, "Use the number to say which."),
    ErrorCode.DAY_UNCLEAR: (
        "That day may be {on} or {other}.", _NOTHING, "Write the month in letters, or the date as 2026-12-01.",
    ),
    ErrorCode.INVALID: ("“{value}” can’t be used here.", _NOTHING, ""),
    ErrorCode.FUTURE_TOUCH: ("A touch can’t lie in the future ({on}).", _NOTHING, "Log it once it has happened."),
    ErrorCode.FILE_UNREADABLE: ("Couldn’t read {path}: {why}.", _NOTHING, "Check that the file is there and open to you."),
    ErrorCode.FILE_UNKNOWN: (
        "{path} isn’t a vCard or a table of contacts that we know.", _NOTHING,
        "Export your contacts as vCard (.vcf) or CSV and choose that file.",
    ),
    ErrorCode.ARCHIVE_DAMAGED: (
        "{path} is damaged or protected by a password.", _NOTHING, "Download or save it again.",
    ),
    ErrorCode.ARCHIVE_NESTED: (
        "{name} in {path} is an archive in an archive, which isn’t opened.", _NOTHING, "Unpack {path} and import {name} by itself.",
    ),
    ErrorCode.HEADER_MISSING: (
        "{path} doesn’t name its columns; it begins with {row}.", _NOTHING, "Put a line with their names before it, or say what each is.",
    ),
    ErrorCode.COLUMNS_UNKNOWN: (
        "{path} is a table, but none of the columns we know says who somebody is; its columns are {columns}.", _NOTHING,
        "Say which holds the name, the email or the phone number.",
    ),
    ErrorCode.COLUMN_UNKNOWN: ("There is no column called “{column}”.", _NOTHING, "The columns are {columns}."),
    ErrorCode.LETTER_UNKNOWN: ("{path} isn’t a saved email.", _NOTHING, "Save the message from your mail program as .eml."),
    ErrorCode.FILE_EMPTY: ("There are no contacts in {path}.", _NOTHING, "Check that it is the right file; if so, export it again."),
    ErrorCode.FOLDER_EMPTY: (
        "There are no files of contacts in {path}.", _NOTHING, "Choose a folder with vCard (.vcf), CSV or zip files.",
    ),
    ErrorCode.TEXT_EMPTY: (
        "There is no contact in this text.", _NOTHING, "It needs an email, a phone number, a card, or rows under the names of their columns.",
    ),
    ErrorCode.CALENDAR_EMPTY: ("There are no events in {path}.", _NOTHING, "Check that it is the right calendar; if so, export it again."),
    ErrorCode.CALENDAR_OURS: (
        "{path} was written by Keepwarm: its check-ins are here already.", _NOTHING, "Export your own calendar and choose that file.",
    ),
    ErrorCode.CALENDAR_APART: (
        "{path} is a calendar; not all of the other files are.", _NOTHING, "Import the contacts first, then the calendars by themselves.",
    ),
    ErrorCode.FILE_TOO_LARGE: ("{path} is larger than {limit_mb} MB.", _NOTHING, "Export it in several parts."),
    ErrorCode.ATTACHMENT_TOO_LARGE: (
        "{name} is larger than {limit_mb} MB.", _NOTHING, "Attach a smaller copy, or keep a link to it in the notes.",
    ),
    ErrorCode.FILE_UNWRITABLE: ("Couldn’t save {path}: {why}.", "An older file there is still whole.", "Choose another folder."),
    ErrorCode.FILE_TAKEN: ("There is another kind of file at {path} already.", "It was left as it is.", "Choose another name."),
    ErrorCode.PORT_TAKEN: ("Another program uses port {port} of this computer.", "Your calendar isn’t served.", "Choose a new address."),
    ErrorCode.CALDAV_ADDRESS: (
        "“{address}” isn’t an address that a password may go to.", "Your password wasn’t sent.", "Use one that begins with https://.",
    ),
    ErrorCode.CALDAV_UNREACHABLE: (
        "Couldn’t reach {host}: {why}.", _WAITS, "Check that you are online; Keepwarm tries again by itself.",
    ),
    ErrorCode.CALDAV_PASSWORD: (
        "{host} doesn’t accept the password of {user}.", _WAITS,
        "Most calendars want an app password: make one in your account’s security settings.",
    ),
    ErrorCode.CALDAV_REFUSED: (
        "{host} answered with error {status}.", _WAITS, "If it goes on, look whether the calendar is still there and may be written to.",
    ),
    ErrorCode.CALDAV_NONE: ("No calendars found at {host}.", _NOTHING, "Check the address; your provider’s help names it under CalDAV."),
    ErrorCode.CALDAV_LOCKED: ("This computer doesn’t know the password of {user}.", _WAITS, "Type it again in Settings."),
    ErrorCode.CALDAV_PASSPHRASE: ("That isn’t the passphrase.", _NOTHING, "Try again, or type the app password anew."),
    ErrorCode.CALDAV_CONNECTED: ("Your book is connected to {name} already.", _NOTHING, "Disconnect it first."),
    ErrorCode.CALDAV_UNCONNECTED: ("No calendar is connected.", _NOTHING, "Connect one first."),
    ErrorCode.DISK_FULL: ("Can’t save {path}: the disk is full.", _SAVED, "Free some space, then try again."),
    ErrorCode.NO_SPACE_FOR_IMPORT: (
        "This import needs about {needed_mb} MB; the disk has {free_mb} MB left.", _NOTHING, "Free some space, then import again.",
    ),
    ErrorCode.BOOK_MISSING: ("There is no book at {path}.", _NOTHING, "Check the name, or import contacts to start one."),
    ErrorCode.BOOK_BUSY: ("Another program is writing to {path}.", _NOTHING, "Try again in a moment."),
    ErrorCode.BOOK_OPEN_ELSEWHERE: ("Another window has {path} open.", _NOTHING, "Use that window, or close it first."),
    ErrorCode.BOOK_TOO_NEW: (
        "{path} was made by a newer Keepwarm.", "The file was left untouched.", "Update Keepwarm to open it.",
    ),
    ErrorCode.BOOK_DAMAGED: ("{path} is damaged.", "The file was left as it is.", "Restore the newest backup."),
    ErrorCode.BOOK_READ_ONLY: ("{path} can only be read, not changed.", _NOTHING, "Move the book to a folder you can write to."),
    ErrorCode.NOT_A_BOOK: ("{path} isn’t a Keepwarm book.", "The file was left untouched.", "Choose another file."),
    ErrorCode.BACKUP_DAMAGED: ("The backup {path} is damaged: {why}.", _LEFT, "Choose another backup."),
    ErrorCode.NO_BACKUP: ("There is no backup to restore ({path}).", _LEFT, "Choose another backup, or make one now."),
    ErrorCode.MESSAGE_INVALID: ("The message in {path} can’t be read: {where}.", _NOTHING, "Correct the file, or remove it to use the message that came with Keepwarm."),
    ErrorCode.PLAN_INVALID: ("The plan in {path} can’t be read: {where}.", _NOTHING, "Correct the file, or remove it to use the plan that came with Keepwarm."),
    ErrorCode.PLAN_STALE: ("Your contacts changed since this review.", _NOTHING, "Look through the file again, then import."),
    ErrorCode.IMPORT_UNDONE: ("This import was undone already.", _NOTHING, ""),
    ErrorCode.IMPORT_UNRECORDED: (
        "This import was made by an earlier version, which didn’t note what it changed.",
        _NOTHING,
        "Delete people one by one, or restore a backup from before.",
    ),
    ErrorCode.NOTHING_TO_UNDO: ("There is nothing to undo.", "", ""),
    ErrorCode.NOTHING_TO_REDO: ("There is nothing to redo.", "", ""),
    ErrorCode.CANCELLED: ("Cancelled.", _NOTHING, ""),
}  # fmt: skip
# What to do when it fails while connecting: nothing waits yet, and nothing is tried again.
_CONNECTING = {
    ErrorCode.CALDAV_UNREACHABLE: "Check the address and that you are online, then connect again.",
    ErrorCode.CALDAV_REFUSED: "Check the address; your provider’s help names it under CalDAV.",
}
_TYPED = "Give it with --stdin, or in the variable {variable}."  # where no window can ask
# (what, whether it was asked for by number).
_NOT_FOUND = {
    ("person", False): "No person called “{text}” here.",
    ("person", True): "No person has the number {text}.",
    ("company", False): "No company called “{text}” here.",
    ("company", True): "No company has the number {text}.",
    ("tag", False): "No tag called “{text}” here.",
    ("tag", True): "No tag called “{text}” here.",
    ("import", True): "No import has the number {text}.",
    ("feed", False): "No calendar file called “{text}” is kept.",
    ("feed", True): "No kept calendar file has the number {text}.",
    ("offer", False): "No offer of your calendar begins with {text}, or it can’t be answered so.",
    ("offer", True): "No offer of your calendar begins with {text}, or it can’t be answered so.",
    ("calendar", False): "There is no calendar called “{text}”.",
    ("calendar", True): "There is no calendar called “{text}”.",
    ("meeting", True): "No meeting has the number {text}.",
    ("introduction", True): "No introduction has the number {text}.",
    ("noticed", True): "No note on a company has the number {text}.",
    ("event", False): "No event called “{text}” here.",
    ("event", True): "No event has the number {text}.",
    ("touch", True): "This touch isn’t here any more.",
    ("opportunity", False): "No opportunity called “{text}” here.",
    ("opportunity", True): "No opportunity has the number {text}.",
    ("interview", False): "“{text}” has no interview yet.",
    ("interview", True): "No interview has the number {text}.",
    ("round", True): "There is no round {text} here.",
    ("attachment", True): "No attached file has the number {text}.",
    ("step", True): "No step has the number {text}.",
    ("lesson", True): "No lesson has the number {text}.",
    ("feedback", True): "No feedback has the number {text}.",
    ("message", False): "There is no message called “{text}”.",
    ("message", True): "There is no message called “{text}”.",
    ("plan", False): "There is no plan called “{text}”.",
    ("plan", True): "There is no plan called “{text}”.",
}
_AMBIGUOUS = {
    "person": "“{text}” fits more than one person: {candidates}.",
    "company": "“{text}” fits more than one company: {candidates}.",
    "opportunity": "“{text}” fits more than one opportunity: {candidates}.",
}
# (field, why) of `Invalid`; the field alone where the reason doesn't matter.
_INVALID = {
    ("name", ""): "A name is missing. For a person, a company, an email or a phone number will do.",
    ("others", "self"): "That is one and the same. Name two or more to merge.",
    ("to", "self"): "Nobody can introduce you to themselves.",
    ("held_on", "ahead"): "The event is on {value}; people met are noted once it was.",
    ("status", "ahead"): "The event is on {value}; that you went is noted once it was.",
    ("names", ""): "Name at least one person you met.",
    ("name", "taken"): "There is a company called “{value}” already. Merge the two instead.",
    ("company", ""): "Give the company a name.",
    ("title", ""): "Give it a title.",
    ("attachment", "empty"): "There is nothing in {value}.",
    ("attachment", "book"): "{value} is a Keepwarm book; it can’t go into itself. Back it up instead.",
    ("attachment", "known"): "{value} is kept here already.",
    ("attachment", "name"): "Give the file a name.",
    ("calendar", "writable"): "{value} can only be read. Choose another calendar, or make one.",
    ("moved_on", ""): "A move can’t lie in the future ({value}).",
    ("stage", "ending"): "Say how it ended.",
    ("stage", "column"): "Cards change their places within one column.",
    ("reapply_on", "open"): "“{value}” didn’t end in a no; there is nothing to apply for again.",
    ("reapply_on", "before_closing"): "{value} lies before the day it closed.",
    ("went", ""): "How it went is a number from 1 to 5; {value} isn’t.",
    ("minutes", ""): "A round lasts 1 to 1440 minutes; {value} is outside.",
    ("until", "before_from"): "The last day ({value}) lies before the first.",
    ("lesson", ""): "Write down the lesson in a few words.",
    ("feedback", ""): "Write down what they said.",
    ("noticed", ""): "Write down what you noticed.",
    ("noticed_pursued", ""): "Only an opening becomes an opportunity; “{value}” isn’t noted as one.",
    ("noticed_on", ""): "What you noticed can’t come on {value} yet.",
    ("topic", ""): "Say what you practised.",
    ("given_on", ""): "Feedback can’t come on {value} yet.",
    ("practised_on", ""): "You can’t have practised on {value} yet.",
    ("rule", "check_in"): "Check-ins end with “no check-ins” or a rest, not by silencing a reason.",
    ("step", "closed"): "This step is done or skipped already.",
    ("step", "open"): "This step is still open.",
    ("step", "waits"): "This step waits for another one.",
    ("plan", ""): "Say which plan, then what it is about: PLAN, then ID or TITLE. The plans are {value}.",
    ("subject", ""): "This plan is about something else than {value}.",
    ("company", "empty"): "Say which company the title “{value}” is at.",
    ("value", "empty"): "Say what to keep under “{value}”; --off forgets it.",
    ("field", "empty"): "Give “{value}” a name.",
    ("introduced_by", ""): "Nobody is introduced by themselves.",
    ("met_on", "future"): "You can’t have met on {value} yet.",
    ("until_on", "before_from"): "A position can’t end before it starts ({value}).",
    ("date", "no_such_day"): "There is no such day: {value}.",
    ("people", ""): "Say who the touch was with.",
    ("every", "no_check_in"): "There is no check-in planned with {value}.",
    ("every", "range"): "An interval has 1 to 9999 units; {value} is outside.",
    ("every", ""): "“{value}” isn’t an interval. Write “6 weeks” or “3 months”.",
    ("until", ""): "A snooze lasts from tomorrow to 90 days ahead; {value} is outside.",
    ("planned_on", ""): "A check-in can be planned from today to five years ahead; {value} is outside.",
    ("away", ""): "Time away ends from tomorrow to a year ahead; {value} is outside.",
    ("merge", ""): "At most five can be merged at once, not {value}.",
    ("take", ""): "Number {value} isn’t one of those to merge.",
    ("tag", ""): "Give the tag a name.",
    ("per_day", ""): "{value} isn’t a possible number of check-ins a day.",
    ("per_week", ""): "{value} isn’t a possible number of check-ins a week.",
    ("weekdays", ""): "Leave at least one day of the week for check-ins.",
    ("goals", ""): "A goal is 1 to 50 a week, or 0 for none.",
    ("quiet", ""): "Quiet dates can’t end before they begin.",
    ("alarms", ""): "An alarm can’t ring {value} minutes before.",
    ("feed", "name"): "Give the calendar file a name.",
    ("feed", "path"): "{value} is kept up to date already.",
    ("feed", "ending"): "{value} is no name that calendars read. End it in .ics.",
    ("feed", "days"): "A calendar can look 1 to 3650 days ahead; {value} is outside.",
    ("file", "exists"): "{value} is there already. Say --force to replace it, or choose another name.",
    ("file", "folder"): "One file per person goes into a folder; {value} names a file.",
    (
        "file",
        "ending",
    ): "{value} says no form we write. End it in .vcf, .csv, .json or .ics, or name a folder.",
    ("file", "dash"): "An export goes into a file or a folder with a name, not to “{value}”.",
    ("file", "google"): "Google’s table is a .csv file; {value} isn’t one.",
    ("people", "nobody"): "There is nobody in this book yet, so nothing was written.",
    ("people", "empty"): "Nobody fits, so there is nothing to save.",
    (
        "people",
        "unknown",
    ): "You know nobody at {value} to check in with yet. “Ways in” says who might help.",
    ("people", "whole"): "This form holds the whole book. Choose vCard or CSV for some people only.",
    ("whole_book", "not_empty"): "{value} holds a whole book: it goes into an empty book only.",
    ("date", "fixed"): "This day belongs to {value}; change it on their page.",
    ("meeting", "elsewhere"): "“{value}” comes from your own calendar; move it there.",
    ("file", "book"): "{value} is a Keepwarm book. Choose another name for the file.",
    ("book", "folder"): "There is no folder {value} to keep a book in. Make it first, or check its name.",
    ("book", ""): "The sample goes into an empty book only.",
}
_WHY = {
    "checksum": "its content isn’t what was saved",
    "not_a_book": "it isn’t a Keepwarm book",
    "": "no reason was given",
}


def error(found: KeepwarmError) -> Words:
    """Return the words for an expected error, whatever its parameters."""
    what, safe, todo = _WORDS[found.code]
    values = {name: _value(value) for name, value in found.params.items()}
    why = values.get("why", "")
    if found.code is ErrorCode.NOT_FOUND:
        by_number = values.get("text", "").isdecimal()
        what = _NOT_FOUND.get((values.get("what", ""), by_number), what)
        todo = _KNOWN if found.params.get("known") else _GONE if by_number else todo
    elif found.params.get("connecting"):
        safe, todo = _UNCONNECTED, _CONNECTING.get(found.code, todo)
    elif found.code is ErrorCode.FILE_UNWRITABLE:
        safe = safe if found.params.get("older") else ""
    elif found.code is ErrorCode.AMBIGUOUS:
        what = _AMBIGUOUS.get(values.get("what", ""), what)
    elif found.code is ErrorCode.INVALID:
        field = values.get("field", "")
        what = _INVALID.get((field, why)) or _INVALID.get((field, "")) or what
    todo = _TYPED if found.params.get("variable") else todo
    values["why"] = say(_WHY[why]) if why in _WHY else why.rstrip(".")
    return Words(_filled(what, values), say(safe) if safe else "", _filled(todo, values) if todo else "")


def error_line(found: KeepwarmError) -> str:
    """Return the error as one line."""
    words = error(found)
    return " ".join(part for part in (words.what, words.safe, words.todo) if part)


def _filled(words: str, values: dict[str, str]) -> str:
    """Return the sentence; a parameter that nobody gave must not hide the error."""
    wanted = [name for _, name, _, _ in Formatter().parse(words) if name]
    return say(words, **{name: values.get(name, "…") for name in wanted})


def _value(value: object) -> str:
    """Return a parameter as one line; candidates become "Ada Lovelace (12), Ada Byron (31)"."""
    if isinstance(value, date):
        return dated(value)
    if isinstance(value, tuple):
        shown = [f"{each[1]} ({each[0]})" if isinstance(each, tuple) else str(each) for each in value]
        more = len(shown) - _MOST_CANDIDATES
        shown[_MOST_CANDIDATES:] = [count(more, "{n} more", "{n} more")] if more > 0 else []
        return " ".join(", ".join(shown).split())
    return " ".join(str(value).split())
