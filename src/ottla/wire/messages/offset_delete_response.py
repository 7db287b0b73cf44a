# Generated from table.txt by ottla.wire.generator; do not edit.
"""OffsetDeleteResponse, API key 47: version 0."""

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
_p_hii = Struct(">hii").pack
_p_i = Struct(">i").pack
_p_ih = Struct(">ih").pack
_u_h = Struct(">h").unpack_from
_u_hii = Struct(">hii").unpack_from
_u_i = Struct(">i").unpack_from
_u_ih = Struct(">ih").unpack_from


class OffsetDeleteResponsePartition(WireStruct):
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


class OffsetDeleteResponseTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[OffsetDeleteResponsePartition]

    def __init__(
        self,
        name: str = "",
        partitions: list[OffsetDeleteResponsePartition] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class OffsetDeleteResponse(WireStruct):
    __slots__ = ("error_code", "throttle_time_ms", "topics")
    error_code: int
    throttle_time_ms: int
    topics: list[OffsetDeleteResponseTopic]

    def __init__(
        self,
        error_code: int = 0,
        throttle_time_ms: int = 0,
        topics: list[OffsetDeleteResponseTopic] = NEW,
    ) -> None:
        self.error_code = error_code
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics


def _read_offset_delete_response_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[OffsetDeleteResponsePartition], int]:
    out: list[OffsetDeleteResponsePartition] = []
    for _ in range(count):
        partition_index, error_code = _u_ih(buf, pos)
        pos += 6
        out.append(OffsetDeleteResponsePartition(partition_index, error_code))
    return out, pos


def _read_offset_delete_response_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[OffsetDeleteResponseTopic], int]:
    out: list[OffsetDeleteResponseTopic] = []
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
        partitions, pos = _read_offset_delete_response_partition_list_v0(buf, pos, n) if n else ([], pos)
        out.append(OffsetDeleteResponseTopic(name, partitions))
    return out, pos


def _read_offset_delete_response_v0(buf: bytes, pos: int) -> tuple[OffsetDeleteResponse, int]:
    error_code, throttle_time_ms, n = _u_hii(buf, pos)
    pos += 10
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_delete_response_topic_list_v0(buf, pos, n) if n else ([], pos)
    return OffsetDeleteResponse(error_code, throttle_time_ms, topics), pos


def _write_offset_delete_response_partition_list_v0(w: Write, items: list[OffsetDeleteResponsePartition]) -> None:
    for x in items:
        w(_p_ih(x.partition_index, x.error_code))


def _write_offset_delete_response_topic_list_v0(w: Write, items: list[OffsetDeleteResponseTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_offset_delete_response_partition_list_v0(w, x.partitions)


def _write_offset_delete_response_v0(w: Write, x: OffsetDeleteResponse) -> None:
    n = len(x.topics)
    w(_p_hii(x.error_code, x.throttle_time_ms, n))
    if x.topics:
        _write_offset_delete_response_topic_list_v0(w, x.topics)


_READ: Final[dict[int, Callable[[bytes, int], tuple[OffsetDeleteResponse, int]]]] = {
    0: _read_offset_delete_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, OffsetDeleteResponse], None]]] = {
    0: _write_offset_delete_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> OffsetDeleteResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetDeleteResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("OffsetDeleteResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[OffsetDeleteResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetDeleteResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("OffsetDeleteResponse", version, len(data), end)
    return message, end


def encode_parts(message: OffsetDeleteResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetDeleteResponse", version, exc) from exc
    return parts


def encode(message: OffsetDeleteResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetDeleteResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: OffsetDeleteResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
