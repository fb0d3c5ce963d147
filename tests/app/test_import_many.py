"""An import of many records: they wait packed, out of memory, and come to just what few would."""

from collections import namedtuple
from pathlib import Path

import pytest

from crm.app import importing
from crm.app.importing import matching, shelf, texts
from crm.app.importing.packing import pack, unpack
from crm.app.importing.shelf import Order, Spill
from crm.app.importing.survey import Survey
from crm.app.importing.targets import Target, Targets
from crm.app.progress import Progress
from crm.domain.card import CardKind
from crm.domain.importplan import Candidate, PlanLine
from crm.domain.importrecord import Record
from crm.domain.likeness import Likeness
from crm.errors import Cancelled, ErrorCode, KeepwarmError
from crm.store import likeness
from tests.builders import TODAY, a_book, dump
from tests.conftest import SAMPLES

needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample files aren't there (KEEPWARM_SAMPLES)"
)
CARDS = "".join(
    f"BEGIN:VCARD\nVERSION:3.0\nUID:u{n % 40}\nFN:{given} Bo{n % 30}\nTEL:+44 20 7946 {n % 50:04}\n"
    f"EMAIL:{given}{n % 35}@b{n % 7}.example\nORG:Company {n % 9}\nCATEGORIES:c{n % 3}\nBDAY:1990-01-{n % 28 + 1:02}\n"
    "END:VCARD\n"
    for n in range(60)
    for given in ("ann", "cy")
)
OFFICE = "".join(
    f"BEGIN:VCARD\nVERSION:3.0\nUID:{time}{one}{two}\nFN:{one}{two}na Lima\nEMAIL:office@x.example\n"
    f"TEL:+44 20 7946 0000\nNOTE:{time}\nEND:VCARD\n"
    for time in ("first", "again")
    for one in "abcdef"
    for two in "abcdefgh"
)


@needs_samples
def test_what_is_packed_is_the_same_again() -> None:
    with importing.read_files([SAMPLES / "vcards"], Progress()) as read:
        assert len(read.records) > 300
        for record in read.records:
            assert unpack(Record, pack(record)) == record
    candidates = (Candidate("Ann \ud800", (Likeness.NAME,), person_id=3), Candidate("Bo", (), line=1))
    assert unpack(tuple[Candidate, ...], pack(candidates)) == candidates


def test_many_records_come_to_what_few_come_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    near = _imported(tmp_path / "near", CARDS)
    monkeypatch.setattr(shelf, "NEAR", 7)
    far = _imported(tmp_path / "far", CARDS)
    assert far == near
    assert {line.verdict for line in near[0]} == {"new", "possible", "update"}


def test_all_of_an_office_with_one_address_are_told_apart_by_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = _imported(tmp_path / "near", OFFICE)
    monkeypatch.setattr(shelf, "NEAR", 7)
    assert _imported(tmp_path / "far", OFFICE) == near
    lines, people = near
    assert len(people) == 48
    assert [line.verdict for line in lines[48:]] == ["update"] * 48
    assert [line.joins for line in lines[48:]] == list(range(48))


def _imported(folder: Path, cards: str) -> tuple[list[PlanLine], list[object]]:
    folder.mkdir()
    book = a_book(folder)
    file = folder / "cards.vcf"
    file.write_text(cards, encoding="utf-8")
    with importing.read_files([file], Progress()) as read:
        plan = importing.plan(book, read, Progress(), today=TODAY)
        lines = list(plan.lines)
        importing.apply(book, plan, Progress(), today=TODAY)
    people = [row[1:5] for row in dump(book)["person"]]
    book.close()
    return lines, people


def test_the_lines_of_a_target_are_found_in_their_order() -> None:
    ann, bo, new = (
        Target(CardKind.PERSON, id=7),
        Target(CardKind.COMPANY, id=7),
        Target(CardKind.PERSON, index=3),
    )
    targets = Targets()
    for target in (ann, None, bo, new, ann, new, ann):
        targets.append(target)
    assert list(targets) == [ann, None, bo, new, ann, new, ann]
    assert list(targets.each()) == [ann, bo, new]
    assert [list(targets.lines(one)) for one in (ann, bo, new)] == [[0, 4, 6], [2], [3, 5]]
    assert targets.first(Target(CardKind.GROUP, id=7)) is None
    assert targets.is_alone(bo)
    assert not targets.is_alone(new)


def test_lines_without_a_record_are_known_among_the_others() -> None:
    order = Order()
    for failed in (False, True, False, False, True, True, False):
        order.append(failed=failed)
    assert list(order) == [0, -1, 1, 2, -2, -3, 3]
    assert order[4:] == [-2, -3, 3]
    assert list(order.failed) == [1, 4, 5]


def test_only_keys_that_come_again_are_shared_and_hold_fewer_than_the_most() -> None:
    survey = Survey(Spill(), Progress())
    for number in range(100_000):
        survey.note((number, -1))
    survey.note((hash("Ann"), 77_777, hash("Ann")))
    shared = survey.shared(most=3)
    assert [one for one in (-1, 77_777, hash("Ann"), 5) if one in shared] == [-1, 77_777, hash("Ann")]
    assert [shared.meet((-1, 5), member) for member in (4, 5, 6, 7)] == [
        (set(), True),
        ({4}, True),
        ({4, 5}, False),  # whom three have in common with others, nobody is told apart by
        (set(), False),
    ]
    assert shared.meet((5,), 4) == (set(), False)
    assert [shared.put((77_777, 5), member) for member in (8, 8)] == [True, True]
    assert shared.of((-1, 77_777, 5)) == {8}


def test_lines_are_found_by_words_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shelf, "NEAR", 7)
    monkeypatch.setattr(texts, "_CHUNK", 9)
    read = importing.read_text(CARDS, Progress())
    kept = importing.plan(a_book(tmp_path), read, Progress(), today=TODAY).basis.texts
    assert list(kept.find(("bo3", "company 3"))) == [6, 7]
    assert list(kept.find(("nobody",))) == []
    read.close()
    with pytest.raises(Cancelled):
        kept.find(("ann",))


def test_many_records_about_people_of_the_book_come_to_what_few_come_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = _imported_again(tmp_path / "near")
    monkeypatch.setattr(shelf, "NEAR", 7)
    monkeypatch.setattr(matching, "_CHUNK", 9)
    monkeypatch.setattr(likeness, "_AT_ONCE", 5)
    assert _imported_again(tmp_path / "far") == near
    assert {line.verdict for line in near} == {"possible", "update", "same"}


def _imported_again(folder: Path) -> list[PlanLine]:
    """Return what cards come to of which the book holds half, some of them changed since."""
    folder.mkdir()
    book = a_book(folder)
    half = CARDS[: CARDS.index("BEGIN", len(CARDS) // 2)]
    for text in (half, CARDS.replace("BDAY:1990-01-07", "NOTE:Changed\nBDAY:1990-01-08")):
        with importing.read_text(text, Progress()) as read:
            plan = importing.plan(book, read, Progress(), today=TODAY)
            lines = list(plan.lines)
            importing.apply(book, plan, Progress(), today=TODAY)
    book.close()
    return lines


def test_a_file_is_not_read_when_its_records_have_no_room_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text(CARDS)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1, 1, 2 * path.stat().st_size))
    with pytest.raises(KeepwarmError) as raised:
        importing.read_files([path], Progress())
    assert raised.value.code is ErrorCode.NO_SPACE_FOR_IMPORT
