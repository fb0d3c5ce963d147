"""Messages: what they are filled with, and that one sent is a touch and does its step, in one step of undo."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crm import paths, wording
from crm.app import interviews, messages, opportunities, plans, touches
from crm.app.books import Book
from crm.domain.interview import Format, InterviewDraft
from crm.domain.message import composed, unfilled
from crm.domain.opportunity import Ending, OpportunityDraft, OpportunityId, Stage
from crm.domain.person import PersonId
from crm.domain.plan import StepState
from crm.domain.touch import TouchDraft, TouchKind
from crm.errors import ErrorCode, KeepwarmError, NotFound
from tests.builders import TODAY, a_person, dump

HELD = date(2026, 2, 26)


@pytest.fixture
def ada(book: Book) -> PersonId:
    return a_person(book, email="ada@engines.example", company="Elsewhere")


@pytest.fixture
def closed(book: Book, ada: PersonId) -> OpportunityId:
    """A round with Ada, then a no."""
    which = opportunities.add(book, OpportunityDraft("Analyst", "Orbital"), today=HELD)
    held = InterviewDraft(
        HELD, format=Format.TASK, name="Case study", people=(ada,), enjoyed="the whiteboard"
    )
    interviews.add(book, which, held, today=HELD)
    opportunities.move(book, which, Stage.CLOSED, today=TODAY, ending=Ending.NOT_SELECTED)
    return which


@pytest.mark.parametrize("name", messages.names())
def test_every_message_can_be_written_in_every_tone(
    book: Book, ada: PersonId, closed: OpportunityId, name: str
) -> None:
    template = messages.template(name)
    facts = messages.facts(book, ada, today=TODAY)
    assert facts.opportunity == closed
    assert len(template.tones) > 1
    answers = {asked.field: "x" for asked in template.asks}
    values = wording.message_values(facts, answers, template.offered(facts.format), TODAY)
    for tone in template.tones:
        said = composed(tone, values, wording.message_blanks())
        assert not unfilled(said.subject + said.body, wording.message_blanks())
        assert "{" not in said.subject + said.body


def test_the_latest_round_says_what_a_message_is_about(
    book: Book, ada: PersonId, closed: OpportunityId
) -> None:
    facts = messages.facts(book, ada, today=TODAY, opportunity=closed)
    assert (facts.given, facts.company, facts.role, facts.round) == (
        "Ada",
        "Orbital",
        "Analyst",
        "Case study",
    )
    assert (facts.held_on, facts.format, facts.enjoyed) == (HELD, Format.TASK, "the whiteboard")
    assert "What would have made my exercise stronger?" in messages.template("ask_feedback").offered(
        facts.format
    )


def test_without_anything_shared_it_is_about_where_they_work(book: Book, ada: PersonId) -> None:
    facts = messages.facts(book, ada, today=TODAY)
    assert (facts.company, facts.role, facts.opportunity) == ("Elsewhere", "", None)


def test_a_message_sent_is_a_touch_and_does_its_step(
    book: Book, ada: PersonId, closed: OpportunityId
) -> None:
    plan = plans.preview(book, "after_no", closed, today=TODAY)
    plans.start(book, plan, plan.steps, today=TODAY)
    step = next(one for one in plans.of_opportunity(book, closed) if one.purpose == "thank_feedback")
    before = dump(book)
    messages.sent(book, ada, TouchKind.EMAIL, "Thank you", today=TODAY, step=step.id)
    assert [(one.kind, one.note) for one in touches.timeline(book, ada)] == [(TouchKind.EMAIL, "Thank you")]
    assert plans.row(book, step.id).state is StepState.DONE
    book.undo()
    assert dump(book) == before


def test_the_users_own_file_takes_the_place_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path)
    folder = tmp_path / "messages"
    folder.mkdir()
    own = 'title = "Mine"\nkind = "email"\n[[tone]]\nkey = "a"\ntitle = "A"\nsubject = "S"\nbody = "Hi {person}"\n'
    (folder / "thank_you.toml").write_text(own)
    assert messages.template("thank_you").title == "Mine"
    for wrong in (
        own.replace("{person}", "{passwort}"),
        own + "extra = 1\n",
        own.replace("email", "pigeon"),
        "x",
    ):
        (folder / "thank_you.toml").write_text(wrong)
        with pytest.raises(KeepwarmError) as failed:
            messages.template("thank_you")
        assert failed.value.code is ErrorCode.MESSAGE_INVALID
    with pytest.raises(NotFound):
        messages.template("../thank_you")


def test_what_fits_comes_first_and_what_is_about_a_role_only_where_one_is_shared(
    book: Book, ada: PersonId, closed: OpportunityId
) -> None:
    def offered(person: PersonId, today: date = TODAY) -> list[str]:
        facts = messages.facts(book, person, today=today)
        return [one.id for one in messages.fitting(facts, today=today)]

    everyday = {"check_in", "reconnect", "congratulate", "introduction", "thank_you"}
    zoe = a_person(book, "Zoe")
    assert offered(zoe)[0] == "check_in"
    assert set(offered(zoe)) == everyday
    assert offered(ada)[0] == "thank_you"
    assert set(offered(ada)) == set(messages.names())
    assert offered(ada, HELD + timedelta(days=8))[0] == "check_in"
    touches.log(book, TouchDraft((zoe,), TouchKind.CALL, TODAY), today=TODAY)
    assert offered(zoe, date(2026, 9, 1))[0] == "check_in"
    assert offered(zoe, date(2026, 9, 2))[0] == "reconnect"


def test_a_purpose_of_the_users_own_is_offered_and_a_broken_one_left_out(
    book: Book, ada: PersonId, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path)
    own = tmp_path / "messages"
    own.mkdir()
    tone = '[[tone]]\nkey = "a"\ntitle = "A"\nsubject = "S"\nbody = "Hi {person}"\n'
    (own / "birthday.toml").write_text(f'title = "Birthday"\nkind = "message"\n{tone}', "utf-8")
    (own / "broken.toml").write_text("title = ", "utf-8")
    facts = messages.facts(book, ada, today=TODAY)
    assert messages.fitting(facts, "congratulate", today=TODAY)[0].id == "congratulate"
    assert messages.fitting(facts, today=TODAY)[-1].id == "birthday"
    with pytest.raises(KeepwarmError):
        messages.fitting(facts, "broken", today=TODAY)
