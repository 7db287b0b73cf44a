# Generated from table.txt by ottla.wire.generator; do not edit.
"""CreateTopicsRequest, API key 19: versions 2 to 7, flexible from 5."""

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

API_KEY: Final = 19
MIN_VERSION: Final = 2
MAX_VERSION: Final = 7
FLEXIBLE_SINCE: Final[int | None] = 5

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_iZ = Struct(">i?").pack
_p_iZx = Struct(">i?x").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihi = Struct(">ihi").pack
_p_ii = Struct(">ii").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iZ = Struct(">i?").unpack_from
_u_iZB = Struct(">i?B").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ihi = Struct(">ihi").unpack_from
_u_ii = Struct(">ii").unpack_from


class CreatableReplicaAssignment(WireStruct):
    __slots__ = ("partition_index", "broker_ids")
    partition_index: int
    broker_ids: list[int]

    def __init__(
        self,
        partition_index: int = 0,
        broker_ids: list[int] = NEW,
    ) -> None:
        self.partition_index = partition_index
        self.broker_ids = [] if broker_ids is NEW else broker_ids


class CreatableTopicConfig(WireStruct):
    __slots__ = ("name", "value")
    name: str
    value: str | None

    def __init__(
        self,
        name: str = "",
        value: str | None = "",
    ) -> None:
        self.name = name
        self.value = value


class CreatableTopic(WireStruct):
    __slots__ = ("name", "num_partitions", "replication_factor", "assignments", "configs")
    name: str
    num_partitions: int
    replication_factor: int
    assignments: list[CreatableReplicaAssignment]
    configs: list[CreatableTopicConfig]

    def __init__(
        self,
        name: str = "",
        num_partitions: int = 0,
        replication_factor: int = 0,
        assignments: list[CreatableReplicaAssignment] = NEW,
        configs: list[CreatableTopicConfig] = NEW,
    ) -> None:
        self.name = name
        self.num_partitions = num_partitions
        self.replication_factor = replication_factor
        self.assignments = [] if assignments is NEW else assignments
        self.configs = [] if configs is NEW else configs


class CreateTopicsRequest(WireStruct):
    __slots__ = ("topics", "timeout_ms", "validate_only")
    topics: list[CreatableTopic]
    timeout_ms: int
    validate_only: bool

    def __init__(
        self,
        topics: list[CreatableTopic] = NEW,
        timeout_ms: int = 60000,
        validate_only: bool = False,
    ) -> None:
        self.topics = [] if topics is NEW else topics
        self.timeout_ms = timeout_ms
        self.validate_only = validate_only


def _read_creatable_replica_assignment_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[CreatableReplicaAssignment], int]:
    out: list[CreatableReplicaAssignment] = []
    for _ in range(count):
        partition_index, n = _u_ii(buf, pos)
        pos += 8
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "BrokerIds")
        broker_ids = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(CreatableReplicaAssignment(partition_index, broker_ids))
    return out, pos


def _read_creatable_topic_config_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[CreatableTopicConfig], int]:
    out: list[CreatableTopicConfig] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            value = None
        else:
            end = pos + n
            value = buf[pos:end].decode()
            pos = end
        out.append(CreatableTopicConfig(name, value))
    return out, pos


def _read_creatable_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[CreatableTopic], int]:
    out: list[CreatableTopic] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        num_partitions, replication_factor, n = _u_ihi(buf, pos)
        pos += 10
        if not -1 < n < 128:
            check_count(buf, pos, n, 8, "Assignments")
        assignments, pos = _read_creatable_replica_assignment_list_v2(buf, pos, n) if n else ([], pos)
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "Configs")
        configs, pos = _read_creatable_topic_config_list_v2(buf, pos, n) if n else ([], pos)
        out.append(CreatableTopic(name, num_partitions, replication_factor, assignments, configs))
    return out, pos


def _read_create_topics_request_v2(buf: bytes, pos: int) -> tuple[CreateTopicsRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 16, "Topics")
    topics, pos = _read_creatable_topic_list_v2(buf, pos, n) if n else ([], pos)
    timeout_ms, validate_only = _u_iZ(buf, pos)
    pos += 5
    return CreateTopicsRequest(topics, timeout_ms, validate_only), pos


def _read_creatable_replica_assignment_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[CreatableReplicaAssignment], int]:
    out: list[CreatableReplicaAssignment] = []
    for _ in range(count):
        partition_index, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "BrokerIds")
        broker_ids = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(CreatableReplicaAssignment(partition_index, broker_ids))
    return out, pos


def _read_creatable_topic_config_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[CreatableTopicConfig], int]:
    out: list[CreatableTopicConfig] = []
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
        if n == 0:
            value = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Value")
            end = pos + n - 1
            value = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(CreatableTopicConfig(name, value))
    return out, pos


def _read_creatable_topic_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[CreatableTopic], int]:
    out: list[CreatableTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        num_partitions, replication_factor, n = _u_ihB(buf, pos)
        pos += 7
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 6, "Assignments")
        assignments, pos = _read_creatable_replica_assignment_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Configs")
        configs, pos = _read_creatable_topic_config_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(CreatableTopic(name, num_partitions, replication_factor, assignments, configs))
    return out, pos


def _read_create_topics_request_v5(buf: bytes, pos: int) -> tuple[CreateTopicsRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 10, "Topics")
    topics, pos = _read_creatable_topic_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
    timeout_ms, validate_only, tags = _u_iZB(buf, pos)
    pos += 6
    if tags:
        pos = skip_tags(buf, pos, tags)
    return CreateTopicsRequest(topics, timeout_ms, validate_only), pos


def _write_creatable_replica_assignment_list_v2(w: Write, items: list[CreatableReplicaAssignment]) -> None:
    for x in items:
        n = len(x.broker_ids)
        w(_p_ii(x.partition_index, n))
        if x.broker_ids:
            w(pack_int32s(x.broker_ids))


def _write_creatable_topic_config_list_v2(w: Write, items: list[CreatableTopicConfig]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        if x.value is None:
            s = b""
            n = -1
        else:
            s = x.value.encode()
            n = len(s)
        w(_p_h(n))
        w(s)


def _write_creatable_topic_list_v2(w: Write, items: list[CreatableTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.assignments)
        w(_p_ihi(x.num_partitions, x.replication_factor, n))
        if x.assignments:
            _write_creatable_replica_assignment_list_v2(w, x.assignments)
        n = len(x.configs)
        w(_p_i(n))
        if x.configs:
            _write_creatable_topic_config_list_v2(w, x.configs)


def _write_create_topics_request_v2(w: Write, x: CreateTopicsRequest) -> None:
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_creatable_topic_list_v2(w, x.topics)
    w(_p_iZ(x.timeout_ms, x.validate_only))


def _write_creatable_replica_assignment_list_v5(w: Write, items: list[CreatableReplicaAssignment]) -> None:
    for x in items:
        n = len(x.broker_ids) + 1
        w(_p_iB(x.partition_index, n) if n < 128 else _p_i(x.partition_index) + uvarint(n))
        if x.broker_ids:
            w(pack_int32s(x.broker_ids))
        w(b"\0")


def _write_creatable_topic_config_list_v5(w: Write, items: list[CreatableTopicConfig]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        if x.value is None:
            s = b""
            n = 0
        else:
            s = x.value.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Value"))
        w(s)
        w(b"\0")


def _write_creatable_topic_list_v5(w: Write, items: list[CreatableTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.assignments) + 1
        w(_p_ihB(x.num_partitions, x.replication_factor, n) if n < 128 else _p_ih(x.num_partitions, x.replication_factor) + uvarint(n))
        if x.assignments:
            _write_creatable_replica_assignment_list_v5(w, x.assignments)
        n = len(x.configs) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.configs:
            _write_creatable_topic_config_list_v5(w, x.configs)
        w(b"\0")


def _write_create_topics_request_v5(w: Write, x: CreateTopicsRequest) -> None:
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_creatable_topic_list_v5(w, x.topics)
    w(_p_iZx(x.timeout_ms, x.validate_only))


_READ: Final[dict[int, Callable[[bytes, int], tuple[CreateTopicsRequest, int]]]] = {
    2: _read_create_topics_request_v2,
    3: _read_create_topics_request_v2,
    4: _read_create_topics_request_v2,
    5: _read_create_topics_request_v5,
    6: _read_create_topics_request_v5,
    7: _read_create_topics_request_v5,
}
_WRITE: Final[dict[int, Callable[[Write, CreateTopicsRequest], None]]] = {
    2: _write_create_topics_request_v2,
    3: _write_create_topics_request_v2,
    4: _write_create_topics_request_v2,
    5: _write_create_topics_request_v5,
    6: _write_create_topics_request_v5,
    7: _write_create_topics_request_v5,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> CreateTopicsRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateTopicsRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("CreateTopicsRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[CreateTopicsRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("CreateTopicsRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("CreateTopicsRequest", version, len(data), end)
    return message, end


def encode_parts(message: CreateTopicsRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateTopicsRequest", version, exc) from exc
    return parts


def encode(message: CreateTopicsRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("CreateTopicsRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: CreateTopicsRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
