# Generated from table.txt by ottla.wire.generator; do not edit.
"""ShareFetchResponse, API key 78: versions 1 to 2, flexible from 0."""

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
    decode_fault,
    encode_fault,
    length_fault,
    long_bytes,
    long_count,
    long_string,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 78
MIN_VERSION: Final = 1
MAX_VERSION: Final = 2
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_iix = Struct(">iix").pack
_p_qqhx = Struct(">qqhx").pack
_u_UB = Struct(">16sB").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_iiB = Struct(">iiB").unpack_from
_u_qqhB = Struct(">qqhB").unpack_from


class LeaderIdAndEpoch(WireStruct):
    __slots__ = ("leader_id", "leader_epoch")
    leader_id: int
    leader_epoch: int

    def __init__(
        self,
        leader_id: int = 0,
        leader_epoch: int = 0,
    ) -> None:
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch


class AcquiredRecords(WireStruct):
    __slots__ = ("first_offset", "last_offset", "delivery_count")
    first_offset: int
    last_offset: int
    delivery_count: int

    def __init__(
        self,
        first_offset: int = 0,
        last_offset: int = 0,
        delivery_count: int = 0,
    ) -> None:
        self.first_offset = first_offset
        self.last_offset = last_offset
        self.delivery_count = delivery_count


class PartitionData(WireStruct):
    __slots__ = ("partition_index", "error_code", "error_message", "acknowledge_error_code", "acknowledge_error_message", "current_leader", "records", "acquired_records")
    partition_index: int
    error_code: int
    error_message: str | None
    acknowledge_error_code: int
    acknowledge_error_message: str | None
    current_leader: LeaderIdAndEpoch
    records: bytes | bytearray | memoryview
    acquired_records: list[AcquiredRecords]

    def __init__(
        self,
        partition_index: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        acknowledge_error_code: int = 0,
        acknowledge_error_message: str | None = None,
        current_leader: LeaderIdAndEpoch = NEW,
        records: bytes | bytearray | memoryview = b"",
        acquired_records: list[AcquiredRecords] = NEW,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message
        self.acknowledge_error_code = acknowledge_error_code
        self.acknowledge_error_message = acknowledge_error_message
        self.current_leader = LeaderIdAndEpoch() if current_leader is NEW else current_leader
        self.records = records
        self.acquired_records = [] if acquired_records is NEW else acquired_records


class ShareFetchableTopicResponse(WireStruct):
    __slots__ = ("topic_id", "partitions")
    topic_id: bytes
    partitions: list[PartitionData]

    def __init__(
        self,
        topic_id: bytes = ZERO_UUID,
        partitions: list[PartitionData] = NEW,
    ) -> None:
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


class ShareFetchResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "acquisition_lock_timeout_ms", "responses", "node_endpoints")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    acquisition_lock_timeout_ms: int
    responses: list[ShareFetchableTopicResponse]
    node_endpoints: list[NodeEndpoint]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        acquisition_lock_timeout_ms: int = 0,
        responses: list[ShareFetchableTopicResponse] = NEW,
        node_endpoints: list[NodeEndpoint] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.acquisition_lock_timeout_ms = acquisition_lock_timeout_ms
        self.responses = [] if responses is NEW else responses
        self.node_endpoints = [] if node_endpoints is NEW else node_endpoints


def _read_leader_id_and_epoch_v1(buf: memoryview, pos: int) -> tuple[LeaderIdAndEpoch, int]:
    leader_id, leader_epoch, tags = _u_iiB(buf, pos)
    pos += 9
    if tags:
        pos = skip_tags(buf, pos, tags)
    return LeaderIdAndEpoch(leader_id, leader_epoch), pos


def _read_acquired_records_list_v1(buf: memoryview, pos: int, count: int) -> tuple[list[AcquiredRecords], int]:
    out: list[AcquiredRecords] = []
    for _ in range(count):
        first_offset, last_offset, delivery_count, tags = _u_qqhB(buf, pos)
        pos += 19
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(AcquiredRecords(first_offset, last_offset, delivery_count))
    return out, pos


def _read_partition_data_list_v1(buf: memoryview, pos: int, count: int) -> tuple[list[PartitionData], int]:
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
            error_message = str(buf[pos:end], "utf-8")
            pos = end
        acknowledge_error_code, n = _u_hB(buf, pos)
        pos += 3
        if n == 0:
            acknowledge_error_message = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "AcknowledgeErrorMessage")
            end = pos + n - 1
            acknowledge_error_message = str(buf[pos:end], "utf-8")
            pos = end
        current_leader, pos = _read_leader_id_and_epoch_v1(buf, pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_bytes(buf, pos, n, "Records")
        end = pos + n - 1
        records = buf[pos:end]
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 19, "AcquiredRecords")
        acquired_records, pos = _read_acquired_records_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(PartitionData(partition_index, error_code, error_message, acknowledge_error_code, acknowledge_error_message, current_leader, records, acquired_records))
    return out, pos


def _read_share_fetchable_topic_response_list_v1(buf: memoryview, pos: int, count: int) -> tuple[list[ShareFetchableTopicResponse], int]:
    out: list[ShareFetchableTopicResponse] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 22, "Partitions")
        partitions, pos = _read_partition_data_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(ShareFetchableTopicResponse(topic_id, partitions))
    return out, pos


def _read_node_endpoint_list_v1(buf: memoryview, pos: int, count: int) -> tuple[list[NodeEndpoint], int]:
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


def _read_share_fetch_response_v1(buf: memoryview, pos: int) -> tuple[ShareFetchResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if n == 0:
        error_message = None
    else:
        if n > 127:
            n, pos = long_string(buf, pos, n, "ErrorMessage")
        end = pos + n - 1
        error_message = str(buf[pos:end], "utf-8")
        pos = end
    acquisition_lock_timeout_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 18, "Responses")
    responses, pos = _read_share_fetchable_topic_response_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 11, "NodeEndpoints")
    node_endpoints, pos = _read_node_endpoint_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ShareFetchResponse(throttle_time_ms, error_code, error_message, acquisition_lock_timeout_ms, responses, node_endpoints), pos


def _write_leader_id_and_epoch_v1(w: Write, x: LeaderIdAndEpoch) -> None:
    w(_p_iix(x.leader_id, x.leader_epoch))


def _write_acquired_records_list_v1(w: Write, items: list[AcquiredRecords]) -> None:
    for x in items:
        w(_p_qqhx(x.first_offset, x.last_offset, x.delivery_count))


def _write_partition_data_list_v1(w: Write, items: list[PartitionData]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_ihB(x.partition_index, x.error_code, n) if n < 128 else _p_ih(x.partition_index, x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        if x.acknowledge_error_message is None:
            s = b""
            n = 0
        else:
            s = x.acknowledge_error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.acknowledge_error_code, n) if n < 128 else _p_h(x.acknowledge_error_code) + string_length(n, "AcknowledgeErrorMessage"))
        w(s)
        _write_leader_id_and_epoch_v1(w, x.current_leader)
        d = x.records
        n = len(d) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        w(d)
        n = len(x.acquired_records) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.acquired_records:
            _write_acquired_records_list_v1(w, x.acquired_records)
        w(b"\0")


def _write_share_fetchable_topic_response_list_v1(w: Write, items: list[ShareFetchableTopicResponse]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        n = len(x.partitions) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + uvarint(n))
        if x.partitions:
            _write_partition_data_list_v1(w, x.partitions)
        w(b"\0")


def _write_node_endpoint_list_v1(w: Write, items: list[NodeEndpoint]) -> None:
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


def _write_share_fetch_response_v1(w: Write, x: ShareFetchResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    n = len(x.responses) + 1
    w(_p_iB(x.acquisition_lock_timeout_ms, n) if n < 128 else _p_i(x.acquisition_lock_timeout_ms) + uvarint(n))
    if x.responses:
        _write_share_fetchable_topic_response_list_v1(w, x.responses)
    n = len(x.node_endpoints) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.node_endpoints:
        _write_node_endpoint_list_v1(w, x.node_endpoints)
    w(b"\0")


_READ: Final[dict[int, Callable[[memoryview, int], tuple[ShareFetchResponse, int]]]] = {
    1: _read_share_fetch_response_v1,
    2: _read_share_fetch_response_v1,
}
_WRITE: Final[dict[int, Callable[[Write, ShareFetchResponse], None]]] = {
    1: _write_share_fetch_response_v1,
    2: _write_share_fetch_response_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ShareFetchResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = memoryview(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ShareFetchResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ShareFetchResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ShareFetchResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = memoryview(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ShareFetchResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ShareFetchResponse", version, len(data), end)
    return message, end


def encode_parts(message: ShareFetchResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ShareFetchResponse", version, exc) from exc
    return parts


def encode(message: ShareFetchResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ShareFetchResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ShareFetchResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
