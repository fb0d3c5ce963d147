"""How the window looks and which keys it takes: settings of this machine, in force at once."""

from PySide6.QtCore import Slot

from crm.gui import theme
from crm.gui.actions import Act
from crm.gui.session import Session
from crm.gui.settings.section import Section, change
from crm.gui.widgets.buttons import Button
from crm.gui.widgets.fields import CheckBox, Select
from crm.settings import TEXT_SCALES, ThemeChoice


class AppearanceSection(Section):
    """Theme, contrast, text size, motion."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        now = self._session.services.settings()
        self._theme = Select(
            (
                (ThemeChoice.SYSTEM, self.tr("As the system")),
                (ThemeChoice.LIGHT, self.tr("Light")),
                (ThemeChoice.DARK, self.tr("Dark")),
            )
        )
        self._theme.choose(now.theme)
        self._contrast = CheckBox(self.tr("On"), checked=now.high_contrast)
        self._scale = Select([(scale, f"{scale * 100:.0f} %") for scale in TEXT_SCALES])
        self._scale.choose(theme.look().scale)
        self._motion = CheckBox(self.tr("On"), checked=now.reduce_motion)
        self.set_title(self.tr("Appearance"))
        self.add_row(self.tr("Theme"), "", self._theme)
        self.add_row(self.tr("High contrast"), self.tr("Stronger text and edges."), self._contrast)
        self.add_row(self.tr("Text size"), self.tr("Also Ctrl and +, − or 0."), self._scale)
        self.add_row(self.tr("Reduce motion"), self.tr("Nothing slides or fades."), self._motion)

    def _connect(self) -> None:
        self._theme.chosen.connect(self._on_theme_chosen)
        self._scale.chosen.connect(self._on_scale_chosen)
        self._contrast.toggled.connect(self._on_contrast_toggled)
        self._motion.toggled.connect(self._on_motion_toggled)

    @Slot(object)
    def _on_theme_chosen(self, choice: ThemeChoice) -> None:
        change(self._session, theme=choice)

    @Slot(object)
    def _on_scale_chosen(self, scale: float) -> None:
        change(self._session, text_scale=scale)

    @Slot(bool)
    def _on_contrast_toggled(self, on: bool) -> None:
        change(self._session, high_contrast=on)

    @Slot(bool)
    def _on_motion_toggled(self, on: bool) -> None:
        change(self._session, reduce_motion=on)


class KeyboardSection(Section):
    """Shortcuts of one letter, and the sheet of all."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.set_title(self.tr("Keyboard"))
        self._single = CheckBox(self.tr("On"), checked=session.services.settings().single_key_shortcuts)
        sheet = Button(self.tr("Show all shortcuts"))
        self.add_row(
            self.tr("Shortcuts of one letter"),
            self.tr("L logs a touch, S snoozes, E writes an email, while a list has the focus."),
            self._single,
        )
        self.add_row(self.tr("All shortcuts"), "", sheet)
        self._single.toggled.connect(self._on_single_toggled)
        sheet.clicked.connect(session.actions[Act.SHORTCUTS].trigger)

    @Slot(bool)
    def _on_single_toggled(self, on: bool) -> None:
        change(self._session, single_key_shortcuts=on)
