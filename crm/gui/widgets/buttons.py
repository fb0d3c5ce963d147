"""Buttons: `Button(label, Variant.PRIMARY, icon="plus", size=Size.SMALL)`, `IconButton("x", "Close")`,
`LinkButton(label)`, `ElidedLink(label)`, `CheckCircle("Log a touch with Maya")`. Labels are literal: no & underlines, no HTML.
"""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from crm.gui import paint, text, theme
from crm.gui.theme import px


class Variant(StrEnum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    PLAIN = "plain"
    TINT = "tint"
    GHOST = "ghost"
    LINK = "link"
    DANGER = "danger"
    TOAST = "toast"


class Size(StrEnum):
    """28, 32 or 40 pixels tall."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"


_ICON_TONES = {
    Variant.PRIMARY: "onaccent",
    Variant.DANGER: "onaccent",
    Variant.TINT: "accent_text",
    Variant.LINK: "accent_text",
    Variant.TOAST: "toast_link",
}


class Button(QPushButton):
    """A push button with words, perhaps an icon before them."""

    def __init__(
        self,
        label: str,
        variant: Variant = Variant.PLAIN,
        *,
        icon: str = "",
        size: Size = Size.NORMAL,
        tooltip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = ""
        self._iconic = bool(icon)
        self.setProperty("v", variant.value)
        self.setProperty("tall", size.value)
        self.setFont(theme.font("smallMedium" if size is Size.SMALL else "bodyMedium"))
        self.setAutoDefault(False)
        if icon:
            self.setIcon(theme.icon(icon, _ICON_TONES.get(variant, "text2")))
            self.setIconSize(QSize(px(16), px(16)))
        if variant is Variant.LINK:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(text.plain_tooltip(tooltip))
        self.set_label(label)

    @property
    def label(self) -> str:
        """The words on the button."""
        return self._label

    def set_label(self, label: str) -> None:
        """Put other words on the button."""
        self._label = text.one_line(label)
        # The style has no gap of its own between icon and words.
        self.setText((" " if self._iconic else "") + text.literal(label))
        self.setAccessibleName(self._label)

    def set_menu(self, menu: QMenu) -> None:
        """Open `menu` on click and show the arrow."""
        self.setMenu(menu)
        self.setProperty("menu", True)
        self.style().unpolish(self)
        self.style().polish(self)

    def set_reason(self, reason: str) -> None:
        """Disable the button and say why in its tooltip; "" enables it."""
        self.setEnabled(not reason)
        self.setToolTip(text.plain_tooltip(reason))
        self.setAccessibleDescription(text.one_line(reason))


LINK_INSET = 4
"""How far a link's words stand inside its focus ring, before scaling: words above and below stand in as far."""


class LinkButton(Button):
    """A link in the app: a company's name, "See all 17"."""

    def __init__(
        self, label: str, *, size: Size = Size.NORMAL, tooltip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, Variant.LINK, size=size, tooltip=tooltip, parent=parent)


class ElidedLink(LinkButton):
    """A link that gives way: cut at its end where there is no room, whole in its tooltip."""

    def __init__(self, label: str, *, size: Size = Size.NORMAL, parent: QWidget | None = None) -> None:
        super().__init__(label, size=size, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.label) + px(2 * LINK_INSET)
        return QSize(wide, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - px(2 * LINK_INSET) + 1  # an advance is rounded
        cut = self.fontMetrics().elidedText(self.label, Qt.TextElideMode.ElideRight, room)
        self.setText(text.literal(cut))
        self.setToolTip(text.plain_tooltip(self.label) if cut != self.label else "")


class IconButton(QToolButton):
    """A square button with an icon; `name` is what it does, read by screen readers and shown as its tooltip."""

    def __init__(  # noqa: PLR0913 - keywords, each one a plain choice of look
        self,
        icon: str,
        name: str,
        *,
        size: int = 32,
        icon_size: int = 18,
        outlined: bool = False,
        tone: str = "text2",
        shortcut: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shortcut = shortcut
        self.setProperty("outlined", outlined)
        self.setIconSize(QSize(px(icon_size), px(icon_size)))
        self.setFixedSize(px(size), px(size))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_icon(icon, tone)
        self.set_name(name)

    def set_icon(self, icon: str, tone: str = "text2") -> None:
        """Show another icon."""
        self.setIcon(theme.icon(icon, tone))

    def set_name(self, name: str) -> None:
        """Say what the button does now."""
        self.setAccessibleName(text.one_line(name))
        keys = QKeySequence(self._shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(text.plain_tooltip(f"{name} ({keys})" if keys else name))

    def set_menu(self, menu: QMenu) -> None:
        """Open `menu` on click."""
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)


class CheckCircle(QAbstractButton):
    """A ring to tick: something done with one click. `name` says what ticking does."""

    def __init__(self, name: str, *, done: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(done)
        self.setFixedSize(px(28), px(28))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text.one_line(name))
        self.setToolTip(text.plain_tooltip(name))

    def sizeHint(self) -> QSize:
        return QSize(px(28), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        wide = px(18)
        edge = (self.width() - wide) / 2
        ring = QRectF(edge, edge, wide, wide)
        with paint.Mirror.on(self) as m:
            if self.isChecked():
                paint.box(m, ring, wide / 2, "ok_solid")
                paint.icon(m, ring.adjusted(px(3), px(3), -px(3), -px(3)), "check", "ontick", 3)
            else:
                paint.box(m, ring, wide / 2, "ok_tint" if self.underMouse() else "", "field")
                if self.underMouse() or self.hasFocus():
                    paint.icon(m, ring.adjusted(px(3), px(3), -px(3), -px(3)), "check", "ok", 3)
            if self.hasFocus():
                paint.focus_ring(m, self.rect(), self.width() / 2)
