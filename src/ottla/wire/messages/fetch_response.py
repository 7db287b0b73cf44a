# Generated from table.txt by ottla.wire.generator; do not edit.
"""FetchResponse, API key 1: versions 4 to 18, flexible from 12."""

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
    long_bytes,
    long_count,
    long_string,
    long_uvarint,
    next_tag,
    null_fault,
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
_p_iB = Struct(">iB").pack
_p_ihi = Struct(">ihi").pack
_p_ihiB = Struct(">ihiB").pack
_p_ihii = Struct(">ihii").pack
_p_ihqqi = Struct(">ihqqi").pack
_p_ihqqq = Struct(">ihqqq").pack
_p_ihqqqB = Struct(">ihqqqB").pack
_p_ihqqqi = Struct(">ihqqqi").pack
_p_ii = Struct(">ii").pack
_p_iix = Struct(">iix").pack
_p_iqx = Struct(">iqx").pack
_p_qix = Struct(">qix").pack
_p_qq = Struct(">qq").pack
_p_qqx = Struct(">qqx").pack
_u_UB = Struct(">16sB").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ihiB = Struct(">ihiB").unpack_from
_u_ihii = Struct(">ihii").unpack_from
_u_ihqqi = Struct(">ihqqi").unpack_from
_u_ihqqqB = Struct(">ihqqqB").unpack_from
_u_ihqqqi = Struct(">ihqqqi").unpack_from
_u_ii = Struct(">ii").unpack_from
_u_iiB = Struct(">iiB").unpack_from
_u_iqB = Struct(">iqB").unpack_from
_u_qiB = Struct(">qiB").unpack_from
_u_qq = Struct(">qq").unpack_from
_u_qqB = Struct(">qqB").unpack_from


class EpochEndOffset(WireStruct):
    __slots__ = ("epoch", "end_offset")
    epoch: int
    end_offset: int

    def __init__(
        self,
        epoch: int = -1,
        end_offset: int = -1,
    ) -> None:
        self.epoch = epoch
        self.end_offset = end_offset


class LeaderIdAndEpoch(WireStruct):
    __slots__ = ("leader_id", "leader_epoch")
    leader_id: int
    leader_epoch: int

    def __init__(
        self,
        leader_id: int = -1,
        leader_epoch: int = -1,
    ) -> None:
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch


class SnapshotId(WireStruct):
    __slots__ = ("end_offset", "epoch")
    end_offset: int
    epoch: int

    def __init__(
        self,
        end_offset: int = -1,
        epoch: int = -1,
    ) -> None:
        self.end_offset = end_offset
        self.epoch = epoch


class AbortedTransaction(WireStruct):
    __slots__ = ("producer_id", "first_offset")
    producer_id: int
    first_offset: int

    def __init__(
        self,
        producer_id: int = 0,
        first_offset: int = 0,
    ) -> None:
        self.producer_id = producer_id
        self.first_offset = first_offset


class PartitionData(WireStruct):
    __slots__ = ("partition_index", "error_code", "high_watermark", "last_stable_offset", "log_start_offset", "diverging_epoch", "current_leader", "snapshot_id", "aborted_transactions", "preferred_read_replica", "records")
    partition_index: int
    error_code: int
    high_watermark: int
    last_stable_offset: int
    log_start_offset: int
    diverging_epoch: EpochEndOffset
    current_leader: LeaderIdAndEpoch
    snapshot_id: SnapshotId
    aborted_transactions: list[AbortedTransaction] | None
    preferred_read_replica: int
    records: bytes | bytearray | memoryview | None

    def __init__(
        self,
        partition_index: int = 0,
        error_code: int = 0,
        high_watermark: int = 0,
        last_stable_offset: int = -1,
        log_start_offset: int = -1,
        diverging_epoch: EpochEndOffset = NEW,
        current_leader: LeaderIdAndEpoch = NEW,
        snapshot_id: SnapshotId = NEW,
        aborted_transactions: list[AbortedTransaction] | None = NEW,
        preferred_read_replica: int = -1,
        records: bytes | bytearray | memoryview | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.high_watermark = high_watermark
        self.last_stable_offset = last_stable_offset
        self.log_start_offset = log_start_offset
        self.diverging_epoch = EpochEndOffset() if diverging_epoch is NEW else diverging_epoch
        self.current_leader = LeaderIdAndEpoch() if current_leader is NEW else current_leader
        self.snapshot_id = SnapshotId() if snapshot_id is NEW else snapshot_id
        self.aborted_transactions = [] if aborted_transactions is NEW else aborted_transactions
        self.preferred_read_replica = preferred_read_replica
        self.records = records


class FetchableTopicResponse(WireStruct):
    __slots__ = ("topic", "topic_id", "partitions")
    topic: str
    topic_id: bytes
    partitions: list[PartitionData]

    def __init__(
        self,
        topic: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[PartitionData] = NEW,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partitions = [] if partitions is NEW else partitions


class NodeEndpoint(WireStruct):
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


class FetchResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "session_id", "responses", "node_endpoints")
    throttle_time_ms: int
    error_code: int
    session_id: int
    responses: list[FetchableTopicResponse]
    node_endpoints: list[NodeEndpoint]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        session_id: int = 0,
        responses: list[FetchableTopicResponse] = NEW,
        node_endpoints: list[NodeEndpoint] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.session_id = session_id
        self.responses = [] if responses is NEW else responses
        self.node_endpoints = [] if node_endpoints is NEW else node_endpoints


def _read_aborted_transaction_list_v4(buf: memoryview, pos: int, count: int) -> tuple[list[AbortedTransaction], int]:
    out: list[AbortedTransaction] = []
    for _ in range(count):
        producer_id, first_offset = _u_qq(buf, pos)
        pos += 16
        out.append(AbortedTransaction(producer_id, first_offset))
    return out, pos


def _read_partition_data_list_v4(buf: memoryview, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition_index, error_code, high_watermark, last_stable_offset, n = _u_ihqqi(buf, pos)
        pos += 26
        if n < 0:
            aborted_transactions = None
        else:
            if n > 127:
                check_count(buf, pos, n, 16, "AbortedTransactions")
            aborted_transactions, pos = _read_aborted_transaction_list_v4(buf, pos, n) if n else ([], pos)
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            records = None
        else:
            end = pos + n
            records = buf[pos:end]
            pos = end
        out.append(PartitionData(partition_index, error_code, high_watermark, last_stable_offset, -1, EpochEndOffset(), LeaderIdAndEpoch(), SnapshotId(), aborted_transactions, -1, records))
    return out, pos


def _read_fetchable_topic_response_list_v4(buf: memoryview, pos: int, count: int) -> tuple[list[FetchableTopicResponse], int]:
    out: list[FetchableTopicResponse] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Topic")
        end = pos + n
        topic = str(buf[pos:end], "utf-8")
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 30, "Partitions")
        partitions, pos = _read_partition_data_list_v4(buf, pos, n) if n else ([], pos)
        out.append(FetchableTopicResponse(topic, ZERO_UUID, partitions))
    return out, pos


def _read_fetch_response_v4(buf: memoryview, pos: int) -> tuple[FetchResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Responses")
    responses, pos = _read_fetchable_topic_response_list_v4(buf, pos, n) if n else ([], pos)
    return FetchResponse(throttle_time_ms, 0, 0, responses, []), pos


def _read_partition_data_list_v5(buf: memoryview, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition_index, error_code, high_watermark, last_stable_offset, log_start_offset, n = _u_ihqqqi(buf, pos)
        pos += 34
        if n < 0:
            aborted_transactions = None
        else:
            if n > 127:
                check_count(buf, pos, n, 16, "AbortedTransactions")
            aborted_transactions, pos = _read_aborted_transaction_list_v4(buf, pos, n) if n else ([], pos)
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            records = None
        else:
            end = pos + n
            records = buf[pos:end]
            pos = end
        out.append(PartitionData(partition_index, error_code, high_watermark, last_stable_offset, log_start_offset, EpochEndOffset(), LeaderIdAndEpoch(), SnapshotId(), aborted_transactions, -1, records))
    return out, pos


def _read_fetchable_topic_response_list_v5(buf: memoryview, pos: int, count: int) -> tuple[list[FetchableTopicResponse], int]:
    out: list[FetchableTopicResponse] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Topic")
        end = pos + n
        topic = str(buf[pos:end], "utf-8")
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 38, "Partitions")
        partitions, pos = _read_partition_data_list_v5(buf, pos, n) if n else ([], pos)
        out.append(FetchableTopicResponse(topic, ZERO_UUID, partitions))
    return out, pos


def _read_fetch_response_v5(buf: memoryview, pos: int) -> tuple[FetchResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Responses")
    responses, pos = _read_fetchable_topic_response_list_v5(buf, pos, n) if n else ([], pos)
    return FetchResponse(throttle_time_ms, 0, 0, responses, []), pos


def _read_fetch_response_v7(buf: memoryview, pos: int) -> tuple[FetchResponse, int]:
    throttle_time_ms, error_code, session_id, n = _u_ihii(buf, pos)
    pos += 14
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Responses")
    responses, pos = _read_fetchable_topic_response_list_v5(buf, pos, n) if n else ([], pos)
    return FetchResponse(throttle_time_ms, error_code, session_id, responses, []), pos


def _read_partition_data_list_v11(buf: memoryview, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition_index, error_code, high_watermark, last_stable_offset, log_start_offset, n = _u_ihqqqi(buf, pos)
        pos += 34
        if n < 0:
            aborted_transactions = None
        else:
            if n > 127:
                check_count(buf, pos, n, 16, "AbortedTransactions")
            aborted_transactions, pos = _read_aborted_transaction_list_v4(buf, pos, n) if n else ([], pos)
        preferred_read_replica, n = _u_ii(buf, pos)
        pos += 8
        if n < 0:
            records = None
        else:
            end = pos + n
            records = buf[pos:end]
            pos = end
        out.append(PartitionData(partition_index, error_code, high_watermark, last_stable_offset, log_start_offset, EpochEndOffset(), LeaderIdAndEpoch(), SnapshotId(), aborted_transactions, preferred_read_replica, records))
    return out, pos


def _read_fetchable_topic_response_list_v11(buf: memoryview, pos: int, count: int) -> tuple[list[FetchableTopicResponse], int]:
    out: list[FetchableTopicResponse] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("Topic")
        end = pos + n
        topic = str(buf[pos:end], "utf-8")
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 42, "Partitions")
        partitions, pos = _read_partition_data_list_v11(buf, pos, n) if n else ([], pos)
        out.append(FetchableTopicResponse(topic, ZERO_UUID, partitions))
    return out, pos


def _read_fetch_response_v11(buf: memoryview, pos: int) -> tuple[FetchResponse, int]:
    throttle_time_ms, error_code, session_id, n = _u_ihii(buf, pos)
    pos += 14
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Responses")
    responses, pos = _read_fetchable_topic_response_list_v11(buf, pos, n) if n else ([], pos)
    return FetchResponse(throttle_time_ms, error_code, session_id, responses, []), pos


def _read_aborted_transaction_list_v12(buf: memoryview, pos: int, count: int) -> tuple[list[AbortedTransaction], int]:
    out: list[AbortedTransaction] = []
    for _ in range(count):
        producer_id, first_offset, tags = _u_qqB(buf, pos)
        pos += 17
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AbortedTransaction(producer_id, first_offset))
    return out, pos


def _read_epoch_end_offset_v12(buf: memoryview, pos: int) -> tuple[EpochEndOffset, int]:
    epoch, end_offset, tags = _u_iqB(buf, pos)
    pos += 13
    if tags:
        pos = skip_tags(buf, pos, tags)
    return EpochEndOffset(epoch, end_offset), pos


def _read_leader_id_and_epoch_v12(buf: memoryview, pos: int) -> tuple[LeaderIdAndEpoch, int]:
    leader_id, leader_epoch, tags = _u_iiB(buf, pos)
    pos += 9
    if tags:
        pos = skip_tags(buf, pos, tags)
    return LeaderIdAndEpoch(leader_id, leader_epoch), pos


def _read_snapshot_id_v12(buf: memoryview, pos: int) -> tuple[SnapshotId, int]:
    end_offset, epoch, tags = _u_qiB(buf, pos)
    pos += 13
    if tags:
        pos = skip_tags(buf, pos, tags)
    return SnapshotId(end_offset, epoch), pos


def _read_partition_data_list_v12(buf: memoryview, pos: int, count: int) -> tuple[list[PartitionData], int]:
    out: list[PartitionData] = []
    for _ in range(count):
        partition_index, error_code, high_watermark, last_stable_offset, log_start_offset, n = _u_ihqqqB(buf, pos)
        pos += 31
        if n == 0:
            aborted_transactions = None
        else:
            if n > 127:
                n, pos = long_count(buf, pos, n, 17, "AbortedTransactions")
            aborted_transactions, pos = _read_aborted_transaction_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
        preferred_read_replica, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            records = None
        else:
            if n > 127:
                n, pos = long_bytes(buf, pos, n, "Records")
            end = pos + n - 1
            records = buf[pos:end]
            pos = end
        tags = buf[pos]
        pos += 1
        diverging_epoch: EpochEndOffset = EpochEndOffset()
        current_leader: LeaderIdAndEpoch = LeaderIdAndEpoch()
        snapshot_id: SnapshotId = SnapshotId()
        if tags:
            tags, pos = long_uvarint(buf, pos, tags)
            seen: set[int] = set()
            for _ in range(tags):
                tag, pos, tag_end = next_tag(buf, pos, seen)
                if tag == 0:
                    diverging_epoch, pos = _read_epoch_end_offset_v12(buf, pos)
                elif tag == 1:
                    current_leader, pos = _read_leader_id_and_epoch_v12(buf, pos)
                elif tag == 2:
                    snapshot_id, pos = _read_snapshot_id_v12(buf, pos)
                else:
                    pos = tag_end
                if pos != tag_end:
                    raise tag_fault(tag)
        out.append(PartitionData(partition_index, error_code, high_watermark, last_stable_offset, log_start_offset, diverging_epoch, current_leader, snapshot_id, aborted_transactions, preferred_read_replica, records))
    return out, pos


def _read_fetchable_topic_response_list_v12(buf: memoryview, pos: int, count: int) -> tuple[list[FetchableTopicResponse], int]:
    out: list[FetchableTopicResponse] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Topic")
        end = pos + n - 1
        topic = str(buf[pos:end], "utf-8")
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 37, "Partitions")
        partitions, pos = _read_partition_data_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FetchableTopicResponse(topic, ZERO_UUID, partitions))
    return out, pos


def _read_fetch_response_v12(buf: memoryview, pos: int) -> tuple[FetchResponse, int]:
    throttle_time_ms, error_code, session_id, n = _u_ihiB(buf, pos)
    pos += 11
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Responses")
    responses, pos = _read_fetchable_topic_response_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return FetchResponse(throttle_time_ms, error_code, session_id, responses, []), pos


def _read_fetchable_topic_response_list_v13(buf: memoryview, pos: int, count: int) -> tuple[list[FetchableTopicResponse], int]:
    out: list[FetchableTopicResponse] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 37, "Partitions")
        partitions, pos = _read_partition_data_list_v12(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(FetchableTopicResponse("", topic_id, partitions))
    return out, pos


def _read_fetch_response_v13(buf: memoryview, pos: int) -> tuple[FetchResponse, int]:
    throttle_time_ms, error_code, session_id, n = _u_ihiB(buf, pos)
    pos += 11
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Responses")
    responses, pos = _read_fetchable_topic_response_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return FetchResponse(throttle_time_ms, error_code, session_id, responses, []), pos


def _read_node_endpoint_list_v16(buf: memoryview, pos: int, count: int) -> tuple[list[NodeEndpoint], int]:
    out: list[NodeEndpoint] = []
    for _ in range(count):
        node_id, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Host")
        end = pos + n - 1
        host = str(buf[pos:end], "utf-8")
        pos = end
        port, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            rack = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Rack")
            end = pos + n - 1
            rack = str(buf[pos:end], "utf-8")
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(NodeEndpoint(node_id, host, port, rack))
    return out, pos


def _read_fetch_response_v16(buf: memoryview, pos: int) -> tuple[FetchResponse, int]:
    throttle_time_ms, error_code, session_id, n = _u_ihiB(buf, pos)
    pos += 11
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Responses")
    responses, pos = _read_fetchable_topic_response_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    node_endpoints: list[NodeEndpoint] = []
    if tags:
        tags, pos = long_uvarint(buf, pos, tags)
        seen: set[int] = set()
        for _ in range(tags):
            tag, pos, tag_end = next_tag(buf, pos, seen)
            if tag == 0:
                n = buf[pos]
                pos += 1
                if not 0 < n < 128:
                    n, pos = long_count(buf, pos, n, 11, "NodeEndpoints")
                node_endpoints, pos = _read_node_endpoint_list_v16(buf, pos, n - 1) if n > 1 else ([], pos)
            else:
                pos = tag_end
            if pos != tag_end:
                raise tag_fault(tag)
    return FetchResponse(throttle_time_ms, error_code, session_id, responses, node_endpoints), pos


def _write_aborted_transaction_list_v4(w: Write, items: list[AbortedTransaction]) -> None:
    for x in items:
        w(_p_qq(x.producer_id, x.first_offset))


def _write_partition_data_list_v4(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        if x.diverging_epoch.epoch != -1 or x.diverging_epoch.end_offset != -1:
            raise absent_fault("DivergingEpoch")
        if x.current_leader.leader_id != -1 or x.current_leader.leader_epoch != -1:
            raise absent_fault("CurrentLeader")
        if x.snapshot_id.end_offset != -1 or x.snapshot_id.epoch != -1:
            raise absent_fault("SnapshotId")
        if x.preferred_read_replica != -1:
            raise absent_fault("PreferredReadReplica")
        n = -1 if x.aborted_transactions is None else len(x.aborted_transactions)
        w(_p_ihqqi(x.partition_index, x.error_code, x.high_watermark, x.last_stable_offset, n))
        if x.aborted_transactions:
            _write_aborted_transaction_list_v4(w, x.aborted_transactions)
        if x.records is None:
            d = b""
            n = -1
        else:
            d = x.records
            n = len(d)
        w(_p_i(n))
        w(d)


def _write_fetchable_topic_response_list_v4(w: Write, items: list[FetchableTopicResponse]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_partition_data_list_v4(w, x.partitions)


def _write_fetch_response_v4(w: Write, x: FetchResponse) -> None:
    if x.session_id:
        raise absent_fault("SessionId")
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses)
    w(_p_ii(x.throttle_time_ms, n))
    if x.responses:
        _write_fetchable_topic_response_list_v4(w, x.responses)


def _write_partition_data_list_v5(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        if x.diverging_epoch.epoch != -1 or x.diverging_epoch.end_offset != -1:
            raise absent_fault("DivergingEpoch")
        if x.current_leader.leader_id != -1 or x.current_leader.leader_epoch != -1:
            raise absent_fault("CurrentLeader")
        if x.snapshot_id.end_offset != -1 or x.snapshot_id.epoch != -1:
            raise absent_fault("SnapshotId")
        if x.preferred_read_replica != -1:
            raise absent_fault("PreferredReadReplica")
        n = -1 if x.aborted_transactions is None else len(x.aborted_transactions)
        w(_p_ihqqqi(x.partition_index, x.error_code, x.high_watermark, x.last_stable_offset, x.log_start_offset, n))
        if x.aborted_transactions:
            _write_aborted_transaction_list_v4(w, x.aborted_transactions)
        if x.records is None:
            d = b""
            n = -1
        else:
            d = x.records
            n = len(d)
        w(_p_i(n))
        w(d)


def _write_fetchable_topic_response_list_v5(w: Write, items: list[FetchableTopicResponse]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_partition_data_list_v5(w, x.partitions)


def _write_fetch_response_v5(w: Write, x: FetchResponse) -> None:
    if x.session_id:
        raise absent_fault("SessionId")
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses)
    w(_p_ii(x.throttle_time_ms, n))
    if x.responses:
        _write_fetchable_topic_response_list_v5(w, x.responses)


def _write_fetch_response_v7(w: Write, x: FetchResponse) -> None:
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses)
    w(_p_ihii(x.throttle_time_ms, x.error_code, x.session_id, n))
    if x.responses:
        _write_fetchable_topic_response_list_v5(w, x.responses)


def _write_partition_data_list_v11(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        if x.diverging_epoch.epoch != -1 or x.diverging_epoch.end_offset != -1:
            raise absent_fault("DivergingEpoch")
        if x.current_leader.leader_id != -1 or x.current_leader.leader_epoch != -1:
            raise absent_fault("CurrentLeader")
        if x.snapshot_id.end_offset != -1 or x.snapshot_id.epoch != -1:
            raise absent_fault("SnapshotId")
        n = -1 if x.aborted_transactions is None else len(x.aborted_transactions)
        w(_p_ihqqqi(x.partition_index, x.error_code, x.high_watermark, x.last_stable_offset, x.log_start_offset, n))
        if x.aborted_transactions:
            _write_aborted_transaction_list_v4(w, x.aborted_transactions)
        if x.records is None:
            d = b""
            n = -1
        else:
            d = x.records
            n = len(d)
        w(_p_ii(x.preferred_read_replica, n))
        w(d)


def _write_fetchable_topic_response_list_v11(w: Write, items: list[FetchableTopicResponse]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partitions)
        w(_p_i(n))
        if x.partitions:
            _write_partition_data_list_v11(w, x.partitions)


def _write_fetch_response_v11(w: Write, x: FetchResponse) -> None:
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses)
    w(_p_ihii(x.throttle_time_ms, x.error_code, x.session_id, n))
    if x.responses:
        _write_fetchable_topic_response_list_v11(w, x.responses)


def _write_aborted_transaction_list_v12(w: Write, items: list[AbortedTransaction]) -> None:
    for x in items:
        w(_p_qqx(x.producer_id, x.first_offset))


def _write_epoch_end_offset_v12(w: Write, x: EpochEndOffset) -> None:
    w(_p_iqx(x.epoch, x.end_offset))


def _write_leader_id_and_epoch_v12(w: Write, x: LeaderIdAndEpoch) -> None:
    w(_p_iix(x.leader_id, x.leader_epoch))


def _write_snapshot_id_v12(w: Write, x: SnapshotId) -> None:
    w(_p_qix(x.end_offset, x.epoch))


def _write_partition_data_list_v12(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        n = 0 if x.aborted_transactions is None else len(x.aborted_transactions) + 1
        w(_p_ihqqqB(x.partition_index, x.error_code, x.high_watermark, x.last_stable_offset, x.log_start_offset, n) if n < 128 else _p_ihqqq(x.partition_index, x.error_code, x.high_watermark, x.last_stable_offset, x.log_start_offset) + uvarint(n))
        if x.aborted_transactions:
            _write_aborted_transaction_list_v12(w, x.aborted_transactions)
        if x.records is None:
            d = b""
            n = 0
        else:
            d = x.records
            n = len(d) + 1
        w(_p_iB(x.preferred_read_replica, n) if n < 128 else _p_i(x.preferred_read_replica) + uvarint(n))
        w(d)
        tags = 0
        section = b""
        if x.diverging_epoch.epoch != -1 or x.diverging_epoch.end_offset != -1:
            parts_0: list[bytes | bytearray | memoryview] = []
            _write_epoch_end_offset_v12(parts_0.append, x.diverging_epoch)
            tags += 1
            section += tagged(0, parts_0)
        if x.current_leader.leader_id != -1 or x.current_leader.leader_epoch != -1:
            parts_1: list[bytes | bytearray | memoryview] = []
            _write_leader_id_and_epoch_v12(parts_1.append, x.current_leader)
            tags += 1
            section += tagged(1, parts_1)
        if x.snapshot_id.end_offset != -1 or x.snapshot_id.epoch != -1:
            parts_2: list[bytes | bytearray | memoryview] = []
            _write_snapshot_id_v12(parts_2.append, x.snapshot_id)
            tags += 1
            section += tagged(2, parts_2)
        w(ONE_BYTE[tags])
        if tags:
            w(section)


def _write_fetchable_topic_response_list_v12(w: Write, items: list[FetchableTopicResponse]) -> None:
    for x in items:
        s = x.topic.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Topic"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            _write_partition_data_list_v12(w, x.partitions)
        w(b"\0")


def _write_fetch_response_v12(w: Write, x: FetchResponse) -> None:
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses) + 1
    w(_p_ihiB(x.throttle_time_ms, x.error_code, x.session_id, n) if n < 128 else _p_ihi(x.throttle_time_ms, x.error_code, x.session_id) + uvarint(n))
    if x.responses:
        _write_fetchable_topic_response_list_v12(w, x.responses)
    w(b"\0")


def _write_fetchable_topic_response_list_v13(w: Write, items: list[FetchableTopicResponse]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_partition_data_list_v12(w, x.partitions)
        w(b"\0")


def _write_fetch_response_v13(w: Write, x: FetchResponse) -> None:
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses) + 1
    w(_p_ihiB(x.throttle_time_ms, x.error_code, x.session_id, n) if n < 128 else _p_ihi(x.throttle_time_ms, x.error_code, x.session_id) + uvarint(n))
    if x.responses:
        _write_fetchable_topic_response_list_v13(w, x.responses)
    w(b"\0")


def _write_node_endpoint_list_v16(w: Write, items: list[NodeEndpoint]) -> None:
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


def _write_fetch_response_v16(w: Write, x: FetchResponse) -> None:
    n = len(x.responses) + 1
    w(_p_ihiB(x.throttle_time_ms, x.error_code, x.session_id, n) if n < 128 else _p_ihi(x.throttle_time_ms, x.error_code, x.session_id) + uvarint(n))
    if x.responses:
        _write_fetchable_topic_response_list_v13(w, x.responses)
    tags = 0
    section = b""
    if x.node_endpoints:
        parts_0: list[bytes | bytearray | memoryview] = []
        n = len(x.node_endpoints) + 1
        parts_0.append(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.node_endpoints:
            _write_node_endpoint_list_v16(parts_0.append, x.node_endpoints)
        tags += 1
        section += tagged(0, parts_0)
    w(ONE_BYTE[tags])
    if tags:
        w(section)


_READ: Final[dict[int, Callable[[memoryview, int], tuple[FetchResponse, int]]]] = {
    4: _read_fetch_response_v4,
    5: _read_fetch_response_v5,
    6: _read_fetch_response_v5,
    7: _read_fetch_response_v7,
    8: _read_fetch_response_v7,
    9: _read_fetch_response_v7,
    10: _read_fetch_response_v7,
    11: _read_fetch_response_v11,
    12: _read_fetch_response_v12,
    13: _read_fetch_response_v13,
    14: _read_fetch_response_v13,
    15: _read_fetch_response_v13,
    16: _read_fetch_response_v16,
    17: _read_fetch_response_v16,
    18: _read_fetch_response_v16,
}
_WRITE: Final[dict[int, Callable[[Write, FetchResponse], None]]] = {
    4: _write_fetch_response_v4,
    5: _write_fetch_response_v5,
    6: _write_fetch_response_v5,
    7: _write_fetch_response_v7,
    8: _write_fetch_response_v7,
    9: _write_fetch_response_v7,
    10: _write_fetch_response_v7,
    11: _write_fetch_response_v11,
    12: _write_fetch_response_v12,
    13: _write_fetch_response_v13,
    14: _write_fetch_response_v13,
    15: _write_fetch_response_v13,
    16: _write_fetch_response_v16,
    17: _write_fetch_response_v16,
    18: _write_fetch_response_v16,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> FetchResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = memoryview(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("FetchResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("FetchResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[FetchResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = memoryview(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("FetchResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("FetchResponse", version, len(data), end)
    return message, end


def encode_parts(message: FetchResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("FetchResponse", version, exc) from exc
    return parts


def encode(message: FetchResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("FetchResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: FetchResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
