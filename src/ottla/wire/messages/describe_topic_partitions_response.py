# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeTopicPartitionsResponse, API key 75: version 0, flexible from 0."""

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
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 75
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_UZ = Struct(">16s?").pack
_p_UZB = Struct(">16s?B").pack
_p_b = Struct(">b").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hiii = Struct(">hiii").pack
_p_hiiiB = Struct(">hiiiB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ix = Struct(">ix").pack
_u_UZB = Struct(">16s?B").unpack_from
_u_b = Struct(">b").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hiiiB = Struct(">hiiiB").unpack_from
_u_iB = Struct(">iB").unpack_from


class DescribeTopicPartitionsResponsePartition(WireStruct):
    __slots__ = ("error_code", "partition_index", "leader_id", "leader_epoch", "replica_nodes", "isr_nodes", "eligible_leader_replicas", "last_known_elr", "offline_replicas")
    error_code: int
    partition_index: int
    leader_id: int
    leader_epoch: int
    replica_nodes: list[int]
    isr_nodes: list[int]
    eligible_leader_replicas: list[int] | None
    last_known_elr: list[int] | None
    offline_replicas: list[int]

    def __init__(
        self,
        error_code: int = 0,
        partition_index: int = 0,
        leader_id: int = 0,
        leader_epoch: int = -1,
        replica_nodes: list[int] = NEW,
        isr_nodes: list[int] = NEW,
        eligible_leader_replicas: list[int] | None = None,
        last_known_elr: list[int] | None = None,
        offline_replicas: list[int] = NEW,
    ) -> None:
        self.error_code = error_code
        self.partition_index = partition_index
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.replica_nodes = [] if replica_nodes is NEW else replica_nodes
        self.isr_nodes = [] if isr_nodes is NEW else isr_nodes
        self.eligible_leader_replicas = eligible_leader_replicas
        self.last_known_elr = last_known_elr
        self.offline_replicas = [] if offline_replicas is NEW else offline_replicas


class DescribeTopicPartitionsResponseTopic(WireStruct):
    __slots__ = ("error_code", "name", "topic_id", "is_internal", "partitions", "topic_authorized_operations")
    error_code: int
    name: str | None
    topic_id: bytes
    is_internal: bool
    partitions: list[DescribeTopicPartitionsResponsePartition]
    topic_authorized_operations: int

    def __init__(
        self,
        error_code: int = 0,
        name: str | None = "",
        topic_id: bytes = ZERO_UUID,
        is_internal: bool = False,
        partitions: list[DescribeTopicPartitionsResponsePartition] = NEW,
        topic_authorized_operations: int = -2147483648,
    ) -> None:
        self.error_code = error_code
        self.name = name
        self.topic_id = topic_id
        self.is_internal = is_internal
        self.partitions = [] if partitions is NEW else partitions
        self.topic_authorized_operations = topic_authorized_operations


class Cursor(WireStruct):
    __slots__ = ("topic_name", "partition_index")
    topic_name: str
    partition_index: int

    def __init__(
        self,
        topic_name: str = "",
        partition_index: int = 0,
    ) -> None:
        self.topic_name = topic_name
        self.partition_index = partition_index


class DescribeTopicPartitionsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "topics", "next_cursor")
    throttle_time_ms: int
    topics: list[DescribeTopicPartitionsResponseTopic]
    next_cursor: Cursor | None

    def __init__(
        self,
        throttle_time_ms: int = 0,
        topics: list[DescribeTopicPartitionsResponseTopic] = NEW,
        next_cursor: Cursor | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics
        self.next_cursor = next_cursor


def _read_describe_topic_partitions_response_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribeTopicPartitionsResponsePartition], int]:
    out: list[DescribeTopicPartitionsResponsePartition] = []
    for _ in range(count):
        error_code, partition_index, leader_id, leader_epoch, n = _u_hiiiB(buf, pos)
        pos += 15
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "ReplicaNodes")
        replica_nodes = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "IsrNodes")
        isr_nodes = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        n = buf[pos]
        pos += 1
        if n == 0:
            eligible_leader_replicas = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 4, "EligibleLeaderReplicas")
            eligible_leader_replicas = read_int32s(buf, pos, n - 1)
            pos += 4 * (n - 1)
        n = buf[pos]
        pos += 1
        if n == 0:
            last_known_elr = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 4, "LastKnownElr")
            last_known_elr = read_int32s(buf, pos, n - 1)
            pos += 4 * (n - 1)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "OfflineReplicas")
        offline_replicas = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeTopicPartitionsResponsePartition(error_code, partition_index, leader_id, leader_epoch, replica_nodes, isr_nodes, eligible_leader_replicas, last_known_elr, offline_replicas))
    return out, pos


def _read_describe_topic_partitions_response_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribeTopicPartitionsResponseTopic], int]:
    out: list[DescribeTopicPartitionsResponseTopic] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if n == 0:
            name = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Name")
            end = pos + n - 1
            name = buf[pos:end].decode()
            pos = end
        topic_id, is_internal, n = _u_UZB(buf, pos)
        pos += 18
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 20, "Partitions")
        partitions, pos = _read_describe_topic_partitions_response_partition_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        topic_authorized_operations, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeTopicPartitionsResponseTopic(error_code, name, topic_id, is_internal, partitions, topic_authorized_operations))
    return out, pos


def _read_cursor_v0(buf: bytes, pos: int) -> tuple[Cursor, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "TopicName")
    end = pos + n - 1
    topic_name = buf[pos:end].decode()
    pos = end
    partition_index, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return Cursor(topic_name, partition_index), pos


def _read_describe_topic_partitions_response_v0(buf: bytes, pos: int) -> tuple[DescribeTopicPartitionsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 26, "Topics")
    topics, pos = _read_describe_topic_partitions_response_topic_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    (n,) = _u_b(buf, pos)
    pos += 1
    if n < 0:
        next_cursor = None
    else:
        next_cursor, pos = _read_cursor_v0(buf, pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeTopicPartitionsResponse(throttle_time_ms, topics, next_cursor), pos


def _write_describe_topic_partitions_response_partition_list_v0(w: Write, items: list[DescribeTopicPartitionsResponsePartition]) -> None:
    for x in items:
        n = len(x.replica_nodes) + 1
        w(_p_hiiiB(x.error_code, x.partition_index, x.leader_id, x.leader_epoch, n) if n < 128 else _p_hiii(x.error_code, x.partition_index, x.leader_id, x.leader_epoch) + uvarint(n))
        if x.replica_nodes:
            w(pack_int32s(x.replica_nodes))
        n = len(x.isr_nodes) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.isr_nodes:
            w(pack_int32s(x.isr_nodes))
        n = 0 if x.eligible_leader_replicas is None else len(x.eligible_leader_replicas) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.eligible_leader_replicas:
            w(pack_int32s(x.eligible_leader_replicas))
        n = 0 if x.last_known_elr is None else len(x.last_known_elr) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.last_known_elr:
            w(pack_int32s(x.last_known_elr))
        n = len(x.offline_replicas) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.offline_replicas:
            w(pack_int32s(x.offline_replicas))
        w(b"\0")


def _write_describe_topic_partitions_response_topic_list_v0(w: Write, items: list[DescribeTopicPartitionsResponseTopic]) -> None:
    for x in items:
        if x.name is None:
            s = b""
            n = 0
        else:
            s = x.name.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "Name"))
        w(s)
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UZB(x.topic_id, x.is_internal, n) if n < 128 else _p_UZ(x.topic_id, x.is_internal) + uvarint(n))
        if x.partitions:
            _write_describe_topic_partitions_response_partition_list_v0(w, x.partitions)
        w(_p_ix(x.topic_authorized_operations))


def _write_cursor_v0(w: Write, x: Cursor) -> None:
    s = x.topic_name.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
    w(s)
    w(_p_ix(x.partition_index))


def _write_describe_topic_partitions_response_v0(w: Write, x: DescribeTopicPartitionsResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_describe_topic_partitions_response_topic_list_v0(w, x.topics)
    n = -1 if x.next_cursor is None else 1
    w(_p_b(n))
    if x.next_cursor is not None:
        _write_cursor_v0(w, x.next_cursor)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeTopicPartitionsResponse, int]]]] = {
    0: _read_describe_topic_partitions_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeTopicPartitionsResponse], None]]] = {
    0: _write_describe_topic_partitions_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeTopicPartitionsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeTopicPartitionsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeTopicPartitionsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeTopicPartitionsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeTopicPartitionsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeTopicPartitionsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeTopicPartitionsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeTopicPartitionsResponse", version, exc) from exc
    return parts


def encode(message: DescribeTopicPartitionsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeTopicPartitionsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeTopicPartitionsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
