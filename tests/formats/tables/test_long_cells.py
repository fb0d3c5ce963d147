"""Cells of many lines or letters: whatever a note holds comes back from a table; an open quote still costs its row only."""

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm.domain.card import CardDraft
from crm.domain.folding import clean
from crm.domain.person import PersonDraft
from crm.formats import tables
from crm.formats.tables.writer import TableLayout, TablePlan, lines
from crm.formats.vcard.limits import DEFAULT

_HEAD = 1 << 16
_GOOD = tuple(f"Person Number{n},p{n}@example.org,Met at fair {n}" for n in range(30))
_LONG = "\n".join(f"Line {n}, of a note" for n in range(5_000))


def read(data: bytes) -> tuple[list[PersonDraft], int]:
    """Return the people of a table, and how many rows are about nobody."""
    shape = tables.examine(data[:_HEAD])
    assert shape is not None
    found = list(tables.read(io.BytesIO(data), "f.csv", shape))
    people = [one.person for one in found if isinstance(one, CardDraft) and one.person]
    return people, len(found) - len(people)


def table(*rows: str) -> bytes:
    return "\n".join(("Name,Email,Notes", *rows, "")).encode()


@settings(deadline=None)
@given(
    st.text(st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from("\"\n',;=")), max_size=60)
)
@example('"')
@example("'=1\n\"\n,")
@example("\n".join('Bo Yi,"b""@example.org",' for _ in range(900)))
@example('"' * (1 << 18))
def test_any_note_survives_the_way_out_and_in(text: str) -> None:
    note = clean(text).replace("\r", "\n").strip()
    people = [PersonDraft("Ana Lima", notes=note), PersonDraft("Bo Yi", notes="Last")]
    for layout in TableLayout:
        plan = TablePlan(layout)
        for one in people:
            plan.count(one)
        back, lost = read(lines([plan.header(), *map(plan.row, people)]))
        assert ([one.notes for one in back], lost) == ([note, "Last"], 0)


@pytest.mark.parametrize("before", [(), _GOOD], ids=["as the first row", "below thirty"])
@pytest.mark.parametrize(
    "note",
    ["\n".join(["Line"] * 401), _LONG, _LONG.replace(",", ""), "x" * DEFAULT.text],
    ids=["401 lines", "longer than what is looked at first", "without commas", "as long as a card's"],
)
def test_a_long_cell_is_read_like_any_other(before: tuple[str, ...], note: str) -> None:
    people, lost = read(table(*before, f'Ana Lima,ana@example.org,"{note}"', *_GOOD))
    assert lost == 0
    assert len(people) == len(before) + 1 + len(_GOOD)
    assert people[len(before)].notes == note


@pytest.mark.parametrize(
    "broken",
    ['"Ana Lima,ana@example.org,Note', 'Ana Lima,"ana@example.org,Note', 'Ana Lima,ana@example.org,"Note'],
)
@pytest.mark.parametrize(
    "below", ['Cy Oz,"cy@example.org",Note', 'Cy Oz,cy@example.org,""', 'Cy Oz,"cy""z",Note']
)
def test_an_open_quote_does_not_swallow_the_rows_below(broken: str, below: str) -> None:
    people, lost = read(table(*_GOOD, broken, *_GOOD * 20, below, *_GOOD))
    assert (len(people), lost) == (len(_GOOD) * 22 + 1, 1)
