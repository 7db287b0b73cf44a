# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeTopicPartitionsRequest, API key 75: version 0, flexible from 0."""

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

API_KEY: Final = 75
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_ib = Struct(">ib").pack
_p_ix = Struct(">ix").pack
_u_iB = Struct(">iB").unpack_from
_u_ib = Struct(">ib").unpack_from


class TopicRequest(WireStruct):
    __slots__ = ("name",)
    name: str

    def __init__(
        self,
        name: str = "",
    ) -> None:
        self.name = name


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


class DescribeTopicPartitionsRequest(WireStruct):
    __slots__ = ("topics", "response_partition_limit", "cursor")
    topics: list[TopicRequest]
    response_partition_limit: int
    cursor: Cursor | None

    def __init__(
        self,
        topics: list[TopicRequest] = NEW,
        response_partition_limit: int = 2000,
        cursor: Cursor | None = None,
    ) -> None:
        self.topics = [] if topics is NEW else topics
        self.response_partition_limit = response_partition_limit
        self.cursor = cursor


def _read_topic_request_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicRequest], int]:
    out: list[TopicRequest] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicRequest(name))
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


def _read_describe_topic_partitions_request_v0(buf: bytes, pos: int) -> tuple[DescribeTopicPartitionsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 2, "Topics")
    topics, pos = _read_topic_request_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    response_partition_limit, n = _u_ib(buf, pos)
    pos += 5
    if n < 0:
        cursor = None
    else:
        cursor, pos = _read_cursor_v0(buf, pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeTopicPartitionsRequest(topics, response_partition_limit, cursor), pos


def _write_topic_request_list_v0(w: Write, items: list[TopicRequest]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        w(b"\0")


def _write_cursor_v0(w: Write, x: Cursor) -> None:
    s = x.topic_name.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
    w(s)
    w(_p_ix(x.partition_index))


def _write_describe_topic_partitions_request_v0(w: Write, x: DescribeTopicPartitionsRequest) -> None:
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_topic_request_list_v0(w, x.topics)
    n = -1 if x.cursor is None else 1
    w(_p_ib(x.response_partition_limit, n))
    if x.cursor is not None:
        _write_cursor_v0(w, x.cursor)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeTopicPartitionsRequest, int]]]] = {
    0: _read_describe_topic_partitions_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeTopicPartitionsRequest], None]]] = {
    0: _write_describe_topic_partitions_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeTopicPartitionsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeTopicPartitionsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeTopicPartitionsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeTopicPartitionsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeTopicPartitionsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeTopicPartitionsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeTopicPartitionsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeTopicPartitionsRequest", version, exc) from exc
    return parts


def encode(message: DescribeTopicPartitionsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeTopicPartitionsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeTopicPartitionsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
