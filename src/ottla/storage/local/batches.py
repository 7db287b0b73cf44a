"""Walking the batches of a segment file, header by header."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from struct import Struct
from typing import Final

from ottla.records.header import HEADER_SIZE, LOG_OVERHEAD, MAGIC, BatchHeader, crc_ok, read_header
from ottla.storage.local.disk import Disk

CHUNK: Final = 1 << 20
RESYNC_CHUNK: Final = 1 << 22
_LENGTH_MIN: Final = HEADER_SIZE - LOG_OVERHEAD
_CANDIDATE = Struct(">qiib")

NO_HOLES: Final[Mapping[int, tuple[int, int]]] = {}

ReadAt = Callable[[int, int], bytes]
"""(position, size) -> that many bytes, or fewer at the end of the file."""


def plausible(header: BatchHeader, position: int, end: int, offset_min: int) -> bool:
    """Whether a header at `position` may be that of a batch that lies whole before `end`, with offsets from `offset_min` on."""
    return (
        header.magic == MAGIC
        and header.batch_length >= _LENGTH_MIN
        and position + header.batch_length + LOG_OVERHEAD <= end
        and header.base_offset >= offset_min
        and header.last_offset_delta >= 0
    )


def read_whole(disk: Disk, fd: int, position: int, size: int) -> bytes:
    """That many bytes, or fewer at the end of the file: a read may return less than there is."""
    data = disk.pread(fd, size, position)
    while data and len(data) < size:
        more = disk.pread(fd, size - len(data), position + len(data))
        if not more:
            break
        data += more
    return data


@contextmanager
def reading(disk: Disk, path: str) -> Iterator[ReadAt]:
    """A file open for reading."""
    fd = disk.open(path, os.O_RDONLY)
    try:
        yield lambda position, size: read_whole(disk, fd, position, size)
    finally:
        disk.close(fd)


class Walk:
    """Iterates over the batches in [position, end) of a file: (position, header, bytes of the batch).

    Stops at the first that is not plausible; `position` is where it stopped, `next_offset` the offset expected there. `holes` are known
    damage to step over: position -> (end, offset that goes on there). Offsets must lie between `next_offset` and `offset_max`.

    With `check` every batch must have the right CRC, and an offset that its follower does not contradict: base offsets lie outside the
    CRC, and a gap is legal (compaction), but not one that the next batch falls into. Without `bodies` (or `check`) only headers are
    read and the third item may be cut short.
    """

    def __init__(
        self,
        read_at: ReadAt,
        position: int,
        end: int,
        next_offset: int,
        *,
        offset_max: int = 2**63 - 1,
        check: bool = False,
        bodies: bool = False,
        holes: Mapping[int, tuple[int, int]] = NO_HOLES,
    ) -> None:
        self.position = position
        self.end = end
        self.next_offset = next_offset
        self._read_at = read_at
        self._offset_max = offset_max
        self._check = check
        self._bodies = bodies or check
        self._holes = holes

    def __iter__(self) -> Iterator[tuple[int, BatchHeader, memoryview]]:
        read_at = self._read_at
        end = self.end
        chunk = memoryview(b"")
        for start, (after, resume) in self._holes.items():
            if start < self.position < after:  # from an index that is older than the damage
                self.position, self.next_offset = after, resume
        chunk_at = self.position
        while (position := self.position) < end:
            if position in self._holes:
                self.position, self.next_offset = self._holes[position]
                continue
            at = position - chunk_at
            if at < 0 or at + HEADER_SIZE > len(chunk):
                chunk_at, at = position, 0
                chunk = memoryview(read_at(position, min(CHUNK, end - position)))
                if len(chunk) < HEADER_SIZE:
                    return
            header = read_header(chunk, at)
            if not plausible(header, position, end, self.next_offset) or header.last_offset > self._offset_max:
                return
            size = header.batch_length + LOG_OVERHEAD
            if self._bodies and at + size > len(chunk):
                chunk_at, at = position, 0
                chunk = memoryview(read_at(position, max(size, min(CHUNK, end - position))))
                if len(chunk) < size:
                    return
            batch = chunk[at : at + size]
            if self._check and not (crc_ok(batch, header) and self._is_in_place(header, position + size)):
                return
            self.position = position + size
            self.next_offset = header.base_offset + header.last_offset_delta + 1
            yield position, header, batch

    def _is_in_place(self, header: BatchHeader, following: int) -> bool:
        """Whether a batch that leaves a gap does not claim the offsets of the one behind it."""
        if header.base_offset == self.next_offset or following + HEADER_SIZE > self.end:
            return True
        head = self._read_at(following, HEADER_SIZE)
        if len(head) < HEADER_SIZE:
            return True
        after = read_header(head)
        return not (plausible(after, following, self.end, self.next_offset) and after.base_offset <= header.last_offset)


def resync(
    read_at: ReadAt, position: int, end: int, offset_min: int, offset_max: int
) -> tuple[int, BatchHeader] | None:
    """The next place after a damaged batch at `position` where a whole, undamaged batch begins.

    First where the damaged header says the next one is, then byte by byte.
    """
    head = read_at(position, HEADER_SIZE)
    if len(head) == HEADER_SIZE:
        length = read_header(head).batch_length
        if length >= _LENGTH_MIN and (
            found := _whole(read_at, position + LOG_OVERHEAD + length, end, offset_min, offset_max)
        ):
            return found
    at = position + 1
    while at + HEADER_SIZE <= end:
        chunk = read_at(at, min(RESYNC_CHUNK, end - at))
        if len(chunk) < HEADER_SIZE:
            return None
        place = chunk.find(b"\x02", 16)
        while 0 <= place <= len(chunk) - HEADER_SIZE + 16:
            start = place - 16
            base, length, _, _ = _CANDIDATE.unpack_from(chunk, start)
            if offset_min <= base <= offset_max and _LENGTH_MIN <= length <= end - at - start - LOG_OVERHEAD:
                if found := _whole(read_at, at + start, end, offset_min, offset_max):
                    return found
            place = chunk.find(b"\x02", place + 1)
        at += len(chunk) - HEADER_SIZE + 1
    return None


def _whole(
    read_at: ReadAt, position: int, end: int, offset_min: int, offset_max: int
) -> tuple[int, BatchHeader] | None:
    if position + HEADER_SIZE > end:
        return None
    head = read_at(position, HEADER_SIZE)
    if len(head) < HEADER_SIZE:
        return None
    header = read_header(head)
    if not plausible(header, position, end, offset_min) or header.base_offset > offset_max:
        return None
    batch = memoryview(read_at(position, header.batch_length + LOG_OVERHEAD))
    if len(batch) < header.batch_length + LOG_OVERHEAD or not crc_ok(batch, header):
        return None
    return position, header
