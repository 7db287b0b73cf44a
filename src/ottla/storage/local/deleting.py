"""Deleting files without holding up flushes: a large one is cut shorter in steps, with rests between them.

Freeing a gigabyte at once keeps a file system's journal busy for a tenth of a second and more, and every flush waits behind it (ext4: the
longest `fdatasync` of another file took 68 ms beside unlinks of 512 MB one after the other). Steps are 16 MB, and the rest after one is at
least twice as long as it took.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ottla.storage.local.disk import Disk

LOG = logging.getLogger("ottla.storage")
STEP_BYTES: Final = 16 << 20
REST_S: Final = 0.01
REST_MAX_S: Final = 0.1
UNUSED_AFTER_MS: Final = 1000
"""A file that has been out of its log for so long has no readers, so it may be cut before it is unlinked."""


class Doomed(NamedTuple):
    """What is to be deleted at a time of the monotonic clock. `is_unused`: nobody reads it any more."""

    due_ms: int
    path: str
    is_directory: bool
    is_unused: bool


def deletion(disk: Disk, due: Sequence[Doomed]) -> Iterator[None]:
    """Deletes; on a thread, and yields when a rest is in order. What cannot be deleted is logged and left."""
    freed = 0
    for one in due:
        try:
            paths = [f"{one.path}/{name}" for name in disk.listdir(one.path)] if one.is_directory else [one.path]
            for path in paths:
                size = disk.stat(path).st_size
                if size > STEP_BYTES and one.is_unused:
                    fd = disk.open(path, os.O_RDWR)
                    try:
                        while size > STEP_BYTES:
                            size -= STEP_BYTES
                            disk.ftruncate(fd, size)
                            yield
                    finally:
                        disk.close(fd)
                disk.unlink(path)
                freed += size
                if freed >= STEP_BYTES:
                    freed = 0
                    yield
            if one.is_directory:
                disk.rmdir(one.path)
        except FileNotFoundError:
            continue
        except OSError as problem:
            LOG.error("cannot delete %s: %s", one.path, problem)
