"""Writing down a lesson, what somebody said, and what was practised."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.dates import Toward
from crm.domain.interview import BEST
from crm.domain.lesson import FeedbackDraft, LessonDraft, LessonId, LessonKind, PracticeDraft
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.gui.checkins.days import day_field
from crm.gui.checkins.who import WhoField
from crm.gui.lessons import verbs
from crm.gui.session import Session
from crm.gui.widgets.buttons import Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Select, TextArea, TextField
from crm.gui.widgets.layouts import add
from crm.gui.widgets.segmented import Segmented


class LessonDialog(Dialog):
    """A lesson in a few words. With `lesson` it edits that one."""

    def __init__(
        self,
        session: Session,
        draft: LessonDraft,
        lesson: LessonId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = wording.say("Add a lesson") if lesson is None else wording.say("Lesson")
        super().__init__(title, parent)
        self._session, self._draft, self._lesson = session, draft, lesson
        self.words = TextField(draft.text, self.tr("Start with the numbers"), limit=300)
        self.kind = Segmented(
            ((kind.value, wording.lesson_kind(kind)) for kind in reversed(LessonKind)),
            self.tr("What to do next time"),
            current=draft.kind.value,
        )
        self.tags = TextField(", ".join(draft.tags), self.tr("numbers, case study"), limit=200)
        self._words_field = Field(self.tr("What you learned"), self.words)
        tags = Field(
            self.tr("About"), self.tags, self.tr("With commas between. It returns before such interviews.")
        )
        add(self.body, self._words_field, self.kind, tags)
        self.add_cancel()
        self.save = self.add_button(self.tr("Keep lesson"), Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.words.setFocus()

    def _on_save_clicked(self) -> None:
        if not self.words.text().strip():
            self._words_field.show_problem(self.tr("One line will do."))
            return
        draft = replace(
            self._draft,
            text=self.words.text(),
            kind=LessonKind(self.kind.current),
            tags=_tags(self.tags.text()),
        )
        verbs.save_lesson(self._session, self, draft, self._lesson)


class FeedbackDialog(Dialog):
    """What somebody said about an application, and what it taught."""

    def __init__(
        self,
        session: Session,
        opportunity: OpportunityId,
        people: tuple[tuple[int, str], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(wording.say("Record feedback"), parent, width=560)
        self._session, self._opportunity = session, opportunity
        self.words = TextArea(lines=4)
        self.who = WhoField(session, people, self)
        self.day = day_field(session.today(), today=session.today(), toward=Toward.PAST, parent=self)
        self.lesson = TextField("", self.tr("Start with the numbers"), limit=300)
        self.tags = TextField("", self.tr("numbers, case study"), limit=200)
        self._words_field = Field(self.tr("What they said"), self.words)
        self._day_field = Field(self.tr("When"), self.day)
        lesson = Field(self.tr("What you take from it"), self.lesson, self.tr("It becomes a lesson."))
        add(self.body, self._words_field, Field(self.tr("Who"), self.who), self._day_field)
        add(self.body, lesson, Field(self.tr("About"), self.tags))
        self.add_cancel()
        self.save = self.add_button(self.tr("Keep feedback"), Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.words.setFocus()

    def _on_save_clicked(self) -> None:
        words, on = self.words.toPlainText().strip(), self.day.value
        self._words_field.show_problem("" if words else self.tr("Write down what they said."))
        good = on is not None and on <= self._session.today()
        self._day_field.show_problem("" if good else self.tr("Choose a day up to today."))
        if self.who.leftover or len(self.who.people) > 1:
            self.show_problem(self.tr("Choose one person from the list, or leave it empty."))
            return
        if not words or on is None or not good:
            return
        person = PersonId(self.who.people[0]) if self.who.people else None
        lesson = self.lesson.text().strip()
        learned = (LessonDraft(lesson, tags=_tags(self.tags.text())),) if lesson else ()
        verbs.record_feedback(
            self._session, self, FeedbackDraft(words, on, self._opportunity, person), learned
        )


class PracticeDialog(Dialog):
    """A mock interview or another practice: with whom, on what, how it went."""

    def __init__(self, session: Session, topic: str = "", parent: QWidget | None = None) -> None:
        super().__init__(wording.say("Log practice"), parent)
        self._session = session
        self.topic = TextField(topic, self.tr("Mock interview on numbers"), limit=200)
        self.who = WhoField(session, (), self)
        self.day = day_field(session.today(), today=session.today(), toward=Toward.PAST, parent=self)
        ways: list[tuple[object, str]] = [(None, self.tr("Leave it open"))]
        self.went = Select([*ways, *((one, wording.went(one)) for one in range(BEST, 0, -1))])
        self._topic_field = Field(self.tr("What you practised"), self.topic)
        self._day_field = Field(self.tr("When"), self.day)
        who = Field(self.tr("With"), self.who)
        add(self.body, self._topic_field, who, self._day_field, Field(self.tr("How did it go?"), self.went))
        self.add_cancel()
        self.save = self.add_button(self.tr("Log practice"), Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.topic.setFocus()

    def _on_save_clicked(self) -> None:
        topic, on = self.topic.text().strip(), self.day.value
        self._topic_field.show_problem("" if topic else self.tr("Say what you practised."))
        good = on is not None and on <= self._session.today()
        self._day_field.show_problem("" if good else self.tr("Choose a day up to today."))
        if not topic or on is None or not good:
            return
        person = PersonId(self.who.people[0]) if self.who.people else None
        went = self.went.value if isinstance(self.went.value, int) else None
        verbs.practise(self._session, self, PracticeDraft(topic, on, person, went))


class PlanPracticeDialog(Dialog):
    """With whom to practise something; it becomes a step."""

    def __init__(self, session: Session, topic: str, parent: QWidget | None = None) -> None:
        super().__init__(wording.say("Practise this"), parent, lead=topic)
        self._session, self._topic = session, topic
        self.who = WhoField(session, (), self)
        help_text = self.tr(
            "Somebody who asks you the question and says how it sounded. Or nobody: aloud works too."
        )
        add(self.body, Field(self.tr("With"), self.who, help_text))
        self.add_cancel()
        self.save = self.add_button(self.tr("Plan practice"), Variant.PRIMARY)
        self.save.clicked.connect(self._on_save_clicked)
        self.who.setFocus()

    def _on_save_clicked(self) -> None:
        if self.who.leftover or len(self.who.people) > 1:
            self.show_problem(self.tr("Choose one person from the list, or leave it empty."))
            return
        person = PersonId(self.who.people[0]) if self.who.people else None
        verbs.plan_practice(self._session, self, self._topic, person)


def _tags(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(",") if part.strip())
