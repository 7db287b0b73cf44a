# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeProducersRequest, API key 61: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
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

API_KEY: Final = 61
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0



class TopicRequest(WireStruct):
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


class DescribeProducersRequest(WireStruct):
    __slots__ = ("topics",)
    topics: list[TopicRequest]

    def __init__(
        self,
        topics: list[TopicRequest] = NEW,
    ) -> None:
        self.topics = [] if topics is NEW else topics


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
        out.append(TopicRequest(name, partition_indexes))
    return out, pos


def _read_describe_producers_request_v0(buf: bytes, pos: int) -> tuple[DescribeProducersRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_topic_request_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeProducersRequest(topics), pos


def _write_topic_request_list_v0(w: Write, items: list[TopicRequest]) -> None:
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


def _write_describe_producers_request_v0(w: Write, x: DescribeProducersRequest) -> None:
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_topic_request_list_v0(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeProducersRequest, int]]]] = {
    0: _read_describe_producers_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeProducersRequest], None]]] = {
    0: _write_describe_producers_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeProducersRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeProducersRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeProducersRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeProducersRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeProducersRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeProducersRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeProducersRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeProducersRequest", version, exc) from exc
    return parts


def encode(message: DescribeProducersRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeProducersRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeProducersRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
