from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from crm.gui.models.columns import Align, Column
from crm.gui.models.rows_model import BLOCK, KEEP, IdRole, RowRole, RowsModel

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    name: str


class Book:
    """Stands for the asks: rows by id, and which were asked for."""

    def __init__(self) -> None:
        self.version = 0
        self.gone: set[int] = set()
        self.asked: list[tuple[int, ...]] = []

    def fetch(self, ids: Sequence[int]) -> list[Line]:
        self.asked.append(tuple(ids))
        return [Line(one, f"Person {one} v{self.version}") for one in ids if one not in self.gone]


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def model(book: Book) -> RowsModel[Line]:
    return RowsModel(book.fetch, lambda line: f"{line.name}.")


def strict(model: RowsModel[Line]) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_model_keeps_the_contract_of_qt(model: RowsModel[Line]) -> None:
    tester = strict(model)
    model.set_ids(range(300))
    model.refresh([7, 250])
    model.set_ids([])
    model.set_ids([5, 3])
    assert tester.model() is model


def test_a_table_keeps_it_too(book: Book) -> None:
    columns = (
        Column("Name", lambda line: line.name),
        Column("Id", lambda line: str(line.id), align=Align.END),
    )
    model = RowsModel(book.fetch, lambda line: line.name, columns)
    tester = strict(model)
    model.set_ids(range(300))
    assert tester.model() is model
    assert model.data(model.index(2, 1)) == "2"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Id"


def test_a_million_ids_fetch_only_what_is_looked_at(model: RowsModel[Line], book: Book) -> None:
    model.set_ids(range(1, MILLION + 1))
    assert book.asked == []
    assert model.rowCount() == MILLION
    assert model.row_at(MILLION - 1) == Line(MILLION, f"Person {MILLION} v0")
    assert len(book.asked) == 1
    assert len(book.asked[0]) <= BLOCK


def test_few_blocks_stay(model: RowsModel[Line], book: Book) -> None:
    model.set_ids(range(BLOCK * (KEEP + 5)))
    for position in range(0, BLOCK * (KEEP + 5), BLOCK):
        model.row_at(position)
    assert len(model._blocks) == KEEP
    asked = len(book.asked)
    model.row_at(BLOCK * (KEEP + 4))
    assert len(book.asked) == asked
    model.row_at(0)
    assert len(book.asked) == asked + 1


def test_ids_of_an_array_are_not_copied(model: RowsModel[Line]) -> None:
    ids = array("q", [3, 1, 2])
    model.set_ids(ids)
    assert model.ids is ids


def test_a_changed_row_is_read_anew_with_its_block_only(
    model: RowsModel[Line], book: Book, qtbot: QtBot
) -> None:
    model.set_ids(range(1000))
    model.row_at(0)
    model.row_at(500)
    book.version = 1
    with qtbot.waitSignal(model.dataChanged) as told:
        model.refresh([500])
    first, last = told.args[0].row(), told.args[1].row()
    assert first <= 500 <= last
    assert model.row_at(500).name == "Person 500 v1"
    assert model.row_at(0).name == "Person 0 v0"
    model.refresh()
    assert model.row_at(0).name == "Person 0 v1"


def test_a_row_deleted_since_is_nothing(model: RowsModel[Line], book: Book) -> None:
    book.gone.add(1)
    model.set_ids([0, 1, 2])
    assert model.row_at(1) is None
    assert model.row_at(2) == Line(2, "Person 2 v0")
    assert model.data(model.index(1, 0)) is None


def test_every_row_says_a_sentence(model: RowsModel[Line]) -> None:
    model.set_ids([4])
    index = model.index(0, 0)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Person 4 v0."
    assert model.data(index, RowRole) == Line(4, "Person 4 v0")
    assert model.data(index, IdRole) == 4


def test_ids_and_positions_find_one_another(model: RowsModel[Line]) -> None:
    model.set_ids([9, 5, 7])
    assert [model.position_of(one) for one in (9, 7, 1)] == [0, 2, None]
    assert [model.id_at(at) for at in (-1, 0, 3)] == [None, 9, None]
    assert model.row_at(-1) is None
    assert model.data(QModelIndex()) is None
