import io

import pytest

from crm.domain.card import CardDraft, Problem, ProblemCode
from crm.domain.person import ContactKind
from crm.errors import Cancelled
from crm.formats import vcard
from tests.formats.vcard.samples import card, codes, drafts, properties_of, values

SMALL = vcard.Limits(card=4000, line=2000, text=400, binary=300, properties=10, depth=2, params=3, values=4)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["NOTE:" + "x" * 500], ProblemCode.TOO_LARGE),
        (["NOTE:" + "x" * 3000], ProblemCode.TOO_LARGE),
        (["NOTE:x", *[" " + "x" * 70] * 40], ProblemCode.TOO_LARGE),
        (["PHOTO;ENCODING=b:" + "QUJD" * 100], ProblemCode.TOO_LARGE),
        (["PHOTO:data:image/png;base64," + "QUJD" * 100], ProblemCode.TOO_LARGE),
        (["TEL;A=1;B=2;C=3;D=4:1"], ProblemCode.TOO_LARGE),
        (["TEL;TYPE=a,b,c,d,e:1"], ProblemCode.TOO_LARGE),
        ([f"X-{i}:1" for i in range(20)], ProblemCode.TOO_MANY_PROPERTIES),
    ],
)
def test_what_is_over_a_limit_is_told_and_the_rest_is_read(lines: list[str], code: ProblemCode) -> None:
    first, second = drafts(card(*lines) + card("TEL:7"), limits=SMALL)
    assert codes(first) == [code]
    assert first.person is not None
    assert first.person.display_name == "Ada Lovelace"
    assert second.person is not None
    assert values(second.person, ContactKind.PHONE) == ["7"]


def test_a_card_over_the_limit_is_one_problem() -> None:
    huge = card(*["PHOTO;ENCODING=b:" + "QUJD" * 200 for _ in range(6)])
    found = list(vcard.read(huge + card(), "x.vcf", limits=SMALL))
    assert isinstance(found[0], Problem)
    assert (found[0].code, found[0].fatal) == (ProblemCode.TOO_LARGE, True)
    assert isinstance(found[1], CardDraft)


def test_values_over_the_limit_stay_in_the_raw_property() -> None:
    draft = drafts(card("CATEGORIES:a,b,c,d,e,f"), limits=SMALL)[0]
    assert draft.person is not None
    assert draft.person.tags == ("a", "b", "c", "d")
    assert properties_of(draft)[-1].value == "a,b,c,d,e,f"


def test_many_lists_of_tags_in_one_card_take_the_time_of_their_length() -> None:
    lists = ["CATEGORIES:" + ",".join(f"{i} {j}" for j in range(250)) for i in range(1000)]
    (draft,) = drafts(card(*lists))
    assert draft.person is not None
    assert len(draft.person.tags) == 250_000


def test_steps_add_up_to_the_file_and_cancelling_goes_through() -> None:
    source = card() * 20_000
    steps: list[int] = []
    assert sum(1 for _ in vcard.read(io.BytesIO(source), "x.vcf", step=steps.append)) == 20_000
    assert sum(steps) == len(source)
    assert len(steps) > 3

    def cancel(_count: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        list(vcard.read(source, "x.vcf", step=cancel))


def test_cards_across_the_ends_of_chunks_are_whole() -> None:
    cards = [card(f"NOTE:{'é' * (i % 90)}", f"TEL:{i}", fn=f"FN:P{i}") for i in range(9000)]
    found = drafts(b"".join(cards))
    assert [d.person.display_name for d in found if d.person] == [f"P{i}" for i in range(9000)]
    assert {len(properties_of(d)) for d in found} == {3}


def test_a_defect_of_ours_costs_one_card(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setitem(__import__("crm.formats.vcard.gathering", fromlist=["READERS"]).READERS, "REV", fail)
    found = list(vcard.read(card("REV:1") + card(), "x.vcf"))
    assert found[0] == Problem("x.vcf", 1, ProblemCode.BROKEN, "ZeroDivisionError")
    assert isinstance(found[1], CardDraft)
