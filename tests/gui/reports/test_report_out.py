"""The report as its user makes it: which days, what goes in, and files that hold what was shown."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crm.app import lessons, opportunities
from crm.app.books import Book
from crm.domain.lesson import PracticeDraft
from crm.domain.opportunity import OpportunityDraft, Stage
from crm.domain.report import Effort, Span
from crm.domain.touch import TouchKind
from crm.gui.actions import Act
from crm.gui.reports.dialog import ReportDialog
from tests.builders import TODAY, a_person, a_touch
from tests.gui.windows import Desk, settle, toast_of


@pytest.fixture
def dialog(desk: Desk, book: Book) -> ReportDialog:
    """Open the report on a book with an application, a message and a practice, from the menu."""
    analyst = OpportunityDraft("Analyst", "Orbital", notes="secret")
    opportunities.add(book, analyst, today=TODAY, stage=Stage.APPLIED)
    a_touch(book, a_person(book, "Ada"), on=TODAY - timedelta(days=20), kind=TouchKind.EMAIL, note="secret")
    lessons.practise(book, PracticeDraft("Numbers", TODAY - timedelta(days=100)), today=TODAY)
    window = desk.open(book)
    window.actions_[Act.REPORT].trigger()
    settle()
    return next(one for one in window.findChildren(ReportDialog) if one.isVisible())


def shown(dialog: ReportDialog) -> list[Effort]:
    assert dialog._shown is not None
    return [line.effort for line in dialog._shown[1].report.lines]


def test_it_starts_with_the_quarter_and_counts_what_it_holds(dialog: ReportDialog) -> None:
    assert (dialog.first.value, dialog.last.value) == (date(2026, 1, 1), TODAY)
    assert shown(dialog) == [Effort.MESSAGE, Effort.APPLICATION]
    assert dialog.efforts[Effort.APPLICATION].text() == "Applications (1)"
    assert not dialog.efforts[Effort.PRACTICE].isEnabled()


def test_other_days_and_less_of_it_can_be_chosen(dialog: ReportDialog) -> None:
    dialog.first.line.setText("1 Oct 2025")
    dialog.first.line.editingFinished.emit()
    assert dialog.span.value is None
    assert shown(dialog) == [Effort.PRACTICE, Effort.MESSAGE, Effort.APPLICATION]
    dialog.efforts[Effort.MESSAGE].click()
    assert shown(dialog) == [Effort.PRACTICE, Effort.APPLICATION]
    dialog.span.choose(Span.LAST_QUARTER)
    dialog.span.chosen.emit(Span.LAST_QUARTER)
    assert shown(dialog) == [Effort.PRACTICE]


def test_days_in_the_wrong_order_are_said_and_nothing_can_be_saved(dialog: ReportDialog) -> None:
    dialog.last.line.setText("1 Oct 2025")
    dialog.last.line.editingFinished.emit()
    assert not dialog.save.isEnabled()
    assert "before the first" in dialog.last.accessibleDescription()


@pytest.mark.parametrize("notes", [False, True])
def test_a_table_holds_what_was_shown_and_notes_only_if_let_in(
    dialog: ReportDialog, tmp_path: Path, notes: bool
) -> None:
    dialog.notes.setChecked(notes)
    dialog.save_to(tmp_path / "search.csv")
    text = (tmp_path / "search.csv").read_text("utf-8-sig")
    assert "Analyst" in text
    assert ("secret" in text) is notes


def test_pages_are_saved_and_lead_to_their_folder(dialog: ReportDialog, tmp_path: Path) -> None:
    window = dialog.parent()
    dialog.save_to(tmp_path / "search.pdf")
    assert (tmp_path / "search.pdf").read_bytes().startswith(b"%PDF-")
    assert toast_of(window) == "Saved search.pdf."  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.THIS_MONTH, date(2026, 1, 1), date(2026, 1, 31)),
        (Span.LAST_MONTH, date(2025, 12, 1), date(2025, 12, 31)),
        (Span.LAST_QUARTER, date(2025, 10, 1), date(2025, 12, 31)),
        (Span.THIS_YEAR, date(2026, 1, 1), date(2026, 1, 31)),
    ],
)
def test_the_usual_spans_are_whole_months_up_to_today(span: Span, first: date, last: date) -> None:
    assert span.days(date(2026, 1, 31)) == (first, last)
