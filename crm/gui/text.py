"""Text made safe to show: no control or direction characters that could forge a line, no lone surrogates. No Qt."""

import html
import re

# Bidirectional controls can make "gpj.exe" read "exe.jpg"; C0, C1 and line separators break one-line displays.
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NEVER = re.compile(f"[{_DIRECTION}\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BREAKS = re.compile("[ \t]*[\r\n\t\x0b\x0c\x85\u2028\u2029]+[ \t]*")
_LONG_WORD = re.compile(r"\S{17,}")
_WORD_END = re.compile(r"[^\w\s]|_|\w{16}")


def one_line(text: str) -> str:
    """Return `text` for a display of one line: breaks become spaces, controls vanish."""
    if text.isascii() and text.isprintable():
        return text
    return _NEVER.sub("", _BREAKS.sub(" ", text))


def clean(text: str) -> str:
    """Return `text` for a display of many lines: line breaks stay, other controls vanish."""
    return _NEVER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def breakable(text: str) -> str:
    """Return `text` so that a long word in it, an address say, may go on in the next line. Not for copying."""
    return _LONG_WORD.sub(lambda found: _WORD_END.sub("\\g<0>\u200b", found[0]), clean(text))


def ltr(text: str) -> str:
    """Wrap a phone number, address or link so that it reads left to right in any layout."""
    return f"\u2066{one_line(text)}\u2069" if text else ""


def plain_tooltip(text: str) -> str:
    """Return `text` as a tooltip that shows it letter by letter: tooltips guess, so it is escaped inside a tag."""
    if not text:
        return ""
    return f"<qt>{html.escape(clean(text), quote=False).replace(chr(10), '<br>')}</qt>"


def literal(text: str) -> str:
    """Return `text` for a button or menu, where a single & would underline the next letter."""
    return one_line(text).replace("&", "&&")
