"""Walking the batches of a segment file, header by header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from struct import Struct
from typing import Final

from ottla.records.header import HEADER_SIZE, LOG_OVERHEAD, MAGIC, BatchHeader, crc_ok, read_header

CHUNK: Final = 1 << 20
RESYNC_CHUNK: Final = 1 << 22
_LENGTH_MIN: Final = HEADER_SIZE - LOG_OVERHEAD
_CANDIDATE = Struct(">qiib")

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


class Walk:
    """Iterates over the batches in [position, end) of a file: (position, header, bytes of the batch).

    Stops at the first that is not plausible (or, with `check_crc`, damaged); `position` is where it stopped, `next_offset` the offset
    expected there. With `bodies` false the third item is empty and only headers are read (batches beyond the chunk are skipped over).
    """

    def __init__(
        self,
        read_at: ReadAt,
        position: int,
        end: int,
        next_offset: int,
        *,
        check_crc: bool = False,
        bodies: bool = False,
    ) -> None:
        self.position = position
        self.end = end
        self.next_offset = next_offset
        self._read_at = read_at
        self._check_crc = check_crc
        self._bodies = bodies or check_crc

    def __iter__(self) -> Iterator[tuple[int, BatchHeader, memoryview]]:
        read_at = self._read_at
        end = self.end
        chunk = memoryview(b"")
        chunk_at = self.position
        while (position := self.position) < end:
            at = position - chunk_at
            if at + HEADER_SIZE > len(chunk):
                chunk_at, at = position, 0
                chunk = memoryview(read_at(position, min(CHUNK, end - position)))
                if len(chunk) < HEADER_SIZE:
                    return
            header = read_header(chunk, at)
            if not plausible(header, position, end, self.next_offset):
                return
            size = header.batch_length + LOG_OVERHEAD
            if self._bodies and at + size > len(chunk):
                chunk_at, at = position, 0
                chunk = memoryview(read_at(position, max(size, min(CHUNK, end - position))))
                if len(chunk) < size:
                    return
            batch = chunk[at : at + size]
            if self._check_crc and not crc_ok(batch, header):
                return
            self.position = position + size
            self.next_offset = header.base_offset + header.last_offset_delta + 1
            yield position, header, batch


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
