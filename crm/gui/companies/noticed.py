"""What the user noticed at a company: one field to keep it with, and the notes, the latest first."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.company import CompanyId
from crm.domain.dates import Toward
from crm.domain.watch import NoticedDraft, NoticedKind, NoticedRow, read_noticed
from crm.gui import links
from crm.gui.checkins.days import read_days
from crm.gui.widgets.announce import announce
from crm.gui.widgets.buttons import LINK_INSET, Button, ElidedLink, IconButton, LinkButton, Size, Variant
from crm.gui.widgets.cards import Card
from crm.gui.widgets.fields import DateField, Select, TextField
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row

SHOWN = 5
KIND_ICONS = {NoticedKind.NEWS: "newspaper", NoticedKind.POST: "megaphone", NoticedKind.OPENING: "briefcase"}
_TOP = Qt.AlignmentFlag.AlignTop


class NoticedCard(Card):
    """`noticed(object)` a draft to keep, `menu_requested(int, QPoint)`, `step_requested(int)`, `pursue_requested(int)`."""

    noticed = Signal(object)
    menu_requested = Signal(int, QPoint)
    step_requested = Signal(int)
    pursue_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._company, self._today = 0, date.min
        self._rows: tuple[NoticedRow, ...] = ()
        self._all = False
        self._count = PlainLabel("", "heading", "text3", tabular=True)
        self.line = _Line("", self.tr("News, a post, an opening"), limit=500)
        self.kind = Select([(kind, wording.noticed_kind(kind)) for kind in NoticedKind])
        self.day = DateField(read=self._read_days, show=self._show_day)
        self.keep = Button(self.tr("Keep"), Variant.TINT, size=Size.SMALL)
        self._problem = PlainLabel("", "caption", "bad", wrap=True)
        self._lines = column(gap=12)
        self._more = LinkButton("", size=Size.SMALL)
        self._build_ui()
        self._connect()

    def show_notes(self, company: int, rows: tuple[NoticedRow, ...], today: date, *, anew: bool) -> None:
        """Show a company's notes; `anew` for another company than before."""
        if anew:
            self._all = False
            self._start_over(today)
        elif (rows, today) == (self._rows, self._today):
            return
        self._company, self._rows, self._today = company, rows, today
        self._show()

    def start(self) -> None:
        """Put the cursor where the next note begins."""
        self.line.setFocus()

    def _build_ui(self) -> None:
        for editor, name in (
            (self.line, self.tr("What you noticed")),
            (self.kind, self.tr("What it was")),
            (self.day, self.tr("When")),
        ):
            editor.setAccessibleName(name)
        self.line.setToolTip(self.tr("Enter keeps it. A web address in it becomes the link"))
        head = add(
            row(gap=8),
            Icon("eye", "text2", 16),
            PlainLabel(self.tr("What you noticed"), "heading"),
            self._count,
            None,
        )
        self._about = boxed(add(column(gap=8), self.kind, self.day, add(row(), None, self.keep)))
        self._about.hide()
        self._problem.hide()
        parts = (head, self.line, self._about, self._problem, self._lines, self._more)
        add(column(self, (16, 14, 16, 16), gap=10), *parts)

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_text_changed)
        for entered in (self.line.returnPressed, self.day.line.returnPressed, self.keep.clicked):
            entered.connect(self._on_keep_wanted)
        self._more.clicked.connect(self._on_more_clicked)

    def _show(self) -> None:
        clear(self._lines)
        shown = self._rows if self._all else self._rows[:SHOWN]
        for one in shown:
            self._lines.addWidget(self._note(one))
        self._count.setText(f"{len(self._rows):,}" if self._rows else "")
        more = len(self._rows) - len(shown)
        self._more.set_label(wording.count(more, "Show {n} more", "Show {n} more"))
        self._more.setVisible(more > 0)

    def _note(self, one: NoticedRow) -> QWidget:
        said = wording.noticed_words(one.draft)
        told = add(
            column(margins=(LINK_INSET, 0, LINK_INSET, 0), gap=1), PlainLabel(said, "small", wrap=True)
        )
        told.addWidget(PlainLabel(wording.noticed_about(one, self._today), "caption", "text2", wrap=True))
        words = add(column(gap=1), told)
        acts = self._acts(one, said)
        if acts:
            words.addWidget(Flow(*acts, gap=4))
        more = IconButton(
            "ellipsis", self.tr("More about “{note}”").replace("{note}", said), size=28, icon_size=16
        )
        more.clicked.connect(
            lambda: self.menu_requested.emit(int(one.id), more.mapToGlobal(QPoint(0, more.height())))
        )
        top = add(column(margins=(0, 2, 0, 0)), Icon(KIND_ICONS[one.draft.kind], "text3", 16), None)
        return boxed(add(row(gap=4), top, (words, 1), (more, _TOP)))

    def _acts(self, one: NoticedRow, said: str) -> list[QWidget]:
        """Return what can be done at once: read it, make an opportunity of it, make a step."""
        found: list[QWidget] = []
        url = links.website(one.draft.link)
        if url is not None:
            link = ElidedLink(url.host(), size=Size.SMALL)
            link.setAccessibleName(self.tr("Read “{note}” at {site}").format(note=said, site=url.host()))
            link.clicked.connect(lambda: links.open_link(url))
            found.append(link)
        if one.is_open_opening:
            found.append(self._act(self.tr("Make it an opportunity"), said, self.pursue_requested.emit, one))
        elif one.engagement is None and one.opportunity is None:
            found.append(self._act(self.tr("Next step…"), said, self.step_requested.emit, one))
        return found

    def _act(self, label: str, said: str, asked: Callable[[int], None], one: NoticedRow) -> QWidget:
        made = LinkButton(label, size=Size.SMALL)
        made.setAccessibleName(f"{label.rstrip('…')}: {said}")
        made.clicked.connect(lambda: asked(int(one.id)))
        return made

    def _start_over(self, today: date) -> None:
        self._today = today
        self.line.clear()
        self.kind.choose(NoticedKind.NEWS)
        self.day.set_value(today)
        self._say("")

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            announce(self, problem)

    def _read_days(self, words: str) -> tuple[date, ...]:
        return read_days(words, today=self._today, toward=Toward.PAST)

    def _show_day(self, day: date) -> str:
        return wording.day(day, self._today)

    def _on_text_changed(self, words: str) -> None:
        """Ask what it was and when only once there is something to ask about."""
        self._about.setVisible(bool(words.strip()))

    def _on_keep_wanted(self) -> None:
        words, link = read_noticed(self.line.text())
        on = self.day.value
        if not words and not link:
            return
        if on is None or on > self._today:
            self._say(self.tr("That isn’t a day up to today. Write “yesterday” or “12 Nov”."))
            self.day.setFocus()
            return
        kind = NoticedKind(str(self.kind.value))
        self.noticed.emit(NoticedDraft(CompanyId(self._company), words, on, kind, link))
        self._start_over(self._today)
        self.start()

    def _on_more_clicked(self) -> None:
        self._all = True
        self._show()


class _Line(TextField):
    """Esc empties it; an empty one lets Esc pass."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
