"""Where the password of a calendar account is: in the system's keyring, in a file under a passphrase, or in memory only.

It is never in the book, in the settings, in an address or in a log.
"""

import base64
import contextlib
import json
import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from crm.domain.caldav import Account
from crm.errors import ErrorCode, KeepwarmError
from crm.files import atomic_write, private_folder

if TYPE_CHECKING:
    from cryptography.fernet import Fernet
    from keyring.backend import KeyringBackend

SERVICE = "Keepwarm calendar"
VARIABLE = "KEEPWARM_CALDAV_PASSWORD"
_GOOD = 1  # what backends call themselves that are meant to be used
_SALT_BYTES = 16
_SCRYPT = {"length": 32, "n": 1 << 16, "r": 8, "p": 1}  # 64 MB and a fifth of a second for each guess


class Keeping(StrEnum):
    """Where this computer can keep a password."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a file that only a passphrase opens
    MEMORY = "memory"  # until the program ends


@dataclass(slots=True)
class Passwords:
    """The passwords of calendar accounts on this computer; `file` is for those under a passphrase."""

    file: Path
    _known: dict[Account, str] = field(default_factory=dict, repr=False)

    def place(self) -> Keeping:
        """Say where a password can be kept. It may ask the system: not for the window's thread."""
        if _keyring() is not None:
            return Keeping.KEYRING
        return Keeping.PASSPHRASE if _can_seal() else Keeping.MEMORY

    def find(self, account: Account) -> str:
        """Return a password. Raises `KeepwarmError` (CALDAV_LOCKED) when it isn't known, or is under a passphrase."""
        found = os.environ.get(VARIABLE) or self._known.get(account)
        if found is None and (ring := _keyring()) is not None:
            with contextlib.suppress(Exception):  # a keyring that is locked or gone: as if it knew none
                found = ring.get_password(SERVICE, _name(account))
        if not found:
            raise KeepwarmError(ErrorCode.CALDAV_LOCKED, user=account.user, sealed=self.sealed(account))
        self._known[account] = found
        return found

    def remember(self, account: Account, password: str) -> None:
        """Know a password until the program ends."""
        self._known[account] = password

    def keep(self, account: Account, password: str, passphrase: str = "") -> Keeping:
        """Keep a password in the keyring; without one in a file under `passphrase`, without that in memory. Say where.

        It takes the place of what was kept for the account before.
        """
        self._known[account] = password
        if (ring := _keyring()) is not None:
            with contextlib.suppress(Exception):  # a keyring that refuses: the next best place
                ring.set_password(SERVICE, _name(account), password)
                self._forget_sealed(account)
                return Keeping.KEYRING
        if passphrase and _can_seal():
            self._write(self._read() | {_name(account): _sealed(password, passphrase)})
            return Keeping.PASSPHRASE
        self._forget_sealed(account)
        return Keeping.MEMORY

    def sealed(self, account: Account) -> bool:
        """Say whether a passphrase would open it."""
        return _name(account) in self._read()

    def unlock(self, account: Account, passphrase: str) -> None:
        """Know a password until the program ends. Raises `KeepwarmError` (CALDAV_PASSPHRASE)."""
        self._known[account] = _opened(self._read().get(_name(account), ""), passphrase)

    def forget(self, account: Account) -> None:
        """Know a password no more, wherever it was."""
        self._known.pop(account, None)
        if (ring := _keyring()) is not None:
            with contextlib.suppress(Exception):  # it may not have been there
                ring.delete_password(SERVICE, _name(account))
        self._forget_sealed(account)

    def _forget_sealed(self, account: Account) -> None:
        found = self._read()
        if found.pop(_name(account), None) is not None:
            self._write(found)

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(sealed) for name, sealed in found.items()} if isinstance(found, dict) else {}

    def _write(self, sealed: dict[str, str]) -> None:
        private_folder(self.file.parent)
        atomic_write(self.file, json.dumps(sealed).encode())


def _name(account: Account) -> str:
    return f"{account.user} {account.server}"


def _keyring() -> "KeyringBackend | None":
    """Return the system's keyring, None when there is none, or none that keeps secrets well (a plain file)."""
    try:
        import keyring  # noqa: PLC0415 - an optional library, and its backends take a while to load

        ring = keyring.get_keyring()
        return ring if ring.priority >= _GOOD else None
    except Exception:  # noqa: BLE001 - backends fail in ways of their own; none of them is ours
        return None


def _can_seal() -> bool:
    try:
        import cryptography.fernet  # noqa: F401, PLC0415 - an optional library
    except ImportError:
        return False
    return True


def _sealed(password: str, passphrase: str) -> str:
    salt = os.urandom(_SALT_BYTES)
    token = _lock(salt, passphrase).encrypt(password.encode())
    return f"{base64.urlsafe_b64encode(salt).decode()} {token.decode()}"


def _opened(sealed: str, passphrase: str) -> str:
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - an optional library

    salt, _, token = sealed.partition(" ")
    try:
        return str(_lock(base64.urlsafe_b64decode(salt), passphrase).decrypt(token.encode()).decode())
    except (InvalidToken, ValueError) as error:
        raise KeepwarmError(ErrorCode.CALDAV_PASSPHRASE) from error


def _lock(salt: bytes, passphrase: str) -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 - an optional library
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415

    return Fernet(base64.urlsafe_b64encode(Scrypt(salt=salt, **_SCRYPT).derive(passphrase.encode())))
