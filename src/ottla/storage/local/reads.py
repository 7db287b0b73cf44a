"""Finding and cutting what a read returns: whole batches, from the one that holds an offset to a batch boundary below the limit.

A reader that goes on where it stopped is recognised (`cursors`) and needs no search; the end is found in the index, so batches are not
walked. Only a read that begins somewhere new, or one too small to reach an index entry, looks at headers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from struct import Struct

from ottla.base.errors import ErrorCode
from ottla.records.header import HEADER_SIZE, LOG_OVERHEAD, MAGIC
from ottla.storage.engine import Got
from ottla.storage.local.segment import Segment

_HEAD = Struct(">qiib6xi")  # base_offset, batch_length, leader_epoch, magic, last_offset_delta
_HEAD_SIZE = _HEAD.size
_INT64 = Struct(">q")
WALK_BYTES = 16 * 1024
"""Read beyond the budget while the start of a read is searched."""

ReadAt = Callable[[Segment, int, int], "bytes | bytearray | None"]
"""(segment, position, size) -> the bytes, or None when they are not at hand."""


Place = tuple[Segment, int]
"""A byte of a log: segment and position."""


class Damaged(Exception):
    """Bytes where a batch should begin that are not one."""


@dataclass(slots=True)
class Slice:
    """Where a read ended: the batch at `next_offset` (-1 unknown) begins at `position` of the segment."""

    buffer: bytes | bytearray | memoryview
    size: int
    next_offset: int
    position: int


def collect(
    segments: list[Segment],
    number: int,
    cursor: Place | None,
    start: int,
    offset: int,
    max_bytes: int,
    at_least_one: bool,
    limit: Place | None,
    read_at: ReadAt,
    got: Got,
    spans: list[Place] | None = None,
) -> list[tuple[int, Segment, int]] | None:
    """Reads from `offset` on into `got`, over segments from `number`.

    `cursor`: where the batch at `offset` begins, if known; `start`: it does not lie before this position (behind damage, whose headers
    lead nowhere); `limit`: the place of the first byte not to be seen; `spans` is told where each buffer begins. Returns places to
    remember, (offset, segment, position) with offset -1 for the end of what may be seen, or None when bytes are not at hand. Raises
    Damaged, OSError.
    """
    budget = max_bytes
    places: list[tuple[int, Segment, int]] = []
    count = len(segments)
    while number < count:
        segment = segments[number]
        end = segment.size
        last = limit is not None and limit[0] is segment
        if last:
            assert limit is not None
            end = limit[1]
        if cursor is not None and cursor[0] is segment:
            position = cursor[1]
        elif offset <= segment.base_offset:
            position = 0
        else:
            position = -1
        if position < end:
            part = _slice(segment, offset, position, start, budget, at_least_one and not got.buffers, end, read_at)
            if part is None:
                return None
            if part.size:
                got.buffers.append(part.buffer)
                got.size += part.size
                if spans is not None:
                    spans.append((segment, part.position - part.size))
                budget -= part.size
            if part.position < end:  # the budget ended it
                if part.next_offset >= 0:
                    places.append((part.next_offset, segment, part.position))
                return places
        if last or number + 1 == count:
            places.append((-1, segment, end))
            return places
        number += 1
        offset = segments[number].base_offset
        cursor, start = None, 0
        if budget <= 0:
            return places
    return places


def _slice(
    segment: Segment, offset: int, position: int, start: int, budget: int, need_one: bool, end: int, read_at: ReadAt
) -> Slice | None:
    """The batches of one segment from `offset` (at `position`, or -1: to be found) up to `budget` bytes and `end`.

    An empty slice whose position is not `end`: the next batch is larger than the budget.
    """
    index = segment.index
    if position < 0:
        if index is None:
            return None
        found = find(segment, offset, max(index.floor(offset - segment.base_offset), start), end, read_at)
        if found is None:
            return None
        position = found
        if position >= end:
            return Slice(b"", 0, -1, end)
    if end - position <= budget:
        data = read_at(segment, position, end - position)
        if data is None:
            return None
        _check(data, offset)
        return Slice(data, len(data), -1, end)
    if index is None:
        return None
    cut = index.boundary(position + budget) if budget > 0 else 0
    if cut > position:
        # Eight bytes more: the base offset of the batch behind the cut, by which the reader's next call is recognised.
        data = read_at(segment, position, cut + 8 - position)
        if data is None:
            return None
        _check(data, offset)
        (following,) = _INT64.unpack_from(data, cut - position)
        return Slice(memoryview(data)[:-8], cut - position, following, cut)
    return _walk(segment, position, budget, need_one, end, read_at)


def _walk(segment: Segment, position: int, budget: int, need_one: bool, end: int, read_at: ReadAt) -> Slice | None:
    """No index entry within the budget: header by header. At least the first batch, with `need_one`."""
    size = min(max(budget, 0) + _HEAD_SIZE, end - position)
    if size < _HEAD_SIZE:
        raise Damaged
    data = read_at(segment, position, size)
    if data is None:
        return None
    at = 0
    following = -1
    while at + _HEAD_SIZE <= size:
        base, length, _, magic, _ = _HEAD.unpack_from(data, at)
        if magic != MAGIC or length < HEADER_SIZE - LOG_OVERHEAD or position + at + length + LOG_OVERHEAD > end:
            raise Damaged
        following = base
        if at + length + LOG_OVERHEAD > budget:
            break
        at += length + LOG_OVERHEAD
        following = -1
    if at:
        return Slice(memoryview(data)[:at], at, following, position + at)
    if not need_one:
        return Slice(b"", 0, following, position)
    first = _HEAD.unpack_from(data, 0)[1] + LOG_OVERHEAD
    whole = read_at(segment, position, first)
    if whole is None:
        return None
    return Slice(whole, first, -1, position + first)


def find(segment: Segment, offset: int, position: int, end: int, read_at: ReadAt) -> int | None:
    """The position of the first batch whose last offset is not below `offset`, from an indexed position on."""
    chunk: bytes | bytearray | None = b""
    chunk_at = position
    while position < end:
        at = position - chunk_at
        assert chunk is not None
        if at + _HEAD_SIZE > len(chunk):
            chunk = read_at(segment, position, min(WALK_BYTES, end - position))
            if chunk is None:
                return None
            chunk_at, at = position, 0
            if len(chunk) < _HEAD_SIZE:
                raise Damaged
        base, length, _, magic, delta = _HEAD.unpack_from(chunk, at)
        if magic != MAGIC or length < HEADER_SIZE - LOG_OVERHEAD:
            raise Damaged
        if base + delta >= offset:
            return position
        position += length + LOG_OVERHEAD
    return end


def _check(data: bytes | bytearray, offset: int) -> None:
    """Never serve torn bytes: what is returned begins with a batch that ends at or behind the offset asked for."""
    if len(data) < _HEAD_SIZE:
        raise Damaged
    _, length, _, magic, _ = _HEAD.unpack_from(data, 0)
    if magic != MAGIC or length < HEADER_SIZE - LOG_OVERHEAD:
        raise Damaged


def next_offset_of(got: Got) -> int:
    """The offset behind the last batch of what was read: its headers tell, from the beginning of the last buffer."""
    data = got.buffers[-1]
    at = after = 0
    while at + _HEAD_SIZE <= len(data):
        base, length, _, _, delta = _HEAD.unpack_from(data, at)
        after = base + delta + 1
        at += length + LOG_OVERHEAD
    return after


def damaged(got: Got) -> Got:
    """What a read that met damaged bytes is answered: what came before, or CORRUPT_MESSAGE."""
    if not got.buffers:
        got.error = ErrorCode.CORRUPT_MESSAGE
    return got
