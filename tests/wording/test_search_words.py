"""What the counts of a search say: calm, and little where there is little."""

import pytest

from crm import wording
from crm.domain.opportunity import Perspective


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Perspective(), ["0 applications so far. Numbers say little before the tenth."]),
        (Perspective(1, 1, 1), ["1 application so far. Numbers say little before the tenth."]),
        (Perspective(12), ["12 applications, 0 led to interviews, 0 to offers."]),
        (
            Perspective(12, 4, 1),
            [
                "12 applications, 4 led to interviews, 1 to an offer.",
                "An interview for every 3 applications.",
                "An offer for every 4 roles interviewed for.",
            ],
        ),
        (
            Perspective(10, 9, 9),
            [
                "10 applications, 9 led to interviews, 9 to offers.",
                "An interview for every application.",
                "An offer for every role interviewed for.",
            ],
        ),
    ],
)
def test_applications_interviews_and_offers_are_told_without_comparison(
    seen: Perspective, said: list[str]
) -> None:
    assert wording.perspective(seen) == " ".join(said)
