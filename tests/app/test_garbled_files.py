"""Garbled files: an answer instead of an exception, nothing half written, and what came in stays as it is in and out."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.app import importing
from crm.app.progress import Progress
from crm.errors import KeepwarmError
from tests.builders import TODAY, a_book, dump
from tests.cards_compared import OWN, bring_in, write_cards
from tests.formats.tables.samples import SAMPLES
from tests.mutations import ANY_PIECES, CARD_PIECES, TABLE_PIECES, mutated

_CARDS = tuple(path.read_bytes() for path in OWN)
_TABLES = tuple(SAMPLES.values())
_chances = st.integers(0, 1 << 32).map(random.Random)


def brought_and_taken_back(folder: Path, content: bytes) -> None:
    """Import `content`, export everybody, import that: nothing changes; and undo leaves what was there before."""
    book = a_book(folder)
    path, out = folder / "garbled", folder / "out.vcf"
    path.write_bytes(content)
    empty = dump(book)
    try:
        with importing.read_files([path], Progress()) as read:
            plan = importing.plan(book, read, Progress(), today=TODAY)
            counts = importing.apply(book, plan, Progress(), today=TODAY).counts
            fates = (counts.new, counts.updated, counts.same, counts.possible, counts.failed, counts.left_out)
            assert sum(fates) == counts.read
    except KeepwarmError:
        assert dump(book) == empty
        return
    before = dump(book)
    if write_cards(book, out, "3.0"):
        bring_in(book, out)
        assert dump(book) == before
    if before != empty:
        book.undo()
    assert dump(book) == empty
    book.close()


@settings(max_examples=8)
@given(_chances)
def test_a_garbled_card_is_read_and_stays_as_it_is_in_and_out(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    content = mutated(chance.choice(_CARDS), _CARDS, ANY_PIECES + CARD_PIECES, chance)
    brought_and_taken_back(tmp_path_factory.mktemp("cards"), content)


@settings(max_examples=8)
@given(_chances)
def test_a_garbled_table_is_read_and_stays_as_it_is_in_and_out(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    content = mutated(chance.choice(_TABLES), _TABLES, ANY_PIECES + TABLE_PIECES, chance)
    brought_and_taken_back(tmp_path_factory.mktemp("tables"), content)


_LONG = "a:b;" * 1500


@pytest.mark.parametrize(
    "lines",
    [
        f"ADR;TYP{'a.' * 2500}=WORK:;;1 Road;Town;;;",
        f'ADR;X="{_LONG}":;;1 Road;Town;;;',
        f'ADR;X="{_LONG}:;;1 Road;Town;;;',
        "X-ABShowAs:COMPANY\nTEL:+",
        "X-ABShowAs:COMPANY\nN:Engines;;;;",
        "KIND:org\nNICKNAME:Engines",
        "VERSION:2.1\nUID:\\N\nN:e",
    ],
    ids=[
        "a long name",
        "quoted colons",
        "an open quote",
        "a company's phone",
        "a company's N",
        "a nickname",
        "a UID",
    ],
)
def test_what_fuzzing_found_stays_as_it_is_in_and_out(tmp_path: Path, lines: str) -> None:
    brought_and_taken_back(tmp_path, f"BEGIN:VCARD\nNOTE:x\n{lines}\nEND:VCARD\n".encode())
