from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontInfo, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm.gui import theme, tokens
from crm.gui.theme import Look
from crm.gui.widgets.buttons import Button, CheckCircle, IconButton, Size, Variant
from crm.gui.widgets.chips import ChipBar, ChipItem
from crm.gui.widgets.fields import CheckBox, Field, Radio, Select, TextField
from crm.gui.widgets.layouts import add, column
from crm.gui.widgets.pill import Pill
from crm.gui.widgets.search_field import SearchField

Dress = Callable[[Look], None]


def sample() -> QWidget:
    page = QWidget()
    page.setProperty("page", True)
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    chips = ChipBar([ChipItem("all", "All"), ChipItem("due", "Due", 7)], "Show")
    buttons = [Button("Log touch", variant, icon="check") for variant in Variant]
    fields = (
        Field("Email", TextField("a@b.example")),
        Select([(1, "Every week")]),
        CheckBox("Keep", checked=True),
    )
    add(column(page, gap=4), *buttons, chips, Pill("Today", "info"), *fields, Radio("One", checked=True))
    page.layout().addWidget(IconButton("x", "Close"))
    return page


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_a_switch_to_dark_and_back_leaves_no_trace(qtbot: QtBot, dress: Dress) -> None:
    page = sample()
    qtbot.addWidget(page)
    page.show()
    light = picture(page)
    dress(Look("dark"))
    dark = picture(page)
    dress(Look("light"))
    assert dark != light
    assert picture(page) == light


def test_a_page_made_in_the_dark_looks_like_one_that_was_switched(qtbot: QtBot, dress: Dress) -> None:
    switched = sample()
    qtbot.addWidget(switched)
    switched.show()
    dress(Look("dark"))
    fresh = sample()
    qtbot.addWidget(fresh)
    fresh.resize(switched.size())
    fresh.show()
    assert picture(switched) == picture(fresh)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_placeholders_are_opaque_and_readable(qtbot: QtBot, dress: Dress, name: str) -> None:
    dress(Look(name))
    for field in (QLineEdit(), SearchField("Filter…", "Find")):
        qtbot.addWidget(field)
        field.show()
        shown = field.palette().color(QPalette.ColorRole.PlaceholderText)
        ground = tokens.values(name)["surface"]
        assert shown.alpha() == 255
        assert tokens.contrast(shown.name(), ground) >= 4.5


def test_the_bundled_font_is_used_in_all_its_weights() -> None:
    for role, (size, _line, weight, family) in tokens.TYPE.items():
        info = QFontInfo(theme.font(role))
        assert (info.family(), info.pixelSize(), info.weight()) == (family, size, weight), role


def test_tabular_figures_have_one_width() -> None:
    measure = theme.metrics("body", tabular=True)
    assert len({measure.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


def test_sizes_and_fonts_follow_the_text_size(dress: Dress) -> None:
    dress(Look(scale=2.0))
    assert theme.px(8) == 16
    assert theme.font("body").pixelSize() == 28
    assert Button("Log touch").sizeHint().height() >= 60


def test_an_icon_takes_the_colour_of_the_theme_when_drawn(dress: Dress) -> None:
    icon = theme.icon("square-check", "text")
    light = icon.pixmap(QSize(32, 32)).toImage()
    dress(Look("dark"))
    assert icon.pixmap(QSize(32, 32)).toImage() != light


def test_icons_are_drawn_as_sharp_as_the_screen(qapp: QApplication) -> None:
    dense = theme.pixmap("mail", 16, ratio=2.0)
    assert (dense.width(), dense.deviceIndependentSize().width()) == (32, 16)
    assert theme.icon("mail").pixmap(QSize(16, 16), 2.0).width() == 32


def test_every_icon_named_in_the_code_is_shipped() -> None:
    for name, _tone, _stroke in theme.QSS_IMAGES.values():
        assert not theme.pixmap(name, 16).isNull()


def test_a_cache_that_cant_be_written_costs_only_the_images(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    sheet = theme.style_sheet(tmp_path / "file")
    assert "image: none" in sheet
    assert "$" not in sheet


def test_motion_stops_where_it_is_reduced(dress: Dress) -> None:
    dress(Look(reduce_motion=True))
    assert theme.milliseconds(140) == 0
    dress(Look(reduce_motion=False))
    assert theme.milliseconds(140) == 140


def test_the_system_is_light_or_dark(qapp: QApplication) -> None:
    assert theme.system_scheme(qapp) in {"light", "dark"}
    assert theme.system_high_contrast(qapp) in {True, False}


def test_the_focus_ring_is_thicker_in_high_contrast(dress: Dress) -> None:
    dress(Look(high_contrast=True))
    assert theme.ring_width() == 3


def test_a_painted_circle_changes_when_ticked(qtbot: QtBot) -> None:
    circle = CheckCircle("Log a touch")
    qtbot.addWidget(circle)
    before = picture(circle)
    circle.setChecked(True)
    assert picture(circle) != before


@pytest.mark.parametrize("look", [Look(), Look(scale=2.0), Look("dark", 1.3, high_contrast=True)])
def test_nothing_grows_under_the_focus(look: Look, dress: Callable[[Look], None], qtbot: QtBot) -> None:
    dress(look)
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    kinds = [Button("Save", variant, size=size) for variant in Variant for size in Size]
    for widget in (*kinds, TextField(""), Select([(1, "A")])):
        layout.addWidget(widget)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    for widget in holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        holder.setFocus()
        before = widget.sizeHint()
        widget.setFocus()
        assert widget.sizeHint() == before, widget
