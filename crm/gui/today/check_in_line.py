"""One check-in as a row: the circle, the person, the reason, and what can be done."""

from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.agenda import CheckInRow
from crm.gui.actions import Act
from crm.gui.checkins.kinds import KIND_ICONS
from crm.gui.theme import px
from crm.gui.today import words
from crm.gui.today.lines import PersonLines
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.buttons import Button, CheckCircle, IconButton, Variant
from crm.gui.widgets.cards import CardRow
from crm.gui.widgets.labels import Icon
from crm.gui.widgets.layouts import add, boxed, row
from crm.gui.widgets.pill import Pill


class CheckInLine(CardRow):
    """`asked(Act)` tells what the user wants done; MORE stands for the menu of the rest."""

    asked = Signal(object)
    more_asked = Signal(QPoint)

    def __init__(
        self, check_in: CheckInRow, today: date, *, compact: bool = False, calm: bool = False
    ) -> None:
        super().__init__(int(check_in.person.id), words.sentence(check_in, today))
        self.check_in = check_in
        self.circle = CheckCircle(self.tr("Log a touch with {who}").format(who=check_in.person.name))
        self.circle.clicked.connect(lambda: self.asked.emit(Act.LOG_TOUCH))
        lines = PersonLines(
            check_in.person.name, words.headline(check_in.person), wording.why_now(check_in, today)
        )
        add(self.body, self.circle, 8, Avatar(check_in.person.name, 40), 12, (lines, 1), 12)
        self._wide, self._narrow = self._wide_actions(), self._narrow_actions()
        actions = boxed(add(row(), self._wide, self._narrow))
        self.set_compact(compact)
        self.set_trailing(_resting(check_in, today, calm=calm), actions)

    def set_compact(self, compact: bool) -> None:
        """Show two small buttons in place of the words."""
        self._wide.setVisible(not compact)
        self._narrow.setVisible(compact)

    def untick(self) -> None:
        """Take the tick back: nothing was logged."""
        self.circle.setChecked(False)

    def _wide_actions(self) -> QWidget:
        log = Button(self.tr("Log touch"), Variant.PRIMARY, icon="check")
        write = Button(self.tr("Write…"), icon="send")
        put_off, later = Button(self.tr("Snooze"), icon="alarm-clock"), Act.SNOOZE
        if not self.check_in.planned:  # there is no check-in to snooze, only a reason that can go by
            put_off, later = Button(self.tr("Skip"), icon="skip-forward"), Act.SKIP
        for button, act in ((log, Act.LOG_TOUCH), (write, Act.WRITE), (put_off, later)):
            button.clicked.connect(lambda _checked=False, act=act: self.asked.emit(act))
        return boxed(add(row(gap=6), log, write, put_off, self._more_button()))

    def _narrow_actions(self) -> QWidget:
        log = IconButton("check", self.tr("Log touch"), outlined=True)
        log.clicked.connect(lambda: self.asked.emit(Act.LOG_TOUCH))
        return boxed(add(row(gap=6), log, self._more_button()))

    def _more_button(self) -> IconButton:
        more = IconButton("ellipsis", self.tr("More for {who}").format(who=self.check_in.person.name))
        more.clicked.connect(lambda: self.more_asked.emit(more.mapToGlobal(QPoint(0, more.height()))))
        return more


def _resting(check_in: CheckInRow, today: date, *, calm: bool) -> QWidget:
    """Return what the row shows while nobody points at it: how to reach them, when it is due."""
    due, tone = wording.due_or_rule(check_in, today)
    if calm and tone == "bad":
        tone = "neutral"
    layout = row(gap=12)
    if (by := words.channel(check_in)) is not None:
        add(layout, Icon(KIND_ICONS[by], "text3", 16))
    made = boxed(add(layout, Pill(due, tone, icon="triangle-alert" if tone == "bad" else "")))
    made.setMinimumHeight(px(28))
    return made
