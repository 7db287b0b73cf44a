# Generated from table.txt by ottla.wire.generator; do not edit.
"""ConsumerGroupHeartbeatRequest, API key 68: versions 0 to 1, flexible from 0."""

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
    absent_fault,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    pack_int32s,
    read_compact_strings,
    read_int32s,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
    write_compact_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 68
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_u_UB = Struct(">16sB").unpack_from
_u_iB = Struct(">iB").unpack_from


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


class ConsumerGroupHeartbeatRequest(WireStruct):
    __slots__ = ("group_id", "member_id", "member_epoch", "instance_id", "rack_id", "rebalance_timeout_ms", "subscribed_topic_names", "subscribed_topic_regex", "server_assignor", "topic_partitions")
    group_id: str
    member_id: str
    member_epoch: int
    instance_id: str | None
    rack_id: str | None
    rebalance_timeout_ms: int
    subscribed_topic_names: list[str] | None
    subscribed_topic_regex: str | None
    server_assignor: str | None
    topic_partitions: list[TopicPartitions] | None

    def __init__(
        self,
        group_id: str = "",
        member_id: str = "",
        member_epoch: int = 0,
        instance_id: str | None = None,
        rack_id: str | None = None,
        rebalance_timeout_ms: int = -1,
        subscribed_topic_names: list[str] | None = None,
        subscribed_topic_regex: str | None = None,
        server_assignor: str | None = None,
        topic_partitions: list[TopicPartitions] | None = None,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.instance_id = instance_id
        self.rack_id = rack_id
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.subscribed_topic_names = subscribed_topic_names
        self.subscribed_topic_regex = subscribed_topic_regex
        self.server_assignor = server_assignor
        self.topic_partitions = topic_partitions


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


def _read_consumer_group_heartbeat_request_v0(buf: bytes, pos: int) -> tuple[ConsumerGroupHeartbeatRequest, int]:
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
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    member_epoch, n = _u_iB(buf, pos)
    pos += 5
    if n == 0:
        instance_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "InstanceId")
        end = pos + n - 1
        instance_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        rack_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "RackId")
        end = pos + n - 1
        rack_id = buf[pos:end].decode()
        pos = end
    rebalance_timeout_ms, n = _u_iB(buf, pos)
    pos += 5
    if n == 0:
        subscribed_topic_names = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 1, "SubscribedTopicNames")
        subscribed_topic_names, pos = read_compact_strings(buf, pos, n - 1, "SubscribedTopicNames")
    n = buf[pos]
    pos += 1
    if n == 0:
        server_assignor = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ServerAssignor")
        end = pos + n - 1
        server_assignor = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        topic_partitions = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 18, "TopicPartitions")
        topic_partitions, pos = _read_topic_partitions_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ConsumerGroupHeartbeatRequest(group_id, member_id, member_epoch, instance_id, rack_id, rebalance_timeout_ms, subscribed_topic_names, None, server_assignor, topic_partitions), pos


def _read_consumer_group_heartbeat_request_v1(buf: bytes, pos: int) -> tuple[ConsumerGroupHeartbeatRequest, int]:
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
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    member_epoch, n = _u_iB(buf, pos)
    pos += 5
    if n == 0:
        instance_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "InstanceId")
        end = pos + n - 1
        instance_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        rack_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "RackId")
        end = pos + n - 1
        rack_id = buf[pos:end].decode()
        pos = end
    rebalance_timeout_ms, n = _u_iB(buf, pos)
    pos += 5
    if n == 0:
        subscribed_topic_names = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 1, "SubscribedTopicNames")
        subscribed_topic_names, pos = read_compact_strings(buf, pos, n - 1, "SubscribedTopicNames")
    n = buf[pos]
    pos += 1
    if n == 0:
        subscribed_topic_regex = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "SubscribedTopicRegex")
        end = pos + n - 1
        subscribed_topic_regex = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        server_assignor = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ServerAssignor")
        end = pos + n - 1
        server_assignor = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        topic_partitions = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 18, "TopicPartitions")
        topic_partitions, pos = _read_topic_partitions_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ConsumerGroupHeartbeatRequest(group_id, member_id, member_epoch, instance_id, rack_id, rebalance_timeout_ms, subscribed_topic_names, subscribed_topic_regex, server_assignor, topic_partitions), pos


def _write_topic_partitions_list_v0(w: Write, items: list[TopicPartitions]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_consumer_group_heartbeat_request_v0(w: Write, x: ConsumerGroupHeartbeatRequest) -> None:
    if x.subscribed_topic_regex is not None:
        raise absent_fault("SubscribedTopicRegex")
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
    w(s)
    if x.instance_id is None:
        s = b""
        n = 0
    else:
        s = x.instance_id.encode()
        n = len(s) + 1
    w(_p_iB(x.member_epoch, n) if n < 128 else _p_i(x.member_epoch) + string_length(n, "InstanceId"))
    w(s)
    if x.rack_id is None:
        s = b""
        n = 0
    else:
        s = x.rack_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "RackId"))
    w(s)
    n = 0 if x.subscribed_topic_names is None else len(x.subscribed_topic_names) + 1
    w(_p_iB(x.rebalance_timeout_ms, n) if n < 128 else _p_i(x.rebalance_timeout_ms) + uvarint(n))
    if x.subscribed_topic_names:
        write_compact_strings(w, x.subscribed_topic_names, "SubscribedTopicNames")
    if x.server_assignor is None:
        s = b""
        n = 0
    else:
        s = x.server_assignor.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ServerAssignor"))
    w(s)
    n = 0 if x.topic_partitions is None else len(x.topic_partitions) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topic_partitions:
        _write_topic_partitions_list_v0(w, x.topic_partitions)
    w(b"\0")


def _write_consumer_group_heartbeat_request_v1(w: Write, x: ConsumerGroupHeartbeatRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
    w(s)
    if x.instance_id is None:
        s = b""
        n = 0
    else:
        s = x.instance_id.encode()
        n = len(s) + 1
    w(_p_iB(x.member_epoch, n) if n < 128 else _p_i(x.member_epoch) + string_length(n, "InstanceId"))
    w(s)
    if x.rack_id is None:
        s = b""
        n = 0
    else:
        s = x.rack_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "RackId"))
    w(s)
    n = 0 if x.subscribed_topic_names is None else len(x.subscribed_topic_names) + 1
    w(_p_iB(x.rebalance_timeout_ms, n) if n < 128 else _p_i(x.rebalance_timeout_ms) + uvarint(n))
    if x.subscribed_topic_names:
        write_compact_strings(w, x.subscribed_topic_names, "SubscribedTopicNames")
    if x.subscribed_topic_regex is None:
        s = b""
        n = 0
    else:
        s = x.subscribed_topic_regex.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "SubscribedTopicRegex"))
    w(s)
    if x.server_assignor is None:
        s = b""
        n = 0
    else:
        s = x.server_assignor.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ServerAssignor"))
    w(s)
    n = 0 if x.topic_partitions is None else len(x.topic_partitions) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topic_partitions:
        _write_topic_partitions_list_v0(w, x.topic_partitions)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ConsumerGroupHeartbeatRequest, int]]]] = {
    0: _read_consumer_group_heartbeat_request_v0,
    1: _read_consumer_group_heartbeat_request_v1,
}
_WRITE: Final[dict[int, Callable[[Write, ConsumerGroupHeartbeatRequest], None]]] = {
    0: _write_consumer_group_heartbeat_request_v0,
    1: _write_consumer_group_heartbeat_request_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ConsumerGroupHeartbeatRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerGroupHeartbeatRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ConsumerGroupHeartbeatRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ConsumerGroupHeartbeatRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerGroupHeartbeatRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ConsumerGroupHeartbeatRequest", version, len(data), end)
    return message, end


def encode_parts(message: ConsumerGroupHeartbeatRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerGroupHeartbeatRequest", version, exc) from exc
    return parts


def encode(message: ConsumerGroupHeartbeatRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerGroupHeartbeatRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ConsumerGroupHeartbeatRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
