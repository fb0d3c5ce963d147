"""The parts of the panel beside the steps: facts, rounds, people, history."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.attachment import AttachmentRow
from crm.domain.interview import InterviewRow
from crm.domain.opportunity import OpportunityCard, RolePerson
from crm.gui import links, text
from crm.gui.theme import px
from crm.gui.widgets.avatar import Avatar
from crm.gui.widgets.buttons import LINK_INSET, Button, ElidedLink, Size
from crm.gui.widgets.cards import Card, CardRow, RowCard
from crm.gui.widgets.labels import IconTile, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row
from crm.gui.widgets.wrapping_row import WrappingRow


class FactsCard(Card):
    """What is known of an opportunity: words on the left, values on the right. `reapply_requested()`."""

    reapply_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._lines = column(self, (16, 12, 16, 12), gap=8)

    def show_card(self, card: OpportunityCard, today: date) -> None:
        """Show the facts that are known."""
        clear(self._lines)
        draft = card.draft
        facts = (
            (
                self.tr("Applied"),
                wording.short_day(card.row.applied_on, today) if card.row.applied_on else "",
            ),
            (self.tr("Deadline"), wording.short_day(draft.deadline_on, today) if draft.deadline_on else ""),
            (self.tr("Source"), draft.source),
            (self.tr("Salary"), draft.salary),
        )
        for name, value in facts:
            if value:
                self._lines.addWidget(self._fact(name, PlainLabel(text.breakable(value), "body", wrap=True)))
        if card.row.opens_on is not None:
            self._lines.addWidget(self._fact(self.tr("Apply again"), self._reapply(card.row.opens_on, today)))
        if draft.link:
            self._lines.addWidget(self._fact(self.tr("Link"), _link(draft.link)))
        for move in card.moves:
            words = wording.ending(move.ending) if move.ending else wording.stage(move.stage)
            day = PlainLabel(wording.short_day(move.on, today), "body", tabular=True)
            self._lines.addWidget(self._fact(words, day))

    def _reapply(self, opens_on: date, today: date) -> QWidget:
        day = wording.short_day(opens_on, today)
        words = wording.say("From {day}", day=day) if opens_on > today else self.tr("Now")
        change = ElidedLink(words)
        change.setAccessibleName(wording.say("Apply again: {when}. Change day", when=words))
        change.clicked.connect(self.reapply_requested)
        return change

    def _fact(self, name: str, value: QWidget) -> QWidget:
        label = PlainLabel(name, "small", "text2")
        label.setFixedWidth(px(112))
        if isinstance(
            value, ElidedLink
        ):  # its words stand in the middle of its height, and in from its start
            return boxed(add(row(gap=8 - LINK_INSET), label, (value, 1)))
        return boxed(add(row(gap=8), (label, Qt.AlignmentFlag.AlignTop), (value, 1)))


class RoundList(RowCard):
    """The rounds, in order. `brief_requested(int)` comes from one that lies ahead."""

    brief_requested = Signal(int)

    def show_rounds(
        self, rounds: tuple[InterviewRow, ...], files: tuple[AttachmentRow, ...], today: date
    ) -> None:
        """Show these rounds, and which files came with each."""
        self.setVisible(bool(rounds))
        names = {held.id: [one.name for one in files if one.interview == held.id] for held in rounds}
        self.set_rows([self._line(one, names[one.id], today) for one in rounds])

    def _line(self, one: InterviewRow, files: list[str], today: date) -> CardRow:
        line = _round_line(one, files, today)
        if one.draft.on >= today:
            brief = Button(self.tr("Brief…"), size=Size.SMALL)
            brief.setAccessibleName(f"{brief.label}: {wording.round_title(one)}")
            brief.clicked.connect(partial(self.brief_requested.emit, one.id))
            line.body.addWidget(brief)
        return line


class PeopleList(RowCard):
    """Who is who, as given, and who held rounds."""

    def show_people(self, people: tuple[RolePerson, ...], rounds: tuple[InterviewRow, ...]) -> None:
        """Show each person once, with their roles."""
        known: dict[int, tuple[str, list[str]]] = {}
        for one in people:
            known.setdefault(one.person, (one.name, []))[1].append(wording.role(one.role))
        for held in rounds:
            for person, name in held.people:
                roles = known.setdefault(person, (name, []))[1]
                roles.append(self.tr("Round {n}").format(n=held.number))
        self.setVisible(bool(known))
        self.set_rows([_person_line(person, name, roles) for person, (name, roles) in known.items()])


def _round_line(one: InterviewRow, files: list[str], today: date) -> CardRow:
    draft = one.draft
    names = ", ".join(name for _, name in one.people)
    when = wording.interview_when(draft, today)
    title = wording.round_title(one)
    if draft.went is not None:
        went = wording.went(draft.went)
    else:
        went = wording.say("How did it go?") if draft.on <= today else ""
    below = " · ".join(filter(None, (when, wording.interview_format(draft.format), names, went, *files)))
    line = WrappingRow(one.id, f"{title}. {below}", height=60)
    line.body.setSpacing(px(12))
    icon = IconTile("messages-square", "violet" if draft.on >= today else "neutral", 32, 16)
    words = add(
        column(gap=1),
        PlainLabel(text.breakable(title), "bodyStrong", wrap=True),
        PlainLabel(text.breakable(below), "small", "text2", wrap=True),
    )
    add(line.body, icon, (boxed(words), 1))
    return line


def _person_line(person: int, name: str, roles: list[str]) -> CardRow:
    words = ", ".join(dict.fromkeys(roles))
    line = WrappingRow(person, f"{name}, {words}", height=56)
    line.body.setSpacing(px(12))
    texts = add(
        column(gap=1),
        PlainLabel(text.breakable(name), "bodyStrong", wrap=True),
        PlainLabel(words, "small", "text2", wrap=True),
    )
    add(line.body, Avatar(name, 32), (boxed(texts), 1))
    return line


def _link(link: str) -> QWidget:
    """Return a link where the address is safe to open, else its words."""
    url = links.website(link)
    if url is None:
        return PlainLabel(text.breakable(link), "body", wrap=True)
    made = ElidedLink(link)
    made.clicked.connect(lambda: links.open_link(url))
    return made
