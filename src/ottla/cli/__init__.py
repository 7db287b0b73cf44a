"""The `ottla` command.

`main` imports as little as it can: `ottla start` is a server whose start-up time and memory count (a command line library with
its colours costs 60 ms and 8 MB, measured), so it has its own small argument parser, and everything else is imported when asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(tokens: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code (see `ottla.cli.errors`)."""
    arguments = list(sys.argv[1:] if tokens is None else tokens)
    if arguments == ["--version"]:
        from ottla import __version__

        print(f"ottla {__version__}")
        return 0

    from ottla.cli.errors import INTERRUPTED, OK, CliError, one_line

    try:
        code = _run(arguments)
        sys.stdout.flush()
    except CliError as error:
        print(f"ottla: {one_line(error)}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough (`ottla consume … | head`). What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return code


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["start"]:
        from ottla.cli.start import start

        return start(arguments[1:])
    from ottla.cli.app import run

    return run(arguments)
