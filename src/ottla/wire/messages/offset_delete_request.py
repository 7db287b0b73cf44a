# Generated from table.txt by ottla.wire.generator; do not edit.
"""OffsetDeleteRequest, API key 47: version 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    Write,
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    null_fault,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 47
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = None

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


class OffsetDeleteRequestPartition(WireStruct):
    __slots__ = ("partition_index",)
    partition_index: int

    def __init__(
        self,
        partition_index: int = 0,
    ) -> None:
        self.partition_index = partition_index


class OffsetDeleteRequestTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[OffsetDeleteRequestPartition]

    def __init__(
        self,
        name: str = "",
        partitions: list[OffsetDeleteRequestPartition] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class OffsetDeleteRequest(WireStruct):
    __slots__ = ("group_id", "topics")
    group_id: str
    topics: list[OffsetDeleteRequestTopic]

    def __init__(
        self,
        group_id: str = "",
        topics: list[OffsetDeleteRequestTopic] = NEW,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is NEW else topics


def _read_offset_delete_request_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[OffsetDeleteRequestPartition], int]:
    out: list[OffsetDeleteRequestPartition] = []
    for _ in range(count):
        (partition_index,) = _u_i(buf, pos)
        pos += 4
        out.append(OffsetDeleteRequestPartition(partition_index))
    return out, pos


def _read_offset_delete_request_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[OffsetDeleteRequestTopic], int]:
    out: list[OffsetDeleteRequestTopic] = []
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
            check_count(buf, pos, n, 4, "Partitions")
        partitions, pos = _read_offset_delete_request_partition_list_v0(buf, pos, n) if n else ([], pos)
        out.append(OffsetDeleteRequestTopic(name, partitions))
    return out, pos


def _read_offset_delete_request_v0(buf: bytes, pos: int) -> tuple[OffsetDeleteRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_delete_request_topic_list_v0(buf, pos, n) if n else ([], pos)
    return OffsetDeleteRequest(group_id, topics), pos


def _write_offset_delete_request_partition_list_v0(w: Write, items: list[OffsetDeleteRequestPartition]) -> None:
    for x in items:
        w(_p_i(x.partition_index))


def _write_offset_delete_request_topic_list_v0(w: Write, items: list[OffsetDeleteRequestTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_offset_delete_request_partition_list_v0(w, x.partitions)


def _write_offset_delete_request_v0(w: Write, x: OffsetDeleteRequest) -> None:
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_delete_request_topic_list_v0(w, x.topics)


_READ: Final[dict[int, Callable[[bytes, int], tuple[OffsetDeleteRequest, int]]]] = {
    0: _read_offset_delete_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, OffsetDeleteRequest], None]]] = {
    0: _write_offset_delete_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> OffsetDeleteRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetDeleteRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("OffsetDeleteRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[OffsetDeleteRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetDeleteRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("OffsetDeleteRequest", version, len(data), end)
    return message, end


def encode_parts(message: OffsetDeleteRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetDeleteRequest", version, exc) from exc
    return parts


def encode(message: OffsetDeleteRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetDeleteRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: OffsetDeleteRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
