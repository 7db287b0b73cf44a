# Generated from table.txt by ottla.wire.generator; do not edit.
"""CreatePartitionsRequest, API key 37: versions 0 to 3, flexible from 2."""

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
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 37
MIN_VERSION: Final = 0
MAX_VERSION: Final = 3
FLEXIBLE_SINCE: Final[int | None] = 2

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_iZ = Struct(">i?").pack
_p_iZx = Struct(">i?x").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iZ = Struct(">i?").unpack_from
_u_iZB = Struct(">i?B").unpack_from
_u_ii = Struct(">ii").unpack_from


class CreatePartitionsAssignment(WireStruct):
    __slots__ = ("broker_ids",)
    broker_ids: list[int]

    def __init__(
        self,
        broker_ids: list[int] = NEW,
    ) -> None:
        self.broker_ids = [] if broker_ids is NEW else broker_ids


class CreatePartitionsTopic(WireStruct):
    __slots__ = ("name", "count", "assignments")
    name: str
    count: int
    assignments: list[CreatePartitionsAssignment] | None

    def __init__(
        self,
        name: str = "",
        count: int = 0,
        assignments: list[CreatePartitionsAssignment] | None = NEW,
    ) -> None:
        self.name = name
        self.count = count
        self.assignments = [] if assignments is NEW else assignments


class CreatePartitionsRequest(WireStruct):
    __slots__ = ("topics", "timeout_ms", "validate_only")
    topics: list[CreatePartitionsTopic]
    timeout_ms: int
    validate_only: bool

    def __init__(
        self,
        topics: list[CreatePartitionsTopic] = NEW,
        timeout_ms: int = 0,
        validate_only: bool = False,
    ) -> None:
        self.topics = [] if topics is NEW else topics
        self.timeout_ms = timeout_ms
        self.validate_only = validate_only


def _read_create_partitions_assignment_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[CreatePartitionsAssignment], int]:
    out: list[CreatePartitionsAssignment] = []
    for _ in range(count):
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "BrokerIds")
        broker_ids = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(CreatePartitionsAssignment(broker_ids))
    return out, pos


def _read_create_partitions_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[CreatePartitionsTopic], int]:
    out: list[CreatePartitionsTopic] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        count_, n = _u_ii(buf, pos)
        pos += 8
        if n < 0:
            assignments = None
        else:
            if n > 127:
                check_count(buf, pos, n, 4, "Assignments")
            assignments, pos = _read_create_partitions_assignment_list_v0(buf, pos, n) if n else ([], pos)
        out.append(CreatePartitionsTopic(name, count_, assignments))
    return out, pos


def _read_create_partitions_request_v0(buf: bytes, pos: int) -> tuple[CreatePartitionsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 10, "Topics")
    topics, pos = _read_create_partitions_topic_list_v0(buf, pos, n) if n else ([], pos)
    timeout_ms, validate_only = _u_iZ(buf, pos)
    pos += 5
    return CreatePartitionsRequest(topics, timeout_ms, validate_only), pos


def _read_create_partitions_assignment_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[CreatePartitionsAssignment], int]:
    out: list[CreatePartitionsAssignment] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "BrokerIds")
        broker_ids = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(CreatePartitionsAssignment(broker_ids))
    return out, pos


def _read_create_partitions_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[CreatePartitionsTopic], int]:
    out: list[CreatePartitionsTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        count_, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            assignments = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 2, "Assignments")
            assignments, pos = _read_create_partitions_assignment_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(CreatePartitionsTopic(name, count_, assignments))
    return out, pos


def _read_create_partitions_request_v2(buf: bytes, pos: int) -> tuple[CreatePartitionsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 7, "Topics")
    topics, pos = _read_create_partitions_topic_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    timeout_ms, validate_only, tags = _u_iZB(buf, pos)
    pos += 6
    if tags:
        pos = skip_tags(buf, pos, tags)
    return CreatePartitionsRequest(topics, timeout_ms, validate_only), pos


def _write_create_partitions_assignment_list_v0(w: Write, items: list[CreatePartitionsAssignment]) -> None:
    for x in items:
        n = len(x.broker_ids)
        w(_p_i(n))
        if x.broker_ids:
            w(pack_int32s(x.broker_ids))


def _write_create_partitions_topic_list_v0(w: Write, items: list[CreatePartitionsTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = -1 if x.assignments is None else len(x.assignments)
        w(_p_ii(x.count, n))
        if x.assignments:
            _write_create_partitions_assignment_list_v0(w, x.assignments)


def _write_create_partitions_request_v0(w: Write, x: CreatePartitionsRequest) -> None:
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_create_partitions_topic_list_v0(w, x.topics)
    w(_p_iZ(x.timeout_ms, x.validate_only))


def _write_create_partitions_assignment_list_v2(w: Write, items: list[CreatePartitionsAssignment]) -> None:
    for x in items:
        n = len(x.broker_ids) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.broker_ids:
            w(pack_int32s(x.broker_ids))
        w(b"\0")


def _write_create_partitions_topic_list_v2(w: Write, items: list[CreatePartitionsTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = 0 if x.assignments is None else len(x.assignments) + 1
        w(_p_iB(x.count, n) if n < 128 else _p_i(x.count) + uvarint(n))
        if x.assignments:
            _write_create_partitions_assignment_list_v2(w, x.assignments)
        w(b"\0")


def _write_create_partitions_request_v2(w: Write, x: CreatePartitionsRequest) -> None:
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_create_partitions_topic_list_v2(w, x.topics)
    w(_p_iZx(x.timeout_ms, x.validate_only))


_READ: Final[dict[int, Callable[[bytes, int], tuple[CreatePartitionsRequest, int]]]] = {
    0: _read_create_partitions_request_v0,
    1: _read_create_partitions_request_v0,
    2: _read_create_partitions_request_v2,
    3: _read_create_partitions_request_v2,
}
_WRITE: Final[dict[int, Callable[[Write, CreatePartitionsRequest], None]]] = {
    0: _write_create_partitions_request_v0,
    1: _write_create_partitions_request_v0,
    2: _write_create_partitions_request_v2,
    3: _write_create_partitions_request_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> CreatePartitionsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreatePartitionsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("CreatePartitionsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[CreatePartitionsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreatePartitionsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("CreatePartitionsRequest", version, len(data), end)
    return message, end


def encode_parts(message: CreatePartitionsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreatePartitionsRequest", version, exc) from exc
    return parts


def encode(message: CreatePartitionsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreatePartitionsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: CreatePartitionsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
