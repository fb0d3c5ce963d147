"""Draws every screen to a PNG, offscreen: `python -m tests.gallery.draw [--theme dark] [--size 1024x768] [--scale 2] …`.

The data sets: `sample` (the invented people), `empty`, `large` (10,000 people), `long` (long and hostile names). The
day is fixed and the lanes answer at once, so the same code draws the same picture.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from crm import settings as machine
from crm.app import batches, books, events, meetings, people, samples
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.cadence import parse_interval
from crm.domain.changes import Op
from crm.domain.event import EventDraft, EventStatus, EventType, read_names
from crm.domain.person import ContactKind, ContactPoint, PersonDraft, PositionDraft
from crm.gui import looks, theme
from crm.gui.calendar.page import CalendarPage
from crm.gui.checkins import LogTouchDialog
from crm.gui.checkins.day_dialog import DayDialog, DayQuestion
from crm.gui.checkins.step_dialog import StepDialog
from crm.gui.export.dialog import ExportDialog
from crm.gui.export.feed_dialog import FeedDialog
from crm.gui.exporting.dialog import ExportPeopleDialog
from crm.gui.importing.earlier import EarlierImports
from crm.gui.importing.encodings import EncodingDialog
from crm.gui.importing.undoing import ImportDialog
from crm.gui.people.editor import PersonEditor
from crm.gui.places import Places
from crm.gui.session import Place
from crm.gui.tasks import InlineTasks
from crm.gui.window import Window
from crm.settings import Settings, ThemeChoice
from tests.gallery import board, connected, contact, search, twins, typed
from tests.gallery.days import DAYS

TODAY = date(2025, 10, 23)
LARGE = 10_000
_DIARY = Path(__file__).parent / "diary.ics"
SCREENS = (
    "today", "people", "person", "companies", "company", "importing", "review", "done", "settings", "first_run",
    "editor", "log_touch", "export", "export_people", "feed", "planning", "opportunities",
    "duplicates", "duplicates_companies", "duplicates_chosen", "review_possible", "review_several",
    "earlier_imports",
    "earlier_import", "importing_linkedin", "importing_text", "columns", "encoding", "review_linkedin",
    "done_linkedin", "meetings", "meetings_found", "events", "calendar", "calendar_week", "calendar_agenda", "move_event",
    "new_step", "aha", "hint",
    *search.SHOWERS, *board.SHOWERS, *typed.SHOWERS, *contact.SHOWERS, *connected.SHOWERS,
)  # fmt: skip
_CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Nadia Rahman
ORG:Lumen Grid
TITLE:Energy Analyst
EMAIL:nadia.r@lumengrid.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Tomás Ferreira
EMAIL:tomas.ferreira@orbitallabs.example
TEL:+351 21 555 0100
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Pizza Palace
ORG:Pizza Palace
X-ABShowAs:COMPANY
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Δημήτρης Παπαδόπουλος
ORG:Petrel Airways
EMAIL:d.papadopoulos@petrel.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
X-ODD:nobody
END:VCARD
"""
_TABLE = """wer;Mail;Tel. (Büro);Arbeitgeber;Funktion;Ort;Bemerkung;Raum
Jördis Müßig;joerdis@example.org;+49 221 123456;Käserei Süd;Geschäftsführerin;Köln;;
Łukasz Żółć;lukasz@example.org;+48 22 555 01 00;Huta Szkła;Inżynier;Łódź;Met at the fair in Porto, likes sailing;
"""
_CONNECTIONS = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ana,Silva,https://www.linkedin.com/in/ana-silva-1,,{ana},02 Jan 2023
Bo,Yi,https://www.linkedin.com/in/bo-yi,,Granit & Sons,Engineer,15 Aug 2019
{third}
,,,,,,05 Feb 2022
"""
_OLD = _CONNECTIONS.format(
    ana="Orbital,Head of Data",
    third="Cy,Neil,https://www.linkedin.com/in/cyneil,,Fernway,Buyer,04 Apr 2021",
)
_NEW = _CONNECTIONS.format(
    ana="Lumen Grid,Director", third="Dee,Marsh,https://www.linkedin.com/in/dee,,,,11 Mar 2025"
)
_MESSAGES = """FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,CONVERSATION ID,CONVERSATION TITLE,DATE,SUBJECT,CONTENT,FOLDER
Ana Silva,https://www.linkedin.com/in/ana-silva-1,Me,https://www.linkedin.com/in/me,c1,,2025-06-01 16:10:00 UTC,,Yes,INBOX
Me,https://www.linkedin.com/in/me,Zed Zed,https://www.linkedin.com/in/zed,c2,,2025-06-02 16:10:00 UTC,,Hello,INBOX
Me,https://www.linkedin.com/in/me,Bo Yi,https://www.linkedin.com/in/bo-yi,c3,,2025-06-03 16:10:00 UTC,,Hello,INBOX
"""


def fill(book: Book, data: str) -> None:
    """Put a data set into an empty book."""
    if data == "sample":
        samples.fill(book, today=TODAY)
        search.fill(book)
    elif data == "large":
        _fill_with(book, (f"Person {number:05d} Longish-Surname" for number in range(LARGE)))
        board.fill_many(book)
    elif data == "long":
        _fill_with(book, _LONG)
        board.fill_long(book)
    elif data == "twins":
        twins.fill(book, TODAY)
    elif data in DAYS:
        DAYS[data](book, TODAY)


_LONG = (
    "Marguerite-Antoinette Beauchamp-Villeneuve de la Rochefoucauld-Montmorency, Countess of Somewhere Rather Long",
    "<b>Eve</b> <img src='file:///etc/passwd'> &amp; Sons",
    "محمد بن عبد الرحمن الطويل جدا",
    "山田太郎山田太郎山田太郎山田太郎山田太郎山田太郎",
    "O",
)


def _fill_with(book: Book, names: "Iterator[str] | tuple[str, ...]") -> None:
    every = parse_interval("6 weeks")
    with book.write(Op.SAMPLE):
        for number, name in enumerate(names):
            draft = PersonDraft(
                display_name=name,
                positions=(
                    PositionDraft(f"{name[:40]} Company {number % 97}", "Vice President of Everything"),
                ),
                contacts=(ContactPoint(ContactKind.EMAIL, f"person{number}@example.example"),),
                every=every if number % 7 == 0 else None,
            )
            people.add(book, draft, today=TODAY)


class Gallery:
    """A window on a data set, and a picture of each of its screens."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self._folder = folder
        self._options = options
        self._app = QApplication.instance() or QApplication(["keepwarm"])
        settings_file = folder / "settings.toml"
        settings = Settings(theme=ThemeChoice(options.theme), text_scale=options.scale)
        machine.save(settings_file, settings)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if options.rtl:
            app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        theme.apply(app, looks.look_of(settings, app), cache=folder)
        self.window = Window(InlineTasks(), settings_file, Places(folder / "window.ini"), lambda: TODAY)
        self.window.resize(*(int(part) for part in options.size.split("x")))
        self.window.show()
        self.book = books.open_book(folder / "Contacts.keepwarm")
        fill(self.book, options.data)
        self.window.open(self.book)

    def draw(self, screen: str) -> None:
        """Draw one screen; those with nothing to show are left out."""
        shown = _SHOWERS.get(screen, _go)(self, screen)
        if shown is None:
            return
        self._settle()
        options = self._options
        name = f"{screen}-{options.theme}-{options.size}-{options.scale:g}-{options.data}{'-rtl' * options.rtl}.png"
        shown.grab().save(str(self._options.out / name))
        print(self._options.out / name)
        if shown is not self.window:
            shown.done(0)  # type: ignore[attr-defined]

    def close(self) -> None:
        """Close the window and its book."""
        self.window.close()

    def _settle(self) -> None:
        """Let layouts and deferred deletions happen, without waiting for time to pass."""
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.sendPostedEvents()


def _go(gallery: Gallery, screen: str) -> QWidget:
    gallery.window.go(Place(screen))
    return gallery.window


def _record(gallery: Gallery, screen: str) -> QWidget | None:
    page = "people" if screen == "person" else "companies"
    gallery.window.go(Place(page, 2 if screen == "person" else 1))
    return gallery.window if gallery._options.data != "empty" else None


def _review(gallery: Gallery, screen: str) -> QWidget:
    file = gallery._folder / "Contacts-2025-10.vcf"
    file.write_text(_CARDS, "utf-8")
    gallery.window.import_files((file,))
    if screen == "done":
        gallery.window.current_page().review.accepted.emit()  # type: ignore[union-attr]
    return gallery.window


def _choose(gallery: Gallery, screen: str) -> QWidget:
    gallery.window.go(Place("importing"))
    page = gallery.window.current_page()
    guides = page.choose._guides  # type: ignore[union-attr]
    if screen == "importing_text":
        guides.paste("Ada Lovelace\nAnalyst, Analytical Engines\nada@engines.example")
    else:
        next(one for one in guides._openers if one.text() == "LinkedIn").click()
    return gallery.window


def _linkedin(gallery: Gallery, screen: str) -> QWidget:
    """Show what a newer archive of LinkedIn tells."""
    folder = gallery._folder / "linkedin"
    folder.mkdir(exist_ok=True)
    (folder / "Connections.csv").write_text(_OLD, "utf-8")
    gallery.window.import_files((folder,))
    gallery.window.current_page().review.accepted.emit()  # type: ignore[union-attr]
    (folder / "Connections.csv").write_text(_NEW, "utf-8")
    (folder / "messages.csv").write_text(_MESSAGES, "utf-8")
    gallery.window.import_files((folder,))
    if screen == "done_linkedin":
        gallery.window.current_page().review.accepted.emit()  # type: ignore[union-attr]
    return gallery.window


def _columns(gallery: Gallery, screen: str) -> QWidget:
    file = gallery._folder / "Kontakte.csv"
    file.write_text(_TABLE, "cp1250")
    gallery.window.import_files((file,))
    if screen == "columns":
        return gallery.window
    page = gallery.window.current_page()
    page._on_encoding_requested()  # type: ignore[union-attr]
    return gallery.window.findChildren(EncodingDialog)[-1]


def _editor(gallery: Gallery) -> QWidget:
    card = people.card(gallery.book, people.resolve(gallery.book, "2"), today=TODAY)
    assert gallery.window.session is not None
    return PersonEditor(gallery.window.session, card.draft, gallery.window, card=card)


def _dialog(gallery: Gallery, screen: str) -> QWidget | None:
    session, window = gallery.window.session, gallery.window
    if session is None or gallery._options.data == "empty":
        return None
    makers: dict[str, Callable[[], QWidget]] = {
        "editor": lambda: _editor(gallery),
        "log_touch": lambda: LogTouchDialog(session, ((2, "Tomás Ferreira"),), window),
        "export": lambda: ExportDialog(session, window),
        "export_people": lambda: ExportPeopleDialog(session, window),
        "feed": lambda: FeedDialog(session, window),
    }
    dialog = makers[screen]()
    dialog.show()
    return dialog


def _earlier(gallery: Gallery, screen: str) -> QWidget | None:
    session = gallery.window.session
    if session is None:
        return None
    if gallery._options.data != "empty":
        _review(gallery, "done")
        person = people.resolve(gallery.book, "Nadia Rahman")
        people.star(gallery.book, (person,), True)
    dialog: QWidget = EarlierImports(session, gallery.window)
    if screen == "earlier_import":
        found = batches.list_batches(gallery.book)
        if not found:
            return None
        dialog = ImportDialog(session, found[-1].id, gallery.window)
    dialog.show()
    return dialog


def _planning(gallery: Gallery, _screen: str) -> QWidget:
    gallery.window.go(Place("planning"))
    gallery.window.current_page()._on_pace_chosen("12")  # type: ignore[union-attr]
    return gallery.window


def _review_possible(gallery: Gallery, screen: str) -> QWidget:
    _review(gallery, "review")
    file = gallery._folder / "Phone-2025-10.vcf"
    file.write_text(_CARDS + twins.CARDS, "utf-8")
    gallery.window.import_files((file,))
    review = gallery.window.current_page().review  # type: ignore[union-attr]
    review.chips.chip("possible").click()
    if screen == "review_several":
        review.view.selectAll()
    return gallery.window


def _first_minutes(gallery: Gallery, screen: str) -> QWidget | None:
    """Show what is told once: where most people are known after an import, and a hint."""
    if gallery._options.data == "empty":
        return None
    if screen == "aha":
        _review(gallery, "done")
        gallery.window.go(Place("companies"))
        return gallery.window
    for page in ("people", "companies", "today"):
        gallery.window._on_sidebar_chosen(page)
    return gallery.window


def _duplicates(gallery: Gallery, screen: str) -> QWidget:
    shows = {"duplicates_companies": "company:", "duplicates_chosen": "person:1,2,3,4,5"}
    gallery.window.go(Place("duplicates", show=shows.get(screen, "person:")))
    return gallery.window


def _events(gallery: Gallery, _screen: str) -> QWidget:
    book = gallery.book
    if gallery._options.data != "empty":
        fair = EventDraft(
            "Lisbon Tech Fair",
            EventType.FAIR,
            TODAY + timedelta(days=12),
            "FIL, Lisbon",
            goal="Meet two people from Orbital Labs",
        )
        events.add(book, fair, today=TODAY)
        events.add(
            book,
            EventDraft("Women in Data", EventType.GROUP, place="Online", status=EventStatus.GOING),
            today=TODAY,
        )
        meetup = events.add(
            book, EventDraft("Platform meetup", held_on=TODAY - timedelta(days=3)), today=TODAY
        )
        events.met(book, meetup, read_names("Ana Lima, Orbital Labs\nTomás Ferreira"), today=TODAY)
        events.add(
            book,
            EventDraft(
                "Careers evening",
                EventType.FAIR,
                TODAY - timedelta(days=1),
                "Porto",
                status=EventStatus.GOING,
            ),
            today=TODAY,
        )
    gallery.window.go(Place("events"))
    return gallery.window


def _meetings(gallery: Gallery, screen: str) -> QWidget:
    window = gallery.window
    window.go(Place("meetings"))
    if gallery._options.data == "empty":
        return window
    if screen == "meetings_found":
        window.import_files((_DIARY,))
        return window
    before = TODAY - timedelta(days=9)
    read = meetings.read_files((_DIARY,), Progress(), today=before)
    meetings.apply(gallery.book, meetings.plan(gallery.book, read, today=before), today=before)
    window.current_page().refresh()  # type: ignore[union-attr]
    return window


def _calendar(gallery: Gallery, screen: str) -> QWidget:
    gallery.window.go(Place("calendar"))
    page = gallery.window.current_page()
    assert isinstance(page, CalendarPage)
    page.set_view(screen.removeprefix("calendar_"))
    return gallery.window


def _calendar_dialog(gallery: Gallery, screen: str) -> QWidget:
    makers: dict[str, Callable[[], QWidget]] = {
        "move_event": lambda: DayDialog(
            DayQuestion("Move “Tomás Ferreira”", "Move", "", usual=TODAY), TODAY, print, gallery.window
        ),
        "new_step": lambda: StepDialog(TODAY, TODAY, print, gallery.window),
    }
    dialog = makers[screen]()
    dialog.show()
    return dialog


_SHOWERS: dict[str, Callable[[Gallery, str], QWidget | None]] = {
    **search.SHOWERS,
    **board.SHOWERS,
    **typed.SHOWERS,
    **contact.SHOWERS,
    **connected.SHOWERS,
    "person": _record,
    "company": _record,
    "planning": _planning,
    "review_possible": _review_possible,
    "review_several": _review_possible,
    "duplicates": _duplicates,
    "aha": _first_minutes,
    "hint": _first_minutes,
    "duplicates_companies": _duplicates,
    "duplicates_chosen": _duplicates,
    "review": _review,
    "importing_linkedin": _choose,
    "importing_text": _choose,
    "columns": _columns,
    "encoding": _columns,
    "review_linkedin": _linkedin,
    "done_linkedin": _linkedin,
    "done": _review,
    "editor": _dialog,
    "log_touch": _dialog,
    "calendar_week": _calendar,
    "calendar_agenda": _calendar,
    "move_event": _calendar_dialog,
    "new_step": _calendar_dialog,
    "export": _dialog,
    "export_people": _dialog,
    "feed": _dialog,
    "earlier_imports": _earlier,
    "earlier_import": _earlier,
    "events": _events,
    "meetings": _meetings,
    "meetings_found": _meetings,
}


def main() -> None:
    """Draw what the options ask for."""
    parser = argparse.ArgumentParser(description="Draw every screen to a PNG.")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1440x900", metavar="WIDTHxHEIGHT")
    parser.add_argument("--scale", type=float, default=1.0, choices=machine.TEXT_SCALES)
    parser.add_argument(
        "--data", choices=("sample", "empty", "large", "long", "twins", *DAYS), default="sample"
    )
    parser.add_argument(
        "--rtl", action="store_true", help="from right to left, as Arabic and Hebrew are read"
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "out")
    parser.add_argument("screens", nargs="*", default=SCREENS, metavar="SCREEN")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        gallery = Gallery(Path(folder), options)
        for screen in options.screens:
            gallery.draw(screen)
        gallery.close()


if __name__ == "__main__":
    main()
