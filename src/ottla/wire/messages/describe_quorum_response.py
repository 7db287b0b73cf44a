# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeQuorumResponse, API key 55: versions 0 to 2, flexible from 0."""

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
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 55
MIN_VERSION: Final = 0
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Hx = Struct(">Hx").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_iUqqqx = Struct(">i16sqqqx").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihiiq = Struct(">ihiiq").pack
_p_ihiiqB = Struct(">ihiiqB").pack
_p_iiq = Struct(">iiq").pack
_p_iiqB = Struct(">iiqB").pack
_p_iqqqx = Struct(">iqqqx").pack
_p_iqx = Struct(">iqx").pack
_u_HB = Struct(">HB").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iUqqqB = Struct(">i16sqqqB").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ihiiqB = Struct(">ihiiqB").unpack_from
_u_iiqB = Struct(">iiqB").unpack_from
_u_iqB = Struct(">iqB").unpack_from
_u_iqqqB = Struct(">iqqqB").unpack_from


class ReplicaState(WireStruct):
    __slots__ = ("replica_id", "replica_directory_id", "log_end_offset", "last_fetch_timestamp", "last_caught_up_timestamp")
    replica_id: int
    replica_directory_id: bytes
    log_end_offset: int
    last_fetch_timestamp: int
    last_caught_up_timestamp: int

    def __init__(
        self,
        replica_id: int = 0,
        replica_directory_id: bytes = ZERO_UUID,
        log_end_offset: int = 0,
        last_fetch_timestamp: int = -1,
        last_caught_up_timestamp: int = -1,
    ) -> None:
        self.replica_id = replica_id
        self.replica_directory_id = replica_directory_id
        self.log_end_offset = log_end_offset
        self.last_fetch_timestamp = last_fetch_timestamp
        self.last_caught_up_timestamp = last_caught_up_timestamp


class PartitionData(WireStruct):
    __slots__ = ("partition_index", "error_code", "error_message", "leader_id", "leader_epoch", "high_watermark", "current_voters", "observers")
    partition_index: int
    error_code: int
    error_message: str | None
    leader_id: int
    leader_epoch: int
    high_watermark: int
    current_voters: list[ReplicaState]
    observers: list[ReplicaState]

    def __init__(
        self,
        partition_index: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        leader_id: int = 0,
        leader_epoch: int = 0,
        high_watermark: int = 0,
        current_voters: list[ReplicaState] = NEW,
        observers: list[ReplicaState] = NEW,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.high_watermark = high_watermark
        self.current_voters = [] if current_voters is NEW else current_voters
        self.observers = [] if observers is NEW else observers


class TopicData(WireStruct):
    __slots__ = ("topic_name", "partitions")
    topic_name: str
    partitions: list[PartitionData]

    def __init__(
        self,
        topic_name: str = "",
        partitions: list[PartitionData] = NEW,
    ) -> None:
        self.topic_name = topic_name
        self.partitions = [] if partitions is NEW else partitions


class Listener(WireStruct):
    __slots__ = ("name", "host", "port")
    name: str
    host: str
    port: int

    def __init__(
        self,
        name: str = "",
        host: str = "",
        port: int = 0,
    ) -> None:
        self.name = name
        self.host = host
        self.port = port


class Node(WireStruct):
    __slots__ = ("node_id", "listeners")
    node_id: int
    listeners: list[Listener]

    def __init__(
        self,
        node_id: int = 0,
        listeners: list[Listener] = NEW,
    ) -> None:
        self.node_id = node_id
        self.listeners = [] if listeners is NEW else listeners


class DescribeQuorumResponse(WireStruct):
    __slots__ = ("error_code", "error_message", "topics", "nodes")
    error_code: int
    error_message: str | None
    topics: list[TopicData]
    nodes: list[Node]

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = "",
        topics: list[TopicData] = NEW,
        nodes: list[Node] = NEW,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.topics = [] if topics is NEW else topics
        self.nodes = [] if nodes is NEW else nodes


def _read_replica_state_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[ReplicaState], int]:
    out: list[ReplicaState] = []
    for _ in range(count):
        replica_id, log_end_offset, tags = _u_iqB(buf, pos)
        pos += 13
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ReplicaState(replica_id, ZERO_UUID, log_end_offset, -1, -1))
    return out, pos


def _read_partition_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition_index, error_code, leader_id, leader_epoch, high_watermark, n = _u_ihiiqB(buf, pos)
        pos += 23
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 13, "CurrentVoters")
        current_voters, pos = _read_replica_state_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 13, "Observers")
        observers, pos = _read_replica_state_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionData(partition_index, error_code, "", leader_id, leader_epoch, high_watermark, current_voters, observers))
    return out, pos


def _read_topic_data_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicData], int]:
    out: list[TopicData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 25, "Partitions")
        partitions, pos = _read_partition_data_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicData(topic_name, partitions))
    return out, pos


def _read_describe_quorum_response_v0(buf: bytes, pos: int) -> tuple[DescribeQuorumResponse, int]:
    error_code, n = _u_hB(buf, pos)
    pos += 3
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_topic_data_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeQuorumResponse(error_code, "", topics, []), pos


def _read_replica_state_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[ReplicaState], int]:
    out: list[ReplicaState] = []
    for _ in range(count):
        replica_id, log_end_offset, last_fetch_timestamp, last_caught_up_timestamp, tags = _u_iqqqB(buf, pos)
        pos += 29
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ReplicaState(replica_id, ZERO_UUID, log_end_offset, last_fetch_timestamp, last_caught_up_timestamp))
    return out, pos


def _read_partition_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition_index, error_code, leader_id, leader_epoch, high_watermark, n = _u_ihiiqB(buf, pos)
        pos += 23
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 29, "CurrentVoters")
        current_voters, pos = _read_replica_state_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 29, "Observers")
        observers, pos = _read_replica_state_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionData(partition_index, error_code, "", leader_id, leader_epoch, high_watermark, current_voters, observers))
    return out, pos


def _read_topic_data_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[TopicData], int]:
    out: list[TopicData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 25, "Partitions")
        partitions, pos = _read_partition_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicData(topic_name, partitions))
    return out, pos


def _read_describe_quorum_response_v1(buf: bytes, pos: int) -> tuple[DescribeQuorumResponse, int]:
    error_code, n = _u_hB(buf, pos)
    pos += 3
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_topic_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeQuorumResponse(error_code, "", topics, []), pos


def _read_replica_state_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[ReplicaState], int]:
    out: list[ReplicaState] = []
    for _ in range(count):
        replica_id, replica_directory_id, log_end_offset, last_fetch_timestamp, last_caught_up_timestamp, tags = _u_iUqqqB(buf, pos)
        pos += 45
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ReplicaState(replica_id, replica_directory_id, log_end_offset, last_fetch_timestamp, last_caught_up_timestamp))
    return out, pos


def _read_partition_data_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition_index, error_code, n = _u_ihB(buf, pos)
        pos += 7
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        leader_id, leader_epoch, high_watermark, n = _u_iiqB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 45, "CurrentVoters")
        current_voters, pos = _read_replica_state_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 45, "Observers")
        observers, pos = _read_replica_state_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionData(partition_index, error_code, error_message, leader_id, leader_epoch, high_watermark, current_voters, observers))
    return out, pos


def _read_topic_data_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[TopicData], int]:
    out: list[TopicData] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 26, "Partitions")
        partitions, pos = _read_partition_data_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicData(topic_name, partitions))
    return out, pos


def _read_listener_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[Listener], int]:
    out: list[Listener] = []
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
            n, pos = long_string(buf, pos, n, "Host")
        end = pos + n - 1
        host = buf[pos:end].decode()
        pos = end
        port, tags = _u_HB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Listener(name, host, port))
    return out, pos


def _read_node_list_v2(buf: bytes, pos: int, count: int) -> tuple[list[Node], int]:
    out: list[Node] = []
    for _ in range(count):
        node_id, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 5, "Listeners")
        listeners, pos = _read_listener_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Node(node_id, listeners))
    return out, pos


def _read_describe_quorum_response_v2(buf: bytes, pos: int) -> tuple[DescribeQuorumResponse, int]:
    error_code, n = _u_hB(buf, pos)
    pos += 3
    if n == 0:
        error_message = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ErrorMessage")
        end = pos + n - 1
        error_message = buf[pos:end].decode()
        pos = end
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Topics")
    topics, pos = _read_topic_data_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 6, "Nodes")
    nodes, pos = _read_node_list_v2(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeQuorumResponse(error_code, error_message, topics, nodes), pos


def _write_replica_state_list_v0(w: Write, items: list[ReplicaState]) -> None:
    for x in items:
        if x.replica_directory_id != ZERO_UUID:
            raise absent_fault("ReplicaDirectoryId")
        w(_p_iqx(x.replica_id, x.log_end_offset))


def _write_partition_data_list_v0(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        n = len(x.current_voters) + 1
        w(_p_ihiiqB(x.partition_index, x.error_code, x.leader_id, x.leader_epoch, x.high_watermark, n) if n < 128 else _p_ihiiq(x.partition_index, x.error_code, x.leader_id, x.leader_epoch, x.high_watermark) + uvarint(n))
        if x.current_voters:
            _write_replica_state_list_v0(w, x.current_voters)
        n = len(x.observers) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.observers:
            _write_replica_state_list_v0(w, x.observers)
        w(b"\0")


def _write_topic_data_list_v0(w: Write, items: list[TopicData]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_partition_data_list_v0(w, x.partitions)
        w(b"\0")


def _write_describe_quorum_response_v0(w: Write, x: DescribeQuorumResponse) -> None:
    if x.nodes:
        raise absent_fault("Nodes")
    n = len(x.topics) + 1
    w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + uvarint(n))
    if x.topics:
        _write_topic_data_list_v0(w, x.topics)
    w(b"\0")


def _write_replica_state_list_v1(w: Write, items: list[ReplicaState]) -> None:
    for x in items:
        if x.replica_directory_id != ZERO_UUID:
            raise absent_fault("ReplicaDirectoryId")
        w(_p_iqqqx(x.replica_id, x.log_end_offset, x.last_fetch_timestamp, x.last_caught_up_timestamp))


def _write_partition_data_list_v1(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        n = len(x.current_voters) + 1
        w(_p_ihiiqB(x.partition_index, x.error_code, x.leader_id, x.leader_epoch, x.high_watermark, n) if n < 128 else _p_ihiiq(x.partition_index, x.error_code, x.leader_id, x.leader_epoch, x.high_watermark) + uvarint(n))
        if x.current_voters:
            _write_replica_state_list_v1(w, x.current_voters)
        n = len(x.observers) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.observers:
            _write_replica_state_list_v1(w, x.observers)
        w(b"\0")


def _write_topic_data_list_v1(w: Write, items: list[TopicData]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_partition_data_list_v1(w, x.partitions)
        w(b"\0")


def _write_describe_quorum_response_v1(w: Write, x: DescribeQuorumResponse) -> None:
    if x.nodes:
        raise absent_fault("Nodes")
    n = len(x.topics) + 1
    w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + uvarint(n))
    if x.topics:
        _write_topic_data_list_v1(w, x.topics)
    w(b"\0")


def _write_replica_state_list_v2(w: Write, items: list[ReplicaState]) -> None:
    for x in items:
        if len(x.replica_directory_id) != 16:
            raise uuid_fault("ReplicaDirectoryId")
        w(_p_iUqqqx(x.replica_id, x.replica_directory_id, x.log_end_offset, x.last_fetch_timestamp, x.last_caught_up_timestamp))


def _write_partition_data_list_v2(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_ihB(x.partition_index, x.error_code, n) if n < 128 else _p_ih(x.partition_index, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        n = len(x.current_voters) + 1
        w(_p_iiqB(x.leader_id, x.leader_epoch, x.high_watermark, n) if n < 128 else _p_iiq(x.leader_id, x.leader_epoch, x.high_watermark) + uvarint(n))
        if x.current_voters:
            _write_replica_state_list_v2(w, x.current_voters)
        n = len(x.observers) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.observers:
            _write_replica_state_list_v2(w, x.observers)
        w(b"\0")


def _write_topic_data_list_v2(w: Write, items: list[TopicData]) -> None:
    for x in items:
        s = x.topic_name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "TopicName"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_partition_data_list_v2(w, x.partitions)
        w(b"\0")


def _write_listener_list_v2(w: Write, items: list[Listener]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        s = x.host.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Host"))
        w(s)
        w(_p_Hx(x.port))


def _write_node_list_v2(w: Write, items: list[Node]) -> None:
    for x in items:
        n = len(x.listeners) + 1
        w(_p_iB(x.node_id, n) if n < 128 else _p_i(x.node_id) + uvarint(n))
        if x.listeners:
            _write_listener_list_v2(w, x.listeners)
        w(b"\0")


def _write_describe_quorum_response_v2(w: Write, x: DescribeQuorumResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    n = len(x.topics) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topics:
        _write_topic_data_list_v2(w, x.topics)
    n = len(x.nodes) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.nodes:
        _write_node_list_v2(w, x.nodes)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeQuorumResponse, int]]]] = {
    0: _read_describe_quorum_response_v0,
    1: _read_describe_quorum_response_v1,
    2: _read_describe_quorum_response_v2,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeQuorumResponse], None]]] = {
    0: _write_describe_quorum_response_v0,
    1: _write_describe_quorum_response_v1,
    2: _write_describe_quorum_response_v2,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeQuorumResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeQuorumResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeQuorumResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeQuorumResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeQuorumResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeQuorumResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeQuorumResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeQuorumResponse", version, exc) from exc
    return parts


def encode(message: DescribeQuorumResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeQuorumResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeQuorumResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
