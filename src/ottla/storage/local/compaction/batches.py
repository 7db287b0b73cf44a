"""Reading the batches of a segment strictly, looking at their records, and writing a batch with fewer of them.

Records that stay are copied as the bytes they are: a record's encoding counts from its batch's base offset and base timestamp, and both
stay. (Kafka makes the first record that stays the base of the timestamps; readers see the same times.) Only where a delete horizon is set,
which takes the base timestamp's place, are the timestamp deltas of a batch written anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

from ottla.records.builder import control_type, pack_batch, varint
from ottla.records.compress import compress
from ottla.records.errors import RecordError
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
from ottla.storage.local.compaction.blocks import Kept, read_long
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


def block_of(batch: memoryview, header: BatchHeader) -> bytes:
    """The decompressed records. Raises RecordError."""
    return records_block(batch, header) if header.records_count else b""


def rewrite(header: BatchHeader, kept: Kept, *, horizon_ms: int | None = None) -> bytes:
    """The batch with the kept records only, under its own codec, offsets and sequence numbers. At least one is kept.

    `horizon_ms`: the delete horizon to set (KIP-534); otherwise the batch keeps the one it has, or none. Raises RecordError.
    """
    base_timestamp = header.base_timestamp
    append_time = header.max_timestamp if header.timestamp_type else None
    attributes = header.attributes
    block = kept.block
    if horizon_ms is not None:
        attributes |= DELETE_HORIZON
        block = _with_base(block, kept.records, base_timestamp, append_time, horizon_ms)
    if header.codec:
        block = compress(header.codec, block)
    return pack_batch(
        block,
        base_offset=header.base_offset,
        leader_epoch=header.partition_leader_epoch,
        attributes=attributes,
        last_offset_delta=header.last_offset_delta,
        base_timestamp=base_timestamp if horizon_ms is None else horizon_ms,
        max_timestamp=_wrap(base_timestamp + kept.newest_delta) if append_time is None else append_time,
        producer_id=header.producer_id,
        producer_epoch=header.producer_epoch,
        base_sequence=header.base_sequence,
        records_count=kept.records,
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


def _with_base(block: bytes, count: int, base_ms: int, append_time_ms: int | None, new_base_ms: int) -> bytes:
    """The records with timestamp deltas that count from another base."""
    pieces: list[bytes] = []
    pos = 0
    for _ in range(count):
        size, body = read_long(block, pos)
        pos = body + (size >> 1)
        delta, after = read_long(block, body + 1)
        timestamp = base_ms + (delta >> 1 ^ -(delta & 1)) if append_time_ms is None else append_time_ms
        rest = block[body : body + 1] + varint(_wrap(timestamp - new_base_ms)) + block[after:pos]
        pieces += (varint(len(rest)), rest)
    return b"".join(pieces)


def _wrap(n: int) -> int:
    """As Java's 64 bits do."""
    return (n + _BIAS & _MASK) - _BIAS


__all__ = ["RecordError", "block_of", "emptied", "marker", "read_batches", "read_heads", "rewrite"]
