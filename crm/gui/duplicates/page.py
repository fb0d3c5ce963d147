"""Duplicates in the whole book: found in the background, listed with reasons, merged or kept apart one by one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from crm.domain.changes import Changes
from crm.domain.duplicates import Cluster, Whose
from crm.errors import ErrorCode, KeepwarmError
from crm.gui.duplicates import asking
from crm.gui.duplicates.detail import ClusterPane
from crm.gui.duplicates.rows import ClusterDelegate, ClusterRow, describe
from crm.gui.models.rows_model import RowsModel
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.big_list import BigList
from crm.gui.widgets.cards import Card, Hairline
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, column, scrolled
from crm.gui.widgets.progress import ProgressPane
from crm.gui.widgets.segmented import Segmented
from crm.wording import count

if TYPE_CHECKING:
    from crm.app.progress import Progress

_WAIT_MS = 1000  # a search that takes longer shows how far it is
_WIDE, _LIST, _LOW = 760, 300, 150


class DuplicatesPage(QWidget):
    """`show_only("person:12,15")` puts people chosen elsewhere first, to merge them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._session = session
        self._whose = Whose.PEOPLE
        self._chosen: tuple[int, ...] = ()  # who was chosen elsewhere
        self._clusters: tuple[Cluster, ...] = ()
        self._progress: Progress | None = None
        self._stale = True
        self.model: RowsModel[ClusterRow] = RowsModel(self._fetch, describe, parent=self)
        self.view = BigList(self.tr("Possible duplicates"), self.model, ClusterDelegate())
        self._slow = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._build_ui()
        self._connect()

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Duplicates")

    def primary_focus(self) -> QWidget:
        """Return the list, or what says that there is none."""
        places = {self._both: self.view, self._working: self.bar.cancel, self._stopped_area: self.again}
        shown = self._stack.currentWidget()
        return next((focus for part, focus in places.items() if part is shown), self.whose)

    def show_only(self, which: str) -> None:
        """Show those chosen elsewhere: "person:12,15", "company:3,4"."""
        whose, _, ids = which.partition(":")
        self._whose = Whose(whose)
        self.whose.choose(self._whose.value)
        self._chosen = tuple(int(one) for one in ids.split(",") if one)
        self._forget()
        self.refresh()

    def refresh(self) -> None:
        """Search again; what is listed stays until the answer is there."""
        if not self.isVisible():
            self._stale = True
            return
        from crm.app.progress import Progress  # noqa: PLC0415 - with the work only

        if self._progress is not None:
            self._progress.cancel()
        session, whose, chosen, progress = self._session, self._whose, self._chosen, Progress()
        self._progress, self._stale = progress, False
        self._slow.start()
        session.tasks.read(
            (self, "find"),
            lambda: asking.find(session.book, whose, chosen, progress),
            lambda found: self._show(found, progress),
            lambda error: self._on_not_found(error, progress),
            self,
        )

    # --- building -----------------------------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self._sub = PlainLabel("", "body", "text2", wrap=True)
        self.whose = Segmented(
            ((Whose.PEOPLE.value, self.tr("People")), (Whose.COMPANIES.value, self.tr("Companies"))),
            self.tr("Duplicates of what"),
        )
        title = add(column(gap=2), PlainLabel(self.tr("Duplicates"), "display"), self._sub)
        self._working = QWidget()
        self.bar = ProgressPane(self.tr("Looking for duplicates"))
        add(column(self._working, (32, 0, 32, 0)), None, self.bar, None)
        self._none = EmptyState(
            "circle-check", self.tr("No duplicates"), self.tr("Nobody in your book looks like somebody else.")
        )
        self._stack = QStackedWidget()
        self._both = self._listing()
        self._none_area = scrolled(self._none, self.tr("No duplicates"))
        stopped = EmptyState("search", self.tr("The search was stopped"), self.tr("Nothing was changed."))
        self.again = stopped.add_action(self.tr("Search again"), icon="refresh-cw")
        self._stopped_area = scrolled(stopped, self.tr("The search was stopped"))
        for part in (self._both, self._none_area, self._working, self._stopped_area):
            self._stack.addWidget(part)
        layout = column(self, (32, 20, 32, 16), gap=12)
        add(layout, title, Flow(self.whose), (self._stack, 1))

    def _listing(self) -> QWidget:
        card = Card()
        self.pane = ClusterPane()
        self._list = QWidget()
        add(column(self._list, (1, 5, 1, 5)), (self.view, 1))
        self._edge = Hairline(vertical=True)
        self._turn = QBoxLayout(QBoxLayout.Direction.LeftToRight, card)
        self._turn.setContentsMargins(1, 1, 1, 1)
        self._turn.setSpacing(0)
        self._turn.addWidget(self._list)
        self._turn.addWidget(self._edge)
        self._turn.addWidget(self.pane, 1)
        return card

    def _connect(self) -> None:
        self.whose.chosen.connect(self._on_whose_chosen)
        self.view.chosen.connect(self._on_cluster_chosen)
        self.view.opened.connect(self._on_cluster_opened)
        self.pane.merge_requested.connect(self._on_merge_requested)
        self.pane.apart_requested.connect(self._on_apart_requested)
        self.again.clicked.connect(self.refresh)
        self._slow.timeout.connect(self._on_slow_timeout)
        self._session.bus.changed.connect(self._on_bus_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._turn.setDirection(way)
        self._edge.setVisible(wide)
        most = (1 << 24) - 1
        self._list.setMinimumSize(px(_LIST) if wide else 0, 0)
        self._list.setMaximumSize(px(_LIST) if wide else most, most if wide else px(_LOW))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _fetch(self, ids: Sequence[int]) -> Sequence[ClusterRow]:
        return tuple(ClusterRow(one, self._clusters[one]) for one in ids)

    def _show(self, found: tuple[Cluster, ...], progress: "Progress") -> None:
        if progress is not self._progress:
            return
        self._progress = None
        self._slow.stop()
        self.bar.stop()
        self._put(found)

    def _put(self, clusters: tuple[Cluster, ...]) -> None:
        """List these; the place in the list stays."""
        before = max(0, self.view.currentIndex().row())
        self._clusters = clusters
        self.model.set_ids(range(len(clusters)))
        self._sub.setText(self._said())
        self._stack.setCurrentWidget(self._both if clusters else self._none_area)
        if clusters:
            self.view.choose(min(before, len(clusters) - 1))
            self._show_current()

    def _said(self) -> str:
        if not self._clusters:
            return ""
        found = count(len(self._clusters), "{n} possible duplicate.", "{n} possible duplicates.")
        return f"{found} {self.tr('Nothing is merged until you say so.')}"

    def _show_current(self) -> None:
        """Show side by side whom the keyboard is on."""
        cluster = self._current()
        if cluster is None:
            return
        session = self._session

        def show(found: asking.Sight | None) -> None:
            if found is not None and cluster == self._current():
                self.pane.show_cluster(cluster, found.side, found.photos)

        session.ask(
            (self, "pair"), lambda: asking.compare(session.book, cluster.whose, cluster.ids), show, self
        )

    def _current(self) -> Cluster | None:
        at = self.view.current_id
        return self._clusters[at] if at is not None and at < len(self._clusters) else None

    def _forget(self) -> None:
        self._clusters = ()
        self.model.set_ids(())
        self._sub.setText("")

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_whose_chosen(self, key: str) -> None:
        self._whose, self._chosen = Whose(key), ()
        self._forget()
        self.refresh()

    @Slot(int)
    def _on_cluster_chosen(self, _at: int) -> None:
        self._show_current()

    @Slot(int)
    def _on_cluster_opened(self, _at: int) -> None:
        self.pane.merge.setFocus()

    @Slot()
    def _on_merge_requested(self) -> None:
        found = self.pane.found
        if found is not None:
            asking.merge(self._session, found, self.pane.take, self.pane.left_out)

    @Slot()
    def _on_apart_requested(self) -> None:
        found = self.pane.found
        if found is not None:
            self._chosen = ()
            asking.set_apart(self._session, found.whose, [one.id for one in found.members])

    @Slot()
    def _on_slow_timeout(self) -> None:
        if self._progress is not None:
            self.bar.follow(self._progress, self.tr("Comparing {done} of {total}"))
            self._stack.setCurrentWidget(self._working)

    @Slot(object)
    def _on_bus_changed(self, changes: Changes) -> None:
        if changes.touches_table("person", "company", "not_same"):
            self.refresh()

    def _on_not_found(self, error: Exception, progress: "Progress") -> None:
        """Say that the search was cancelled; what was listed before isn't any more."""
        if progress is not self._progress:
            return
        self._progress = None
        self._slow.stop()
        self.bar.stop()
        if not isinstance(error, KeepwarmError) or error.code is not ErrorCode.CANCELLED:
            self._session.services.failed(error)
        self._forget()
        self._stack.setCurrentWidget(self._stopped_area)
