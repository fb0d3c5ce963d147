"""Expected errors: things that happen to users and that they can act on. Anything else is a bug.

An error carries a code and parameters, never a sentence: `crm.wording` words it for the window and the command line.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class ErrorCode(StrEnum):
    """What went wrong, as a stable code; the parameters each carries stand beside it."""

    NOT_FOUND = "not_found"  # what, text, known: the names there are, where they are few
    AMBIGUOUS = "ambiguous"  # what, text, candidates ((id, name), ...)
    DAY_UNCLEAR = "day_unclear"  # on, other: 3/4 may be both
    INVALID = "invalid"  # field, value, why
    FUTURE_TOUCH = "future_touch"  # on
    FILE_UNREADABLE = "file_unreadable"  # path, why
    FILE_UNKNOWN = "file_unknown"  # path: neither vCard nor anything else we read
    LETTER_UNKNOWN = "letter_unknown"  # path: no saved e-mail
    FILE_EMPTY = "file_empty"  # path: content, but no records
    FOLDER_EMPTY = "folder_empty"  # path: a folder without any file that may hold contacts
    TEXT_EMPTY = "text_empty"  # a text that was pasted tells of nobody
    ARCHIVE_DAMAGED = "archive_damaged"  # path: damaged, encrypted, or a bomb
    ARCHIVE_NESTED = "archive_nested"  # path, name: an archive in it
    HEADER_MISSING = "header_missing"  # path, row: the first row of a table is somebody, and names no columns
    COLUMNS_UNKNOWN = "columns_unknown"  # path, columns: none of a table's tells whom a row is about
    COLUMN_UNKNOWN = "column_unknown"  # column, columns
    FILE_TOO_LARGE = "file_too_large"  # path, limit_mb
    ATTACHMENT_TOO_LARGE = "attachment_too_large"  # name, limit_mb
    FILE_UNWRITABLE = "file_unwritable"  # path, why, older: a file is there, whole
    CALENDAR_EMPTY = "calendar_empty"  # path: a calendar without events
    CALENDAR_OURS = "calendar_ours"  # path: Keepwarm wrote it, so it tells nothing new
    CALENDAR_APART = "calendar_apart"  # path: a calendar among files of contacts
    FILE_TAKEN = "file_taken"  # path: something else is there, which nothing may replace
    PORT_TAKEN = "port_taken"  # port: another program listens there
    CALDAV_ADDRESS = "caldav_address"  # address: not https, or no address
    CALDAV_UNREACHABLE = (
        "caldav_unreachable"  # host, why; of each of these, connecting: nothing is connected yet
    )
    CALDAV_PASSWORD = "caldav_password"  # noqa: S105 - host, user: refused
    CALDAV_REFUSED = "caldav_refused"  # host, status: the server doesn't do as it is asked
    CALDAV_NONE = "caldav_none"  # host: there are no calendars there
    CALDAV_LOCKED = (
        "caldav_locked"  # user: this computer doesn't know the password; variable: that may hold it
    )
    CALDAV_PASSPHRASE = "caldav_passphrase"  # noqa: S105 - the passphrase is another one
    CALDAV_CONNECTED = "caldav_connected"  # name: a calendar is connected already
    CALDAV_UNCONNECTED = "caldav_unconnected"  # none is
    DISK_FULL = "disk_full"  # path
    NO_SPACE_FOR_IMPORT = "no_space_for_import"  # path, needed_mb, free_mb
    BOOK_MISSING = "book_missing"  # path
    BOOK_BUSY = "book_busy"  # path: another program is writing
    BOOK_OPEN_ELSEWHERE = "book_open_elsewhere"  # path
    BOOK_TOO_NEW = "book_too_new"  # path, version, known
    BOOK_DAMAGED = "book_damaged"  # path, findings
    BOOK_READ_ONLY = "book_read_only"  # path
    NOT_A_BOOK = "not_a_book"  # path
    BACKUP_DAMAGED = "backup_damaged"  # path, why
    NO_BACKUP = "no_backup"  # path
    MESSAGE_INVALID = "message_invalid"  # path, where: a message's file says something that can't be
    PLAN_INVALID = "plan_invalid"  # path, where: a plan's file says something that can't be
    PLAN_STALE = "plan_stale"  # the book changed between review and import
    IMPORT_UNDONE = "import_undone"
    IMPORT_UNRECORDED = "import_unrecorded"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOTHING_TO_REDO = "nothing_to_redo"
    CANCELLED = "cancelled"


class KeepwarmError(Exception):
    """An expected error: `code` says which, `params` says about what."""

    def __init__(self, code: ErrorCode, **params: object) -> None:
        super().__init__(code.value, params)
        self.code = code
        self.params: Mapping[str, object] = MappingProxyType(params)

    def __str__(self) -> str:
        """For logs only; users read the wording."""
        return f"{self.code.value} {dict(self.params)}"


class NotFound(KeepwarmError):
    """Nothing of that id or name; `known` are all there are, where they are few."""

    def __init__(self, what: str, text: object, known: tuple[str, ...] = ()) -> None:
        super().__init__(ErrorCode.NOT_FOUND, what=what, text=str(text), known=", ".join(known))


class Ambiguous(KeepwarmError):
    """Several fit; `candidates` are (id, name) pairs to choose from."""

    def __init__(self, what: str, text: str, candidates: tuple[tuple[int, str], ...]) -> None:
        super().__init__(ErrorCode.AMBIGUOUS, what=what, text=text, candidates=candidates)


class Invalid(KeepwarmError):
    """A value the rules don't allow."""

    def __init__(self, field: str, value: object, why: str) -> None:
        said = value if isinstance(value, date) else str(value)
        super().__init__(ErrorCode.INVALID, field=field, value=said, why=why)


class Cancelled(KeepwarmError):
    """The user cancelled; the transaction rolled back and nothing is left."""

    def __init__(self) -> None:
        super().__init__(ErrorCode.CANCELLED)
