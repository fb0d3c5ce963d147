"""What was typed of something noticed: the words, and where it can be read."""

import pytest

from crm.domain.watch import read_noticed


@pytest.mark.parametrize(
    ("typed", "words", "link"),
    [
        ("Series C closed", "Series C closed", ""),
        ("Series C https://orbital.example/c closed", "Series C closed", "https://orbital.example/c"),
        ("HTTP://Orbital.example", "", "HTTP://Orbital.example"),
        ("javascript:alert(1) file:///etc/passwd", "javascript:alert(1) file:///etc/passwd", ""),
        ("one http://a.example two http://b.example", "one two http://b.example", "http://a.example"),
    ],
)
def test_the_first_web_address_is_where_it_can_be_read(typed: str, words: str, link: str) -> None:
    assert read_noticed(typed) == (words, link)
