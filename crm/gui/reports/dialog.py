"""The proof of search: which days, what goes in, a look at the first page; saved as a PDF or a table."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.report import Effort, Span
from crm.gui import saving, sheets
from crm.gui.checkins.days import read_days
from crm.gui.reports import asking
from crm.gui.reports.asking import Look, Wish
from crm.gui.reports.page_picture import WIDTH, PagePicture
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog, save_as
from crm.gui.widgets.fields import CheckBox, DateField, Field, Select
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, boxed, column, row

_WIDTH = 760
_OWN_DAYS = None


class ReportDialog(Dialog):
    """Asks, shows, saves. Private notes stay out unless the user lets them in."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Report on your search"),
            parent,
            lead=parent.tr(
                "What you did, when, and what came of it: for an adviser, an office, or yourself."
            ),
            width=_WIDTH,
            icon="scroll-text",
        )
        self._session = session
        self._shown: tuple[Wish, Look] | None = None
        self._fill_body()
        self._connect()
        self._on_span_chosen(Span.THIS_QUARTER)

    def _fill_body(self) -> None:
        spans: list[tuple[object, str]] = [(span, wording.span(span)) for span in Span]
        self.span = Select([*spans, (_OWN_DAYS, self.tr("Other days"))])
        self.span.choose(Span.THIS_QUARTER)
        today = self._session.today()
        read = partial(read_days, today=today, toward=Toward.PAST)
        self.first, self.last = (DateField(read=read, show=wording.dated) for _ in range(2))
        self._last_field = Field(self.tr("To"), self.last)
        days = boxed(add(row(gap=12), (Field(self.tr("From"), self.first), 1), (self._last_field, 1)))
        self.efforts = {which: CheckBox(wording.effort_title(which), checked=True) for which in Effort}
        self.notes = CheckBox(self.tr("My private notes"))
        choices = column(gap=10)
        add(choices, Field(self.tr("Days"), self.span), days)
        boxes = add(column(gap=0), *self.efforts.values(), self.notes)
        add(choices, PlainLabel(self.tr("What goes in"), "captionMedium", "text2"), boxes, None)
        self.page = PagePicture()
        top = Qt.AlignmentFlag.AlignTop
        whole = add(row(gap=24), (boxed(choices), 1))
        if self.screen().availableGeometry().width() >= px(_WIDTH):
            add(whole, (self.page, top))
        self.body.addWidget(boxed(whole))
        self.add_cancel()
        self.save_table = self.add_button(self.tr("Save table…"))
        self.save = self.add_button(self.tr("Save PDF…"), Variant.PRIMARY)

    def _connect(self) -> None:
        self.span.chosen.connect(self._on_span_chosen)
        for field in (self.first, self.last):
            field.changed.connect(self._on_day_changed)
        for box in (*self.efforts.values(), self.notes):
            box.toggled.connect(self._look)
        self.save.clicked.connect(self._on_save_clicked)
        self.save_table.clicked.connect(self._on_save_table_clicked)

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _on_span_chosen(self, span: object) -> None:
        if isinstance(span, Span):
            for field, on in zip((self.first, self.last), span.days(self._session.today()), strict=True):
                field.set_value(on)
        self._look()

    def _on_day_changed(self) -> None:
        self.span.choose(_OWN_DAYS)
        self._look()

    def _wish(self) -> Wish | None:
        """Return what is chosen; None, and say why, where the days can't be."""
        first, last = self.first.value, self.last.value
        problem = ""
        if first is None or last is None:
            problem = self.tr("Say from which day to which.")
        elif last < first:
            problem = self.tr("The last day lies before the first.")
        self._last_field.show_problem(problem, focus=False)
        if problem or first is None or last is None:
            return None
        efforts = tuple(which for which, box in self.efforts.items() if box.isChecked())
        return Wish(first, last, efforts, self.notes.isChecked())

    def _look(self) -> None:
        """Show what would be saved."""
        wish, session = self._wish(), self._session
        self._allow(saving_is_possible=False)
        if wish is not None:
            width = round(px(WIDTH) * self.devicePixelRatioF())
            question = partial(asking.look, session.book, wish, width, session.today())
            session.ask((self, "look"), question, partial(self._show, wish), self)

    def _show(self, wish: Wish, found: Look) -> None:
        self._shown = wish, found
        counts = found.all.counts()
        for which, box in self.efforts.items():
            number = counts.get(which, 0)
            box.setText(wording.say("{what} ({n})", what=wording.effort_title(which), n=f"{number:,}"))
            box.setAccessibleName(box.text())
            box.setEnabled(bool(number))
        self.page.show_page(found.image, found.pages)
        self._allow(saving_is_possible=bool(found.report.lines))

    def _allow(self, *, saving_is_possible: bool) -> None:
        for button in (self.save, self.save_table):
            button.setEnabled(saving_is_possible)

    # --- saving -------------------------------------------------------------------------------------------------------

    def _on_save_clicked(self) -> None:
        self._ask_where(".pdf")

    def _on_save_table_clicked(self) -> None:
        self._ask_where(".csv")

    def _ask_where(self, ending: str) -> None:
        wish = self._wish()
        if wish is not None:
            name = f"{self.tr('Job search')} {wish.first.isoformat()} {wish.last.isoformat()}"
            save_as(self, self.tr("Save the report"), name, ending, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the report that shows, as pages or as a table, by how the file's name ends."""
        if self._shown is None:
            return
        wish, report = self._shown[0], self._shown[1].report
        if path.suffix.lower() == ".csv":
            data = partial(asking.table, report, wish)
        else:
            data = partial(sheets.pdf, asking.sheet(report, wish, self._session.today()))
        saving.save(self._session, self, path, data)
