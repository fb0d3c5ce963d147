"""Print how long lists, their numbers and a search take on a generated book: `python -m tests.benchmarks.lists [--people 100000]`."""

import argparse
import tempfile
import time
from pathlib import Path

from crm.app import browse, companies, people
from crm.app.books import Book
from crm.domain.company import CompanyId
from crm.domain.person import PersonId
from crm.domain.query import CompanyQuery, CompanySort, PeopleFilter, PeopleQuery, PeopleSort
from tests.benchmarks.today import TODAY, generate, measure

PAGE = 100
KEYS = ("a", "ad", "ada", "ada lov", "lukas", "4711", "firm 12", "nobody at all")


def main() -> None:
    """Generate a book and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    number = options.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        book = generate(Path(folder), number)
        print(f"{number:,} people, made in {time.perf_counter() - started:.1f} s")
        run(book)
        book.close()


def run(book: Book) -> None:
    """Measure every order and filter, what is typed into the search, and the pages."""

    def list_people(query: PeopleQuery) -> None:
        ids = browse.people_ids(book, query, today=TODAY)
        browse.people_rows(book, ids[:PAGE], today=TODAY)

    def list_companies(query: CompanyQuery) -> None:
        browse.company_rows(book, browse.company_ids(book, query)[:PAGE])

    for sort in PeopleSort:
        measure(f"people by {sort}", lambda sort=sort: list_people(PeopleQuery(sort=sort)), 5)
    for show in PeopleFilter:
        measure(f"people shown: {show}", lambda show=show: list_people(PeopleQuery(show=show)), 5)
    for order in CompanySort:
        measure(f"companies by {order}", lambda order=order: list_companies(CompanyQuery(sort=order)), 5)
    measure("numbers on the chips", lambda: browse.people_counts(book, today=TODAY), 5)
    for text in KEYS[:4]:
        measure(
            f"numbers for “{text}”", lambda text=text: browse.people_counts(book, today=TODAY, text=text), 5
        )
    for text in KEYS:
        measure(f"search “{text}”", lambda text=text: list_people(PeopleQuery(text=text)), 7)
    measure("a person’s page", lambda: people.card(book, PersonId(77), today=TODAY))
    measure("a company’s page", lambda: companies.card(book, CompanyId(7), today=TODAY))


if __name__ == "__main__":
    main()
