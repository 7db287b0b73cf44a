# Generated from table.txt by ottla.wire.generator; do not edit.
"""OffsetCommitResponse, API key 8: versions 2 to 10, flexible from 8."""

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
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 8
MIN_VERSION: Final = 2
MAX_VERSION: Final = 10
FLEXIBLE_SINCE: Final[int | None] = 8

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihx = Struct(">ihx").pack
_p_ii = Struct(">ii").pack
_u_UB = Struct(">16sB").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ii = Struct(">ii").unpack_from


class OffsetCommitResponsePartition(WireStruct):
    __slots__ = ("partition_index", "error_code")
    partition_index: int
    error_code: int

    def __init__(
        self,
        partition_index: int = 0,
        error_code: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code


class OffsetCommitResponseTopic(WireStruct):
    __slots__ = ("name", "topic_id", "partitions")
    name: str
    topic_id: bytes
    partitions: list[OffsetCommitResponsePartition]

    def __init__(
        self,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[OffsetCommitResponsePartition] = NEW,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class OffsetCommitResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "topics")
    throttle_time_ms: int
    topics: list[OffsetCommitResponseTopic]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        topics: list[OffsetCommitResponseTopic] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics


def _read_offset_commit_response_partition_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitResponsePartition], int]:
    out: list[OffsetCommitResponsePartition] = []
    for _ in range(count):
        partition_index, error_code = _u_ih(buf, pos)
        pos += 6
        out.append(OffsetCommitResponsePartition(partition_index, error_code))
    return out, pos


def _read_offset_commit_response_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitResponseTopic], int]:
    out: list[OffsetCommitResponseTopic] = []
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
            check_count(buf, pos, n, 6, "Partitions")
        partitions, pos = _read_offset_commit_response_partition_list_v2(buf, pos, n) if n else ([], pos)
        out.append(OffsetCommitResponseTopic(name, ZERO_UUID, partitions))
    return out, pos


def _read_offset_commit_response_v2(buf: bytes, pos: int) -> tuple[OffsetCommitResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_commit_response_topic_list_v2(buf, pos, n) if n else ([], pos)
    return OffsetCommitResponse(0, topics), pos


def _read_offset_commit_response_v3(buf: bytes, pos: int) -> tuple[OffsetCommitResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_commit_response_topic_list_v2(buf, pos, n) if n else ([], pos)
    return OffsetCommitResponse(throttle_time_ms, topics), pos


def _read_offset_commit_response_partition_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitResponsePartition], int]:
    out: list[OffsetCommitResponsePartition] = []
    for _ in range(count):
        partition_index, error_code, tags = _u_ihB(buf, pos)
        pos += 7
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetCommitResponsePartition(partition_index, error_code))
    return out, pos


def _read_offset_commit_response_topic_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitResponseTopic], int]:
    out: list[OffsetCommitResponseTopic] = []
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
            n, pos = long_count(buf, pos, n, 7, "Partitions")
        partitions, pos = _read_offset_commit_response_partition_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetCommitResponseTopic(name, ZERO_UUID, partitions))
    return out, pos


def _read_offset_commit_response_v8(buf: bytes, pos: int) -> tuple[OffsetCommitResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_offset_commit_response_topic_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetCommitResponse(throttle_time_ms, topics), pos


def _read_offset_commit_response_topic_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitResponseTopic], int]:
    out: list[OffsetCommitResponseTopic] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 7, "Partitions")
        partitions, pos = _read_offset_commit_response_partition_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetCommitResponseTopic("", topic_id, partitions))
    return out, pos


def _read_offset_commit_response_v10(buf: bytes, pos: int) -> tuple[OffsetCommitResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_offset_commit_response_topic_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetCommitResponse(throttle_time_ms, topics), pos


def _write_offset_commit_response_partition_list_v2(w: Write, items: list[OffsetCommitResponsePartition]) -> None:
    for x in items:
        w(_p_ih(x.partition_index, x.error_code))


def _write_offset_commit_response_topic_list_v2(w: Write, items: list[OffsetCommitResponseTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_offset_commit_response_partition_list_v2(w, x.partitions)


def _write_offset_commit_response_v2(w: Write, x: OffsetCommitResponse) -> None:
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_commit_response_topic_list_v2(w, x.topics)


def _write_offset_commit_response_v3(w: Write, x: OffsetCommitResponse) -> None:
    n = len(x.topics)
    w(_p_ii(x.throttle_time_ms, n))
    if x.topics:
        _write_offset_commit_response_topic_list_v2(w, x.topics)


def _write_offset_commit_response_partition_list_v8(w: Write, items: list[OffsetCommitResponsePartition]) -> None:
    for x in items:
        w(_p_ihx(x.partition_index, x.error_code))


def _write_offset_commit_response_topic_list_v8(w: Write, items: list[OffsetCommitResponseTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_offset_commit_response_partition_list_v8(w, x.partitions)
        w(b"\0")


def _write_offset_commit_response_v8(w: Write, x: OffsetCommitResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_offset_commit_response_topic_list_v8(w, x.topics)
    w(b"\0")


def _write_offset_commit_response_topic_list_v10(w: Write, items: list[OffsetCommitResponseTopic]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_offset_commit_response_partition_list_v8(w, x.partitions)
        w(b"\0")


def _write_offset_commit_response_v10(w: Write, x: OffsetCommitResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_offset_commit_response_topic_list_v10(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[OffsetCommitResponse, int]]]] = {
    2: _read_offset_commit_response_v2,
    3: _read_offset_commit_response_v3,
    4: _read_offset_commit_response_v3,
    5: _read_offset_commit_response_v3,
    6: _read_offset_commit_response_v3,
    7: _read_offset_commit_response_v3,
    8: _read_offset_commit_response_v8,
    9: _read_offset_commit_response_v8,
    10: _read_offset_commit_response_v10,
}
_WRITE: Final[dict[int, Callable[[Write, OffsetCommitResponse], None]]] = {
    2: _write_offset_commit_response_v2,
    3: _write_offset_commit_response_v3,
    4: _write_offset_commit_response_v3,
    5: _write_offset_commit_response_v3,
    6: _write_offset_commit_response_v3,
    7: _write_offset_commit_response_v3,
    8: _write_offset_commit_response_v8,
    9: _write_offset_commit_response_v8,
    10: _write_offset_commit_response_v10,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> OffsetCommitResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetCommitResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("OffsetCommitResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[OffsetCommitResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetCommitResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("OffsetCommitResponse", version, len(data), end)
    return message, end


def encode_parts(message: OffsetCommitResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetCommitResponse", version, exc) from exc
    return parts


def encode(message: OffsetCommitResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetCommitResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: OffsetCommitResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
