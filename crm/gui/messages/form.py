"""What a message is made from: the tone, what only the user can say, the questions to ask."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crm.domain.message import MessageFacts, MessageTemplate, Tone
from crm.gui.widgets.cards import SectionHead
from crm.gui.widgets.fields import CheckBox, Field, TextField
from crm.gui.widgets.layouts import column
from crm.gui.widgets.segmented import Segmented


class TemplateForm(QWidget):
    """The choices one template offers. `changed()` tells that one of them is another."""

    changed = Signal()

    def __init__(self, template: MessageTemplate, facts: MessageFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template = template
        self.tones = Segmented(((one.key, one.title) for one in template.tones), self.tr("Tone"), parent=self)
        known = {"enjoyed": facts.enjoyed}
        self.answers = {one.field: TextField(known.get(one.field, "")) for one in template.asks}
        self.questions = tuple(
            CheckBox(words, checked=at == 0) for at, words in enumerate(template.offered(facts.format))
        )
        self._build_ui()
        self._connect()

    @property
    def tone(self) -> Tone:
        """The tone that is chosen."""
        return self._template.tone(self.tones.current)

    @property
    def said(self) -> dict[str, str]:
        """What the user answered, by field."""
        return {field: line.text() for field, line in self.answers.items()}

    @property
    def asked(self) -> list[str]:
        """The questions that are ticked."""
        return [box.text().replace("&&", "&") for box in self.questions if box.isChecked()]

    @property
    def stops(self) -> list[QWidget]:
        """What Tab comes to, in its order."""
        return [one for one in self.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]

    @property
    def first(self) -> QWidget | None:
        """Where writing begins, None where nothing is asked."""
        return next(iter(self.answers.values()), None)

    def _build_ui(self) -> None:
        body = column(self, gap=12)
        if len(self._template.tones) > 1:
            body.addWidget(self.tones)
        else:
            self.tones.hide()
        for one in self._template.asks:
            body.addWidget(Field(one.question, self.answers[one.field]))
        if self.questions:
            body.addWidget(SectionHead(self.tr("What you’d like to ask")))
            for box in self.questions:
                body.addWidget(box)

    def _connect(self) -> None:
        self.tones.chosen.connect(lambda _tone: self.changed.emit())
        for line in self.answers.values():
            line.textChanged.connect(lambda _words: self.changed.emit())
        for box in self.questions:
            box.toggled.connect(lambda _on: self.changed.emit())
