# Generated from table.txt by ottla.wire.generator; do not edit.
"""FetchRequest, API key 1: versions 4 to 18, flexible from 12."""

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
    long_uvarint,
    next_tag,
    null_fault,
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    tag_fault,
    tagged,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 1
MIN_VERSION: Final = 4
MAX_VERSION: Final = 18
FLEXIBLE_SINCE: Final[int | None] = 12

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iiibii = Struct(">iiibii").pack
_p_iiibiiB = Struct(">iiibiiB").pack
_p_iiiibi = Struct(">iiiibi").pack
_p_iiiibii = Struct(">iiiibii").pack
_p_iiiibiiB = Struct(">iiiibiiB").pack
_p_iiiibiii = Struct(">iiiibiii").pack
_p_iiqiqi = Struct(">iiqiqi").pack
_p_iiqiqix = Struct(">iiqiqix").pack
_p_iiqqi = Struct(">iiqqi").pack
_p_iqi = Struct(">iqi").pack
_p_iqqi = Struct(">iqqi").pack
_p_iqx = Struct(">iqx").pack
_p_q = Struct(">q").pack
_u_U = Struct(">16s").unpack_from
_u_UB = Struct(">16sB").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iiibiiB = Struct(">iiibiiB").unpack_from
_u_iiiibi = Struct(">iiiibi").unpack_from
_u_iiiibiiB = Struct(">iiiibiiB").unpack_from
_u_iiiibiii = Struct(">iiiibiii").unpack_from
_u_iiqiqiB = Struct(">iiqiqiB").unpack_from
_u_iiqqi = Struct(">iiqqi").unpack_from
_u_iqB = Struct(">iqB").unpack_from
_u_iqi = Struct(">iqi").unpack_from
_u_iqqi = Struct(">iqqi").unpack_from
_u_q = Struct(">q").unpack_from


class ReplicaState(WireStruct):
    __slots__ = ("replica_id", "replica_epoch")
    replica_id: int
    replica_epoch: int

    def __init__(
        self,
        replica_id: int = -1,
        replica_epoch: int = -1,
    ) -> None:
        self.replica_id = replica_id
        self.replica_epoch = replica_epoch


class FetchPartition(WireStruct):
    __slots__ = ("partition", "current_leader_epoch", "fetch_offset", "last_fetched_epoch", "log_start_offset", "partition_max_bytes", "replica_directory_id", "high_watermark")
    partition: int
    current_leader_epoch: int
    fetch_offset: int
    last_fetched_epoch: int
    log_start_offset: int
    partition_max_bytes: int
    replica_directory_id: bytes
    high_watermark: int

    def __init__(
        self,
        partition: int = 0,
        current_leader_epoch: int = -1,
        fetch_offset: int = 0,
        last_fetched_epoch: int = -1,
        log_start_offset: int = -1,
        partition_max_bytes: int = 0,
        replica_directory_id: bytes = ZERO_UUID,
        high_watermark: int = 9223372036854775807,
    ) -> None:
        self.partition = partition
        self.current_leader_epoch = current_leader_epoch
        self.fetch_offset = fetch_offset
        self.last_fetched_epoch = last_fetched_epoch
        self.log_start_offset = log_start_offset
        self.partition_max_bytes = partition_max_bytes
        self.replica_directory_id = replica_directory_id
        self.high_watermark = high_watermark


class FetchTopic(WireStruct):
    __slots__ = ("topic", "topic_id", "partitions")
    topic: str
    topic_id: bytes
    partitions: list[FetchPartition]

    def __init__(
        self,
        topic: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[FetchPartition] = NEW,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class ForgottenTopic(WireStruct):
    __slots__ = ("topic", "topic_id", "partitions")
    topic: str
    topic_id: bytes
    partitions: list[int]

    def __init__(
        self,
        topic: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[int] = NEW,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class FetchRequest(WireStruct):
    __slots__ = ("cluster_id", "replica_id", "replica_state", "max_wait_ms", "min_bytes", "max_bytes", "isolation_level", "session_id", "session_epoch", "topics", "forgotten_topics_data", "rack_id")
    cluster_id: str | None
    replica_id: int
    replica_state: ReplicaState
    max_wait_ms: int
    min_bytes: int
    max_bytes: int
    isolation_level: int
    session_id: int
    session_epoch: int
    topics: list[FetchTopic]
    forgotten_topics_data: list[ForgottenTopic]
    rack_id: str

    def __init__(
        self,
        cluster_id: str | None = None,
        replica_id: int = -1,
        replica_state: ReplicaState = NEW,
        max_wait_ms: int = 0,
        min_bytes: int = 0,
        max_bytes: int = 2147483647,
        isolation_level: int = 0,
        session_id: int = 0,
        session_epoch: int = -1,
        topics: list[FetchTopic] = NEW,
        forgotten_topics_data: list[ForgottenTopic] = NEW,
        rack_id: str = "",
    ) -> None:
        self.cluster_id = cluster_id
        self.replica_id = replica_id
        self.replica_state = ReplicaState() if replica_state is NEW else replica_state
        self.max_wait_ms = max_wait_ms
        self.min_bytes = min_bytes
        self.max_bytes = max_bytes
        self.isolation_level = isolation_level
        self.session_id = session_id
        self.session_epoch = session_epoch
        self.topics = [] if topics is NEW else topics
        self.forgotten_topics_data = [] if forgotten_topics_data is NEW else forgotten_topics_data
        self.rack_id = rack_id


def _read_fetch_partition_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[FetchPartition], int]:
    out: list[FetchPartition] = []
    for _ in range(count):
        partition, fetch_offset, partition_max_bytes = _u_iqi(buf, pos)
        pos += 16
        out.append(FetchPartition(partition, -1, fetch_offset, -1, -1, partition_max_bytes, ZERO_UUID, 9223372036854775807))
    return out, pos


def _read_fetch_topic_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[FetchTopic], int]:
    out: list[FetchTopic] = []
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
            check_count(buf, pos, n, 16, "Partitions")
        partitions, pos = _read_fetch_partition_list_v4(buf, pos, n) if n else ([], pos)
        out.append(FetchTopic(topic, ZERO_UUID, partitions))
    return out, pos


def _read_fetch_request_v4(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    replica_id, max_wait_ms, min_bytes, max_bytes, isolation_level, n = _u_iiiibi(buf, pos)
    pos += 21
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_fetch_topic_list_v4(buf, pos, n) if n else ([], pos)
    return FetchRequest(None, replica_id, ReplicaState(), max_wait_ms, min_bytes, max_bytes, isolation_level, 0, -1, topics, [], ""), pos


def _read_fetch_partition_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[FetchPartition], int]:
    out: list[FetchPartition] = []
    for _ in range(count):
        partition, fetch_offset, log_start_offset, partition_max_bytes = _u_iqqi(buf, pos)
        pos += 24
        out.append(FetchPartition(partition, -1, fetch_offset, -1, log_start_offset, partition_max_bytes, ZERO_UUID, 9223372036854775807))
    return out, pos


def _read_fetch_topic_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[FetchTopic], int]:
    out: list[FetchTopic] = []
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
            check_count(buf, pos, n, 24, "Partitions")
        partitions, pos = _read_fetch_partition_list_v5(buf, pos, n) if n else ([], pos)
        out.append(FetchTopic(topic, ZERO_UUID, partitions))
    return out, pos


def _read_fetch_request_v5(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    replica_id, max_wait_ms, min_bytes, max_bytes, isolation_level, n = _u_iiiibi(buf, pos)
    pos += 21
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_fetch_topic_list_v5(buf, pos, n) if n else ([], pos)
    return FetchRequest(None, replica_id, ReplicaState(), max_wait_ms, min_bytes, max_bytes, isolation_level, 0, -1, topics, [], ""), pos


def _read_forgotten_topic_list_v7(buf: bytes, pos: int, count: int) -> tuple[list[ForgottenTopic], int]:
    out: list[ForgottenTopic] = []
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
        out.append(ForgottenTopic(topic, ZERO_UUID, partitions))
    return out, pos


def _read_fetch_request_v7(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    replica_id, max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, n = _u_iiiibiii(buf, pos)
    pos += 29
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_fetch_topic_list_v5(buf, pos, n) if n else ([], pos)
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v7(buf, pos, n) if n else ([], pos)
    return FetchRequest(None, replica_id, ReplicaState(), max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, topics, forgotten_topics_data, ""), pos


def _read_fetch_partition_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[FetchPartition], int]:
    out: list[FetchPartition] = []
    for _ in range(count):
        partition, current_leader_epoch, fetch_offset, log_start_offset, partition_max_bytes = _u_iiqqi(buf, pos)
        pos += 28
        out.append(FetchPartition(partition, current_leader_epoch, fetch_offset, -1, log_start_offset, partition_max_bytes, ZERO_UUID, 9223372036854775807))
    return out, pos


def _read_fetch_topic_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[FetchTopic], int]:
    out: list[FetchTopic] = []
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
            check_count(buf, pos, n, 28, "Partitions")
        partitions, pos = _read_fetch_partition_list_v9(buf, pos, n) if n else ([], pos)
        out.append(FetchTopic(topic, ZERO_UUID, partitions))
    return out, pos


def _read_fetch_request_v9(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    replica_id, max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, n = _u_iiiibiii(buf, pos)
    pos += 29
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_fetch_topic_list_v9(buf, pos, n) if n else ([], pos)
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v7(buf, pos, n) if n else ([], pos)
    return FetchRequest(None, replica_id, ReplicaState(), max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, topics, forgotten_topics_data, ""), pos


def _read_fetch_request_v11(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    replica_id, max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, n = _u_iiiibiii(buf, pos)
    pos += 29
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Topics")
    topics, pos = _read_fetch_topic_list_v9(buf, pos, n) if n else ([], pos)
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v7(buf, pos, n) if n else ([], pos)
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("RackId")
    end = pos + n
    rack_id = buf[pos:end].decode()
    pos = end
    return FetchRequest(None, replica_id, ReplicaState(), max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, topics, forgotten_topics_data, rack_id), pos


def _read_fetch_partition_list_v12(buf: bytes, pos: int, count: int) -> tuple[list[FetchPartition], int]:
    out: list[FetchPartition] = []
    for _ in range(count):
        partition, current_leader_epoch, fetch_offset, last_fetched_epoch, log_start_offset, partition_max_bytes, tags = _u_iiqiqiB(buf, pos)
        pos += 33
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FetchPartition(partition, current_leader_epoch, fetch_offset, last_fetched_epoch, log_start_offset, partition_max_bytes, ZERO_UUID, 9223372036854775807))
    return out, pos


def _read_fetch_topic_list_v12(buf: bytes, pos: int, count: int) -> tuple[list[FetchTopic], int]:
    out: list[FetchTopic] = []
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
            n, pos = long_count(buf, pos, n, 33, "Partitions")
        partitions, pos = _read_fetch_partition_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FetchTopic(topic, ZERO_UUID, partitions))
    return out, pos


def _read_forgotten_topic_list_v12(buf: bytes, pos: int, count: int) -> tuple[list[ForgottenTopic], int]:
    out: list[ForgottenTopic] = []
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
        out.append(ForgottenTopic(topic, ZERO_UUID, partitions))
    return out, pos


def _read_fetch_request_v12(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    replica_id, max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, n = _u_iiiibiiB(buf, pos)
    pos += 26
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_fetch_topic_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "RackId")
    end = pos + n - 1
    rack_id = buf[pos:end].decode()
    pos = end
    tags = buf[pos]
    pos += 1
    cluster_id: str | None = None
    if tags:
        tags, pos = long_uvarint(buf, pos, tags)
        seen: set[int] = set()
        for _ in range(tags):
            tag, pos, tag_end = next_tag(buf, pos, seen)
            if tag == 0:
                n = buf[pos]
                pos += 1
                if n == 0:
                    cluster_id = None
                else:
                    if n > 127:
                        n, pos = long_string(buf, pos, n, "ClusterId")
                    end = pos + n - 1
                    cluster_id = buf[pos:end].decode()
                    pos = end
            else:
                pos = tag_end
            if pos != tag_end:
                raise tag_fault(tag)
    return FetchRequest(cluster_id, replica_id, ReplicaState(), max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, topics, forgotten_topics_data, rack_id), pos


def _read_fetch_topic_list_v13(buf: bytes, pos: int, count: int) -> tuple[list[FetchTopic], int]:
    out: list[FetchTopic] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 33, "Partitions")
        partitions, pos = _read_fetch_partition_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FetchTopic("", topic_id, partitions))
    return out, pos


def _read_forgotten_topic_list_v13(buf: bytes, pos: int, count: int) -> tuple[list[ForgottenTopic], int]:
    out: list[ForgottenTopic] = []
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
        out.append(ForgottenTopic("", topic_id, partitions))
    return out, pos


def _read_fetch_request_v13(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    replica_id, max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, n = _u_iiiibiiB(buf, pos)
    pos += 26
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_fetch_topic_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "RackId")
    end = pos + n - 1
    rack_id = buf[pos:end].decode()
    pos = end
    tags = buf[pos]
    pos += 1
    cluster_id: str | None = None
    if tags:
        tags, pos = long_uvarint(buf, pos, tags)
        seen: set[int] = set()
        for _ in range(tags):
            tag, pos, tag_end = next_tag(buf, pos, seen)
            if tag == 0:
                n = buf[pos]
                pos += 1
                if n == 0:
                    cluster_id = None
                else:
                    if n > 127:
                        n, pos = long_string(buf, pos, n, "ClusterId")
                    end = pos + n - 1
                    cluster_id = buf[pos:end].decode()
                    pos = end
            else:
                pos = tag_end
            if pos != tag_end:
                raise tag_fault(tag)
    return FetchRequest(cluster_id, replica_id, ReplicaState(), max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, topics, forgotten_topics_data, rack_id), pos


def _read_replica_state_v15(buf: bytes, pos: int) -> tuple[ReplicaState, int]:
    replica_id, replica_epoch, tags = _u_iqB(buf, pos)
    pos += 13
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ReplicaState(replica_id, replica_epoch), pos


def _read_fetch_request_v15(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, n = _u_iiibiiB(buf, pos)
    pos += 22
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_fetch_topic_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "RackId")
    end = pos + n - 1
    rack_id = buf[pos:end].decode()
    pos = end
    tags = buf[pos]
    pos += 1
    cluster_id: str | None = None
    replica_state: ReplicaState = ReplicaState()
    if tags:
        tags, pos = long_uvarint(buf, pos, tags)
        seen: set[int] = set()
        for _ in range(tags):
            tag, pos, tag_end = next_tag(buf, pos, seen)
            if tag == 0:
                n = buf[pos]
                pos += 1
                if n == 0:
                    cluster_id = None
                else:
                    if n > 127:
                        n, pos = long_string(buf, pos, n, "ClusterId")
                    end = pos + n - 1
                    cluster_id = buf[pos:end].decode()
                    pos = end
            elif tag == 1:
                replica_state, pos = _read_replica_state_v15(buf, pos)
            else:
                pos = tag_end
            if pos != tag_end:
                raise tag_fault(tag)
    return FetchRequest(cluster_id, -1, replica_state, max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, topics, forgotten_topics_data, rack_id), pos


def _read_fetch_partition_list_v17(buf: bytes, pos: int, count: int) -> tuple[list[FetchPartition], int]:
    out: list[FetchPartition] = []
    for _ in range(count):
        partition, current_leader_epoch, fetch_offset, last_fetched_epoch, log_start_offset, partition_max_bytes, tags = _u_iiqiqiB(buf, pos)
        pos += 33
        replica_directory_id: bytes = ZERO_UUID
        if tags:
            tags, pos = long_uvarint(buf, pos, tags)
            seen: set[int] = set()
            for _ in range(tags):
                tag, pos, tag_end = next_tag(buf, pos, seen)
                if tag == 0:
                    (replica_directory_id,) = _u_U(buf, pos)
                    pos += 16
                else:
                    pos = tag_end
                if pos != tag_end:
                    raise tag_fault(tag)
        out.append(FetchPartition(partition, current_leader_epoch, fetch_offset, last_fetched_epoch, log_start_offset, partition_max_bytes, replica_directory_id, 9223372036854775807))
    return out, pos


def _read_fetch_topic_list_v17(buf: bytes, pos: int, count: int) -> tuple[list[FetchTopic], int]:
    out: list[FetchTopic] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 33, "Partitions")
        partitions, pos = _read_fetch_partition_list_v17(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FetchTopic("", topic_id, partitions))
    return out, pos


def _read_fetch_request_v17(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, n = _u_iiibiiB(buf, pos)
    pos += 22
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_fetch_topic_list_v17(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "RackId")
    end = pos + n - 1
    rack_id = buf[pos:end].decode()
    pos = end
    tags = buf[pos]
    pos += 1
    cluster_id: str | None = None
    replica_state: ReplicaState = ReplicaState()
    if tags:
        tags, pos = long_uvarint(buf, pos, tags)
        seen: set[int] = set()
        for _ in range(tags):
            tag, pos, tag_end = next_tag(buf, pos, seen)
            if tag == 0:
                n = buf[pos]
                pos += 1
                if n == 0:
                    cluster_id = None
                else:
                    if n > 127:
                        n, pos = long_string(buf, pos, n, "ClusterId")
                    end = pos + n - 1
                    cluster_id = buf[pos:end].decode()
                    pos = end
            elif tag == 1:
                replica_state, pos = _read_replica_state_v15(buf, pos)
            else:
                pos = tag_end
            if pos != tag_end:
                raise tag_fault(tag)
    return FetchRequest(cluster_id, -1, replica_state, max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, topics, forgotten_topics_data, rack_id), pos


def _read_fetch_partition_list_v18(buf: bytes, pos: int, count: int) -> tuple[list[FetchPartition], int]:
    out: list[FetchPartition] = []
    for _ in range(count):
        partition, current_leader_epoch, fetch_offset, last_fetched_epoch, log_start_offset, partition_max_bytes, tags = _u_iiqiqiB(buf, pos)
        pos += 33
        replica_directory_id: bytes = ZERO_UUID
        high_watermark: int = 9223372036854775807
        if tags:
            tags, pos = long_uvarint(buf, pos, tags)
            seen: set[int] = set()
            for _ in range(tags):
                tag, pos, tag_end = next_tag(buf, pos, seen)
                if tag == 0:
                    (replica_directory_id,) = _u_U(buf, pos)
                    pos += 16
                elif tag == 1:
                    (high_watermark,) = _u_q(buf, pos)
                    pos += 8
                else:
                    pos = tag_end
                if pos != tag_end:
                    raise tag_fault(tag)
        out.append(FetchPartition(partition, current_leader_epoch, fetch_offset, last_fetched_epoch, log_start_offset, partition_max_bytes, replica_directory_id, high_watermark))
    return out, pos


def _read_fetch_topic_list_v18(buf: bytes, pos: int, count: int) -> tuple[list[FetchTopic], int]:
    out: list[FetchTopic] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 33, "Partitions")
        partitions, pos = _read_fetch_partition_list_v18(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FetchTopic("", topic_id, partitions))
    return out, pos


def _read_fetch_request_v18(buf: bytes, pos: int) -> tuple[FetchRequest, int]:
    max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, n = _u_iiibiiB(buf, pos)
    pos += 22
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Topics")
    topics, pos = _read_fetch_topic_list_v18(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "ForgottenTopicsData")
    forgotten_topics_data, pos = _read_forgotten_topic_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_string(buf, pos, n, "RackId")
    end = pos + n - 1
    rack_id = buf[pos:end].decode()
    pos = end
    tags = buf[pos]
    pos += 1
    cluster_id: str | None = None
    replica_state: ReplicaState = ReplicaState()
    if tags:
        tags, pos = long_uvarint(buf, pos, tags)
        seen: set[int] = set()
        for _ in range(tags):
            tag, pos, tag_end = next_tag(buf, pos, seen)
            if tag == 0:
                n = buf[pos]
                pos += 1
                if n == 0:
                    cluster_id = None
                else:
                    if n > 127:
                        n, pos = long_string(buf, pos, n, "ClusterId")
                    end = pos + n - 1
                    cluster_id = buf[pos:end].decode()
                    pos = end
            elif tag == 1:
                replica_state, pos = _read_replica_state_v15(buf, pos)
            else:
                pos = tag_end
            if pos != tag_end:
                raise tag_fault(tag)
    return FetchRequest(cluster_id, -1, replica_state, max_wait_ms, min_bytes, max_bytes, isolation_level, session_id, session_epoch, topics, forgotten_topics_data, rack_id), pos


def _write_fetch_partition_list_v4(w: Write, items: list[FetchPartition]) -> None:
    for x in items:
        if x.last_fetched_epoch != -1:
            raise absent_fault("LastFetchedEpoch")
        w(_p_iqi(x.partition, x.fetch_offset, x.partition_max_bytes))


def _write_fetch_topic_list_v4(w: Write, items: list[FetchTopic]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_fetch_partition_list_v4(w, x.partitions)


def _write_fetch_request_v4(w: Write, x: FetchRequest) -> None:
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        raise absent_fault("ReplicaState")
    if x.forgotten_topics_data:
        raise absent_fault("ForgottenTopicsData")
    n = len(x.topics)
    w(_p_iiiibi(x.replica_id, x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, n))
    if x.topics:
        _write_fetch_topic_list_v4(w, x.topics)


def _write_fetch_partition_list_v5(w: Write, items: list[FetchPartition]) -> None:
    for x in items:
        if x.last_fetched_epoch != -1:
            raise absent_fault("LastFetchedEpoch")
        w(_p_iqqi(x.partition, x.fetch_offset, x.log_start_offset, x.partition_max_bytes))


def _write_fetch_topic_list_v5(w: Write, items: list[FetchTopic]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_fetch_partition_list_v5(w, x.partitions)


def _write_fetch_request_v5(w: Write, x: FetchRequest) -> None:
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        raise absent_fault("ReplicaState")
    if x.forgotten_topics_data:
        raise absent_fault("ForgottenTopicsData")
    n = len(x.topics)
    w(_p_iiiibi(x.replica_id, x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, n))
    if x.topics:
        _write_fetch_topic_list_v5(w, x.topics)


def _write_forgotten_topic_list_v7(w: Write, items: list[ForgottenTopic]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            w(pack_int32s(x.partitions))


def _write_fetch_request_v7(w: Write, x: FetchRequest) -> None:
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        raise absent_fault("ReplicaState")
    n = len(x.topics)
    w(_p_iiiibiii(x.replica_id, x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch, n))
    if x.topics:
        _write_fetch_topic_list_v5(w, x.topics)
    n = len(x.forgotten_topics_data)
    w(_p_i(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v7(w, x.forgotten_topics_data)


def _write_fetch_partition_list_v9(w: Write, items: list[FetchPartition]) -> None:
    for x in items:
        if x.last_fetched_epoch != -1:
            raise absent_fault("LastFetchedEpoch")
        w(_p_iiqqi(x.partition, x.current_leader_epoch, x.fetch_offset, x.log_start_offset, x.partition_max_bytes))


def _write_fetch_topic_list_v9(w: Write, items: list[FetchTopic]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_fetch_partition_list_v9(w, x.partitions)


def _write_fetch_request_v9(w: Write, x: FetchRequest) -> None:
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        raise absent_fault("ReplicaState")
    n = len(x.topics)
    w(_p_iiiibiii(x.replica_id, x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch, n))
    if x.topics:
        _write_fetch_topic_list_v9(w, x.topics)
    n = len(x.forgotten_topics_data)
    w(_p_i(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v7(w, x.forgotten_topics_data)


def _write_fetch_request_v11(w: Write, x: FetchRequest) -> None:
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        raise absent_fault("ReplicaState")
    n = len(x.topics)
    w(_p_iiiibiii(x.replica_id, x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch, n))
    if x.topics:
        _write_fetch_topic_list_v9(w, x.topics)
    n = len(x.forgotten_topics_data)
    w(_p_i(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v7(w, x.forgotten_topics_data)
    s = x.rack_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)


def _write_fetch_partition_list_v12(w: Write, items: list[FetchPartition]) -> None:
    for x in items:
        w(_p_iiqiqix(x.partition, x.current_leader_epoch, x.fetch_offset, x.last_fetched_epoch, x.log_start_offset, x.partition_max_bytes))


def _write_fetch_topic_list_v12(w: Write, items: list[FetchTopic]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Topic"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_fetch_partition_list_v12(w, x.partitions)
        w(b"\0")


def _write_forgotten_topic_list_v12(w: Write, items: list[ForgottenTopic]) -> None:
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


def _write_fetch_request_v12(w: Write, x: FetchRequest) -> None:
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        raise absent_fault("ReplicaState")
    n = len(x.topics) + 1
    w(_p_iiiibiiB(x.replica_id, x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch, n) if n < 128 else _p_iiiibii(x.replica_id, x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch) + uvarint(n))
    if x.topics:
        _write_fetch_topic_list_v12(w, x.topics)
    n = len(x.forgotten_topics_data) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v12(w, x.forgotten_topics_data)
    s = x.rack_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "RackId"))
    w(s)
    tags = 0
    section = b""
    if x.cluster_id is not None:
        parts_0: list[bytes | bytearray | memoryview] = []
        s = x.cluster_id.encode()
        n = len(s) + 1
        parts_0.append(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
        parts_0.append(s)
        tags += 1
        section += tagged(0, parts_0)
    w(ONE_BYTE[tags])
    if tags:
        w(section)


def _write_fetch_topic_list_v13(w: Write, items: list[FetchTopic]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_fetch_partition_list_v12(w, x.partitions)
        w(b"\0")


def _write_forgotten_topic_list_v13(w: Write, items: list[ForgottenTopic]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_fetch_request_v13(w: Write, x: FetchRequest) -> None:
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        raise absent_fault("ReplicaState")
    n = len(x.topics) + 1
    w(_p_iiiibiiB(x.replica_id, x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch, n) if n < 128 else _p_iiiibii(x.replica_id, x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch) + uvarint(n))
    if x.topics:
        _write_fetch_topic_list_v13(w, x.topics)
    n = len(x.forgotten_topics_data) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v13(w, x.forgotten_topics_data)
    s = x.rack_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "RackId"))
    w(s)
    tags = 0
    section = b""
    if x.cluster_id is not None:
        parts_0: list[bytes | bytearray | memoryview] = []
        s = x.cluster_id.encode()
        n = len(s) + 1
        parts_0.append(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
        parts_0.append(s)
        tags += 1
        section += tagged(0, parts_0)
    w(ONE_BYTE[tags])
    if tags:
        w(section)


def _write_replica_state_v15(w: Write, x: ReplicaState) -> None:
    w(_p_iqx(x.replica_id, x.replica_epoch))


def _write_fetch_request_v15(w: Write, x: FetchRequest) -> None:
    if x.replica_id != -1:
        raise absent_fault("ReplicaId")
    n = len(x.topics) + 1
    w(_p_iiibiiB(x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch, n) if n < 128 else _p_iiibii(x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch) + uvarint(n))
    if x.topics:
        _write_fetch_topic_list_v13(w, x.topics)
    n = len(x.forgotten_topics_data) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v13(w, x.forgotten_topics_data)
    s = x.rack_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "RackId"))
    w(s)
    tags = 0
    section = b""
    if x.cluster_id is not None:
        parts_0: list[bytes | bytearray | memoryview] = []
        s = x.cluster_id.encode()
        n = len(s) + 1
        parts_0.append(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
        parts_0.append(s)
        tags += 1
        section += tagged(0, parts_0)
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        parts_1: list[bytes | bytearray | memoryview] = []
        _write_replica_state_v15(parts_1.append, x.replica_state)
        tags += 1
        section += tagged(1, parts_1)
    w(ONE_BYTE[tags])
    if tags:
        w(section)


def _write_fetch_partition_list_v17(w: Write, items: list[FetchPartition]) -> None:
    for x in items:
        w(_p_iiqiqi(x.partition, x.current_leader_epoch, x.fetch_offset, x.last_fetched_epoch, x.log_start_offset, x.partition_max_bytes))
        tags = 0
        section = b""
        if x.replica_directory_id != ZERO_UUID:
            parts_0: list[bytes | bytearray | memoryview] = []
            if len(x.replica_directory_id) != 16:
                raise uuid_fault("ReplicaDirectoryId")
            parts_0.append(_p_U(x.replica_directory_id))
            tags += 1
            section += tagged(0, parts_0)
        w(ONE_BYTE[tags])
        if tags:
            w(section)


def _write_fetch_topic_list_v17(w: Write, items: list[FetchTopic]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_fetch_partition_list_v17(w, x.partitions)
        w(b"\0")


def _write_fetch_request_v17(w: Write, x: FetchRequest) -> None:
    if x.replica_id != -1:
        raise absent_fault("ReplicaId")
    n = len(x.topics) + 1
    w(_p_iiibiiB(x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch, n) if n < 128 else _p_iiibii(x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch) + uvarint(n))
    if x.topics:
        _write_fetch_topic_list_v17(w, x.topics)
    n = len(x.forgotten_topics_data) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v13(w, x.forgotten_topics_data)
    s = x.rack_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "RackId"))
    w(s)
    tags = 0
    section = b""
    if x.cluster_id is not None:
        parts_0: list[bytes | bytearray | memoryview] = []
        s = x.cluster_id.encode()
        n = len(s) + 1
        parts_0.append(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
        parts_0.append(s)
        tags += 1
        section += tagged(0, parts_0)
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        parts_1: list[bytes | bytearray | memoryview] = []
        _write_replica_state_v15(parts_1.append, x.replica_state)
        tags += 1
        section += tagged(1, parts_1)
    w(ONE_BYTE[tags])
    if tags:
        w(section)


def _write_fetch_partition_list_v18(w: Write, items: list[FetchPartition]) -> None:
    for x in items:
        w(_p_iiqiqi(x.partition, x.current_leader_epoch, x.fetch_offset, x.last_fetched_epoch, x.log_start_offset, x.partition_max_bytes))
        tags = 0
        section = b""
        if x.replica_directory_id != ZERO_UUID:
            parts_0: list[bytes | bytearray | memoryview] = []
            if len(x.replica_directory_id) != 16:
                raise uuid_fault("ReplicaDirectoryId")
            parts_0.append(_p_U(x.replica_directory_id))
            tags += 1
            section += tagged(0, parts_0)
        if x.high_watermark != 9223372036854775807:
            parts_1: list[bytes | bytearray | memoryview] = []
            parts_1.append(_p_q(x.high_watermark))
            tags += 1
            section += tagged(1, parts_1)
        w(ONE_BYTE[tags])
        if tags:
            w(section)


def _write_fetch_topic_list_v18(w: Write, items: list[FetchTopic]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_fetch_partition_list_v18(w, x.partitions)
        w(b"\0")


def _write_fetch_request_v18(w: Write, x: FetchRequest) -> None:
    if x.replica_id != -1:
        raise absent_fault("ReplicaId")
    n = len(x.topics) + 1
    w(_p_iiibiiB(x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch, n) if n < 128 else _p_iiibii(x.max_wait_ms, x.min_bytes, x.max_bytes, x.isolation_level, x.session_id, x.session_epoch) + uvarint(n))
    if x.topics:
        _write_fetch_topic_list_v18(w, x.topics)
    n = len(x.forgotten_topics_data) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.forgotten_topics_data:
        _write_forgotten_topic_list_v13(w, x.forgotten_topics_data)
    s = x.rack_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "RackId"))
    w(s)
    tags = 0
    section = b""
    if x.cluster_id is not None:
        parts_0: list[bytes | bytearray | memoryview] = []
        s = x.cluster_id.encode()
        n = len(s) + 1
        parts_0.append(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
        parts_0.append(s)
        tags += 1
        section += tagged(0, parts_0)
    if x.replica_state.replica_id != -1 or x.replica_state.replica_epoch != -1:
        parts_1: list[bytes | bytearray | memoryview] = []
        _write_replica_state_v15(parts_1.append, x.replica_state)
        tags += 1
        section += tagged(1, parts_1)
    w(ONE_BYTE[tags])
    if tags:
        w(section)


_READ: Final[dict[int, Callable[[bytes, int], tuple[FetchRequest, int]]]] = {
    4: _read_fetch_request_v4,
    5: _read_fetch_request_v5,
    6: _read_fetch_request_v5,
    7: _read_fetch_request_v7,
    8: _read_fetch_request_v7,
    9: _read_fetch_request_v9,
    10: _read_fetch_request_v9,
    11: _read_fetch_request_v11,
    12: _read_fetch_request_v12,
    13: _read_fetch_request_v13,
    14: _read_fetch_request_v13,
    15: _read_fetch_request_v15,
    16: _read_fetch_request_v15,
    17: _read_fetch_request_v17,
    18: _read_fetch_request_v18,
}
_WRITE: Final[dict[int, Callable[[Write, FetchRequest], None]]] = {
    4: _write_fetch_request_v4,
    5: _write_fetch_request_v5,
    6: _write_fetch_request_v5,
    7: _write_fetch_request_v7,
    8: _write_fetch_request_v7,
    9: _write_fetch_request_v9,
    10: _write_fetch_request_v9,
    11: _write_fetch_request_v11,
    12: _write_fetch_request_v12,
    13: _write_fetch_request_v13,
    14: _write_fetch_request_v13,
    15: _write_fetch_request_v15,
    16: _write_fetch_request_v15,
    17: _write_fetch_request_v17,
    18: _write_fetch_request_v18,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> FetchRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("FetchRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("FetchRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[FetchRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("FetchRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("FetchRequest", version, len(data), end)
    return message, end


def encode_parts(message: FetchRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("FetchRequest", version, exc) from exc
    return parts


def encode(message: FetchRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("FetchRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: FetchRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
