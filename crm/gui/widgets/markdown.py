"""Text in Markdown, shown safely: `MarkdownView("Notes")`, then `.show_markdown(text)`.

Nothing in it is HTML, nothing is read or fetched, pictures become their words; what isn't a web page or a mail
address is no link. Links open through `links`, and the pointer says where they lead. The view is as tall as its text.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from crm.gui import links, text, theme

LONGEST = 20_000  # a longer text shows as it was written: made to nest, it could take the reader of Markdown for ever
_TABLES = 0x100  # Qt has no name for this part of GitHub's dialect: 10,000 columns take twelve seconds
_DIALECT = QTextDocument.MarkdownFeature(
    (QTextDocument.MarkdownFeature.MarkdownDialectGitHub.value & ~_TABLES)
    | QTextDocument.MarkdownFeature.MarkdownNoHTML.value
)


class _Closed(QTextDocument):
    """A document that reads nothing: Qt's own opens the local files that pictures name."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        return b""


class MarkdownView(QTextBrowser):
    """Its text can be selected and its links followed by keyboard; it can't be changed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        self.viewport().setAutoFillBackground(False)
        document = _Closed(self)
        document.setDocumentMargin(0)
        document.setIndentWidth(theme.px(20))
        self.setDocument(document)
        self.anchorClicked.connect(_open)
        self.highlighted.connect(self._on_highlighted)

    def show_markdown(self, words: str) -> None:
        """Show a text; its line ends stay."""
        self._words = text.clean(words)
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._render()  # the colours of links are in the document

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(theme.font()).averageCharWidth() * 40, self.minimumHeight())

    def _render(self) -> None:
        document = self.document()
        document.setDefaultFont(theme.font("body"))
        if len(self._words) > LONGEST:
            document.setPlainText(self._words)
        else:
            # Two spaces keep an end of line, which Markdown would join: most notes were written as plain text.
            document.setMarkdown(self._words.replace("\n", "  \n"), _DIALECT)
            _disarm(document)
        self._fit()

    def _fit(self) -> None:
        document = self.document()
        document.setTextWidth(self.viewport().width())
        self.setFixedHeight(round(document.size().height()) + 4 * theme.ring_width())

    def _on_highlighted(self, url: QUrl) -> None:
        self.setToolTip(text.plain_tooltip(url.toDisplayString()))


def _disarm(document: QTextDocument) -> None:
    """Turn pictures into their words, take away links that lead nowhere safe, and marks that turn letters around."""
    for start, words, style in reversed(list(_fragments(document))):
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(start + len(words.encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor)
        if style.isImageFormat():
            alternative = str(style.property(QTextFormat.Property.ImageAltText) or "")
            cursor.insertText(text.one_line(alternative), QTextCharFormat())
        elif style.isAnchor() and _address(style.anchorHref()) is None:
            cursor.insertText(text.one_line(words), QTextCharFormat())
        elif text.one_line(words) != words:
            cursor.insertText(text.one_line(words), style)


def _fragments(document: QTextDocument) -> Iterator[tuple[int, str, QTextCharFormat]]:
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            yield piece.position(), piece.text(), piece.charFormat()
            pieces += 1
        block = block.next()


def _address(link: str) -> QUrl | None:
    """Return what a link opens: a web page, or a mail draft without anything in it."""
    mail = link.partition("mailto:")
    return links.mailto(mail[2]) if mail[1] and not mail[0] else links.safe_external(link)


def _open(url: QUrl) -> None:
    links.open_link(_address(url.toString()))
