# Generated from table.txt by ottla.wire.generator; do not edit.
"""MetadataResponse, API key 3: versions 0 to 13, flexible from 9."""

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

API_KEY: Final = 3
MIN_VERSION: Final = 0
MAX_VERSION: Final = 13
FLEXIBLE_SINCE: Final[int | None] = 9

_p_UZ = Struct(">16s?").pack
_p_UZB = Struct(">16s?B").pack
_p_Z = Struct(">?").pack
_p_ZB = Struct(">?B").pack
_p_Zi = Struct(">?i").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_hiii = Struct(">hiii").pack
_p_hiiiB = Struct(">hiiiB").pack
_p_hiiii = Struct(">hiiii").pack
_p_hx = Struct(">hx").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ii = Struct(">ii").pack
_p_ix = Struct(">ix").pack
_u_UZB = Struct(">16s?B").unpack_from
_u_ZB = Struct(">?B").unpack_from
_u_Zi = Struct(">?i").unpack_from
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_hiii = Struct(">hiii").unpack_from
_u_hiiiB = Struct(">hiiiB").unpack_from
_u_hiiii = Struct(">hiiii").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_ii = Struct(">ii").unpack_from


class MetadataResponseBroker(WireStruct):
    __slots__ = ("node_id", "host", "port", "rack")
    node_id: int
    host: str
    port: int
    rack: str | None

    def __init__(
        self,
        node_id: int = 0,
        host: str = "",
        port: int = 0,
        rack: str | None = None,
    ) -> None:
        self.node_id = node_id
        self.host = host
        self.port = port
        self.rack = rack


class MetadataResponsePartition(WireStruct):
    __slots__ = ("error_code", "partition_index", "leader_id", "leader_epoch", "replica_nodes", "isr_nodes", "offline_replicas")
    error_code: int
    partition_index: int
    leader_id: int
    leader_epoch: int
    replica_nodes: list[int]
    isr_nodes: list[int]
    offline_replicas: list[int]

    def __init__(
        self,
        error_code: int = 0,
        partition_index: int = 0,
        leader_id: int = 0,
        leader_epoch: int = -1,
        replica_nodes: list[int] = NEW,
        isr_nodes: list[int] = NEW,
        offline_replicas: list[int] = NEW,
    ) -> None:
        self.error_code = error_code
        self.partition_index = partition_index
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.replica_nodes = [] if replica_nodes is NEW else replica_nodes
        self.isr_nodes = [] if isr_nodes is NEW else isr_nodes
        self.offline_replicas = [] if offline_replicas is NEW else offline_replicas


class MetadataResponseTopic(WireStruct):
    __slots__ = ("error_code", "name", "topic_id", "is_internal", "partitions", "topic_authorized_operations")
    error_code: int
    name: str | None
    topic_id: bytes
    is_internal: bool
    partitions: list[MetadataResponsePartition]
    topic_authorized_operations: int

    def __init__(
        self,
        error_code: int = 0,
        name: str | None = "",
        topic_id: bytes = ZERO_UUID,
        is_internal: bool = False,
        partitions: list[MetadataResponsePartition] = NEW,
        topic_authorized_operations: int = -2147483648,
    ) -> None:
        self.error_code = error_code
        self.name = name
        self.topic_id = topic_id
        self.is_internal = is_internal
        self.partitions = [] if partitions is NEW else partitions
        self.topic_authorized_operations = topic_authorized_operations


class MetadataResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "brokers", "cluster_id", "controller_id", "topics", "cluster_authorized_operations", "error_code")
    throttle_time_ms: int
    brokers: list[MetadataResponseBroker]
    cluster_id: str | None
    controller_id: int
    topics: list[MetadataResponseTopic]
    cluster_authorized_operations: int
    error_code: int

    def __init__(
        self,
        throttle_time_ms: int = 0,
        brokers: list[MetadataResponseBroker] = NEW,
        cluster_id: str | None = None,
        controller_id: int = -1,
        topics: list[MetadataResponseTopic] = NEW,
        cluster_authorized_operations: int = -2147483648,
        error_code: int = 0,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.brokers = [] if brokers is NEW else brokers
        self.cluster_id = cluster_id
        self.controller_id = controller_id
        self.topics = [] if topics is NEW else topics
        self.cluster_authorized_operations = cluster_authorized_operations
        self.error_code = error_code


def _read_metadata_response_broker_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseBroker], int]:
    out: list[MetadataResponseBroker] = []
    for _ in range(count):
        node_id, n = _u_ih(buf, pos)
        pos += 6
        if n < 0:
            raise null_fault("Host")
        end = pos + n
        host = buf[pos:end].decode()
        pos = end
        (port,) = _u_i(buf, pos)
        pos += 4
        out.append(MetadataResponseBroker(node_id, host, port, None))
    return out, pos


def _read_metadata_response_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponsePartition], int]:
    out: list[MetadataResponsePartition] = []
    for _ in range(count):
        error_code, partition_index, leader_id, n = _u_hiii(buf, pos)
        pos += 14
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "ReplicaNodes")
        replica_nodes = read_int32s(buf, pos, n)
        pos += 4 * n
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "IsrNodes")
        isr_nodes = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(MetadataResponsePartition(error_code, partition_index, leader_id, -1, replica_nodes, isr_nodes, []))
    return out, pos


def _read_metadata_response_topic_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseTopic], int]:
    out: list[MetadataResponseTopic] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_metadata_response_partition_list_v0(buf, pos, n) if n else ([], pos)
        out.append(MetadataResponseTopic(error_code, name, ZERO_UUID, False, partitions, -2147483648))
    return out, pos


def _read_metadata_response_v0(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 10, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v0(buf, pos, n) if n else ([], pos)
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 8, "Topics")
    topics, pos = _read_metadata_response_topic_list_v0(buf, pos, n) if n else ([], pos)
    return MetadataResponse(0, brokers, None, -1, topics, -2147483648, 0), pos


def _read_metadata_response_broker_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseBroker], int]:
    out: list[MetadataResponseBroker] = []
    for _ in range(count):
        node_id, n = _u_ih(buf, pos)
        pos += 6
        if n < 0:
            raise null_fault("Host")
        end = pos + n
        host = buf[pos:end].decode()
        pos = end
        port, n = _u_ih(buf, pos)
        pos += 6
        if n < 0:
            rack = None
        else:
            end = pos + n
            rack = buf[pos:end].decode()
            pos = end
        out.append(MetadataResponseBroker(node_id, host, port, rack))
    return out, pos


def _read_metadata_response_topic_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseTopic], int]:
    out: list[MetadataResponseTopic] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        is_internal, n = _u_Zi(buf, pos)
        pos += 5
        if not -1 < n < 128:
            check_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_metadata_response_partition_list_v0(buf, pos, n) if n else ([], pos)
        out.append(MetadataResponseTopic(error_code, name, ZERO_UUID, is_internal, partitions, -2147483648))
    return out, pos


def _read_metadata_response_v1(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 12, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v1(buf, pos, n) if n else ([], pos)
    controller_id, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 9, "Topics")
    topics, pos = _read_metadata_response_topic_list_v1(buf, pos, n) if n else ([], pos)
    return MetadataResponse(0, brokers, None, controller_id, topics, -2147483648, 0), pos


def _read_metadata_response_v2(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 12, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v1(buf, pos, n) if n else ([], pos)
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        cluster_id = None
    else:
        end = pos + n
        cluster_id = buf[pos:end].decode()
        pos = end
    controller_id, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 9, "Topics")
    topics, pos = _read_metadata_response_topic_list_v1(buf, pos, n) if n else ([], pos)
    return MetadataResponse(0, brokers, cluster_id, controller_id, topics, -2147483648, 0), pos


def _read_metadata_response_v3(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 12, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v1(buf, pos, n) if n else ([], pos)
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        cluster_id = None
    else:
        end = pos + n
        cluster_id = buf[pos:end].decode()
        pos = end
    controller_id, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 9, "Topics")
    topics, pos = _read_metadata_response_topic_list_v1(buf, pos, n) if n else ([], pos)
    return MetadataResponse(throttle_time_ms, brokers, cluster_id, controller_id, topics, -2147483648, 0), pos


def _read_metadata_response_partition_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponsePartition], int]:
    out: list[MetadataResponsePartition] = []
    for _ in range(count):
        error_code, partition_index, leader_id, n = _u_hiii(buf, pos)
        pos += 14
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "ReplicaNodes")
        replica_nodes = read_int32s(buf, pos, n)
        pos += 4 * n
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "IsrNodes")
        isr_nodes = read_int32s(buf, pos, n)
        pos += 4 * n
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "OfflineReplicas")
        offline_replicas = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(MetadataResponsePartition(error_code, partition_index, leader_id, -1, replica_nodes, isr_nodes, offline_replicas))
    return out, pos


def _read_metadata_response_topic_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseTopic], int]:
    out: list[MetadataResponseTopic] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        is_internal, n = _u_Zi(buf, pos)
        pos += 5
        if not -1 < n < 128:
            check_count(buf, pos, n, 22, "Partitions")
        partitions, pos = _read_metadata_response_partition_list_v5(buf, pos, n) if n else ([], pos)
        out.append(MetadataResponseTopic(error_code, name, ZERO_UUID, is_internal, partitions, -2147483648))
    return out, pos


def _read_metadata_response_v5(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 12, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v1(buf, pos, n) if n else ([], pos)
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        cluster_id = None
    else:
        end = pos + n
        cluster_id = buf[pos:end].decode()
        pos = end
    controller_id, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 9, "Topics")
    topics, pos = _read_metadata_response_topic_list_v5(buf, pos, n) if n else ([], pos)
    return MetadataResponse(throttle_time_ms, brokers, cluster_id, controller_id, topics, -2147483648, 0), pos


def _read_metadata_response_partition_list_v7(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponsePartition], int]:
    out: list[MetadataResponsePartition] = []
    for _ in range(count):
        error_code, partition_index, leader_id, leader_epoch, n = _u_hiiii(buf, pos)
        pos += 18
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "ReplicaNodes")
        replica_nodes = read_int32s(buf, pos, n)
        pos += 4 * n
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "IsrNodes")
        isr_nodes = read_int32s(buf, pos, n)
        pos += 4 * n
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 4, "OfflineReplicas")
        offline_replicas = read_int32s(buf, pos, n)
        pos += 4 * n
        out.append(MetadataResponsePartition(error_code, partition_index, leader_id, leader_epoch, replica_nodes, isr_nodes, offline_replicas))
    return out, pos


def _read_metadata_response_topic_list_v7(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseTopic], int]:
    out: list[MetadataResponseTopic] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        is_internal, n = _u_Zi(buf, pos)
        pos += 5
        if not -1 < n < 128:
            check_count(buf, pos, n, 26, "Partitions")
        partitions, pos = _read_metadata_response_partition_list_v7(buf, pos, n) if n else ([], pos)
        out.append(MetadataResponseTopic(error_code, name, ZERO_UUID, is_internal, partitions, -2147483648))
    return out, pos


def _read_metadata_response_v7(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 12, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v1(buf, pos, n) if n else ([], pos)
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        cluster_id = None
    else:
        end = pos + n
        cluster_id = buf[pos:end].decode()
        pos = end
    controller_id, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 9, "Topics")
    topics, pos = _read_metadata_response_topic_list_v7(buf, pos, n) if n else ([], pos)
    return MetadataResponse(throttle_time_ms, brokers, cluster_id, controller_id, topics, -2147483648, 0), pos


def _read_metadata_response_topic_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseTopic], int]:
    out: list[MetadataResponseTopic] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("Name")
        end = pos + n
        name = buf[pos:end].decode()
        pos = end
        is_internal, n = _u_Zi(buf, pos)
        pos += 5
        if not -1 < n < 128:
            check_count(buf, pos, n, 26, "Partitions")
        partitions, pos = _read_metadata_response_partition_list_v7(buf, pos, n) if n else ([], pos)
        (topic_authorized_operations,) = _u_i(buf, pos)
        pos += 4
        out.append(MetadataResponseTopic(error_code, name, ZERO_UUID, is_internal, partitions, topic_authorized_operations))
    return out, pos


def _read_metadata_response_v8(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 12, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v1(buf, pos, n) if n else ([], pos)
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        cluster_id = None
    else:
        end = pos + n
        cluster_id = buf[pos:end].decode()
        pos = end
    controller_id, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 13, "Topics")
    topics, pos = _read_metadata_response_topic_list_v8(buf, pos, n) if n else ([], pos)
    (cluster_authorized_operations,) = _u_i(buf, pos)
    pos += 4
    return MetadataResponse(throttle_time_ms, brokers, cluster_id, controller_id, topics, cluster_authorized_operations, 0), pos


def _read_metadata_response_broker_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseBroker], int]:
    out: list[MetadataResponseBroker] = []
    for _ in range(count):
        node_id, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Host")
        end = pos + n - 1
        host = buf[pos:end].decode()
        pos = end
        port, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            rack = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Rack")
            end = pos + n - 1
            rack = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MetadataResponseBroker(node_id, host, port, rack))
    return out, pos


def _read_metadata_response_partition_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponsePartition], int]:
    out: list[MetadataResponsePartition] = []
    for _ in range(count):
        error_code, partition_index, leader_id, leader_epoch, n = _u_hiiiB(buf, pos)
        pos += 15
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "ReplicaNodes")
        replica_nodes = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "IsrNodes")
        isr_nodes = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 4, "OfflineReplicas")
        offline_replicas = read_int32s(buf, pos, n - 1)
        pos += 4 * (n - 1)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MetadataResponsePartition(error_code, partition_index, leader_id, leader_epoch, replica_nodes, isr_nodes, offline_replicas))
    return out, pos


def _read_metadata_response_topic_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseTopic], int]:
    out: list[MetadataResponseTopic] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        is_internal, n = _u_ZB(buf, pos)
        pos += 2
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_metadata_response_partition_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
        topic_authorized_operations, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MetadataResponseTopic(error_code, name, ZERO_UUID, is_internal, partitions, topic_authorized_operations))
    return out, pos


def _read_metadata_response_v9(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 11, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
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
    controller_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 10, "Topics")
    topics, pos = _read_metadata_response_topic_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
    cluster_authorized_operations, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return MetadataResponse(throttle_time_ms, brokers, cluster_id, controller_id, topics, cluster_authorized_operations, 0), pos


def _read_metadata_response_topic_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseTopic], int]:
    out: list[MetadataResponseTopic] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        topic_id, is_internal, n = _u_UZB(buf, pos)
        pos += 18
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_metadata_response_partition_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
        topic_authorized_operations, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MetadataResponseTopic(error_code, name, topic_id, is_internal, partitions, topic_authorized_operations))
    return out, pos


def _read_metadata_response_v10(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 11, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
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
    controller_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 26, "Topics")
    topics, pos = _read_metadata_response_topic_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
    cluster_authorized_operations, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return MetadataResponse(throttle_time_ms, brokers, cluster_id, controller_id, topics, cluster_authorized_operations, 0), pos


def _read_metadata_response_v11(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 11, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
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
    controller_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 26, "Topics")
    topics, pos = _read_metadata_response_topic_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return MetadataResponse(throttle_time_ms, brokers, cluster_id, controller_id, topics, -2147483648, 0), pos


def _read_metadata_response_topic_list_v12(buf: bytes, pos: int, count: int) -> tuple[list[MetadataResponseTopic], int]:
    out: list[MetadataResponseTopic] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
        if n == 0:
            name = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Name")
            end = pos + n - 1
            name = buf[pos:end].decode()
            pos = end
        topic_id, is_internal, n = _u_UZB(buf, pos)
        pos += 18
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 18, "Partitions")
        partitions, pos = _read_metadata_response_partition_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
        topic_authorized_operations, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MetadataResponseTopic(error_code, name, topic_id, is_internal, partitions, topic_authorized_operations))
    return out, pos


def _read_metadata_response_v12(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 11, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
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
    controller_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 26, "Topics")
    topics, pos = _read_metadata_response_topic_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return MetadataResponse(throttle_time_ms, brokers, cluster_id, controller_id, topics, -2147483648, 0), pos


def _read_metadata_response_v13(buf: bytes, pos: int) -> tuple[MetadataResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 11, "Brokers")
    brokers, pos = _read_metadata_response_broker_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
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
    controller_id, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 26, "Topics")
    topics, pos = _read_metadata_response_topic_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
    error_code, tags = _u_hB(buf, pos)
    pos += 3
    if tags:
        pos = skip_tags(buf, pos, tags)
    return MetadataResponse(throttle_time_ms, brokers, cluster_id, controller_id, topics, -2147483648, error_code), pos


def _write_metadata_response_broker_list_v0(w: Write, items: list[MetadataResponseBroker]) -> None:
    for x in items:
        s = x.host.encode()
        n = len(s)
        w(_p_ih(x.node_id, n))
        w(s)
        w(_p_i(x.port))


def _write_metadata_response_partition_list_v0(w: Write, items: list[MetadataResponsePartition]) -> None:
    for x in items:
        n = len(x.replica_nodes)
        w(_p_hiii(x.error_code, x.partition_index, x.leader_id, n))
        if x.replica_nodes:
            w(pack_int32s(x.replica_nodes))
        n = len(x.isr_nodes)
        w(_p_i(n))
        if x.isr_nodes:
            w(pack_int32s(x.isr_nodes))


def _write_metadata_response_topic_list_v0(w: Write, items: list[MetadataResponseTopic]) -> None:
    for x in items:
        if x.topic_authorized_operations != -2147483648:
            raise absent_fault("TopicAuthorizedOperations")
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_metadata_response_partition_list_v0(w, x.partitions)


def _write_metadata_response_v0(w: Write, x: MetadataResponse) -> None:
    if x.cluster_authorized_operations != -2147483648:
        raise absent_fault("ClusterAuthorizedOperations")
    n = len(x.brokers)
    w(_p_i(n))
    if x.brokers:
        _write_metadata_response_broker_list_v0(w, x.brokers)
    n = len(x.topics)
    w(_p_i(n))
    if x.topics:
        _write_metadata_response_topic_list_v0(w, x.topics)


def _write_metadata_response_broker_list_v1(w: Write, items: list[MetadataResponseBroker]) -> None:
    for x in items:
        s = x.host.encode()
        n = len(s)
        w(_p_ih(x.node_id, n))
        w(s)
        if x.rack is None:
            s = b""
            n = -1
        else:
            s = x.rack.encode()
            n = len(s)
        w(_p_ih(x.port, n))
        w(s)


def _write_metadata_response_topic_list_v1(w: Write, items: list[MetadataResponseTopic]) -> None:
    for x in items:
        if x.topic_authorized_operations != -2147483648:
            raise absent_fault("TopicAuthorizedOperations")
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        n = len(x.partitions)
        w(_p_Zi(x.is_internal, n))
        if x.partitions:
            _write_metadata_response_partition_list_v0(w, x.partitions)


def _write_metadata_response_v1(w: Write, x: MetadataResponse) -> None:
    if x.cluster_authorized_operations != -2147483648:
        raise absent_fault("ClusterAuthorizedOperations")
    n = len(x.brokers)
    w(_p_i(n))
    if x.brokers:
        _write_metadata_response_broker_list_v1(w, x.brokers)
    n = len(x.topics)
    w(_p_ii(x.controller_id, n))
    if x.topics:
        _write_metadata_response_topic_list_v1(w, x.topics)


def _write_metadata_response_v2(w: Write, x: MetadataResponse) -> None:
    if x.cluster_authorized_operations != -2147483648:
        raise absent_fault("ClusterAuthorizedOperations")
    n = len(x.brokers)
    w(_p_i(n))
    if x.brokers:
        _write_metadata_response_broker_list_v1(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = -1
    else:
        s = x.cluster_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topics)
    w(_p_ii(x.controller_id, n))
    if x.topics:
        _write_metadata_response_topic_list_v1(w, x.topics)


def _write_metadata_response_v3(w: Write, x: MetadataResponse) -> None:
    if x.cluster_authorized_operations != -2147483648:
        raise absent_fault("ClusterAuthorizedOperations")
    n = len(x.brokers)
    w(_p_ii(x.throttle_time_ms, n))
    if x.brokers:
        _write_metadata_response_broker_list_v1(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = -1
    else:
        s = x.cluster_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topics)
    w(_p_ii(x.controller_id, n))
    if x.topics:
        _write_metadata_response_topic_list_v1(w, x.topics)


def _write_metadata_response_partition_list_v5(w: Write, items: list[MetadataResponsePartition]) -> None:
    for x in items:
        n = len(x.replica_nodes)
        w(_p_hiii(x.error_code, x.partition_index, x.leader_id, n))
        if x.replica_nodes:
            w(pack_int32s(x.replica_nodes))
        n = len(x.isr_nodes)
        w(_p_i(n))
        if x.isr_nodes:
            w(pack_int32s(x.isr_nodes))
        n = len(x.offline_replicas)
        w(_p_i(n))
        if x.offline_replicas:
            w(pack_int32s(x.offline_replicas))


def _write_metadata_response_topic_list_v5(w: Write, items: list[MetadataResponseTopic]) -> None:
    for x in items:
        if x.topic_authorized_operations != -2147483648:
            raise absent_fault("TopicAuthorizedOperations")
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        n = len(x.partitions)
        w(_p_Zi(x.is_internal, n))
        if x.partitions:
            _write_metadata_response_partition_list_v5(w, x.partitions)


def _write_metadata_response_v5(w: Write, x: MetadataResponse) -> None:
    if x.cluster_authorized_operations != -2147483648:
        raise absent_fault("ClusterAuthorizedOperations")
    n = len(x.brokers)
    w(_p_ii(x.throttle_time_ms, n))
    if x.brokers:
        _write_metadata_response_broker_list_v1(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = -1
    else:
        s = x.cluster_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topics)
    w(_p_ii(x.controller_id, n))
    if x.topics:
        _write_metadata_response_topic_list_v5(w, x.topics)


def _write_metadata_response_partition_list_v7(w: Write, items: list[MetadataResponsePartition]) -> None:
    for x in items:
        n = len(x.replica_nodes)
        w(_p_hiiii(x.error_code, x.partition_index, x.leader_id, x.leader_epoch, n))
        if x.replica_nodes:
            w(pack_int32s(x.replica_nodes))
        n = len(x.isr_nodes)
        w(_p_i(n))
        if x.isr_nodes:
            w(pack_int32s(x.isr_nodes))
        n = len(x.offline_replicas)
        w(_p_i(n))
        if x.offline_replicas:
            w(pack_int32s(x.offline_replicas))


def _write_metadata_response_topic_list_v7(w: Write, items: list[MetadataResponseTopic]) -> None:
    for x in items:
        if x.topic_authorized_operations != -2147483648:
            raise absent_fault("TopicAuthorizedOperations")
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        n = len(x.partitions)
        w(_p_Zi(x.is_internal, n))
        if x.partitions:
            _write_metadata_response_partition_list_v7(w, x.partitions)


def _write_metadata_response_v7(w: Write, x: MetadataResponse) -> None:
    if x.cluster_authorized_operations != -2147483648:
        raise absent_fault("ClusterAuthorizedOperations")
    n = len(x.brokers)
    w(_p_ii(x.throttle_time_ms, n))
    if x.brokers:
        _write_metadata_response_broker_list_v1(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = -1
    else:
        s = x.cluster_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topics)
    w(_p_ii(x.controller_id, n))
    if x.topics:
        _write_metadata_response_topic_list_v7(w, x.topics)


def _write_metadata_response_topic_list_v8(w: Write, items: list[MetadataResponseTopic]) -> None:
    for x in items:
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        n = len(x.partitions)
        w(_p_Zi(x.is_internal, n))
        if x.partitions:
            _write_metadata_response_partition_list_v7(w, x.partitions)
        w(_p_i(x.topic_authorized_operations))


def _write_metadata_response_v8(w: Write, x: MetadataResponse) -> None:
    n = len(x.brokers)
    w(_p_ii(x.throttle_time_ms, n))
    if x.brokers:
        _write_metadata_response_broker_list_v1(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = -1
    else:
        s = x.cluster_id.encode()
        n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.topics)
    w(_p_ii(x.controller_id, n))
    if x.topics:
        _write_metadata_response_topic_list_v8(w, x.topics)
    w(_p_i(x.cluster_authorized_operations))


def _write_metadata_response_broker_list_v9(w: Write, items: list[MetadataResponseBroker]) -> None:
    for x in items:
        s = x.host.encode()
        n = len(s) + 1
        w(_p_iB(x.node_id, n) if n < 128 else _p_i(x.node_id) + string_length(n, "Host"))
        w(s)
        if x.rack is None:
            s = b""
            n = 0
        else:
            s = x.rack.encode()
            n = len(s) + 1
        w(_p_iB(x.port, n) if n < 128 else _p_i(x.port) + string_length(n, "Rack"))
        w(s)
        w(b"\0")


def _write_metadata_response_partition_list_v9(w: Write, items: list[MetadataResponsePartition]) -> None:
    for x in items:
        n = len(x.replica_nodes) + 1
        w(_p_hiiiB(x.error_code, x.partition_index, x.leader_id, x.leader_epoch, n) if n < 128 else _p_hiii(x.error_code, x.partition_index, x.leader_id, x.leader_epoch) + uvarint(n))
        if x.replica_nodes:
            w(pack_int32s(x.replica_nodes))
        n = len(x.isr_nodes) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.isr_nodes:
            w(pack_int32s(x.isr_nodes))
        n = len(x.offline_replicas) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.offline_replicas:
            w(pack_int32s(x.offline_replicas))
        w(b"\0")


def _write_metadata_response_topic_list_v9(w: Write, items: list[MetadataResponseTopic]) -> None:
    for x in items:
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "Name"))
        w(s)
        n = len(x.partitions) + 1
        w(_p_ZB(x.is_internal, n) if n < 128 else _p_Z(x.is_internal) + uvarint(n))
        if x.partitions:
            _write_metadata_response_partition_list_v9(w, x.partitions)
        w(_p_ix(x.topic_authorized_operations))


def _write_metadata_response_v9(w: Write, x: MetadataResponse) -> None:
    n = len(x.brokers) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.brokers:
        _write_metadata_response_broker_list_v9(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = 0
    else:
        s = x.cluster_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
    w(s)
    n = len(x.topics) + 1
    w(_p_iB(x.controller_id, n) if n < 128 else _p_i(x.controller_id) + uvarint(n))
    if x.topics:
        _write_metadata_response_topic_list_v9(w, x.topics)
    w(_p_ix(x.cluster_authorized_operations))


def _write_metadata_response_topic_list_v10(w: Write, items: list[MetadataResponseTopic]) -> None:
    for x in items:
        if x.name is None:
            raise null_fault("Name")
        s = x.name.encode()
        n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "Name"))
        w(s)
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UZB(x.topic_id, x.is_internal, n) if n < 128 else _p_UZ(x.topic_id, x.is_internal) + uvarint(n))
        if x.partitions:
            _write_metadata_response_partition_list_v9(w, x.partitions)
        w(_p_ix(x.topic_authorized_operations))


def _write_metadata_response_v10(w: Write, x: MetadataResponse) -> None:
    n = len(x.brokers) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.brokers:
        _write_metadata_response_broker_list_v9(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = 0
    else:
        s = x.cluster_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
    w(s)
    n = len(x.topics) + 1
    w(_p_iB(x.controller_id, n) if n < 128 else _p_i(x.controller_id) + uvarint(n))
    if x.topics:
        _write_metadata_response_topic_list_v10(w, x.topics)
    w(_p_ix(x.cluster_authorized_operations))


def _write_metadata_response_v11(w: Write, x: MetadataResponse) -> None:
    if x.cluster_authorized_operations != -2147483648:
        raise absent_fault("ClusterAuthorizedOperations")
    n = len(x.brokers) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.brokers:
        _write_metadata_response_broker_list_v9(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = 0
    else:
        s = x.cluster_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
    w(s)
    n = len(x.topics) + 1
    w(_p_iB(x.controller_id, n) if n < 128 else _p_i(x.controller_id) + uvarint(n))
    if x.topics:
        _write_metadata_response_topic_list_v10(w, x.topics)
    w(b"\0")


def _write_metadata_response_topic_list_v12(w: Write, items: list[MetadataResponseTopic]) -> None:
    for x in items:
        if x.name is None:
            s = b""
            n = 0
        else:
            s = x.name.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "Name"))
        w(s)
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UZB(x.topic_id, x.is_internal, n) if n < 128 else _p_UZ(x.topic_id, x.is_internal) + uvarint(n))
        if x.partitions:
            _write_metadata_response_partition_list_v9(w, x.partitions)
        w(_p_ix(x.topic_authorized_operations))


def _write_metadata_response_v12(w: Write, x: MetadataResponse) -> None:
    if x.cluster_authorized_operations != -2147483648:
        raise absent_fault("ClusterAuthorizedOperations")
    n = len(x.brokers) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.brokers:
        _write_metadata_response_broker_list_v9(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = 0
    else:
        s = x.cluster_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
    w(s)
    n = len(x.topics) + 1
    w(_p_iB(x.controller_id, n) if n < 128 else _p_i(x.controller_id) + uvarint(n))
    if x.topics:
        _write_metadata_response_topic_list_v12(w, x.topics)
    w(b"\0")


def _write_metadata_response_v13(w: Write, x: MetadataResponse) -> None:
    if x.cluster_authorized_operations != -2147483648:
        raise absent_fault("ClusterAuthorizedOperations")
    n = len(x.brokers) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.brokers:
        _write_metadata_response_broker_list_v9(w, x.brokers)
    if x.cluster_id is None:
        s = b""
        n = 0
    else:
        s = x.cluster_id.encode()
        n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "ClusterId"))
    w(s)
    n = len(x.topics) + 1
    w(_p_iB(x.controller_id, n) if n < 128 else _p_i(x.controller_id) + uvarint(n))
    if x.topics:
        _write_metadata_response_topic_list_v12(w, x.topics)
    w(_p_hx(x.error_code))


_READ: Final[dict[int, Callable[[bytes, int], tuple[MetadataResponse, int]]]] = {
    0: _read_metadata_response_v0,
    1: _read_metadata_response_v1,
    2: _read_metadata_response_v2,
    3: _read_metadata_response_v3,
    4: _read_metadata_response_v3,
    5: _read_metadata_response_v5,
    6: _read_metadata_response_v5,
    7: _read_metadata_response_v7,
    8: _read_metadata_response_v8,
    9: _read_metadata_response_v9,
    10: _read_metadata_response_v10,
    11: _read_metadata_response_v11,
    12: _read_metadata_response_v12,
    13: _read_metadata_response_v13,
}
_WRITE: Final[dict[int, Callable[[Write, MetadataResponse], None]]] = {
    0: _write_metadata_response_v0,
    1: _write_metadata_response_v1,
    2: _write_metadata_response_v2,
    3: _write_metadata_response_v3,
    4: _write_metadata_response_v3,
    5: _write_metadata_response_v5,
    6: _write_metadata_response_v5,
    7: _write_metadata_response_v7,
    8: _write_metadata_response_v8,
    9: _write_metadata_response_v9,
    10: _write_metadata_response_v10,
    11: _write_metadata_response_v11,
    12: _write_metadata_response_v12,
    13: _write_metadata_response_v13,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> MetadataResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("MetadataResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("MetadataResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[MetadataResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("MetadataResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("MetadataResponse", version, len(data), end)
    return message, end


def encode_parts(message: MetadataResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("MetadataResponse", version, exc) from exc
    return parts


def encode(message: MetadataResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("MetadataResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: MetadataResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
