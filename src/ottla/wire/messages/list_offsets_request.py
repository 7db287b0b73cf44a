# Generated from table.txt by ottla.wire.generator; do not edit.
"""ListOffsetsRequest, API key 2: versions 1 to 11, flexible from 6."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    absent_fault,
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

API_KEY: Final = 2
MIN_VERSION: Final = 1
MAX_VERSION: Final = 11
FLEXIBLE_SINCE: Final[int | None] = 6

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_ib = Struct(">ib").pack
_p_ibB = Struct(">ibB").pack
_p_ibi = Struct(">ibi").pack
_p_ii = Struct(">ii").pack
_p_iiq = Struct(">iiq").pack
_p_iiqx = Struct(">iiqx").pack
_p_iq = Struct(">iq").pack
_p_ix = Struct(">ix").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ibB = Struct(">ibB").unpack_from
_u_ibi = Struct(">ibi").unpack_from
_u_ii = Struct(">ii").unpack_from
_u_iiq = Struct(">iiq").unpack_from
_u_iiqB = Struct(">iiqB").unpack_from
_u_iq = Struct(">iq").unpack_from


class ListOffsetsPartition(WireStruct):
    __slots__ = ("partition_index", "current_leader_epoch", "timestamp")
    partition_index: int
    current_leader_epoch: int
    timestamp: int

    def __init__(
        self,
        partition_index: int = 0,
        current_leader_epoch: int = -1,
        timestamp: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.current_leader_epoch = current_leader_epoch
        self.timestamp = timestamp


class ListOffsetsTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[ListOffsetsPartition]

    def __init__(
        self,
        name: str = "",
        partitions: list[ListOffsetsPartition] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class ListOffsetsRequest(WireStruct):
    __slots__ = ("replica_id", "isolation_level", "topics", "timeout_ms")
    replica_id: int
    isolation_level: int
    topics: list[ListOffsetsTopic]
    timeout_ms: int

    def __init__(
        self,
        replica_id: int = 0,
        isolation_level: int = 0,
        topics: list[ListOffsetsTopic] = NEW,
        timeout_ms: int = 0,
    ) -> None:
        self.replica_id = replica_id
        self.isolation_level = isolation_level
        self.topics = [] if topics is NEW else topics
        self.timeout_ms = timeout_ms


def _read_list_offsets_partition_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsPartition], int]:
    out: list[ListOffsetsPartition] = []
    for _ in range(count):
        partition_index, timestamp = _u_iq(buf, pos)
        pos += 12
        out.append(ListOffsetsPartition(partition_index, -1, timestamp))
    return out, pos


def _read_list_offsets_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsTopic], int]:
    out: list[ListOffsetsTopic] = []
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
        partitions, pos = _read_list_offsets_partition_list_v1(buf, pos, n) if n else ([], pos)
        out.append(ListOffsetsTopic(name, partitions))
    return out, pos


def _read_list_offsets_request_v1(buf: bytes, pos: int) -> tuple[ListOffsetsRequest, int]:
    replica_id, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_list_offsets_topic_list_v1(buf, pos, n) if n else ([], pos)
    return ListOffsetsRequest(replica_id, 0, topics, 0), pos


def _read_list_offsets_request_v2(buf: bytes, pos: int) -> tuple[ListOffsetsRequest, int]:
    replica_id, isolation_level, n = _u_ibi(buf, pos)
    pos += 9
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_list_offsets_topic_list_v1(buf, pos, n) if n else ([], pos)
    return ListOffsetsRequest(replica_id, isolation_level, topics, 0), pos


def _read_list_offsets_partition_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsPartition], int]:
    out: list[ListOffsetsPartition] = []
    for _ in range(count):
        partition_index, current_leader_epoch, timestamp = _u_iiq(buf, pos)
        pos += 16
        out.append(ListOffsetsPartition(partition_index, current_leader_epoch, timestamp))
    return out, pos


def _read_list_offsets_topic_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsTopic], int]:
    out: list[ListOffsetsTopic] = []
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
            check_count(buf, pos, n, 16, "Partitions")
        partitions, pos = _read_list_offsets_partition_list_v4(buf, pos, n) if n else ([], pos)
        out.append(ListOffsetsTopic(name, partitions))
    return out, pos


def _read_list_offsets_request_v4(buf: bytes, pos: int) -> tuple[ListOffsetsRequest, int]:
    replica_id, isolation_level, n = _u_ibi(buf, pos)
    pos += 9
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_list_offsets_topic_list_v4(buf, pos, n) if n else ([], pos)
    return ListOffsetsRequest(replica_id, isolation_level, topics, 0), pos


def _read_list_offsets_partition_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsPartition], int]:
    out: list[ListOffsetsPartition] = []
    for _ in range(count):
        partition_index, current_leader_epoch, timestamp, tags = _u_iiqB(buf, pos)
        pos += 17
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ListOffsetsPartition(partition_index, current_leader_epoch, timestamp))
    return out, pos


def _read_list_offsets_topic_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[ListOffsetsTopic], int]:
    out: list[ListOffsetsTopic] = []
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
            n, pos = long_count(buf, pos, n, 17, "Partitions")
        partitions, pos = _read_list_offsets_partition_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ListOffsetsTopic(name, partitions))
    return out, pos


def _read_list_offsets_request_v6(buf: bytes, pos: int) -> tuple[ListOffsetsRequest, int]:
    replica_id, isolation_level, n = _u_ibB(buf, pos)
    pos += 6
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_list_offsets_topic_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListOffsetsRequest(replica_id, isolation_level, topics, 0), pos


def _read_list_offsets_request_v10(buf: bytes, pos: int) -> tuple[ListOffsetsRequest, int]:
    replica_id, isolation_level, n = _u_ibB(buf, pos)
    pos += 6
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_list_offsets_topic_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    timeout_ms, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ListOffsetsRequest(replica_id, isolation_level, topics, timeout_ms), pos


def _write_list_offsets_partition_list_v1(w: Write, items: list[ListOffsetsPartition]) -> None:
    for x in items:
        w(_p_iq(x.partition_index, x.timestamp))


def _write_list_offsets_topic_list_v1(w: Write, items: list[ListOffsetsTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_list_offsets_partition_list_v1(w, x.partitions)


def _write_list_offsets_request_v1(w: Write, x: ListOffsetsRequest) -> None:
    if x.isolation_level:
        raise absent_fault("IsolationLevel")
    n = len(x.topics)
    w(_p_ii(x.replica_id, n))
    if x.topics:
        _write_list_offsets_topic_list_v1(w, x.topics)


def _write_list_offsets_request_v2(w: Write, x: ListOffsetsRequest) -> None:
    n = len(x.topics)
    w(_p_ibi(x.replica_id, x.isolation_level, n))
    if x.topics:
        _write_list_offsets_topic_list_v1(w, x.topics)


def _write_list_offsets_partition_list_v4(w: Write, items: list[ListOffsetsPartition]) -> None:
    for x in items:
        w(_p_iiq(x.partition_index, x.current_leader_epoch, x.timestamp))


def _write_list_offsets_topic_list_v4(w: Write, items: list[ListOffsetsTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_list_offsets_partition_list_v4(w, x.partitions)


def _write_list_offsets_request_v4(w: Write, x: ListOffsetsRequest) -> None:
    n = len(x.topics)
    w(_p_ibi(x.replica_id, x.isolation_level, n))
    if x.topics:
        _write_list_offsets_topic_list_v4(w, x.topics)


def _write_list_offsets_partition_list_v6(w: Write, items: list[ListOffsetsPartition]) -> None:
    for x in items:
        w(_p_iiqx(x.partition_index, x.current_leader_epoch, x.timestamp))


def _write_list_offsets_topic_list_v6(w: Write, items: list[ListOffsetsTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_list_offsets_partition_list_v6(w, x.partitions)
        w(b"\0")


def _write_list_offsets_request_v6(w: Write, x: ListOffsetsRequest) -> None:
    n = len(x.topics) + 1
    w(_p_ibB(x.replica_id, x.isolation_level, n) if n < 128 else _p_ib(x.replica_id, x.isolation_level) + uvarint(n))
    if x.topics:
        _write_list_offsets_topic_list_v6(w, x.topics)
    w(b"\0")


def _write_list_offsets_request_v10(w: Write, x: ListOffsetsRequest) -> None:
    n = len(x.topics) + 1
    w(_p_ibB(x.replica_id, x.isolation_level, n) if n < 128 else _p_ib(x.replica_id, x.isolation_level) + uvarint(n))
    if x.topics:
        _write_list_offsets_topic_list_v6(w, x.topics)
    w(_p_ix(x.timeout_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[ListOffsetsRequest, int]]]] = {
    1: _read_list_offsets_request_v1,
    2: _read_list_offsets_request_v2,
    3: _read_list_offsets_request_v2,
    4: _read_list_offsets_request_v4,
    5: _read_list_offsets_request_v4,
    6: _read_list_offsets_request_v6,
    7: _read_list_offsets_request_v6,
    8: _read_list_offsets_request_v6,
    9: _read_list_offsets_request_v6,
    10: _read_list_offsets_request_v10,
    11: _read_list_offsets_request_v10,
}
_WRITE: Final[dict[int, Callable[[Write, ListOffsetsRequest], None]]] = {
    1: _write_list_offsets_request_v1,
    2: _write_list_offsets_request_v2,
    3: _write_list_offsets_request_v2,
    4: _write_list_offsets_request_v4,
    5: _write_list_offsets_request_v4,
    6: _write_list_offsets_request_v6,
    7: _write_list_offsets_request_v6,
    8: _write_list_offsets_request_v6,
    9: _write_list_offsets_request_v6,
    10: _write_list_offsets_request_v10,
    11: _write_list_offsets_request_v10,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ListOffsetsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListOffsetsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ListOffsetsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ListOffsetsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ListOffsetsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ListOffsetsRequest", version, len(data), end)
    return message, end


def encode_parts(message: ListOffsetsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListOffsetsRequest", version, exc) from exc
    return parts


def encode(message: ListOffsetsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ListOffsetsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ListOffsetsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
