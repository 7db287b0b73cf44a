"""The process that cleans: one job on standard input, reports on standard output, then it ends and its memory is the system's again.

A process and not a thread, because looking at millions of records holds the interpreter's lock (docs/decisions/0003-compaction.md). It
ends when its parent does: standard input reaches its end then.
"""

from __future__ import annotations

import os
import sys
import threading

from ottla.storage.local.compaction.job import (
    CleanedGroup,
    Failed,
    Report,
    Uncleanable,
    decode_job,
    encode_report,
)
from ottla.storage.local.compaction.work import clean
from ottla.storage.local.disk import Disk

STDIN = 0
READ_BYTES = 1 << 16
NICENESS = 10
"""The broker goes first."""


def main() -> None:
    """Reads a job, does it, reports."""
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(STDIN, READ_BYTES)
        if not part:
            return
        line += part
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(NICENESS)

    def say(report: Report) -> None:
        sys.stdout.buffer.write(encode_report(report))
        sys.stdout.buffer.flush()

    def say_group(group: CleanedGroup) -> None:
        say(group)

    try:
        say(clean(Disk(), decode_job(line), say_group))
    except Uncleanable as problem:
        say(Failed(str(problem), is_final=True))
    except OSError as problem:
        say(Failed(str(problem), is_final=False))


def _end_with_parent() -> None:
    # Not by sys.stdin: an interpreter that ends while a thread waits there aborts.
    while os.read(STDIN, READ_BYTES):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
