"""How a command ends when it cannot do its work: one line for a person, one number for a script.

Exit codes of every `ottla` command: 0 done, 1 the work failed, 2 the command line was wrong, 130 interrupted with Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Iterable

OK = 0
FAILED = 1
USAGE = 2
INTERRUPTED = 130


class CliError(Exception):
    """The work failed. The message is one line that says what to do."""

    exit_code = FAILED


class UsageError(CliError):
    """The command line asks for something that does not exist or contradicts itself."""

    exit_code = USAGE


def one_line(text: object) -> str:
    """A message without line breaks, so that it stays one line of a log."""
    return " ".join(str(text).split())


def nearest(name: str, known: Iterable[str]) -> str:
    """` (did you mean X?)` for the closest known name, or nothing when none is close."""
    import difflib

    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" (did you mean {found[0]}?)" if found else ""
