# Generated from table.txt by ottla.wire.generator; do not edit.
"""StreamsGroupDescribeResponse, API key 89: version 0, flexible from 0."""

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
    read_compact_strings,
    read_int32s,
    skip_tags,
    string_length,
    uvarint,
    write_compact_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 89
MIN_VERSION: Final = 0
MAX_VERSION: Final = 0
FLEXIBLE_SINCE: Final[int | None] = 0

_p_Hx = Struct(">Hx").pack
_p_Zx = Struct(">?x").pack
_p_b = Struct(">b").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_iib = Struct(">iib").pack
_p_iqx = Struct(">iqx").pack
_p_ix = Struct(">ix").pack
_u_HB = Struct(">HB").unpack_from
_u_ZB = Struct(">?B").unpack_from
_u_b = Struct(">b").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_iib = Struct(">iib").unpack_from
_u_iqB = Struct(">iqB").unpack_from


class KeyValue(WireStruct):
    __slots__ = ("key", "value")
    key: str
    value: str

    def __init__(
        self,
        key: str = "",
        value: str = "",
    ) -> None:
        self.key = key
        self.value = value


class TopicInfo(WireStruct):
    __slots__ = ("name", "partitions", "replication_factor", "topic_configs")
    name: str
    partitions: int
    replication_factor: int
    topic_configs: list[KeyValue]

    def __init__(
        self,
        name: str = "",
        partitions: int = 0,
        replication_factor: int = 0,
        topic_configs: list[KeyValue] = NEW,
    ) -> None:
        self.name = name
        self.partitions = partitions
        self.replication_factor = replication_factor
        self.topic_configs = [] if topic_configs is NEW else topic_configs


class Subtopology(WireStruct):
    __slots__ = ("subtopology_id", "source_topics", "repartition_sink_topics", "state_changelog_topics", "repartition_source_topics")
    subtopology_id: str
    source_topics: list[str]
    repartition_sink_topics: list[str]
    state_changelog_topics: list[TopicInfo]
    repartition_source_topics: list[TopicInfo]

    def __init__(
        self,
        subtopology_id: str = "",
        source_topics: list[str] = NEW,
        repartition_sink_topics: list[str] = NEW,
        state_changelog_topics: list[TopicInfo] = NEW,
        repartition_source_topics: list[TopicInfo] = NEW,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.source_topics = [] if source_topics is NEW else source_topics
        self.repartition_sink_topics = [] if repartition_sink_topics is NEW else repartition_sink_topics
        self.state_changelog_topics = [] if state_changelog_topics is NEW else state_changelog_topics
        self.repartition_source_topics = [] if repartition_source_topics is NEW else repartition_source_topics


class Topology(WireStruct):
    __slots__ = ("epoch", "subtopologies")
    epoch: int
    subtopologies: list[Subtopology] | None

    def __init__(
        self,
        epoch: int = 0,
        subtopologies: list[Subtopology] | None = None,
    ) -> None:
        self.epoch = epoch
        self.subtopologies = subtopologies


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


class TaskOffset(WireStruct):
    __slots__ = ("subtopology_id", "partition", "offset")
    subtopology_id: str
    partition: int
    offset: int

    def __init__(
        self,
        subtopology_id: str = "",
        partition: int = 0,
        offset: int = 0,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.partition = partition
        self.offset = offset


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


class Assignment(WireStruct):
    __slots__ = ("active_tasks", "standby_tasks", "warmup_tasks")
    active_tasks: list[TaskIds]
    standby_tasks: list[TaskIds]
    warmup_tasks: list[TaskIds]

    def __init__(
        self,
        active_tasks: list[TaskIds] = NEW,
        standby_tasks: list[TaskIds] = NEW,
        warmup_tasks: list[TaskIds] = NEW,
    ) -> None:
        self.active_tasks = [] if active_tasks is NEW else active_tasks
        self.standby_tasks = [] if standby_tasks is NEW else standby_tasks
        self.warmup_tasks = [] if warmup_tasks is NEW else warmup_tasks


class Member(WireStruct):
    __slots__ = ("member_id", "member_epoch", "instance_id", "rack_id", "client_id", "client_host", "topology_epoch", "process_id", "user_endpoint", "client_tags", "task_offsets", "task_end_offsets", "assignment", "target_assignment", "is_classic")
    member_id: str
    member_epoch: int
    instance_id: str | None
    rack_id: str | None
    client_id: str
    client_host: str
    topology_epoch: int
    process_id: str
    user_endpoint: Endpoint | None
    client_tags: list[KeyValue]
    task_offsets: list[TaskOffset]
    task_end_offsets: list[TaskOffset]
    assignment: Assignment
    target_assignment: Assignment
    is_classic: bool

    def __init__(
        self,
        member_id: str = "",
        member_epoch: int = 0,
        instance_id: str | None = None,
        rack_id: str | None = None,
        client_id: str = "",
        client_host: str = "",
        topology_epoch: int = 0,
        process_id: str = "",
        user_endpoint: Endpoint | None = None,
        client_tags: list[KeyValue] = NEW,
        task_offsets: list[TaskOffset] = NEW,
        task_end_offsets: list[TaskOffset] = NEW,
        assignment: Assignment = NEW,
        target_assignment: Assignment = NEW,
        is_classic: bool = False,
    ) -> None:
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.instance_id = instance_id
        self.rack_id = rack_id
        self.client_id = client_id
        self.client_host = client_host
        self.topology_epoch = topology_epoch
        self.process_id = process_id
        self.user_endpoint = user_endpoint
        self.client_tags = [] if client_tags is NEW else client_tags
        self.task_offsets = [] if task_offsets is NEW else task_offsets
        self.task_end_offsets = [] if task_end_offsets is NEW else task_end_offsets
        self.assignment = Assignment() if assignment is NEW else assignment
        self.target_assignment = Assignment() if target_assignment is NEW else target_assignment
        self.is_classic = is_classic


class DescribedGroup(WireStruct):
    __slots__ = ("error_code", "error_message", "group_id", "group_state", "group_epoch", "assignment_epoch", "topology", "members", "authorized_operations")
    error_code: int
    error_message: str | None
    group_id: str
    group_state: str
    group_epoch: int
    assignment_epoch: int
    topology: Topology | None
    members: list[Member]
    authorized_operations: int

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = None,
        group_id: str = "",
        group_state: str = "",
        group_epoch: int = 0,
        assignment_epoch: int = 0,
        topology: Topology | None = None,
        members: list[Member] = NEW,
        authorized_operations: int = -2147483648,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.group_id = group_id
        self.group_state = group_state
        self.group_epoch = group_epoch
        self.assignment_epoch = assignment_epoch
        self.topology = topology
        self.members = [] if members is NEW else members
        self.authorized_operations = authorized_operations


class StreamsGroupDescribeResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "groups")
    throttle_time_ms: int
    groups: list[DescribedGroup]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        groups: list[DescribedGroup] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.groups = [] if groups is NEW else groups


def _read_key_value_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[KeyValue], int]:
    out: list[KeyValue] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Key")
        end = pos + n - 1
        key = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Value")
        end = pos + n - 1
        value = buf[pos:end].decode()
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(KeyValue(key, value))
    return out, pos


def _read_topic_info_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicInfo], int]:
    out: list[TopicInfo] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "Name")
        end = pos + n - 1
        name = buf[pos:end].decode()
        pos = end
        partitions, replication_factor, n = _u_ihB(buf, pos)
        pos += 7
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "TopicConfigs")
        topic_configs, pos = _read_key_value_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TopicInfo(name, partitions, replication_factor, topic_configs))
    return out, pos


def _read_subtopology_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[Subtopology], int]:
    out: list[Subtopology] = []
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
            n, pos = long_count(buf, pos, n, 1, "SourceTopics")
        source_topics, pos = read_compact_strings(buf, pos, n - 1, "SourceTopics")
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 1, "RepartitionSinkTopics")
        repartition_sink_topics, pos = read_compact_strings(buf, pos, n - 1, "RepartitionSinkTopics")
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 9, "StateChangelogTopics")
        state_changelog_topics, pos = _read_topic_info_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 9, "RepartitionSourceTopics")
        repartition_source_topics, pos = _read_topic_info_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Subtopology(subtopology_id, source_topics, repartition_sink_topics, state_changelog_topics, repartition_source_topics))
    return out, pos


def _read_topology_v0(buf: bytes, pos: int) -> tuple[Topology, int]:
    epoch, n = _u_iB(buf, pos)
    pos += 5
    if n == 0:
        subtopologies = None
    else:
        if n > 127:
            n, pos = long_count(buf, pos, n, 6, "Subtopologies")
        subtopologies, pos = _read_subtopology_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return Topology(epoch, subtopologies), pos


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


def _read_task_offset_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TaskOffset], int]:
    out: list[TaskOffset] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "SubtopologyId")
        end = pos + n - 1
        subtopology_id = buf[pos:end].decode()
        pos = end
        partition, offset, tags = _u_iqB(buf, pos)
        pos += 13
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(TaskOffset(subtopology_id, partition, offset))
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


def _read_assignment_v0(buf: bytes, pos: int) -> tuple[Assignment, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "ActiveTasks")
    active_tasks, pos = _read_task_ids_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "StandbyTasks")
    standby_tasks, pos = _read_task_ids_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 3, "WarmupTasks")
    warmup_tasks, pos = _read_task_ids_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return Assignment(active_tasks, standby_tasks, warmup_tasks), pos


def _read_member_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[Member], int]:
    out: list[Member] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "MemberId")
        end = pos + n - 1
        member_id = buf[pos:end].decode()
        pos = end
        member_epoch, n = _u_iB(buf, pos)
        pos += 5
        if n == 0:
            instance_id = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "InstanceId")
            end = pos + n - 1
            instance_id = buf[pos:end].decode()
            pos = end
        n = buf[pos]
        pos += 1
        if n == 0:
            rack_id = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "RackId")
            end = pos + n - 1
            rack_id = buf[pos:end].decode()
            pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ClientId")
        end = pos + n - 1
        client_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ClientHost")
        end = pos + n - 1
        client_host = buf[pos:end].decode()
        pos = end
        topology_epoch, n = _u_iB(buf, pos)
        pos += 5
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ProcessId")
        end = pos + n - 1
        process_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_b(buf, pos)
        pos += 1
        if n < 0:
            user_endpoint = None
        else:
            user_endpoint, pos = _read_endpoint_v0(buf, pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 3, "ClientTags")
        client_tags, pos = _read_key_value_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 14, "TaskOffsets")
        task_offsets, pos = _read_task_offset_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 14, "TaskEndOffsets")
        task_end_offsets, pos = _read_task_offset_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        assignment, pos = _read_assignment_v0(buf, pos)
        target_assignment, pos = _read_assignment_v0(buf, pos)
        is_classic, tags = _u_ZB(buf, pos)
        pos += 2
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Member(member_id, member_epoch, instance_id, rack_id, client_id, client_host, topology_epoch, process_id, user_endpoint, client_tags, task_offsets, task_end_offsets, assignment, target_assignment, is_classic))
    return out, pos


def _read_described_group_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroup], int]:
    out: list[DescribedGroup] = []
    for _ in range(count):
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
            n, pos = long_string(buf, pos, n, "GroupId")
        end = pos + n - 1
        group_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "GroupState")
        end = pos + n - 1
        group_state = buf[pos:end].decode()
        pos = end
        group_epoch, assignment_epoch, n = _u_iib(buf, pos)
        pos += 9
        if n < 0:
            topology = None
        else:
            topology, pos = _read_topology_v0(buf, pos)
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 28, "Members")
        members, pos = _read_member_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        authorized_operations, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribedGroup(error_code, error_message, group_id, group_state, group_epoch, assignment_epoch, topology, members, authorized_operations))
    return out, pos


def _read_streams_group_describe_response_v0(buf: bytes, pos: int) -> tuple[StreamsGroupDescribeResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 20, "Groups")
    groups, pos = _read_described_group_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return StreamsGroupDescribeResponse(throttle_time_ms, groups), pos


def _write_key_value_list_v0(w: Write, items: list[KeyValue]) -> None:
    for x in items:
        s = x.key.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Key"))
        w(s)
        s = x.value.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Value"))
        w(s)
        w(b"\0")


def _write_topic_info_list_v0(w: Write, items: list[TopicInfo]) -> None:
    for x in items:
        s = x.name.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Name"))
        w(s)
        n = len(x.topic_configs) + 1
        w(_p_ihB(x.partitions, x.replication_factor, n) if n < 128 else _p_ih(x.partitions, x.replication_factor) + uvarint(n))
        if x.topic_configs:
            _write_key_value_list_v0(w, x.topic_configs)
        w(b"\0")


def _write_subtopology_list_v0(w: Write, items: list[Subtopology]) -> None:
    for x in items:
        s = x.subtopology_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "SubtopologyId"))
        w(s)
        n = len(x.source_topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.source_topics:
            write_compact_strings(w, x.source_topics, "SourceTopics")
        n = len(x.repartition_sink_topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.repartition_sink_topics:
            write_compact_strings(w, x.repartition_sink_topics, "RepartitionSinkTopics")
        n = len(x.state_changelog_topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.state_changelog_topics:
            _write_topic_info_list_v0(w, x.state_changelog_topics)
        n = len(x.repartition_source_topics) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.repartition_source_topics:
            _write_topic_info_list_v0(w, x.repartition_source_topics)
        w(b"\0")


def _write_topology_v0(w: Write, x: Topology) -> None:
    n = 0 if x.subtopologies is None else len(x.subtopologies) + 1
    w(_p_iB(x.epoch, n) if n < 128 else _p_i(x.epoch) + uvarint(n))
    if x.subtopologies:
        _write_subtopology_list_v0(w, x.subtopologies)
    w(b"\0")


def _write_endpoint_v0(w: Write, x: Endpoint) -> None:
    s = x.host.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "Host"))
    w(s)
    w(_p_Hx(x.port))


def _write_task_offset_list_v0(w: Write, items: list[TaskOffset]) -> None:
    for x in items:
        s = x.subtopology_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "SubtopologyId"))
        w(s)
        w(_p_iqx(x.partition, x.offset))


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


def _write_assignment_v0(w: Write, x: Assignment) -> None:
    n = len(x.active_tasks) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.active_tasks:
        _write_task_ids_list_v0(w, x.active_tasks)
    n = len(x.standby_tasks) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.standby_tasks:
        _write_task_ids_list_v0(w, x.standby_tasks)
    n = len(x.warmup_tasks) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.warmup_tasks:
        _write_task_ids_list_v0(w, x.warmup_tasks)
    w(b"\0")


def _write_member_list_v0(w: Write, items: list[Member]) -> None:
    for x in items:
        s = x.member_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
        w(s)
        if x.instance_id is None:
            s = b""
            n = 0
        else:
            s = x.instance_id.encode()
            n = len(s) + 1
        w(_p_iB(x.member_epoch, n) if n < 128 else _p_i(x.member_epoch) + string_length(n, "InstanceId"))
        w(s)
        if x.rack_id is None:
            s = b""
            n = 0
        else:
            s = x.rack_id.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "RackId"))
        w(s)
        s = x.client_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ClientId"))
        w(s)
        s = x.client_host.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ClientHost"))
        w(s)
        s = x.process_id.encode()
        n = len(s) + 1
        w(_p_iB(x.topology_epoch, n) if n < 128 else _p_i(x.topology_epoch) + string_length(n, "ProcessId"))
        w(s)
        n = -1 if x.user_endpoint is None else 1
        w(_p_b(n))
        if x.user_endpoint is not None:
            _write_endpoint_v0(w, x.user_endpoint)
        n = len(x.client_tags) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.client_tags:
            _write_key_value_list_v0(w, x.client_tags)
        n = len(x.task_offsets) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.task_offsets:
            _write_task_offset_list_v0(w, x.task_offsets)
        n = len(x.task_end_offsets) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.task_end_offsets:
            _write_task_offset_list_v0(w, x.task_end_offsets)
        _write_assignment_v0(w, x.assignment)
        _write_assignment_v0(w, x.target_assignment)
        w(_p_Zx(x.is_classic))


def _write_described_group_list_v0(w: Write, items: list[DescribedGroup]) -> None:
    for x in items:
        if x.error_message is None:
            s = b""
            n = 0
        else:
            s = x.error_message.encode()
            n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "ErrorMessage"))
        w(s)
        s = x.group_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
        w(s)
        s = x.group_state.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupState"))
        w(s)
        n = -1 if x.topology is None else 1
        w(_p_iib(x.group_epoch, x.assignment_epoch, n))
        if x.topology is not None:
            _write_topology_v0(w, x.topology)
        n = len(x.members) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.members:
            _write_member_list_v0(w, x.members)
        w(_p_ix(x.authorized_operations))


def _write_streams_group_describe_response_v0(w: Write, x: StreamsGroupDescribeResponse) -> None:
    n = len(x.groups) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.groups:
        _write_described_group_list_v0(w, x.groups)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[StreamsGroupDescribeResponse, int]]]] = {
    0: _read_streams_group_describe_response_v0,
}
_WRITE: Final[dict[int, Callable[[Write, StreamsGroupDescribeResponse], None]]] = {
    0: _write_streams_group_describe_response_v0,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> StreamsGroupDescribeResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("StreamsGroupDescribeResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("StreamsGroupDescribeResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[StreamsGroupDescribeResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("StreamsGroupDescribeResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("StreamsGroupDescribeResponse", version, len(data), end)
    return message, end


def encode_parts(message: StreamsGroupDescribeResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("StreamsGroupDescribeResponse", version, exc) from exc
    return parts


def encode(message: StreamsGroupDescribeResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("StreamsGroupDescribeResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: StreamsGroupDescribeResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
