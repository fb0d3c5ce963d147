"""Finding who may be the same in the whole book, side by side, and keeping them apart."""

import pytest

from crm.app import companies, duplicates, people
from crm.app.books import Book
from crm.app.progress import Progress
from crm.domain.companynames import CompanyLikeness
from crm.domain.comparing import MergeChoices
from crm.domain.duplicates import Whose
from crm.domain.likeness import Likeness
from crm.errors import Cancelled, NotFound
from tests.builders import TODAY, a_company, a_person, a_touch, dump


def found(book: Book, whose: Whose = Whose.PEOPLE) -> list[tuple[str, ...]]:
    return [tuple(sorted(one.names)) for one in duplicates.find(book, whose, Progress())]


def test_people_who_may_be_the_same_are_found_with_reasons(book: Book) -> None:
    a_person(book, "Robert Meyer", company="Orbital")
    a_person(book, "Bob Meyer", company="Orbital")
    a_person(book, "Carol Danvers", company="Orbital")
    (cluster,) = duplicates.find(book, Whose.PEOPLE, Progress())
    assert cluster.names == ("Robert Meyer", "Bob Meyer")
    assert set(cluster.reasons) == {Likeness.NICKNAME, Likeness.COMPANY}


def test_a_cluster_holds_only_those_who_are_all_alike(book: Book) -> None:
    a_person(book, "Anna Smith", phone="+44 20 7946 0001", email="smith@x.example")
    a_person(book, "A. Smith", phone="+44 20 7946 0001", email="smith@x.example")
    a_person(book, "Adam Smith", phone="+44 20 7946 0001", email="smith@x.example")
    assert all(len(names) == 2 for names in found(book))
    assert ("Adam Smith", "Anna Smith") not in found(book)


def test_who_is_not_the_same_isn_t_found_again(book: Book) -> None:
    one, other = a_person(book, "Ana Lima", company="X"), a_person(book, "Ana Lima", company="X")
    before = dump(book)
    duplicates.set_apart(book, Whose.PEOPLE, (one, other))
    assert found(book) == []
    book.undo()
    assert dump(book) == before
    assert found(book) == [("Ana Lima", "Ana Lima")]


def test_whoever_is_excluded_from_a_merge_stays_apart_from_whom_it_made(book: Book) -> None:
    one, two, three = (a_person(book, "Ana Lima", company="X") for _ in range(3))
    people.merge(book, one, [two], MergeChoices(apart=(three,)), today=TODAY)
    assert found(book) == []


def test_apart_from_one_merged_away_means_apart_from_the_one_that_stays(book: Book) -> None:
    one, two, three = (a_person(book, "Ana Lima", company="X") for _ in range(3))
    duplicates.set_apart(book, Whose.PEOPLE, (two, three))
    people.merge(book, one, [two], today=TODAY)
    assert found(book) == []


def test_companies_are_found_by_what_is_distinctive(book: Book) -> None:
    for name in ("Orbital Labs", "Orbital Labs GmbH", "Metabank", "Meta", "Bank of Meta"):
        a_company(book, name)
    assert found(book, Whose.COMPANIES) == [("Orbital Labs", "Orbital Labs GmbH")]
    (cluster,) = duplicates.find(book, Whose.COMPANIES, Progress())
    assert cluster.reasons == (CompanyLikeness.NAME,)


def test_companies_kept_apart_stay_apart(book: Book) -> None:
    one, other = a_company(book, "Orbital Labs"), a_company(book, "Orbital Labs GmbH")
    duplicates.set_apart(book, Whose.COMPANIES, (other, one))
    assert found(book, Whose.COMPANIES) == []
    companies.merge(book, one, [other], today=TODAY)
    assert found(book, Whose.COMPANIES) == []


def test_side_by_side_whom_more_is_known_of_comes_first(book: Book) -> None:
    quiet, busy = a_person(book, "Ana Lima", phone="+351 912 000 111"), a_person(book, "Ana Costa")
    a_touch(book, busy)
    shown = duplicates.compare(book, Whose.PEOPLE, (quiet, busy))
    assert [one.name for one in shown.members] == ["Ana Costa", "Ana Lima"]
    lines = {line.field: line for line in shown.lines}
    assert (lines["name"].says, lines["name"].differs) == (("Ana Costa", "Ana Lima"), True)
    assert (lines["phone"].says, lines["phone"].differs) == (("", "+351 912 000 111"), False)
    with pytest.raises(NotFound):
        duplicates.compare(book, Whose.PEOPLE, (quiet, 99))


def test_a_search_can_be_cancelled(book: Book) -> None:
    a_person(book)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        duplicates.find(book, Whose.PEOPLE, progress)
