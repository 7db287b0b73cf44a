# Generated from table.txt by ottla.wire.generator; do not edit.
"""ReadShareGroupStateSummaryRequest, API key 87: versions 0 to 1, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    ZERO_UUID,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 87
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_iix = Struct(">iix").pack
_u_UB = Struct(">16sB").unpack_from
_u_iiB = Struct(">iiB").unpack_from


class PartitionData(WireStruct):
    __slots__ = ("partition", "leader_epoch")
    partition: int
    leader_epoch: int

    def __init__(
        self,
        partition: int = 0,
        leader_epoch: int = 0,
    ) -> None:
        self.partition = partition
        self.leader_epoch = leader_epoch


class ReadStateSummaryData(WireStruct):
    __slots__ = ("topic_id", "partitions")
    topic_id: bytes
    partitions: list[PartitionData]

    def __init__(
        self,
        topic_id: bytes = ZERO_UUID,
        partitions: list[PartitionData] = NEW,
    ) -> None:
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class ReadShareGroupStateSummaryRequest(WireStruct):
    __slots__ = ("group_id", "topics")
    group_id: str
    topics: list[ReadStateSummaryData]

    def __init__(
        self,
        group_id: str = "",
        topics: list[ReadStateSummaryData] = NEW,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is NEW else topics


def _read_partition_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition, leader_epoch, tags = _u_iiB(buf, pos)
        pos += 9
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionData(partition, leader_epoch))
    return out, pos


def _read_read_state_summary_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ReadStateSummaryData], int]:
    out: list[ReadStateSummaryData] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 9, "Partitions")
        partitions, pos = _read_partition_data_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ReadStateSummaryData(topic_id, partitions))
    return out, pos


def _read_read_share_group_state_summary_request_v0(buf: bytes, pos: int) -> tuple[ReadShareGroupStateSummaryRequest, int]:
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
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_read_state_summary_data_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ReadShareGroupStateSummaryRequest(group_id, topics), pos


def _write_partition_data_list_v0(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        w(_p_iix(x.partition, x.leader_epoch))


def _write_read_state_summary_data_list_v0(w: Write, items: list[ReadStateSummaryData]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_partition_data_list_v0(w, x.partitions)
        w(b"\0")


def _write_read_share_group_state_summary_request_v0(w: Write, x: ReadShareGroupStateSummaryRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_read_state_summary_data_list_v0(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ReadShareGroupStateSummaryRequest, int]]]] = {
    0: _read_read_share_group_state_summary_request_v0,
    1: _read_read_share_group_state_summary_request_v0,
}
_WRITE: Final[dict[int, Callable[[Write, ReadShareGroupStateSummaryRequest], None]]] = {
    0: _write_read_share_group_state_summary_request_v0,
    1: _write_read_share_group_state_summary_request_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ReadShareGroupStateSummaryRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ReadShareGroupStateSummaryRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ReadShareGroupStateSummaryRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ReadShareGroupStateSummaryRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ReadShareGroupStateSummaryRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ReadShareGroupStateSummaryRequest", version, len(data), end)
    return message, end


def encode_parts(message: ReadShareGroupStateSummaryRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ReadShareGroupStateSummaryRequest", version, exc) from exc
    return parts


def encode(message: ReadShareGroupStateSummaryRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ReadShareGroupStateSummaryRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ReadShareGroupStateSummaryRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
