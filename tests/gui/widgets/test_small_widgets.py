from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from crm.app.progress import Progress
from crm.gui import paint, text
from crm.gui.theme import Look
from crm.gui.widgets.avatar import Avatar, AvatarStack
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.buttons import Button, CheckCircle, IconButton, LinkButton, Size, Variant
from crm.gui.widgets.chips import Chip, ChipBar, ChipItem
from crm.gui.widgets.drop_zone import local_paths
from crm.gui.widgets.empty_state import EmptyState
from crm.gui.widgets.fields import CheckBox, DateField, Field, Radio, Select, TextField, read_dates
from crm.gui.widgets.flow import Flow
from crm.gui.widgets.labels import ElidedLabel, PlainLabel
from crm.gui.widgets.layouts import add, column, row, scrolled
from crm.gui.widgets.nav_item import NavItem
from crm.gui.widgets.pill import Pill
from crm.gui.widgets.progress import ProgressPane
from crm.gui.widgets.search_field import SearchField
from crm.gui.widgets.segmented import Segmented
from crm.gui.widgets.stat_bar import Stat, StatBar
from crm.gui.widgets.stepper import Stepper
from crm.gui.widgets.tabs import Tabs
from crm.gui.widgets.timeline import Entry, TimelineEntry
from crm.gui.widgets.warmth import Warmth

NOW_PAST = (("now", "Now"), ("past", "Past"))
STATS = (Stat("Last touch", "61 days ago"), Stat("Check in", "Every 2 months", key="often"))


def stat_bar() -> StatBar:
    made = StatBar("Facts")
    made.set_cells(STATS)
    return made


MAKERS: dict[str, Callable[[], QWidget]] = {
    **{
        variant.value: lambda variant=variant: Button("Log touch", variant, icon="check")
        for variant in Variant
    },
    **{size.value: lambda size=size: Button("Log touch", size=size) for size in Size},
    "link": lambda: LinkButton("See all 17"),
    "icon": lambda: IconButton("x", "Close", size=28),
    "circle": lambda: CheckCircle("Log a touch with Maya"),
    "chip": lambda: Chip("Due", count=7),
    "chips": lambda: ChipBar([ChipItem("all", "All"), ChipItem("due", "Due", 7)], "Show"),
    "segmented": lambda: Segmented(NOW_PAST, "Which people"),
    "tabs": lambda: Tabs((("timeline", "Timeline"), ("about", "About")), "Parts"),
    "search": lambda: SearchField("Filter…", "Find people"),
    "field": lambda: Field("Email", TextField("a@b.example")),
    "select": lambda: Field("How often", Select([(1, "Every week")])),
    "date": lambda: Field("When", DateField(date(2025, 10, 23))),
    "box": lambda: CheckBox("Keep both"),
    "radio": lambda: Radio("Keep this"),
    "nav": lambda: NavItem("users", "People", count=1284),
    "banner": lambda: Banner("12 check-ins are overdue.", "Spread out"),
    "stats": stat_bar,
    "entry": lambda: TimelineEntry(Entry("mail", "info", "You emailed", "23 Aug", "…"), menu_name="Change"),
    "progress": lambda: ProgressPane("Importing"),
}


def reachable(widget: QWidget) -> list[QWidget]:
    found = [widget, *widget.findChildren(QWidget)]
    return [one for one in found if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]


@pytest.fixture(params=MAKERS, ids=list(MAKERS))
def widget(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    window.setProperty("page", True)
    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    qtbot.addWidget(window)
    made = MAKERS[request.param]()
    add(column(window, (12, 12, 12, 12)), Button("Elsewhere"), made)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.close()


def test_everything_that_takes_the_focus_has_a_name(widget: QWidget) -> None:
    for one in reachable(widget):
        said = QAccessible.queryAccessibleInterface(one)
        if one.focusProxy() is None and one.objectName() != "qt_calendar_navigationbar":
            assert said.text(QAccessible.Text.Name).strip(), one


def test_no_painted_control_is_a_nameless_client(widget: QWidget) -> None:
    for one in (widget, *widget.findChildren(QAbstractButton)):
        if isinstance(one, QAbstractButton):
            assert QAccessible.queryAccessibleInterface(one).role() != QAccessible.Role.Client, one


def test_every_target_is_large_enough(widget: QWidget) -> None:
    for one in reachable(widget):
        assert min(one.width(), one.height()) >= 24, one


@pytest.mark.parametrize("look", [Look(), Look("dark")], ids=["light", "dark"])
def test_the_focus_can_be_seen(widget: QWidget, look: Look, dress: Callable[[Look], None]) -> None:
    dress(look)
    window = widget.window()
    for one in reachable(widget):
        window.findChild(Button).setFocus()
        before = window.grab(one.parentWidget().rect().translated(one.parentWidget().mapTo(window, QPoint())))
        one.setFocus(Qt.FocusReason.TabFocusReason)
        after = window.grab(one.parentWidget().rect().translated(one.parentWidget().mapTo(window, QPoint())))
        assert changed_pixels(before, after) >= 20, one


def changed_pixels(one: QPixmap, other: QPixmap) -> int:
    first, second = one.toImage(), other.toImage()
    across, down = range(0, first.width(), 2), range(first.height())
    return sum(first.pixel(x, y) != second.pixel(x, y) for x in across for y in down)


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_nothing_is_cut_in_large_text(scale: float, dress: Callable[[Look], None], qtbot: QtBot) -> None:
    dress(Look(scale=scale))
    for made in (CheckBox("Keep both e-mail addresses"), Radio("Every 2 months"), Button("Log touch")):
        qtbot.addWidget(made)
        assert made.minimumSizeHint().width() >= made.fontMetrics().horizontalAdvance("Every 2 mo") / 2
        assert made.sizeHint().width() > made.fontMetrics().horizontalAdvance(made.text())


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\r\nthree", "two lines three"),
        ("gpj\u202eexe.\u2066x\u2069", "gpjexe.x"),
        ("bell\x07nul\x00", "bellnul"),
        ("half\ud800", "half"),
        ("👩\u200d💻 नमस्\u200dते", "👩\u200d💻 नमस्\u200dते"),
        ("a\u2028b", "a b"),
    ],
)
def test_one_line_shows_no_breaks_and_no_tricks(given: str, shown: str, qtbot: QtBot) -> None:
    label = PlainLabel(given)
    qtbot.addWidget(label)
    assert label.text() == text.one_line(given) == shown


def test_a_label_never_reads_markup(qtbot: QtBot) -> None:
    label = ElidedLabel("<img src='file:///probe'> & <b>bold</b>")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.toolTip() == "<qt>&lt;img src='file:///probe'&gt; &amp; &lt;b&gt;bold&lt;/b&gt;</qt>"
    label.resize(900, 20)
    label.grab()
    assert label.toolTip() == ""


def test_an_ampersand_in_a_name_is_shown(qtbot: QtBot) -> None:
    button = Button("Call AT&T")
    qtbot.addWidget(button)
    assert (button.label, button.text(), button.accessibleName()) == ("Call AT&T", "Call AT&&T", "Call AT&T")


def test_a_disabled_button_says_why(qtbot: QtBot) -> None:
    button = Button("Email")
    qtbot.addWidget(button)
    button.set_reason("No e-mail yet")
    assert not button.isEnabled()
    assert button.accessibleDescription() == "No e-mail yet"
    button.set_reason("")
    assert button.isEnabled()


def test_a_row_wraps_where_there_is_no_room(qtbot: QtBot) -> None:
    flow = Flow(*(Button(f"Button {number}") for number in range(6)))
    qtbot.addWidget(flow)
    flow.resize(240, 10)
    assert flow.heightForWidth(240) > 2 * flow.heightForWidth(2000)
    assert flow.minimumSizeHint().width() < 200


@pytest.mark.parametrize("rtl", [False, True])
def test_a_wrapping_row_starts_where_reading_starts(rtl: bool, qtbot: QtBot) -> None:
    first, second = Button("One"), Button("Two")
    flow = Flow(first, second)
    qtbot.addWidget(flow)
    flow.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    flow.resize(400, 40)
    flow.show()
    assert (first.x() > second.x()) == rtl


def test_what_is_painted_is_mirrored(qtbot: QtBot, qapp: QApplication) -> None:
    left = NavItem("users", "")
    qtbot.addWidget(left)
    left.resize(200, 34)
    straight = left.grab().toImage()
    left.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = left.grab().toImage()
    assert straight != mirrored
    bounds = [
        [x for x in range(200) for y in range(34) if image.pixel(x, y) != image.pixel(100, 3)]
        for image in (straight, mirrored)
    ]
    assert min(bounds[0]) < 60
    assert max(bounds[1]) > 140


def test_hues_and_initials_are_the_same_in_every_run() -> None:
    assert paint.hue("Tomás Ferreira") == "info"
    assert [paint.initials(name) for name in ("Ada Lovelace", "plato", "", "Ab & Co", "张伟", "–")] == [
        *("AL", "P", "?", "AC", "张", "?")
    ]


def test_a_stack_of_avatars_says_the_names(qtbot: QtBot) -> None:
    stack = AvatarStack(["Ada L", "Tom F"], extra=2)
    qtbot.addWidget(stack)
    assert QAccessible.queryAccessibleInterface(stack).text(QAccessible.Text.Name) == "Ada L, Tom F, +2"
    for quiet in (Avatar("Ada L"), Pill("Today", "info"), Warmth(3, "Warm", "Warmth: Warm")):
        qtbot.addWidget(quiet)
        quiet.grab()
        assert QAccessible.queryAccessibleInterface(quiet).role() == QAccessible.Role.StaticText


def test_chips_tell_which_is_on(qtbot: QtBot) -> None:
    bar = ChipBar([ChipItem("all", "All"), ChipItem("due", "Due", 7)], "Show")
    qtbot.addWidget(bar)
    assert bar.current == "all"
    with qtbot.waitSignal(bar.chosen) as told:
        bar.chip("due").click()
    assert told.args == ["due"]
    bar.set_count("due", 8)
    assert bar.chip("due").accessibleName() == "Due, 8"


def test_segments_move_by_arrow_keys(qtbot: QtBot) -> None:
    views = Segmented(NOW_PAST, "Which people")
    qtbot.addWidget(views)
    views.show()
    views.activateWindow()
    qtbot.waitUntil(views.isActiveWindow)
    segments = views.findChildren(QAbstractButton)
    segments[0].setFocus()
    with qtbot.waitSignal(views.chosen) as told:
        qtbot.keyClick(segments[0], Qt.Key.Key_Right)
    assert told.args == [views.current] == ["past"]


def test_tabs_tell_their_key_and_count(qtbot: QtBot) -> None:
    tabs = Tabs((("timeline", "Timeline"), ("about", "About")), "Parts")
    qtbot.addWidget(tabs)
    tabs.set_count("timeline", 14)
    assert tabs.accessibleTabName(0) == "Timeline, 14"
    with qtbot.waitSignal(tabs.chosen) as told:
        tabs.choose("about")
    assert told.args == [tabs.current] == ["about"]


def test_a_search_is_told_once_and_escape_empties_it(qtbot: QtBot) -> None:
    field = SearchField("Filter…", "Find people")
    qtbot.addWidget(field)
    told: list[str] = []
    field.searched.connect(told.append)
    qtbot.keyClicks(field, "ada")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told == ["ada", ""]


def test_a_field_says_what_is_wrong_to_everybody(qtbot: QtBot) -> None:
    field = Field("Email", TextField("x"), "Where you write to")
    qtbot.addWidget(field)
    field.show()
    field.show_problem("This isn't an e-mail address.")
    assert field.editor.accessibleName() == "Email"
    assert field.editor.accessibleDescription() == "This isn't an e-mail address."
    field.show_problem("")
    assert field.editor.accessibleDescription() == "Where you write to"


def test_a_list_of_values_keeps_its_value_and_ignores_the_wheel(qtbot: QtBot) -> None:
    select = Select([(7, "Weekly"), (14, "Every 2 weeks")])
    qtbot.addWidget(select)
    select.choose(14)
    select.set_options([(14, "2 weeks"), (21, "3 weeks")])
    assert select.value == 14
    with pytest.raises(ValueError, match="99"):
        select.choose(99)


def test_a_day_can_be_typed(qtbot: QtBot) -> None:
    field = DateField(
        read=lambda words: (date(2025, 11, 12),) if words == "in 3 weeks" else read_dates(words)
    )
    qtbot.addWidget(field)
    for typed, value, problem in (
        ("in 3 weeks", date(2025, 11, 12), False),
        ("2025-10-23", date(2025, 10, 23), False),
        ("nonsense", None, True),
        ("", None, False),
    ):
        field.line.setText(typed)
        assert (field.value, field.problem) == (value, problem)


def test_a_day_typed_is_shown_in_full_and_told_once(qtbot: QtBot) -> None:
    field = DateField(date(2025, 1, 1), show=lambda day: day.strftime("%d %B %Y"))
    qtbot.addWidget(field)
    told: list[int] = []
    field.changed.connect(lambda: told.append(1))
    field.line.setText("2025-10-23")
    field.line.editingFinished.emit()
    field.line.editingFinished.emit()
    assert field.line.text() == "23 October 2025"
    assert told == [1]


def test_facts_stand_in_a_row_or_two_by_two(qtbot: QtBot) -> None:
    bar = StatBar("Facts")
    qtbot.addWidget(bar)
    bar.set_cells([Stat(f"Label {number}", "Value", key=f"k{number}") for number in range(4)])
    bar.show()
    for width, lines in ((800, 1), (400, 2), (800, 1)):
        bar.resize(width, bar.heightForWidth(width))
        assert len({cell.y() for cell in bar.findChildren(QAbstractButton)}) == lines
    with qtbot.waitSignal(bar.cell_chosen) as told:
        bar.findChildren(QAbstractButton)[2].click()
    assert told.args[0] == "k2"


def test_steps_say_where_one_is(qtbot: QtBot) -> None:
    steps = Stepper(("Choose file", "Review", "Plan"))
    qtbot.addWidget(steps)
    steps.set_current(1)
    assert steps.accessibleName() == "Step 2 of 3: Review"
    assert steps.minimumSizeHint().width() < steps.sizeHint().width()


class Work:
    total, done, is_finishing, cancelled = 397, 240, False, False

    def cancel(self) -> None:
        self.cancelled = True


def test_progress_is_followed_and_cancelled(qtbot: QtBot) -> None:
    pane, work = ProgressPane("Importing"), Work()
    qtbot.addWidget(pane)
    pane.follow(work, "Importing {done} of {total}")
    assert "Importing 240 of 397" in {label.text() for label in pane.findChildren(PlainLabel)}
    pane.cancel.click()
    assert work.cancelled
    assert not pane.cancel.isEnabled()
    pane.stop()


def test_what_cant_be_cancelled_any_more_says_so_and_still_moves(qtbot: QtBot) -> None:
    pane, work = ProgressPane("Importing"), Progress(5_000_000_000)
    qtbot.addWidget(pane)
    work.step(4_000_000_000)
    pane.follow(work, "Importing")
    bar = pane.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert bar.value() * 5 == bar.maximum() * 4
    work.finish()
    pane.refresh()
    assert not pane.cancel.isEnabled()
    assert bar.maximum() == 0
    assert any("can’t be cancelled" in label.text() for label in pane.findChildren(PlainLabel))


def test_only_files_of_this_computer_are_dropped(tmp_path: Path) -> None:
    mime = QMimeData()
    file = tmp_path / "a.vcf"
    mime.setUrls(
        [QUrl.fromLocalFile(str(file)), QUrl("https://a.example/b.vcf"), QUrl("file://host/share/c.vcf")]
    )
    assert local_paths(mime) == (file,)


def test_an_empty_screen_offers_something_to_do(qtbot: QtBot) -> None:
    state = EmptyState("users", "No people yet", "Import your contacts or add the first one.")
    qtbot.addWidget(state)
    assert state.add_action("Import contacts").label == "Import contacts"
    assert state.add_link("How to get my file").label == "How to get my file"


def test_what_scrolls_down_gets_no_more_width_than_there_is(qtbot: QtBot) -> None:
    inner = QWidget()
    wide, end = Button("A button with a label far wider than the area it stands in"), Button("End")
    add(row(inner), wide, end)
    area = scrolled(inner)
    qtbot.addWidget(area)
    area.resize(200, 100)
    area.show()
    assert inner.width() == area.viewport().width()
    area.resize(900, 100)
    assert inner.width() == area.viewport().width()


def test_latin_words_stand_at_the_right_of_a_window_read_from_the_right(qtbot: QtBot) -> None:
    label = PlainLabel("Events")
    qtbot.addWidget(label)
    label.resize(400, 40)

    def side() -> str:
        shown = label.grab().toImage()
        inked = [
            sum(shown.pixelColor(x, y) != shown.pixelColor(200, 20) for x in across for y in range(0, 40, 2))
            for across in (range(150), range(250, 400))
        ]
        return "left" if inked[0] > inked[1] else "right"

    assert side() == "left"
    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert side() == "right"
