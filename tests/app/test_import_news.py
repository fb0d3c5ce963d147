"""What a newer file says that an earlier one of the same program didn't: positions end and begin, and it is kept."""

from pathlib import Path

from sqlalchemy import text

from crm.app import batches, history, importing, people
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.importplan import Verdict
from crm.domain.news import NewsKind
from crm.domain.person import PersonDraft, PositionDraft
from tests.app.test_batches import person_named, said
from tests.app.test_importing import assert_whole, bring, person, planned, written
from tests.builders import TODAY

EARLIER = person("Ana Lima", "UID:ana", "ORG:Acme", "TITLE:Engineer")
MOVED = person("Ana Lima", "UID:ana", "ORG:Globex", "TITLE:Director")
PROMOTED = person("Ana Lima", "UID:ana", "ORG:Acme", "TITLE:Head of Engineering")


def positions(book: Book) -> list[tuple[str, str, bool]]:
    draft: PersonDraft = people.draft(book, person_named(book, "Ana Lima"))
    return [(one.company, one.title, one.current) for one in draft.positions]


def test_who_moved_has_the_old_position_as_a_past_one(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, EARLIER))
    (line,) = planned(book, written(tmp_path, MOVED)).lines
    assert line.verdict is Verdict.UPDATE
    assert line.news is not None
    assert line.news.kind is NewsKind.MOVED
    assert [(c.field, c.before, c.after) for c in line.changes] == [
        ("positions", "Engineer, Acme", "Director, Globex")
    ]
    made = bring(book, written(tmp_path, MOVED))
    assert positions(book) == [("Acme", "Engineer", False), ("Globex", "Director", True)]
    assert made.batch_id is not None
    (news,) = batches.card(book, made.batch_id).news
    assert (news.who.name, news.noticed_on, news.program) == ("Ana Lima", TODAY, "vCard")
    assert (news.news.was, news.news.became) == (
        PositionDraft("Acme", "Engineer"),
        PositionDraft("Globex", "Director"),
    )
    assert_whole(book)


def test_a_new_title_follows_the_old_one(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, EARLIER))
    made = bring(book, written(tmp_path, PROMOTED))
    assert positions(book) == [("Acme", "Engineer", False), ("Acme", "Head of Engineering", True)]
    assert made.batch_id is not None
    assert [one.news.kind for one in batches.card(book, made.batch_id).news] == [NewsKind.NEW_TITLE]


def test_the_same_newer_file_again_changes_nothing(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, EARLIER))
    bring(book, written(tmp_path, MOVED))
    again = bring(book, written(tmp_path, MOVED))
    assert (again.batch_id, again.counts.same) == (None, 1)


def test_what_the_user_made_of_a_position_isnt_ended(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, EARLIER))
    ana = person_named(book, "Ana Lima")
    draft = people.draft(book, ana)
    mine = PositionDraft("Acme", "Chief Engineer")
    people.edit(book, ana, PersonDraft(draft.display_name, draft.name, positions=(mine,)), today=TODAY)
    bring(book, written(tmp_path, MOVED))
    assert positions(book) == [("Acme", "Chief Engineer", True), ("Globex", "Director", True)]


def test_a_card_of_somebody_elses_program_ends_nothing(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, EARLIER.replace("UID:ana", "EMAIL:ana@example.org")))
    bring(book, written(tmp_path, MOVED.replace("UID:ana", "EMAIL:ana@example.org")))
    assert positions(book) == [("Acme", "Engineer", True), ("Globex", "Director", True)]


def test_undoing_the_newer_import_brings_the_old_position_back(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, EARLIER))
    before = said(book)
    made = bring(book, written(tmp_path, MOVED))
    assert made.batch_id is not None
    batches.undo(book, made.batch_id)
    assert said(book) == before
    history.undo(book)
    assert positions(book)[0] == ("Acme", "Engineer", False)


def test_leaving_the_record_out_ends_nothing(book: Book, tmp_path: Path) -> None:
    bring(book, written(tmp_path, EARLIER))
    plan = importing.choose(planned(book, written(tmp_path, MOVED, person("Bo Berg"))), [0], included=False)
    importing.apply(book, plan, Progress(), today=TODAY)
    assert positions(book) == [("Acme", "Engineer", True)]
    with book.read() as session:
        assert session.execute(text("SELECT count(*) FROM person_news")).scalar_one() == 0


HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def connections(folder: Path, *people_there: tuple[str, str, str]) -> Path:
    file = folder / "Connections.csv"
    rows = (
        f"{name},Lima,https://www.linkedin.com/in/{name.lower()},,{company},{title},01 Jan 2020\n"
        for name, company, title in people_there
    )
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    return file


def kinds(book: Book, batch_id: int | None) -> list[tuple[str, str, str]]:
    assert batch_id is not None
    news = batches.card(book, batch_id).news
    return [(one.who.name, one.news.kind.value, one.program) for one in news]


ANA, BO, CY, DI = ("Ana", "Acme", "Engineer"), ("Bo", "Acme", "CTO"), ("Cy", "", ""), ("Di", "Globex", "CFO")


def test_a_newer_file_of_connections_says_who_moved_came_and_went(book: Book, tmp_path: Path) -> None:
    first = bring(book, connections(tmp_path, ANA, BO, CY))
    assert kinds(book, first.batch_id) == []
    newer = connections(tmp_path, ("Ana", "Globex", "Director"), ("Bo", "Acme", "CEO"), DI)
    second = bring(book, newer)
    assert kinds(book, second.batch_id) == [
        ("Di Lima", "connected", "LinkedIn"),
        ("Ana Lima", "moved", "LinkedIn"),
        ("Bo Lima", "new_title", "LinkedIn"),
        ("Cy Lima", "vanished", "LinkedIn"),
    ]
    assert positions(book) == [("Acme", "Engineer", False), ("Globex", "Director", True)]
    assert bring(book, newer).batch_id is None
    assert_whole(book)


def test_somebody_only_gone_from_the_file_is_news_too_and_told_once(book: Book, tmp_path: Path) -> None:
    bring(book, connections(tmp_path, ANA, BO, CY))
    second = bring(book, connections(tmp_path, ANA, BO))
    assert kinds(book, second.batch_id) == [("Cy Lima", "vanished", "LinkedIn")]
    assert bring(book, connections(tmp_path, ANA, BO)).batch_id is None


def test_a_file_with_but_a_few_of_them_is_a_part_and_nobody_is_gone(book: Book, tmp_path: Path) -> None:
    bring(book, connections(tmp_path, ANA, BO, CY, DI))
    assert bring(book, connections(tmp_path, ANA)).batch_id is None


def test_undoing_the_first_file_doesnt_take_who_is_gone_for_brought_again(book: Book, tmp_path: Path) -> None:
    first = bring(book, connections(tmp_path, ANA, BO, CY))
    bring(book, connections(tmp_path, ANA, BO))
    assert first.batch_id is not None
    assert batches.undo(book, first.batch_id).people_gone == 3
    assert_whole(book)
