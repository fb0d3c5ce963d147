"""Calendar files: the ones that are kept up to date, and what went out in those made by hand."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from crm.domain.caldav import SERVERS
from crm.domain.calendar import Detail, EventKind
from crm.domain.company import CompanyId
from crm.domain.feed import Feed, FeedDraft, FeedId, Scope
from crm.domain.ledger import Elsewhere, Ledger, Notice, Sent
from crm.store import calendar_tables as tables
from crm.store.base import now
from crm.store.calendar_tables import CalendarExport, ExportedEvent
from crm.store.childrows import assign


def ledger(session: Session, scope: str) -> Ledger:
    """Return what went out for a scope and for all the others, and when a file was last made for it."""
    exported_at = session.scalar(select(CalendarExport.exported_at).where(CalendarExport.scope == scope))
    since_at = None if exported_at is None else _aware(exported_at)
    return Ledger(_sent(session, scope), since_at, _elsewhere(session, scope))


def _sent(session: Session, scope: str) -> dict[str, Sent]:
    rows = session.scalars(
        select(ExportedEvent).where(ExportedEvent.scope == scope).order_by(ExportedEvent.uid)
    )
    return {
        row.uid: Sent(
            row.uid, row.sequence, _aware(row.starts_at), _aware(row.changed_at), row.summary, row.digest,
            row.cancelled, row.fresh, EventKind(row.kind), row.etag or "",
            Notice(row.notice) if row.notice else None, _aware(row.notice_at) if row.notice_at else None,
        )
        for row in rows
    }  # fmt: skip


def _elsewhere(session: Session, scope: str) -> dict[str, Elsewhere]:
    """Return what files for others said. A calendar on a server is no calendar that files are imported into."""
    highest, all_cancelled = func.max(ExportedEvent.sequence), func.min(ExportedEvent.cancelled)
    of_files = ~ExportedEvent.scope.startswith(SERVERS, autoescape=True)
    query = select(ExportedEvent.uid, highest, all_cancelled).where(ExportedEvent.scope != scope, of_files)
    return {
        uid: Elsewhere(sequence, stands=not cancelled)
        for uid, sequence, cancelled in session.execute(query.group_by(ExportedEvent.uid))
    }


def keep_sent(session: Session, scope: str, now_sent: Iterable[Sent]) -> None:
    """Note what went out for a scope, in place of what did before."""
    session.execute(delete(ExportedEvent).where(ExportedEvent.scope == scope))
    rows = [_told(scope, one) for one in now_sent]
    if rows:
        session.execute(insert(ExportedEvent), rows)
    note_export(session, scope)


def note_export(session: Session, scope: str) -> None:
    """Note that a calendar was told everything just now."""
    session.execute(delete(CalendarExport).where(CalendarExport.scope == scope))
    session.add(CalendarExport(scope=scope, exported_at=now()))
    session.flush()


def keep_told(session: Session, scope: str, one: Sent) -> None:
    """Note what a calendar was told of one event, in place of what it was told before."""
    forget_told(session, scope, one.uid)
    session.execute(insert(ExportedEvent), [_told(scope, one)])


def forget_told(session: Session, scope: str, uid: str | None = None) -> None:
    """Forget that a calendar was told of an event; of any, and when, without a `uid`."""
    which = () if uid is None else (ExportedEvent.uid == uid,)
    session.execute(delete(ExportedEvent).where(ExportedEvent.scope == scope, *which))
    if uid is None:
        session.execute(delete(CalendarExport).where(CalendarExport.scope == scope))


def _told(scope: str, one: Sent) -> dict[str, object]:
    return {
        "scope": scope, "uid": one.uid, "sequence": one.sequence, "starts_at": _naive(one.starts_at),
        "changed_at": _naive(one.changed_at), "summary": one.summary, "digest": one.digest,
        "cancelled": one.cancelled, "fresh": one.fresh, "kind": one.kind.value, "etag": one.etag or None,
        "notice": one.notice.value if one.notice else None,
        "notice_at": _naive(one.notice_at) if one.notice_at else None,
    }  # fmt: skip


def feeds(session: Session) -> tuple[Feed, ...]:
    """Return the files that are kept up to date, in the order they were added."""
    return tuple(map(_feed, session.scalars(select(tables.Feed).order_by(tables.Feed.id))))


def feed(session: Session, id_: FeedId) -> Feed | None:
    """Return one of them, None when there is no such."""
    row = session.get(tables.Feed, id_)
    return None if row is None else _feed(row)


def insert_feed(session: Session, draft: FeedDraft) -> FeedId:
    """Add a file to keep."""
    row = tables.Feed(**_columns(draft))
    session.add(row)
    session.flush()
    return FeedId(row.id)


def update_feed(session: Session, id_: FeedId, draft: FeedDraft) -> None:
    """Change what a kept file holds, or where it is."""
    row = session.get_one(tables.Feed, id_)
    assign(row, _columns(draft))
    session.flush()


def delete_feed(session: Session, id_: FeedId) -> None:
    """Keep a file no longer; the file itself stays where it is."""
    session.delete(session.get_one(tables.Feed, id_))
    session.flush()


def _feed(row: tables.Feed) -> Feed:
    company = None if row.company_id is None else CompanyId(row.company_id)
    draft = FeedDraft(
        row.name,
        row.path,
        Scope(row.scope),
        company,
        row.tag,
        row.days,
        tuple(row.alarms),
        Detail(row.detail),
        (EventKind.CHECK_IN,) if row.kinds is None else tuple(EventKind(kind) for kind in row.kinds),
    )
    return Feed(FeedId(row.id), draft)


def _columns(draft: FeedDraft) -> dict[str, object]:
    return {
        "name": draft.name, "path": draft.path, "scope": draft.scope.value, "company_id": draft.company_id,
        "tag": draft.tag, "days": draft.days, "alarms": list(draft.alarms), "detail": draft.detail.value,
        "kinds": [kind.value for kind in draft.kinds],
    }  # fmt: skip


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
