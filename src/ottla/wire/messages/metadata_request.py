# Generated from table.txt by ottla.wire.generator; do not edit.
"""MetadataRequest, API key 3: versions 0 to 13, flexible from 9."""

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
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 3
MIN_VERSION: Final = 0
MAX_VERSION: Final = 13
FLEXIBLE_SINCE: Final[int | None] = 9

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_Z = Struct(">?").pack
_p_ZZZ = Struct(">???").pack
_p_ZZZx = Struct(">???x").pack
_p_ZZx = Struct(">??x").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_UB = Struct(">16sB").unpack_from
_u_Z = Struct(">?").unpack_from
_u_ZZB = Struct(">??B").unpack_from
_u_ZZZ = Struct(">???").unpack_from
_u_ZZZB = Struct(">???B").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


class MetadataRequestTopic(WireStruct):
    __slots__ = ("topic_id", "name")
    topic_id: bytes
    name: str | None

    def __init__(
        self,
        topic_id: bytes = ZERO_UUID,
        name: str | None = "",
    ) -> None:
        self.topic_id = topic_id
        self.name = name


class MetadataRequest(WireStruct):
    __slots__ = ("topics", "allow_auto_topic_creation", "include_cluster_authorized_operations", "include_topic_authorized_operations")
    topics: list[MetadataRequestTopic] | None
    allow_auto_topic_creation: bool
    include_cluster_authorized_operations: bool
    include_topic_authorized_operations: bool

    def __init__(
        self,
        topics: list[MetadataRequestTopic] | None = NEW,
        allow_auto_topic_creation: bool = True,
        include_cluster_authorized_operations: bool = False,
        include_topic_authorized_operations: bool = False,
    ) -> None:
        self.topics = [] if topics is NEW else topics
        self.allow_auto_topic_creation = allow_auto_topic_creation
        self.include_cluster_authorized_operations = include_cluster_authorized_operations
        self.include_topic_authorized_operations = include_topic_authorized_operations


def _read_metadata_request_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[MetadataRequestTopic], int]:
    out: list[MetadataRequestTopic] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        out.append(MetadataRequestTopic(ZERO_UUID, name))
    return out, pos


def _read_metadata_request_v0(buf: bytes, pos: int) -> tuple[MetadataRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 2, "Topics")
    topics, pos = _read_metadata_request_topic_list_v0(buf, pos, n) if n else ([], pos)
    return MetadataRequest(topics, True, False, False), pos


def _read_metadata_request_v1(buf: bytes, pos: int) -> tuple[MetadataRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        topics = None
    else:
        if n > 127:
            check_count(buf, pos, n, 2, "Topics")
        topics, pos = _read_metadata_request_topic_list_v0(buf, pos, n) if n else ([], pos)
    return MetadataRequest(topics, True, False, False), pos


def _read_metadata_request_v4(buf: bytes, pos: int) -> tuple[MetadataRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        topics = None
    else:
        if n > 127:
            check_count(buf, pos, n, 2, "Topics")
        topics, pos = _read_metadata_request_topic_list_v0(buf, pos, n) if n else ([], pos)
    (allow_auto_topic_creation,) = _u_Z(buf, pos)
    pos += 1
    return MetadataRequest(topics, allow_auto_topic_creation, False, False), pos


def _read_metadata_request_v8(buf: bytes, pos: int) -> tuple[MetadataRequest, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        topics = None
    else:
        if n > 127:
            check_count(buf, pos, n, 2, "Topics")
        topics, pos = _read_metadata_request_topic_list_v0(buf, pos, n) if n else ([], pos)
    allow_auto_topic_creation, include_cluster_authorized_operations, include_topic_authorized_operations = _u_ZZZ(buf, pos)
    pos += 3
    return MetadataRequest(topics, allow_auto_topic_creation, include_cluster_authorized_operations, include_topic_authorized_operations), pos


def _read_metadata_request_topic_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[MetadataRequestTopic], int]:
    out: list[MetadataRequestTopic] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MetadataRequestTopic(ZERO_UUID, name))
    return out, pos


def _read_metadata_request_v9(buf: bytes, pos: int) -> tuple[MetadataRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        topics = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 2, "Topics")
        topics, pos = _read_metadata_request_topic_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
    allow_auto_topic_creation, include_cluster_authorized_operations, include_topic_authorized_operations, tags = _u_ZZZB(buf, pos)
    pos += 4
    if tags:
        pos = skip_tags(buf, pos, tags)
    return MetadataRequest(topics, allow_auto_topic_creation, include_cluster_authorized_operations, include_topic_authorized_operations), pos


def _read_metadata_request_topic_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[MetadataRequestTopic], int]:
    out: list[MetadataRequestTopic] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if n == 0:
            name = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Name")
            end = pos + n - 1
            name = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MetadataRequestTopic(topic_id, name))
    return out, pos


def _read_metadata_request_v10(buf: bytes, pos: int) -> tuple[MetadataRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        topics = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 18, "Topics")
        topics, pos = _read_metadata_request_topic_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
    allow_auto_topic_creation, include_cluster_authorized_operations, include_topic_authorized_operations, tags = _u_ZZZB(buf, pos)
    pos += 4
    if tags:
        pos = skip_tags(buf, pos, tags)
    return MetadataRequest(topics, allow_auto_topic_creation, include_cluster_authorized_operations, include_topic_authorized_operations), pos


def _read_metadata_request_v11(buf: bytes, pos: int) -> tuple[MetadataRequest, int]:
    n = buf[pos]
    pos += 1
    if n == 0:
        topics = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 18, "Topics")
        topics, pos = _read_metadata_request_topic_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
    allow_auto_topic_creation, include_topic_authorized_operations, tags = _u_ZZB(buf, pos)
    pos += 3
    if tags:
        pos = skip_tags(buf, pos, tags)
    return MetadataRequest(topics, allow_auto_topic_creation, False, include_topic_authorized_operations), pos


def _write_metadata_request_topic_list_v0(w: Write, items: list[MetadataRequestTopic]) -> None:
    for x in items:
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)


def _write_metadata_request_v0(w: Write, x: MetadataRequest) -> None:
    if not x.allow_auto_topic_creation:
        raise absent_fault("AllowAutoTopicCreation")
    if x.include_cluster_authorized_operations:
        raise absent_fault("IncludeClusterAuthorizedOperations")
    if x.include_topic_authorized_operations:
        raise absent_fault("IncludeTopicAuthorizedOperations")
    if x.topics is None:
        raise null_fault("Topics")
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_metadata_request_topic_list_v0(w, x.topics)


def _write_metadata_request_v1(w: Write, x: MetadataRequest) -> None:
    if not x.allow_auto_topic_creation:
        raise absent_fault("AllowAutoTopicCreation")
    if x.include_cluster_authorized_operations:
        raise absent_fault("IncludeClusterAuthorizedOperations")
    if x.include_topic_authorized_operations:
        raise absent_fault("IncludeTopicAuthorizedOperations")
    n = -1 if x.topics is None else len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_metadata_request_topic_list_v0(w, x.topics)


def _write_metadata_request_v4(w: Write, x: MetadataRequest) -> None:
    if x.include_cluster_authorized_operations:
        raise absent_fault("IncludeClusterAuthorizedOperations")
    if x.include_topic_authorized_operations:
        raise absent_fault("IncludeTopicAuthorizedOperations")
    n = -1 if x.topics is None else len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_metadata_request_topic_list_v0(w, x.topics)
    w(_p_Z(x.allow_auto_topic_creation))


def _write_metadata_request_v8(w: Write, x: MetadataRequest) -> None:
    n = -1 if x.topics is None else len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_metadata_request_topic_list_v0(w, x.topics)
    w(_p_ZZZ(x.allow_auto_topic_creation, x.include_cluster_authorized_operations, x.include_topic_authorized_operations))


def _write_metadata_request_topic_list_v9(w: Write, items: list[MetadataRequestTopic]) -> None:
    for x in items:
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        w(b"\0")


def _write_metadata_request_v9(w: Write, x: MetadataRequest) -> None:
    n = 0 if x.topics is None else len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_metadata_request_topic_list_v9(w, x.topics)
    w(_p_ZZZx(x.allow_auto_topic_creation, x.include_cluster_authorized_operations, x.include_topic_authorized_operations))


def _write_metadata_request_topic_list_v10(w: Write, items: list[MetadataRequestTopic]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        if x.name is None:
            s = b""
            n = 0
        else:
            s = x.name.encode()
            n = len(s) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + string_length(n, "Name"))
        w(s)
        w(b"\0")


def _write_metadata_request_v10(w: Write, x: MetadataRequest) -> None:
    n = 0 if x.topics is None else len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_metadata_request_topic_list_v10(w, x.topics)
    w(_p_ZZZx(x.allow_auto_topic_creation, x.include_cluster_authorized_operations, x.include_topic_authorized_operations))


def _write_metadata_request_v11(w: Write, x: MetadataRequest) -> None:
    if x.include_cluster_authorized_operations:
        raise absent_fault("IncludeClusterAuthorizedOperations")
    n = 0 if x.topics is None else len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_metadata_request_topic_list_v10(w, x.topics)
    w(_p_ZZx(x.allow_auto_topic_creation, x.include_topic_authorized_operations))


_READ: Final[dict[int, Callable[[bytes, int], tuple[MetadataRequest, int]]]] = {
    0: _read_metadata_request_v0,
    1: _read_metadata_request_v1,
    2: _read_metadata_request_v1,
    3: _read_metadata_request_v1,
    4: _read_metadata_request_v4,
    5: _read_metadata_request_v4,
    6: _read_metadata_request_v4,
    7: _read_metadata_request_v4,
    8: _read_metadata_request_v8,
    9: _read_metadata_request_v9,
    10: _read_metadata_request_v10,
    11: _read_metadata_request_v11,
    12: _read_metadata_request_v11,
    13: _read_metadata_request_v11,
}
_WRITE: Final[dict[int, Callable[[Write, MetadataRequest], None]]] = {
    0: _write_metadata_request_v0,
    1: _write_metadata_request_v1,
    2: _write_metadata_request_v1,
    3: _write_metadata_request_v1,
    4: _write_metadata_request_v4,
    5: _write_metadata_request_v4,
    6: _write_metadata_request_v4,
    7: _write_metadata_request_v4,
    8: _write_metadata_request_v8,
    9: _write_metadata_request_v9,
    10: _write_metadata_request_v10,
    11: _write_metadata_request_v11,
    12: _write_metadata_request_v11,
    13: _write_metadata_request_v11,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> MetadataRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("MetadataRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("MetadataRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[MetadataRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("MetadataRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("MetadataRequest", version, len(data), end)
    return message, end


def encode_parts(message: MetadataRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("MetadataRequest", version, exc) from exc
    return parts


def encode(message: MetadataRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("MetadataRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: MetadataRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
