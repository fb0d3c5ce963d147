"""A draft: filled in from what is known, edited, opened in the mail app or copied; then one key logs the touch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from crm import wording
from crm.domain.message import Message, MessageFacts, MessageTemplate, composed, unfilled
from crm.domain.opportunity import OpportunityId
from crm.domain.person import PersonId
from crm.domain.plan import StepId
from crm.domain.touch import TouchKind
from crm.gui import links
from crm.gui.messages.form import TemplateForm
from crm.gui.session import Session
from crm.gui.theme import px
from crm.gui.widgets.buttons import LinkButton, Size, Variant
from crm.gui.widgets.dialogs import Dialog
from crm.gui.widgets.fields import Field, Select, TextArea, TextField
from crm.gui.widgets.labels import PlainLabel
from crm.gui.widgets.layouts import add, clear, column, tab_after

LONGEST_LINK = 2000  # what mail apps surely take in a link


@dataclass(frozen=True, slots=True)
class Wish:
    """A message somebody wants to write: what for ("": what fits is offered), to whom, and the step it would do."""

    purpose: str
    person: int
    opportunity: int | None = None
    step: int | None = None


def write_message(session: Session, wish: Wish, parent: QWidget) -> None:
    """Open a draft as soon as what is known has been read."""

    def ask() -> tuple[tuple[MessageTemplate, ...], MessageFacts]:
        from crm.app import messages as app  # noqa: PLC0415 - SQLAlchemy must not load before the first paint

        about = OpportunityId(wish.opportunity) if wish.opportunity is not None else None
        facts = app.facts(session.book, PersonId(wish.person), today=session.today(), opportunity=about)
        if wish.step is not None:  # the step says what it is for
            return (app.template(wish.purpose),), facts
        return app.fitting(facts, wish.purpose, today=session.today()), facts

    def show(found: tuple[tuple[MessageTemplate, ...], MessageFacts]) -> None:
        DraftDialog(session, wish, *found, parent).open()

    session.ask((parent, "message"), ask, show, parent)


class DraftDialog(Dialog):
    """One message. Nothing is sent from here: it opens in the mail app or goes to the clipboard.

    The first of `templates` is filled in; where there are several the user may choose another.
    """

    def __init__(
        self,
        session: Session,
        wish: Wish,
        templates: Sequence[MessageTemplate],
        facts: MessageFacts,
        parent: QWidget | None = None,
    ) -> None:
        to = facts.email or wording.say("no email address yet, so copy the text")
        lead = wording.say("To {who}, {address}", who=facts.name, address=to)
        title = templates[0].title if len(templates) == 1 else wording.say("Write a message")
        super().__init__(title, parent, lead=lead, width=620)
        self._session, self._wish, self._template, self._facts = session, wish, templates[0], facts
        self._templates = {one.id: one for one in templates}
        self._blanks = wording.message_blanks()
        self._composed = Message("", "")
        self.purpose = Select([(one.id, one.title) for one in templates], self)
        self._purpose = Field(self.tr("What for"), self.purpose, parent=self)
        self._forms = column()
        self.subject = TextField(limit=300)
        self.text = TextArea(lines=12)
        self.anew = LinkButton(self.tr("Fill in anew"), size=Size.SMALL)
        self._hint = PlainLabel("", "small", "text2", wrap=True)
        self._build_body()
        self._connect()
        self._take(templates[0])
        self.resize(px(620), min(px(760), self.maximumHeight()))
        (self.form.first or self.text).setFocus()

    def _build_body(self) -> None:
        self._purpose.setVisible(len(self._templates) > 1)
        add(self.body, self._purpose, self._forms)
        add(self.body, Field(self.tr("Subject"), self.subject), (Field(self.tr("Message"), self.text), 1))
        add(self.body, self.anew, self._hint)
        self.add_cancel(self.tr("Close"))
        self.copy = self.add_button(self.tr("Copy text"))
        self.mail = self.add_button(self.tr("Open in mail app"), Variant.PRIMARY)
        self.log = self.add_button(self.tr("Sent: log the touch"), Variant.PRIMARY)
        self.log.hide()

    def _connect(self) -> None:
        self.purpose.chosen.connect(lambda purpose: self._take(self._templates[str(purpose)]))
        self.subject.textChanged.connect(self._show_state)
        self.text.textChanged.connect(self._show_state)
        self.anew.clicked.connect(self._fill)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.mail.clicked.connect(self._on_mail_clicked)
        self.log.clicked.connect(self._on_log_clicked)

    def _take(self, template: MessageTemplate) -> None:
        """Offer the choices of a template, and fill it in unless the text was written over."""
        wrote = self.message != self._composed
        clear(self._forms)
        self._template, self.form = template, TemplateForm(template, self._facts)
        self._forms.addWidget(self.form)
        self.form.changed.connect(self._on_choice_changed)
        tab_after(self.purpose, *self.form.stops)
        if wrote:
            self.anew.show()
        else:
            self._fill()

    @property
    def message(self) -> Message:
        """The message as it stands in the dialog."""
        return Message(self.subject.text().strip(), self.text.toPlainText().strip())

    def _fill(self) -> None:
        """Fill the template in; what was typed over it goes."""
        form = self.form
        values = wording.message_values(self._facts, form.said, form.asked, self._session.today())
        self._composed = composed(form.tone, values, self._blanks)
        self.subject.setText(self._composed.subject)
        self.text.setPlainText(self._composed.body)
        self._show_state()

    def _show_state(self) -> None:
        """Say what is still to fill; a message with blanks in it doesn't leave."""
        now = self.message
        self.anew.setVisible(now != self._composed)
        missing = unfilled(f"{now.subject}\n{now.body}", self._blanks)
        words = self.tr("Still to fill: {blanks}").format(blanks=", ".join(missing)) if missing else ""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        self.copy.set_reason(words)
        self.mail.set_reason(words or ("" if self._facts.email else self.tr("There is no email address.")))

    def _on_choice_changed(self) -> None:
        """Follow the choices as long as nobody wrote into the text; then wait for "Fill in anew"."""
        if self.message == self._composed:
            self._fill()
        else:
            self.anew.show()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.message.body)
        self._offer_log(self.tr("The text is on the clipboard."))

    def _on_mail_clicked(self) -> None:
        now, to = self.message, self._facts.email
        url = links.mailto(to, now.subject, now.body)
        if url is not None and len(url.toEncoded().data()) > LONGEST_LINK:
            url = None
        said = self.tr("Your mail app has the draft.")
        if url is None:
            QGuiApplication.clipboard().setText(now.body)
            url = links.mailto(to, now.subject)
            said = self.tr("The text is long, so it’s on the clipboard: paste it into the email.")
        if links.open_link(url):
            self._offer_log(said)
        else:
            self.show_problem(self.tr("No mail app took it. Copy the text instead."))

    def _offer_log(self, said: str) -> None:
        self.show_problem("")
        self._hint.setText(said)
        self._hint.show()
        self.log.show()
        self.log.setFocus()

    def _on_log_clicked(self) -> None:
        self._session.do(self._verb(), self._session.bus)
        self.accept()

    def _verb(self) -> Callable[[], object]:
        session, wish, subject = self._session, self._wish, self.message.subject
        # Who has no address got the text some other way.
        kind = self._template.kind if self._facts.email else TouchKind.MESSAGE

        def run() -> object:
            from crm.app import messages as app  # noqa: PLC0415 - as above

            step = StepId(wish.step) if wish.step is not None else None
            return app.sent(
                session.book, PersonId(wish.person), kind, subject, today=session.today(), step=step
            )

        return run
