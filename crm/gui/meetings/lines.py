"""One meeting in a list: of a calendar, to take in or leave out; or of the book, to log or let go."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.meeting import Fate, Meeting, MeetingLine, MeetingRecord
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, Size, Variant
from crm.gui.widgets.cards import CardRow
from crm.gui.widgets.fields import CheckBox
from crm.gui.widgets.labels import ElidedLabel, PlainLabel
from crm.gui.widgets.layouts import add, column
from crm.gui.widgets.pill import Pill

_TONES = {Fate.TOUCH: "ok", Fate.AHEAD: "brand", Fate.GONE: "neutral"}
_DAY = 96


class RecordLine(CardRow):
    """A meeting of a calendar; `changed()` when it is ticked or unticked."""

    changed = Signal()

    def __init__(self, number: int, record: MeetingRecord, today: date, *, included: bool) -> None:
        who = ", ".join(f"{one.name} ({wording.clue(one.clue)})" for one in record.people)
        fate = wording.meeting_fate(record.fate)
        day = wording.weekday_day(record.meeting.on, today)
        super().__init__(number, f"{fate}. {day}. {record.meeting.title}. {who}", height=60)
        self._box = CheckBox("", checked=included)
        self._box.setAccessibleName(
            self.tr("Bring in {title}").replace("{title}", record.meeting.title or day)
        )
        words = _words(record.meeting, who)
        add(
            self.body,
            self._box,
            10,
            _day(day),
            8,
            (words, 1),
            10,
            Pill(fate, _TONES.get(record.fate, "neutral")),
        )
        self._box.toggled.connect(self._on_box_toggled)

    @property
    def included(self) -> bool:
        """Whether the meeting is to be brought in."""
        return self._box.isChecked()

    @Slot()
    def _on_box_toggled(self) -> None:
        self.changed.emit()


class WaitingLine(CardRow):
    """A meeting of the book; `logged(int)` and `let_go(int)` when its buttons are pressed, if it `asks`."""

    logged = Signal(int)
    let_go = Signal(int)

    def __init__(self, line: MeetingLine, today: date, *, asks: bool) -> None:
        who = ", ".join(name for _, name in line.people)
        day = wording.weekday_day(line.meeting.on, today)
        super().__init__(int(line.id), f"{day}. {line.meeting.title}. {who}", height=60)
        self.person = int(line.people[0][0]) if line.people else None
        add(self.body, _day(day), 8, (_words(line.meeting, who), 1))
        if asks:
            log = Button(self.tr("Log"), Variant.TINT, size=Size.SMALL)
            log.setAccessibleName(self.tr("Log {title}").replace("{title}", line.meeting.title or day))
            log.clicked.connect(lambda: self.logged.emit(self.key))
            add(self.body, 10, log)
        drop = Button(self.tr("It wasn’t") if asks else self.tr("Forget"), Variant.GHOST, size=Size.SMALL)
        drop.setAccessibleName(f"{drop.label}: {line.meeting.title or day}")
        drop.clicked.connect(lambda: self.let_go.emit(self.key))
        add(self.body, 6, drop)


def _day(words: str) -> QWidget:
    day = PlainLabel(words, "small", "text2")
    day.setMinimumWidth(px(_DAY))
    return day


def _words(meeting: Meeting, who: str) -> QWidget:
    box = QWidget()
    title = ElidedLabel(meeting.title or wording.say("Meeting"), "bodyStrong")
    about = " · ".join(part for part in (who, meeting.place) if part)
    add(column(box), None, title, ElidedLabel(about, "small", "text2"), None)
    return box
