"""The producer state a partition writes beside its segments: Kafka's `.snapshot` file, version 1.

    version i16 = 1 | crc u32 (CRC-32C of everything after it) | count i32 | count x entry

One entry is 46 bytes. Only the last batch of each producer is kept, so the window of five is full again only after five batches:
that is Kafka's format and Kafka's behaviour.
"""

from collections.abc import Iterable
from struct import Struct
from typing import Final, NamedTuple

from ottla.records.errors import corrupt
from ottla.records.header import Buffer, crc32c

VERSION: Final = 1
_HEAD = Struct(">hI")
_COUNT = Struct(">i")
_ENTRY = Struct(">qhiqiqiq")
_ENTRIES_AT = _HEAD.size + _COUNT.size


class ProducerEntry(NamedTuple):
    """What a partition knows of one producer. `last_sequence`, `last_offset` and `current_txn_first_offset` are -1 for none."""

    producer_id: int
    producer_epoch: int
    last_sequence: int
    last_offset: int
    offset_delta: int
    """Last minus first sequence of the last batch."""
    timestamp: int
    """Max timestamp of the last batch, ms."""
    coordinator_epoch: int
    current_txn_first_offset: int


def encode_snapshot(entries: Iterable[ProducerEntry]) -> bytes:
    """The bytes of a snapshot file."""
    packed = [_ENTRY.pack(*entry) for entry in entries]
    body = _COUNT.pack(len(packed)) + b"".join(packed)
    return _HEAD.pack(VERSION, crc32c(body)) + body


def decode_snapshot(data: Buffer) -> list[ProducerEntry]:
    """The entries of a snapshot file. Raises RecordError (CORRUPT_MESSAGE) when it is not whole and valid."""
    if len(data) < _ENTRIES_AT:
        raise corrupt(f"a producer snapshot needs at least {_ENTRIES_AT} bytes, there are {len(data)}")
    view = memoryview(data)
    version, crc = _HEAD.unpack_from(view)
    if version != VERSION:
        raise corrupt(f"unknown producer snapshot version {version}")
    (count,) = _COUNT.unpack_from(view, _HEAD.size)
    if count < 0 or _ENTRIES_AT + count * _ENTRY.size != len(view):
        raise corrupt(f"a producer snapshot of {len(view)} bytes cannot hold {count} entries")
    actual = crc32c(view[_HEAD.size :])
    if actual != crc:
        raise corrupt(f"producer snapshot is corrupt (stored crc = {crc}, computed crc = {actual})")
    return [ProducerEntry._make(fields) for fields in _ENTRY.iter_unpack(view[_ENTRIES_AT:])]
