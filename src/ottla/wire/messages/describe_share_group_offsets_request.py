# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeShareGroupOffsetsRequest, API key 90: versions 0 to 1, flexible from 0."""

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

API_KEY: Final = 90
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0



class DescribeShareGroupOffsetsRequestTopic(WireStruct):
    __slots__ = ("topic_name", "partitions")
    topic_name: str
    partitions: list[int]

    def __init__(
        self,
        topic_name: str = "",
        partitions: list[int] = NEW,
    ) -> None:
        self.topic_name = topic_name
        self.partitions = [] if partitions is NEW else partitions


class DescribeShareGroupOffsetsRequestGroup(WireStruct):
    __slots__ = ("group_id", "topics")
    group_id: str
    topics: list[DescribeShareGroupOffsetsRequestTopic] | None

    def __init__(
        self,
        group_id: str = "",
        topics: list[DescribeShareGroupOffsetsRequestTopic] | None = NEW,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is NEW else topics


class DescribeShareGroupOffsetsRequest(WireStruct):
    __slots__ = ("groups",)
    groups: list[DescribeShareGroupOffsetsRequestGroup]

    def __init__(
        self,
        groups: list[DescribeShareGroupOffsetsRequestGroup] = NEW,
    ) -> None:
        self.groups = [] if groups is NEW else groups


def _read_describe_share_group_offsets_request_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribeShareGroupOffsetsRequestTopic], int]:
    out: list[DescribeShareGroupOffsetsRequestTopic] = []
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
            n, pos = long_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeShareGroupOffsetsRequestTopic(topic_name, partitions))
    return out, pos


def _read_describe_share_group_offsets_request_group_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribeShareGroupOffsetsRequestGroup], int]:
    out: list[DescribeShareGroupOffsetsRequestGroup] = []
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
        if n == 0:
            topics = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 3, "Topics")
            topics, pos = _read_describe_share_group_offsets_request_topic_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribeShareGroupOffsetsRequestGroup(group_id, topics))
    return out, pos


def _read_describe_share_group_offsets_request_v0(buf: bytes, pos: int) -> tuple[DescribeShareGroupOffsetsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Groups")
    groups, pos = _read_describe_share_group_offsets_request_group_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeShareGroupOffsetsRequest(groups), pos


def _write_describe_share_group_offsets_request_topic_list_v0(w: Write, items: list[DescribeShareGroupOffsetsRequestTopic]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_describe_share_group_offsets_request_group_list_v0(w: Write, items: list[DescribeShareGroupOffsetsRequestGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        n = 0 if x.topics is None else len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_describe_share_group_offsets_request_topic_list_v0(w, x.topics)
        w(b"\0")


def _write_describe_share_group_offsets_request_v0(w: Write, x: DescribeShareGroupOffsetsRequest) -> None:
    n = len(x.groups) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.groups:
        _write_describe_share_group_offsets_request_group_list_v0(w, x.groups)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeShareGroupOffsetsRequest, int]]]] = {
    0: _read_describe_share_group_offsets_request_v0,
    1: _read_describe_share_group_offsets_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeShareGroupOffsetsRequest], None]]] = {
    0: _write_describe_share_group_offsets_request_v0,
    1: _write_describe_share_group_offsets_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeShareGroupOffsetsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeShareGroupOffsetsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeShareGroupOffsetsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeShareGroupOffsetsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeShareGroupOffsetsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeShareGroupOffsetsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DescribeShareGroupOffsetsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeShareGroupOffsetsRequest", version, exc) from exc
    return parts


def encode(message: DescribeShareGroupOffsetsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeShareGroupOffsetsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeShareGroupOffsetsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
