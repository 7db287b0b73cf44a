# Generated from table.txt by ottla.wire.generator; do not edit.
"""OffsetForLeaderEpochResponse, API key 23: versions 2 to 4, flexible from 4."""

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

API_KEY: Final = 23
MIN_VERSION: Final = 2
MAX_VERSION: Final = 4
FLEXIBLE_SINCE: Final[int | None] = 4

_p_h = Struct(">h").pack
_p_hiiq = Struct(">hiiq").pack
_p_hiiqx = Struct(">hiiqx").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_hiiq = Struct(">hiiq").unpack_from
_u_hiiqB = Struct(">hiiqB").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


class EpochEndOffset(WireStruct):
    __slots__ = ("error_code", "partition", "leader_epoch", "end_offset")
    error_code: int
    partition: int
    leader_epoch: int
    end_offset: int

    def __init__(
        self,
        error_code: int = 0,
        partition: int = 0,
        leader_epoch: int = -1,
        end_offset: int = -1,
    ) -> None:
        self.error_code = error_code
        self.partition = partition
        self.leader_epoch = leader_epoch
        self.end_offset = end_offset


class OffsetForLeaderTopicResult(WireStruct):
    __slots__ = ("topic", "partitions")
    topic: str
    partitions: list[EpochEndOffset]

    def __init__(
        self,
        topic: str = "",
        partitions: list[EpochEndOffset] = NEW,
    ) -> None:
        self.topic = topic
        self.partitions = [] if partitions is NEW else partitions


class OffsetForLeaderEpochResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "topics")
    throttle_time_ms: int
    topics: list[OffsetForLeaderTopicResult]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        topics: list[OffsetForLeaderTopicResult] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics


def _read_epoch_end_offset_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[EpochEndOffset], int]:
    out: list[EpochEndOffset] = []
    for _ in range(count):
        error_code, partition, leader_epoch, end_offset = _u_hiiq(buf, pos)
        pos += 18
        out.append(EpochEndOffset(error_code, partition, leader_epoch, end_offset))
    return out, pos


def _read_offset_for_leader_topic_result_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[OffsetForLeaderTopicResult], int]:
    out: list[OffsetForLeaderTopicResult] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Topic")
        end = pos + n
        topic = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_epoch_end_offset_list_v2(buf, pos, n) if n else ([], pos)
        out.append(OffsetForLeaderTopicResult(topic, partitions))
    return out, pos


def _read_offset_for_leader_epoch_response_v2(buf: bytes, pos: int) -> tuple[OffsetForLeaderEpochResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_for_leader_topic_result_list_v2(buf, pos, n) if n else ([], pos)
    return OffsetForLeaderEpochResponse(throttle_time_ms, topics), pos


def _read_epoch_end_offset_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[EpochEndOffset], int]:
    out: list[EpochEndOffset] = []
    for _ in range(count):
        error_code, partition, leader_epoch, end_offset, tags = _u_hiiqB(buf, pos)
        pos += 19
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(EpochEndOffset(error_code, partition, leader_epoch, end_offset))
    return out, pos


def _read_offset_for_leader_topic_result_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[OffsetForLeaderTopicResult], int]:
    out: list[OffsetForLeaderTopicResult] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Topic")
        end = pos + n - 1
        topic = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 19, "Partitions")
        partitions, pos = _read_epoch_end_offset_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetForLeaderTopicResult(topic, partitions))
    return out, pos


def _read_offset_for_leader_epoch_response_v4(buf: bytes, pos: int) -> tuple[OffsetForLeaderEpochResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_offset_for_leader_topic_result_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetForLeaderEpochResponse(throttle_time_ms, topics), pos


def _write_epoch_end_offset_list_v2(w: Write, items: list[EpochEndOffset]) -> None:
    for x in items:
        w(_p_hiiq(x.error_code, x.partition, x.leader_epoch, x.end_offset))


def _write_offset_for_leader_topic_result_list_v2(w: Write, items: list[OffsetForLeaderTopicResult]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_epoch_end_offset_list_v2(w, x.partitions)


def _write_offset_for_leader_epoch_response_v2(w: Write, x: OffsetForLeaderEpochResponse) -> None:
    n = len(x.topics)
    w(_p_ii(x.throttle_time_ms, n))
    if x.topics:
        _write_offset_for_leader_topic_result_list_v2(w, x.topics)


def _write_epoch_end_offset_list_v4(w: Write, items: list[EpochEndOffset]) -> None:
    for x in items:
        w(_p_hiiqx(x.error_code, x.partition, x.leader_epoch, x.end_offset))


def _write_offset_for_leader_topic_result_list_v4(w: Write, items: list[OffsetForLeaderTopicResult]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Topic"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_epoch_end_offset_list_v4(w, x.partitions)
        w(b"\0")


def _write_offset_for_leader_epoch_response_v4(w: Write, x: OffsetForLeaderEpochResponse) -> None:
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_offset_for_leader_topic_result_list_v4(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[OffsetForLeaderEpochResponse, int]]]] = {
    2: _read_offset_for_leader_epoch_response_v2,
    3: _read_offset_for_leader_epoch_response_v2,
    4: _read_offset_for_leader_epoch_response_v4,
}
_WRITE: Final[dict[int, Callable[[Write, OffsetForLeaderEpochResponse], None]]] = {
    2: _write_offset_for_leader_epoch_response_v2,
    3: _write_offset_for_leader_epoch_response_v2,
    4: _write_offset_for_leader_epoch_response_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> OffsetForLeaderEpochResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetForLeaderEpochResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("OffsetForLeaderEpochResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[OffsetForLeaderEpochResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetForLeaderEpochResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("OffsetForLeaderEpochResponse", version, len(data), end)
    return message, end


def encode_parts(message: OffsetForLeaderEpochResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetForLeaderEpochResponse", version, exc) from exc
    return parts


def encode(message: OffsetForLeaderEpochResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetForLeaderEpochResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: OffsetForLeaderEpochResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
