"""Reading the batches of a segment strictly, looking at their records, and writing a batch with fewer of them.

Records that stay are copied as the bytes they are: a record's encoding counts from its batch's base offset and base timestamp, and both
stay. (Kafka makes the first record that stays the base of the timestamps; readers see the same times.) Only where a delete horizon is set,
which takes the base timestamp's place, are the timestamp deltas of a batch written anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from ottla.records.builder import control_type, pack_batch, varint
from ottla.records.compress import compress
from ottla.records.errors import RecordError, invalid
from ottla.records.header import (
    CODEC_MASK,
    DELETE_HORIZON,
    HEADER_SIZE,
    MAGIC,
    NO_TIMESTAMP,
    BatchHeader,
    crc_ok,
    read_header,
)
from ottla.records.reader import iter_records, records_block
from ottla.storage.local.compaction.job import Uncleanable
from ottla.storage.local.disk import Disk

HEAD_BYTES: Final = 16 * 1024
"""Read at once where only headers are wanted: enough for many small batches, little waste before a large one."""
_BIAS = 1 << 63
_MASK = (1 << 64) - 1


def read_batches(
    disk: Disk, path: str, position: int, end: int, chunk_bytes: int
) -> Iterator[tuple[int, BatchHeader, memoryview]]:
    """(position, header, bytes) of every batch in [position, end) of a file. Raises Uncleanable at the first that is not one, OSError."""
    fd = _open(disk, path)
    try:
        chunk = memoryview(b"")
        chunk_at = position
        while position < end:
            at = position - chunk_at
            size = HEADER_SIZE
            if at + HEADER_SIZE <= len(chunk):
                size = _size(path, position, end, read_header(chunk, at))
            if at + size > len(chunk):
                chunk = memoryview(_pread(disk, fd, path, position, min(max(chunk_bytes, size), end - position)))
                chunk_at, at = position, 0
                size = _size(path, position, end, read_header(chunk, 0))
                if size > len(chunk):
                    chunk = memoryview(_pread(disk, fd, path, position, size))
            batch = chunk[at : at + size]
            header = read_header(batch)
            if not crc_ok(batch, header):
                raise Uncleanable(f"{path}: the batch at position {position} has a wrong CRC")
            yield position, header, batch
            position += size
    finally:
        disk.close(fd)


def read_heads(disk: Disk, path: str, end: int) -> Iterator[tuple[BatchHeader, int | None]]:
    """(header, marker) of every batch of a file; the type of marker of a control batch that has one. Raises Uncleanable, OSError."""
    fd = _open(disk, path)
    try:
        chunk = memoryview(b"")
        chunk_at = position = 0
        while position < end:
            at = position - chunk_at
            if at + HEADER_SIZE > len(chunk):
                chunk = memoryview(_pread(disk, fd, path, position, min(HEAD_BYTES, end - position)))
                chunk_at, at = position, 0
            header = read_header(chunk, at)
            size = _size(path, position, end, header)
            kind = None
            if header.is_control:
                kind = marker(memoryview(_pread(disk, fd, path, position, size)), header)
            yield header, kind
            position += size
    finally:
        disk.close(fd)


def _open(disk: Disk, path: str) -> int:
    return disk.open(path, os.O_RDONLY | os.O_CLOEXEC)


def _size(path: str, position: int, end: int, header: BatchHeader) -> int:
    size = header.total_size
    if header.magic != MAGIC or size < HEADER_SIZE or position + size > end or header.last_offset_delta < 0:
        raise Uncleanable(f"{path}: no record batch (magic 2) at position {position}")
    return size


def _pread(disk: Disk, fd: int, path: str, position: int, size: int) -> bytes:
    parts = []
    wanted = size
    while wanted:
        part = disk.pread(fd, wanted, position)
        if not part:
            raise Uncleanable(f"{path} ends at position {position}, before its last batch does")
        parts.append(part)
        position += len(part)
        wanted -= len(part)
    if size < HEADER_SIZE:
        raise Uncleanable(f"{path} ends with {size} bytes that are no record batch")
    return parts[0] if len(parts) == 1 else b"".join(parts)


def marker(batch: memoryview, header: BatchHeader) -> int | None:
    """The type in a control batch (COMMIT, ABORT or another); None for data, and for a control batch without its record."""
    if not header.is_control or not header.records_count:
        return None
    for record in iter_records(batch, header):
        kind = control_type(record.key)
        return -1 if kind is None else kind
    return None


class Item(NamedTuple):
    """One record within a decompressed block. `key_end` is -1 for no key."""

    start: int
    stop: int
    timestamp_delta: int
    offset_delta: int
    key_at: int
    key_end: int
    has_value: bool


Items: TypeAlias = list[Item]


def items_of(batch: memoryview, header: BatchHeader) -> tuple[bytes, Items]:
    """The decompressed block and where its records lie in it. Raises RecordError."""
    if header.records_count == 0:
        return b"", []
    data = records_block(batch, header)
    return data, scan(data, header.records_count)


def scan(data: bytes, count: int) -> Items:
    """Where the `count` records of a block lie. Values and headers are stepped over. Raises RecordError."""
    items: Items = []
    add = items.append
    new = tuple.__new__
    pos = 0
    try:
        for _ in range(count):
            start = pos
            # Varints of one and two bytes are read in place: nearly all are, and a call costs more than the reading.
            n = data[pos]
            pos += 1
            if n > 127:
                m = data[pos]
                pos += 1
                if m < 128:
                    n += (m << 7) - 128
                else:
                    n, pos = _long(data, pos - 2)
            if n & 1:
                raise _bad("a record of negative length")
            stop = pos + (n >> 1)
            pos += 1
            n = data[pos]
            pos += 1
            if n > 127:
                m = data[pos]
                pos += 1
                if m < 128:
                    n += (m << 7) - 128
                else:
                    n, pos = _long(data, pos - 2)
            timestamp_delta = n >> 1 ^ -(n & 1)
            n = data[pos]
            pos += 1
            if n > 127:
                m = data[pos]
                pos += 1
                if m < 128:
                    n += (m << 7) - 128
                else:
                    n, pos = _long(data, pos - 2)
            offset_delta = n >> 1 ^ -(n & 1)
            n = data[pos]
            pos += 1
            if n > 127:
                n, pos = _long(data, pos - 1)
            key_at = pos
            if n & 1:
                key_end = -1
            else:
                pos += n >> 1
                key_end = pos
            has_value = not data[pos] & 1
            if pos >= stop:
                raise _bad("a record that ends within its key")
            add(new(Item, (start, stop, timestamp_delta, offset_delta, key_at, key_end, has_value)))
            pos = stop
    except IndexError:
        raise _bad("the records end early") from None
    if pos != len(data):
        raise _bad(f"{count} records take {pos} of {len(data)} bytes")
    return items


def _bad(message: str) -> RecordError:
    return invalid(message)


def _long(data: bytes, pos: int) -> tuple[int, int]:
    n = shift = 0
    while True:
        byte = data[pos]
        pos += 1
        n |= (byte & 0x7F) << shift
        if byte < 0x80:
            return n & _MASK, pos
        shift += 7
        if shift > 63:
            raise _bad("a varint of more than 10 bytes")


def rewrite(header: BatchHeader, data: bytes, kept: Items, *, horizon_ms: int | None = None) -> bytes:
    """The batch with the records of `kept` only, under its own codec, offsets and sequence numbers. At least one is kept.

    `horizon_ms`: the delete horizon to set (KIP-534); otherwise the batch keeps the one it has, or none.
    """
    base_timestamp = header.base_timestamp
    append_time = header.max_timestamp if header.timestamp_type else None
    attributes = header.attributes
    if horizon_ms is None:
        block = _join(data, kept)
    else:
        attributes |= DELETE_HORIZON
        block = b"".join(
            _moved(
                data, item, (base_timestamp + item.timestamp_delta if append_time is None else append_time) - horizon_ms
            )
            for item in kept
        )
    if append_time is None:
        newest = max(_wrap(base_timestamp + item.timestamp_delta) for item in kept)
    else:
        newest = append_time
    if header.codec:
        block = compress(header.codec, block)
    return pack_batch(
        block,
        base_offset=header.base_offset,
        leader_epoch=header.partition_leader_epoch,
        attributes=attributes,
        last_offset_delta=header.last_offset_delta,
        base_timestamp=base_timestamp if horizon_ms is None else horizon_ms,
        max_timestamp=newest,
        producer_id=header.producer_id,
        producer_epoch=header.producer_epoch,
        base_sequence=header.base_sequence,
        records_count=len(kept),
    )


def emptied(header: BatchHeader) -> bytes:
    """The batch without its records: what a producer's last sequence number is kept in."""
    return pack_batch(
        b"",
        base_offset=header.base_offset,
        leader_epoch=header.partition_leader_epoch,
        attributes=header.attributes & ~CODEC_MASK & ~DELETE_HORIZON,
        last_offset_delta=header.last_offset_delta,
        base_timestamp=NO_TIMESTAMP,
        max_timestamp=header.max_timestamp,
        producer_id=header.producer_id,
        producer_epoch=header.producer_epoch,
        base_sequence=header.base_sequence,
        records_count=0,
    )


def _join(data: bytes, kept: Items) -> bytes:
    """The records, neighbours in one piece."""
    pieces = []
    start, stop = kept[0].start, kept[0].stop
    for item in kept[1:]:
        if item.start != stop:
            pieces.append(data[start:stop])
            start = item.start
        stop = item.stop
    pieces.append(data[start:stop])
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _moved(data: bytes, item: Item, timestamp_delta: int) -> bytes:
    """A record with another timestamp delta."""
    _, body = _long(data, item.start)
    _, after = _long(data, body + 1)
    rest = data[body : body + 1] + varint(_wrap(timestamp_delta)) + data[after : item.stop]
    return varint(len(rest)) + rest


def _wrap(n: int) -> int:
    """As Java's 64 bits do."""
    return (n + _BIAS & _MASK) - _BIAS


__all__ = ["Item", "Items", "RecordError", "emptied", "items_of", "marker", "read_batches", "read_heads", "rewrite"]
