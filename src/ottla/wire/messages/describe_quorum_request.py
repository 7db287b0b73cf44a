# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeQuorumRequest, API key 55: versions 0 to 2, flexible from 0."""

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

API_KEY: Final = 55
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 0

_p_ix = Struct(">ix").pack
_u_iB = Struct(">iB").unpack_from


class PartitionData(WireStruct):
    __slots__ = ("partition_index",)
    partition_index: int

    def __init__(
        self,
        partition_index: int = 0,
    ) -> None:
        self.partition_index = partition_index


class TopicData(WireStruct):
    __slots__ = ("topic_name", "partitions")
    topic_name: str
    partitions: list[PartitionData]

    def __init__(
        self,
        topic_name: str = "",
        partitions: list[PartitionData] = NEW,
    ) -> None:
        self.topic_name = topic_name
        self.partitions = [] if partitions is NEW else partitions


class DescribeQuorumRequest(WireStruct):
    __slots__ = ("topics",)
    topics: list[TopicData]

    def __init__(
        self,
        topics: list[TopicData] = NEW,
    ) -> None:
        self.topics = [] if topics is NEW else topics


def _read_partition_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition_index, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionData(partition_index))
    return out, pos


def _read_topic_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicData], int]:
    out: list[TopicData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 5, "Partitions")
        partitions, pos = _read_partition_data_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicData(topic_name, partitions))
    return out, pos


def _read_describe_quorum_request_v0(buf: bytes, pos: int) -> tuple[DescribeQuorumRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_topic_data_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeQuorumRequest(topics), pos


def _write_partition_data_list_v0(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        w(_p_ix(x.partition_index))


def _write_topic_data_list_v0(w: Write, items: list[TopicData]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_partition_data_list_v0(w, x.partitions)
        w(b"\0")


def _write_describe_quorum_request_v0(w: Write, x: DescribeQuorumRequest) -> None:
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_topic_data_list_v0(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeQuorumRequest, int]]]] = {
    0: _read_describe_quorum_request_v0,
    1: _read_describe_quorum_request_v0,
    2: _read_describe_quorum_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeQuorumRequest], None]]] = {
    0: _write_describe_quorum_request_v0,
    1: _write_describe_quorum_request_v0,
    2: _write_describe_quorum_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeQuorumRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeQuorumRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeQuorumRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeQuorumRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeQuorumRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeQuorumRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeQuorumRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeQuorumRequest", version, exc) from exc
    return parts


def encode(message: DescribeQuorumRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeQuorumRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeQuorumRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
