"""`keepwarm caldav`: a calendar on a server that is told what is planned, and asked what was changed there."""

import getpass
import os
import sys
from dataclasses import replace

from crm import paths, wording
from crm.app import caldav as app
from crm.app import caldav_meetings, caldav_offers, preferences
from crm.app.books import Book
from crm.app.passwords import VARIABLE, Keeping, Passwords
from crm.app.progress import Progress
from crm.cli import meetings
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line, print_hint, table
from crm.domain import caldav as domain
from crm.domain.caldav import Account, Collection, Connection, Offer
from crm.domain.calendar import Detail, EventKind
from crm.domain.touch import TouchKind
from crm.errors import ErrorCode, Invalid, KeepwarmError, NotFound

PASSPHRASE_VARIABLE = "KEEPWARM_CALDAV_PASSPHRASE"  # noqa: S105 - the name of a variable


def caldav(book: Book, command: Command) -> Answer:
    """Connect, push, say how it stands, list and answer offers, disconnect."""
    return _VERBS[command.options.verb](book, command)


def _connect(book: Book, command: Command) -> Answer:
    options = command.options
    account = app.account(options.server, options.user)
    stood = app.connection(book)
    passwords = _passwords()
    asked = f"Password of {plain_line(account.user)}: "
    password = _typed(options.stdin) or _secret(asked) or _known(passwords, account)
    found = app.calendars_of(account, password)
    chosen = _chosen(found, options.calendar, options.new, stood) or app.make(
        account, password, options.new or app.NEW_CALENDAR
    )
    prefer = preferences.get(book)
    wanted = Connection(
        account,
        chosen.url,
        chosen.name,
        prefer.kinds if options.only is None else tuple(map(EventKind, options.only)),
        prefer.alarms if options.alarm is None else tuple(sorted(set(options.alarm))),
        Detail.TITLE_ONLY if options.titles_only else prefer.detail,
        stood.meetings if stood else (),
    )
    app.connect(book, wanted)
    kept = passwords.keep(account, password, _passphrase(passwords))
    said = wording.say("Connected {name} at {server}.", name=chosen.name, server=account.server)
    lines = (
        plain_line(said),
        wording.password_kept(kept, could=passwords.place() is not Keeping.MEMORY),
        "“keepwarm caldav push” fills it.",
    )
    return Answer({"calendar": chosen.url, "name": chosen.name, "password": kept.value}, lines)


def _push(book: Book, command: Command) -> Answer:
    stood, passwords = app.require(book), _passwords()
    _unlock(passwords, stood.account, stdin=command.options.stdin)
    state = app.push(book, passwords, today=command.today, words=wording.calendar_text)
    document = {
        "new": state.new, "moved": state.moved, "removed": state.gone, "offers": state.asked,
        "error": None if state.error is None else wording.error_line(state.error),
    }  # fmt: skip
    lines = [wording.pushed(state)]
    if state.asked:
        lines.append("“keepwarm caldav offers” lists them.")
    if state.error is not None:
        lines.append(wording.error_line(state.error))
    return Answer(document, tuple(filter(None, lines)), good=state.error is None)


def _status(book: Book, command: Command) -> Answer:
    stood = app.connection(book)
    if stood is None:
        return Answer({"connected": False}, ("No calendar is connected: keepwarm caldav connect",))
    waiting = app.waiting(book, today=command.today, words=wording.calendar_text)
    offers = caldav_offers.offers(book, today=command.today)
    document = {
        "connected": True, "name": stood.name, "server": stood.account.server, "user": stood.account.user,
        "calendar": stood.url, "kinds": [kind.value for kind in stood.kinds], "alarms": list(stood.alarms),
        "told_at": waiting.since_at, "new": waiting.new, "moved": waiting.moved, "removed": waiting.gone,
        "offers": len(offers),
    }  # fmt: skip
    lines = [plain_line(f"{stood.name}: {stood.account.user} at {stood.account.server}")]
    lines.append(wording.push_waits(waiting))
    if offers:
        lines.append(wording.offers_wait(len(offers)))
    return Answer(document, tuple(lines))


def _offers(book: Book, command: Command) -> Answer:
    app.require(book)
    found = caldav_offers.offers(book, today=command.today)
    rows = [
        (one.uid[:8], ", ".join(one.answers), wording.calendar_offer(one, command.today)) for one in found
    ]
    lines = table(("ID", "ANSWERS", "WHAT WAS CHANGED"), rows) if rows else ("Nothing was changed there.",)
    return Answer([_document(one) for one in found], tuple(lines))


def _answer(book: Book, command: Command) -> Answer:
    options = command.options
    caldav_offers.answer(
        book, options.offer, domain.Answer(options.answer), today=command.today, kind=TouchKind(options.kind)
    )
    return Answer(
        {"offer": options.offer, "answer": options.answer}, ("Done. The next push tells your calendar.",)
    )


def _meetings(book: Book, command: Command) -> Answer:
    stood, passwords = app.require(book), _passwords()
    _unlock(passwords, stood.account, stdin=command.options.stdin)
    if command.options.calendar or not stood.meetings:
        found = caldav_meetings.calendars(book, passwords)
        wanted = [_named(found, name) for name in command.options.calendar or ()]
        if not wanted:
            print_hint(
                plain_line(f"Say which with --calendar: {', '.join(one.name for one in found) or 'none'}")
            )
            raise NotFound("calendar", "")
        app.connect(book, replace(stood, meetings=tuple(wanted)))
    read = caldav_meetings.read(book, passwords, Progress(), today=command.today)
    return meetings.brought_in(book, command, read)


def _disconnect(book: Book, command: Command) -> Answer:
    stood, passwords = app.require(book), _passwords()
    if command.options.remove:
        _unlock(passwords, stood.account, stdin=command.options.stdin)
    app.disconnect(book, passwords, remove=command.options.remove)
    said = (
        "{name} isn’t connected any more; its events were removed."
        if command.options.remove
        else "{name} isn’t connected any more; its events stay there."
    )
    return Answer({"connected": False}, (plain_line(wording.say(said, name=stood.name)),))


def _chosen(
    found: tuple[Collection, ...], named: str | None, new: str | None, stood: Connection | None
) -> Collection | None:
    """Return the calendar that is meant, None for a new one."""
    if new is not None:
        return None
    if named is None:
        known = [one for one in found if (one.url == stood.url if stood else one.name == app.NEW_CALENDAR)]
        return known[0] if known else None
    chosen = _named(found, named)
    if not chosen.writable:
        raise Invalid("calendar", named, "writable")
    return chosen


def _named(found: tuple[Collection, ...], name: str) -> Collection:
    """Return the calendar of a name or an address."""
    fitting = [one for one in found if name in (one.name, one.url)]
    if not fitting:
        print_hint(plain_line(f"There are: {', '.join(one.name for one in found) or 'none'}"))
        raise NotFound("calendar", name)
    return fitting[0]


def _passwords() -> Passwords:
    return Passwords(paths.passwords_file())


def _unlock(passwords: Passwords, account: Account, *, stdin: bool) -> None:
    """Make sure that the password is known: kept here, typed, or behind a passphrase that is typed."""
    if typed := _typed(stdin):
        passwords.remember(account, typed)
        return
    try:
        passwords.find(account)
    except KeepwarmError as error:
        if error.code is not ErrorCode.CALDAV_LOCKED:
            raise
        if passwords.sealed(account) and (phrase := _secret("Passphrase: ", PASSPHRASE_VARIABLE)):
            passwords.unlock(account, phrase)
        elif password := _secret(f"Password of {plain_line(account.user)}: "):
            passwords.remember(account, password)
        else:
            raise KeepwarmError(error.code, **{**error.params, "variable": VARIABLE}) from error


def _known(passwords: Passwords, account: Account) -> str:
    """Return the password that is known from before, to connect with."""
    try:
        return passwords.find(account)
    except KeepwarmError as error:
        params = {**error.params, "connecting": True, "variable": VARIABLE}
        raise KeepwarmError(error.code, **params) from error


def _typed(stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\r\n") if stdin else ""


def _passphrase(passwords: Passwords) -> str:
    if passwords.place() is not Keeping.PASSPHRASE:
        return ""
    return _secret("Passphrase to keep the password under (empty: ask each time): ", PASSPHRASE_VARIABLE)


def _secret(question: str, variable: str = "") -> str:
    """Ask for a secret without showing it; '' where nobody can be asked."""
    if variable and (found := os.environ.get(variable)):
        return found
    return getpass.getpass(question) if sys.stdin is not None and sys.stdin.isatty() else ""


def _document(one: Offer) -> dict[str, object]:
    return {
        "id": one.uid, "title": one.title, "noticed": one.notice.value, "here": one.here_on,
        "there": one.there_on, "both": one.both, "answers": [said.value for said in one.answers],
    }  # fmt: skip


_VERBS = {
    "connect": _connect,
    "push": _push,
    "status": _status,
    "offers": _offers,
    "answer": _answer,
    "meetings": _meetings,
    "disconnect": _disconnect,
}
