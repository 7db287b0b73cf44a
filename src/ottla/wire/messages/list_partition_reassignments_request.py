# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListPartitionReassignmentsRequest, API key 46: version 0, flexible from 0."""

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
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 46
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_u_iB = Struct(">iB").unpack_from


class ListPartitionReassignmentsTopics(WireStruct):
    __slots__ = ("name", "partition_indexes")
    name: str
    partition_indexes: list[int]

    def __init__(
        self,
        name: str = "",
        partition_indexes: list[int] = NEW,
    ) -> None:
        self.name = name
        self.partition_indexes = [] if partition_indexes is NEW else partition_indexes


class ListPartitionReassignmentsRequest(WireStruct):
    __slots__ = ("timeout_ms", "topics")
    timeout_ms: int
    topics: list[ListPartitionReassignmentsTopics] | None

    def __init__(
        self,
        timeout_ms: int = 60000,
        topics: list[ListPartitionReassignmentsTopics] | None = None,
    ) -> None:
        self.timeout_ms = timeout_ms
        self.topics = topics


def _read_list_partition_reassignments_topics_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ListPartitionReassignmentsTopics], int]:
    out: list[ListPartitionReassignmentsTopics] = []
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
            n, pos = long_count(buf, pos, n, 4, "PartitionIndexes")
        partition_indexes = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ListPartitionReassignmentsTopics(name, partition_indexes))
    return out, pos


def _read_list_partition_reassignments_request_v0(buf: bytes, pos: int) -> tuple[ListPartitionReassignmentsRequest, int]:
    timeout_ms, n = _u_iB(buf, pos)
    pos += 5
    if n == 0:
        topics = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_list_partition_reassignments_topics_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListPartitionReassignmentsRequest(timeout_ms, topics), pos


def _write_list_partition_reassignments_topics_list_v0(w: Write, items: list[ListPartitionReassignmentsTopics]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partition_indexes) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partition_indexes:
            w(pack_int32s(x.partition_indexes))
        w(b"\0")


def _write_list_partition_reassignments_request_v0(w: Write, x: ListPartitionReassignmentsRequest) -> None:
    n = 0 if x.topics is None else len(x.topics) + 1
    w(_p_iB(x.timeout_ms, n) if n < 128 else _p_i(x.timeout_ms) + uvarint(n))
    if x.topics:
        _write_list_partition_reassignments_topics_list_v0(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListPartitionReassignmentsRequest, int]]]] = {
    0: _read_list_partition_reassignments_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, ListPartitionReassignmentsRequest], None]]] = {
    0: _write_list_partition_reassignments_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListPartitionReassignmentsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListPartitionReassignmentsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ListPartitionReassignmentsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListPartitionReassignmentsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListPartitionReassignmentsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ListPartitionReassignmentsRequest", version, len(data), end)
    return message, end


def encode_parts(message: ListPartitionReassignmentsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListPartitionReassignmentsRequest", version, exc) from exc
    return parts


def encode(message: ListPartitionReassignmentsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListPartitionReassignmentsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListPartitionReassignmentsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
