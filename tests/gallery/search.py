"""Pictures of the search: opportunities, messages, interviews and lessons."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm.app import attachments, goals, interviews, lessons, opportunities, plans, watch
from crm.app.books import Book
from crm.domain.company import CompanyId
from crm.domain.goal import Goal
from crm.domain.interview import InterviewDraft
from crm.domain.lesson import FeedbackDraft, LessonDraft, LessonKind, PracticeDraft
from crm.domain.opportunity import Ending, OpportunityDraft, OpportunityId, Stage
from crm.domain.person import PersonId
from crm.domain.report import Effort
from crm.domain.watch import Engage, NoticedDraft, NoticedKind
from crm.gui.companies.noticing import NoticedDialog, StepDialog
from crm.gui.lessons.brief import BriefDialog
from crm.gui.messages import DraftDialog, Wish, write_message
from crm.gui.reports.dialog import ReportDialog
from crm.gui.session import Place

if TYPE_CHECKING:
    from tests.gallery.draw import Gallery

TODAY = date(2025, 10, 23)


def fill(book: Book) -> None:
    """Put a search into the book: something in every stage, one round ahead, one no with its plan."""
    told = (
        ("Product Manager, Energy Markets", "Lumen Grid", Stage.SAVED, 6),
        ("Senior PM, Patient Apps", "Brightwater Health", Stage.SAVED, 2),
        ("Senior Product Manager", "Kestrel Analytics", Stage.APPLIED, 8),
        ("Platform Product Manager, Fleet Routing and Dispatch", "Northgate Mobility", Stage.APPLIED, 3),
        ("Senior PM, Platform", "Orbital Labs", Stage.INTERVIEWING, 12),
        ("Product Manager II", "Cobalt Insights", Stage.OFFER, 2),
        ("Lead PM, Payments", "Cobalt Bank", Stage.CLOSED, 3),
        ("Group PM", "Tallis Media", Stage.CLOSED, 20),
        ("Head of Product", "Halden Systems", Stage.CLOSED, 170),
    )
    made = {}
    for title, company, stage, days in told:
        on = TODAY - timedelta(days=days)
        which = made[company] = opportunities.add(
            book, OpportunityDraft(title, company, source="LinkedIn"), today=on
        )
        if company == "Cobalt Bank":
            held = InterviewDraft(on - timedelta(days=2), name="Panel", people=(PersonId(5), PersonId(6)))
            interviews.add(book, which, held, today=on)
        if stage is Stage.CLOSED:
            ending = Ending.WITHDREW if company == "Tallis Media" else Ending.NOT_SELECTED
            opportunities.move(book, which, stage, today=on, ending=ending)
        elif stage is not Stage.SAVED:
            opportunities.move(book, which, stage, today=on)
    ahead = InterviewDraft(TODAY + timedelta(days=1), name="Case study", people=(PersonId(2), PersonId(3)))
    interviews.add(book, made["Orbital Labs"], ahead, today=TODAY)
    plans.add_step(
        book, made["Cobalt Insights"], "Reply to the offer", TODAY + timedelta(days=7), today=TODAY
    )
    plans.add_step(book, made["Kestrel Analytics"], "Follow up", TODAY, today=TODAY)
    plan = plans.preview(book, "after_no", made["Cobalt Bank"], today=TODAY)
    plans.start(book, plan, plan.steps, today=TODAY)
    plans.done(book, plans.of_opportunity(book, made["Cobalt Bank"])[0].id, today=TODAY)
    _add_lessons(book, made["Cobalt Bank"])
    for goal in (Goal(Effort.MESSAGE, 3), Goal(Effort.APPLICATION, 2), Goal(Effort.PRACTICE, 1)):
        goals.aim(book, goal, today=TODAY)
    _notice(book)
    _attach(book, made["Cobalt Bank"], made["Orbital Labs"])


def _attach(book: Book, closed: OpportunityId, open_one: OpportunityId) -> None:
    """Keep the files that were sent: the same résumé twice, a task of a round."""
    with tempfile.TemporaryDirectory() as folder:
        files = [
            Path(folder) / name
            for name in ("Résumé platform 2025.pdf", "Cover letter.docx", "Case study.pdf")
        ]
        for size, file in enumerate(files, start=1):
            file.write_bytes(b"%PDF" * 31_000 * size)
        attachments.attach(book, closed, files[:2], today=TODAY)
        attachments.attach(book, open_one, files[:1], today=TODAY)
        held = interviews.of_opportunity(book, open_one)[0]
        attachments.attach(book, open_one, files[2:], today=TODAY, interview=held.id)


def _add_lessons(book: Book, closed: OpportunityId) -> None:
    """Fill the page of lessons: feedback, lessons under themes, practice."""
    said = FeedbackDraft(
        "Good stories. We missed depth on the numbers behind them.", TODAY, closed, PersonId(5)
    )
    taught = (LessonDraft("Start with the numbers, then the story", tags=("Numbers", "Case study")),)
    lessons.record_feedback(book, said, taught, today=TODAY)
    for text, tags in (
        ("Ask who decides, and by when", ("Questions",)),
        ("Say the size of the effect in one sentence", ("Numbers",)),
    ):
        lessons.add(book, LessonDraft(text, LessonKind.REPEAT, tags), today=TODAY)
    lessons.practise(book, PracticeDraft("Mock interview on numbers", TODAY, PersonId(3), 4), today=TODAY)


def _notice(book: Book) -> None:
    """Put what was noticed at the first company into the book: each kind, with and without a step."""
    there = CompanyId(1)
    for text, kind, days, link in (
        ("They moved their data team to Lisbon", NoticedKind.NEWS, 40, ""),
        ("Senior PM, Imagery", NoticedKind.OPENING, 6, "https://orbitallabs.example/jobs/7"),
        ("Tomás on pricing for satellites", NoticedKind.POST, 2, "https://social.example/p/1"),
    ):
        draft = NoticedDraft(there, text, TODAY - timedelta(days=days), kind, link)
        how = Engage("Comment on his post", TODAY + timedelta(days=1), PersonId(2))
        watch.notice(book, draft, today=TODAY, engage=how if kind is NoticedKind.POST else None)


def _opportunity(gallery: "Gallery", screen: str) -> QWidget | None:
    rows = opportunities.board(gallery.book, today=TODAY)
    if not rows:
        return None
    wanted = "Cobalt Bank" if screen == "after_no" else "Orbital Labs"
    which = next((row.id for row in rows if row.company == wanted), rows[0].id)
    gallery.window.go(Place("opportunities", which))
    return gallery.window


def _lessons(gallery: "Gallery", screen: str) -> QWidget:
    gallery.window.go(Place("lessons"))
    gallery.window.current_page().tabs.choose(screen)  # type: ignore[union-attr]
    return gallery.window


def _brief(gallery: "Gallery", _screen: str) -> QWidget | None:
    page = _lessons(gallery, "interviews").current_page()  # type: ignore[attr-defined]
    if not page.sight.ahead:
        return None
    page._open_brief(page.sight.ahead[0].id)
    gallery._settle()
    return next((one for one in gallery.window.findChildren(BriefDialog) if one.isVisible()), None)


def _report(gallery: "Gallery", _screen: str) -> QWidget | None:
    if gallery.window.session is None:
        return None
    dialog = ReportDialog(gallery.window.session, gallery.window)
    dialog.show()
    return dialog


def _message(gallery: "Gallery", screen: str) -> QWidget | None:
    if gallery.window.session is None or gallery._options.data == "empty":
        return None
    purpose = {"feedback_request": "ask_feedback", "message": "thank_you"}.get(screen, "")
    write_message(gallery.window.session, Wish(purpose, 5 if purpose else 2), gallery.window)
    gallery._settle()
    return next((one for one in gallery.window.findChildren(DraftDialog) if one.isVisible()), None)


def _noticing(gallery: "Gallery", screen: str) -> QWidget | None:
    if gallery._options.data == "empty":
        return None
    gallery.window.go(Place("companies", 1))
    view = gallery.window.current_page().company  # type: ignore[union-attr]
    if screen == "noticing":
        view.noticed.line.setText("Series D closed https://orbitallabs.example/news")
        return gallery.window
    row = view.sight.noticed[0]
    (view.watching.edit if screen == "noticed_edit" else view.watching.add_step)(row)
    gallery._settle()
    kind = NoticedDialog if screen == "noticed_edit" else StepDialog
    return next((one for one in gallery.window.findChildren(kind) if one.isVisible()), None)


SHOWERS: dict[str, Callable[["Gallery", str], QWidget | None]] = {
    "opportunity": _opportunity,
    "after_no": _opportunity,
    "message": _message,
    "write": _message,
    "feedback_request": _message,
    "interviews": _lessons,
    "lessons": _lessons,
    "brief": _brief,
    "report": _report,
    "noticing": _noticing,
    "noticed_edit": _noticing,
    "noticed_step": _noticing,
}
