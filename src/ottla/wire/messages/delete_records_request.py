# Generated from table.txt by ottla.wire.generator; do not edit.
"""DeleteRecordsRequest, API key 21: versions 0 to 2, flexible from 2."""

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
_p_iq = Struct(">iq").pack
_p_iqx = Struct(">iqx").pack
_p_ix = Struct(">ix").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iq = Struct(">iq").unpack_from
_u_iqB = Struct(">iqB").unpack_from


class DeleteRecordsPartition(WireStruct):
    __slots__ = ("partition_index", "offset")
    partition_index: int
    offset: int

    def __init__(
        self,
        partition_index: int = 0,
        offset: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.offset = offset


class DeleteRecordsTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[DeleteRecordsPartition]

    def __init__(
        self,
        name: str = "",
        partitions: list[DeleteRecordsPartition] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class DeleteRecordsRequest(WireStruct):
    __slots__ = ("topics", "timeout_ms")
    topics: list[DeleteRecordsTopic]
    timeout_ms: int

    def __init__(
        self,
        topics: list[DeleteRecordsTopic] = NEW,
        timeout_ms: int = 0,
    ) -> None:
        self.topics = [] if topics is NEW else topics
        self.timeout_ms = timeout_ms


def _read_delete_records_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DeleteRecordsPartition], int]:
    out: list[DeleteRecordsPartition] = []
    for _ in range(count):
        partition_index, offset = _u_iq(buf, pos)
        pos += 12
        out.append(DeleteRecordsPartition(partition_index, offset))
    return out, pos


def _read_delete_records_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DeleteRecordsTopic], int]:
    out: list[DeleteRecordsTopic] = []
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
            check_count(buf, pos, n, 12, "Partitions")
        partitions, pos = _read_delete_records_partition_list_v0(buf, pos, n) if n else ([], pos)
        out.append(DeleteRecordsTopic(name, partitions))
    return out, pos


def _read_delete_records_request_v0(buf: bytes, pos: int) -> tuple[DeleteRecordsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_delete_records_topic_list_v0(buf, pos, n) if n else ([], pos)
    (timeout_ms,) = _u_i(buf, pos)
    pos += 4
    return DeleteRecordsRequest(topics, timeout_ms), pos


def _read_delete_records_partition_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DeleteRecordsPartition], int]:
    out: list[DeleteRecordsPartition] = []
    for _ in range(count):
        partition_index, offset, tags = _u_iqB(buf, pos)
        pos += 13
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeleteRecordsPartition(partition_index, offset))
    return out, pos


def _read_delete_records_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[DeleteRecordsTopic], int]:
    out: list[DeleteRecordsTopic] = []
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
            n, pos = long_count(buf, pos, n, 13, "Partitions")
        partitions, pos = _read_delete_records_partition_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DeleteRecordsTopic(name, partitions))
    return out, pos


def _read_delete_records_request_v2(buf: bytes, pos: int) -> tuple[DeleteRecordsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_delete_records_topic_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    timeout_ms, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DeleteRecordsRequest(topics, timeout_ms), pos


def _write_delete_records_partition_list_v0(w: Write, items: list[DeleteRecordsPartition]) -> None:
    for x in items:
        w(_p_iq(x.partition_index, x.offset))


def _write_delete_records_topic_list_v0(w: Write, items: list[DeleteRecordsTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_delete_records_partition_list_v0(w, x.partitions)


def _write_delete_records_request_v0(w: Write, x: DeleteRecordsRequest) -> None:
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_delete_records_topic_list_v0(w, x.topics)
    w(_p_i(x.timeout_ms))


def _write_delete_records_partition_list_v2(w: Write, items: list[DeleteRecordsPartition]) -> None:
    for x in items:
        w(_p_iqx(x.partition_index, x.offset))


def _write_delete_records_topic_list_v2(w: Write, items: list[DeleteRecordsTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_delete_records_partition_list_v2(w, x.partitions)
        w(b"\0")


def _write_delete_records_request_v2(w: Write, x: DeleteRecordsRequest) -> None:
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_delete_records_topic_list_v2(w, x.topics)
    w(_p_ix(x.timeout_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[DeleteRecordsRequest, int]]]] = {
    0: _read_delete_records_request_v0,
    1: _read_delete_records_request_v0,
    2: _read_delete_records_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DeleteRecordsRequest], None]]] = {
    0: _write_delete_records_request_v0,
    1: _write_delete_records_request_v0,
    2: _write_delete_records_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DeleteRecordsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteRecordsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("DeleteRecordsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DeleteRecordsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DeleteRecordsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("DeleteRecordsRequest", version, len(data), end)
    return message, end


def encode_parts(message: DeleteRecordsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteRecordsRequest", version, exc) from exc
    return parts


def encode(message: DeleteRecordsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DeleteRecordsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DeleteRecordsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
