# Generated from table.txt by ottla.wire.generator; do not edit.
"""AlterShareGroupOffsetsRequest, API key 91: version 0, flexible from 0."""

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

API_KEY: Final = 91
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_iqx = Struct(">iqx").pack
_u_iqB = Struct(">iqB").unpack_from


class AlterShareGroupOffsetsRequestPartition(WireStruct):
    __slots__ = ("partition_index", "start_offset")
    partition_index: int
    start_offset: int

    def __init__(
        self,
        partition_index: int = 0,
        start_offset: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.start_offset = start_offset


class AlterShareGroupOffsetsRequestTopic(WireStruct):
    __slots__ = ("topic_name", "partitions")
    topic_name: str
    partitions: list[AlterShareGroupOffsetsRequestPartition]

    def __init__(
        self,
        topic_name: str = "",
        partitions: list[AlterShareGroupOffsetsRequestPartition] = NEW,
    ) -> None:
        self.topic_name = topic_name
        self.partitions = [] if partitions is NEW else partitions


class AlterShareGroupOffsetsRequest(WireStruct):
    __slots__ = ("group_id", "topics")
    group_id: str
    topics: list[AlterShareGroupOffsetsRequestTopic]

    def __init__(
        self,
        group_id: str = "",
        topics: list[AlterShareGroupOffsetsRequestTopic] = NEW,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is NEW else topics


def _read_alter_share_group_offsets_request_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AlterShareGroupOffsetsRequestPartition], int]:
    out: list[AlterShareGroupOffsetsRequestPartition] = []
    for _ in range(count):
        partition_index, start_offset, tags = _u_iqB(buf, pos)
        pos += 13
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterShareGroupOffsetsRequestPartition(partition_index, start_offset))
    return out, pos


def _read_alter_share_group_offsets_request_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[AlterShareGroupOffsetsRequestTopic], int]:
    out: list[AlterShareGroupOffsetsRequestTopic] = []
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
            n, pos = long_count(buf, pos, n, 13, "Partitions")
        partitions, pos = _read_alter_share_group_offsets_request_partition_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AlterShareGroupOffsetsRequestTopic(topic_name, partitions))
    return out, pos


def _read_alter_share_group_offsets_request_v0(buf: bytes, pos: int) -> tuple[AlterShareGroupOffsetsRequest, int]:
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
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_alter_share_group_offsets_request_topic_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return AlterShareGroupOffsetsRequest(group_id, topics), pos


def _write_alter_share_group_offsets_request_partition_list_v0(w: Write, items: list[AlterShareGroupOffsetsRequestPartition]) -> None:
    for x in items:
        w(_p_iqx(x.partition_index, x.start_offset))


def _write_alter_share_group_offsets_request_topic_list_v0(w: Write, items: list[AlterShareGroupOffsetsRequestTopic]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_alter_share_group_offsets_request_partition_list_v0(w, x.partitions)
        w(b"\0")


def _write_alter_share_group_offsets_request_v0(w: Write, x: AlterShareGroupOffsetsRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_alter_share_group_offsets_request_topic_list_v0(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[AlterShareGroupOffsetsRequest, int]]]] = {
    0: _read_alter_share_group_offsets_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, AlterShareGroupOffsetsRequest], None]]] = {
    0: _write_alter_share_group_offsets_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> AlterShareGroupOffsetsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterShareGroupOffsetsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("AlterShareGroupOffsetsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[AlterShareGroupOffsetsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("AlterShareGroupOffsetsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("AlterShareGroupOffsetsRequest", version, len(data), end)
    return message, end


def encode_parts(message: AlterShareGroupOffsetsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterShareGroupOffsetsRequest", version, exc) from exc
    return parts


def encode(message: AlterShareGroupOffsetsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("AlterShareGroupOffsetsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: AlterShareGroupOffsetsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
