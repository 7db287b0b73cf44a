# Generated from table.txt by ottla.wire.generator; do not edit.
"""ConsumerGroupHeartbeatResponse, API key 68: versions 0 to 1, flexible from 0."""

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
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 68
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_iib = Struct(">iib").pack
_u_UB = Struct(">16sB").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_iib = Struct(">iib").unpack_from


class TopicPartitions(WireStruct):
    __slots__ = ("topic_id", "partitions")
    topic_id: bytes
    partitions: list[int]

    def __init__(
        self,
        topic_id: bytes = ZERO_UUID,
        partitions: list[int] = NEW,
    ) -> None:
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class Assignment(WireStruct):
    __slots__ = ("topic_partitions",)
    topic_partitions: list[TopicPartitions]

    def __init__(
        self,
        topic_partitions: list[TopicPartitions] = NEW,
    ) -> None:
        self.topic_partitions = [] if topic_partitions is NEW else topic_partitions


class ConsumerGroupHeartbeatResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "member_id", "member_epoch", "heartbeat_interval_ms", "assignment")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    member_id: str | None
    member_epoch: int
    heartbeat_interval_ms: int
    assignment: Assignment | None

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        member_id: str | None = None,
        member_epoch: int = 0,
        heartbeat_interval_ms: int = 0,
        assignment: Assignment | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.heartbeat_interval_ms = heartbeat_interval_ms
        self.assignment = assignment


def _read_topic_partitions_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicPartitions], int]:
    out: list[TopicPartitions] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicPartitions(topic_id, partitions))
    return out, pos


def _read_assignment_v0(buf: bytes, pos: int) -> tuple[Assignment, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "TopicPartitions")
    topic_partitions, pos = _read_topic_partitions_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return Assignment(topic_partitions), pos


def _read_consumer_group_heartbeat_response_v0(buf: bytes, pos: int) -> tuple[ConsumerGroupHeartbeatResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if n == 0:
        error_message = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ErrorMessage")
        end = pos + n - 1
        error_message = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        member_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "MemberId")
        end = pos + n - 1
        member_id = buf[pos:end].decode()
        pos = end
    member_epoch, heartbeat_interval_ms, n = _u_iib(buf, pos)
    pos += 9
    if n < 0:
        assignment = None
    else:
        assignment, pos = _read_assignment_v0(buf, pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ConsumerGroupHeartbeatResponse(throttle_time_ms, error_code, error_message, member_id, member_epoch, heartbeat_interval_ms, assignment), pos


def _write_topic_partitions_list_v0(w: Write, items: list[TopicPartitions]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_assignment_v0(w: Write, x: Assignment) -> None:
    n = len(x.topic_partitions) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topic_partitions:
        _write_topic_partitions_list_v0(w, x.topic_partitions)
    w(b"\0")


def _write_consumer_group_heartbeat_response_v0(w: Write, x: ConsumerGroupHeartbeatResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    if x.member_id is None:
        s = b""
        n = 0
    else:
        s = x.member_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
    w(s)
    n = -1 if x.assignment is None else 1
    w(_p_iib(x.member_epoch, x.heartbeat_interval_ms, n))
    if x.assignment is not None:
        _write_assignment_v0(w, x.assignment)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ConsumerGroupHeartbeatResponse, int]]]] = {
    0: _read_consumer_group_heartbeat_response_v0,
    1: _read_consumer_group_heartbeat_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, ConsumerGroupHeartbeatResponse], None]]] = {
    0: _write_consumer_group_heartbeat_response_v0,
    1: _write_consumer_group_heartbeat_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ConsumerGroupHeartbeatResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerGroupHeartbeatResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ConsumerGroupHeartbeatResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ConsumerGroupHeartbeatResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerGroupHeartbeatResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ConsumerGroupHeartbeatResponse", version, len(data), end)
    return message, end


def encode_parts(message: ConsumerGroupHeartbeatResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerGroupHeartbeatResponse", version, exc) from exc
    return parts


def encode(message: ConsumerGroupHeartbeatResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerGroupHeartbeatResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ConsumerGroupHeartbeatResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
