from dataclasses import replace

import pytest

from crm.domain.card import CardDraft, CardKind, Problem, ProblemCode
from crm.domain.person import ContactKind, DateKind, PartialDate, PersonDraft, PersonName, PositionDraft
from crm.formats import vcard
from tests.formats.vcard.samples import card, codes, drafts, only, person, photo_of, properties_of, values

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
    assert properties_of(draft)[-1].name == "X-UNPARSED"
    assert properties_of(draft)[-1].value == "TEL;TYPE=,,,,,,"


def test_base64_goes_on_without_a_blank_and_ends_at_the_next_property() -> None:
    draft = only("PHOTO;ENCODING=BASE64;JPEG:QUJD", "QUJD", " QUJD", "", "TEL:1", version="2.1")
    assert photo_of(draft) == b"ABCABCABC"
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
    (agent,) = [p for p in properties_of(draft) if p.name == "AGENT"]
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


def anywhere(found: list[CardDraft]) -> list[CardDraft]:
    """Return cards as if each, and what was found in it, stood in the first line."""
    return [
        replace(one, line=1, problems=tuple(replace(problem, line=1) for problem in one.problems))
        for one in found
    ]


def test_cards_with_as_many_lines_but_others_among_them_are_read_as_each_alone() -> None:
    cards = [
        card("TEL:1", "NOTE:TEL:2"),
        card("EMAIL:a@x.example", "NOTE:b"),
        card("TEL:NOTE:3", "TEL:4"),
        card("NOTE:a", " b", "TEL:5"),
        card("TEL:6", "X-FOO:c"),
        card("TEL:7", "NOTE:"),
        card("TELE:8", "NOTE:d"),
    ]
    found = drafts(b"".join(cards * 50))
    assert anywhere(found) == [draft for one in cards for draft in anywhere(drafts(one))] * 50
    assert [one.line for one in found[:8]] == [1, 7, 13, 19, 26, 32, 38, 44]


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        ("EMAIL:a@x.example", "EMAIL:mailto: b@x.example "),
        ("EMAIL:a@x.example", "EMAIL:Bo <b@x.example>"),
        ("TEL;TYPE=home:+49 30 1", "TEL;TYPE=home:tel:2;ext=3"),
        ("TEL:+49 30 1", "TEL:sip:b@x.example"),
        ("TEL:+49 30 1", "TEL: "),
        ("N:Lovelace;Ada;;;", "N:Love\\,lace;Ada,Bo;;;"),
        ("N:Lovelace;Ada;;;", "N: Lovelace ; Ada\u00a0;c;d;e;f;g"),
        ("N:Lovelace;Ada;;;", "N:;;;;"),
        ("ORG:Acme;Sales", "ORG:Ac\\;me;\u3000North ; East"),
        ("ORG:Acme;Sales", "ORG:;"),
        ("TITLE:Head", "TITLE:Head\\nof\tSales"),
        ("ADR:;;1 Main St;Berlin;;10115;Germany", "ADR:;; 1 Main St\\n2 ; Berlin"),
        ("ADR:;;1 Main St;Berlin;;10115;Germany", "ADR:a;b;c;d;e;f;g;h;i"),
        ("NICKNAME:Bob", "NICKNAME:Bob,Bo\\,by"),
        ("UID:1", "UID:urn:uuid:2"),
        ("URL:https://x.example/a", "URL:https://www.LinkedIn.com/in/ada"),
        ("X-SOCIALPROFILE;TYPE=linkedin:https://x.example/a", "X-SOCIALPROFILE;TYPE=linkedin:bo"),
        ("BDAY:1980-02-28", "BDAY:1980-02-30"),
        ("BDAY:1980-02-28", "BDAY:--0229"),
        ("NOTE:likes tea\\, cake\\nand rust", "NOTE:\\n c:\\\\new\\"),
    ],
)
def test_an_odd_value_among_many_usual_ones_is_read_as_it_is_alone(usual: str, odd: str) -> None:
    cards = [card(usual), card(odd), card(usual, usual), card(usual, odd)]
    alone = [draft for one in cards for draft in anywhere(drafts(one))]
    assert anywhere(drafts(b"".join(cards * 20))) == alone * 20


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
    assert [p.field for p in properties_of(draft) if p.name == "N"] == ["name", ""]


def test_contact_points_have_label_types_and_preference() -> None:
    draft = person(
        "EMAIL;type=INTERNET;type=WORK;type=pref:a@x.example",
        "item1.EMAIL;type=INTERNET:b@x.example",
        "item1.X-ABLabel:_$!<Other>!$_",
        "item2.TEL:+1 2",
        "item2.X-ABLABEL:Sea house",
        'TEL;PREF=1;VALUE=uri;TYPE="cell,voice":tel:+1-2;ext=3',
        'EMAIL;INTERNET:"Ada" <c@x.example>',
        "EMAIL:mailto: d@x.example",
        "TEL:tel: 4",
        "EMAIL:",
        "TEL:tel: ",
    )
    assert [(c.kind, c.value, c.label, c.types, c.preferred) for c in draft.contacts] == [
        (ContactKind.EMAIL, "a@x.example", "work", ("internet", "work", "pref"), True),
        (ContactKind.EMAIL, "b@x.example", "Other", ("internet",), False),
        (ContactKind.PHONE, "+1 2", "Sea house", (), False),
        (ContactKind.PHONE, "+1-2 ext. 3", "cell", ("cell", "voice"), True),
        (ContactKind.EMAIL, "c@x.example", "", ("internet",), False),
        (ContactKind.EMAIL, "d@x.example", "", (), False),
        (ContactKind.PHONE, "4", "", (), False),
    ]


def test_messengers_and_relations_are_found_under_every_name() -> None:
    draft = person(
        "IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:ada",
        "X-AIM:ada1",
        "X-messaging/xmpp-All:a@x.example\ue000b@x.example",
        "X-messaging-irc-All:ada",  # as we write KDE's
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
        (ContactKind.MESSAGING, "ada", "irc"),
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
    assert properties_of(draft)[-1].field == "linkedin"


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
    assert photo_of(draft) == b"ABC"
    kept = properties_of(draft)[-1]
    assert (kept.value, kept.blob, kept.field) == ("", draft.photo, "photo")


@pytest.mark.parametrize(
    "line", ["PHOTO;VALUE=uri:https://x.example/a.png", "PHOTO;VALUE=URL;TYPE=GIF:file:///etc/a.gif"]
)
def test_a_picture_elsewhere_is_only_a_link(line: str) -> None:
    draft = only(line)
    assert photo_of(draft) is None
    assert line.endswith(draft.photo_link)
    assert draft.photo_link


def test_a_broken_picture_is_told_and_kept() -> None:
    draft = only("PHOTO;ENCODING=b:!!!!A")
    assert codes(draft) == [ProblemCode.BAD_PICTURE]
    assert properties_of(draft)[-1].value == "!!!!A"


def test_identity_and_origin_are_read() -> None:
    draft = only("UID:urn:uuid:A-1", "REV:2020", "PRODID:-//x", version="4.0")
    assert (draft.uid, draft.rev, draft.producer, draft.version) == ("A-1", "2020", "-//x", "4.0")


def test_a_picture_of_nobody_cannot_be_asked_for() -> None:
    """What marks binary content in a kept card is a character that no file can bring."""
    draft = only("X-FOO:\x02" + "a" * 64, "NOTE;ENCODING=QUOTED-PRINTABLE:=02" + "b" * 64)
    assert [p.blob for p in properties_of(draft)] == ["", "", ""]
    assert "\x02" not in draft.raw


def test_every_property_is_kept_raw_in_its_order() -> None:
    draft = only(
        'item1.X-Foo;bar="a;b";BAZ:x\\,y;z',
        "TEL;CELL:1",
        "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab\\;c",
        fn="fn:A",
    )
    assert [(p.group, p.name, p.params, p.value, p.field) for p in properties_of(draft)] == [
        ("", "fn", (), "A", "display_name"),
        ("item1", "X-Foo", (("BAR", ("a;b",)), ("TYPE", ("BAZ",))), "x\\,y;z", ""),
        ("", "TEL", (("TYPE", ("CELL",)),), "1", "phones"),
        ("", "NOTE", (), "a\\nb\\;c", "notes"),
    ]
