from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crm.gui import paint
from crm.gui.models.columns import Column
from crm.gui.models.rows_model import RowsModel
from crm.gui.widgets.big_list import BigList, RowDelegate

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    name: str


class Names(RowDelegate):
    drawn: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.drawn = []

    def draw(self, m: paint.Mirror, rect: QRectF, row: Any, _state: paint.RowState) -> None:
        self.drawn.append(row.id)
        paint.text(m, rect, row.name)


def fetch(ids: Sequence[int]) -> list[Line]:
    return [Line(one, f"Person {one}") for one in ids]


def describe(line: Line) -> str:
    return f"{line.name}, check-in today."


@pytest.fixture
def people(qtbot: QtBot) -> BigList:
    model = RowsModel(fetch, describe)
    view = BigList("People", model, Names(), multiple=True, find=lambda words: 42 if words == "p" else None)
    qtbot.addWidget(view)
    view.resize(360, 400)
    model.set_ids(range(100))
    view.show()
    return view


def rows(view: BigList) -> RowsModel[Line]:
    model = view.model()
    assert isinstance(model, RowsModel)
    return model


def test_a_million_rows_open_and_draw_only_what_shows(qtbot: QtBot) -> None:
    model, delegate = RowsModel(fetch, describe), Names()
    view = BigList("People", model, delegate)
    qtbot.addWidget(view)
    view.resize(360, 400)
    model.set_ids(range(MILLION))
    view.show()
    view.choose(MILLION - 1)
    view.grab()
    assert MILLION - 1 in delegate.drawn
    assert len(set(delegate.drawn)) < 40


def test_keys_move_and_tell_who_is_chosen(people: BigList, qtbot: QtBot) -> None:
    told: list[int] = []
    people.choose(0)
    people.chosen.connect(told.append)
    for key in (Qt.Key.Key_J, Qt.Key.Key_Down, Qt.Key.Key_K, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(people, key)
    assert told == [1, 2, 1, 99, 0]


def test_enter_opens(people: BigList, qtbot: QtBot) -> None:
    people.choose(7)
    with qtbot.waitSignal(people.opened) as told:
        qtbot.keyClick(people, Qt.Key.Key_Return)
    assert told.args == [7]


def test_typing_asks_for_the_first_that_begins_so(people: BigList) -> None:
    people.keyboardSearch("p")
    assert people.current_id == 42
    people.keyboardSearch("zz")
    assert people.current_id == 42


def test_selection_and_current_row_survive_another_order(people: BigList) -> None:
    people.choose(5)
    people.select_ids([5, 9])
    told: list[int] = []
    people.chosen.connect(told.append)
    rows(people).set_ids(reversed(range(100)))
    assert people.current_id == 5
    assert sorted(people.selected_ids) == [5, 9]
    assert told == []


def test_what_left_the_list_is_no_longer_selected(people: BigList, qtbot: QtBot) -> None:
    people.select_ids([5, 9])
    with qtbot.waitSignal(people.selection_changed):
        rows(people).set_ids([1, 9])
    assert people.selected_ids == (9,)


def test_all_can_be_selected(people: BigList) -> None:
    people.selectAll()
    assert people.selected_ids == tuple(range(100))


def test_a_screen_reader_hears_the_sentence(people: BigList) -> None:
    view = QAccessible.queryAccessibleInterface(people)
    assert view.text(QAccessible.Text.Name) == "People"
    names = [view.child(at).text(QAccessible.Text.Name) for at in range(view.childCount())]
    assert "Person 0, check-in today." in names


def test_nothing_is_chosen_where_nothing_shows(people: BigList) -> None:
    assert not people.choose(12345)
    assert people.current_id is None
    rows(people).set_ids([])
    QTest.keyClick(people, Qt.Key.Key_Return)
    QTest.keyClick(people, Qt.Key.Key_End)
    assert people.selected_ids == ()


def test_a_click_on_a_header_asks_for_another_order(qtbot: QtBot) -> None:
    columns = (
        Column("Name", lambda line: line.name, sort_key="name"),
        Column("Id", lambda line: str(line.id)),
    )
    model = RowsModel(fetch, describe, columns)
    table = BigList("People", model)
    qtbot.addWidget(table)
    model.set_ids(range(3))
    told: list[tuple[str, bool]] = []
    table.sorted_by.connect(lambda key, down: told.append((key, down)))
    for section in (0, 0, 1, 0):
        table.horizontalHeader().sectionClicked.emit(section)
    assert told == [("name", False), ("name", True), ("name", False)]
