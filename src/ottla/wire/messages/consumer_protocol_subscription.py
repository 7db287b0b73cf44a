# Generated from table.txt by ottla.wire.generator; do not edit.
"""ConsumerProtocolSubscription: versions 0 to 3."""

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
    read_strings,
    write_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = None
MIN_VERSION: Final = 0
MAX_VERSION: Final = 3
FLEXIBLE_SINCE: Final[int | None] = None

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_ih = Struct(">ih").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_ih = Struct(">ih").unpack_from


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


class ConsumerProtocolSubscription(WireStruct):
    __slots__ = ("topics", "user_data", "owned_partitions", "generation_id", "rack_id")
    topics: list[str]
    user_data: bytes | None
    owned_partitions: list[TopicPartition]
    generation_id: int
    rack_id: str | None

    def __init__(
        self,
        topics: list[str] = NEW,
        user_data: bytes | None = None,
        owned_partitions: list[TopicPartition] = NEW,
        generation_id: int = -1,
        rack_id: str | None = None,
    ) -> None:
        self.topics = [] if topics is NEW else topics
        self.user_data = user_data
        self.owned_partitions = [] if owned_partitions is NEW else owned_partitions
        self.generation_id = generation_id
        self.rack_id = rack_id


def _read_consumer_protocol_subscription_v0(buf: bytes, pos: int) -> tuple[ConsumerProtocolSubscription, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "Topics")
    topics, pos = read_strings(buf, pos, n, "Topics")
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        user_data = None
    else:
        end = pos + n
        user_data = buf[pos:end]
        pos = end
    return ConsumerProtocolSubscription(topics, user_data, [], -1, None), pos


def _read_topic_partition_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[TopicPartition], int]:
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


def _read_consumer_protocol_subscription_v1(buf: bytes, pos: int) -> tuple[ConsumerProtocolSubscription, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "Topics")
    topics, pos = read_strings(buf, pos, n, "Topics")
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        user_data = None
    else:
        end = pos + n
        user_data = buf[pos:end]
        pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "OwnedPartitions")
    owned_partitions, pos = _read_topic_partition_list_v1(buf, pos, n) if n else ([], pos)
    return ConsumerProtocolSubscription(topics, user_data, owned_partitions, -1, None), pos


def _read_consumer_protocol_subscription_v2(buf: bytes, pos: int) -> tuple[ConsumerProtocolSubscription, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "Topics")
    topics, pos = read_strings(buf, pos, n, "Topics")
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        user_data = None
    else:
        end = pos + n
        user_data = buf[pos:end]
        pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "OwnedPartitions")
    owned_partitions, pos = _read_topic_partition_list_v1(buf, pos, n) if n else ([], pos)
    (generation_id,) = _u_i(buf, pos)
    pos += 4
    return ConsumerProtocolSubscription(topics, user_data, owned_partitions, generation_id, None), pos


def _read_consumer_protocol_subscription_v3(buf: bytes, pos: int) -> tuple[ConsumerProtocolSubscription, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "Topics")
    topics, pos = read_strings(buf, pos, n, "Topics")
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        user_data = None
    else:
        end = pos + n
        user_data = buf[pos:end]
        pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "OwnedPartitions")
    owned_partitions, pos = _read_topic_partition_list_v1(buf, pos, n) if n else ([], pos)
    generation_id, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        rack_id = None
    else:
        end = pos + n
        rack_id = buf[pos:end].decode()
        pos = end
    return ConsumerProtocolSubscription(topics, user_data, owned_partitions, generation_id, rack_id), pos


def _write_consumer_protocol_subscription_v0(w: Write, x: ConsumerProtocolSubscription) -> None:
    d: bytes | bytearray | memoryview
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        write_strings(w, x.topics, "Topics")
    if x.user_data is None:
        d = b""
        n = -1
    else:
        d = x.user_data
        n = len(d)
    w(_p_i(n))
    w(d)


def _write_topic_partition_list_v1(w: Write, items: list[TopicPartition]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            w(pack_int32s(x.partitions))


def _write_consumer_protocol_subscription_v1(w: Write, x: ConsumerProtocolSubscription) -> None:
    d: bytes | bytearray | memoryview
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        write_strings(w, x.topics, "Topics")
    if x.user_data is None:
        d = b""
        n = -1
    else:
        d = x.user_data
        n = len(d)
    w(_p_i(n))
    w(d)
    n = len(x.owned_partitions)
    w(_p_i(n))
    if x.owned_partitions:
        _write_topic_partition_list_v1(w, x.owned_partitions)


def _write_consumer_protocol_subscription_v2(w: Write, x: ConsumerProtocolSubscription) -> None:
    d: bytes | bytearray | memoryview
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        write_strings(w, x.topics, "Topics")
    if x.user_data is None:
        d = b""
        n = -1
    else:
        d = x.user_data
        n = len(d)
    w(_p_i(n))
    w(d)
    n = len(x.owned_partitions)
    w(_p_i(n))
    if x.owned_partitions:
        _write_topic_partition_list_v1(w, x.owned_partitions)
    w(_p_i(x.generation_id))


def _write_consumer_protocol_subscription_v3(w: Write, x: ConsumerProtocolSubscription) -> None:
    d: bytes | bytearray | memoryview
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        write_strings(w, x.topics, "Topics")
    if x.user_data is None:
        d = b""
        n = -1
    else:
        d = x.user_data
        n = len(d)
    w(_p_i(n))
    w(d)
    n = len(x.owned_partitions)
    w(_p_i(n))
    if x.owned_partitions:
        _write_topic_partition_list_v1(w, x.owned_partitions)
    if x.rack_id is None:
        s = b""
        n = -1
    else:
        s = x.rack_id.encode()
        n = len(s)
    w(_p_ih(x.generation_id, n))
    w(s)


_READ: Final[dict[int, Callable[[bytes, int], tuple[ConsumerProtocolSubscription, int]]]] = {
    0: _read_consumer_protocol_subscription_v0,
    1: _read_consumer_protocol_subscription_v1,
    2: _read_consumer_protocol_subscription_v2,
    3: _read_consumer_protocol_subscription_v3,
}
_WRITE: Final[dict[int, Callable[[Write, ConsumerProtocolSubscription], None]]] = {
    0: _write_consumer_protocol_subscription_v0,
    1: _write_consumer_protocol_subscription_v1,
    2: _write_consumer_protocol_subscription_v2,
    3: _write_consumer_protocol_subscription_v3,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ConsumerProtocolSubscription:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerProtocolSubscription", version, exc) from exc
    if end != len(data):
        raise length_fault("ConsumerProtocolSubscription", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ConsumerProtocolSubscription, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerProtocolSubscription", version, exc) from exc
    if end > len(data):
        raise length_fault("ConsumerProtocolSubscription", version, len(data), end)
    return message, end


def encode_parts(message: ConsumerProtocolSubscription, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerProtocolSubscription", version, exc) from exc
    return parts


def encode(message: ConsumerProtocolSubscription, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerProtocolSubscription", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ConsumerProtocolSubscription, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
