"""Deleting files without holding up flushes: a large one is cut shorter in steps, with rests between them.

What is freed at once keeps the file system's journal busy, and every flush waits behind it. On ext4 with online discard that is a third of
a millisecond per MB: beside steps of 16 MB with rests of 10 ms a flush of another file took 5.2 ms at p99 (0.5 ms when nothing was
deleted), beside steps of 1 MB with rests of 2 ms it took 0.9 ms. So steps are small where they take long, and the rest after one is at
least twice as long as it took.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Sequence
from typing import Final, NamedTuple

from ottla.storage.local.disk import Disk

LOG = logging.getLogger("ottla.storage")
STEP_MIN_BYTES: Final = 1 << 20
STEP_MAX_BYTES: Final = 16 << 20
STEP_S: Final = 0.0005
"""What a step should take, within a factor of two."""
REST_MIN_S: Final = 0.002
REST_MAX_S: Final = 0.1
UNUSED_AFTER_MS: Final = 1000
"""A file that has been out of its log for so long has no readers, so it may be cut before it is unlinked."""


class Doomed(NamedTuple):
    """What is to be deleted at a time of the monotonic clock. `is_unused`: nobody reads it any more."""

    due_ms: int
    path: str
    is_directory: bool
    is_unused: bool


class Pace:
    """How much is freed at once."""

    __slots__ = ("step_bytes",)

    def __init__(self) -> None:
        self.step_bytes = STEP_MIN_BYTES

    def rest_s(self, took_s: float) -> float:
        """How long to rest after a step that took so long; the next one may be larger or smaller."""
        if took_s > 2 * STEP_S:
            self.step_bytes = max(self.step_bytes // 2, STEP_MIN_BYTES)
        elif took_s < STEP_S / 2:
            self.step_bytes = min(self.step_bytes * 2, STEP_MAX_BYTES)
        return min(max(2 * took_s, REST_MIN_S), REST_MAX_S)


def deletion(disk: Disk, due: Sequence[Doomed], pace: Pace) -> Generator[None, None, None]:
    """Deletes; on a thread, and yields when a rest is in order. What cannot be deleted is logged and left."""
    freed = 0
    for one in due:
        try:
            paths = [f"{one.path}/{name}" for name in disk.listdir(one.path)] if one.is_directory else [one.path]
            for path in paths:
                size = disk.stat(path).st_size
                if size > pace.step_bytes and one.is_unused:
                    fd = disk.open(path, os.O_RDWR)
                    try:
                        while size > pace.step_bytes:
                            size -= pace.step_bytes
                            disk.ftruncate(fd, size)
                            yield
                    finally:
                        disk.close(fd)
                disk.unlink(path)
                freed += size
                if freed >= pace.step_bytes:
                    freed = 0
                    yield
            if one.is_directory:
                disk.rmdir(one.path)
        except FileNotFoundError:
            continue
        except OSError as problem:
            LOG.error("cannot delete %s: %s", one.path, problem)
