"""The palette's question: whom, what company, which opportunity, which touch do a few words mean."""

from datetime import date

from crm.app import quick
from crm.app.books import Book
from crm.domain.finding import Found, near_words
from crm.formats import phrases
from crm.store import finding as store
from crm.store import rows

MOST_PEOPLE = 6
MOST_COMPANIES = 4
MOST_OPPORTUNITIES = 4


def find(book: Book, text: str, *, today: date, day_first: bool = True) -> Found:
    """Return what fits; without words, whoever was touched last. Nothing is written."""
    touch = None
    if (
        phrases.parse(text, today=today).kind is not None
    ):  # else it is a name, and nobody is to be looked up twice
        touch = quick.read(book, text, today=today, day_first=day_first)
    with book.read() as session:
        if not text.strip():
            return Found(rows.people(session, store.lately(session, MOST_PEOPLE), today))
        ids = store.people(session, text, MOST_PEOPLE)
        firms = rows.companies(session, store.companies(session, text, MOST_COMPANIES))
        if not ids and touch is None:
            ids = store.people_of_words(session, near_words(text, store.name_words(session)), MOST_PEOPLE)
        roles = store.opportunities(session, text, MOST_OPPORTUNITIES)
        return Found(rows.people(session, ids, today), firms, roles, touch if touch and touch.who else None)
