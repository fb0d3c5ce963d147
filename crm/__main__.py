"""Start Keepwarm: without a command the window opens, with one the command line answers."""

import os
import sys
from collections.abc import Callable


def main(arguments: list[str] | None = None) -> int:
    """Run Keepwarm with the arguments of the process, or those given; return the exit code."""
    os.umask(0o077)  # everything we write is for the user's eyes only
    from crm.cli import arguments as command_line  # noqa: PLC0415 - after the mask, before anything heavy

    parsed = command_line.parse(sys.argv[1:] if arguments is None else arguments)
    if parsed.command is None:
        from crm.gui.start import run  # noqa: PLC0415 - the command line works without Qt

        return run(parsed.book, sample=parsed.sample, files=parsed.files)
    from crm.cli.running import run_command  # noqa: PLC0415 - the window needs none of it

    return run_command(parsed, _printer)


def _printer() -> Callable[..., bytes]:
    """Return what draws a sheet as a PDF."""
    from crm.gui.sheets import pdf  # noqa: PLC0415 - Qt is loaded for a PDF only

    return pdf


if __name__ == "__main__":
    sys.exit(main())
