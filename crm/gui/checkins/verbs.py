"""The verbs of check-ins, each run in the writing lane and told in a toast with Undo.

The window's bus owns the callbacks: the row or menu that asked is often gone before the verb is done, and its toast
must come all the same.
"""

from collections.abc import Callable, Sequence
from datetime import date

from crm import wording
from crm.domain.cadence import Interval
from crm.domain.person import PersonId
from crm.domain.reasons import Mute, Offer, Rule
from crm.gui.session import Session

Ids = Sequence[int]


def snooze(session: Session, ids: Ids, until: date, then: Callable[[], None] | None = None) -> None:
    """Hide these people's check-ins until a day; call `then` when it is done."""

    def run() -> None:
        from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.snooze(session.book, _people(ids), until, today=session.today())

    session.do(run, session.bus, None if then is None else lambda _result: then())


def unsnooze(session: Session, ids: Ids) -> None:
    """Show these people's check-ins again now."""

    def run() -> None:
        from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.unsnooze(session.book, _people(ids), today=session.today())

    session.do(run, session.bus)


def skip(session: Session, ids: Ids) -> None:
    """Let these people's check-ins go this time."""

    def run() -> None:
        from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.skip(session.book, _people(ids), today=session.today())

    session.do(run, session.bus)


def rest(session: Session, ids: Ids) -> None:
    """Suggest these people no more until resumed."""

    def run() -> None:
        from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.rest(session.book, _people(ids), today=session.today())

    session.do(run, session.bus)


def resume(session: Session, ids: Ids) -> None:
    """Suggest these people again."""

    def run() -> None:
        from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.resume(session.book, _people(ids), today=session.today())

    session.do(run, session.bus)


def set_every(session: Session, ids: Ids, every: Interval | None, *, never: bool = False) -> None:
    """Give these people a rule of their own; None: back to the rules of tag, company, book; `never`: no check-ins."""

    def run() -> None:
        from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.set_every(session.book, _people(ids), every, today=session.today(), never=never)

    session.do(run, session.bus)


def plan(session: Session, ids: Ids, on: date) -> None:
    """Put these people's next check-in on a day that nothing but a touch or a skip moves."""

    def run() -> None:
        from crm.app import planning  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        planning.plan_check_in(session.book, _people(ids), on, today=session.today())

    session.do(run, session.bus)


def spread(session: Session) -> None:
    """Spread what is overdue over the days ahead; nothing overdue is worth saying."""

    def run() -> int:
        from crm.app import planning  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        return planning.spread(session.book, today=session.today()).count

    def done(count: int) -> None:
        if count:
            session.services.did()
        else:
            session.services.tell(wording.say("Nothing is overdue."))

    session.tasks.write(run, done, session.services.failed, session.bus)


def away(session: Session, until: date) -> None:
    """Keep the days up to one free of check-ins."""

    def run() -> None:
        from crm.app import planning  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        planning.away(session.book, until, today=session.today())

    session.do(run, session.bus)


def back(session: Session) -> None:
    """End time away."""

    def run() -> None:
        from crm.app import planning  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        planning.back(session.book, today=session.today())

    session.do(run, session.bus)


def mute(session: Session, ids: Ids, mutes: Sequence[Mute]) -> None:
    """Silence rules of why now for these people."""

    def run() -> None:
        from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.mute(session.book, _people(ids), mutes)

    session.do(run, session.bus)


def unmute(session: Session, ids: Ids, rule: Rule | Offer) -> None:
    """Let a rule of why now, or an offer, speak again for these people."""

    def run() -> None:
        from crm.app import checkins as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        app.unmute(session.book, _people(ids), rule)

    session.do(run, session.bus)


def refuse_pace(session: Session, person: int, *, for_good: bool) -> None:
    """Offer a person no other interval for a while, or never again."""

    def run() -> None:
        from crm.app import learning  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        learning.refuse(session.book, PersonId(person), today=session.today(), for_good=for_good)

    session.do(run, session.bus)


def _people(ids: Ids) -> list[PersonId]:
    return [PersonId(one) for one in ids]
