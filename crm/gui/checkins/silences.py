"""The reasons that are silent for a person, as lines of a menu: each can speak again."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from crm import wording
from crm.domain.person import PersonId
from crm.gui.checkins import verbs
from crm.gui.session import Session
from crm.gui.widgets.menus import MenuItem, add_item


def add_silences(to: QMenu, session: Session, person: int) -> None:
    """Add a line for each reason that was silenced for good; a look at one person takes a millisecond."""
    from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

    for mute in app.muted(session.book, PersonId(person)):
        if mute.until_on is None:
            words = QCoreApplication.translate("Silences", "Silent: {what}. Let it speak again")
            item = MenuItem(words.format(what=wording.rule(mute.rule)), "bell")
            add_item(to, item, partial(verbs.unmute, session, (person,), mute.rule))
