"""Notes as Markdown: what is shown, and that nothing in them acts, loads or misleads."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument, QTextFormat
from pytestqt.qtbot import QtBot

from crm.gui import links
from crm.gui.widgets import markdown
from crm.gui.widgets.markdown import LONGEST, MarkdownView


@pytest.fixture
def view(qtbot: QtBot) -> MarkdownView:
    made = MarkdownView("Notes")
    qtbot.addWidget(made)
    made.resize(400, 300)
    return made


def anchors(view: MarkdownView) -> list[str]:
    return [style.anchorHref() for _, _, style in markdown._fragments(view.document()) if style.isAnchor()]


def test_markdown_is_formatted_and_line_ends_stay(view: MarkdownView) -> None:
    view.show_markdown("# Tea\n\nlikes **green**\nand black\n\n- one\n- two")
    assert view.toPlainText() == "Tea\nlikes green\nand black\none\ntwo"
    bold = [words for _, words, style in markdown._fragments(view.document()) if style.fontWeight() > 600]
    assert "green" in bold


@pytest.mark.parametrize(
    "words",
    [
        "<b>bold</b>",
        "<img src='file:///etc/passwd'>",
        "<script>alert(1)</script>",
        "<a href='https://evil.example'>bank</a>",
        "<style>* { color: red }</style>",
        "<!-- hidden -->",
        "<div>\n<iframe src=x>\n</div>",
    ],
)
def test_html_shows_letter_by_letter(view: MarkdownView, words: str) -> None:
    view.show_markdown(words)
    assert "".join(view.toPlainText().split()) == "".join(words.split())
    assert anchors(view) == []


def test_a_picture_is_its_words(view: MarkdownView, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    view.show_markdown(
        f"![our *team*]({secret.as_uri()}) ![x](http://tracker.example/a.gif) ![](data:image/png;base64,AA)"
    )
    view.show()
    view.grab()
    assert view.toPlainText().split() == ["our", "team", "x"]
    assert not any(style.isImageFormat() for _, _, style in markdown._fragments(view.document()))


def test_a_document_of_ours_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    kind = QTextDocument.ResourceType.ImageResource.value
    assert not markdown._Closed().resource(kind, QUrl.fromLocalFile(str(secret)))


def test_only_web_pages_and_mail_addresses_are_links(view: MarkdownView) -> None:
    view.show_markdown(
        "[a](https://good.example) <mailto:me@good.example> www.good.example [b](javascript:alert(1)) "
        "[c](file:///etc/passwd) [d](data:text/html,x) [e](https://user@evil.example) [f](#top) [g](mailto:a@b.example?attach=/etc/passwd)"
    )
    assert anchors(view) == ["https://good.example", "mailto:me@good.example", "http://www.good.example"]
    assert all(word in view.toPlainText().split() for word in "abcdefg")
    bad = [style for _, words, style in markdown._fragments(view.document()) if words.strip().startswith("b")]
    assert not any(style.hasProperty(QTextFormat.Property.AnchorHref) for style in bad)


def test_a_link_opens_through_the_one_door_and_says_where_it_leads(
    view: MarkdownView, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(links, "open_link", lambda url: heard.append(url.toString() if url else "nowhere"))
    view.show_markdown("[https://bank.example](https://evil.example/in)")
    view.highlighted.emit(QUrl("https://evil.example/in"))
    assert "https://evil.example/in" in view.toolTip()
    view.anchorClicked.emit(QUrl("https://evil.example/in"))
    view.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert heard == ["https://evil.example/in", "nowhere"]


def test_letters_can_not_be_turned_around(view: MarkdownView) -> None:
    view.show_markdown("invoice\u202egpj.exe &#x202e;abc &#8238;x [a&#x202e;b](https://good.example)")
    assert "\u202e" not in view.toPlainText()
    assert anchors(view) == ["https://good.example"]


@pytest.mark.parametrize("piece", ["> ", "- ", "*", "[", "[a](b", "![a](", "`", "|a", "<", "# ", "1. ", "~"])
def test_text_made_to_take_long_is_shown(view: MarkdownView, piece: str) -> None:
    view.show_markdown(piece * (LONGEST // len(piece)))
    assert view.document().characterCount()


def test_a_very_long_text_shows_as_it_was_written(view: MarkdownView) -> None:
    view.show_markdown("**a** " * LONGEST)
    assert view.toPlainText().startswith("**a** **a**")
