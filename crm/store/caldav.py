"""The calendar on a server that a book is connected to; what it was told is in the ledger of `store/calendars`."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.domain.caldav import Account, Collection, Connection
from crm.domain.calendar import Detail, EventKind
from crm.store.calendar_tables import Caldav
from crm.store.childrows import assign


def connection(session: Session) -> Connection | None:
    """Return the connection, None when there is none."""
    row = _row(session)
    if row is None:
        return None
    return Connection(
        Account(row.server, row.user),
        row.url,
        row.name,
        tuple(EventKind(kind) for kind in row.kinds),
        tuple(row.alarms),
        Detail(row.detail),
        tuple(Collection(url, name) for url, name in row.meetings),
    )


def keep(session: Session, connected: Connection) -> None:
    """Connect the book to a calendar, in place of the one it was connected to."""
    row = _row(session)
    if row is None:
        session.add(Caldav(**_columns(connected)))
    else:
        assign(row, _columns(connected))
    session.flush()


def remove(session: Session) -> None:
    """Connect the book to none any more."""
    session.delete(session.scalars(select(Caldav)).one())
    session.flush()


def _row(session: Session) -> Caldav | None:
    return session.scalars(select(Caldav)).first()


def _columns(connected: Connection) -> dict[str, object]:
    return {
        "server": connected.account.server, "user": connected.account.user, "url": connected.url,
        "name": connected.name, "kinds": [kind.value for kind in connected.kinds],
        "alarms": list(connected.alarms), "detail": connected.detail.value,
        "meetings": [[one.url, one.name] for one in connected.meetings],
    }  # fmt: skip
