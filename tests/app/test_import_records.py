"""Cards as they were read become records: tidied, and quickly where nothing is to be tidied."""

from dataclasses import replace

import pytest

from crm.app.importing_records import tidied
from crm.domain.card import CardDraft
from crm.domain.person import PersonDraft
from crm.errors import Invalid
from crm.formats import vcard
from tests.conftest import SAMPLES

needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample files aren't there (KEEPWARM_SAMPLES)"
)


@needs_samples
def test_what_is_taken_as_it_was_read_is_what_tidying_would_make_of_it() -> None:
    taken = 0
    for file in sorted(SAMPLES.rglob("*.vcf")):
        for card in vcard.read(file.read_bytes(), file.name):
            if isinstance(card, CardDraft) and card.person is not None:
                quickly, slowly = _tidied(card), _tidied(replace(card, version="of no reader that strips"))
                assert quickly == slowly
                taken += quickly is card.person
    assert taken > 300


def _tidied(card: CardDraft) -> PersonDraft | str | None:
    try:
        return tidied(card)
    except Invalid as error:
        return str(error.params["field"])
