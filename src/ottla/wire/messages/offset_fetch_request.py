# Generated from table.txt by ottla.wire.generator; do not edit.
"""OffsetFetchRequest, API key 9: versions 1 to 10, flexible from 6."""

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
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 9
MIN_VERSION: Final = 1
MAX_VERSION: Final = 10
FLEXIBLE_SINCE: Final[int | None] = 6

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_Zx = Struct(">?x").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_u_UB = Struct(">16sB").unpack_from
_u_ZB = Struct(">?B").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from


class OffsetFetchRequestTopic(WireStruct):
    __slots__ = ("name", "partition_indexes")
    name: str
    partition_indexes: list[int]

    def __init__(
        self,
        name: str = "",
        partition_indexes: list[int] = NEW,
    ) -> None:
        self.name = name
        self.partition_indexes = [] if partition_indexes is NEW else partition_indexes


class OffsetFetchRequestTopics(WireStruct):
    __slots__ = ("name", "topic_id", "partition_indexes")
    name: str
    topic_id: bytes
    partition_indexes: list[int]

    def __init__(
        self,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partition_indexes: list[int] = NEW,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partition_indexes = [] if partition_indexes is NEW else partition_indexes


class OffsetFetchRequestGroup(WireStruct):
    __slots__ = ("group_id", "member_id", "member_epoch", "topics")
    group_id: str
    member_id: str | None
    member_epoch: int
    topics: list[OffsetFetchRequestTopics] | None

    def __init__(
        self,
        group_id: str = "",
        member_id: str | None = None,
        member_epoch: int = -1,
        topics: list[OffsetFetchRequestTopics] | None = NEW,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.topics = [] if topics is NEW else topics


class OffsetFetchRequest(WireStruct):
    __slots__ = ("group_id", "topics", "groups", "require_stable")
    group_id: str
    topics: list[OffsetFetchRequestTopic] | None
    groups: list[OffsetFetchRequestGroup]
    require_stable: bool

    def __init__(
        self,
        group_id: str = "",
        topics: list[OffsetFetchRequestTopic] | None = NEW,
        groups: list[OffsetFetchRequestGroup] = NEW,
        require_stable: bool = False,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is NEW else topics
        self.groups = [] if groups is NEW else groups
        self.require_stable = require_stable


def _read_offset_fetch_request_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchRequestTopic], int]:
    out: list[OffsetFetchRequestTopic] = []
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
            check_count(buf, pos, n, 4, "PartitionIndexes")
        partition_indexes = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(OffsetFetchRequestTopic(name, partition_indexes))
    return out, pos


def _read_offset_fetch_request_v1(buf: bytes, pos: int) -> tuple[OffsetFetchRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_fetch_request_topic_list_v1(buf, pos, n) if n else ([], pos)
    return OffsetFetchRequest(group_id, topics, [], False), pos


def _read_offset_fetch_request_v2(buf: bytes, pos: int) -> tuple[OffsetFetchRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if n < 0:
        topics = None
    else:
        if n > 127:
            check_count(buf, pos, n, 6, "Topics")
        topics, pos = _read_offset_fetch_request_topic_list_v1(buf, pos, n) if n else ([], pos)
    return OffsetFetchRequest(group_id, topics, [], False), pos


def _read_offset_fetch_request_topic_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchRequestTopic], int]:
    out: list[OffsetFetchRequestTopic] = []
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
            n, pos = long_count(buf, pos, n, 4, "PartitionIndexes")
        partition_indexes = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchRequestTopic(name, partition_indexes))
    return out, pos


def _read_offset_fetch_request_v6(buf: bytes, pos: int) -> tuple[OffsetFetchRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        topics = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_offset_fetch_request_topic_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetFetchRequest(group_id, topics, [], False), pos


def _read_offset_fetch_request_v7(buf: bytes, pos: int) -> tuple[OffsetFetchRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        topics = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_offset_fetch_request_topic_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    require_stable, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetFetchRequest(group_id, topics, [], require_stable), pos


def _read_offset_fetch_request_topics_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchRequestTopics], int]:
    out: list[OffsetFetchRequestTopics] = []
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
            n, pos = long_count(buf, pos, n, 4, "PartitionIndexes")
        partition_indexes = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchRequestTopics(name, ZERO_UUID, partition_indexes))
    return out, pos


def _read_offset_fetch_request_group_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchRequestGroup], int]:
    out: list[OffsetFetchRequestGroup] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if n == 0:
            topics = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 3, "Topics")
            topics, pos = _read_offset_fetch_request_topics_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchRequestGroup(group_id, None, -1, topics))
    return out, pos


def _read_offset_fetch_request_v8(buf: bytes, pos: int) -> tuple[OffsetFetchRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Groups")
    groups, pos = _read_offset_fetch_request_group_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
    require_stable, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetFetchRequest("", [], groups, require_stable), pos


def _read_offset_fetch_request_group_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchRequestGroup], int]:
    out: list[OffsetFetchRequestGroup] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
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
        member_epoch, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            topics = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 3, "Topics")
            topics, pos = _read_offset_fetch_request_topics_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchRequestGroup(group_id, member_id, member_epoch, topics))
    return out, pos


def _read_offset_fetch_request_v9(buf: bytes, pos: int) -> tuple[OffsetFetchRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 8, "Groups")
    groups, pos = _read_offset_fetch_request_group_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
    require_stable, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetFetchRequest("", [], groups, require_stable), pos


def _read_offset_fetch_request_topics_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchRequestTopics], int]:
    out: list[OffsetFetchRequestTopics] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "PartitionIndexes")
        partition_indexes = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchRequestTopics("", topic_id, partition_indexes))
    return out, pos


def _read_offset_fetch_request_group_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchRequestGroup], int]:
    out: list[OffsetFetchRequestGroup] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
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
        member_epoch, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            topics = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 18, "Topics")
            topics, pos = _read_offset_fetch_request_topics_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchRequestGroup(group_id, member_id, member_epoch, topics))
    return out, pos


def _read_offset_fetch_request_v10(buf: bytes, pos: int) -> tuple[OffsetFetchRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 8, "Groups")
    groups, pos = _read_offset_fetch_request_group_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
    require_stable, tags = _u_ZB(buf, pos)
    pos += 2
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetFetchRequest("", [], groups, require_stable), pos


def _write_offset_fetch_request_topic_list_v1(w: Write, items: list[OffsetFetchRequestTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partition_indexes)
        w(_p_i(n))
        if x.partition_indexes:
            w(pack_int32s(x.partition_indexes))


def _write_offset_fetch_request_v1(w: Write, x: OffsetFetchRequest) -> None:
    if x.groups:
        raise absent_fault("Groups")
    if x.require_stable:
        raise absent_fault("RequireStable")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    if x.topics is None:
        raise null_fault("Topics")
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_fetch_request_topic_list_v1(w, x.topics)


def _write_offset_fetch_request_v2(w: Write, x: OffsetFetchRequest) -> None:
    if x.groups:
        raise absent_fault("Groups")
    if x.require_stable:
        raise absent_fault("RequireStable")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = -1 if x.topics is None else len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_fetch_request_topic_list_v1(w, x.topics)


def _write_offset_fetch_request_topic_list_v6(w: Write, items: list[OffsetFetchRequestTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partition_indexes) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partition_indexes:
            w(pack_int32s(x.partition_indexes))
        w(b"\0")


def _write_offset_fetch_request_v6(w: Write, x: OffsetFetchRequest) -> None:
    if x.groups:
        raise absent_fault("Groups")
    if x.require_stable:
        raise absent_fault("RequireStable")
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    n = 0 if x.topics is None else len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_offset_fetch_request_topic_list_v6(w, x.topics)
    w(b"\0")


def _write_offset_fetch_request_v7(w: Write, x: OffsetFetchRequest) -> None:
    if x.groups:
        raise absent_fault("Groups")
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    n = 0 if x.topics is None else len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_offset_fetch_request_topic_list_v6(w, x.topics)
    w(_p_Zx(x.require_stable))


def _write_offset_fetch_request_topics_list_v8(w: Write, items: list[OffsetFetchRequestTopics]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partition_indexes) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partition_indexes:
            w(pack_int32s(x.partition_indexes))
        w(b"\0")


def _write_offset_fetch_request_group_list_v8(w: Write, items: list[OffsetFetchRequestGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        n = 0 if x.topics is None else len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_offset_fetch_request_topics_list_v8(w, x.topics)
        w(b"\0")


def _write_offset_fetch_request_v8(w: Write, x: OffsetFetchRequest) -> None:
    if x.group_id:
        raise absent_fault("GroupId")
    if x.topics != []:
        raise absent_fault("Topics")
    n = len(x.groups) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.groups:
        _write_offset_fetch_request_group_list_v8(w, x.groups)
    w(_p_Zx(x.require_stable))


def _write_offset_fetch_request_group_list_v9(w: Write, items: list[OffsetFetchRequestGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        if x.member_id is None:
            s = b""
            n = 0
        else:
            s = x.member_id.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
        w(s)
        n = 0 if x.topics is None else len(x.topics) + 1
        w(_p_iB(x.member_epoch, n) if n < 128 else _p_i(x.member_epoch) + uvarint(n))
        if x.topics:
            _write_offset_fetch_request_topics_list_v8(w, x.topics)
        w(b"\0")


def _write_offset_fetch_request_v9(w: Write, x: OffsetFetchRequest) -> None:
    if x.group_id:
        raise absent_fault("GroupId")
    if x.topics != []:
        raise absent_fault("Topics")
    n = len(x.groups) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.groups:
        _write_offset_fetch_request_group_list_v9(w, x.groups)
    w(_p_Zx(x.require_stable))


def _write_offset_fetch_request_topics_list_v10(w: Write, items: list[OffsetFetchRequestTopics]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partition_indexes) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partition_indexes:
            w(pack_int32s(x.partition_indexes))
        w(b"\0")


def _write_offset_fetch_request_group_list_v10(w: Write, items: list[OffsetFetchRequestGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        if x.member_id is None:
            s = b""
            n = 0
        else:
            s = x.member_id.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
        w(s)
        n = 0 if x.topics is None else len(x.topics) + 1
        w(_p_iB(x.member_epoch, n) if n < 128 else _p_i(x.member_epoch) + uvarint(n))
        if x.topics:
            _write_offset_fetch_request_topics_list_v10(w, x.topics)
        w(b"\0")


def _write_offset_fetch_request_v10(w: Write, x: OffsetFetchRequest) -> None:
    if x.group_id:
        raise absent_fault("GroupId")
    if x.topics != []:
        raise absent_fault("Topics")
    n = len(x.groups) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.groups:
        _write_offset_fetch_request_group_list_v10(w, x.groups)
    w(_p_Zx(x.require_stable))


_READ: Final[dict[int, Callable[[bytes, int], tuple[OffsetFetchRequest, int]]]] = {
    1: _read_offset_fetch_request_v1,
    2: _read_offset_fetch_request_v2,
    3: _read_offset_fetch_request_v2,
    4: _read_offset_fetch_request_v2,
    5: _read_offset_fetch_request_v2,
    6: _read_offset_fetch_request_v6,
    7: _read_offset_fetch_request_v7,
    8: _read_offset_fetch_request_v8,
    9: _read_offset_fetch_request_v9,
    10: _read_offset_fetch_request_v10,
}
_WRITE: Final[dict[int, Callable[[Write, OffsetFetchRequest], None]]] = {
    1: _write_offset_fetch_request_v1,
    2: _write_offset_fetch_request_v2,
    3: _write_offset_fetch_request_v2,
    4: _write_offset_fetch_request_v2,
    5: _write_offset_fetch_request_v2,
    6: _write_offset_fetch_request_v6,
    7: _write_offset_fetch_request_v7,
    8: _write_offset_fetch_request_v8,
    9: _write_offset_fetch_request_v9,
    10: _write_offset_fetch_request_v10,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> OffsetFetchRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetFetchRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("OffsetFetchRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[OffsetFetchRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetFetchRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("OffsetFetchRequest", version, len(data), end)
    return message, end


def encode_parts(message: OffsetFetchRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetFetchRequest", version, exc) from exc
    return parts


def encode(message: OffsetFetchRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetFetchRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: OffsetFetchRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
