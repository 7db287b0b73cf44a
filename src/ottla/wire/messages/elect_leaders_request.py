# Generated from table.txt by ottla.wire.generator; do not edit.
"""ElectLeadersRequest, API key 43: versions 0 to 2, flexible from 2."""

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
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 43
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 2

_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_bi = Struct(">bi").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_ix = Struct(">ix").pack
_u_bB = Struct(">bB").unpack_from
_u_bi = Struct(">bi").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from


class TopicPartitions(WireStruct):
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


class ElectLeadersRequest(WireStruct):
    __slots__ = ("election_type", "topic_partitions", "timeout_ms")
    election_type: int
    topic_partitions: list[TopicPartitions] | None
    timeout_ms: int

    def __init__(
        self,
        election_type: int = 0,
        topic_partitions: list[TopicPartitions] | None = NEW,
        timeout_ms: int = 60000,
    ) -> None:
        self.election_type = election_type
        self.topic_partitions = [] if topic_partitions is NEW else topic_partitions
        self.timeout_ms = timeout_ms


def _read_topic_partitions_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicPartitions], int]:
    out: list[TopicPartitions] = []
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
        out.append(TopicPartitions(topic, partitions))
    return out, pos


def _read_elect_leaders_request_v0(buf: bytes, pos: int) -> tuple[ElectLeadersRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        topic_partitions = None
    else:
        if n > 127:
            check_count(buf, pos, n, 6, "TopicPartitions")
        topic_partitions, pos = _read_topic_partitions_list_v0(buf, pos, n) if n else ([], pos)
    (timeout_ms,) = _u_i(buf, pos)
    pos += 4
    return ElectLeadersRequest(0, topic_partitions, timeout_ms), pos


def _read_elect_leaders_request_v1(buf: bytes, pos: int) -> tuple[ElectLeadersRequest, int]:
    election_type, n = _u_bi(buf, pos)
    pos += 5
    if n < 0:
        topic_partitions = None
    else:
        if n > 127:
            check_count(buf, pos, n, 6, "TopicPartitions")
        topic_partitions, pos = _read_topic_partitions_list_v0(buf, pos, n) if n else ([], pos)
    (timeout_ms,) = _u_i(buf, pos)
    pos += 4
    return ElectLeadersRequest(election_type, topic_partitions, timeout_ms), pos


def _read_topic_partitions_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[TopicPartitions], int]:
    out: list[TopicPartitions] = []
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
            n, pos = long_count(buf, pos, n, 4, "Partitions")
        partitions = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicPartitions(topic, partitions))
    return out, pos


def _read_elect_leaders_request_v2(buf: bytes, pos: int) -> tuple[ElectLeadersRequest, int]:
    election_type, n = _u_bB(buf, pos)
    pos += 2
    if n == 0:
        topic_partitions = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "TopicPartitions")
        topic_partitions, pos = _read_topic_partitions_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    timeout_ms, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ElectLeadersRequest(election_type, topic_partitions, timeout_ms), pos


def _write_topic_partitions_list_v0(w: Write, items: list[TopicPartitions]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            w(pack_int32s(x.partitions))


def _write_elect_leaders_request_v0(w: Write, x: ElectLeadersRequest) -> None:
    if x.election_type:
        raise absent_fault("ElectionType")
    n = -1 if x.topic_partitions is None else len(x.topic_partitions)
    w(_p_i(n))
    if x.topic_partitions:
        _write_topic_partitions_list_v0(w, x.topic_partitions)
    w(_p_i(x.timeout_ms))


def _write_elect_leaders_request_v1(w: Write, x: ElectLeadersRequest) -> None:
    n = -1 if x.topic_partitions is None else len(x.topic_partitions)
    w(_p_bi(x.election_type, n))
    if x.topic_partitions:
        _write_topic_partitions_list_v0(w, x.topic_partitions)
    w(_p_i(x.timeout_ms))


def _write_topic_partitions_list_v2(w: Write, items: list[TopicPartitions]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Topic"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_elect_leaders_request_v2(w: Write, x: ElectLeadersRequest) -> None:
    n = 0 if x.topic_partitions is None else len(x.topic_partitions) + 1
    w(_p_bB(x.election_type, n) if n < 128 else _p_b(x.election_type) + uvarint(n))
    if x.topic_partitions:
        _write_topic_partitions_list_v2(w, x.topic_partitions)
    w(_p_ix(x.timeout_ms))


_READ: Final[dict[int, Callable[[bytes, int], tuple[ElectLeadersRequest, int]]]] = {
    0: _read_elect_leaders_request_v0,
    1: _read_elect_leaders_request_v1,
    2: _read_elect_leaders_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, ElectLeadersRequest], None]]] = {
    0: _write_elect_leaders_request_v0,
    1: _write_elect_leaders_request_v1,
    2: _write_elect_leaders_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ElectLeadersRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ElectLeadersRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("ElectLeadersRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ElectLeadersRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ElectLeadersRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("ElectLeadersRequest", version, len(data), end)
    return message, end


def encode_parts(message: ElectLeadersRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ElectLeadersRequest", version, exc) from exc
    return parts


def encode(message: ElectLeadersRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ElectLeadersRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ElectLeadersRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
