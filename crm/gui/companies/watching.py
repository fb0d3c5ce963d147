"""What is done with notes on a company: keeping, correcting, making a step or an opportunity of one, deleting."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget

from crm.domain.company import CompanyPerson
from crm.domain.opportunity import OpportunityId
from crm.domain.watch import Engage, NoticedDraft, NoticedId, NoticedRow
from crm.gui.companies.noticed import NoticedCard
from crm.gui.companies.noticing import NoticedDialog, StepDialog, noticed_menu
from crm.gui.session import Place, Session


class Watching(QObject):
    """Follows what a `NoticedCard` asks for; dialogs and menus belong to `view`."""

    def __init__(self, session: Session, card: NoticedCard, view: QWidget) -> None:
        super().__init__(view)
        self._session, self._view = session, view
        self._rows: dict[int, NoticedRow] = {}
        self._people: tuple[CompanyPerson, ...] = ()
        card.noticed.connect(self.notice)
        card.menu_requested.connect(self._on_menu_requested)
        card.step_requested.connect(self._on_step_requested)
        card.pursue_requested.connect(self._on_pursue_requested)

    def show_notes(self, rows: tuple[NoticedRow, ...], people: tuple[CompanyPerson, ...]) -> None:
        """Say which notes there are, and who is at the company."""
        self._rows, self._people = {int(row.id): row for row in rows}, people

    def notice(self, draft: NoticedDraft) -> None:
        """Keep a note."""
        session = self._session

        def run() -> None:
            from crm.app import watch  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

            watch.notice(session.book, draft, today=session.today())

        session.do(run, session.bus)

    def edit(self, row: NoticedRow) -> None:
        """Open the dialog that corrects a note."""
        session = self._session

        def keep(draft: NoticedDraft) -> None:
            def run() -> None:
                from crm.app import watch  # noqa: PLC0415 - as above

                watch.edit(session.book, row.id, draft, today=session.today())

            session.do(run, session.bus)

        NoticedDialog(row, session.today(), keep, self._view.window()).open()

    def add_step(self, row: NoticedRow) -> None:
        """Open the dialog that makes a step of a note."""
        session = self._session

        def add(how: Engage) -> None:
            def run() -> None:
                from crm.app import watch  # noqa: PLC0415 - as above

                watch.engage(session.book, row.id, how, today=session.today())

            session.do(run, session.bus)

        StepDialog(row, self._people, session.today(), add, self._view.window()).open()

    def pursue(self, row: NoticedRow) -> None:
        """Make an opportunity of a note and go there; one that was made already is gone to."""
        session = self._session

        def run() -> OpportunityId:
            from crm.app import watch  # noqa: PLC0415 - as above

            return watch.pursue(session.book, NoticedId(row.id), today=session.today())

        def go(made: OpportunityId) -> None:
            session.services.navigate(Place("opportunities", int(made)))

        if row.opportunity is not None:
            go(row.opportunity)
        else:
            session.do(run, session.bus, go)

    def delete(self, row: NoticedRow) -> None:
        """Delete a note; the toast offers Undo."""
        session = self._session

        def run() -> None:
            from crm.app import watch  # noqa: PLC0415 - as above

            watch.delete(session.book, row.id)

        session.do(run, session.bus)

    def _on_menu_requested(self, noticed: int, spot: QPoint) -> None:
        row = self._rows.get(noticed)
        if row is None:
            return
        made = noticed_menu(
            row,
            lambda: self.add_step(row),
            lambda: self.pursue(row),
            lambda: self.edit(row),
            lambda: self.delete(row),
            self._view,
        )
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(spot)

    def _on_step_requested(self, noticed: int) -> None:
        if noticed in self._rows:
            self.add_step(self._rows[noticed])

    def _on_pursue_requested(self, noticed: int) -> None:
        if noticed in self._rows:
            self.pursue(self._rows[noticed])
