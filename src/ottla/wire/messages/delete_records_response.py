# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteRecordsResponse, API key 21: versions 0 to 2, flexible from 2."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
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
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 21
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_p_iqh = Struct(">iqh").pack
_p_iqhx = Struct(">iqhx").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from
_u_iqh = Struct(">iqh").unpack_from
_u_iqhB = Struct(">iqhB").unpack_from


class DeleteRecordsPartitionResult(WireStruct):
    __slots__ = ("partition_index", "low_watermark", "error_code")
    partition_index: int
    low_watermark: int
    error_code: int

    def __init__(
        self,
        partition_index: int = 0,
        low_watermark: int = 0,
        error_code: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.low_watermark = low_watermark
        self.error_code = error_code


class DeleteRecordsTopicResult(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[DeleteRecordsPartitionResult]

    def __init__(
        self,
        name: str = "",
        partitions: list[DeleteRecordsPartitionResult] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class DeleteRecordsResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "topics")
    throttle_time_ms: int
    topics: list[DeleteRecordsTopicResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        topics: list[DeleteRecordsTopicResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics


def _read_delete_records_partition_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DeleteRecordsPartitionResult], int]:
    out: list[DeleteRecordsPartitionResult] = []
    for _ in range(count):
        partition_index, low_watermark, error_code = _u_iqh(buf, pos)
        pos += 14
        out.append(DeleteRecordsPartitionResult(partition_index, low_watermark, error_code))
    return out, pos


def _read_delete_records_topic_result_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DeleteRecordsTopicResult], int]:
    out: list[DeleteRecordsTopicResult] = []
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
            check_count(buf, pos, n, 14, "Partitions")
        partitions, pos = _read_delete_records_partition_result_list_v0(buf, pos, n) if n else ([], pos)
        out.append(DeleteRecordsTopicResult(name, partitions))
    return out, pos


def _read_delete_records_response_v0(buf: bytes, pos: int) -> tuple[DeleteRecordsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_delete_records_topic_result_list_v0(buf, pos, n) if n else ([], pos)
    return DeleteRecordsResponse(throttle_time_ms, topics), pos


def _read_delete_records_partition_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DeleteRecordsPartitionResult], int]:
    out: list[DeleteRecordsPartitionResult] = []
    for _ in range(count):
        partition_index, low_watermark, error_code, tags = _u_iqhB(buf, pos)
        pos += 15
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeleteRecordsPartitionResult(partition_index, low_watermark, error_code))
    return out, pos


def _read_delete_records_topic_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DeleteRecordsTopicResult], int]:
    out: list[DeleteRecordsTopicResult] = []
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
            n, pos = long_count(buf, pos, n, 15, "Partitions")
        partitions, pos = _read_delete_records_partition_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeleteRecordsTopicResult(name, partitions))
    return out, pos


def _read_delete_records_response_v2(buf: bytes, pos: int) -> tuple[DeleteRecordsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_delete_records_topic_result_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteRecordsResponse(throttle_time_ms, topics), pos


def _write_delete_records_partition_result_list_v0(w: Write, items: list[DeleteRecordsPartitionResult]) -> None:
    for x in items:
        w(_p_iqh(x.partition_index, x.low_watermark, x.error_code))


def _write_delete_records_topic_result_list_v0(w: Write, items: list[DeleteRecordsTopicResult]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_delete_records_partition_result_list_v0(w, x.partitions)


def _write_delete_records_response_v0(w: Write, x: DeleteRecordsResponse) -> None:
    n = len(x.topics)
    w(_p_ii(x.throttle_time_ms, n))
    if x.topics:
        _write_delete_records_topic_result_list_v0(w, x.topics)


def _write_delete_records_partition_result_list_v2(w: Write, items: list[DeleteRecordsPartitionResult]) -> None:
    for x in items:
        w(_p_iqhx(x.partition_index, x.low_watermark, x.error_code))


def _write_delete_records_topic_result_list_v2(w: Write, items: list[DeleteRecordsTopicResult]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_delete_records_partition_result_list_v2(w, x.partitions)
        w(b"\0")


def _write_delete_records_response_v2(w: Write, x: DeleteRecordsResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_delete_records_topic_result_list_v2(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteRecordsResponse, int]]]] = {
    0: _read_delete_records_response_v0,
    1: _read_delete_records_response_v0,
    2: _read_delete_records_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteRecordsResponse], None]]] = {
    0: _write_delete_records_response_v0,
    1: _write_delete_records_response_v0,
    2: _write_delete_records_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteRecordsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteRecordsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteRecordsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteRecordsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteRecordsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteRecordsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DeleteRecordsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteRecordsResponse", version, exc) from exc
    return parts


def encode(message: DeleteRecordsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteRecordsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteRecordsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
