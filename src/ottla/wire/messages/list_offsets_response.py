# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListOffsetsResponse, API key 2: versions 1 to 11, flexible from 6."""

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

API_KEY: Final = 2
MIN_VERSION: Final = 1
MAX_VERSION: Final = 11
FLEXIBLE_SINCE: Final[int | None] = 6

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ihqq = Struct(">ihqq").pack
_p_ihqqi = Struct(">ihqqi").pack
_p_ihqqix = Struct(">ihqqix").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ihqq = Struct(">ihqq").unpack_from
_u_ihqqi = Struct(">ihqqi").unpack_from
_u_ihqqiB = Struct(">ihqqiB").unpack_from
_u_ii = Struct(">ii").unpack_from


class ListOffsetsPartitionResponse(WireStruct):
    __slots__ = ("partition_index", "error_code", "timestamp", "offset", "leader_epoch")
    partition_index: int
    error_code: int
    timestamp: int
    offset: int
    leader_epoch: int

    def __init__(
        self,
        partition_index: int = 0,
        error_code: int = 0,
        timestamp: int = -1,
        offset: int = -1,
        leader_epoch: int = -1,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.timestamp = timestamp
        self.offset = offset
        self.leader_epoch = leader_epoch


class ListOffsetsTopicResponse(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[ListOffsetsPartitionResponse]

    def __init__(
        self,
        name: str = "",
        partitions: list[ListOffsetsPartitionResponse] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class ListOffsetsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "topics")
    throttle_time_ms: int
    topics: list[ListOffsetsTopicResponse]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        topics: list[ListOffsetsTopicResponse] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics


def _read_list_offsets_partition_response_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsPartitionResponse], int]:
    out: list[ListOffsetsPartitionResponse] = []
    for _ in range(count):
        partition_index, error_code, timestamp, offset = _u_ihqq(buf, pos)
        pos += 22
        out.append(ListOffsetsPartitionResponse(partition_index, error_code, timestamp, offset, -1))
    return out, pos


def _read_list_offsets_topic_response_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsTopicResponse], int]:
    out: list[ListOffsetsTopicResponse] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 22, "Partitions")
        partitions, pos = _read_list_offsets_partition_response_list_v1(buf, pos, n) if n else ([], pos)
        out.append(ListOffsetsTopicResponse(name, partitions))
    return out, pos


def _read_list_offsets_response_v1(buf: bytes, pos: int) -> tuple[ListOffsetsResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_list_offsets_topic_response_list_v1(buf, pos, n) if n else ([], pos)
    return ListOffsetsResponse(0, topics), pos


def _read_list_offsets_response_v2(buf: bytes, pos: int) -> tuple[ListOffsetsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_list_offsets_topic_response_list_v1(buf, pos, n) if n else ([], pos)
    return ListOffsetsResponse(throttle_time_ms, topics), pos


def _read_list_offsets_partition_response_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsPartitionResponse], int]:
    out: list[ListOffsetsPartitionResponse] = []
    for _ in range(count):
        partition_index, error_code, timestamp, offset, leader_epoch = _u_ihqqi(buf, pos)
        pos += 26
        out.append(ListOffsetsPartitionResponse(partition_index, error_code, timestamp, offset, leader_epoch))
    return out, pos


def _read_list_offsets_topic_response_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsTopicResponse], int]:
    out: list[ListOffsetsTopicResponse] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 26, "Partitions")
        partitions, pos = _read_list_offsets_partition_response_list_v4(buf, pos, n) if n else ([], pos)
        out.append(ListOffsetsTopicResponse(name, partitions))
    return out, pos


def _read_list_offsets_response_v4(buf: bytes, pos: int) -> tuple[ListOffsetsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_list_offsets_topic_response_list_v4(buf, pos, n) if n else ([], pos)
    return ListOffsetsResponse(throttle_time_ms, topics), pos


def _read_list_offsets_partition_response_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsPartitionResponse], int]:
    out: list[ListOffsetsPartitionResponse] = []
    for _ in range(count):
        partition_index, error_code, timestamp, offset, leader_epoch, tags = _u_ihqqiB(buf, pos)
        pos += 27
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ListOffsetsPartitionResponse(partition_index, error_code, timestamp, offset, leader_epoch))
    return out, pos


def _read_list_offsets_topic_response_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsTopicResponse], int]:
    out: list[ListOffsetsTopicResponse] = []
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
            n, pos = long_count(buf, pos, n, 27, "Partitions")
        partitions, pos = _read_list_offsets_partition_response_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ListOffsetsTopicResponse(name, partitions))
    return out, pos


def _read_list_offsets_response_v6(buf: bytes, pos: int) -> tuple[ListOffsetsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_list_offsets_topic_response_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListOffsetsResponse(throttle_time_ms, topics), pos


def _write_list_offsets_partition_response_list_v1(w: Write, items: list[ListOffsetsPartitionResponse]) -> None:
    for x in items:
        if x.leader_epoch != -1:
            raise absent_fault("LeaderEpoch")
        w(_p_ihqq(x.partition_index, x.error_code, x.timestamp, x.offset))


def _write_list_offsets_topic_response_list_v1(w: Write, items: list[ListOffsetsTopicResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_list_offsets_partition_response_list_v1(w, x.partitions)


def _write_list_offsets_response_v1(w: Write, x: ListOffsetsResponse) -> None:
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_list_offsets_topic_response_list_v1(w, x.topics)


def _write_list_offsets_response_v2(w: Write, x: ListOffsetsResponse) -> None:
    n = len(x.topics)
    w(_p_ii(x.throttle_time_ms, n))
    if x.topics:
        _write_list_offsets_topic_response_list_v1(w, x.topics)


def _write_list_offsets_partition_response_list_v4(w: Write, items: list[ListOffsetsPartitionResponse]) -> None:
    for x in items:
        w(_p_ihqqi(x.partition_index, x.error_code, x.timestamp, x.offset, x.leader_epoch))


def _write_list_offsets_topic_response_list_v4(w: Write, items: list[ListOffsetsTopicResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_list_offsets_partition_response_list_v4(w, x.partitions)


def _write_list_offsets_response_v4(w: Write, x: ListOffsetsResponse) -> None:
    n = len(x.topics)
    w(_p_ii(x.throttle_time_ms, n))
    if x.topics:
        _write_list_offsets_topic_response_list_v4(w, x.topics)


def _write_list_offsets_partition_response_list_v6(w: Write, items: list[ListOffsetsPartitionResponse]) -> None:
    for x in items:
        w(_p_ihqqix(x.partition_index, x.error_code, x.timestamp, x.offset, x.leader_epoch))


def _write_list_offsets_topic_response_list_v6(w: Write, items: list[ListOffsetsTopicResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_list_offsets_partition_response_list_v6(w, x.partitions)
        w(b"\0")


def _write_list_offsets_response_v6(w: Write, x: ListOffsetsResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_list_offsets_topic_response_list_v6(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListOffsetsResponse, int]]]] = {
    1: _read_list_offsets_response_v1,
    2: _read_list_offsets_response_v2,
    3: _read_list_offsets_response_v2,
    4: _read_list_offsets_response_v4,
    5: _read_list_offsets_response_v4,
    6: _read_list_offsets_response_v6,
    7: _read_list_offsets_response_v6,
    8: _read_list_offsets_response_v6,
    9: _read_list_offsets_response_v6,
    10: _read_list_offsets_response_v6,
    11: _read_list_offsets_response_v6,
}
_WRITE: Final[dict[int, Callable[[Write, ListOffsetsResponse], None]]] = {
    1: _write_list_offsets_response_v1,
    2: _write_list_offsets_response_v2,
    3: _write_list_offsets_response_v2,
    4: _write_list_offsets_response_v4,
    5: _write_list_offsets_response_v4,
    6: _write_list_offsets_response_v6,
    7: _write_list_offsets_response_v6,
    8: _write_list_offsets_response_v6,
    9: _write_list_offsets_response_v6,
    10: _write_list_offsets_response_v6,
    11: _write_list_offsets_response_v6,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListOffsetsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListOffsetsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ListOffsetsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListOffsetsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListOffsetsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ListOffsetsResponse", version, len(data), end)
    return message, end


def encode_parts(message: ListOffsetsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListOffsetsResponse", version, exc) from exc
    return parts


def encode(message: ListOffsetsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListOffsetsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListOffsetsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
