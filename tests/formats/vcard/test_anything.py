"""Whatever the bytes: an answer, never an exception; and what was written properly is read as it was meant."""

import random
import re
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm.domain.card import CardDraft, Problem, ProblemCode
from crm.domain.folding import clean
from crm.formats import vcard
from crm.formats.vcard.values import escape
from tests.formats.vcard.samples import properties_of

_OWN = Path(__file__).resolve().parents[2] / "data" / "vcards"
_SMALL = vcard.Limits(card=4000, line=2000, text=400, binary=300, properties=10, depth=2, params=3, values=4)
_PIECES = (
    *(
        b"BEGIN:VCARD\n",
        b"END:VCARD\n",
        b"VERSION:2.1\n",
        b"VERSION:4.0\n",
        b"FN:",
        b"N:",
        b"AGENT:\n",
        b"PHOTO",
        b"BDAY:",
    ),
    *(
        b";ENCODING=b",
        b";QUOTED-PRINTABLE",
        b";CHARSET=cp1251",
        b";TYPE=",
        b'"',
        b":",
        b";",
        b",",
        b"\\",
        b"=",
        b"=\n",
    ),
    *(
        b"\n",
        b"\r",
        b"\r\n",
        b"\n ",
        b"\0",
        b"\xff",
        b"\xe4",
        b"\xed\xa0\x80",
        b"\x1b$B",
        b"item1.",
        b"ORG:",
        b"TITLE:",
    ),
    *(
        b"data:image/png;base64,",
        b"QUJD",
        b"1604-02-30",
        b"X-ABLABEL:",
        b"ADR:",
        b"CATEGORIES:",
        b"IMPP:",
        b"URL:",
    ),
    *(
        b"linkedin.com/in/",
        b"X-ANDROID-CUSTOM:",
        b"KIND:group\n",
        b"KIND:org\n",
        b"LABEL:",
        b"UID:",
        b"a",
        b" ",
    ),
)
_one_line = st.text(st.characters(codec="utf-8"), max_size=60).map(lambda t: " ".join(clean(t).split()))


def _read(source: bytes, limits: vcard.Limits = vcard.DEFAULT) -> list[CardDraft | Problem]:
    found = list(vcard.read(source, "x.vcf", limits=limits))
    for one in found:
        assert isinstance(one, CardDraft) or (one.fatal and one.code is not ProblemCode.BROKEN), one
        repr(one).encode()
    return found


@given(st.binary(max_size=400))
def test_any_bytes_are_read(source: bytes) -> None:
    _read(source)
    _read(b"BEGIN:VCARD\nFN:A\n" + source)
    vcard.guess_encoding(source)
    vcard.looks_like_vcard(source)


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(_PIECES), max_size=60).map(b"".join), st.sampled_from((vcard.DEFAULT, _SMALL))
)
def test_any_mixture_of_a_cards_parts_is_read(source: bytes, limits: vcard.Limits) -> None:
    _read(source, limits)


def _the_long_way(source: bytes) -> list[CardDraft | Problem]:
    """Read cards as none of them were plain: those have their envelope in capitals."""
    return _read(re.sub(rb"(?m)^BEGIN:VCARD$", b"Begin:vcard", source.replace(b"\r\n", b"\n")))


def test_plain_cards_are_what_the_long_way_makes_of_them() -> None:
    rng = random.Random(2)
    for path in sorted(_OWN.glob("*.vcf")):
        raw = path.read_bytes()
        twice = raw + b"\n" + raw  # heads are learnt from the first
        assert _read(twice) == _the_long_way(twice)
        for _ in range(40):
            damaged = bytearray(twice)
            for _ in range(rng.randrange(1, 6)):
                at = rng.randrange(len(damaged))
                damaged[at : at + rng.randrange(3)] = rng.choice(_PIECES)
            assert _read(bytes(damaged)) == _the_long_way(bytes(damaged))


@settings(max_examples=200)
@given(st.lists(st.sampled_from((*_PIECES, b"NOTE:a", b"X-B:", b"\n\t")), max_size=12).map(b"".join))
@example(b"X-B:c\nX-B")
def test_a_card_of_any_parts_is_read_alike_the_short_and_the_long_way(parts: bytes) -> None:
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:A\n" + parts + b"\nEND:VCARD\n"
    source = b"X-B:c\nNOTE:d\n".join((card, card, card))
    assert _read(card * 3) == _the_long_way(card * 3)
    assert _read(source) == _the_long_way(source)


def test_damaged_samples_are_read_and_no_card_between_is_lost() -> None:
    rng = random.Random(1)
    whole = b"BEGIN:VCARD\nFN:Whole\nEND:VCARD\n"
    for path in sorted(_OWN.glob("*.vcf")):
        raw = path.read_bytes()
        for _ in range(150):
            damaged = bytearray(raw)
            for _ in range(rng.randrange(1, 12)):
                at = rng.randrange(len(damaged))
                damaged[at : at + rng.randrange(3)] = rng.choice(_PIECES)
            found = _read(whole + bytes(damaged))
            first = found[0]
            assert isinstance(first, CardDraft)
            assert first.person is not None
            assert first.person.display_name == "Whole"


@given(_one_line, st.lists(_one_line, max_size=3), st.lists(_one_line, max_size=3), st.integers(20, 75))
def test_what_was_written_is_read(name: str, notes: list[str], tags: list[str], width: int) -> None:
    lines = [f"FN:{escape(name or 'x')}", *[f"NOTE:{escape(n)}" for n in notes]]
    lines.append("CATEGORIES:" + ",".join(escape(t) for t in tags))
    folded = [b"BEGIN:VCARD", b"VERSION:3.0"]
    for line in lines:
        raw = line.encode()
        # Folded by bytes, also inside a letter.
        folded += [(b" " if i else b"") + raw[i : i + width] for i in range(0, len(raw), width)]
    (draft,) = _read(b"\r\n".join([*folded, b"END:VCARD", b""]))
    assert isinstance(draft, CardDraft)
    assert draft.person is not None
    assert draft.person.display_name == (name or "x")
    assert draft.person.notes == "\n\n".join(n for n in notes if n)
    unique = {t.casefold(): t for t in reversed(tags) if t}
    assert sorted(draft.person.tags) == sorted(unique.values())


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_raw_values_survive_to_be_written_again(text: str) -> None:
    value = escape(clean(text).replace("\r", ""))
    (draft,) = _read(f"BEGIN:VCARD\nFN:A\nX-FOO:{value}\nEND:VCARD\n".encode())
    assert isinstance(draft, CardDraft)
    assert properties_of(draft)[-1].value == value
