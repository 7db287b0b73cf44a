"""The files beside a segment, as rows: `.index`, `.timeindex`, `.txnindex` (Kafka's formats, big-endian).

    .index      8 bytes an entry: relative offset i32, position i32
    .timeindex 12 bytes: timestamp i64, relative offset i32
    .txnindex  34 bytes: version i16 = 0, producer id i64, first offset i64, last offset i64, last stable offset i64

Offsets are relative to the segment's base offset, the number in its file name. Index files of an active segment are preallocated:
zeros follow the entries, and an entry of zeros that is not the first ends the file.
"""

from collections.abc import Iterator
from struct import Struct
from typing import Final, NamedTuple

from ottla.records.errors import corrupt
from ottla.records.header import Buffer

OFFSET_ENTRY: Final = Struct(">ii")
TIME_ENTRY: Final = Struct(">qi")
TXN_ENTRY: Final = Struct(">hqqqq")
TXN_VERSION: Final = 0


class OffsetEntry(NamedTuple):
    """The batch that ends with `offset` begins at `position` in the segment's log."""

    offset: int
    position: int


class TimeEntry(NamedTuple):
    """No record up to `offset` is newer than `timestamp`."""

    timestamp: int
    offset: int


class AbortedTxn(NamedTuple):
    """An aborted transaction, and the last stable offset when its marker was written."""

    producer_id: int
    first_offset: int
    last_offset: int
    last_stable_offset: int


def parse_offset_index(data: Buffer, base_offset: int) -> Iterator[OffsetEntry]:
    """The entries of an `.index`. Raises RecordError when its size is not whole entries."""
    _whole(data, OFFSET_ENTRY, "offset index")
    for number, (relative, position) in enumerate(OFFSET_ENTRY.iter_unpack(data)):
        if number and relative == 0:
            return
        yield OffsetEntry(base_offset + relative, position)


def parse_time_index(data: Buffer, base_offset: int) -> Iterator[TimeEntry]:
    """The entries of a `.timeindex`. Raises RecordError when its size is not whole entries."""
    _whole(data, TIME_ENTRY, "time index")
    for number, (timestamp, relative) in enumerate(TIME_ENTRY.iter_unpack(data)):
        if number and relative == 0:
            return
        yield TimeEntry(timestamp, base_offset + relative)


def parse_txn_index(data: Buffer) -> Iterator[AbortedTxn]:
    """The entries of a `.txnindex`. Raises RecordError when its size is not whole entries, or a version is unknown."""
    _whole(data, TXN_ENTRY, "transaction index")
    for version, *fields in TXN_ENTRY.iter_unpack(data):
        if version != TXN_VERSION:
            raise corrupt(f"unknown transaction index version {version}")
        yield AbortedTxn._make(fields)


def encode_txn(entry: AbortedTxn) -> bytes:
    """One entry of a `.txnindex`."""
    return TXN_ENTRY.pack(TXN_VERSION, *entry)


def _whole(data: Buffer, entry: Struct, name: str) -> None:
    if len(data) % entry.size:
        raise corrupt(f"{name}: {len(data)} bytes are not a whole number of {entry.size}-byte entries")
