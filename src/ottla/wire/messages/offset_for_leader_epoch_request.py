# Generated from table.txt by ottla.wire.generator; do not edit.
"""OffsetForLeaderEpochRequest, API key 23: versions 2 to 4, flexible from 4."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 23
MIN_VERSION: Final = 2
MAX_VERSION: Final = 4
FLEXIBLE_SINCE: Final[int | None] = 4

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_p_iii = Struct(">iii").pack
_p_iiix = Struct(">iiix").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from
_u_iii = Struct(">iii").unpack_from
_u_iiiB = Struct(">iiiB").unpack_from


class OffsetForLeaderPartition(WireStruct):
    __slots__ = ("partition", "current_leader_epoch", "leader_epoch")
    partition: int
    current_leader_epoch: int
    leader_epoch: int

    def __init__(
        self,
        partition: int = 0,
        current_leader_epoch: int = -1,
        leader_epoch: int = 0,
    ) -> None:
        self.partition = partition
        self.current_leader_epoch = current_leader_epoch
        self.leader_epoch = leader_epoch


class OffsetForLeaderTopic(WireStruct):
    __slots__ = ("topic", "partitions")
    topic: str
    partitions: list[OffsetForLeaderPartition]

    def __init__(
        self,
        topic: str = "",
        partitions: list[OffsetForLeaderPartition] = NEW,
    ) -> None:
        self.topic = topic
        self.partitions = [] if partitions is NEW else partitions


class OffsetForLeaderEpochRequest(WireStruct):
    __slots__ = ("replica_id", "topics")
    replica_id: int
    topics: list[OffsetForLeaderTopic]

    def __init__(
        self,
        replica_id: int = -2,
        topics: list[OffsetForLeaderTopic] = NEW,
    ) -> None:
        self.replica_id = replica_id
        self.topics = [] if topics is NEW else topics


def _read_offset_for_leader_partition_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[OffsetForLeaderPartition], int]:
    out: list[OffsetForLeaderPartition] = []
    for _ in range(count):
        partition, current_leader_epoch, leader_epoch = _u_iii(buf, pos)
        pos += 12
        out.append(OffsetForLeaderPartition(partition, current_leader_epoch, leader_epoch))
    return out, pos


def _read_offset_for_leader_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[OffsetForLeaderTopic], int]:
    out: list[OffsetForLeaderTopic] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Topic")
        end = pos + n
        topic = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 12, "Partitions")
        partitions, pos = _read_offset_for_leader_partition_list_v2(buf, pos, n) if n else ([], pos)
        out.append(OffsetForLeaderTopic(topic, partitions))
    return out, pos


def _read_offset_for_leader_epoch_request_v2(buf: bytes, pos: int) -> tuple[OffsetForLeaderEpochRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_for_leader_topic_list_v2(buf, pos, n) if n else ([], pos)
    return OffsetForLeaderEpochRequest(-2, topics), pos


def _read_offset_for_leader_epoch_request_v3(buf: bytes, pos: int) -> tuple[OffsetForLeaderEpochRequest, int]:
    replica_id, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_for_leader_topic_list_v2(buf, pos, n) if n else ([], pos)
    return OffsetForLeaderEpochRequest(replica_id, topics), pos


def _read_offset_for_leader_partition_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[OffsetForLeaderPartition], int]:
    out: list[OffsetForLeaderPartition] = []
    for _ in range(count):
        partition, current_leader_epoch, leader_epoch, tags = _u_iiiB(buf, pos)
        pos += 13
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetForLeaderPartition(partition, current_leader_epoch, leader_epoch))
    return out, pos


def _read_offset_for_leader_topic_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[OffsetForLeaderTopic], int]:
    out: list[OffsetForLeaderTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Topic")
        end = pos + n - 1
        topic = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 13, "Partitions")
        partitions, pos = _read_offset_for_leader_partition_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetForLeaderTopic(topic, partitions))
    return out, pos


def _read_offset_for_leader_epoch_request_v4(buf: bytes, pos: int) -> tuple[OffsetForLeaderEpochRequest, int]:
    replica_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_offset_for_leader_topic_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetForLeaderEpochRequest(replica_id, topics), pos


def _write_offset_for_leader_partition_list_v2(w: Write, items: list[OffsetForLeaderPartition]) -> None:
    for x in items:
        w(_p_iii(x.partition, x.current_leader_epoch, x.leader_epoch))


def _write_offset_for_leader_topic_list_v2(w: Write, items: list[OffsetForLeaderTopic]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_offset_for_leader_partition_list_v2(w, x.partitions)


def _write_offset_for_leader_epoch_request_v2(w: Write, x: OffsetForLeaderEpochRequest) -> None:
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_for_leader_topic_list_v2(w, x.topics)


def _write_offset_for_leader_epoch_request_v3(w: Write, x: OffsetForLeaderEpochRequest) -> None:
    n = len(x.topics)
    w(_p_ii(x.replica_id, n))
    if x.topics:
        _write_offset_for_leader_topic_list_v2(w, x.topics)


def _write_offset_for_leader_partition_list_v4(w: Write, items: list[OffsetForLeaderPartition]) -> None:
    for x in items:
        w(_p_iiix(x.partition, x.current_leader_epoch, x.leader_epoch))


def _write_offset_for_leader_topic_list_v4(w: Write, items: list[OffsetForLeaderTopic]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Topic"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_offset_for_leader_partition_list_v4(w, x.partitions)
        w(b"\0")


def _write_offset_for_leader_epoch_request_v4(w: Write, x: OffsetForLeaderEpochRequest) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.replica_id, n) if n < 128 else _p_i(x.replica_id) + uvarint(n))
    if x.topics:
        _write_offset_for_leader_topic_list_v4(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[OffsetForLeaderEpochRequest, int]]]] = {
    2: _read_offset_for_leader_epoch_request_v2,
    3: _read_offset_for_leader_epoch_request_v3,
    4: _read_offset_for_leader_epoch_request_v4,
}
_WRITE: Final[dict[int, Callable[[Write, OffsetForLeaderEpochRequest], None]]] = {
    2: _write_offset_for_leader_epoch_request_v2,
    3: _write_offset_for_leader_epoch_request_v3,
    4: _write_offset_for_leader_epoch_request_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> OffsetForLeaderEpochRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetForLeaderEpochRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("OffsetForLeaderEpochRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[OffsetForLeaderEpochRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetForLeaderEpochRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("OffsetForLeaderEpochRequest", version, len(data), end)
    return message, end


def encode_parts(message: OffsetForLeaderEpochRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetForLeaderEpochRequest", version, exc) from exc
    return parts


def encode(message: OffsetForLeaderEpochRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetForLeaderEpochRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: OffsetForLeaderEpochRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
