"""Interviews and lessons: rounds ahead and behind; lessons by theme, what was said, what was practised."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from crm import wording
from crm.domain.changes import Changes
from crm.domain.interview import InterviewId, InterviewRow
from crm.domain.lesson import FeedbackRow, LessonDraft, LessonKind, LessonRow, PracticeRow, themes
from crm.domain.opportunity import SecondChance
from crm.gui.actions import Act
from crm.gui.lessons import asking, verbs
from crm.gui.lessons.asking import Learned
from crm.gui.lessons.brief import open_brief
from crm.gui.lessons.dialogs import LessonDialog, PlanPracticeDialog, PracticeDialog
from crm.gui.session import Place, Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import Button, LinkButton, Size, Variant
from crm.gui.widgets.cards import CardRow, RowCard, SectionHead
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.labels import IconTile, PlainLabel
from crm.gui.widgets.layouts import add, boxed, clear, column, row, scrolled
from crm.gui.widgets.menus import MenuItem, add_item, menu
from crm.gui.widgets.tabs import Tabs
from crm.gui.widgets.wrapping_row import WrappingRow

INTERVIEWS, LESSONS = "interviews", "lessons"
_KIND_ICONS = {LessonKind.REPEAT: ("thumbs-up", "ok"), LessonKind.CHANGE: ("lightbulb", "warn")}


class LessonsPage(QWidget):
    """What the window shows for "Interviews & lessons"."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sight = Learned()
        self._stale = False
        self.cards: list[RowCard] = []
        self.setProperty("page", True)
        self._build_ui()
        self._connect()
        self.refresh()

    def title(self) -> str:
        """Return the page's name for the window title."""
        return self.tr("Interviews & lessons")

    def primary_focus(self) -> QWidget:
        """Return the first row there is, else what to do."""
        return next((card.current for card in self.cards if card.current is not None), self.add)

    def panes(self) -> Sequence[QWidget]:
        """Return the parts F6 goes through."""
        return (self.tabs, *self.cards)

    def refresh(self) -> None:
        """Ask anew for what is shown."""
        self._stale = False
        session = self._session
        session.ask(self, lambda: asking.learned(session.book, session.today()), self._show, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _build_ui(self) -> None:
        self.add = Button(self.tr("Add lesson"), Variant.PRIMARY, icon="plus")
        self.report = Button(self.tr("Report…"), icon="scroll-text")
        title = PlainLabel(self.title(), "display", wrap=True)
        head = add(row(gap=10), (title, 1), self.report, self.add)
        parts = ((INTERVIEWS, self.tr("Interviews")), (LESSONS, self.tr("Lessons")))
        self.tabs = Tabs(parts, self.tr("Parts of this page"))
        inner = QWidget()
        self._content = column(inner, (0, 8, 8, 24), gap=10)
        self._scroll = scrolled(inner, self.title())
        tabs = boxed(add(row(), self.tabs, None))
        add(column(self, (32, 24, 32, 0), gap=12), boxed(head), tabs, (self._scroll, 1))

    def _connect(self) -> None:
        self._session.bus.changed.connect(self._on_changed)
        self.tabs.chosen.connect(self._fill)
        self.add.clicked.connect(self._on_add_clicked)
        self.report.clicked.connect(self._session.actions[Act.REPORT].trigger)

    def _show(self, found: Learned) -> None:
        self.sight = found
        self.tabs.set_count(INTERVIEWS, len(found.ahead) or None)
        self.tabs.set_count(LESSONS, len(found.lessons) or None)
        self._fill()

    def _fill(self) -> None:
        """Show the part that is chosen; the keyboard stays on the row it was on."""
        at = self._scroll.verticalScrollBar().value()
        clear(self._content)
        self.cards = []
        if self.tabs.current == INTERVIEWS:
            self._fill_interviews()
        else:
            self._fill_lessons()
        self._content.addStretch(1)
        self._scroll.verticalScrollBar().setValue(at)

    # --- interviews -------------------------------------------------------------------------------------------------

    def _fill_interviews(self) -> None:
        found = self.sight
        if not found.ahead and not found.past and not found.chances:
            empty = EmptyState(
                "messages-square",
                self.tr("No interviews yet"),
                self.tr("Add a round to an opportunity, and it shows here with what to prepare."),
            )
            empty.add_action(self.tr("Open the board")).clicked.connect(self._on_board_clicked)
            self._content.addWidget(empty)
            return
        if found.perspective.applied:
            words = wording.perspective(found.perspective)
            self._content.addWidget(PlainLabel(words, "body", "text2", wrap=True))
        self._section(self.tr("Ahead"), [self._ahead(one) for one in found.ahead], self._open_brief)
        chances = [self._chance(one) for one in found.chances]
        self._section(self.tr("Second chances"), chances, self._open_chance)
        self._section(self.tr("Past"), [self._past(one) for one in found.past], self._open_round)

    def _chance(self, one: SecondChance) -> CardRow:
        today = self._session.today()
        title = ", ".join(part for part in (one.row.company, one.row.title) if part)
        below = wording.second_chance(one, today)
        button = None
        if one.row.next is not None:
            below = f"{below} {wording.next_step(one.row.next, today)[0]}"
        elif one.contact is not None:
            button = Button(self.tr("Plan check-in"), size=Size.SMALL)
            button.clicked.connect(partial(verbs.check_in_first, self._session, one))
        else:
            button = Button(self.tr("Find a way in"), size=Size.SMALL)
            place = Place("companies", one.row.company_id)
            button.clicked.connect(partial(self._session.services.navigate, place))
        if button is not None:
            button.setAccessibleName(f"{button.label}: {title}")
        return _line(one.row.id, (title, below), ("route", "teal"), button)

    def _open_chance(self, opportunity: int) -> None:
        self._session.services.navigate(Place("opportunities", opportunity, "steps"))

    def _ahead(self, held: InterviewRow) -> CardRow:
        when = wording.interview_when(held.draft, self._session.today())
        brief = Button(self.tr("Prepare"), size=Size.SMALL)
        brief.clicked.connect(partial(self._open_brief, held.id))
        return self._round(held, when, brief)

    def _past(self, held: InterviewRow) -> CardRow:
        draft = held.draft
        when = wording.interview_when(draft, self._session.today())
        if not draft.reflected:
            write = Button(self.tr("Write it down"), size=Size.SMALL)
            write.clicked.connect(partial(self._open_round, held.id))
            return self._round(held, when, write)
        went = wording.went(draft.went) if draft.went is not None else ""
        marks = ((self.tr("Repeat: {what}"), draft.repeat), (self.tr("Change: {what}"), draft.change))
        said = [words.format(what=what.replace("\n", " ")) for words, what in marks if what]
        return self._round(held, " · ".join(part for part in (when, went, *said) if part), None)

    def _round(self, held: InterviewRow, below: str, button: Button | None) -> CardRow:
        title = ", ".join(part for part in (held.company, held.title) if part)
        names = ", ".join(name for _, name in held.people)
        about = " · ".join(part for part in (wording.round_title(held), names, below) if part)
        if button is not None:
            button.setAccessibleName(f"{button.label}: {title}")
        return _line(held.id, (title, about), ("messages-square", "violet"), button)

    def _open_brief(self, interview: int) -> None:
        open_brief(self._session, InterviewId(interview), self.window())

    def _open_round(self, interview: int) -> None:
        held = next((one for one in self.sight.past if one.id == interview), None)
        if held is not None:
            self._session.services.navigate(Place("opportunities", held.opportunity, "rounds"))

    # --- lessons ----------------------------------------------------------------------------------------------------

    def _fill_lessons(self) -> None:
        found = self.sight
        if not found.lessons and not found.feedback and not found.practice:
            empty = EmptyState(
                "lightbulb",
                self.tr("Lessons collect here"),
                self.tr("Add one after your next interview, even one line."),
            )
            empty.add_action(self.tr("Add lesson"), icon="plus").clicked.connect(self._on_add_clicked)
            self._content.addWidget(empty)
            return
        for theme in themes(found.lessons):
            lines = [self._lesson(one) for one in theme.lessons]
            self._section(wording.theme_seen(theme), lines, self._edit, self._lesson_menu)
        said = [self._said(one) for one in found.feedback]
        self._section(self.tr("What they said"), said, self._open_feedback, self._feedback_menu)
        log = LinkButton(self.tr("Log practice"), size=Size.SMALL)
        log.clicked.connect(self._on_log_clicked)
        done = [self._practice(one) for one in found.practice]
        self._section(self.tr("Practice log"), done, None, self._practice_menu, log)

    def _lesson(self, one: LessonRow) -> CardRow:
        practise = Button(self.tr("Practise this"), size=Size.SMALL)
        practise.setAccessibleName(f"{practise.label}: {one.draft.text}")
        practise.clicked.connect(partial(self._practise, one.draft.text))
        source = wording.lesson_source(one, self._session.today())
        kind = wording.lesson_kind(one.draft.kind)
        return _line(one.id, (one.draft.text, f"{kind} · {source}"), _KIND_ICONS[one.draft.kind], practise)

    def _said(self, one: FeedbackRow) -> CardRow:
        about = (one.name, one.company, one.role, wording.short_day(one.draft.on, self._session.today()))
        text = one.draft.text.replace("\n", " ")
        return _line(one.id, (text, " · ".join(part for part in about if part)), ("quote", "teal"))

    def _practice(self, one: PracticeRow) -> CardRow:
        went = wording.went(one.draft.went) if one.draft.went is not None else ""
        about = (one.name, wording.short_day(one.draft.on, self._session.today()), went)
        below = " · ".join(part for part in about if part)
        return _line(one.id, (one.draft.topic, below), ("mic", "neutral"))

    def _edit(self, lesson: int) -> None:
        known = next((one for one in self.sight.lessons if one.id == lesson), None)
        if known is not None:
            LessonDialog(self._session, known.draft, known.id, self.window()).open()

    def _practise(self, topic: str) -> None:
        words = self.tr("Practise: {topic}").format(topic=topic)
        PlanPracticeDialog(self._session, words, self.window()).open()

    def _lesson_menu(self, key: int, spot: QPoint) -> None:
        known = next((one for one in self.sight.lessons if one.id == key), None)
        if known is None:
            return
        made = self._menu()
        add_item(made, MenuItem(self.tr("Edit…"), "pencil"), partial(self._edit, key))
        add_item(made, MenuItem(self.tr("Practise this…"), "mic"), partial(self._practise, known.draft.text))
        add_item(
            made,
            MenuItem(self.tr("It helped"), "thumbs-up"),
            partial(verbs.answer, self._session, known, helped=True),
        )
        add_item(
            made,
            MenuItem(self.tr("Not relevant"), "eye-off"),
            partial(verbs.answer, self._session, known, helped=False),
        )
        made.addSeparator()
        self._delete_item(made, known)
        made.popup(spot)

    def _feedback_menu(self, key: int, spot: QPoint) -> None:
        known = next((one for one in self.sight.feedback if one.id == key), None)
        if known is not None:
            made = self._menu()
            add_item(
                made, MenuItem(self.tr("Open opportunity"), "briefcase"), partial(self._open_feedback, key)
            )
            self._delete_item(made, known)
            made.popup(spot)

    def _practice_menu(self, key: int, spot: QPoint) -> None:
        known = next((one for one in self.sight.practice if one.id == key), None)
        if known is not None:
            made = self._menu()
            self._delete_item(made, known)
            made.popup(spot)

    def _open_feedback(self, key: int) -> None:
        known = next((one for one in self.sight.feedback if one.id == key), None)
        if known is not None:
            self._session.services.navigate(Place("opportunities", known.draft.opportunity, "steps"))

    def _menu(self) -> QMenu:
        made = menu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return made

    def _delete_item(self, to: QMenu, known: LessonRow | FeedbackRow | PracticeRow) -> None:
        add_item(to, MenuItem(self.tr("Delete"), "trash-2"), partial(verbs.delete, self._session, known))

    # --- within -----------------------------------------------------------------------------------------------------

    def _section(
        self,
        title: str,
        rows: list[CardRow],
        opened: Callable[[int], None] | None,
        more: Callable[[int, QPoint], None] | None = None,
        *buttons: QWidget,
    ) -> None:
        if not rows and not buttons:
            return
        self._content.addWidget(SectionHead(title, "", *buttons))
        if not rows:
            return
        card = RowCard(title, inset=60)
        card.set_rows(rows)
        if opened is not None:
            card.opened.connect(opened)
        if more is not None:
            card.menu_requested.connect(more)
        self.cards.append(card)
        self._content.addWidget(card)

    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _on_add_clicked(self) -> None:
        LessonDialog(self._session, LessonDraft(""), None, self.window()).open()

    def _on_log_clicked(self) -> None:
        PracticeDialog(self._session, "", self.window()).open()

    def _on_board_clicked(self) -> None:
        self._session.services.navigate(Place("opportunities"))


def _line(key: int, words: tuple[str, str], icon: tuple[str, str], button: Button | None = None) -> CardRow:
    title, below = words
    made = WrappingRow(key, ". ".join(part for part in words if part), height=60)
    made.body.setSpacing(px(12))
    texts = add(
        column(margins=(0, 8, 0, 8), gap=1),
        PlainLabel(title, "bodyStrong", wrap=True),
        PlainLabel(below, "small", "text2", wrap=True),
    )
    add(made.body, IconTile(*icon, 32, 16), (boxed(texts), 1))
    if button is not None:
        made.body.addWidget(button)
    return made
