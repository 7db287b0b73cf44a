# Generated from table.txt by ottla.wire.generator; do not edit.
"""OffsetCommitRequest, API key 8: versions 2 to 10, flexible from 8."""

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

API_KEY: Final = 8
MIN_VERSION: Final = 2
MAX_VERSION: Final = 10
FLEXIBLE_SINCE: Final[int | None] = 8

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_iqh = Struct(">iqh").pack
_p_iqi = Struct(">iqi").pack
_p_iqiB = Struct(">iqiB").pack
_p_iqih = Struct(">iqih").pack
_p_qi = Struct(">qi").pack
_u_UB = Struct(">16sB").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_iqh = Struct(">iqh").unpack_from
_u_iqiB = Struct(">iqiB").unpack_from
_u_iqih = Struct(">iqih").unpack_from
_u_qi = Struct(">qi").unpack_from


class OffsetCommitRequestPartition(WireStruct):
    __slots__ = ("partition_index", "committed_offset", "committed_leader_epoch", "committed_metadata")
    partition_index: int
    committed_offset: int
    committed_leader_epoch: int
    committed_metadata: str | None

    def __init__(
        self,
        partition_index: int = 0,
        committed_offset: int = 0,
        committed_leader_epoch: int = -1,
        committed_metadata: str | None = "",
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.committed_metadata = committed_metadata


class OffsetCommitRequestTopic(WireStruct):
    __slots__ = ("name", "topic_id", "partitions")
    name: str
    topic_id: bytes
    partitions: list[OffsetCommitRequestPartition]

    def __init__(
        self,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[OffsetCommitRequestPartition] = NEW,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class OffsetCommitRequest(WireStruct):
    __slots__ = ("group_id", "generation_id_or_member_epoch", "member_id", "group_instance_id", "retention_time_ms", "topics")
    group_id: str
    generation_id_or_member_epoch: int
    member_id: str
    group_instance_id: str | None
    retention_time_ms: int
    topics: list[OffsetCommitRequestTopic]

    def __init__(
        self,
        group_id: str = "",
        generation_id_or_member_epoch: int = -1,
        member_id: str = "",
        group_instance_id: str | None = None,
        retention_time_ms: int = -1,
        topics: list[OffsetCommitRequestTopic] = NEW,
    ) -> None:
        self.group_id = group_id
        self.generation_id_or_member_epoch = generation_id_or_member_epoch
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.retention_time_ms = retention_time_ms
        self.topics = [] if topics is NEW else topics


def _read_offset_commit_request_partition_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitRequestPartition], int]:
    out: list[OffsetCommitRequestPartition] = []
    for _ in range(count):
        partition_index, committed_offset, n = _u_iqh(buf, pos)
        pos += 14
        if n < 0:
            committed_metadata = None
        else:
            end = pos + n
            committed_metadata = buf[pos:end].decode()
            pos = end
        out.append(OffsetCommitRequestPartition(partition_index, committed_offset, -1, committed_metadata))
    return out, pos


def _read_offset_commit_request_topic_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitRequestTopic], int]:
    out: list[OffsetCommitRequestTopic] = []
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
            check_count(buf, pos, n, 14, "Partitions")
        partitions, pos = _read_offset_commit_request_partition_list_v2(buf, pos, n) if n else ([], pos)
        out.append(OffsetCommitRequestTopic(name, ZERO_UUID, partitions))
    return out, pos


def _read_offset_commit_request_v2(buf: bytes, pos: int) -> tuple[OffsetCommitRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    generation_id_or_member_epoch, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    retention_time_ms, n = _u_qi(buf, pos)
    pos += 12
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_commit_request_topic_list_v2(buf, pos, n) if n else ([], pos)
    return OffsetCommitRequest(group_id, generation_id_or_member_epoch, member_id, None, retention_time_ms, topics), pos


def _read_offset_commit_request_v5(buf: bytes, pos: int) -> tuple[OffsetCommitRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    generation_id_or_member_epoch, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_commit_request_topic_list_v2(buf, pos, n) if n else ([], pos)
    return OffsetCommitRequest(group_id, generation_id_or_member_epoch, member_id, None, -1, topics), pos


def _read_offset_commit_request_partition_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitRequestPartition], int]:
    out: list[OffsetCommitRequestPartition] = []
    for _ in range(count):
        partition_index, committed_offset, committed_leader_epoch, n = _u_iqih(buf, pos)
        pos += 18
        if n < 0:
            committed_metadata = None
        else:
            end = pos + n
            committed_metadata = buf[pos:end].decode()
            pos = end
        out.append(OffsetCommitRequestPartition(partition_index, committed_offset, committed_leader_epoch, committed_metadata))
    return out, pos


def _read_offset_commit_request_topic_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitRequestTopic], int]:
    out: list[OffsetCommitRequestTopic] = []
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
            check_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_offset_commit_request_partition_list_v6(buf, pos, n) if n else ([], pos)
        out.append(OffsetCommitRequestTopic(name, ZERO_UUID, partitions))
    return out, pos


def _read_offset_commit_request_v6(buf: bytes, pos: int) -> tuple[OffsetCommitRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    generation_id_or_member_epoch, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_commit_request_topic_list_v6(buf, pos, n) if n else ([], pos)
    return OffsetCommitRequest(group_id, generation_id_or_member_epoch, member_id, None, -1, topics), pos


def _read_offset_commit_request_v7(buf: bytes, pos: int) -> tuple[OffsetCommitRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    generation_id_or_member_epoch, n = _u_ih(buf, pos)
    pos += 6
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        group_instance_id = None
    else:
        end = pos + n
        group_instance_id = buf[pos:end].decode()
        pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_offset_commit_request_topic_list_v6(buf, pos, n) if n else ([], pos)
    return OffsetCommitRequest(group_id, generation_id_or_member_epoch, member_id, group_instance_id, -1, topics), pos


def _read_offset_commit_request_partition_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitRequestPartition], int]:
    out: list[OffsetCommitRequestPartition] = []
    for _ in range(count):
        partition_index, committed_offset, committed_leader_epoch, n = _u_iqiB(buf, pos)
        pos += 17
        if n == 0:
            committed_metadata = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "CommittedMetadata")
            end = pos + n - 1
            committed_metadata = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetCommitRequestPartition(partition_index, committed_offset, committed_leader_epoch, committed_metadata))
    return out, pos


def _read_offset_commit_request_topic_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitRequestTopic], int]:
    out: list[OffsetCommitRequestTopic] = []
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
            n, pos = long_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_offset_commit_request_partition_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetCommitRequestTopic(name, ZERO_UUID, partitions))
    return out, pos


def _read_offset_commit_request_v8(buf: bytes, pos: int) -> tuple[OffsetCommitRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    generation_id_or_member_epoch, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        group_instance_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "GroupInstanceId")
        end = pos + n - 1
        group_instance_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_offset_commit_request_topic_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetCommitRequest(group_id, generation_id_or_member_epoch, member_id, group_instance_id, -1, topics), pos


def _read_offset_commit_request_topic_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[OffsetCommitRequestTopic], int]:
    out: list[OffsetCommitRequestTopic] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_offset_commit_request_partition_list_v8(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(OffsetCommitRequestTopic("", topic_id, partitions))
    return out, pos


def _read_offset_commit_request_v10(buf: bytes, pos: int) -> tuple[OffsetCommitRequest, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "GroupId")
    end = pos + n - 1
    group_id = buf[pos:end].decode()
    pos = end
    generation_id_or_member_epoch, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    n = buf[pos]
    pos += 1
    if n == 0:
        group_instance_id = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "GroupInstanceId")
        end = pos + n - 1
        group_instance_id = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_offset_commit_request_topic_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return OffsetCommitRequest(group_id, generation_id_or_member_epoch, member_id, group_instance_id, -1, topics), pos


def _write_offset_commit_request_partition_list_v2(w: Write, items: list[OffsetCommitRequestPartition]) -> None:
    for x in items:
        if x.committed_metadata is None:
            s = b""
            n = -1
        else:
            s = x.committed_metadata.encode()
            n = len(s)
        w(_p_iqh(x.partition_index, x.committed_offset, n))
        w(s)


def _write_offset_commit_request_topic_list_v2(w: Write, items: list[OffsetCommitRequestTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_offset_commit_request_partition_list_v2(w, x.partitions)


def _write_offset_commit_request_v2(w: Write, x: OffsetCommitRequest) -> None:
    if x.group_instance_id is not None:
        raise absent_fault("GroupInstanceId")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_ih(x.generation_id_or_member_epoch, n))
    w(s)
    n = len(x.topics)
    w(_p_qi(x.retention_time_ms, n))
    if x.topics:
        _write_offset_commit_request_topic_list_v2(w, x.topics)


def _write_offset_commit_request_v5(w: Write, x: OffsetCommitRequest) -> None:
    if x.group_instance_id is not None:
        raise absent_fault("GroupInstanceId")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_ih(x.generation_id_or_member_epoch, n))
    w(s)
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_commit_request_topic_list_v2(w, x.topics)


def _write_offset_commit_request_partition_list_v6(w: Write, items: list[OffsetCommitRequestPartition]) -> None:
    for x in items:
        if x.committed_metadata is None:
            s = b""
            n = -1
        else:
            s = x.committed_metadata.encode()
            n = len(s)
        w(_p_iqih(x.partition_index, x.committed_offset, x.committed_leader_epoch, n))
        w(s)


def _write_offset_commit_request_topic_list_v6(w: Write, items: list[OffsetCommitRequestTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_offset_commit_request_partition_list_v6(w, x.partitions)


def _write_offset_commit_request_v6(w: Write, x: OffsetCommitRequest) -> None:
    if x.group_instance_id is not None:
        raise absent_fault("GroupInstanceId")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_ih(x.generation_id_or_member_epoch, n))
    w(s)
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_commit_request_topic_list_v6(w, x.topics)


def _write_offset_commit_request_v7(w: Write, x: OffsetCommitRequest) -> None:
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_ih(x.generation_id_or_member_epoch, n))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = -1
    else:
        s = x.group_instance_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_offset_commit_request_topic_list_v6(w, x.topics)


def _write_offset_commit_request_partition_list_v8(w: Write, items: list[OffsetCommitRequestPartition]) -> None:
    for x in items:
        if x.committed_metadata is None:
            s = b""
            n = 0
        else:
            s = x.committed_metadata.encode()
            n = len(s) + 1
        w(_p_iqiB(x.partition_index, x.committed_offset, x.committed_leader_epoch, n) if n < 128 else _p_iqi(x.partition_index, x.committed_offset, x.committed_leader_epoch) + string_length(n, "CommittedMetadata"))
        w(s)
        w(b"\0")


def _write_offset_commit_request_topic_list_v8(w: Write, items: list[OffsetCommitRequestTopic]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_offset_commit_request_partition_list_v8(w, x.partitions)
        w(b"\0")


def _write_offset_commit_request_v8(w: Write, x: OffsetCommitRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(_p_iB(x.generation_id_or_member_epoch, n) if n < 128 else _p_i(x.generation_id_or_member_epoch) + string_length(n, "MemberId"))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = 0
    else:
        s = x.group_instance_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_offset_commit_request_topic_list_v8(w, x.topics)
    w(b"\0")


def _write_offset_commit_request_topic_list_v10(w: Write, items: list[OffsetCommitRequestTopic]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_offset_commit_request_partition_list_v8(w, x.partitions)
        w(b"\0")


def _write_offset_commit_request_v10(w: Write, x: OffsetCommitRequest) -> None:
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(_p_iB(x.generation_id_or_member_epoch, n) if n < 128 else _p_i(x.generation_id_or_member_epoch) + string_length(n, "MemberId"))
    w(s)
    if x.group_instance_id is None:
        s = b""
        n = 0
    else:
        s = x.group_instance_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_offset_commit_request_topic_list_v10(w, x.topics)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[OffsetCommitRequest, int]]]] = {
    2: _read_offset_commit_request_v2,
    3: _read_offset_commit_request_v2,
    4: _read_offset_commit_request_v2,
    5: _read_offset_commit_request_v5,
    6: _read_offset_commit_request_v6,
    7: _read_offset_commit_request_v7,
    8: _read_offset_commit_request_v8,
    9: _read_offset_commit_request_v8,
    10: _read_offset_commit_request_v10,
}
_WRITE: Final[dict[int, Callable[[Write, OffsetCommitRequest], None]]] = {
    2: _write_offset_commit_request_v2,
    3: _write_offset_commit_request_v2,
    4: _write_offset_commit_request_v2,
    5: _write_offset_commit_request_v5,
    6: _write_offset_commit_request_v6,
    7: _write_offset_commit_request_v7,
    8: _write_offset_commit_request_v8,
    9: _write_offset_commit_request_v8,
    10: _write_offset_commit_request_v10,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> OffsetCommitRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetCommitRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("OffsetCommitRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[OffsetCommitRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("OffsetCommitRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("OffsetCommitRequest", version, len(data), end)
    return message, end


def encode_parts(message: OffsetCommitRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetCommitRequest", version, exc) from exc
    return parts


def encode(message: OffsetCommitRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("OffsetCommitRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: OffsetCommitRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
