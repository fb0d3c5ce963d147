"""Where a calendar's password is: the keyring, a file that a passphrase opens, or nowhere but in memory."""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from crm.app.passwords import VARIABLE, Keeping, Passwords
from crm.domain.caldav import Account
from crm.errors import ErrorCode, KeepwarmError

ACCOUNT, OTHER = Account("https://cal.example/", "ada"), Account("https://cal.example/", "bob")


class Ring(KeyringBackend):
    """A keyring that works, in memory; `locked` it refuses."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError

    def _check(self) -> None:
        if self.locked:
            raise KeyringError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "passwords.json"


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def refused(passwords: Passwords, account: Account = ACCOUNT) -> ErrorCode:
    with pytest.raises(KeepwarmError) as error:
        passwords.find(account)
    return error.value.code


def test_a_keyring_that_works_keeps_it_beyond_this_program(file: Path, ring: Ring) -> None:
    assert Passwords(file).keep(ACCOUNT, "secret") is Keeping.KEYRING
    assert Passwords(file).find(ACCOUNT) == "secret"
    assert not file.exists()
    assert refused(Passwords(file), OTHER) is ErrorCode.CALDAV_LOCKED
    Passwords(file).forget(ACCOUNT)
    assert ring.kept == {}
    assert refused(Passwords(file)) is ErrorCode.CALDAV_LOCKED


def test_a_keyring_that_is_locked_is_no_keyring_just_now(file: Path, ring: Ring) -> None:
    ring.locked = True
    passwords = Passwords(file)
    assert passwords.keep(ACCOUNT, "secret") is Keeping.MEMORY
    assert passwords.find(ACCOUNT) == "secret"
    assert refused(Passwords(file)) is ErrorCode.CALDAV_LOCKED


def test_without_a_keyring_a_passphrase_opens_it(file: Path) -> None:
    passwords = Passwords(file)
    assert passwords.place() is Keeping.PASSPHRASE
    assert passwords.keep(ACCOUNT, "secret", "correct horse") is Keeping.PASSPHRASE
    later = Passwords(file)
    assert later.sealed(ACCOUNT)
    assert refused(later) is ErrorCode.CALDAV_LOCKED
    with pytest.raises(KeepwarmError) as error:
        later.unlock(ACCOUNT, "wrong horse")
    assert error.value.code is ErrorCode.CALDAV_PASSPHRASE
    later.unlock(ACCOUNT, "correct horse")
    assert later.find(ACCOUNT) == "secret"
    assert b"secret" not in file.read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    later.forget(ACCOUNT)
    assert not Passwords(file).sealed(ACCOUNT)


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"ada https://cal.example/": "no salt"}', b"\xff"])
def test_a_damaged_file_opens_with_no_passphrase_and_is_no_bug(file: Path, damage: bytes) -> None:
    file.write_bytes(damage)
    with pytest.raises(KeepwarmError) as error:
        Passwords(file).unlock(ACCOUNT, "correct horse")
    assert error.value.code is ErrorCode.CALDAV_PASSPHRASE
    assert Passwords(file).keep(ACCOUNT, "secret", "correct horse") is Keeping.PASSPHRASE


def test_without_a_passphrase_it_is_known_until_the_program_ends(file: Path) -> None:
    passwords = Passwords(file)
    assert passwords.keep(ACCOUNT, "secret") is Keeping.MEMORY
    assert passwords.find(ACCOUNT) == "secret"
    assert not file.exists()


def test_a_variable_says_it_where_nobody_can_be_asked(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "secret")
    assert Passwords(file).find(ACCOUNT) == "secret"


def test_without_the_libraries_it_is_asked_for_at_each_start(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("keyring", "cryptography.fernet"):
        monkeypatch.setitem(sys.modules, name, None)
    passwords = Passwords(file)
    assert passwords.place() is Keeping.MEMORY
    assert passwords.keep(ACCOUNT, "secret", "correct horse") is Keeping.MEMORY
    assert refused(Passwords(file)) is ErrorCode.CALDAV_LOCKED
