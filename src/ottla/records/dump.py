"""A segment's files as rows of plain values: what `ottla log dump` prints.

Names are those of Kafka's DumpLogSegments, so that the two can be compared. Rows of a log have a `kind`: `batch`, `record` (only when
asked for; records follow their batch), `fault` (a batch that is damaged, with what is wrong) and, last, `end` if bytes that are no
batch follow the last one.

Left out: the records inside message sets of format 0 and 1 (their outer message is a row), the values of KRaft's control records
(shown as hex), and decoders for the records of internal topics.
"""

import zlib
from collections.abc import Callable, Iterator
from struct import Struct
from typing import Any, Final, TypeAlias

from ottla.records.builder import ABORT, COMMIT, control_type
from ottla.records.compress import Codec
from ottla.records.errors import RecordError
from ottla.records.header import (
    HEADER_SIZE,
    LOG_OVERHEAD,
    MAGIC,
    MAGIC_AT,
    NO_SEQUENCE,
    BatchHeader,
    Buffer,
    crc_ok,
    increment_sequence,
    read_header,
)
from ottla.records.indexes import parse_offset_index, parse_time_index, parse_txn_index
from ottla.records.reader import iter_records
from ottla.records.snapshot import decode_snapshot

Row: TypeAlias = dict[str, Any]
Read: TypeAlias = Callable[[int, int], bytes]
"""`read(position, size)`: up to `size` bytes of the file from `position`; fewer only at its end."""

BATCH_BYTES_MAX: Final = 256 * 1024 * 1024
_CONTROL_TYPES: Final = {
    ABORT: "ABORT",
    COMMIT: "COMMIT",
    2: "LEADER_CHANGE",
    3: "SNAPSHOT_HEADER",
    4: "SNAPSHOT_FOOTER",
    5: "KRAFT_VERSION",
    6: "KRAFT_VOTERS",
}
_TIMESTAMP_TYPES = ("CreateTime", "LogAppendTime")
_CODEC_NAMES = {codec.value: codec.name for codec in Codec}
_LEGACY = Struct(">qiIbb")
_LEGACY_LENGTH_MIN = 14
_END_TXN_VALUE = Struct(">hi")
_INT64 = Struct(">q")


def dump_log(
    read: Read,
    *,
    deep: bool = False,
    contents: bool = False,
    max_bytes: int | None = None,
    batch_bytes_max: int = BATCH_BYTES_MAX,
) -> Iterator[Row]:
    """The batches of a log, read one by one; with `deep`, their records; with `contents`, the records' keys and values too.

    Reading stops at `max_bytes`, at the end, or where no batch can be (a last row says so). A batch whose CRC is wrong is a row with
    `isvalid` false, and its records are not opened. `batch_bytes_max` bounds what one read may ask for.
    """
    position = 0
    while max_bytes is None or position < max_bytes:
        size = _batch_size(read(position, HEADER_SIZE))
        if size is None or size > batch_bytes_max or (max_bytes is not None and position + size > max_bytes):
            break
        batch = read(position, size)
        if len(batch) < size:
            break
        yield from _batch_rows(memoryview(batch), position, deep=deep or contents, contents=contents)
        position += size
    if max_bytes is None and read(position, 1):
        yield {"kind": "end", "position": position, "reason": "the bytes from here on are no complete record batch"}


def dump_buffer(buf: Buffer, *, deep: bool = False, contents: bool = False) -> Iterator[Row]:
    """`dump_log` of bytes in memory."""
    view = memoryview(buf)
    return dump_log(lambda position, size: bytes(view[position : position + size]), deep=deep, contents=contents)


def _batch_size(head: bytes) -> int | None:
    """The size of the batch or legacy message that begins with `head`, or None if none does."""
    if len(head) <= MAGIC_AT:
        return None
    length = int.from_bytes(head[8:12], "big", signed=True)
    magic = head[MAGIC_AT]
    least = HEADER_SIZE - LOG_OVERHEAD if magic == MAGIC else _LEGACY_LENGTH_MIN
    return length + LOG_OVERHEAD if magic <= MAGIC and length >= least else None


def _batch_rows(view: memoryview, position: int, *, deep: bool, contents: bool) -> Iterator[Row]:
    if view[MAGIC_AT] != MAGIC:
        yield _legacy_row(view, position)
        return
    header = read_header(view)
    row = batch_row(view, header, position)
    yield row
    if not row["isvalid"]:
        yield {"kind": "fault", "position": position, "baseOffset": header.base_offset, "reason": "the CRC is wrong"}
        return
    if deep:
        try:
            for record in iter_records(view, header):
                yield _record_row(header, record, contents=contents)
        except RecordError as error:
            yield {
                "kind": "fault",
                "position": position,
                "baseOffset": header.base_offset,
                "reason": error.message,
            }


def batch_row(view: memoryview, header: BatchHeader, position: int) -> Row:
    """One batch's row."""
    return {
        "kind": "batch",
        "baseOffset": header.base_offset,
        "lastOffset": header.last_offset,
        "count": header.records_count,
        "baseSequence": header.base_sequence,
        "lastSequence": header.last_sequence,
        "producerId": header.producer_id,
        "producerEpoch": header.producer_epoch,
        "partitionLeaderEpoch": header.partition_leader_epoch,
        "isTransactional": header.is_transactional,
        "isControl": header.is_control,
        "deleteHorizonMs": header.base_timestamp if header.has_delete_horizon else None,
        "position": position,
        _TIMESTAMP_TYPES[header.timestamp_type]: header.max_timestamp,
        "size": header.total_size,
        "magic": header.magic,
        "compresscodec": _CODEC_NAMES.get(header.codec, str(header.codec)).lower(),
        "crc": header.crc,
        "isvalid": crc_ok(view, header),
    }


def _legacy_row(view: memoryview, position: int) -> Row:
    offset, length, crc, magic, attributes = _LEGACY.unpack_from(view)
    row: Row = {"kind": "batch", "offset": offset, "position": position}
    if magic == 1 and len(view) >= _LEGACY.size + _INT64.size:
        row[_TIMESTAMP_TYPES[attributes >> 3 & 1]] = _INT64.unpack_from(view, _LEGACY.size)[0]
    else:
        row["NoTimestampType"] = -1
    return row | {
        "size": length + LOG_OVERHEAD,
        "magic": magic,
        "compresscodec": _CODEC_NAMES.get(attributes & 7, str(attributes & 7)).lower(),
        "crc": crc,
        "isvalid": zlib.crc32(view[MAGIC_AT:]) == crc,
    }


def _record_row(header: BatchHeader, record: Any, *, contents: bool) -> Row:
    key: bytes | None = record.key
    value: bytes | None = record.value
    sequence = NO_SEQUENCE
    if header.base_sequence >= 0:
        sequence = increment_sequence(header.base_sequence, record.offset - header.base_offset)
    row: Row = {
        "kind": "record",
        "offset": record.offset,
        _TIMESTAMP_TYPES[header.timestamp_type]: record.timestamp,
        "keySize": -1 if key is None else len(key),
        "valueSize": -1 if value is None else len(value),
        "sequence": sequence,
        "headerKeys": [name for name, _ in record.headers],
    }
    if header.is_control:
        row |= _control_fields(key, value)
    elif contents:
        row["key"] = key
        row["payload"] = value
        row["headers"] = list(record.headers)
    return row


def _control_fields(key: bytes | None, value: bytes | None) -> Row:
    kind = control_type(key)
    name = "UNKNOWN" if kind is None else _CONTROL_TYPES.get(kind, f"UNKNOWN({kind})")
    if kind in (ABORT, COMMIT) and value is not None and len(value) >= _END_TXN_VALUE.size:
        return {"endTxnMarker": name, "coordinatorEpoch": _END_TXN_VALUE.unpack_from(value)[1]}
    return {"controlType": name, "controlValue": None if value is None else value.hex()}


def dump_offset_index(data: Buffer, base_offset: int) -> Iterator[Row]:
    """An `.index` as rows. `base_offset`: the number in the file's name."""
    for entry in parse_offset_index(data, base_offset):
        yield {"offset": entry.offset, "position": entry.position}


def dump_time_index(data: Buffer, base_offset: int) -> Iterator[Row]:
    """A `.timeindex` as rows."""
    for entry in parse_time_index(data, base_offset):
        yield {"timestamp": entry.timestamp, "offset": entry.offset}


def dump_txn_index(data: Buffer) -> Iterator[Row]:
    """A `.txnindex` as rows."""
    for entry in parse_txn_index(data):
        yield {
            "version": 0,
            "producerId": entry.producer_id,
            "firstOffset": entry.first_offset,
            "lastOffset": entry.last_offset,
            "lastStableOffset": entry.last_stable_offset,
        }


def dump_snapshot(data: Buffer) -> Iterator[Row]:
    """A producer `.snapshot` as rows. The sequence fields are there when the producer has written a batch."""
    for entry in decode_snapshot(data):
        row: Row = {
            "producerId": entry.producer_id,
            "producerEpoch": entry.producer_epoch,
            "coordinatorEpoch": entry.coordinator_epoch,
            "currentTxnFirstOffset": None if entry.current_txn_first_offset < 0 else entry.current_txn_first_offset,
            "lastTimestamp": entry.timestamp,
        }
        if entry.last_offset >= 0:
            row |= {
                "firstSequence": (entry.last_sequence - entry.offset_delta) & 0x7FFFFFFF,
                "lastSequence": entry.last_sequence,
                "lastOffset": entry.last_offset,
                "offsetDelta": entry.offset_delta,
                "timestamp": entry.timestamp,
            }
        yield row


def index_mismatches(read: Read, data: Buffer, base_offset: int) -> Iterator[tuple[int, int | None]]:
    """Entries of an `.index` that do not name the last offset of the batch at their position: (indexed offset, offset found)."""
    for entry in parse_offset_index(data, base_offset):
        head = read(entry.position, HEADER_SIZE)
        found: int | None = None
        if len(head) == HEADER_SIZE and head[MAGIC_AT] == MAGIC:
            found = read_header(head).last_offset
        if found != entry.offset:
            yield entry.offset, found
