# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeProducersResponse, API key 61: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 61
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_qiiqiqx = Struct(">qiiqiqx").pack
_u_iB = Struct(">iB").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_qiiqiqB = Struct(">qiiqiqB").unpack_from


class ProducerState(WireStruct):
    __slots__ = ("producer_id", "producer_epoch", "last_sequence", "last_timestamp", "coordinator_epoch", "current_txn_start_offset")
    producer_id: int
    producer_epoch: int
    last_sequence: int
    last_timestamp: int
    coordinator_epoch: int
    current_txn_start_offset: int

    def __init__(
        self,
        producer_id: int = 0,
        producer_epoch: int = 0,
        last_sequence: int = -1,
        last_timestamp: int = -1,
        coordinator_epoch: int = 0,
        current_txn_start_offset: int = -1,
    ) -> None:
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.last_sequence = last_sequence
        self.last_timestamp = last_timestamp
        self.coordinator_epoch = coordinator_epoch
        self.current_txn_start_offset = current_txn_start_offset


class PartitionResponse(WireStruct):
    __slots__ = ("partition_index", "error_code", "error_message", "active_producers")
    partition_index: int
    error_code: int
    error_message: str | None
    active_producers: list[ProducerState]

    def __init__(
        self,
        partition_index: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        active_producers: list[ProducerState] = NEW,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message
        self.active_producers = [] if active_producers is NEW else active_producers


class TopicResponse(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[PartitionResponse]

    def __init__(
        self,
        name: str = "",
        partitions: list[PartitionResponse] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class DescribeProducersResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "topics")
    throttle_time_ms: int
    topics: list[TopicResponse]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        topics: list[TopicResponse] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics


def _read_producer_state_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ProducerState], int]:
    out: list[ProducerState] = []
    for _ in range(count):
        producer_id, producer_epoch, last_sequence, last_timestamp, coordinator_epoch, current_txn_start_offset, tags = _u_qiiqiqB(buf, pos)
        pos += 37
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ProducerState(producer_id, producer_epoch, last_sequence, last_timestamp, coordinator_epoch, current_txn_start_offset))
    return out, pos


def _read_partition_response_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[PartitionResponse], int]:
    out: list[PartitionResponse] = []
    for _ in range(count):
        partition_index, error_code, n = _u_ihB(buf, pos)
        pos += 7
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 37, "ActiveProducers")
        active_producers, pos = _read_producer_state_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionResponse(partition_index, error_code, error_message, active_producers))
    return out, pos


def _read_topic_response_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicResponse], int]:
    out: list[TopicResponse] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 9, "Partitions")
        partitions, pos = _read_partition_response_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicResponse(name, partitions))
    return out, pos


def _read_describe_producers_response_v0(buf: bytes, pos: int) -> tuple[DescribeProducersResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_topic_response_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeProducersResponse(throttle_time_ms, topics), pos


def _write_producer_state_list_v0(w: Write, items: list[ProducerState]) -> None:
    for x in items:
        w(_p_qiiqiqx(x.producer_id, x.producer_epoch, x.last_sequence, x.last_timestamp, x.coordinator_epoch, x.current_txn_start_offset))


def _write_partition_response_list_v0(w: Write, items: list[PartitionResponse]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_ihB(x.partition_index, x.error_code, n) if n < 128 else _p_ih(x.partition_index, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        n = len(x.active_producers) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.active_producers:
            _write_producer_state_list_v0(w, x.active_producers)
        w(b"\0")


def _write_topic_response_list_v0(w: Write, items: list[TopicResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_partition_response_list_v0(w, x.partitions)
        w(b"\0")


def _write_describe_producers_response_v0(w: Write, x: DescribeProducersResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_topic_response_list_v0(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeProducersResponse, int]]]] = {
    0: _read_describe_producers_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeProducersResponse], None]]] = {
    0: _write_describe_producers_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeProducersResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeProducersResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeProducersResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeProducersResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeProducersResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeProducersResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeProducersResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeProducersResponse", version, exc) from exc
    return parts


def encode(message: DescribeProducersResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeProducersResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeProducersResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
