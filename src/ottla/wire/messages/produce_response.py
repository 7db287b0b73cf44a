# Generated from table.txt by ottla.wire.generator; do not edit.
"""ProduceResponse, API key 0: versions 3 to 13, flexible from 9."""

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
    skip_tags,
    string_length,
    tag_fault,
    tagged,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 0
MIN_VERSION: Final = 3
MAX_VERSION: Final = 13
FLEXIBLE_SINCE: Final[int | None] = 9

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihqq = Struct(">ihqq").pack
_p_ihqqq = Struct(">ihqqq").pack
_p_ihqqqB = Struct(">ihqqqB").pack
_p_ihqqqi = Struct(">ihqqqi").pack
_p_iix = Struct(">iix").pack
_p_ix = Struct(">ix").pack
_u_UB = Struct(">16sB").unpack_from
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_ihqq = Struct(">ihqq").unpack_from
_u_ihqqq = Struct(">ihqqq").unpack_from
_u_ihqqqB = Struct(">ihqqqB").unpack_from
_u_ihqqqi = Struct(">ihqqqi").unpack_from
_u_iiB = Struct(">iiB").unpack_from


class BatchIndexAndErrorMessage(WireStruct):
    __slots__ = ("batch_index", "batch_index_error_message")
    batch_index: int
    batch_index_error_message: str | None

    def __init__(
        self,
        batch_index: int = 0,
        batch_index_error_message: str | None = None,
    ) -> None:
        self.batch_index = batch_index
        self.batch_index_error_message = batch_index_error_message


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


class PartitionProduceResponse(WireStruct):
    __slots__ = ("index", "error_code", "base_offset", "log_append_time_ms", "log_start_offset", "record_errors", "error_message", "current_leader")
    index: int
    error_code: int
    base_offset: int
    log_append_time_ms: int
    log_start_offset: int
    record_errors: list[BatchIndexAndErrorMessage]
    error_message: str | None
    current_leader: LeaderIdAndEpoch

    def __init__(
        self,
        index: int = 0,
        error_code: int = 0,
        base_offset: int = 0,
        log_append_time_ms: int = -1,
        log_start_offset: int = -1,
        record_errors: list[BatchIndexAndErrorMessage] = NEW,
        error_message: str | None = None,
        current_leader: LeaderIdAndEpoch = NEW,
    ) -> None:
        self.index = index
        self.error_code = error_code
        self.base_offset = base_offset
        self.log_append_time_ms = log_append_time_ms
        self.log_start_offset = log_start_offset
        self.record_errors = [] if record_errors is NEW else record_errors
        self.error_message = error_message
        self.current_leader = LeaderIdAndEpoch() if current_leader is NEW else current_leader


class TopicProduceResponse(WireStruct):
    __slots__ = ("name", "topic_id", "partition_responses")
    name: str
    topic_id: bytes
    partition_responses: list[PartitionProduceResponse]

    def __init__(
        self,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partition_responses: list[PartitionProduceResponse] = NEW,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partition_responses = [] if partition_responses is NEW else partition_responses


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


class ProduceResponse(WireStruct):
    __slots__ = ("responses", "throttle_time_ms", "node_endpoints")
    responses: list[TopicProduceResponse]
    throttle_time_ms: int
    node_endpoints: list[NodeEndpoint]

    def __init__(
        self,
        responses: list[TopicProduceResponse] = NEW,
        throttle_time_ms: int = 0,
        node_endpoints: list[NodeEndpoint] = NEW,
    ) -> None:
        self.responses = [] if responses is NEW else responses
        self.throttle_time_ms = throttle_time_ms
        self.node_endpoints = [] if node_endpoints is NEW else node_endpoints


def _read_partition_produce_response_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[PartitionProduceResponse], int]:
    out: list[PartitionProduceResponse] = []
    for _ in range(count):
        index, error_code, base_offset, log_append_time_ms = _u_ihqq(buf, pos)
        pos += 22
        out.append(PartitionProduceResponse(index, error_code, base_offset, log_append_time_ms, -1, [], None, LeaderIdAndEpoch()))
    return out, pos


def _read_topic_produce_response_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[TopicProduceResponse], int]:
    out: list[TopicProduceResponse] = []
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
            check_count(buf, pos, n, 22, "PartitionResponses")
        partition_responses, pos = _read_partition_produce_response_list_v3(buf, pos, n) if n else ([], pos)
        out.append(TopicProduceResponse(name, ZERO_UUID, partition_responses))
    return out, pos


def _read_produce_response_v3(buf: bytes, pos: int) -> tuple[ProduceResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Responses")
    responses, pos = _read_topic_produce_response_list_v3(buf, pos, n) if n else ([], pos)
    (throttle_time_ms,) = _u_i(buf, pos)
    pos += 4
    return ProduceResponse(responses, throttle_time_ms, []), pos


def _read_partition_produce_response_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[PartitionProduceResponse], int]:
    out: list[PartitionProduceResponse] = []
    for _ in range(count):
        index, error_code, base_offset, log_append_time_ms, log_start_offset = _u_ihqqq(buf, pos)
        pos += 30
        out.append(PartitionProduceResponse(index, error_code, base_offset, log_append_time_ms, log_start_offset, [], None, LeaderIdAndEpoch()))
    return out, pos


def _read_topic_produce_response_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[TopicProduceResponse], int]:
    out: list[TopicProduceResponse] = []
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
            check_count(buf, pos, n, 30, "PartitionResponses")
        partition_responses, pos = _read_partition_produce_response_list_v5(buf, pos, n) if n else ([], pos)
        out.append(TopicProduceResponse(name, ZERO_UUID, partition_responses))
    return out, pos


def _read_produce_response_v5(buf: bytes, pos: int) -> tuple[ProduceResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Responses")
    responses, pos = _read_topic_produce_response_list_v5(buf, pos, n) if n else ([], pos)
    (throttle_time_ms,) = _u_i(buf, pos)
    pos += 4
    return ProduceResponse(responses, throttle_time_ms, []), pos


def _read_batch_index_and_error_message_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[BatchIndexAndErrorMessage], int]:
    out: list[BatchIndexAndErrorMessage] = []
    for _ in range(count):
        batch_index, n = _u_ih(buf, pos)
        pos += 6
        if n < 0:
            batch_index_error_message = None
        else:
            end = pos + n
            batch_index_error_message = buf[pos:end].decode()
            pos = end
        out.append(BatchIndexAndErrorMessage(batch_index, batch_index_error_message))
    return out, pos


def _read_partition_produce_response_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[PartitionProduceResponse], int]:
    out: list[PartitionProduceResponse] = []
    for _ in range(count):
        index, error_code, base_offset, log_append_time_ms, log_start_offset, n = _u_ihqqqi(buf, pos)
        pos += 34
        if not -1 < n < 128:
            check_count(buf, pos, n, 6, "RecordErrors")
        record_errors, pos = _read_batch_index_and_error_message_list_v8(buf, pos, n) if n else ([], pos)
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            error_message = None
        else:
            end = pos + n
            error_message = buf[pos:end].decode()
            pos = end
        out.append(PartitionProduceResponse(index, error_code, base_offset, log_append_time_ms, log_start_offset, record_errors, error_message, LeaderIdAndEpoch()))
    return out, pos


def _read_topic_produce_response_list_v8(buf: bytes, pos: int, count: int) -> tuple[list[TopicProduceResponse], int]:
    out: list[TopicProduceResponse] = []
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
            check_count(buf, pos, n, 36, "PartitionResponses")
        partition_responses, pos = _read_partition_produce_response_list_v8(buf, pos, n) if n else ([], pos)
        out.append(TopicProduceResponse(name, ZERO_UUID, partition_responses))
    return out, pos


def _read_produce_response_v8(buf: bytes, pos: int) -> tuple[ProduceResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Responses")
    responses, pos = _read_topic_produce_response_list_v8(buf, pos, n) if n else ([], pos)
    (throttle_time_ms,) = _u_i(buf, pos)
    pos += 4
    return ProduceResponse(responses, throttle_time_ms, []), pos


def _read_batch_index_and_error_message_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[BatchIndexAndErrorMessage], int]:
    out: list[BatchIndexAndErrorMessage] = []
    for _ in range(count):
        batch_index, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            batch_index_error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "BatchIndexErrorMessage")
            end = pos + n - 1
            batch_index_error_message = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(BatchIndexAndErrorMessage(batch_index, batch_index_error_message))
    return out, pos


def _read_partition_produce_response_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[PartitionProduceResponse], int]:
    out: list[PartitionProduceResponse] = []
    for _ in range(count):
        index, error_code, base_offset, log_append_time_ms, log_start_offset, n = _u_ihqqqB(buf, pos)
        pos += 31
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 6, "RecordErrors")
        record_errors, pos = _read_batch_index_and_error_message_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionProduceResponse(index, error_code, base_offset, log_append_time_ms, log_start_offset, record_errors, error_message, LeaderIdAndEpoch()))
    return out, pos


def _read_topic_produce_response_list_v9(buf: bytes, pos: int, count: int) -> tuple[list[TopicProduceResponse], int]:
    out: list[TopicProduceResponse] = []
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
            n, pos = long_count(buf, pos, n, 33, "PartitionResponses")
        partition_responses, pos = _read_partition_produce_response_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicProduceResponse(name, ZERO_UUID, partition_responses))
    return out, pos


def _read_produce_response_v9(buf: bytes, pos: int) -> tuple[ProduceResponse, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Responses")
    responses, pos = _read_topic_produce_response_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
    throttle_time_ms, tags = _u_iB(buf, pos)
    pos += 5
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ProduceResponse(responses, throttle_time_ms, []), pos


def _read_leader_id_and_epoch_v10(buf: bytes, pos: int) -> tuple[LeaderIdAndEpoch, int]:
    leader_id, leader_epoch, tags = _u_iiB(buf, pos)
    pos += 9
    if tags:
        pos = skip_tags(buf, pos, tags)
    return LeaderIdAndEpoch(leader_id, leader_epoch), pos


def _read_partition_produce_response_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[PartitionProduceResponse], int]:
    out: list[PartitionProduceResponse] = []
    for _ in range(count):
        index, error_code, base_offset, log_append_time_ms, log_start_offset, n = _u_ihqqqB(buf, pos)
        pos += 31
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 6, "RecordErrors")
        record_errors, pos = _read_batch_index_and_error_message_list_v9(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if n == 0:
            error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "ErrorMessage")
            end = pos + n - 1
            error_message = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        current_leader: LeaderIdAndEpoch = LeaderIdAndEpoch()
        if tags:
            tags, pos = long_uvarint(buf, pos, tags)
            seen: set[int] = set()
            for _ in range(tags):
                tag, pos, tag_end = next_tag(buf, pos, seen)
                if tag == 0:
                    current_leader, pos = _read_leader_id_and_epoch_v10(buf, pos)
                else:
                    pos = tag_end
                if pos != tag_end:
                    raise tag_fault(tag)
        out.append(PartitionProduceResponse(index, error_code, base_offset, log_append_time_ms, log_start_offset, record_errors, error_message, current_leader))
    return out, pos


def _read_topic_produce_response_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[TopicProduceResponse], int]:
    out: list[TopicProduceResponse] = []
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
            n, pos = long_count(buf, pos, n, 33, "PartitionResponses")
        partition_responses, pos = _read_partition_produce_response_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicProduceResponse(name, ZERO_UUID, partition_responses))
    return out, pos


def _read_node_endpoint_list_v10(buf: bytes, pos: int, count: int) -> tuple[list[NodeEndpoint], int]:
    out: list[NodeEndpoint] = []
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
        out.append(NodeEndpoint(node_id, host, port, rack))
    return out, pos


def _read_produce_response_v10(buf: bytes, pos: int) -> tuple[ProduceResponse, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "Responses")
    responses, pos = _read_topic_produce_response_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
    throttle_time_ms, tags = _u_iB(buf, pos)
    pos += 5
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
                node_endpoints, pos = _read_node_endpoint_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
            else:
                pos = tag_end
            if pos != tag_end:
                raise tag_fault(tag)
    return ProduceResponse(responses, throttle_time_ms, node_endpoints), pos


def _read_topic_produce_response_list_v13(buf: bytes, pos: int, count: int) -> tuple[list[TopicProduceResponse], int]:
    out: list[TopicProduceResponse] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 33, "PartitionResponses")
        partition_responses, pos = _read_partition_produce_response_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicProduceResponse("", topic_id, partition_responses))
    return out, pos


def _read_produce_response_v13(buf: bytes, pos: int) -> tuple[ProduceResponse, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Responses")
    responses, pos = _read_topic_produce_response_list_v13(buf, pos, n - 1) if n > 1 else ([], pos)
    throttle_time_ms, tags = _u_iB(buf, pos)
    pos += 5
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
                node_endpoints, pos = _read_node_endpoint_list_v10(buf, pos, n - 1) if n > 1 else ([], pos)
            else:
                pos = tag_end
            if pos != tag_end:
                raise tag_fault(tag)
    return ProduceResponse(responses, throttle_time_ms, node_endpoints), pos


def _write_partition_produce_response_list_v3(w: Write, items: list[PartitionProduceResponse]) -> None:
    for x in items:
        if x.current_leader.leader_id != -1 or x.current_leader.leader_epoch != -1:
            raise absent_fault("CurrentLeader")
        w(_p_ihqq(x.index, x.error_code, x.base_offset, x.log_append_time_ms))


def _write_topic_produce_response_list_v3(w: Write, items: list[TopicProduceResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partition_responses)
        w(_p_i(n))
        if x.partition_responses:
            _write_partition_produce_response_list_v3(w, x.partition_responses)


def _write_produce_response_v3(w: Write, x: ProduceResponse) -> None:
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses)
    w(_p_i(n))
    if x.responses:
        _write_topic_produce_response_list_v3(w, x.responses)
    w(_p_i(x.throttle_time_ms))


def _write_partition_produce_response_list_v5(w: Write, items: list[PartitionProduceResponse]) -> None:
    for x in items:
        if x.current_leader.leader_id != -1 or x.current_leader.leader_epoch != -1:
            raise absent_fault("CurrentLeader")
        w(_p_ihqqq(x.index, x.error_code, x.base_offset, x.log_append_time_ms, x.log_start_offset))


def _write_topic_produce_response_list_v5(w: Write, items: list[TopicProduceResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partition_responses)
        w(_p_i(n))
        if x.partition_responses:
            _write_partition_produce_response_list_v5(w, x.partition_responses)


def _write_produce_response_v5(w: Write, x: ProduceResponse) -> None:
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses)
    w(_p_i(n))
    if x.responses:
        _write_topic_produce_response_list_v5(w, x.responses)
    w(_p_i(x.throttle_time_ms))


def _write_batch_index_and_error_message_list_v8(w: Write, items: list[BatchIndexAndErrorMessage]) -> None:
    for x in items:
        if x.batch_index_error_message is None:
            s = b""
            n = -1
        else:
            s = x.batch_index_error_message.encode()
            n = len(s)
        w(_p_ih(x.batch_index, n))
        w(s)


def _write_partition_produce_response_list_v8(w: Write, items: list[PartitionProduceResponse]) -> None:
    for x in items:
        if x.current_leader.leader_id != -1 or x.current_leader.leader_epoch != -1:
            raise absent_fault("CurrentLeader")
        n = len(x.record_errors)
        w(_p_ihqqqi(x.index, x.error_code, x.base_offset, x.log_append_time_ms, x.log_start_offset, n))
        if x.record_errors:
            _write_batch_index_and_error_message_list_v8(w, x.record_errors)
        if x.error_message is None:
            s = b""
            n = -1
        else:
            s = x.error_message.encode()
            n = len(s)
        w(_p_h(n))
        w(s)


def _write_topic_produce_response_list_v8(w: Write, items: list[TopicProduceResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.partition_responses)
        w(_p_i(n))
        if x.partition_responses:
            _write_partition_produce_response_list_v8(w, x.partition_responses)


def _write_produce_response_v8(w: Write, x: ProduceResponse) -> None:
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses)
    w(_p_i(n))
    if x.responses:
        _write_topic_produce_response_list_v8(w, x.responses)
    w(_p_i(x.throttle_time_ms))


def _write_batch_index_and_error_message_list_v9(w: Write, items: list[BatchIndexAndErrorMessage]) -> None:
    for x in items:
        if x.batch_index_error_message is None:
            s = b""
            n = 0
        else:
            s = x.batch_index_error_message.encode()
            n = len(s) + 1
        w(_p_iB(x.batch_index, n) if n < 128 else _p_i(x.batch_index) + string_length(n, "BatchIndexErrorMessage"))
        w(s)
        w(b"\0")


def _write_partition_produce_response_list_v9(w: Write, items: list[PartitionProduceResponse]) -> None:
    for x in items:
        if x.current_leader.leader_id != -1 or x.current_leader.leader_epoch != -1:
            raise absent_fault("CurrentLeader")
        n = len(x.record_errors) + 1
        w(_p_ihqqqB(x.index, x.error_code, x.base_offset, x.log_append_time_ms, x.log_start_offset, n) if n < 128 else _p_ihqqq(x.index, x.error_code, x.base_offset, x.log_append_time_ms, x.log_start_offset) + uvarint(n))
        if x.record_errors:
            _write_batch_index_and_error_message_list_v9(w, x.record_errors)
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ErrorMessage"))
        w(s)
        w(b"\0")


def _write_topic_produce_response_list_v9(w: Write, items: list[TopicProduceResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partition_responses) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partition_responses:
            _write_partition_produce_response_list_v9(w, x.partition_responses)
        w(b"\0")


def _write_produce_response_v9(w: Write, x: ProduceResponse) -> None:
    if x.node_endpoints:
        raise absent_fault("NodeEndpoints")
    n = len(x.responses) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.responses:
        _write_topic_produce_response_list_v9(w, x.responses)
    w(_p_ix(x.throttle_time_ms))


def _write_leader_id_and_epoch_v10(w: Write, x: LeaderIdAndEpoch) -> None:
    w(_p_iix(x.leader_id, x.leader_epoch))


def _write_partition_produce_response_list_v10(w: Write, items: list[PartitionProduceResponse]) -> None:
    for x in items:
        n = len(x.record_errors) + 1
        w(_p_ihqqqB(x.index, x.error_code, x.base_offset, x.log_append_time_ms, x.log_start_offset, n) if n < 128 else _p_ihqqq(x.index, x.error_code, x.base_offset, x.log_append_time_ms, x.log_start_offset) + uvarint(n))
        if x.record_errors:
            _write_batch_index_and_error_message_list_v9(w, x.record_errors)
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ErrorMessage"))
        w(s)
        tags = 0
        section = b""
        if x.current_leader.leader_id != -1 or x.current_leader.leader_epoch != -1:
            parts_0: list[bytes | bytearray | memoryview] = []
            _write_leader_id_and_epoch_v10(parts_0.append, x.current_leader)
            tags += 1
            section += tagged(0, parts_0)
        w(ONE_BYTE[tags])
        if tags:
            w(section)


def _write_topic_produce_response_list_v10(w: Write, items: list[TopicProduceResponse]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.partition_responses) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partition_responses:
            _write_partition_produce_response_list_v10(w, x.partition_responses)
        w(b"\0")


def _write_node_endpoint_list_v10(w: Write, items: list[NodeEndpoint]) -> None:
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


def _write_produce_response_v10(w: Write, x: ProduceResponse) -> None:
    n = len(x.responses) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.responses:
        _write_topic_produce_response_list_v10(w, x.responses)
    w(_p_i(x.throttle_time_ms))
    tags = 0
    section = b""
    if x.node_endpoints:
        parts_0: list[bytes | bytearray | memoryview] = []
        n = len(x.node_endpoints) + 1
        parts_0.append(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.node_endpoints:
            _write_node_endpoint_list_v10(parts_0.append, x.node_endpoints)
        tags += 1
        section += tagged(0, parts_0)
    w(ONE_BYTE[tags])
    if tags:
        w(section)


def _write_topic_produce_response_list_v13(w: Write, items: list[TopicProduceResponse]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partition_responses) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partition_responses:
            _write_partition_produce_response_list_v10(w, x.partition_responses)
        w(b"\0")


def _write_produce_response_v13(w: Write, x: ProduceResponse) -> None:
    n = len(x.responses) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.responses:
        _write_topic_produce_response_list_v13(w, x.responses)
    w(_p_i(x.throttle_time_ms))
    tags = 0
    section = b""
    if x.node_endpoints:
        parts_0: list[bytes | bytearray | memoryview] = []
        n = len(x.node_endpoints) + 1
        parts_0.append(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.node_endpoints:
            _write_node_endpoint_list_v10(parts_0.append, x.node_endpoints)
        tags += 1
        section += tagged(0, parts_0)
    w(ONE_BYTE[tags])
    if tags:
        w(section)


_READ: Final[dict[int, Callable[[bytes, int], tuple[ProduceResponse, int]]]] = {
    3: _read_produce_response_v3,
    4: _read_produce_response_v3,
    5: _read_produce_response_v5,
    6: _read_produce_response_v5,
    7: _read_produce_response_v5,
    8: _read_produce_response_v8,
    9: _read_produce_response_v9,
    10: _read_produce_response_v10,
    11: _read_produce_response_v10,
    12: _read_produce_response_v10,
    13: _read_produce_response_v13,
}
_WRITE: Final[dict[int, Callable[[Write, ProduceResponse], None]]] = {
    3: _write_produce_response_v3,
    4: _write_produce_response_v3,
    5: _write_produce_response_v5,
    6: _write_produce_response_v5,
    7: _write_produce_response_v5,
    8: _write_produce_response_v8,
    9: _write_produce_response_v9,
    10: _write_produce_response_v10,
    11: _write_produce_response_v10,
    12: _write_produce_response_v10,
    13: _write_produce_response_v13,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ProduceResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ProduceResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ProduceResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ProduceResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ProduceResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ProduceResponse", version, len(data), end)
    return message, end


def encode_parts(message: ProduceResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ProduceResponse", version, exc) from exc
    return parts


def encode(message: ProduceResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ProduceResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ProduceResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
