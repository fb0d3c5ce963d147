"""What every page stands in: sidebar, the line of the sample, the line of a hint, toast."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm.gui import theme
from crm.gui.rooms import Rooms
from crm.gui.sidebar import Sidebar
from crm.gui.widgets.announce import announce
from crm.gui.widgets.banner import Banner
from crm.gui.widgets.layouts import add, boxed, column, row
from crm.gui.widgets.toast import Toast

RAIL_BELOW = 1180


class Frame(QWidget):
    """The window's central widget. `own_book_requested()` comes from the line that says the people are a sample."""

    own_book_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("root")
        self._build_ui()

    def set_sample(self, sample: bool) -> None:
        """Say on every page, or don't, that the people are a sample."""
        self._mark.setVisible(sample)

    def fit(self, width: int, *, sidebar_open: bool) -> None:
        """Give the sidebar the room there is (DESIGN.md 4: by width ÷ text size)."""
        room = width / max(theme.look().scale, 0.1) >= RAIL_BELOW
        self.sidebar.set_rail(not (room and sidebar_open), room=room)

    def say_saved(self, *, read_only: bool) -> None:
        """Say in the sidebar how the book is kept."""
        if read_only:
            self.sidebar.set_saved(self.tr("Read-only: nothing is saved"), bad=True)
        else:
            self.sidebar.set_saved(self.tr("Saved on this computer"))

    def say_unsaved(self) -> None:
        """Keep in sight that the book couldn't be written, until a change is saved again."""
        self.sidebar.set_saved(self.tr("Can’t save"), bad=True)

    def say_hint(self, words: str, action: str = "") -> None:
        """Say a hint below the page, which makes room for it."""
        self.hint.set_message(words, action)
        self.hint.show()
        self._hint.show()
        self.toast.set_floor(self._hint.sizeHint().height())
        announce(self, words)

    def hide_hint(self) -> None:
        """Take the hint away."""
        self._hint.hide()
        self.toast.set_floor(0)

    def _hint_line(self) -> QWidget:
        self.hint = Banner("", icon="lightbulb")
        self.hint.setAccessibleName(self.tr("Hint"))
        self._hint = boxed(add(row(None, (24, 0, 24, 12)), self.hint))
        self._hint.hide()
        return self._hint

    def _build_ui(self) -> None:
        self.sidebar = Sidebar()
        self.rooms = Rooms()
        words = self.tr("Sample data: look around; nothing here is yours.")
        banner = Banner(words, self.tr("Use my own contacts"), icon="sparkles", dismissable=False)
        banner.setObjectName("sample")
        banner.acted.connect(self.own_book_requested)
        self._mark = boxed(add(row(None, (24, 12, 24, 0)), banner))
        pages = column()
        pages.addWidget(self._mark)
        pages.addWidget(self.rooms, 1)
        pages.addWidget(self._hint_line())
        layout = row(self)
        layout.addWidget(self.sidebar)
        layout.addLayout(pages, 1)
        self.toast = Toast(self)
