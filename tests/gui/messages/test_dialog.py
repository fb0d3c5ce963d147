"""A draft as its user meets it: asked in one field, edited, opened or copied, logged with one key; never with blanks."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from crm.app import interviews, opportunities, touches
from crm.app.books import Book
from crm.domain.interview import Format, InterviewDraft
from crm.domain.opportunity import OpportunityDraft
from crm.domain.person import PersonId
from crm.domain.touch import TouchKind
from crm.gui import links
from crm.gui.messages import DraftDialog, Wish, write_message
from crm.gui.session import Session
from tests.builders import TODAY, a_person


@pytest.fixture
def ada(book: Book) -> PersonId:
    """Ada held a round last week."""
    person = a_person(book, email="ada@engines.example")
    which = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=TODAY)
    held = InterviewDraft(TODAY - timedelta(days=7), format=Format.TASK, people=(person,))
    interviews.add(book, which, held, today=TODAY)
    return person


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses that were opened."""
    found: list[str] = []

    def take(url: QUrl | None) -> bool:
        found.append(url.toString(QUrl.ComponentFormattingOption.FullyDecoded) if url else "")
        return url is not None

    monkeypatch.setattr(links, "open_link", take)
    return found


def draft(session: Session, window: QWidget, person: PersonId, purpose: str = "thank_you") -> DraftDialog:
    write_message(session, Wish(purpose, person), window)
    return next(one for one in window.findChildren(DraftDialog) if one.isVisible())


def test_what_only_you_know_is_asked_in_one_field(session: Session, window: QWidget, ada: PersonId) -> None:
    dialog = draft(session, window, ada)
    assert "enjoyed" not in dialog.message.body
    dialog.form.answers["enjoyed"].setText("the tour")
    assert "I especially enjoyed the tour." in dialog.message.body
    warm = dialog.message.body
    dialog.form.tones.choose("short")
    dialog.form.tones.chosen.emit("short")
    assert len(dialog.message.body) < len(warm)


def test_the_mail_app_gets_the_draft_and_one_key_logs_it(
    session: Session, window: QWidget, book: Book, ada: PersonId, opened: list[str]
) -> None:
    dialog = draft(session, window, ada)
    dialog.mail.click()
    assert opened[0].startswith("mailto:ada@engines.example?subject=Thank you")
    assert touches.timeline(book, ada) == ()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    (touch,) = touches.timeline(book, ada)
    assert touch.note == "Thank you for the conversation"


def test_a_long_text_goes_to_the_clipboard(
    session: Session, window: QWidget, ada: PersonId, opened: list[str]
) -> None:
    dialog = draft(session, window, ada)
    dialog.text.setPlainText("word " * 1000)
    dialog.mail.click()
    assert "body=" not in opened[0]
    assert QGuiApplication.clipboard().text() == ("word " * 1000).strip()


def test_a_message_with_blanks_does_not_leave(session: Session, window: QWidget, book: Book) -> None:
    zoe = a_person(book, "Zoe", email="zoe@example.org")
    dialog = draft(session, window, zoe)
    assert "[the role]" in dialog.message.body
    assert not dialog.mail.isEnabled()
    assert not dialog.copy.isEnabled()
    dialog.text.setPlainText(
        dialog.message.body.replace("[the role]", "Analyst").replace("[the company]", "it")
    )
    assert dialog.mail.isEnabled()


def test_what_was_written_stays_until_it_is_filled_in_anew(
    session: Session, window: QWidget, ada: PersonId
) -> None:
    dialog = draft(session, window, ada)
    dialog.text.setPlainText("My own words.")
    dialog.form.answers["enjoyed"].setText("the tour")
    assert dialog.message.body == "My own words."
    dialog.anew.click()
    assert "the tour" in dialog.message.body


def test_a_request_for_feedback_offers_questions_of_the_round(
    session: Session, window: QWidget, ada: PersonId
) -> None:
    dialog = draft(session, window, ada, "ask_feedback")
    assert "– What would have made my exercise stronger?" in dialog.message.body
    for box in dialog.form.questions:
        box.setChecked(False)
    assert "[your questions]" in dialog.message.body


def test_without_an_address_the_text_is_copied(session: Session, window: QWidget, book: Book) -> None:
    dialog = draft(session, window, a_person(book, "Zoe"), "check_in")
    dialog.text.setPlainText("Hi Zoe")
    assert not dialog.mail.isEnabled()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "Hi Zoe"
    assert dialog.log.isVisible()


def test_another_purpose_brings_its_own_questions_and_text(
    session: Session, window: QWidget, book: Book
) -> None:
    dialog = draft(session, window, a_person(book, "Zoe", email="zoe@example.org"), "")
    assert dialog.purpose.isVisible()
    assert dialog.purpose.value == "check_in"
    choose(dialog, "congratulate")
    dialog.form.answers["ask"].setText("the new job at last")
    assert "the new job at last" in dialog.message.body
    assert dialog.message.subject == "Congratulations"


def test_another_purpose_leaves_what_was_written_until_it_is_filled_in_anew(
    session: Session, window: QWidget, book: Book
) -> None:
    dialog = draft(session, window, a_person(book, "Zoe", email="zoe@example.org"), "")
    dialog.text.setPlainText("My own words.")
    choose(dialog, "reconnect")
    assert dialog.message.body == "My own words."
    dialog.anew.click()
    assert dialog.message.subject == "Long time no see"


def test_without_an_address_a_message_is_logged(session: Session, window: QWidget, book: Book) -> None:
    zoe = a_person(book, "Zoe")
    dialog = draft(session, window, zoe, "")
    dialog.text.setPlainText("Hi Zoe")
    dialog.copy.click()
    dialog.log.click()
    (touch,) = touches.timeline(book, zoe)
    assert touch.kind is TouchKind.MESSAGE


def choose(dialog: DraftDialog, purpose: str) -> None:
    dialog.purpose.choose(purpose)
    dialog.purpose.chosen.emit(purpose)
