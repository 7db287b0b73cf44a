# Generated from table.txt by ottla.wire.generator; do not edit.
"""WriteTxnMarkersRequest, API key 27: versions 1 to 2, flexible from 1."""

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
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 27
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 1

_p_ibx = Struct(">ibx").pack
_p_ix = Struct(">ix").pack
_p_qhZ = Struct(">qh?").pack
_p_qhZB = Struct(">qh?B").pack
_u_iB = Struct(">iB").unpack_from
_u_ibB = Struct(">ibB").unpack_from
_u_qhZB = Struct(">qh?B").unpack_from


class WritableTxnMarkerTopic(WireStruct):
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


class WritableTxnMarker(WireStruct):
    __slots__ = ("producer_id", "producer_epoch", "transaction_result", "topics", "coordinator_epoch", "transaction_version")
    producer_id: int
    producer_epoch: int
    transaction_result: bool
    topics: list[WritableTxnMarkerTopic]
    coordinator_epoch: int
    transaction_version: int

    def __init__(
        self,
        producer_id: int = 0,
        producer_epoch: int = 0,
        transaction_result: bool = False,
        topics: list[WritableTxnMarkerTopic] = NEW,
        coordinator_epoch: int = 0,
        transaction_version: int = 0,
    ) -> None:
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.transaction_result = transaction_result
        self.topics = [] if topics is NEW else topics
        self.coordinator_epoch = coordinator_epoch
        self.transaction_version = transaction_version


class WriteTxnMarkersRequest(WireStruct):
    __slots__ = ("markers",)
    markers: list[WritableTxnMarker]

    def __init__(
        self,
        markers: list[WritableTxnMarker] = NEW,
    ) -> None:
        self.markers = [] if markers is NEW else markers


def _read_writable_txn_marker_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[WritableTxnMarkerTopic], int]:
    out: list[WritableTxnMarkerTopic] = []
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
        out.append(WritableTxnMarkerTopic(name, partition_indexes))
    return out, pos


def _read_writable_txn_marker_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[WritableTxnMarker], int]:
    out: list[WritableTxnMarker] = []
    for _ in range(count):
        producer_id, producer_epoch, transaction_result, n = _u_qhZB(buf, pos)
        pos += 12
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_writable_txn_marker_topic_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        coordinator_epoch, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(WritableTxnMarker(producer_id, producer_epoch, transaction_result, topics, coordinator_epoch, 0))
    return out, pos


def _read_write_txn_markers_request_v1(buf: bytes, pos: int) -> tuple[WriteTxnMarkersRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 17, "Markers")
    markers, pos = _read_writable_txn_marker_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return WriteTxnMarkersRequest(markers), pos


def _read_writable_txn_marker_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[WritableTxnMarker], int]:
    out: list[WritableTxnMarker] = []
    for _ in range(count):
        producer_id, producer_epoch, transaction_result, n = _u_qhZB(buf, pos)
        pos += 12
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_writable_txn_marker_topic_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        coordinator_epoch, transaction_version, tags = _u_ibB(buf, pos)
        pos += 6
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(WritableTxnMarker(producer_id, producer_epoch, transaction_result, topics, coordinator_epoch, transaction_version))
    return out, pos


def _read_write_txn_markers_request_v2(buf: bytes, pos: int) -> tuple[WriteTxnMarkersRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Markers")
    markers, pos = _read_writable_txn_marker_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return WriteTxnMarkersRequest(markers), pos


def _write_writable_txn_marker_topic_list_v1(w: Write, items: list[WritableTxnMarkerTopic]) -> None:
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


def _write_writable_txn_marker_list_v1(w: Write, items: list[WritableTxnMarker]) -> None:
    for x in items:
        n = len(x.topics) + 1
        w(_p_qhZB(x.producer_id, x.producer_epoch, x.transaction_result, n) if n < 128 else _p_qhZ(x.producer_id, x.producer_epoch, x.transaction_result) + uvarint(n))
        if x.topics:
            _write_writable_txn_marker_topic_list_v1(w, x.topics)
        w(_p_ix(x.coordinator_epoch))


def _write_write_txn_markers_request_v1(w: Write, x: WriteTxnMarkersRequest) -> None:
    n = len(x.markers) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.markers:
        _write_writable_txn_marker_list_v1(w, x.markers)
    w(b"\0")


def _write_writable_txn_marker_list_v2(w: Write, items: list[WritableTxnMarker]) -> None:
    for x in items:
        n = len(x.topics) + 1
        w(_p_qhZB(x.producer_id, x.producer_epoch, x.transaction_result, n) if n < 128 else _p_qhZ(x.producer_id, x.producer_epoch, x.transaction_result) + uvarint(n))
        if x.topics:
            _write_writable_txn_marker_topic_list_v1(w, x.topics)
        w(_p_ibx(x.coordinator_epoch, x.transaction_version))


def _write_write_txn_markers_request_v2(w: Write, x: WriteTxnMarkersRequest) -> None:
    n = len(x.markers) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.markers:
        _write_writable_txn_marker_list_v2(w, x.markers)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[WriteTxnMarkersRequest, int]]]] = {
    1: _read_write_txn_markers_request_v1,
    2: _read_write_txn_markers_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, WriteTxnMarkersRequest], None]]] = {
    1: _write_write_txn_markers_request_v1,
    2: _write_write_txn_markers_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> WriteTxnMarkersRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("WriteTxnMarkersRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("WriteTxnMarkersRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[WriteTxnMarkersRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("WriteTxnMarkersRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("WriteTxnMarkersRequest", version, len(data), end)
    return message, end


def encode_parts(message: WriteTxnMarkersRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("WriteTxnMarkersRequest", version, exc) from exc
    return parts


def encode(message: WriteTxnMarkersRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("WriteTxnMarkersRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: WriteTxnMarkersRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
