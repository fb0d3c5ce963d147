import io

import pytest

from crm.domain.card import CardDraft, CardKind, Problem, ProblemCode
from crm.domain.person import ContactKind, DateKind, PartialDate, PersonDraft, PersonName, PositionDraft
from crm.errors import Cancelled
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


# --- lines -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        b"BEGIN:VCARD\nFN:Ada\nNOTE:x\nEND:VCARD\n",
        b"BEGIN:VCARD\rFN:Ada\rNOTE:x\rEND:VCARD\r",
        b"BEGIN:VCARD\r\r\nFN:Ada\r\r\nNOTE:x\r\r\nEND:VCARD\r\r\n",
        b"\xef\xbb\xbfbegin:vcard\nfn:Ada\nnote:x\nend:vcard ",
        b"junk\n\nBEGIN: vCard\nFN:Ada\nNOTE:x\nEND:VCARD.",
        "BEGIN:VCARD\r\nFN:Ada\r\nNOTE:x\r\nEND:VCARD\r\n".encode("utf-16"),
        "BEGIN:VCARD\r\nFN:Ada\r\nNOTE:x\r\nEND:VCARD\r\n".encode("utf-16-be"),
        "BEGIN:VCARD\r\nFN:Ada\r\nNOTE:x\r\nEND:VCARD\r\n".encode("utf-32"),
        b"BEGIN:VCARD\nFN:Ada\nNOTE:x\n",
        b"BEGIN:VCARD\nPROFILE:VCARD\nFN:Ada\n# a comment\nNOTE:x\nEND:VCARD",
        b"BEGIN:VCARD\nFN:A\n da\nNOTE:\n x\nEND:VCARD",
        b"BEGIN:VCARD\nFN:A\n\tda\n\nNOTE:\n x\n\nEND:VCARD",
        b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:A=\nda\nNOTE;quoted-printable:=78\nEND:VCARD",
        b"BEGIN:VCARD\nFN;ENCODING=quoted-printable:=41d=\n=61\nNOTE;ENCODING=8BIT:x\nEND:VCARD",
        b"BEGIN:VCARD\nFN;ENCODING=b:QWRh\nNOTE;ENCODING=BASE64:eA\nEND:VCARD",
        b"BEGIN:VCARD\nFN;QUOTED-PRINTABLE:=41\n d=\n=61\nNOTE:x\nEND:VCARD",
        b"\0BEGIN:VCARD\nFN:A\0da\nNOTE:x\nEND:VCARD",
    ],
)
def test_a_card_is_read_however_its_lines_are_written(source: bytes) -> None:
    (draft,) = drafts(source)
    assert draft.person is not None
    assert (draft.person.display_name, draft.person.notes) == ("Ada", "x")


def test_joined_files_give_each_card_once() -> None:
    two = card(fn="FN:A").rstrip() + card(fn="FN:B") + b"BEGIN:VCARD\nFN:C\n" + card(fn="FN:D")
    found = drafts(two)
    assert [d.person.display_name for d in found if d.person] == ["A", "B", "C", "D"]
    assert codes(found[2]) == [ProblemCode.MISSING_END]


def test_a_mark_of_a_joined_file_does_not_hide_its_first_card() -> None:
    assert len(drafts(card() + b"\xef\xbb\xbf" + card())) == 2


def test_a_broken_line_belongs_to_the_text_before_it() -> None:
    draft = person("NOTE:one", "he said: two", "http://x.example/?a:b", "three", "TEL:1")
    assert draft.notes == "one\nhe said: two\nhttp://x.example/?a:b\nthree"
    assert values(draft, ContactKind.PHONE) == ["1"]


def test_a_backslash_before_a_broken_line_is_part_of_the_break() -> None:
    draft = person("ADR;HOME:;;Packstation\\", "999;Hamburg;;99999;Germany", version="2.1")
    assert draft.contacts[0].parts == ("", "", "Packstation\n999", "Hamburg", "", "99999", "Germany")
    assert draft.contacts[0].value == "Packstation 999, 99999 Hamburg, Germany"


def test_text_that_belongs_nowhere_is_kept_and_told() -> None:
    draft = only("TEL:1", "TEL;TYPE=,,,,,,")
    assert codes(draft) == [ProblemCode.UNREADABLE_LINE]
    assert draft.properties[-1].name == "X-UNPARSED"
    assert draft.properties[-1].value == "TEL;TYPE=,,,,,,"


def test_base64_goes_on_without_a_blank_and_ends_at_the_next_property() -> None:
    draft = only("PHOTO;ENCODING=BASE64;JPEG:QUJD", "QUJD", " QUJD", "", "TEL:1", version="2.1")
    assert draft.photo == b"ABCABCABC"
    assert draft.person is not None
    assert values(draft.person, ContactKind.PHONE) == ["1"]


def test_a_letter_folded_in_two_is_mended() -> None:
    source = b"BEGIN:VCARD\r\nFN:J\xc3\r\n \xbcrgen\r\nEND:VCARD\r\n"
    assert drafts(source)[0].person == PersonDraft("Jürgen", PersonName(given="Jürgen"))


def test_quoted_printable_never_swallows_the_end_of_its_card() -> None:
    found = drafts(b"BEGIN:VCARD\nFN:A\nNOTE;QUOTED-PRINTABLE:x=\nEND:VCARD\n" + card())
    assert len(found) == 2


def test_lines_are_counted_for_findings() -> None:
    found = drafts(b"\r\n" + card() + card("BDAY:never"))
    assert [d.line for d in found] == [2, 6]
    assert found[1].problems == (Problem("x.vcf", 9, ProblemCode.BAD_DATE, "BDAY:never", fatal=False),)


def test_lines_outside_of_cards_are_told_with_the_next_or_the_last() -> None:
    assert codes(drafts(b"TEL:1\n" + card())[0]) == [ProblemCode.UNREADABLE_LINE]
    assert codes(drafts(card() + b"TEL:1\n")[0]) == [ProblemCode.UNREADABLE_LINE]


# --- cards -----------------------------------------------------------------------------------------------------


def test_an_agent_stays_with_its_card() -> None:
    source = card("AGENT:", "BEGIN:VCARD", "FN:Bob", 'TEL;X-A="b;c":1', "END:VCARD", "TEL:2", version="2.1")
    (draft,) = drafts(source + card())[:1]
    assert draft.person is not None
    assert values(draft.person, ContactKind.PHONE) == ["2"]
    (agent,) = [p for p in draft.properties if p.name == "AGENT"]
    assert agent.value == 'BEGIN:VCARD\\nFN:Bob\\nTEL\\;X-A="b\\;c":1\\nEND:VCARD'


def test_an_agent_that_never_ends_costs_no_other_card() -> None:
    assert len(drafts(card("AGENT:", "BEGIN:VCARD", "FN:Bob") + card() + card())) == 3


def test_agents_within_agents_end_at_the_limit() -> None:
    deep = [line for _ in range(50) for line in ("AGENT:", "BEGIN:VCARD")]
    found = drafts(card(*deep, *["END:VCARD"] * 50) + card())
    assert len(found) == 2
    assert ProblemCode.TOO_DEEP in codes(found[0])


def test_a_group_has_a_name_and_members() -> None:
    for key in ("KIND", "X-ADDRESSBOOKSERVER-KIND"):
        member = "MEMBER" if key == "KIND" else "X-ADDRESSBOOKSERVER-MEMBER"
        draft = only(f"{key}:group", f"{member}:urn:uuid:A1", f"{member}:b2", fn="FN:Friends")
        assert (draft.kind, draft.name, draft.members) == (CardKind.GROUP, "Friends", ("A1", "b2"))
        assert draft.person is None
        assert draft.company is None


@pytest.mark.parametrize(
    "lines",
    [
        ("FN:Acme, Inc.", "N:;;;;", "ORG:Acme\\, Inc.;"),
        ("N:Nobody;;;;", "ORG:Acme\\, Inc.", "X-ABShowAs:COMPANY"),
        ("ORG:Acme\\, Inc.",),
        ("FN:Acme, Inc.", "KIND:org"),
        ("FN:acme, inc.", "KIND:organization", "ORG:Acme, Inc."),
    ],
)
def test_a_company_card_is_a_company(lines: tuple[str, ...]) -> None:
    draft = only(*lines, "TEL:1", "URL:https://acme.example", "NOTE:big", "ADR:;;;Berlin;;;", fn="")
    assert draft.kind is CardKind.COMPANY
    assert draft.person is None
    assert draft.company is not None
    company = draft.company
    assert (company.name, company.site, company.notes, company.place) == (
        "Acme, Inc.",
        "https://acme.example",
        "big",
        "Berlin",
    )
    assert [c.kind for c in company.contacts] == [ContactKind.PHONE, ContactKind.LINK, ContactKind.ADDRESS]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:Doe;Jane;Q.;Dr.;MD",), "Dr. Jane Q. Doe MD"),
        (("NICKNAME:Jay",), "Jay"),
        (("EMAIL:j@x.example", "TEL:1"), "j@x.example"),
        (("TEL:1",), "1"),
        (("ORG:Acme", "TITLE:Boss"), "Acme"),
        (("X-GOOGLE-TALK:h@x.example",), "h@x.example"),
        (("LABEL;QUOTED-PRINTABLE:1 Main St=0ABoston",), "1 Main St Boston"),
        (("X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Nick;1;;;",), "Nick"),
    ],
)
def test_a_card_without_a_name_gets_the_best_there_is(lines: tuple[str, ...], name: str) -> None:
    assert person(*lines, fn="").display_name == name


def test_cards_that_say_nothing_are_one_problem_each() -> None:
    found = list(vcard.read(card(fn="") + card("N:;;;;", "X-FOO:bar", fn="") + card(), "x.vcf"))
    assert [(p.code, p.fatal, p.line) for p in found if isinstance(p, Problem)] == [
        (ProblemCode.EMPTY_CARD, True, 1),
        (ProblemCode.NO_NAME, True, 4),
    ]
    assert len(found) == 3


# --- values ----------------------------------------------------------------------------------------------------


def test_no_text_is_cut_at_a_comma() -> None:
    draft = person(
        "NOTE:met at PyCon, likes Rust; and tea",
        "URL:https://x.example/?q=1,2;3",
        "ORG:Acme, Inc.;Sales, North",
        "TITLE:Head, Sales",
        "NICKNAME:Bob,Bobby",
        fn="FN:Doe, Jane",
    )
    assert draft.notes == "met at PyCon, likes Rust; and tea"
    assert values(draft, ContactKind.LINK) == ["https://x.example/?q=1,2;3"]
    assert draft.positions == (PositionDraft("Acme, Inc.", "Head, Sales", "Sales, North"),)
    assert draft.nicknames == ("Bob", "Bobby")
    assert draft.display_name == "Doe, Jane"


def test_escaped_links_of_old_gmail_are_read() -> None:
    assert values(person("URL:http\\://x.example/a\\,b"), ContactKind.LINK) == ["http://x.example/a,b"]


def test_a_name_has_five_parts_and_lists_in_them_are_joined() -> None:
    draft = person("N:van der Berg;Ada,Maria;Q.\\, R.;Dr.,Prof.;Jr.;more")
    assert draft.name == PersonName("van der Berg", "Ada Maria", "Q., R.", "Dr. Prof.", "Jr. more")


def test_the_first_of_two_names_counts_and_both_are_kept() -> None:
    draft = only("N;ALTID=1:A;one", "N;ALTID=1:A;two")
    assert draft.person is not None
    assert draft.person.name == PersonName("A", "one")
    assert [p.field for p in draft.properties if p.name == "N"] == ["name", ""]


def test_contact_points_have_label_types_and_preference() -> None:
    draft = person(
        "EMAIL;type=INTERNET;type=WORK;type=pref:a@x.example",
        "item1.EMAIL;type=INTERNET:b@x.example",
        "item1.X-ABLabel:_$!<Other>!$_",
        "item2.TEL:+1 2",
        "item2.X-ABLABEL:Sea house",
        'TEL;PREF=1;VALUE=uri;TYPE="cell,voice":tel:+1-2;ext=3',
        'EMAIL;INTERNET:"Ada" <c@x.example>',
        "EMAIL:",
    )
    assert [(c.kind, c.value, c.label, c.types, c.preferred) for c in draft.contacts] == [
        (ContactKind.EMAIL, "a@x.example", "work", ("internet", "work", "pref"), True),
        (ContactKind.EMAIL, "b@x.example", "Other", ("internet",), False),
        (ContactKind.PHONE, "+1 2", "Sea house", (), False),
        (ContactKind.PHONE, "+1-2 ext. 3", "cell", ("cell", "voice"), True),
        (ContactKind.EMAIL, "c@x.example", "", ("internet",), False),
    ]


def test_messengers_and_relations_are_found_under_every_name() -> None:
    draft = person(
        "IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:ada",
        "X-AIM:ada1",
        "X-messaging/xmpp-All:a@x.example\ue000b@x.example",
        "X-GOOGLE TALK:c@x.example",
        "TEL:sip:d@x.example",
        "item1.X-ABRELATEDNAMES:Bob",
        "item1.X-ABLabel:_$!<Spouse>!$_",
        "X-EVOLUTION-MANAGER:Eve",
        "RELATED;TYPE=friend:urn:uuid:f",
    )
    assert [(c.kind, c.value, c.label) for c in draft.contacts] == [
        (ContactKind.MESSAGING, "skype:ada", "Skype"),
        (ContactKind.MESSAGING, "ada1", "AIM"),
        (ContactKind.MESSAGING, "a@x.example", "xmpp"),
        (ContactKind.MESSAGING, "b@x.example", "xmpp"),
        (ContactKind.MESSAGING, "c@x.example", "Google Talk"),
        (ContactKind.MESSAGING, "sip:d@x.example", "SIP"),
        (ContactKind.RELATED, "Bob", "Spouse"),
        (ContactKind.RELATED, "Eve", "manager"),
        (ContactKind.RELATED, "urn:uuid:f", "friend"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "URL:https://www.LinkedIn.com/in/Ada-L%C3%B8/?trk=x",
        "item1.URL:linkedin.com/in/ada-lø",
        "X-SOCIALPROFILE;type=linkedin;x-user=Ada-Lø:http://www.linkedin.com/profile/view?id=1",
        "X-SOCIALPROFILE;type=linkedin:x-apple:ada-lø",
    ],
)
def test_a_linkedin_profile_is_found_and_its_link_kept(line: str) -> None:
    draft = only(line)
    assert draft.person is not None
    assert draft.person.linkedin == "ada-lø"
    assert len(values(draft.person, ContactKind.LINK)) == 1
    assert draft.properties[-1].field == "linkedin"


def test_dates_keep_what_is_known() -> None:
    draft = person(
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03",
        "ANNIVERSARY:20090808T1430-0500",
        "item1.X-ABDATE:1970-06-02",
        "item1.X-ABLabel:_$!<Anniversary>!$_",
        "item2.X-ABDATE:2001-06-02",
        "item2.X-ABLabel:First met",
    )
    assert [(d.kind, d.on, d.label) for d in draft.dates] == [
        (DateKind.BIRTHDAY, PartialDate(None, 2, 3), ""),
        (DateKind.ANNIVERSARY, PartialDate(2009, 8, 8), ""),
        (DateKind.ANNIVERSARY, PartialDate(1970, 6, 2), ""),
        (DateKind.OTHER, PartialDate(2001, 6, 2), "First met"),
    ]


def test_a_birthday_in_words_is_kept_as_text() -> None:
    draft = only("BDAY;VALUE=text:circa 1800")
    assert draft.person is not None
    assert draft.person.dates[0].on == PartialDate(text="circa 1800")
    assert draft.problems == ()
    assert codes(only("BDAY:soon")) == [ProblemCode.BAD_DATE]


def test_several_notes_are_joined_and_tags_are_unique() -> None:
    draft = person("NOTE:a\\nb", "NOTE:", "NOTE:c", "CATEGORIES:x,y", "CATEGORIES:X,z\\,z")
    assert draft.notes == "a\nb\n\nc"
    assert draft.tags == ("x", "y", "z,z")


@pytest.mark.parametrize(
    "line",
    [
        "PHOTO;ENCODING=b;TYPE=JPEG:QUJD",
        "PHOTO;BASE64:QUJD",
        "PHOTO:data:image/png;base64,QUJD",
        "PHOTO:data:image/png;base64\\,QUJD",
        "PHOTO;ENCODING=b:data:image/jpeg;base64,QUJD",
    ],
)
def test_a_picture_is_read_as_bytes(line: str) -> None:
    draft = only(line)
    assert draft.photo == b"ABC"
    assert (draft.properties[-1].value, draft.properties[-1].blob, draft.properties[-1].field) == (
        "",
        b"ABC",
        "photo",
    )


@pytest.mark.parametrize(
    "line", ["PHOTO;VALUE=uri:https://x.example/a.png", "PHOTO;VALUE=URL;TYPE=GIF:file:///etc/a.gif"]
)
def test_a_picture_elsewhere_is_only_a_link(line: str) -> None:
    draft = only(line)
    assert draft.photo is None
    assert line.endswith(draft.photo_link)
    assert draft.photo_link


def test_a_broken_picture_is_told_and_kept() -> None:
    draft = only("PHOTO;ENCODING=b:!!!!A")
    assert codes(draft) == [ProblemCode.BAD_PICTURE]
    assert draft.properties[-1].value == "!!!!A"


def test_identity_and_origin_are_read() -> None:
    draft = only("UID:urn:uuid:A-1", "REV:2020", "PRODID:-//x", version="4.0")
    assert (draft.uid, draft.rev, draft.producer, draft.version) == ("A-1", "2020", "-//x", "4.0")


def test_every_property_is_kept_raw_in_its_order() -> None:
    draft = only(
        'item1.X-Foo;bar="a;b";BAZ:x\\,y;z',
        "TEL;CELL:1",
        "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab\\;c",
        fn="fn:A",
    )
    assert [(p.group, p.name, p.params, p.value, p.field) for p in draft.properties] == [
        ("", "fn", (), "A", "display_name"),
        ("item1", "X-Foo", (("BAR", ("a;b",)), ("TYPE", ("BAZ",))), "x\\,y;z", ""),
        ("", "TEL", (("TYPE", ("CELL",)),), "1", "phones"),
        ("", "NOTE", (), "a\\nb\\;c", "notes"),
    ]


# --- encodings -------------------------------------------------------------------------------------------------


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


# --- limits and streaming --------------------------------------------------------------------------------------

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
    assert draft.properties[-1].value == "a,b,c,d,e,f"


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
    assert {len(d.properties) for d in found} == {3}


def test_a_defect_of_ours_costs_one_card(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setitem(__import__("crm.formats.vcard.gathering", fromlist=["READERS"]).READERS, "REV", fail)
    found = list(vcard.read(card("REV:1") + card(), "x.vcf"))
    assert found[0] == Problem("x.vcf", 1, ProblemCode.BROKEN, "ZeroDivisionError")
    assert isinstance(found[1], CardDraft)
