# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListPartitionReassignmentsResponse, API key 46: version 0, flexible from 0."""

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
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_u_iB = Struct(">iB").unpack_from
_u_ihB = Struct(">ihB").unpack_from


class OngoingPartitionReassignment(WireStruct):
    __slots__ = ("partition_index", "replicas", "adding_replicas", "removing_replicas")
    partition_index: int
    replicas: list[int]
    adding_replicas: list[int]
    removing_replicas: list[int]

    def __init__(
        self,
        partition_index: int = 0,
        replicas: list[int] = NEW,
        adding_replicas: list[int] = NEW,
        removing_replicas: list[int] = NEW,
    ) -> None:
        self.partition_index = partition_index
        self.replicas = [] if replicas is NEW else replicas
        self.adding_replicas = [] if adding_replicas is NEW else adding_replicas
        self.removing_replicas = [] if removing_replicas is NEW else removing_replicas


class OngoingTopicReassignment(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[OngoingPartitionReassignment]

    def __init__(
        self,
        name: str = "",
        partitions: list[OngoingPartitionReassignment] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class ListPartitionReassignmentsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "topics")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    topics: list[OngoingTopicReassignment]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        topics: list[OngoingTopicReassignment] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.topics = [] if topics is NEW else topics


def _read_ongoing_partition_reassignment_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[OngoingPartitionReassignment], int]:
    out: list[OngoingPartitionReassignment] = []
    for _ in range(count):
        partition_index, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "Replicas")
        replicas = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "AddingReplicas")
        adding_replicas = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "RemovingReplicas")
        removing_replicas = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OngoingPartitionReassignment(partition_index, replicas, adding_replicas, removing_replicas))
    return out, pos


def _read_ongoing_topic_reassignment_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[OngoingTopicReassignment], int]:
    out: list[OngoingTopicReassignment] = []
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
            n, pos = long_count(buf, pos, n, 8, "Partitions")
        partitions, pos = _read_ongoing_partition_reassignment_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OngoingTopicReassignment(name, partitions))
    return out, pos


def _read_list_partition_reassignments_response_v0(buf: bytes, pos: int) -> tuple[ListPartitionReassignmentsResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
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
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_ongoing_topic_reassignment_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListPartitionReassignmentsResponse(throttle_time_ms, error_code, error_message, topics), pos


def _write_ongoing_partition_reassignment_list_v0(w: Write, items: list[OngoingPartitionReassignment]) -> None:
    for x in items:
        n = len(x.replicas) + 1
        w(_p_iB(x.partition_index, n) if n < 128 else _p_i(x.partition_index) + uvarint(n))
        if x.replicas:
            w(pack_int32s(x.replicas))
        n = len(x.adding_replicas) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.adding_replicas:
            w(pack_int32s(x.adding_replicas))
        n = len(x.removing_replicas) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.removing_replicas:
            w(pack_int32s(x.removing_replicas))
        w(b"\0")


def _write_ongoing_topic_reassignment_list_v0(w: Write, items: list[OngoingTopicReassignment]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_ongoing_partition_reassignment_list_v0(w, x.partitions)
        w(b"\0")


def _write_list_partition_reassignments_response_v0(w: Write, x: ListPartitionReassignmentsResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_ongoing_topic_reassignment_list_v0(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListPartitionReassignmentsResponse, int]]]] = {
    0: _read_list_partition_reassignments_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, ListPartitionReassignmentsResponse], None]]] = {
    0: _write_list_partition_reassignments_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListPartitionReassignmentsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListPartitionReassignmentsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ListPartitionReassignmentsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListPartitionReassignmentsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListPartitionReassignmentsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ListPartitionReassignmentsResponse", version, len(data), end)
    return message, end


def encode_parts(message: ListPartitionReassignmentsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListPartitionReassignmentsResponse", version, exc) from exc
    return parts


def encode(message: ListPartitionReassignmentsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListPartitionReassignmentsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListPartitionReassignmentsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
