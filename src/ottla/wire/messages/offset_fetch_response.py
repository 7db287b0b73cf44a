# Generated from table.txt by ottla.wire.generator; do not edit.
"""OffsetFetchResponse, API key 9: versions 1 to 10, flexible from 6."""

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

API_KEY: Final = 9
MIN_VERSION: Final = 1
MAX_VERSION: Final = 10
FLEXIBLE_SINCE: Final[int | None] = 6

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_h = Struct(">h").pack
_p_hx = Struct(">hx").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_p_iqh = Struct(">iqh").pack
_p_iqi = Struct(">iqi").pack
_p_iqiB = Struct(">iqiB").pack
_p_iqih = Struct(">iqih").pack
_u_UB = Struct(">16sB").unpack_from
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from
_u_iqh = Struct(">iqh").unpack_from
_u_iqiB = Struct(">iqiB").unpack_from
_u_iqih = Struct(">iqih").unpack_from


class OffsetFetchResponsePartition(WireStruct):
    __slots__ = ("partition_index", "committed_offset", "committed_leader_epoch", "metadata", "error_code")
    partition_index: int
    committed_offset: int
    committed_leader_epoch: int
    metadata: str | None
    error_code: int

    def __init__(
        self,
        partition_index: int = 0,
        committed_offset: int = 0,
        committed_leader_epoch: int = -1,
        metadata: str | None = "",
        error_code: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.metadata = metadata
        self.error_code = error_code


class OffsetFetchResponseTopic(WireStruct):
    __slots__ = ("name", "partitions")
    name: str
    partitions: list[OffsetFetchResponsePartition]

    def __init__(
        self,
        name: str = "",
        partitions: list[OffsetFetchResponsePartition] = NEW,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is NEW else partitions


class OffsetFetchResponsePartitions(WireStruct):
    __slots__ = ("partition_index", "committed_offset", "committed_leader_epoch", "metadata", "error_code")
    partition_index: int
    committed_offset: int
    committed_leader_epoch: int
    metadata: str | None
    error_code: int

    def __init__(
        self,
        partition_index: int = 0,
        committed_offset: int = 0,
        committed_leader_epoch: int = -1,
        metadata: str | None = "",
        error_code: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.metadata = metadata
        self.error_code = error_code


class OffsetFetchResponseTopics(WireStruct):
    __slots__ = ("name", "topic_id", "partitions")
    name: str
    topic_id: bytes
    partitions: list[OffsetFetchResponsePartitions]

    def __init__(
        self,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[OffsetFetchResponsePartitions] = NEW,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class OffsetFetchResponseGroup(WireStruct):
    __slots__ = ("group_id", "topics", "error_code")
    group_id: str
    topics: list[OffsetFetchResponseTopics]
    error_code: int

    def __init__(
        self,
        group_id: str = "",
        topics: list[OffsetFetchResponseTopics] = NEW,
        error_code: int = 0,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is NEW else topics
        self.error_code = error_code


class OffsetFetchResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "topics", "error_code", "groups")
    throttle_time_ms: int
    topics: list[OffsetFetchResponseTopic]
    error_code: int
    groups: list[OffsetFetchResponseGroup]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        topics: list[OffsetFetchResponseTopic] = NEW,
        error_code: int = 0,
        groups: list[OffsetFetchResponseGroup] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is NEW else topics
        self.error_code = error_code
        self.groups = [] if groups is NEW else groups


def _read_offset_fetch_response_partition_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponsePartition], int]:
    out: list[OffsetFetchResponsePartition] = []
    for _ in range(count):
        partition_index, committed_offset, n = _u_iqh(buf, pos)
        pos += 14
        if n < 0:
            metadata = None
        else:
            end = pos + n
            metadata = buf[pos:end].decode()
            pos = end
        (error_code,) = _u_h(buf, pos)
        pos += 2
        out.append(OffsetFetchResponsePartition(partition_index, committed_offset, -1, metadata, error_code))
    return out, pos


def _read_offset_fetch_response_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponseTopic], int]:
    out: list[OffsetFetchResponseTopic] = []
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
        partitions, pos = _read_offset_fetch_response_partition_list_v1(buf, pos, n) if n else ([], pos)
        out.append(OffsetFetchResponseTopic(name, partitions))
    return out, pos


def _read_offset_fetch_response_v1(buf: bytes, pos: int) -> tuple[OffsetFetchResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_fetch_response_topic_list_v1(buf, pos, n) if n else ([], pos)
    return OffsetFetchResponse(0, topics, 0, []), pos


def _read_offset_fetch_response_v2(buf: bytes, pos: int) -> tuple[OffsetFetchResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_fetch_response_topic_list_v1(buf, pos, n) if n else ([], pos)
    (error_code,) = _u_h(buf, pos)
    pos += 2
    return OffsetFetchResponse(0, topics, error_code, []), pos


def _read_offset_fetch_response_v3(buf: bytes, pos: int) -> tuple[OffsetFetchResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_fetch_response_topic_list_v1(buf, pos, n) if n else ([], pos)
    (error_code,) = _u_h(buf, pos)
    pos += 2
    return OffsetFetchResponse(throttle_time_ms, topics, error_code, []), pos


def _read_offset_fetch_response_partition_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponsePartition], int]:
    out: list[OffsetFetchResponsePartition] = []
    for _ in range(count):
        partition_index, committed_offset, committed_leader_epoch, n = _u_iqih(buf, pos)
        pos += 18
        if n < 0:
            metadata = None
        else:
            end = pos + n
            metadata = buf[pos:end].decode()
            pos = end
        (error_code,) = _u_h(buf, pos)
        pos += 2
        out.append(OffsetFetchResponsePartition(partition_index, committed_offset, committed_leader_epoch, metadata, error_code))
    return out, pos


def _read_offset_fetch_response_topic_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponseTopic], int]:
    out: list[OffsetFetchResponseTopic] = []
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
            check_count(buf, pos, n, 20, "Partitions")
        partitions, pos = _read_offset_fetch_response_partition_list_v5(buf, pos, n) if n else ([], pos)
        out.append(OffsetFetchResponseTopic(name, partitions))
    return out, pos


def _read_offset_fetch_response_v5(buf: bytes, pos: int) -> tuple[OffsetFetchResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_fetch_response_topic_list_v5(buf, pos, n) if n else ([], pos)
    (error_code,) = _u_h(buf, pos)
    pos += 2
    return OffsetFetchResponse(throttle_time_ms, topics, error_code, []), pos


def _read_offset_fetch_response_partition_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponsePartition], int]:
    out: list[OffsetFetchResponsePartition] = []
    for _ in range(count):
        partition_index, committed_offset, committed_leader_epoch, n = _u_iqiB(buf, pos)
        pos += 17
        if n == 0:
            metadata = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Metadata")
            end = pos + n - 1
            metadata = buf[pos:end].decode()
            pos = end
        error_code, tags = _u_hB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchResponsePartition(partition_index, committed_offset, committed_leader_epoch, metadata, error_code))
    return out, pos


def _read_offset_fetch_response_topic_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponseTopic], int]:
    out: list[OffsetFetchResponseTopic] = []
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
            n, pos = long_count(buf, pos, n, 20, "Partitions")
        partitions, pos = _read_offset_fetch_response_partition_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchResponseTopic(name, partitions))
    return out, pos


def _read_offset_fetch_response_v6(buf: bytes, pos: int) -> tuple[OffsetFetchResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_offset_fetch_response_topic_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    error_code, tags = _u_hB(buf, pos)
    pos += 3
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetFetchResponse(throttle_time_ms, topics, error_code, []), pos


def _read_offset_fetch_response_partitions_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponsePartitions], int]:
    out: list[OffsetFetchResponsePartitions] = []
    for _ in range(count):
        partition_index, committed_offset, committed_leader_epoch, n = _u_iqiB(buf, pos)
        pos += 17
        if n == 0:
            metadata = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Metadata")
            end = pos + n - 1
            metadata = buf[pos:end].decode()
            pos = end
        error_code, tags = _u_hB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchResponsePartitions(partition_index, committed_offset, committed_leader_epoch, metadata, error_code))
    return out, pos


def _read_offset_fetch_response_topics_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponseTopics], int]:
    out: list[OffsetFetchResponseTopics] = []
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
            n, pos = long_count(buf, pos, n, 20, "Partitions")
        partitions, pos = _read_offset_fetch_response_partitions_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchResponseTopics(name, ZERO_UUID, partitions))
    return out, pos


def _read_offset_fetch_response_group_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponseGroup], int]:
    out: list[OffsetFetchResponseGroup] = []
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
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "Topics")
        topics, pos = _read_offset_fetch_response_topics_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
        error_code, tags = _u_hB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchResponseGroup(group_id, topics, error_code))
    return out, pos


def _read_offset_fetch_response_v8(buf: bytes, pos: int) -> tuple[OffsetFetchResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Groups")
    groups, pos = _read_offset_fetch_response_group_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetFetchResponse(throttle_time_ms, [], 0, groups), pos


def _read_offset_fetch_response_topics_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponseTopics], int]:
    out: list[OffsetFetchResponseTopics] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 20, "Partitions")
        partitions, pos = _read_offset_fetch_response_partitions_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchResponseTopics("", topic_id, partitions))
    return out, pos


def _read_offset_fetch_response_group_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[OffsetFetchResponseGroup], int]:
    out: list[OffsetFetchResponseGroup] = []
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
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 18, "Topics")
        topics, pos = _read_offset_fetch_response_topics_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
        error_code, tags = _u_hB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetFetchResponseGroup(group_id, topics, error_code))
    return out, pos


def _read_offset_fetch_response_v10(buf: bytes, pos: int) -> tuple[OffsetFetchResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Groups")
    groups, pos = _read_offset_fetch_response_group_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetFetchResponse(throttle_time_ms, [], 0, groups), pos


def _write_offset_fetch_response_partition_list_v1(w: Write, items: list[OffsetFetchResponsePartition]) -> None:
    for x in items:
        if x.metadata is None:
            s = b""
            n = -1
        else:
            s = x.metadata.encode()
            n = len(s)
        w(_p_iqh(x.partition_index, x.committed_offset, n))
        w(s)
        w(_p_h(x.error_code))


def _write_offset_fetch_response_topic_list_v1(w: Write, items: list[OffsetFetchResponseTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_offset_fetch_response_partition_list_v1(w, x.partitions)


def _write_offset_fetch_response_v1(w: Write, x: OffsetFetchResponse) -> None:
    if x.groups:
        raise absent_fault("Groups")
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_fetch_response_topic_list_v1(w, x.topics)


def _write_offset_fetch_response_v2(w: Write, x: OffsetFetchResponse) -> None:
    if x.groups:
        raise absent_fault("Groups")
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_fetch_response_topic_list_v1(w, x.topics)
    w(_p_h(x.error_code))


def _write_offset_fetch_response_v3(w: Write, x: OffsetFetchResponse) -> None:
    if x.groups:
        raise absent_fault("Groups")
    n = len(x.topics)
    w(_p_ii(x.throttle_time_ms, n))
    if x.topics:
        _write_offset_fetch_response_topic_list_v1(w, x.topics)
    w(_p_h(x.error_code))


def _write_offset_fetch_response_partition_list_v5(w: Write, items: list[OffsetFetchResponsePartition]) -> None:
    for x in items:
        if x.metadata is None:
            s = b""
            n = -1
        else:
            s = x.metadata.encode()
            n = len(s)
        w(_p_iqih(x.partition_index, x.committed_offset, x.committed_leader_epoch, n))
        w(s)
        w(_p_h(x.error_code))


def _write_offset_fetch_response_topic_list_v5(w: Write, items: list[OffsetFetchResponseTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_offset_fetch_response_partition_list_v5(w, x.partitions)


def _write_offset_fetch_response_v5(w: Write, x: OffsetFetchResponse) -> None:
    if x.groups:
        raise absent_fault("Groups")
    n = len(x.topics)
    w(_p_ii(x.throttle_time_ms, n))
    if x.topics:
        _write_offset_fetch_response_topic_list_v5(w, x.topics)
    w(_p_h(x.error_code))


def _write_offset_fetch_response_partition_list_v6(w: Write, items: list[OffsetFetchResponsePartition]) -> None:
    for x in items:
        if x.metadata is None:
            s = b""
            n = 0
        else:
            s = x.metadata.encode()
            n = len(s) + 1
        w(_p_iqiB(x.partition_index, x.committed_offset, x.committed_leader_epoch, n) if n < 128 else _p_iqi(x.partition_index, x.committed_offset, x.committed_leader_epoch) + string_length(n, "Metadata"))
        w(s)
        w(_p_hx(x.error_code))


def _write_offset_fetch_response_topic_list_v6(w: Write, items: list[OffsetFetchResponseTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_offset_fetch_response_partition_list_v6(w, x.partitions)
        w(b"\0")


def _write_offset_fetch_response_v6(w: Write, x: OffsetFetchResponse) -> None:
    if x.groups:
        raise absent_fault("Groups")
    n = len(x.topics) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.topics:
        _write_offset_fetch_response_topic_list_v6(w, x.topics)
    w(_p_hx(x.error_code))


def _write_offset_fetch_response_partitions_list_v8(w: Write, items: list[OffsetFetchResponsePartitions]) -> None:
    for x in items:
        if x.metadata is None:
            s = b""
            n = 0
        else:
            s = x.metadata.encode()
            n = len(s) + 1
        w(_p_iqiB(x.partition_index, x.committed_offset, x.committed_leader_epoch, n) if n < 128 else _p_iqi(x.partition_index, x.committed_offset, x.committed_leader_epoch) + string_length(n, "Metadata"))
        w(s)
        w(_p_hx(x.error_code))


def _write_offset_fetch_response_topics_list_v8(w: Write, items: list[OffsetFetchResponseTopics]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_offset_fetch_response_partitions_list_v8(w, x.partitions)
        w(b"\0")


def _write_offset_fetch_response_group_list_v8(w: Write, items: list[OffsetFetchResponseGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        n = len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_offset_fetch_response_topics_list_v8(w, x.topics)
        w(_p_hx(x.error_code))


def _write_offset_fetch_response_v8(w: Write, x: OffsetFetchResponse) -> None:
    if x.topics:
        raise absent_fault("Topics")
    n = len(x.groups) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.groups:
        _write_offset_fetch_response_group_list_v8(w, x.groups)
    w(b"\0")


def _write_offset_fetch_response_topics_list_v10(w: Write, items: list[OffsetFetchResponseTopics]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_offset_fetch_response_partitions_list_v8(w, x.partitions)
        w(b"\0")


def _write_offset_fetch_response_group_list_v10(w: Write, items: list[OffsetFetchResponseGroup]) -> None:
    for x in items:
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        n = len(x.topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.topics:
            _write_offset_fetch_response_topics_list_v10(w, x.topics)
        w(_p_hx(x.error_code))


def _write_offset_fetch_response_v10(w: Write, x: OffsetFetchResponse) -> None:
    if x.topics:
        raise absent_fault("Topics")
    n = len(x.groups) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.groups:
        _write_offset_fetch_response_group_list_v10(w, x.groups)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[OffsetFetchResponse, int]]]] = {
    1: _read_offset_fetch_response_v1,
    2: _read_offset_fetch_response_v2,
    3: _read_offset_fetch_response_v3,
    4: _read_offset_fetch_response_v3,
    5: _read_offset_fetch_response_v5,
    6: _read_offset_fetch_response_v6,
    7: _read_offset_fetch_response_v6,
    8: _read_offset_fetch_response_v8,
    9: _read_offset_fetch_response_v8,
    10: _read_offset_fetch_response_v10,
}
_WRITE: Final[dict[int, Callable[[Write, OffsetFetchResponse], None]]] = {
    1: _write_offset_fetch_response_v1,
    2: _write_offset_fetch_response_v2,
    3: _write_offset_fetch_response_v3,
    4: _write_offset_fetch_response_v3,
    5: _write_offset_fetch_response_v5,
    6: _write_offset_fetch_response_v6,
    7: _write_offset_fetch_response_v6,
    8: _write_offset_fetch_response_v8,
    9: _write_offset_fetch_response_v8,
    10: _write_offset_fetch_response_v10,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> OffsetFetchResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetFetchResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("OffsetFetchResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[OffsetFetchResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetFetchResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("OffsetFetchResponse", version, len(data), end)
    return message, end


def encode_parts(message: OffsetFetchResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetFetchResponse", version, exc) from exc
    return parts


def encode(message: OffsetFetchResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetFetchResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: OffsetFetchResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
