# Generated from table.txt by ottla.wire.generator; do not edit.
"""StreamsGroupHeartbeatResponse, API key 88: version 0, flexible from 0."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    decode_fault,
    encode_fault,
    length_fault,
    long_count,
    long_string,
    pack_int32s,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 88
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Hx = Struct(">Hx").pack
_p_b = Struct(">b").pack
_p_bB = Struct(">bB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_iiii = Struct(">iiii").pack
_p_iiiiB = Struct(">iiiiB").pack
_u_HB = Struct(">HB").unpack_from
_u_bB = Struct(">bB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_iiiiB = Struct(">iiiiB").unpack_from


class Status(WireStruct):
    __slots__ = ("status_code", "status_detail")
    status_code: int
    status_detail: str

    def __init__(
        self,
        status_code: int = 0,
        status_detail: str = "",
    ) -> None:
        self.status_code = status_code
        self.status_detail = status_detail


class TaskIds(WireStruct):
    __slots__ = ("subtopology_id", "partitions")
    subtopology_id: str
    partitions: list[int]

    def __init__(
        self,
        subtopology_id: str = "",
        partitions: list[int] = NEW,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.partitions = [] if partitions is NEW else partitions


class Endpoint(WireStruct):
    __slots__ = ("host", "port")
    host: str
    port: int

    def __init__(
        self,
        host: str = "",
        port: int = 0,
    ) -> None:
        self.host = host
        self.port = port


class TopicPartition(WireStruct):
    __slots__ = ("topic", "partitions")
    topic: str
    partitions: list[int]

    def __init__(
        self,
        topic: str = "",
        partitions: list[int] = NEW,
    ) -> None:
        self.topic = topic
        self.partitions = [] if partitions is NEW else partitions


class EndpointToPartitions(WireStruct):
    __slots__ = ("user_endpoint", "active_partitions", "standby_partitions")
    user_endpoint: Endpoint
    active_partitions: list[TopicPartition]
    standby_partitions: list[TopicPartition]

    def __init__(
        self,
        user_endpoint: Endpoint = NEW,
        active_partitions: list[TopicPartition] = NEW,
        standby_partitions: list[TopicPartition] = NEW,
    ) -> None:
        self.user_endpoint = Endpoint() if user_endpoint is NEW else user_endpoint
        self.active_partitions = [] if active_partitions is NEW else active_partitions
        self.standby_partitions = [] if standby_partitions is NEW else standby_partitions


class StreamsGroupHeartbeatResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "error_message", "member_id", "member_epoch", "heartbeat_interval_ms", "acceptable_recovery_lag", "task_offset_interval_ms", "status", "active_tasks", "standby_tasks", "warmup_tasks", "endpoint_information_epoch", "partitions_by_user_endpoint")
    throttle_time_ms: int
    error_code: int
    error_message: str | None
    member_id: str
    member_epoch: int
    heartbeat_interval_ms: int
    acceptable_recovery_lag: int
    task_offset_interval_ms: int
    status: list[Status] | None
    active_tasks: list[TaskIds] | None
    standby_tasks: list[TaskIds] | None
    warmup_tasks: list[TaskIds] | None
    endpoint_information_epoch: int
    partitions_by_user_endpoint: list[EndpointToPartitions] | None

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        member_id: str = "",
        member_epoch: int = 0,
        heartbeat_interval_ms: int = 0,
        acceptable_recovery_lag: int = 0,
        task_offset_interval_ms: int = 0,
        status: list[Status] | None = NEW,
        active_tasks: list[TaskIds] | None = None,
        standby_tasks: list[TaskIds] | None = None,
        warmup_tasks: list[TaskIds] | None = None,
        endpoint_information_epoch: int = 0,
        partitions_by_user_endpoint: list[EndpointToPartitions] | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.heartbeat_interval_ms = heartbeat_interval_ms
        self.acceptable_recovery_lag = acceptable_recovery_lag
        self.task_offset_interval_ms = task_offset_interval_ms
        self.status = [] if status is NEW else status
        self.active_tasks = active_tasks
        self.standby_tasks = standby_tasks
        self.warmup_tasks = warmup_tasks
        self.endpoint_information_epoch = endpoint_information_epoch
        self.partitions_by_user_endpoint = partitions_by_user_endpoint


def _read_status_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[Status], int]:
    out: list[Status] = []
    for _ in range(count):
        status_code, n = _u_bB(buf, pos)
        pos += 2
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "StatusDetail")
        end = pos + n - 1
        status_detail = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Status(status_code, status_detail))
    return out, pos


def _read_task_ids_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TaskIds], int]:
    out: list[TaskIds] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "SubtopologyId")
        end = pos + n - 1
        subtopology_id = buf[pos:end].decode()
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
        out.append(TaskIds(subtopology_id, partitions))
    return out, pos


def _read_endpoint_v0(buf: bytes, pos: int) -> tuple[Endpoint, int]:
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
    return Endpoint(host, port), pos


def _read_topic_partition_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicPartition], int]:
    out: list[TopicPartition] = []
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
        out.append(TopicPartition(topic, partitions))
    return out, pos


def _read_endpoint_to_partitions_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[EndpointToPartitions], int]:
    out: list[EndpointToPartitions] = []
    for _ in range(count):
        user_endpoint, pos = _read_endpoint_v0(buf, pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "ActivePartitions")
        active_partitions, pos = _read_topic_partition_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "StandbyPartitions")
        standby_partitions, pos = _read_topic_partition_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(EndpointToPartitions(user_endpoint, active_partitions, standby_partitions))
    return out, pos


def _read_streams_group_heartbeat_response_v0(buf: bytes, pos: int) -> tuple[StreamsGroupHeartbeatResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
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
        n, pos = long_string(buf, pos, n, "MemberId")
    end = pos + n - 1
    member_id = buf[pos:end].decode()
    pos = end
    member_epoch, heartbeat_interval_ms, acceptable_recovery_lag, task_offset_interval_ms, n = _u_iiiiB(buf, pos)
    pos += 17
    if n == 0:
        status = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "Status")
        status, pos = _read_status_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if n == 0:
        active_tasks = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "ActiveTasks")
        active_tasks, pos = _read_task_ids_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if n == 0:
        standby_tasks = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "StandbyTasks")
        standby_tasks, pos = _read_task_ids_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if n == 0:
        warmup_tasks = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 3, "WarmupTasks")
        warmup_tasks, pos = _read_task_ids_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    endpoint_information_epoch, n = _u_iB(buf, pos)
    pos += 5
    if n == 0:
        partitions_by_user_endpoint = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 7, "PartitionsByUserEndpoint")
        partitions_by_user_endpoint, pos = _read_endpoint_to_partitions_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return StreamsGroupHeartbeatResponse(throttle_time_ms, error_code, error_message, member_id, member_epoch, heartbeat_interval_ms, acceptable_recovery_lag, task_offset_interval_ms, status, active_tasks, standby_tasks, warmup_tasks, endpoint_information_epoch, partitions_by_user_endpoint), pos


def _write_status_list_v0(w: Write, items: list[Status]) -> None:
    for x in items:
        s = x.status_detail.encode()
        n = len(s) + 1
        w(_p_bB(x.status_code, n) if n < 128 else _p_b(x.status_code) + string_length(n, "StatusDetail"))
        w(s)
        w(b"\0")


def _write_task_ids_list_v0(w: Write, items: list[TaskIds]) -> None:
    for x in items:
        s = x.subtopology_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "SubtopologyId"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_endpoint_v0(w: Write, x: Endpoint) -> None:
    s = x.host.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "Host"))
    w(s)
    w(_p_Hx(x.port))


def _write_topic_partition_list_v0(w: Write, items: list[TopicPartition]) -> None:
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


def _write_endpoint_to_partitions_list_v0(w: Write, items: list[EndpointToPartitions]) -> None:
    for x in items:
        _write_endpoint_v0(w, x.user_endpoint)
        n = len(x.active_partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.active_partitions:
            _write_topic_partition_list_v0(w, x.active_partitions)
        n = len(x.standby_partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.standby_partitions:
            _write_topic_partition_list_v0(w, x.standby_partitions)
        w(b"\0")


def _write_streams_group_heartbeat_response_v0(w: Write, x: StreamsGroupHeartbeatResponse) -> None:
    if x.error_message is None:
        s = b""
        n = 0
    else:
        s = x.error_message.encode()
        n = len(s) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + string_length(n, "ErrorMessage"))
    w(s)
    s = x.member_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
    w(s)
    n = 0 if x.status is None else len(x.status) + 1
    w(_p_iiiiB(x.member_epoch, x.heartbeat_interval_ms, x.acceptable_recovery_lag, x.task_offset_interval_ms, n) if n < 128 else _p_iiii(x.member_epoch, x.heartbeat_interval_ms, x.acceptable_recovery_lag, x.task_offset_interval_ms) + uvarint(n))
    if x.status:
        _write_status_list_v0(w, x.status)
    n = 0 if x.active_tasks is None else len(x.active_tasks) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.active_tasks:
        _write_task_ids_list_v0(w, x.active_tasks)
    n = 0 if x.standby_tasks is None else len(x.standby_tasks) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.standby_tasks:
        _write_task_ids_list_v0(w, x.standby_tasks)
    n = 0 if x.warmup_tasks is None else len(x.warmup_tasks) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.warmup_tasks:
        _write_task_ids_list_v0(w, x.warmup_tasks)
    n = 0 if x.partitions_by_user_endpoint is None else len(x.partitions_by_user_endpoint) + 1
    w(_p_iB(x.endpoint_information_epoch, n) if n < 128 else _p_i(x.endpoint_information_epoch) + uvarint(n))
    if x.partitions_by_user_endpoint:
        _write_endpoint_to_partitions_list_v0(w, x.partitions_by_user_endpoint)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[StreamsGroupHeartbeatResponse, int]]]] = {
    0: _read_streams_group_heartbeat_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, StreamsGroupHeartbeatResponse], None]]] = {
    0: _write_streams_group_heartbeat_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> StreamsGroupHeartbeatResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("StreamsGroupHeartbeatResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("StreamsGroupHeartbeatResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[StreamsGroupHeartbeatResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("StreamsGroupHeartbeatResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("StreamsGroupHeartbeatResponse", version, len(data), end)
    return message, end


def encode_parts(message: StreamsGroupHeartbeatResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("StreamsGroupHeartbeatResponse", version, exc) from exc
    return parts


def encode(message: StreamsGroupHeartbeatResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("StreamsGroupHeartbeatResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: StreamsGroupHeartbeatResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
