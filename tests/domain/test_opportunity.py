"""Opportunities as values: which of them a filter keeps."""

from datetime import date

import pytest

from crm.domain.opportunity import Ending, NextStep, OpportunityFilter, OpportunityId, OpportunityRow, Stage

DAY = date(2026, 3, 2)
SAVED = OpportunityRow(
    OpportunityId(1), "Señor Analyst", Stage.SAVED, DAY, "Orbital Labs", 7, referrer="Zoë Ek"
)
CLOSED = OpportunityRow(
    OpportunityId(2), "Lead", Stage.CLOSED, DAY, "Fernway", 8, Ending.FILLED, source="LinkedIn"
)
PLANNED = OpportunityRow(
    OpportunityId(3), "Head", Stage.OFFER, DAY, next=NextStep("Reply", DAY), faces=("Ben Okri",)
)
EVERY = (SAVED, CLOSED, PLANNED)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (OpportunityFilter(), EVERY),
        (OpportunityFilter("  senor ORB "), (SAVED,)),
        (OpportunityFilter("zoe"), (SAVED,)),
        (OpportunityFilter("okr"), (PLANNED,)),
        (OpportunityFilter("linked"), (CLOSED,)),
        (OpportunityFilter("abs"), ()),
        (OpportunityFilter(company=8), (CLOSED,)),
        (OpportunityFilter(stage=Stage.OFFER), (PLANNED,)),
        (OpportunityFilter(ending=Ending.FILLED), (CLOSED,)),
        (OpportunityFilter(ending=Ending.NO_REPLY), ()),
        (OpportunityFilter(idle=True), (SAVED,)),
        (OpportunityFilter("lead", idle=True), ()),
    ],
)
def test_a_filter_keeps_what_all_of_it_fits(
    wanted: OpportunityFilter, kept: tuple[OpportunityRow, ...]
) -> None:
    assert tuple(filter(wanted.keeps, EVERY)) == kept
