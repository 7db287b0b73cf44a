"""Produce by hand: the request read as views of its frame, the response written into one buffer.

The generated codec makes an object per partition; this one makes a tuple, and never copies record bytes. Both are held to the same
bytes by tests. Versions 3-13 (KIP-896 removed the older ones).
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from struct import error as struct_error
from typing import NamedTuple

from ottla.wire.errors import WireError

FLEXIBLE_SINCE = 9
TOPIC_IDS_SINCE = 13

_ACKS_TIMEOUT = Struct(">hi")
_I16 = Struct(">h")
_I32 = Struct(">i")
_INDEX_SIZE = Struct(">ii")

# index, error code, base offset, log append time, log start offset
_PARTITION_V5 = Struct(">ihqqq")
_PARTITION_V3 = Struct(">ihqq")


class ProduceTopic(NamedTuple):
    """A topic by name (versions below 13) or by id, and the records for its partitions."""

    key: str | bytes
    partitions: list[tuple[int, memoryview | None]]


class ProduceCall(NamedTuple):
    """A decoded Produce request; the views point into the frame."""

    transactional_id: str | None
    acks: int
    timeout_ms: int
    topics: list[ProduceTopic]


class PartitionAnswer(NamedTuple):
    """One partition's part of the response. `record_errors`: (index in the batch, message)."""

    partition: int
    error: int
    base_offset: int = -1
    log_append_time_ms: int = -1
    log_start_offset: int = -1
    message: str | None = None
    record_errors: Sequence[tuple[int, str | None]] = ()
    leader: tuple[int, int] | None = None  # (leader id, leader epoch), KIP-951


def decode(view: memoryview, version: int, pos: int) -> ProduceCall:
    """Reads a request body. Raises WireError for anything else; bytes behind the body are ignored, as in Kafka."""
    try:
        if version >= FLEXIBLE_SINCE:
            return _decode_flexible(view, version, pos)
        return _decode_fixed(view, pos)
    except (struct_error, IndexError, UnicodeDecodeError) as e:
        raise WireError(f"Produce v{version} request is malformed: {e}") from e


def _decode_fixed(view: memoryview, pos: int) -> ProduceCall:
    end = len(view)
    (length,) = _I16.unpack_from(view, pos)
    pos += 2
    transactional_id = None
    if length >= 0:
        transactional_id = str(view[pos : pos + length], "utf-8")
        pos += length
    acks, timeout_ms = _ACKS_TIMEOUT.unpack_from(view, pos)
    (count,) = _I32.unpack_from(view, pos + 6)
    pos += 10
    if not 0 <= count <= (end - pos) // 6 + 1:
        raise WireError(f"Produce request: topic count {count} does not fit the request")
    topics = []
    for _ in range(count):
        (length,) = _I16.unpack_from(view, pos)
        pos += 2
        if length < 0:
            raise WireError("Produce request: topic name is null")
        name = str(view[pos : pos + length], "utf-8")
        pos += length
        (partition_count,) = _I32.unpack_from(view, pos)
        pos += 4
        if not 0 <= partition_count <= (end - pos) // 8 + 1:
            raise WireError(f"Produce request: partition count {partition_count} does not fit the request")
        partitions: list[tuple[int, memoryview | None]] = []
        for _ in range(partition_count):
            index, size = _INDEX_SIZE.unpack_from(view, pos)
            pos += 8
            if size < 0:
                partitions.append((index, None))
                continue
            stop = pos + size
            if stop > end:
                raise WireError(f"Produce request: {size} bytes of records announced, {end - pos} left")
            partitions.append((index, view[pos:stop]))
            pos = stop
        topics.append(ProduceTopic(name, partitions))
    if pos > end:
        raise WireError(f"Produce request ends {pos - end} bytes too early")
    return ProduceCall(transactional_id, acks, timeout_ms, topics)


def _decode_flexible(view: memoryview, version: int, pos: int) -> ProduceCall:
    end = len(view)
    length, pos = read_uvarint(view, pos)
    transactional_id = None
    if length:
        stop = pos + length - 1
        if stop > end:
            raise WireError("Produce request: transactional id is longer than the request")
        transactional_id = str(view[pos:stop], "utf-8")
        pos = stop
    acks, timeout_ms = _ACKS_TIMEOUT.unpack_from(view, pos)
    pos += 6
    count, pos = read_uvarint(view, pos)
    if not 1 <= count <= end - pos + 1:
        raise WireError(f"Produce request: topic count {count - 1} does not fit the request")
    by_id = version >= TOPIC_IDS_SINCE
    topics = []
    for _ in range(count - 1):
        key: str | bytes
        if by_id:
            key = bytes(view[pos : pos + 16])
            pos += 16
        else:
            length, pos = read_uvarint(view, pos)
            if length == 0:
                raise WireError("Produce request: topic name is null")
            stop = pos + length - 1
            key = str(view[pos:stop], "utf-8")
            pos = stop
        partition_count, pos = read_uvarint(view, pos)
        if not 1 <= partition_count <= end - pos + 1:
            raise WireError(f"Produce request: partition count {partition_count - 1} does not fit the request")
        partitions: list[tuple[int, memoryview | None]] = []
        for _ in range(partition_count - 1):
            (index,) = _I32.unpack_from(view, pos)
            size, pos = read_uvarint(view, pos + 4)
            if size == 0:
                partitions.append((index, None))
            else:
                stop = pos + size - 1
                if stop > end:
                    raise WireError(f"Produce request: {size - 1} bytes of records announced, {end - pos} left")
                partitions.append((index, view[pos:stop]))
                pos = stop
            pos = pos + 1 if view[pos] == 0 else skip_tags(view, pos)
        pos = pos + 1 if view[pos] == 0 else skip_tags(view, pos)
        topics.append(ProduceTopic(key, partitions))
    pos = pos + 1 if view[pos] == 0 else skip_tags(view, pos)
    if pos > end:
        raise WireError(f"Produce request ends {pos - end} bytes too early")
    return ProduceCall(transactional_id, acks, timeout_ms, topics)


def encode(
    answers: Sequence[tuple[str | bytes, Sequence[PartitionAnswer]]], version: int, endpoints: Sequence[Endpoint] = ()
) -> bytes:
    """Writes a response body. `endpoints` go to clients that were told of another leader (v10+)."""
    flexible = version >= FLEXIBLE_SINCE
    # What follows the fixed fields of a partition that has nothing to complain about: no record errors, no message, no tags.
    plain = b"\x01\x00\x00" if flexible else b"\x00\x00\x00\x00\xff\xff" if version >= 8 else b""
    out = bytearray()
    _count(out, len(answers), flexible)
    for key, partitions in answers:
        if isinstance(key, bytes):
            out += key
        else:
            put_string(out, key, flexible)
        _count(out, len(partitions), flexible)
        for a in partitions:
            if version >= 5:
                out += _PARTITION_V5.pack(a.partition, a.error, a.base_offset, a.log_append_time_ms, a.log_start_offset)
            else:
                out += _PARTITION_V3.pack(a.partition, a.error, a.base_offset, a.log_append_time_ms)
            if a.message is None and not a.record_errors and a.leader is None:
                out += plain
                continue
            if version >= 8:
                _put_record_errors(out, a, flexible)
            if flexible:
                if version >= 10 and a.leader is not None:
                    out += b"\x01\x00\x09" + _INDEX_SIZE.pack(*a.leader) + b"\x00"
                else:
                    out += b"\x00"
        if flexible:
            out += b"\x00"
    out += b"\x00\x00\x00\x00"  # throttle_time_ms
    if flexible:
        if version >= 10 and endpoints:
            _put_endpoints(out, endpoints)
        else:
            out += b"\x00"
    return bytes(out)


class Endpoint(NamedTuple):
    """A node's address, as Produce and Fetch responses carry it in a tag."""

    node_id: int
    host: str
    port: int
    rack: str | None


def _put_record_errors(out: bytearray, a: PartitionAnswer, flexible: bool) -> None:
    if not a.record_errors and a.message is None:
        out += b"\x01\x00" if flexible else b"\x00\x00\x00\x00\xff\xff"
        return
    _count(out, len(a.record_errors), flexible)
    for batch_index, message in a.record_errors:
        out += _I32.pack(batch_index)
        put_string(out, message, flexible)
        if flexible:
            out += b"\x00"
    put_string(out, a.message, flexible)


def _put_endpoints(out: bytearray, endpoints: Sequence[Endpoint]) -> None:
    body = bytearray()
    put_uvarint(body, len(endpoints) + 1)
    for node_id, host, port, rack in endpoints:
        body += _I32.pack(node_id)
        put_string(body, host, True)
        body += _I32.pack(port)
        put_string(body, rack, True)
        body += b"\x00"
    out += b"\x01\x00"
    put_uvarint(out, len(body))
    out += body


# --- small primitives shared with hot_fetch -----------------------------------------------------------------------------------


def read_uvarint(view: memoryview, pos: int) -> tuple[int, int]:
    """An unsigned varint of at most 5 bytes and the position after it."""
    byte = view[pos]
    if byte < 0x80:
        return byte, pos + 1
    value, shift = byte & 0x7F, 7
    while shift < 35:
        pos += 1
        byte = view[pos]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, pos + 1
        shift += 7
    raise WireError("varint is longer than 5 bytes")


def skip_tags(view: memoryview, pos: int) -> int:
    """The position after a tagged section nobody here wants to read."""
    count, pos = read_uvarint(view, pos)
    if count > len(view) - pos:
        raise WireError(f"{count} tagged fields announced in {len(view) - pos} bytes")
    for _ in range(count):
        _, pos = read_uvarint(view, pos)
        size, pos = read_uvarint(view, pos)
        pos += size
        if pos > len(view):
            raise WireError("a tagged field is longer than the request")
    return pos


def put_uvarint(out: bytearray, value: int) -> None:
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def put_string(out: bytearray, text: str | None, flexible: bool) -> None:
    raw = b"" if text is None else text.encode()
    if flexible:
        put_uvarint(out, 0 if text is None else len(raw) + 1)
    else:
        out += _I16.pack(-1 if text is None else len(raw))
    out += raw


def _count(out: bytearray, count: int, flexible: bool) -> None:
    if flexible:
        put_uvarint(out, count + 1)
    else:
        out += _I32.pack(count)
