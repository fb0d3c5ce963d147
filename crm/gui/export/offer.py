"""After the first export: the offer of one notice a day, with what it takes said honestly."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from crm.gui.export import choices
from crm.gui.session import Session
from crm.gui.widgets.dialogs import Question, ask

_OFFERED = "digest_offered"


def offer_digest(session: Session, parent: QWidget | None) -> None:
    """Offer it once on this machine, where it isn't on."""
    services = session.services
    settings = services.settings()
    if parent is None or settings.digest or services.kept(_OFFERED):
        return
    services.keep(_OFFERED, "yes")
    when = _tr("At {time} on working days: how many check-ins, and with whom.")
    honest = _tr("Notifications need the app running. For alarms anywhere, there is your calendar.")
    question = Question(
        _tr("Tell you once a day?"),
        f"{when.format(time=choices.clock(settings.digest_time))} {honest}",
        _tr("Tell me once a day"),
        cancel=_tr("Not now"),
    )
    ask(parent, question, lambda: services.change_settings(replace(services.settings(), digest=True)))


def _tr(words: str) -> str:
    return QCoreApplication.translate("DigestOffer", words)
