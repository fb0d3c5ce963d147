"""The one way to write a user's file: the old one or the new one, never anything between."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm import files
from crm.errors import ErrorCode, KeepwarmError

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes and limits")


def test_a_file_is_written_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "calendar.ics"
    files.atomic_write(path, b"one")
    files.atomic_write(path, b"two, longer")
    assert path.read_bytes() == b"two, longer"
    assert list(path.parent.iterdir()) == [path]


@posix
def test_what_is_written_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "calendar.ics"
    files.atomic_write(path, b"private")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "real.ics", tmp_path / "link.ics"
    target.write_bytes(b"old")
    link.symlink_to(target)
    files.atomic_write(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_at_any_step_keeps_the_old_file_and_leaves_no_neighbour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "calendar.ics"
    files.atomic_write(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(KeepwarmError) as refused:
        files.atomic_write(path, b"new")
    assert refused.value.code is ErrorCode.DISK_FULL
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def in_a_child(script: str, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )


@posix
def test_a_disk_that_fills_up_amid_the_write_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "calendar.ics"
    files.atomic_write(path, b"old")
    script = """
import pathlib, resource, signal, sys
from crm.errors import KeepwarmError
from crm.files import atomic_write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    atomic_write(pathlib.Path(sys.argv[1]), b"x" * 1_000_000)
except KeepwarmError as error:
    print(error.code)
"""
    said = in_a_child(script, path)
    assert said.stdout in {"file_unwritable\n", "disk_full\n"}, said.stderr
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_killed_before_the_rename_the_old_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "calendar.ics"
    files.atomic_write(path, b"old")
    script = """
import os, pathlib, signal, sys
pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from crm.files import atomic_write
atomic_write(pathlib.Path(sys.argv[1]), b"new")
"""
    assert in_a_child(script, path).returncode == -9
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_a_file_is_an_expected_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeepwarmError) as refused:
        files.atomic_write(tmp_path / "file" / "calendar.ics", b"new")
    assert refused.value.code is ErrorCode.FILE_UNWRITABLE
