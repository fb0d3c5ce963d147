"""What was learned at a company: feedback and lessons, the newest first."""

from datetime import date

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.lesson import FeedbackRow, LessonRow
from crm.gui.widgets.buttons import LinkButton, Size
from crm.gui.widgets.cards import Card
from crm.gui.widgets.labels import Icon, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row

SHOWN = 4


class LearnedCard(Card):
    """A few lines to read; more show when asked for. Hidden where nothing was learned yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._said: tuple[tuple[str, str], ...] = ()
        self._all = False
        self._count = PlainLabel("", "heading", "text3", tabular=True)
        self._lines = column(gap=10)
        self.more = LinkButton("", size=Size.SMALL)
        title = PlainLabel(self.tr("What you’ve learned"), "heading")
        head = add(row(gap=8), Icon("lightbulb", "text2", 16), title, self._count, None)
        add(column(self, (16, 14, 16, 16), gap=10), head, self._lines, self.more)
        self.more.clicked.connect(self._on_more_clicked)
        self.hide()

    def show_learned(
        self, feedback: tuple[FeedbackRow, ...], lessons: tuple[LessonRow, ...], today: date, *, anew: bool
    ) -> None:
        """Show these; `anew` for another company than before."""
        said = (
            *((wording.say("“{text}”", text=one.draft.text), _about(one, today)) for one in feedback),
            *((one.draft.text, wording.lesson_source(one, today)) for one in lessons),
        )
        if anew:
            self._all = False
        elif said == self._said:
            return
        self._said = said
        self._show()

    def _show(self) -> None:
        clear(self._lines)
        shown = self._said if self._all else self._said[:SHOWN]
        for words, about in shown:
            line = add(column(gap=1), PlainLabel(words, "small", wrap=True))
            line.addWidget(PlainLabel(about, "caption", "text2", wrap=True))
            self._lines.addWidget(boxed(line))
        self._count.setText(f"{len(self._said):,}")
        more = len(self._said) - len(shown)
        self.more.set_label(wording.count(more, "Show {n} more", "Show {n} more"))
        self.more.setVisible(more > 0)
        self.setVisible(bool(self._said))

    def _on_more_clicked(self) -> None:
        self._all = True
        self._show()


def _about(one: FeedbackRow, today: date) -> str:
    parts = (wording.say("Feedback"), one.name, one.role, wording.short_day(one.draft.on, today))
    return ", ".join(part for part in parts if part)
