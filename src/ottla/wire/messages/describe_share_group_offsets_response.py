# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeShareGroupOffsetsResponse, API key 90: versions 0 to 1, flexible from 0."""

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

API_KEY: Final = 90
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_iqih = Struct(">iqih").pack
_p_iqihB = Struct(">iqihB").pack
_p_iqiqh = Struct(">iqiqh").pack
_p_iqiqhB = Struct(">iqiqhB").pack
_u_UB = Struct(">16sB").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iqihB = Struct(">iqihB").unpack_from
_u_iqiqhB = Struct(">iqiqhB").unpack_from


class DescribeShareGroupOffsetsResponsePartition(WireStruct):
    __slots__ = ("partition_index", "start_offset", "leader_epoch", "lag", "error_code", "error_message")
    partition_index: int
    start_offset: int
    leader_epoch: int
    lag: int
    error_code: int
    error_message: str | None

    def __init__(
        self,
        partition_index: int = 0,
        start_offset: int = 0,
        leader_epoch: int = 0,
        lag: int = -1,
        error_code: int = 0,
        error_message: str | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.start_offset = start_offset
        self.leader_epoch = leader_epoch
        self.lag = lag
        self.error_code = error_code
        self.error_message = error_message


class DescribeShareGroupOffsetsResponseTopic(WireStruct):
    __slots__ = ("topic_name", "topic_id", "partitions")
    topic_name: str
    topic_id: bytes
    partitions: list[DescribeShareGroupOffsetsResponsePartition]

    def __init__(
        self,
        topic_name: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[DescribeShareGroupOffsetsResponsePartition] = NEW,
    ) -> None:
        self.topic_name = topic_name
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class DescribeShareGroupOffsetsResponseGroup(WireStruct):
    __slots__ = ("group_id", "topics", "error_code", "error_message")
    group_id: str
    topics: list[DescribeShareGroupOffsetsResponseTopic]
    error_code: int
    error_message: str | None

    def __init__(
        self,
        group_id: str = "",
        topics: list[DescribeShareGroupOffsetsResponseTopic] = NEW,
        error_code: int = 0,
        error_message: str | None = None,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is NEW else topics
        self.error_code = error_code
        self.error_message = error_message


class DescribeShareGroupOffsetsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "groups")
    throttle_time_ms: int
    groups: list[DescribeShareGroupOffsetsResponseGroup]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        groups: list[DescribeShareGroupOffsetsResponseGroup] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.groups = [] if groups is NEW else groups


def _read_describe_share_group_offsets_response_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribeShareGroupOffsetsResponsePartition], int]:
    out: list[DescribeShareGroupOffsetsResponsePartition] = []
    for _ in range(count):
        partition_index, start_offset, leader_epoch, error_code, n = _u_iqihB(buf, pos)
        pos += 19
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeShareGroupOffsetsResponsePartition(partition_index, start_offset, leader_epoch, -1, error_code, error_message))
    return out, pos


def _read_describe_share_group_offsets_response_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribeShareGroupOffsetsResponseTopic], int]:
    out: list[DescribeShareGroupOffsetsResponseTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 20, "Partitions")
        partitions, pos = _read_describe_share_group_offsets_response_partition_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeShareGroupOffsetsResponseTopic(topic_name, topic_id, partitions))
    return out, pos


def _read_describe_share_group_offsets_response_group_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribeShareGroupOffsetsResponseGroup], int]:
    out: list[DescribeShareGroupOffsetsResponseGroup] = []
    for _ in range(count):
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
            n, pos = long_count(buf, pos, n, 19, "Topics")
        topics, pos = _read_describe_share_group_offsets_response_topic_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeShareGroupOffsetsResponseGroup(group_id, topics, error_code, error_message))
    return out, pos


def _read_describe_share_group_offsets_response_v0(buf: bytes, pos: int) -> tuple[DescribeShareGroupOffsetsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 6, "Groups")
    groups, pos = _read_describe_share_group_offsets_response_group_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeShareGroupOffsetsResponse(throttle_time_ms, groups), pos


def _read_describe_share_group_offsets_response_partition_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeShareGroupOffsetsResponsePartition], int]:
    out: list[DescribeShareGroupOffsetsResponsePartition] = []
    for _ in range(count):
        partition_index, start_offset, leader_epoch, lag, error_code, n = _u_iqiqhB(buf, pos)
        pos += 27
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeShareGroupOffsetsResponsePartition(partition_index, start_offset, leader_epoch, lag, error_code, error_message))
    return out, pos


def _read_describe_share_group_offsets_response_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeShareGroupOffsetsResponseTopic], int]:
    out: list[DescribeShareGroupOffsetsResponseTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 28, "Partitions")
        partitions, pos = _read_describe_share_group_offsets_response_partition_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeShareGroupOffsetsResponseTopic(topic_name, topic_id, partitions))
    return out, pos


def _read_describe_share_group_offsets_response_group_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribeShareGroupOffsetsResponseGroup], int]:
    out: list[DescribeShareGroupOffsetsResponseGroup] = []
    for _ in range(count):
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
            n, pos = long_count(buf, pos, n, 19, "Topics")
        topics, pos = _read_describe_share_group_offsets_response_topic_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeShareGroupOffsetsResponseGroup(group_id, topics, error_code, error_message))
    return out, pos


def _read_describe_share_group_offsets_response_v1(buf: bytes, pos: int) -> tuple[DescribeShareGroupOffsetsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 6, "Groups")
    groups, pos = _read_describe_share_group_offsets_response_group_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeShareGroupOffsetsResponse(throttle_time_ms, groups), pos


def _write_describe_share_group_offsets_response_partition_list_v0(w: Write, items: list[DescribeShareGroupOffsetsResponsePartition]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_iqihB(x.partition_index, x.start_offset, x.leader_epoch, x.error_code, n) if n < 128 else _p_iqih(x.partition_index, x.start_offset, x.leader_epoch, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_describe_share_group_offsets_response_topic_list_v0(w: Write, items: list[DescribeShareGroupOffsetsResponseTopic]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_describe_share_group_offsets_response_partition_list_v0(w, x.partitions)
        w(b"\0")


def _write_describe_share_group_offsets_response_group_list_v0(w: Write, items: list[DescribeShareGroupOffsetsResponseGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        n = len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_describe_share_group_offsets_response_topic_list_v0(w, x.topics)
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_describe_share_group_offsets_response_v0(w: Write, x: DescribeShareGroupOffsetsResponse) -> None:
    n = len(x.groups) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.groups:
        _write_describe_share_group_offsets_response_group_list_v0(w, x.groups)
    w(b"\0")


def _write_describe_share_group_offsets_response_partition_list_v1(w: Write, items: list[DescribeShareGroupOffsetsResponsePartition]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_iqiqhB(x.partition_index, x.start_offset, x.leader_epoch, x.lag, x.error_code, n) if n < 128 else _p_iqiqh(x.partition_index, x.start_offset, x.leader_epoch, x.lag, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_describe_share_group_offsets_response_topic_list_v1(w: Write, items: list[DescribeShareGroupOffsetsResponseTopic]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_describe_share_group_offsets_response_partition_list_v1(w, x.partitions)
        w(b"\0")


def _write_describe_share_group_offsets_response_group_list_v1(w: Write, items: list[DescribeShareGroupOffsetsResponseGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        n = len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_describe_share_group_offsets_response_topic_list_v1(w, x.topics)
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_describe_share_group_offsets_response_v1(w: Write, x: DescribeShareGroupOffsetsResponse) -> None:
    n = len(x.groups) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.groups:
        _write_describe_share_group_offsets_response_group_list_v1(w, x.groups)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeShareGroupOffsetsResponse, int]]]] = {
    0: _read_describe_share_group_offsets_response_v0,
    1: _read_describe_share_group_offsets_response_v1,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeShareGroupOffsetsResponse], None]]] = {
    0: _write_describe_share_group_offsets_response_v0,
    1: _write_describe_share_group_offsets_response_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeShareGroupOffsetsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeShareGroupOffsetsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeShareGroupOffsetsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeShareGroupOffsetsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeShareGroupOffsetsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeShareGroupOffsetsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeShareGroupOffsetsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeShareGroupOffsetsResponse", version, exc) from exc
    return parts


def encode(message: DescribeShareGroupOffsetsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeShareGroupOffsetsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeShareGroupOffsetsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
