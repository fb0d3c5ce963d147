from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from crm.gui import links

GOOD = [
    "https://orbitallabs.example",
    "http://orbitallabs.example/",
    "https://www.linkedin.com/in/tferreira",
    "HTTPS://Example.com/Path?q=1&r=%20x#part",
    "https://example.com:8443/a",
    "https://münchen.de/straße",
    "  https://example.com/with/spaces/around  ",
    "https://[2001:db8::1]/",
]
HOSTILE = [
    "",
    " ",
    "example",
    "/etc/passwd",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file://evil.example/share/x",
    "//evil.example/share/x",
    "\\\\evil.example\\share\\x",
    "C:\\Windows\\system32\\calc.exe",
    "C:/Windows/system32/calc.exe",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript://example.com/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "about:blank",
    "ftp://example.com/a",
    "smb://evil.example/share",
    "ssh://evil.example",
    "ms-msdt:/id",
    "search-ms:query=x",
    "ms-officecmd:{}",
    "shell:startup",
    "steam://run/1",
    "mailto:a@b.example?attach=/etc/passwd",
    "mailto:a@b.example",
    "tel:+123",
    "qrc:/x",
    "http:",
    "http://",
    "https:///path",
    "https:example.com",
    "http:/example.com",
    "https://user@evil.example",
    "https://user:pass@evil.example",
    "https://example.com@evil.example/",
    "https://@evil.example/",
    "https://example.com\n.evil.example",
    "https://example.com\r\nHost: evil",
    "https://exam ple.com",
    "https://example.com/a b",
    "https://example.com/\x00",
    "https://example.com\t/x",
    "https://example.com/\u202egpj.exe",
    "https://example.com/\u200b",
    "https://example.com\\@evil.example",
    'https://example.com/"><script>',
    "https://example.com/<x>",
    "https://exa`mple.com",
    "https://[::1",
    "https://example.com:99999/",
    "https://example.com:port/",
    "https://" + "a" * 3000 + ".example",
    " javascript:alert(1)//https://example.com",
    "https",
    "\x01javascript:alert(1)",
]
GOOD_ADDRESSES = [
    "a@b.example",
    "o'brien@example.com",
    "ana+work@example.co.uk",
    "jürgen@münchen.de",
    "x_y-z@a-b.io",
]
HOSTILE_ADDRESSES = [
    "",
    "a",
    "a@b",
    "@b.example",
    "a@@b.example",
    "a@b.example?bcc=evil@evil.example",
    "a@b.example&cc=evil@evil.example",
    "a@b.example\r\nBcc: evil@evil.example",
    "a@b.example%0d%0aBcc:evil@evil.example",
    "a b@b.example",
    "a@b.example,evil@evil.example",
    "a@b.example;evil@evil.example",
    '"a b"@b.example',
    "<a@b.example>",
    "Ana <a@b.example>",
    "a@b.example#x",
    "a@b.example/../x",
    "a\x00@b.example",
    "a\u202e@b.example",
    "a" * 65 + "@b.example",
    "a@" + "b" * 250 + ".example",
]


@pytest.mark.parametrize("link", GOOD)
def test_a_web_address_may_be_opened(link: str) -> None:
    url = links.safe_external(link)
    assert url is not None
    assert url.scheme() in {"http", "https"}


@pytest.mark.parametrize("link", HOSTILE, ids=range(len(HOSTILE)))
def test_anything_else_may_not(link: str) -> None:
    assert links.safe_external(link) is None


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ("orbitallabs.example", "https://orbitallabs.example"),
        ("linkedin.com/in/ada", "https://linkedin.com/in/ada"),
        ("http://a.example", "http://a.example"),
        ("javascript:alert(1)", None),
        ("evil.example@x", None),
        ("just words", None),
    ],
)
def test_a_site_is_opened_as_people_write_it(typed: str, opened: str | None) -> None:
    url = links.website(typed)
    assert (url.toString() if url else None) == opened


@pytest.mark.parametrize("address", GOOD_ADDRESSES)
def test_a_mail_draft_goes_to_the_one_address(address: str) -> None:
    url = links.mailto(address)
    assert url is not None
    assert url.path() == address


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES, ids=range(len(HOSTILE_ADDRESSES)))
def test_an_address_that_smuggles_something_gets_no_draft(address: str) -> None:
    assert links.mailto(address) is None


def test_subject_and_body_can_add_no_header() -> None:
    url = links.mailto(
        "a@b.example", "Hi & bye?bcc=x@y.example\r\nBcc: z@y.example", "One\nTwo = 2 & more #1"
    )
    assert url is not None
    raw = url.toEncoded().data().decode()
    assert raw.count("?") == 1
    assert raw.count("&") == 1
    assert "\r" not in raw
    assert raw.endswith("body=One%0D%0ATwo%20%3D%202%20%26%20more%20%231")


def test_a_draft_too_long_for_any_mail_app_is_none() -> None:
    assert links.mailto("a@b.example", "Hi", "x" * 40_000) is None


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("+351 912 555 014", "tel:+351912555014"),
        ("(020) 7946-0018", "tel:02079460018"),
        ("+44 (0)20 7946 0018", "tel:+442079460018"),
        ("12", None),
        ("+1;phone-context=evil", None),
        ("*#06#", None),
        ("call me", None),
    ],
)
def test_only_digits_are_dialled(number: str, dialled: str | None) -> None:
    url = links.tel(number)
    assert (url.toString() if url else None) == dialled


def test_only_what_was_found_safe_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    assert not links.open_link(None)
    assert not links.open_link(QUrl("file:///etc/passwd"))
    assert not links.open_folder(tmp_path / "missing")
    assert links.open_link(links.safe_external("https://example.com"))
    assert links.open_folder(tmp_path)
    assert opened == ["https://example.com", QUrl.fromLocalFile(str(tmp_path.resolve())).toString()]
