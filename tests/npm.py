"""Libraries of npm for the checks with other people's readers."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path


def install(folder: Path, packages: Sequence[str], timeout_s: int) -> None:
    """Have npm put `packages` into `folder`; without npm or a network, nothing happens."""
    npm = shutil.which("npm")
    if npm is not None:
        quiet = ("--silent", "--no-audit", "--no-fund")
        asked = [npm, "install", *quiet, "--prefix", str(folder), *packages]
        subprocess.run(asked, capture_output=True, timeout=timeout_s, check=False)
