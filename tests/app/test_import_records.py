"""Cards as they were read become records: tidied, and quickly where nothing is to be tidied; looked up in the book."""

import gc
from dataclasses import replace
from pathlib import Path

import pytest

from crm.app import importing
from crm.app.importing.matching import wanted
from crm.app.importing.records import tidied
from crm.app.progress import Progress
from crm.domain.card import CardDraft
from crm.domain.importrecord import Record
from crm.domain.person import PersonDraft
from crm.errors import Invalid
from crm.formats import vcard
from crm.store import importing as store
from tests.builders import TODAY, a_book
from tests.conftest import SAMPLES

needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample files aren't there (KEEPWARM_SAMPLES)"
)


@needs_samples
def test_what_is_taken_as_it_was_read_is_what_tidying_would_make_of_it() -> None:
    taken = 0
    for file in sorted(SAMPLES.rglob("*.vcf")):
        for card in vcard.read(file.read_bytes(), file.name):
            if isinstance(card, CardDraft) and card.person is not None:
                quickly, slowly = _tidied(card), _tidied(replace(card, version="of no reader that strips"))
                assert quickly == slowly
                taken += quickly is card.person
    assert taken > 300


def _tidied(card: CardDraft) -> PersonDraft | str | None:
    try:
        return tidied(card)
    except Invalid as error:
        return str(error.params["field"])


def test_looking_a_file_up_in_a_book_that_has_it_costs_no_more_per_record_when_both_are_larger(
    tmp_path: Path,
) -> None:
    few, many = (_steps_to_find(tmp_path, cards) for cards in (50, 400))
    assert many < 12 * few  # 8 times as many; of each with each it would be 64


def _steps_to_find(folder: Path, cards: int) -> int:
    """Return how many times 100 steps SQLite takes to find people again by every key."""
    text = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nUID:u{n}\nFN:Ann Bo{n}\nTEL:+44 20 7946 {n:04}\nEMAIL:a{n}@b.example\n"
        f"URL:https://www.linkedin.com/in/ann-{n}\nORG:Company {n}\nEND:VCARD\n"
        for n in range(cards)
    )
    book = a_book(folder, f"{cards}.keepwarm")
    with importing.read_text(text, Progress()) as read:
        importing.apply(book, importing.plan(book, read, Progress(), today=TODAY), Progress(), today=TODAY)
        ticks: list[int] = []
        with book.read() as session:
            driver = session.connection().connection.driver_connection
            assert driver is not None
            driver.set_progress_handler(lambda: ticks.append(1), 100)
            found = store.find(session, wanted(read.records))
            driver.set_progress_handler(None, 0)
    book.close()
    assert len(found.cards) == cards
    return len(ticks)


def test_nothing_of_an_import_waits_for_pythons_search_for_cycles(tmp_path: Path) -> None:
    """What is in a cycle stays in memory for a while: that of a large file is much."""

    def kept() -> set[int]:
        return {id(one) for one in gc.get_objects() if isinstance(one, Record)}

    book = a_book(tmp_path)
    gc.collect()
    before = kept()  # of the tests before this one
    gc.disable()
    try:
        with importing.read_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Bo\nEND:VCARD\n" * 3, Progress()) as read:
            plan = importing.plan(book, read, Progress(), today=TODAY)
            importing.apply(book, plan, Progress(), today=TODAY)
        del plan, read
        assert kept() <= before
    finally:
        gc.enable()
        book.close()
