"""Pictures of the board: filtered, as a table, closing and reverting, files, and a thousand opportunities."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm.app import attachments, interviews, opportunities, plans
from crm.app.books import Book
from crm.domain.changes import Op
from crm.domain.interview import InterviewDraft
from crm.domain.opportunity import Ending, OpportunityDraft, OpportunityId, Stage
from crm.domain.person import PersonId
from crm.gui.opportunities.page import OpportunitiesPage
from crm.gui.session import Place
from crm.gui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from tests.gallery.draw import Gallery

TODAY = date(2025, 10, 23)


_LONG = (
    "Senior Principal Platform Product Manager for Fleet Routing, Dispatch and Everything That Comes After It",
    "<b>Analyst</b> & <img src=x>",
    "مدير منتجات أول لمنصة الطاقة والأسواق",
    "プラットフォーム担当シニアプロダクトマネージャー兼事業開発責任者",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter",
)


def fill_many(book: Book) -> None:
    """Put a thousand opportunities into the book, in every stage."""
    stages = tuple(Stage)
    with book.write(Op.SAMPLE):
        for number in range(1000):
            stage, on = stages[number % len(stages)], TODAY - timedelta(days=number % 200)
            draft = OpportunityDraft(
                f"Role {number} of the platform", f"Company {number % 150}", source="LinkedIn"
            )
            _add(book, draft, stage, on)


def fill_long(book: Book) -> None:
    """Put opportunities with long titles, long companies and long files into the book."""
    for number, title in enumerate(_LONG):
        draft = OpportunityDraft(
            title,
            f"{title} Holding GmbH & Co. KG",
            salary=title,
            source=title,
            link=f"https://{'x' * 80}.example",
        )
        which = _add(book, draft, tuple(Stage)[number], TODAY - timedelta(days=number))
        plans.add_step(book, which, f"Follow up on {title}", TODAY, today=TODAY)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{number} {title[:50]}.pdf".replace("/", " ").replace("<", "").replace(
                ">", ""
            )
            file.write_bytes(b"%PDF" * 9_000)
            attachments.attach(book, which, [file], today=TODAY)


def _add(book: Book, draft: OpportunityDraft, stage: Stage, on: date) -> OpportunityId:
    if stage is not Stage.CLOSED:
        return opportunities.add(book, draft, today=on, stage=stage)
    which = opportunities.add(book, draft, today=on)
    opportunities.move(book, which, stage, today=on, ending=Ending.NOT_SELECTED)
    return which


def _page(gallery: "Gallery", record: int | None = None) -> OpportunitiesPage:
    gallery.window.go(Place("opportunities", record))
    page = gallery.window.current_page()
    assert isinstance(page, OpportunitiesPage)
    return page


def _board(gallery: "Gallery", screen: str) -> QWidget:
    page = _page(gallery)
    if screen == "opportunities_table":
        page.views.choose("table")
        page._on_view_chosen("table")
    else:
        page.focus_filter()
        page.filters.field.search("senior" if screen == "opportunities_filter" else "zebra")
    return gallery.window


def _closing(gallery: "Gallery", screen: str) -> QWidget | None:
    rows = opportunities.board(gallery.book, today=TODAY)
    if not rows or gallery.window.session is None:
        return None
    which = next((row for row in rows if row.company == "Orbital Labs"), rows[0])
    page = _page(gallery)
    if screen == "closing":
        page.move_to(which.id, Stage.CLOSED)
    elif screen == "reverting":
        closed = next((row for row in rows if row.plan_steps), rows[0])
        page.move_to(closed.id, Stage.OFFER)
    else:
        interviews.add(
            gallery.book, which.id, InterviewDraft(TODAY, people=(PersonId(4), PersonId(5))), today=TODAY
        )
        opportunities.move(gallery.book, which.id, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
        page.moving.start_plan(which.id)
    gallery._settle()
    return next((one for one in gallery.window.findChildren(Dialog) if one.isVisible()), None)


def _overview(gallery: "Gallery", screen: str) -> QWidget | None:
    rows = opportunities.board(gallery.book, today=TODAY)
    if not rows:
        return None
    wanted = "Cobalt Bank" if screen == "files_after_no" else "Orbital Labs"
    page = _page(gallery, next((row.id for row in rows if row.company == wanted), rows[0].id))
    gallery._settle()
    page.panel.choose("overview")
    return gallery.window


SHOWERS: dict[str, Callable[["Gallery", str], QWidget | None]] = {
    "files": _overview,
    "files_after_no": _overview,
    "opportunities_table": _board,
    "opportunities_filter": _board,
    "opportunities_unmatched": _board,
    "closing": _closing,
    "reverting": _closing,
    "plan_preview": _closing,
}
