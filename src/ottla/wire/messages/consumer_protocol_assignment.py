# Generated from table.txt by ottla.wire.generator; do not edit.
"""ConsumerProtocolAssignment: versions 0 to 3."""

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
    pack_int32s,
    read_int32s,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = None
MIN_VERSION: Final = 0
MAX_VERSION: Final = 3
FLEXIBLE_SINCE: Final[int | None] = None

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


class TopicPartition(WireStruct):
    __slots__ = ("topic", "partitions")
    topic: str
    partitions: list[int]

    def __init__(
        self,
        topic: str = "",
        partitions: list[int] = NEW,
    ) -> None:
        self.topic = topic
        self.partitions = [] if partitions is NEW else partitions


class ConsumerProtocolAssignment(WireStruct):
    __slots__ = ("assigned_partitions", "user_data")
    assigned_partitions: list[TopicPartition]
    user_data: bytes | None

    def __init__(
        self,
        assigned_partitions: list[TopicPartition] = NEW,
        user_data: bytes | None = None,
    ) -> None:
        self.assigned_partitions = [] if assigned_partitions is NEW else assigned_partitions
        self.user_data = user_data


def _read_topic_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicPartition], int]:
    out: list[TopicPartition] = []
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
            check_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(TopicPartition(topic, partitions))
    return out, pos


def _read_consumer_protocol_assignment_v0(buf: bytes, pos: int) -> tuple[ConsumerProtocolAssignment, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "AssignedPartitions")
    assigned_partitions, pos = _read_topic_partition_list_v0(buf, pos, n) if n else ([], pos)
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        user_data = None
    else:
        end = pos + n
        user_data = buf[pos:end]
        pos = end
    return ConsumerProtocolAssignment(assigned_partitions, user_data), pos


def _write_topic_partition_list_v0(w: Write, items: list[TopicPartition]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            w(pack_int32s(x.partitions))


def _write_consumer_protocol_assignment_v0(w: Write, x: ConsumerProtocolAssignment) -> None:
    d: bytes | bytearray | memoryview
    n = len(x.assigned_partitions)
    w(_p_i(n))
    if x.assigned_partitions:
        _write_topic_partition_list_v0(w, x.assigned_partitions)
    if x.user_data is None:
        d = b""
        n = -1
    else:
        d = x.user_data
        n = len(d)
    w(_p_i(n))
    w(d)


_READ: Final[dict[int, Callable[[bytes, int], tuple[ConsumerProtocolAssignment, int]]]] = {
    0: _read_consumer_protocol_assignment_v0,
    1: _read_consumer_protocol_assignment_v0,
    2: _read_consumer_protocol_assignment_v0,
    3: _read_consumer_protocol_assignment_v0,
}
_WRITE: Final[dict[int, Callable[[Write, ConsumerProtocolAssignment], None]]] = {
    0: _write_consumer_protocol_assignment_v0,
    1: _write_consumer_protocol_assignment_v0,
    2: _write_consumer_protocol_assignment_v0,
    3: _write_consumer_protocol_assignment_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ConsumerProtocolAssignment:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerProtocolAssignment", version, exc) from exc
    if end != len(data):
        raise length_fault("ConsumerProtocolAssignment", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ConsumerProtocolAssignment, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerProtocolAssignment", version, exc) from exc
    if end > len(data):
        raise length_fault("ConsumerProtocolAssignment", version, len(data), end)
    return message, end


def encode_parts(message: ConsumerProtocolAssignment, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerProtocolAssignment", version, exc) from exc
    return parts


def encode(message: ConsumerProtocolAssignment, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerProtocolAssignment", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ConsumerProtocolAssignment, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
