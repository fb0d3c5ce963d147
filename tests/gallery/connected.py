"""Pictures of a connected calendar: connecting it, how it stands, what was changed there."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm.app import schedule
from crm.domain.caldav import Account, Collection, Connection, Offer, PushState, answers
from crm.domain.calendar import EventKind
from crm.domain.ledger import Delta, Notice
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.export.connected import DisconnectDialog, OffersDialog, UnlockDialog
from crm.gui.export.connecting import ConnectDialog, Found
from crm.gui.pushing import Standing
from crm.gui.session import Place
from crm.gui.settings.caldav import CaldavSection
from tests.gallery.board import TODAY

if TYPE_CHECKING:
    from tests.gallery.draw import Gallery

_ACCOUNT = Account("https://cloud.example.org/", "ana@example.org")
_CONNECTION = Connection(_ACCOUNT, "https://cloud.example.org/dav/ana/keepwarm/", "Keepwarm")


def draw(gallery: "Gallery", screen: str) -> QWidget | None:
    """Draw one of `SHOWERS`."""
    window, session = gallery.window, gallery.window.session
    if session is None:
        return None
    window.go(Place("calendar" if screen == "calendar_offers" else "settings"))
    error = KeepwarmError(ErrorCode.CALDAV_UNREACHABLE, host="cloud.example.org", why="no answer in time")
    bad = screen == "caldav_bad"
    state = PushState(error=error) if bad else PushState()
    session.pushing.standing = Standing(_CONNECTION, state, Delta(2, 1, 0), _offers(gallery))
    session.pushing.changed.emit()
    dialogs = {
        "caldav_offers": lambda: OffersDialog(session, window),
        "caldav_unlock": lambda: UnlockDialog(session, _CONNECTION, window, sealed=True),
        "caldav_disconnect": lambda: DisconnectDialog(session, _CONNECTION, window),
        "caldav_connect": lambda: ConnectDialog(session, window),
        "caldav_found": lambda: ConnectDialog(session, window),
    }
    if screen in dialogs:
        dialog = dialogs[screen]()
        dialog.show()
        if screen == "caldav_found" and isinstance(dialog, ConnectDialog):
            dialog._show_found(Found(_ACCOUNT, "", (Collection("https://x/", "Personal"),), "passphrase"))
        return dialog
    if screen != "calendar_offers":
        area = window.current_page()._area  # type: ignore[union-attr]
        area.ensureWidgetVisible(window.findChild(CaldavSection), 0, 100)
    return window


def _offers(gallery: "Gallery") -> tuple[Offer, ...]:
    items = schedule.on_days(gallery.book, TODAY, TODAY.replace(year=TODAY.year + 1), today=TODAY).items
    check_ins = [one for one in items if one.kind is EventKind.CHECK_IN][:3]
    at = datetime(TODAY.year, 12, 12, 9, tzinfo=UTC)
    notices = (Notice.MOVED, Notice.DONE, Notice.REMOVED)
    return tuple(
        Offer(
            one.uid, notice, f"Check in: {one.source.person.name}", one, one.on, at.date(), at,  # type: ignore[union-attr]
            answers(notice, one.kind, at.date(), TODAY), both=notice is Notice.MOVED,
        )
        for one, notice in zip(check_ins, notices, strict=False)
    )  # fmt: skip


SHOWERS = dict.fromkeys(
    (
        "caldav", "caldav_bad", "caldav_connect", "caldav_found", "caldav_offers", "caldav_unlock",
        "caldav_disconnect", "calendar_offers",
    ),
    draw,
)  # fmt: skip
