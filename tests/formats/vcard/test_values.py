import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.person import PartialDate, PersonName
from crm.formats.vcard.dates import read_date
from crm.formats.vcard.heads import Heads, Transport, head_end
from crm.formats.vcard.limits import DEFAULT
from crm.formats.vcard.names import split_name
from crm.formats.vcard.positions import read_positions
from crm.formats.vcard.values import decode_base64, decode_data_uri, escape, split, text_list, unescape


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1980-02-03", PartialDate(1980, 2, 3)),
        ("19800203", PartialDate(1980, 2, 3)),
        ("1980-2-3", PartialDate(1980, 2, 3)),
        ("19531015T231000Z", PartialDate(1953, 10, 15)),
        ("1970-01-01 00:00:00", PartialDate(1970, 1, 1)),
        ("--0203", PartialDate(None, 2, 3)),
        ("--02-03", PartialDate(None, 2, 3)),
        ("---03", PartialDate(None, None, 3)),
        ("1980-02", PartialDate(1980, 2)),
        ("1980", PartialDate(1980)),
        ("1604-02-29", PartialDate(None, 2, 29)),
        ("0000-02-03", PartialDate(None, 2, 3)),
        ("1980-00-00", PartialDate(1980)),
        ("3.2.1980", PartialDate(1980, 2, 3)),
        ("Tue, 22 Dec 2009", PartialDate(2009, 12, 22)),
        ("1980-02-30", None),
        ("1980-13-01", None),
        ("circa 1800", None),
        ("00719", None),
        ("", None),
    ],
)
def test_dates_are_read_in_every_form_cards_use(written: str, meant: PartialDate | None) -> None:
    assert read_date(written) == meant


def test_apples_omitted_year_is_no_year() -> None:
    assert read_date("1604-03-04", "1604") == PartialDate(None, 3, 4)
    assert read_date("1896-03-04", "1896") == PartialDate(None, 3, 4)


@pytest.mark.parametrize(
    ("full", "name"),
    [
        ("Ada Lovelace", PersonName("Lovelace", "Ada")),
        ("Ludwig van der Rohe", PersonName("van der Rohe", "Ludwig")),
        ("Simone de Beauvoir", PersonName("de Beauvoir", "Simone")),
        ("Dr. John Q. Public Jr.", PersonName("Public", "John", "Q.", "Dr.", "Jr.")),
        ("Public, John Q.", PersonName("Public", "John", "Q.")),
        ("John Public, PhD", PersonName("Public", "John", suffix="PhD")),
        ("Dr. Strange", PersonName("Strange", prefix="Dr.")),
        ("Madonna", PersonName(given="Madonna")),
        ("", PersonName()),
    ],
)
def test_a_full_name_is_taken_apart(full: str, name: PersonName) -> None:
    assert split_name(full) == name


@given(st.text())
def test_escaping_and_unescaping_is_the_identity(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.lists(st.text(), min_size=1))
def test_lists_of_escaped_texts_split_where_they_were_joined(texts: list[str]) -> None:
    assert [unescape(p) for p in split(",".join(escape(t) for t in texts), ",")] == texts


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"C:\new\table", r"C:\new\table"),
        (r"\\server\new", r"\\server\new"),
        (r"two\nlines", "two\nlines"),
        (r"with\;semicolon", "with;semicolon"),
        (r"open C:\temp\;now", r"open C:\temp;now"),
    ],
)
def test_backslashes_of_a_path_in_an_old_card_stay(written: str, meant: str) -> None:
    assert unescape(written, old=True) == meant


def test_escapes_nobody_defined_and_a_last_backslash_stay() -> None:
    assert unescape("a\\x\\") == "a\\x\\"


def test_lists_drop_empty_parts_and_keep_the_cap() -> None:
    assert text_list("a,, b\\,c ,d", 3) == ("a", "b,c")


@pytest.mark.parametrize("written", ["QUJD", "QUJD\n", "Q U J D", "QUJDR", "QUJD="])
def test_base64_is_mended(written: str) -> None:
    assert decode_base64(written) == b"ABC"


@pytest.mark.parametrize("written", ["", "!!!!A", "é", "===="])
def test_what_is_no_base64_is_not_decoded(written: str) -> None:
    assert decode_base64(written) is None


def test_data_uris_are_decoded_also_with_escaped_separators() -> None:
    assert decode_data_uri("data:image/png;base64,QUJD") == ("image/png", b"ABC")
    assert decode_data_uri("data:image/png\\;base64\\,QUJD") == ("image/png", b"ABC")
    assert decode_data_uri("data:text/plain,hello") is None


def test_heads_are_read_in_the_manner_of_every_version() -> None:
    heads = Heads(DEFAULT)
    old = heads.parse("TEL;CELL;PREF;ENCODING=QUOTED-PRINTABLE;CHARSET=cp1252")
    assert old is not None
    assert old.types == ("cell", "pref")
    assert old.preferred
    assert old.label == "cell"
    assert old.transport is Transport.QUOTED
    assert old.params == (("TYPE", ("CELL",)), ("TYPE", ("PREF",)))
    new = heads.parse('item1.EMAIL;TYPE="work,home";PREF=1;X-A="x;y:z";X-B=a^nb^^c^\'')
    assert new is not None
    assert (new.group, new.key, new.types, new.preferred) == ("item1", "EMAIL", ("work", "home"), True)
    assert new.param("X-A") == "x;y:z"
    assert new.param("X-B") == 'a\nb^c"'


@pytest.mark.parametrize("text", ["", "1abc", "He said", "größe", "-", " ", ";TYPE=x", "a" * 100])
def test_what_is_no_name_is_no_head(text: str) -> None:
    assert Heads(DEFAULT).parse(text) is None


@pytest.mark.parametrize(
    "text", ["X-GOOGLE TALK", "X-messaging/xmpp-All", "some.other.value", "TEL;;", "tel ;TYPE#WORK"]
)
def test_names_against_the_rules_but_in_use_are_heads(text: str) -> None:
    assert Heads(DEFAULT).parse(text) is not None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("TEL:1:2", "1:2"),
        ('TEL;X="a:b":1', "1"),
        ('TEL;X="a:1', "1"),
        ('NOTE:say "a:b"', 'say "a:b"'),
    ],
)
def test_colons_in_quotes_do_not_end_a_head(line: str, value: str) -> None:
    assert line[head_end(line) + 1 :] == value


def test_positions_pair_by_group_then_by_order() -> None:
    orgs = [("item2", ["Two", "Unit"]), ("", ["One"])]
    titles = [("", "First"), ("item2", "Second")]
    found = read_positions(orgs, titles, [])
    assert [(p.company, p.department, p.title) for p in found] == [
        ("Two", "Unit", "Second"),
        ("One", "", "First"),
    ]


def test_more_titles_than_companies_are_kept() -> None:
    assert [(p.company, p.title) for p in read_positions([("", ["A"])], [("", "x"), ("", "y")], [])] == [
        ("A", "x"),
        ("A", "y"),
    ]
    assert [(p.company, p.title) for p in read_positions([], [], [("", "Painter")])] == [("", "Painter")]
