"""Titles before names."""

import pytest

from crm.domain.names import untitled


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Mr. Bob Green", "Bob Green"),
        ("Prof. Dr. Ada Lovelace", "Ada Lovelace"),
        ("Ms Grace Hopper", "Grace Hopper"),
        ("Mrinal Sen", "Mrinal Sen"),
        ("Dr.", "Dr."),
        ("", ""),
        ("Bob Mr. Green", "Bob Mr. Green"),
    ],
)
def test_titles_go_unless_nothing_is_left(name: str, bare: str) -> None:
    assert untitled(name) == bare
