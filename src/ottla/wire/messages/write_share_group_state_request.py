# Generated from table.txt by ottla.wire.generator; do not edit.
"""WriteShareGroupStateRequest, API key 85: versions 0 to 1, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    ZERO_UUID,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 85
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_iiiq = Struct(">iiiq").pack
_p_iiiqB = Struct(">iiiqB").pack
_p_iiiqi = Struct(">iiiqi").pack
_p_iiiqiB = Struct(">iiiqiB").pack
_p_qqbhx = Struct(">qqbhx").pack
_u_UB = Struct(">16sB").unpack_from
_u_iiiqB = Struct(">iiiqB").unpack_from
_u_iiiqiB = Struct(">iiiqiB").unpack_from
_u_qqbhB = Struct(">qqbhB").unpack_from


class StateBatch(WireStruct):
    __slots__ = ("first_offset", "last_offset", "delivery_state", "delivery_count")
    first_offset: int
    last_offset: int
    delivery_state: int
    delivery_count: int

    def __init__(
        self,
        first_offset: int = 0,
        last_offset: int = 0,
        delivery_state: int = 0,
        delivery_count: int = 0,
    ) -> None:
        self.first_offset = first_offset
        self.last_offset = last_offset
        self.delivery_state = delivery_state
        self.delivery_count = delivery_count


class PartitionData(WireStruct):
    __slots__ = ("partition", "state_epoch", "leader_epoch", "start_offset", "delivery_complete_count", "state_batches")
    partition: int
    state_epoch: int
    leader_epoch: int
    start_offset: int
    delivery_complete_count: int
    state_batches: list[StateBatch]

    def __init__(
        self,
        partition: int = 0,
        state_epoch: int = 0,
        leader_epoch: int = 0,
        start_offset: int = 0,
        delivery_complete_count: int = -1,
        state_batches: list[StateBatch] = NEW,
    ) -> None:
        self.partition = partition
        self.state_epoch = state_epoch
        self.leader_epoch = leader_epoch
        self.start_offset = start_offset
        self.delivery_complete_count = delivery_complete_count
        self.state_batches = [] if state_batches is NEW else state_batches


class WriteStateData(WireStruct):
    __slots__ = ("topic_id", "partitions")
    topic_id: bytes
    partitions: list[PartitionData]

    def __init__(
        self,
        topic_id: bytes = ZERO_UUID,
        partitions: list[PartitionData] = NEW,
    ) -> None:
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class WriteShareGroupStateRequest(WireStruct):
    __slots__ = ("group_id", "topics")
    group_id: str
    topics: list[WriteStateData]

    def __init__(
        self,
        group_id: str = "",
        topics: list[WriteStateData] = NEW,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is NEW else topics


def _read_state_batch_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[StateBatch], int]:
    out: list[StateBatch] = []
    for _ in range(count):
        first_offset, last_offset, delivery_state, delivery_count, tags = _u_qqbhB(buf, pos)
        pos += 20
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(StateBatch(first_offset, last_offset, delivery_state, delivery_count))
    return out, pos


def _read_partition_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition, state_epoch, leader_epoch, start_offset, n = _u_iiiqB(buf, pos)
        pos += 21
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 20, "StateBatches")
        state_batches, pos = _read_state_batch_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionData(partition, state_epoch, leader_epoch, start_offset, -1, state_batches))
    return out, pos


def _read_write_state_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[WriteStateData], int]:
    out: list[WriteStateData] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 22, "Partitions")
        partitions, pos = _read_partition_data_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(WriteStateData(topic_id, partitions))
    return out, pos


def _read_write_share_group_state_request_v0(buf: bytes, pos: int) -> tuple[WriteShareGroupStateRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_write_state_data_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return WriteShareGroupStateRequest(group_id, topics), pos


def _read_partition_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition, state_epoch, leader_epoch, start_offset, delivery_complete_count, n = _u_iiiqiB(buf, pos)
        pos += 25
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 20, "StateBatches")
        state_batches, pos = _read_state_batch_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionData(partition, state_epoch, leader_epoch, start_offset, delivery_complete_count, state_batches))
    return out, pos


def _read_write_state_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[WriteStateData], int]:
    out: list[WriteStateData] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 26, "Partitions")
        partitions, pos = _read_partition_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(WriteStateData(topic_id, partitions))
    return out, pos


def _read_write_share_group_state_request_v1(buf: bytes, pos: int) -> tuple[WriteShareGroupStateRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_write_state_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return WriteShareGroupStateRequest(group_id, topics), pos


def _write_state_batch_list_v0(w: Write, items: list[StateBatch]) -> None:
    for x in items:
        w(_p_qqbhx(x.first_offset, x.last_offset, x.delivery_state, x.delivery_count))


def _write_partition_data_list_v0(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        n = len(x.state_batches) + 1
        w(_p_iiiqB(x.partition, x.state_epoch, x.leader_epoch, x.start_offset, n) if n < 128 else _p_iiiq(x.partition, x.state_epoch, x.leader_epoch, x.start_offset) + uvarint(n))
        if x.state_batches:
            _write_state_batch_list_v0(w, x.state_batches)
        w(b"\0")


def _write_write_state_data_list_v0(w: Write, items: list[WriteStateData]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_partition_data_list_v0(w, x.partitions)
        w(b"\0")


def _write_write_share_group_state_request_v0(w: Write, x: WriteShareGroupStateRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_write_state_data_list_v0(w, x.topics)
    w(b"\0")


def _write_partition_data_list_v1(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        n = len(x.state_batches) + 1
        w(_p_iiiqiB(x.partition, x.state_epoch, x.leader_epoch, x.start_offset, x.delivery_complete_count, n) if n < 128 else _p_iiiqi(x.partition, x.state_epoch, x.leader_epoch, x.start_offset, x.delivery_complete_count) + uvarint(n))
        if x.state_batches:
            _write_state_batch_list_v0(w, x.state_batches)
        w(b"\0")


def _write_write_state_data_list_v1(w: Write, items: list[WriteStateData]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_partition_data_list_v1(w, x.partitions)
        w(b"\0")


def _write_write_share_group_state_request_v1(w: Write, x: WriteShareGroupStateRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_write_state_data_list_v1(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[WriteShareGroupStateRequest, int]]]] = {
    0: _read_write_share_group_state_request_v0,
    1: _read_write_share_group_state_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, WriteShareGroupStateRequest], None]]] = {
    0: _write_write_share_group_state_request_v0,
    1: _write_write_share_group_state_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> WriteShareGroupStateRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("WriteShareGroupStateRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("WriteShareGroupStateRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[WriteShareGroupStateRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("WriteShareGroupStateRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("WriteShareGroupStateRequest", version, len(data), end)
    return message, end


def encode_parts(message: WriteShareGroupStateRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("WriteShareGroupStateRequest", version, exc) from exc
    return parts


def encode(message: WriteShareGroupStateRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("WriteShareGroupStateRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: WriteShareGroupStateRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
