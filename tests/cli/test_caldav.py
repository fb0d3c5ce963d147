"""A calendar on a server from the command line: connected, filled, asked about, disconnected."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from crm.app.caldav_server import event_url
from crm.app.passwords import VARIABLE
from tests.calendar_server import PASSWORD, USER, Radicale
from tests.cli.conftest import Ran

Keepwarm = Callable[..., Ran]


def test_a_calendar_is_connected_filled_answered_and_disconnected(
    keepwarm: Keepwarm, cards: Path, radicale: Radicale, monkeypatch: pytest.MonkeyPatch
) -> None:
    keepwarm("import", str(cards))
    keepwarm("every", "Ada Lovelace", "6 weeks")
    ran = keepwarm("caldav", "connect", radicale.address, "--user", USER)
    assert (ran.code, "doesn’t know the password" in ran.err) == (1, True)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    ran = keepwarm(
        "caldav", "connect", radicale.address, "--user", USER, "--new", "Mine", "--stdin", "--json"
    )
    assert (ran.document["name"], ran.document["password"]) == ("Mine", "memory")
    url = ran.document["calendar"]
    assert keepwarm("caldav", "push").code == 1  # nobody is there to be asked
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert keepwarm("caldav", "status", "--json").document["new"] == 1
    assert keepwarm("caldav", "push", "--json").document["new"] == 1
    assert "is up to date" in keepwarm("caldav", "status").out
    (event,) = radicale.events(url)
    radicale.ask("DELETE", event_url(url, str(event["UID"])))
    assert "waits for your answer" in keepwarm("caldav", "push").out
    (offer,) = keepwarm("caldav", "offers", "--json").document
    assert offer["noticed"] == "removed"
    listed = keepwarm("caldav", "offers").out
    assert "was removed from your calendar" in listed
    assert keepwarm("caldav", "answer", offer["id"][:8], "put_back").code == 0
    assert keepwarm("caldav", "push").code == 0
    assert len(radicale.events(url)) == 1
    assert "Say which" in keepwarm("caldav", "meetings").err
    assert keepwarm("caldav", "meetings", "--calendar", "None such").code == 1
    assert keepwarm("caldav", "disconnect", "--remove").code == 0
    assert radicale.events(url) == []
    assert keepwarm("caldav", "push").code == 1
    radicale.ask("DELETE", url)


def test_a_passphrase_keeps_the_password_for_the_next_command(
    keepwarm: Keepwarm, cards: Path, radicale: Radicale, monkeypatch: pytest.MonkeyPatch
) -> None:
    keepwarm("import", str(cards))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    monkeypatch.setenv("KEEPWARM_CALDAV_PASSPHRASE", "correct horse")
    connecting = ("caldav", "connect", radicale.address, "--user", USER, "--new", "Mine", "--stdin", "--json")
    assert keepwarm(*connecting).document["password"] == "passphrase"
    assert keepwarm("caldav", "push").code == 0
    monkeypatch.setenv("KEEPWARM_CALDAV_PASSPHRASE", "wrong horse")
    ran = keepwarm("caldav", "push")
    assert (ran.code, "isn’t the passphrase" in ran.err) == (1, True)
    monkeypatch.setenv("KEEPWARM_CALDAV_PASSPHRASE", "correct horse")
    url = keepwarm("caldav", "status", "--json").document["calendar"]
    assert keepwarm("caldav", "disconnect", "--keep").code == 0
    radicale.ask("DELETE", url)


def test_a_password_never_goes_unencrypted_to_another_computer(keepwarm: Keepwarm) -> None:
    ran = keepwarm("caldav", "connect", "http://cal.example/", "--user", USER)
    assert (ran.code, "begins with https://" in ran.err) == (1, True)


def test_what_fails_while_connecting_says_that_nothing_is_connected(
    keepwarm: Keepwarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = keepwarm("caldav", "connect", "https://127.0.0.1:9", "--user", USER)
    assert ran.code == 1
    assert f"Nothing was connected. Give it with --stdin, or in the variable {VARIABLE}." in ran.err
    monkeypatch.setenv(VARIABLE, PASSWORD)
    ran = keepwarm("caldav", "connect", "https://127.0.0.1:9", "--user", USER)
    assert ran.code == 1
    assert "Nothing was connected. Check the address" in ran.err
    assert "waits here" not in ran.err
    assert "by itself" not in ran.err


@pytest.mark.parametrize("verb", [("push",), ("offers",), ("disconnect", "--keep")])
def test_without_a_calendar_every_verb_says_that_none_is_connected(
    keepwarm: Keepwarm, verb: tuple[str, ...]
) -> None:
    ran = keepwarm("caldav", *verb)
    assert (ran.code, ran.out) == (1, "")
    assert "No calendar is connected." in ran.err
