"""Fields for days: what is typed is shown in full while it is typed, and what may be two days is asked."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.domain.dates import Toward
from crm.gui.checkins.days import day_field
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.fields import DateField, Field
from tests.builders import TODAY


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    """Write the day before the month, as the British do; the next test writes as usual."""
    usual = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(usual)


@pytest.fixture
def field(window: QWidget, qtbot: QtBot) -> DateField:
    made = day_field(TODAY, today=TODAY, toward=Toward.PAST)
    Field("When", made, "Any day", window).show()
    window.show()
    qtbot.waitExposed(window)
    return made


def write(field: DateField, words: str, qtbot: QtBot) -> None:
    field.line.clear()
    qtbot.keyClicks(field.line, words)


def below(window: QWidget) -> str:
    field = window.findChild(Field)
    assert field is not None
    return field.editor.accessibleDescription()


def test_what_is_typed_is_said_in_full_below(field: DateField, window: QWidget, qtbot: QtBot) -> None:
    write(field, "last tue", qtbot)
    assert below(window) == "Tuesday 24 February"
    write(field, "someday", qtbot)
    assert below(window) == "Any day"


def test_a_day_that_may_be_two_is_asked_and_chosen_with_one_click(
    field: DateField, window: QWidget, qtbot: QtBot
) -> None:
    write(field, "1/2/2026", qtbot)
    assert (field.value, field.problem) == (None, True)
    assert below(window) == "Is that Sunday 1 February or Friday 2 January?"
    offered = [one for one in field.findChildren(Button) if one.isVisible()]
    assert [one.label for one in offered] == ["Sunday 1 February", "Friday 2 January"]
    qtbot.mouseClick(offered[1], Qt.MouseButton.LeftButton)
    assert (field.value, field.question, below(window)) == (date(2026, 1, 2), "", "Any day")


def test_the_users_own_order_comes_first(field: DateField, qtbot: QtBot) -> None:
    QLocale.setDefault(QLocale("en_US"))
    write(field, "1/2/2026", qtbot)
    assert field.question == "Is that Friday 2 January or Sunday 1 February?"
