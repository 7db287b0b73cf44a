# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterPartitionReassignmentsRequest, API key 45: versions 0 to 1, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    absent_fault,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 45
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_iZ = Struct(">i?").pack
_p_iZB = Struct(">i?B").pack
_u_iB = Struct(">iB").unpack_from
_u_iZB = Struct(">i?B").unpack_from


class ReassignablePartition(WireStruct):
    __slots__ = ("partition_index", "replicas")
    partition_index: int
    replicas: list[int] | None

    def __init__(
        self,
        partition_index: int = 0,
        replicas: list[int] | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.replicas = replicas


class ReassignableTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[ReassignablePartition]

    def __init__(
        self,
        name: str = "",
        partitions: list[ReassignablePartition] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class AlterPartitionReassignmentsRequest(WireStruct):
    __slots__ = ("timeout_ms", "allow_replication_factor_change", "topics")
    timeout_ms: int
    allow_replication_factor_change: bool
    topics: list[ReassignableTopic]

    def __init__(
        self,
        timeout_ms: int = 60000,
        allow_replication_factor_change: bool = True,
        topics: list[ReassignableTopic] = NEW,
    ) -> None:
        self.timeout_ms = timeout_ms
        self.allow_replication_factor_change = allow_replication_factor_change
        self.topics = [] if topics is NEW else topics


def _read_reassignable_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ReassignablePartition], int]:
    out: list[ReassignablePartition] = []
    for _ in range(count):
        partition_index, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            replicas = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 4, "Replicas")
            replicas = read_int32s(buf, pos, n - 1)
            pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ReassignablePartition(partition_index, replicas))
    return out, pos


def _read_reassignable_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ReassignableTopic], int]:
    out: list[ReassignableTopic] = []
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
            n, pos = long_count(buf, pos, n, 6, "Partitions")
        partitions, pos = _read_reassignable_partition_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ReassignableTopic(name, partitions))
    return out, pos


def _read_alter_partition_reassignments_request_v0(buf: bytes, pos: int) -> tuple[AlterPartitionReassignmentsRequest, int]:
    timeout_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_reassignable_topic_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterPartitionReassignmentsRequest(timeout_ms, True, topics), pos


def _read_alter_partition_reassignments_request_v1(buf: bytes, pos: int) -> tuple[AlterPartitionReassignmentsRequest, int]:
    timeout_ms, allow_replication_factor_change, n = _u_iZB(buf, pos)
    pos += 6
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_reassignable_topic_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterPartitionReassignmentsRequest(timeout_ms, allow_replication_factor_change, topics), pos


def _write_reassignable_partition_list_v0(w: Write, items: list[ReassignablePartition]) -> None:
    for x in items:
        n = 0 if x.replicas is None else len(x.replicas) + 1
        w(_p_iB(x.partition_index, n) if n < 128 else _p_i(x.partition_index) + uvarint(n))
        if x.replicas:
            w(pack_int32s(x.replicas))
        w(b"\0")


def _write_reassignable_topic_list_v0(w: Write, items: list[ReassignableTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_reassignable_partition_list_v0(w, x.partitions)
        w(b"\0")


def _write_alter_partition_reassignments_request_v0(w: Write, x: AlterPartitionReassignmentsRequest) -> None:
    if not x.allow_replication_factor_change:
        raise absent_fault("AllowReplicationFactorChange")
    n = len(x.topics) + 1
    w(_p_iB(x.timeout_ms, n) if n < 128 else _p_i(x.timeout_ms) + uvarint(n))
    if x.topics:
        _write_reassignable_topic_list_v0(w, x.topics)
    w(b"\0")


def _write_alter_partition_reassignments_request_v1(w: Write, x: AlterPartitionReassignmentsRequest) -> None:
    n = len(x.topics) + 1
    w(_p_iZB(x.timeout_ms, x.allow_replication_factor_change, n) if n < 128 else _p_iZ(x.timeout_ms, x.allow_replication_factor_change) + uvarint(n))
    if x.topics:
        _write_reassignable_topic_list_v0(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterPartitionReassignmentsRequest, int]]]] = {
    0: _read_alter_partition_reassignments_request_v0,
    1: _read_alter_partition_reassignments_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, AlterPartitionReassignmentsRequest], None]]] = {
    0: _write_alter_partition_reassignments_request_v0,
    1: _write_alter_partition_reassignments_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterPartitionReassignmentsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterPartitionReassignmentsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterPartitionReassignmentsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterPartitionReassignmentsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterPartitionReassignmentsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterPartitionReassignmentsRequest", version, len(data), end)
    return message, end


def encode_parts(message: AlterPartitionReassignmentsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterPartitionReassignmentsRequest", version, exc) from exc
    return parts


def encode(message: AlterPartitionReassignmentsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterPartitionReassignmentsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterPartitionReassignmentsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
