"""Real cards of other projects, hostile ones, and our own samples; the first two where they are at hand."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from crm.domain.card import CardDraft, Problem
from crm.domain.folding import clean
from crm.domain.person import ContactKind
from crm.formats import vcard

_ROOT = Path(__file__).resolve().parents[3]
_SHARED = _ROOT.parent / "shared"
_REFERENCE = _SHARED / "tools" / "vcard_reference_reader.py"
_OWN = _ROOT / "tests" / "data" / "vcards"


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file())


_CORPUS = _files(_SHARED / "data" / "vcards", "*.vcf")
_HOSTILE = _files(_SHARED / "data" / "hostile" / "cards", "*")
_needs_corpus = pytest.mark.skipif(
    not _CORPUS, reason="the collected vCards are not at hand (../shared/data/vcards)"
)
_needs_hostile = pytest.mark.skipif(
    not _HOSTILE, reason="the hostile files are not at hand (../shared/data/hostile)"
)

# Where we mean to differ from the reference: what the value is then, in its words.
_TEL_URI = "a tel: URI is shown as its number"
_EXPLAINED = {
    ("v21_invalid_multiple_line.vcf", "EMAIL"): "the address is taken out of '\"Name\" <address>'",
    ("v40_sip.vcf", "TEL"): "a sip: address is a messenger",
    ("se-3.vcf", "N"): "text without a head after a one-line value is its rest, without a line break",
    (
        "John_Doe_ANDROID.vcf",
        "ORG",
    ): "the same position twice is one; a letter cut in two doesn't spoil the others",
    ("testfullvcard.vcf", "TEL"): _TEL_URI,
    ("vcard.vcf", "TEL"): _TEL_URI,
    ("vcard_author.vcf", "TEL"): _TEL_URI,
    ("rfc6350-example.vcf", "TEL"): _TEL_URI,
}


@pytest.fixture(scope="module")
def reference() -> Iterator[ModuleType]:
    if not _REFERENCE.exists():
        pytest.skip("the reference reader is not at hand (../shared/tools)")
    spec = importlib.util.spec_from_file_location("vcard_reference_reader", _REFERENCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def _words(value: object) -> str:
    """Return text for comparison: separators of lists count as blanks."""
    if isinstance(value, list):
        value = " ".join(_words(part) for part in value)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return " ".join(clean(str(value)).translate(str.maketrans(",;\r", "   ")).split())


def _reference_values(card: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for prop in card.props:  # type: ignore[attr-defined]
        text = _words(prop.value)
        if text:
            found.setdefault("URL" if prop.name == "X-SOCIALPROFILE" else prop.name, []).append(text)
    found["NOTE"] = [" ".join(found["NOTE"])] if "NOTE" in found else []
    for single in ("FN", "N"):
        found[single] = found.get(single, [])[:1]
    return found


def _our_values(draft: CardDraft, theirs: dict[str, list[str]]) -> dict[str, list[str]]:
    subject = draft.person or draft.company
    if subject is None:
        return {}
    values = {
        name: [_words(c.value) for c in subject.contacts if c.kind is kind]
        for name, kind in (
            ("EMAIL", ContactKind.EMAIL),
            ("TEL", ContactKind.PHONE),
            ("URL", ContactKind.LINK),
        )
    }
    values["NOTE"] = [_words(subject.notes)] if subject.notes else []
    if draft.person is not None:
        name = draft.person.name
        values["ORG"] = [
            _words([p.company, p.department]) for p in draft.person.positions if p.company or p.department
        ]
        if theirs["FN"]:
            values["FN"] = [_words(draft.person.display_name)]
        if theirs["N"]:
            values["N"] = [_words([name.family, name.given, name.additional, name.prefix, name.suffix])]
    return values


@_needs_corpus
@pytest.mark.parametrize("path", _CORPUS, ids=lambda p: p.name)
def test_every_real_card_is_found_with_the_reference_readers_values(
    path: Path, reference: ModuleType
) -> None:
    raw = path.read_bytes()
    theirs = reference.parse(raw)
    ours = list(vcard.read(raw, path.name))
    assert len(ours) == len(theirs)
    for card, found in zip(theirs, ours, strict=True):
        if isinstance(found, Problem):
            assert path.name == "v21_android_custom_prop.vcf"
            continue
        expected = _reference_values(card)
        for name, values in _our_values(found, expected).items():
            if (path.name, name) not in _EXPLAINED:
                assert sorted(values) == sorted(expected.get(name, [])), (found.line, name)


@_needs_hostile
@pytest.mark.parametrize("path", _HOSTILE, ids=lambda p: p.name)
def test_hostile_files_end_and_give_each_card_once(path: Path) -> None:
    raw = path.read_bytes()
    found = list(vcard.read(raw, path.name))
    assert len(found) == raw.upper().count(b"BEGIN:VCARD") - (5 if path.name == "agent_nest.vcf" else 0)
    for draft in found:
        if isinstance(draft, CardDraft):
            repr(draft).encode()  # nothing in it that can't be stored


def test_our_own_samples_are_read() -> None:
    names = {}
    for path in _files(_OWN, "*.vcf"):
        with path.open("rb") as stream:
            found = list(vcard.read(stream, path.name))
        names[path.name] = [
            (d.person or d.company) and (d.person.display_name if d.person else d.company.name)
            for d in found
            if isinstance(d, CardDraft)
        ]  # type: ignore[union-attr]
        assert not any(isinstance(d, Problem) for d in found)
    assert names == {
        "android-2.1.vcf": ["Zoë Çelik", "Iris Große"],
        "apple-3.0.vcf": ["Ada Lovelace", "Analytical Engines Ltd", None],
        "google-3.0.vcf": ["Priya Raman"],
        "icloud-3.0.vcf": ["Dr. Ngozi Adaeze Okafor PhD", "Harbour Analytics"],
        "iphone-3.0.vcf": ["中村 健二"],
        "nextcloud-3.0.vcf": ["Amélie Dubois", "Jonas Weiß"],
        "outlook-2.1.vcf": ["Dr. Jörg Peter Grünwald jun."],
        "rfc-4.0.vcf": ["Simon Perrault", "Jörg Müller"],
        "samsung-2.1.vcf": ["Minh Nguyễn"],
        "thunderbird-4.0.vcf": ["Signe Larsen"],
        "windows-1252.vcf": ["Søren Ærø"],
    }
