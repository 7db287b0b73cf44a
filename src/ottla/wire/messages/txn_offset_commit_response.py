# Generated from table.txt by ottla.wire.generator; do not edit.
"""TxnOffsetCommitResponse, API key 28: versions 0 to 5, flexible from 3."""

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

API_KEY: Final = 28
MIN_VERSION: Final = 0
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 3

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihx = Struct(">ihx").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ii = Struct(">ii").unpack_from


class TxnOffsetCommitResponsePartition(WireStruct):
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


class TxnOffsetCommitResponseTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[TxnOffsetCommitResponsePartition]

    def __init__(
        self,
        name: str = "",
        partitions: list[TxnOffsetCommitResponsePartition] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class TxnOffsetCommitResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "topics")
    throttle_time_ms: int
    topics: list[TxnOffsetCommitResponseTopic]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        topics: list[TxnOffsetCommitResponseTopic] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics


def _read_txn_offset_commit_response_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitResponsePartition], int]:
    out: list[TxnOffsetCommitResponsePartition] = []
    for _ in range(count):
        partition_index, error_code = _u_ih(buf, pos)
        pos += 6
        out.append(TxnOffsetCommitResponsePartition(partition_index, error_code))
    return out, pos


def _read_txn_offset_commit_response_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitResponseTopic], int]:
    out: list[TxnOffsetCommitResponseTopic] = []
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
        partitions, pos = _read_txn_offset_commit_response_partition_list_v0(buf, pos, n) if n else ([], pos)
        out.append(TxnOffsetCommitResponseTopic(name, partitions))
    return out, pos


def _read_txn_offset_commit_response_v0(buf: bytes, pos: int) -> tuple[TxnOffsetCommitResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_txn_offset_commit_response_topic_list_v0(buf, pos, n) if n else ([], pos)
    return TxnOffsetCommitResponse(throttle_time_ms, topics), pos


def _read_txn_offset_commit_response_partition_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitResponsePartition], int]:
    out: list[TxnOffsetCommitResponsePartition] = []
    for _ in range(count):
        partition_index, error_code, tags = _u_ihB(buf, pos)
        pos += 7
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TxnOffsetCommitResponsePartition(partition_index, error_code))
    return out, pos


def _read_txn_offset_commit_response_topic_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[TxnOffsetCommitResponseTopic], int]:
    out: list[TxnOffsetCommitResponseTopic] = []
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
        partitions, pos = _read_txn_offset_commit_response_partition_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TxnOffsetCommitResponseTopic(name, partitions))
    return out, pos


def _read_txn_offset_commit_response_v3(buf: bytes, pos: int) -> tuple[TxnOffsetCommitResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_txn_offset_commit_response_topic_list_v3(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return TxnOffsetCommitResponse(throttle_time_ms, topics), pos


def _write_txn_offset_commit_response_partition_list_v0(w: Write, items: list[TxnOffsetCommitResponsePartition]) -> None:
    for x in items:
        w(_p_ih(x.partition_index, x.error_code))


def _write_txn_offset_commit_response_topic_list_v0(w: Write, items: list[TxnOffsetCommitResponseTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_txn_offset_commit_response_partition_list_v0(w, x.partitions)


def _write_txn_offset_commit_response_v0(w: Write, x: TxnOffsetCommitResponse) -> None:
    n = len(x.topics)
    w(_p_ii(x.throttle_time_ms, n))
    if x.topics:
        _write_txn_offset_commit_response_topic_list_v0(w, x.topics)


def _write_txn_offset_commit_response_partition_list_v3(w: Write, items: list[TxnOffsetCommitResponsePartition]) -> None:
    for x in items:
        w(_p_ihx(x.partition_index, x.error_code))


def _write_txn_offset_commit_response_topic_list_v3(w: Write, items: list[TxnOffsetCommitResponseTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_txn_offset_commit_response_partition_list_v3(w, x.partitions)
        w(b"\0")


def _write_txn_offset_commit_response_v3(w: Write, x: TxnOffsetCommitResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_txn_offset_commit_response_topic_list_v3(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[TxnOffsetCommitResponse, int]]]] = {
    0: _read_txn_offset_commit_response_v0,
    1: _read_txn_offset_commit_response_v0,
    2: _read_txn_offset_commit_response_v0,
    3: _read_txn_offset_commit_response_v3,
    4: _read_txn_offset_commit_response_v3,
    5: _read_txn_offset_commit_response_v3,
}
_WRITE: Final[dict[int, Callable[[Write, TxnOffsetCommitResponse], None]]] = {
    0: _write_txn_offset_commit_response_v0,
    1: _write_txn_offset_commit_response_v0,
    2: _write_txn_offset_commit_response_v0,
    3: _write_txn_offset_commit_response_v3,
    4: _write_txn_offset_commit_response_v3,
    5: _write_txn_offset_commit_response_v3,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> TxnOffsetCommitResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("TxnOffsetCommitResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("TxnOffsetCommitResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[TxnOffsetCommitResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("TxnOffsetCommitResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("TxnOffsetCommitResponse", version, len(data), end)
    return message, end


def encode_parts(message: TxnOffsetCommitResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("TxnOffsetCommitResponse", version, exc) from exc
    return parts


def encode(message: TxnOffsetCommitResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("TxnOffsetCommitResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: TxnOffsetCommitResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
