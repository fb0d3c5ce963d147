"""Cards made for tests, and short ways to ask for what was read of them."""

from crm.domain.card import CardDraft, ProblemCode, SourceProperty
from crm.domain.person import ContactKind, PersonDraft
from crm.formats import vcard


def card(*lines: str, version: str = "3.0", fn: str = "FN:Ada Lovelace") -> bytes:
    inner = [f"VERSION:{version}", *([fn] if fn else []), *lines]
    return "".join(f"{line}\r\n" for line in ["BEGIN:VCARD", *inner, "END:VCARD"]).encode()


def drafts(source: bytes, **options: object) -> list[CardDraft]:
    found = list(vcard.read(source, "x.vcf", **options))  # type: ignore[arg-type]
    assert all(isinstance(d, CardDraft) for d in found), found
    return [d for d in found if isinstance(d, CardDraft)]


def only(*lines: str, version: str = "3.0", fn: str = "FN:Ada Lovelace") -> CardDraft:
    (draft,) = drafts(card(*lines, version=version, fn=fn))
    return draft


def person(*lines: str, version: str = "3.0", fn: str = "FN:Ada Lovelace") -> PersonDraft:
    draft = only(*lines, version=version, fn=fn)
    assert draft.person is not None
    return draft.person


def values(draft: PersonDraft, kind: ContactKind) -> list[str]:
    return [c.value for c in draft.contacts if c.kind is kind]


def codes(draft: CardDraft) -> list[ProblemCode]:
    return [p.code for p in draft.problems]


def properties_of(draft: CardDraft) -> tuple[SourceProperty, ...]:
    return vcard.properties(draft.raw, draft.version)


def photo_of(draft: CardDraft) -> bytes | None:
    return dict(draft.blobs).get(draft.photo)
