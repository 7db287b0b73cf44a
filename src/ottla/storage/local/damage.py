"""Bytes of a log that cannot be read any more, and the file that remembers them (`corrupt-ranges`; the rule is `recovery`'s); the mark
of a flush that failed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from ottla.storage.local.checkpoints import PARTITION_METADATA
from ottla.storage.local.disk import Disk
from ottla.storage.local.segment import Segment

CORRUPT_RANGES = "corrupt-ranges"
UNFLUSHED_TIME = 1_000_000.0
"""Seconds since 1970 at which `partition.metadata` is said to be written while a failed flush is not made good."""
LOG = logging.getLogger("ottla.storage")


@dataclass(slots=True, frozen=True)
class CorruptRange:
    """Offsets [first, next) cannot be read; the bytes [position, end) of a segment are theirs."""

    first_offset: int
    next_offset: int
    base_offset: int  # of the segment
    position: int
    end: int


def holes_of(corrupt: Iterable[CorruptRange], segment: Segment) -> dict[int, tuple[int, int]]:
    """The damage in one segment, as a `Walk` steps over it."""
    return {
        found.position: (found.end, found.next_offset) for found in corrupt if found.base_offset == segment.base_offset
    }


def write_corrupt(disk: Disk, directory: str, corrupt: list[CorruptRange]) -> None:
    """Puts the list of corrupt ranges in place, or takes it away."""
    path = f"{directory}/{CORRUPT_RANGES}"
    if not corrupt:
        disk.unlink_if_there(path)
        return
    lines = [
        f"{found.first_offset} {found.next_offset} {found.base_offset} {found.position} {found.end}\n"
        for found in sorted(corrupt, key=lambda found: found.first_offset)
    ]
    disk.write_file(path, "".join(lines).encode(), sync=True)


def distrust(disk: Disk, directory: str) -> None:
    """A flush of this partition failed: what the page cache shows of it may be on no device, and no later flush would tell.

    The mark is for the next start on the same boot; after another one the page cache is gone and the device speaks for itself. It is a
    time and not a file because a disk that fails may be full as well, and a time needs no room.
    """
    try:
        disk.utime(f"{directory}/{PARTITION_METADATA}", (UNFLUSHED_TIME, UNFLUSHED_TIME))
    except OSError as problem:
        LOG.error("%s: cannot note that a flush failed: %s", directory, problem)


def is_distrusted(disk: Disk, directory: str) -> bool:
    """Whether a flush of this partition failed and was not made good. Raises OSError."""
    try:
        return disk.stat(f"{directory}/{PARTITION_METADATA}").st_mtime == UNFLUSHED_TIME
    except FileNotFoundError:
        return False


def trust(disk: Disk, directory: str, now_ms: int) -> None:
    """Takes the mark away. Raises OSError."""
    disk.utime(f"{directory}/{PARTITION_METADATA}", (now_ms / 1000, now_ms / 1000))
