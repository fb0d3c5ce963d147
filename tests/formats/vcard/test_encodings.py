import pytest

from crm.formats import vcard
from tests.formats.vcard.samples import card, drafts, person


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Jürgen Größe", "cp1252"),
        ("Иван Петров Сергеевич, Москва", "cp1251"),
        ("Γιώργος Παπαδόπουλος Αθήνα", "cp1253"),
        ("Jiří Dvořák, Růžena Nováková", "cp1250"),
        ("安藤 ロイド 東京都渋谷区", "cp932"),
        ("שלום כהן, ירושלים תל אביב", "cp1255"),
        ("Paweł Żółkiewski, Łódź", "cp1250"),
        ("Søren Ærø, Malmö", "cp1252"),
    ],
)
def test_a_file_in_an_old_code_page_is_read(name: str, encoding: str) -> None:
    source = "".join(
        f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:{name}\r\nNOTE:{name}\r\nEND:VCARD\r\n" for _ in range(3)
    )
    raw = source.encode(encoding)
    assert drafts(raw)[0].person.display_name == name  # type: ignore[union-attr]
    assert vcard.guess_encoding(raw) == encoding


@pytest.mark.parametrize(
    "after",
    [b"", b"X;", b" x" * 200_000 + b"\n", b"\n".join([b" " + b"x" * 70] * 10_000)],
    ids=["an end", "half a head", "a long line", "many lines"],
)
def test_a_letter_of_an_old_code_page_is_decoded_however_its_file_goes_on(after: bytes) -> None:
    (draft,) = drafts(b"BEGIN:VCARD\nVERSION:3.0\nFN:A\nNOTE:J\xfcrgen\n" + after)
    assert draft.person is not None
    assert draft.person.notes.startswith("Jürgen")


def test_the_users_choice_of_a_code_page_wins() -> None:
    raw = card(fn="FN:שלום כהן").decode().encode("cp1255")
    assert drafts(raw, encoding="cp1255")[0].person.display_name == "שלום כהן"  # type: ignore[union-attr]


@pytest.mark.parametrize("charset", ["SHIFT_JIS", "ISO-2022-JP", "utf-8", "EUC-JP"])
def test_a_propertys_own_charset_counts(charset: str) -> None:
    line = f"FN;CHARSET={charset}:".encode() + "安藤 ロイド".encode(charset)
    assert drafts(b"BEGIN:VCARD\n" + line + b"\nEND:VCARD")[0].person.display_name == "安藤 ロイド"  # type: ignore[union-attr]


def test_a_lying_charset_does_not_spoil_utf8() -> None:
    assert person(fn="FN;CHARSET=ISO-8859-1:Jürgen").display_name == "Jürgen"
    assert person(fn="FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:J=C3=BCrgen").display_name == "Jürgen"


@pytest.mark.parametrize("charset", ["evil", "zlib", "punycode", "idna", "rot13", "base64", "unicode_escape"])
def test_charsets_that_are_none_are_ignored(charset: str) -> None:
    assert person(f"NOTE;CHARSET={charset};QUOTED-PRINTABLE:=41-999").notes == "A-999"


def test_a_cut_letter_costs_only_itself() -> None:
    assert person("NOTE;QUOTED-PRINTABLE:" + "=C3=91" * 9 + "=C3").notes == "Ñ" * 9 + "\ufffd"


def test_split_surrogates_become_their_letter_and_lone_ones_go() -> None:
    source = b"BEGIN:VCARD\nFN:a\xed\xa0\xbd\xed\xb8\x80b\nNOTE:a\xed\xa0\x80b\nEND:VCARD"
    (draft,) = drafts(source)
    assert draft.person is not None
    assert (draft.person.display_name, draft.person.notes) == ("a😀b", "ab")


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"BEGIN:VCARD\r\n", True),
        (b"\xef\xbb\xbf\n begin: vcard\n", True),
        ("BEGIN:VCARD\n".encode("utf-16"), True),
        ("BEGIN:VCARD\n".encode("utf-16-le"), True),
        (b"BEGIN:VCALENDAR\r\n", False),
        (b"First Name,Last Name\n", False),
        (b"", False),
        (b"\0" * 100, False),
    ],
)
def test_vcards_are_recognised(head: bytes, is_one: bool) -> None:
    assert vcard.looks_like_vcard(head) is is_one
