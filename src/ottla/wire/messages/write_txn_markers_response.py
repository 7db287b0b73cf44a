# Generated from table.txt by ottla.wire.generator; do not edit.
"""WriteTxnMarkersResponse, API key 27: versions 1 to 2, flexible from 1."""

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

API_KEY: Final = 27
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 1

_p_ihx = Struct(">ihx").pack
_p_q = Struct(">q").pack
_p_qB = Struct(">qB").pack
_u_ihB = Struct(">ihB").unpack_from
_u_qB = Struct(">qB").unpack_from


class WritableTxnMarkerPartitionResult(WireStruct):
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


class WritableTxnMarkerTopicResult(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[WritableTxnMarkerPartitionResult]

    def __init__(
        self,
        name: str = "",
        partitions: list[WritableTxnMarkerPartitionResult] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class WritableTxnMarkerResult(WireStruct):
    __slots__ = ("producer_id", "topics")
    producer_id: int
    topics: list[WritableTxnMarkerTopicResult]

    def __init__(
        self,
        producer_id: int = 0,
        topics: list[WritableTxnMarkerTopicResult] = NEW,
    ) -> None:
        self.producer_id = producer_id
        self.topics = [] if topics is NEW else topics


class WriteTxnMarkersResponse(WireStruct):
    __slots__ = ("markers",)
    markers: list[WritableTxnMarkerResult]

    def __init__(
        self,
        markers: list[WritableTxnMarkerResult] = NEW,
    ) -> None:
        self.markers = [] if markers is NEW else markers


def _read_writable_txn_marker_partition_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[WritableTxnMarkerPartitionResult], int]:
    out: list[WritableTxnMarkerPartitionResult] = []
    for _ in range(count):
        partition_index, error_code, tags = _u_ihB(buf, pos)
        pos += 7
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(WritableTxnMarkerPartitionResult(partition_index, error_code))
    return out, pos


def _read_writable_txn_marker_topic_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[WritableTxnMarkerTopicResult], int]:
    out: list[WritableTxnMarkerTopicResult] = []
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
            n, pos = long_count(buf, pos, n, 7, "Partitions")
        partitions, pos = _read_writable_txn_marker_partition_result_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(WritableTxnMarkerTopicResult(name, partitions))
    return out, pos


def _read_writable_txn_marker_result_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[WritableTxnMarkerResult], int]:
    out: list[WritableTxnMarkerResult] = []
    for _ in range(count):
        producer_id, n = _u_qB(buf, pos)
        pos += 9
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_writable_txn_marker_topic_result_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(WritableTxnMarkerResult(producer_id, topics))
    return out, pos


def _read_write_txn_markers_response_v1(buf: bytes, pos: int) -> tuple[WriteTxnMarkersResponse, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 10, "Markers")
    markers, pos = _read_writable_txn_marker_result_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return WriteTxnMarkersResponse(markers), pos


def _write_writable_txn_marker_partition_result_list_v1(w: Write, items: list[WritableTxnMarkerPartitionResult]) -> None:
    for x in items:
        w(_p_ihx(x.partition_index, x.error_code))


def _write_writable_txn_marker_topic_result_list_v1(w: Write, items: list[WritableTxnMarkerTopicResult]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_writable_txn_marker_partition_result_list_v1(w, x.partitions)
        w(b"\0")


def _write_writable_txn_marker_result_list_v1(w: Write, items: list[WritableTxnMarkerResult]) -> None:
    for x in items:
        n = len(x.topics) + 1
        w(_p_qB(x.producer_id, n) if n < 128 else _p_q(x.producer_id) + uvarint(n))
        if x.topics:
            _write_writable_txn_marker_topic_result_list_v1(w, x.topics)
        w(b"\0")


def _write_write_txn_markers_response_v1(w: Write, x: WriteTxnMarkersResponse) -> None:
    n = len(x.markers) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.markers:
        _write_writable_txn_marker_result_list_v1(w, x.markers)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[WriteTxnMarkersResponse, int]]]] = {
    1: _read_write_txn_markers_response_v1,
    2: _read_write_txn_markers_response_v1,
}
_WRITE: Final[dict[int, Callable[[Write, WriteTxnMarkersResponse], None]]] = {
    1: _write_write_txn_markers_response_v1,
    2: _write_write_txn_markers_response_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> WriteTxnMarkersResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("WriteTxnMarkersResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("WriteTxnMarkersResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[WriteTxnMarkersResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("WriteTxnMarkersResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("WriteTxnMarkersResponse", version, len(data), end)
    return message, end


def encode_parts(message: WriteTxnMarkersResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("WriteTxnMarkersResponse", version, exc) from exc
    return parts


def encode(message: WriteTxnMarkersResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("WriteTxnMarkersResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: WriteTxnMarkersResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
