"""Open files of segments, within a bound: thousands of partitions, each with cold segments, share a limited number of descriptors."""

from __future__ import annotations

import os
import resource

from ottla.storage.local.disk import Disk
from ottla.storage.local.segment import Segment

RESERVED = 1024
"""Descriptors left to sockets and everything else, when the limit allows it."""
FILES_MAX = 65_536
INDEX_BYTES_MAX = 64 << 20
"""Memory for the indexes of closed segments."""


def raise_file_limit() -> int:
    """Raises the process's soft limit of open files to its hard limit; what it is now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return FILES_MAX + RESERVED
    target = FILES_MAX + RESERVED if hard == resource.RLIM_INFINITY else hard
    if target > soft:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
        except (OSError, ValueError):  # macOS caps what it accepts
            return soft
        return target
    return soft


class Files:
    """The open segments, least recently opened first. Only the loop calls it."""

    def __init__(self, disk: Disk, limit: int) -> None:
        self._disk = disk
        self.limit = limit
        self._open: dict[Segment, None] = {}
        self._index_bytes: dict[Segment, int] = {}
        self._index_total = 0

    def __len__(self) -> int:
        return len(self._open)

    def open(self, segment: Segment) -> int:
        """The segment's descriptor, opened where needed. Raises OSError."""
        if segment.fd >= 0:
            return segment.fd
        self.make_room()
        # A new partition's first file appears with its first batch: creating 5,000 topics is cheaper by a third.
        flags = os.O_RDWR | os.O_CLOEXEC if segment.size else os.O_RDWR | os.O_CLOEXEC | os.O_CREAT
        segment.fd = self._disk.open(segment.log_path, flags, 0o644)
        self._open[segment] = None
        return segment.fd

    def install(self, segment: Segment, fd: int) -> None:
        """Takes over a descriptor that a thread opened."""
        if segment.fd >= 0 or segment.doomed:
            self._disk.close(fd)
            return
        self.make_room()
        segment.fd = fd
        self._open[segment] = None

    def make_room(self) -> None:
        """Closes segments that were not used since they were last looked at, when the bound is reached."""
        if len(self._open) < self.limit:
            return
        # First pass: neither in use nor with unflushed bytes (whose write-back error this descriptor must see); then those too.
        for spare_unflushed in (True, False):
            for segment in list(self._open):
                busy = segment.pins > 0 or segment.used
                segment.used = False
                if busy or (spare_unflushed and segment.synced_size != segment.size):
                    continue
                self.close(segment)
                if len(self._open) <= self.limit * 15 // 16:
                    return

    def note_index(self, segment: Segment) -> None:
        """The index of a closed segment was loaded; others are forgotten when they take too much memory."""
        assert segment.index is not None
        size = segment.index.size_bytes
        self._index_total += size - self._index_bytes.pop(segment, 0)
        self._index_bytes[segment] = size
        if self._index_total <= INDEX_BYTES_MAX:
            return
        for old in list(self._index_bytes):
            if old is not segment and old.pins == 0:
                self._index_total -= self._index_bytes.pop(old)
                old.index = None
                if self._index_total <= INDEX_BYTES_MAX:
                    return

    def close(self, segment: Segment) -> None:
        """Closes a segment's file. One that a thread uses is closed when it lets go (`unpin`)."""
        if segment.fd >= 0 and segment.pins == 0:
            fd, segment.fd = segment.fd, -1
            del self._open[segment]
            self._disk.close(fd)

    def discard(self, segment: Segment) -> None:
        """The segment is no longer part of a log."""
        segment.doomed = True
        self._index_total -= self._index_bytes.pop(segment, 0)
        self.close(segment)

    def unpin(self, segment: Segment) -> None:
        """A thread is done with the segment."""
        segment.pins -= 1
        if segment.doomed:
            self.close(segment)

    def close_all(self) -> None:
        """Closes everything."""
        for segment in list(self._open):
            segment.pins = 0
            self.close(segment)
