"""Make the fixture book of the current schema version: `python tests/data/make_books.py`. Older ones are never remade."""

import gzip
import sys
import tempfile
from datetime import date, time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm.app import (
    attachments,
    caldav,
    calendar,
    checkins,
    companies,
    events,
    feeds,
    interviews,
    lessons,
    opportunities,
    people,
    plans,
    upkeep,
    watch,
)
from crm.app.books import open_book
from crm.domain.cadence import parse_interval
from crm.domain.caldav import Account, Connection
from crm.domain.company import CompanyDraft
from crm.domain.event import EventDraft
from crm.domain.feed import FeedDraft
from crm.domain.interview import InterviewDraft
from crm.domain.lesson import FeedbackDraft, LessonDraft, PracticeDraft
from crm.domain.opportunity import Ending, OpportunityDraft, Stage
from crm.domain.person import ContactKind, ContactPoint, CustomField, PersonDraft, PositionDraft
from crm.domain.reasons import Mute, Rule
from crm.domain.watch import Engage, NoticedDraft
from crm.store.tables import SCHEMA_VERSION

TODAY = date(2026, 3, 2)
BOOKS = Path(__file__).parent / "books"


def make() -> Path:
    """Fill a small book with something in every corner and keep it compressed."""
    with tempfile.TemporaryDirectory() as folder:
        book = open_book(Path(folder) / "book.keepwarm")
        company = companies.add(book, CompanyDraft(name="Zürcher Söhne AG"))
        watch.notice(
            book, NoticedDraft(company, "A new plant", TODAY), today=TODAY, engage=Engage("Ask", TODAY)
        )
        person = None
        for name, at in (("Łukasz Öztürk", "Acme"), ("Zoë d'Arc", "Zürcher Söhne AG"), ("王小明", "")):
            draft = PersonDraft(
                display_name=name,
                contacts=(ContactPoint(ContactKind.EMAIL, f"{len(name)}@example.org"),),
                positions=(PositionDraft(at, "Engineer"),) if at else (),
                every=parse_interval("6 weeks"),
                notes="Met at “PyCon”;\nlikes tea",
                introduced_by=person,
                fields=(CustomField("Coffee", "flat white"),),
            )
            person = people.add(book, draft, today=TODAY)
            people.tag(book, (person,), "Friends", today=TODAY)
        role = opportunities.add(book, OpportunityDraft("Engineer", "Acme"), today=TODAY)
        interviews.add(book, role, InterviewDraft(TODAY, people=(person,)), today=TODAY)
        letter = Path(folder) / "Cover letter.txt"
        letter.write_text("Dear Zoë,", "utf-8")
        attachments.attach(book, role, [letter], today=TODAY)
        opportunities.move(book, role, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
        plan = plans.preview(book, "after_no", role, today=TODAY)
        plans.start(book, plan, plan.steps, today=TODAY)
        lessons.record_feedback(
            book,
            FeedbackDraft("More depth", TODAY, role, person),
            (LessonDraft("Numbers first"),),
            today=TODAY,
        )
        lessons.practise(book, PracticeDraft("Numbers", TODAY, person, 4), today=TODAY)
        events.add(book, EventDraft("Career fair", held_on=TODAY, expected=(person,)), today=TODAY)
        feeds.add(book, FeedDraft("Keepwarm", "/kept.ics"))
        account = Account("https://cal.example/", "ada")
        caldav.connect(book, Connection(account, "https://cal.example/ada/keepwarm/", "Keepwarm"))
        options = calendar.ExportOptions(time(9))
        calendar.export(
            book,
            Path(folder) / "check-ins.ics",
            options,
            today=TODAY,
            words=lambda _source: ("Check in", ""),
        )
        checkins.mute(book, (person,), (Mute(Rule.BIRTHDAY),))
        people.star(book, (person,), True)
        book.undo()
        made = upkeep.backup(book, Path(folder) / "copy.keepwarm")
        book.close()
        target = BOOKS / f"v{SCHEMA_VERSION}.keepwarm.gz"
        BOOKS.mkdir(exist_ok=True)
        target.write_bytes(gzip.compress(made.path.read_bytes(), mtime=0))
    return target


if __name__ == "__main__":
    make()
