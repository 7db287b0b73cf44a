# Generated from table.txt by ottla.wire.generator; do not edit.
"""ConsumerGroupDescribeResponse, API key 69: versions 0 to 1, flexible from 0."""

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
    long_count,
    long_string,
    pack_int32s,
    read_compact_strings,
    read_int32s,
    skip_tags,
    string_length,
    uuid_fault,
    uvarint,
    write_compact_strings,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 69
MIN_VERSION: Final = 0
MAX_VERSION: Final = 1
FLEXIBLE_SINCE: Final[int | None] = 0

_p_U = Struct(">16s").pack
_p_UB = Struct(">16sB").pack
_p_bx = Struct(">bx").pack
_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_p_iiB = Struct(">iiB").pack
_p_ix = Struct(">ix").pack
_u_UB = Struct(">16sB").unpack_from
_u_bB = Struct(">bB").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_iiB = Struct(">iiB").unpack_from


class TopicPartitions(WireStruct):
    __slots__ = ("topic_id", "topic_name", "partitions")
    topic_id: bytes
    topic_name: str
    partitions: list[int]

    def __init__(
        self,
        topic_id: bytes = ZERO_UUID,
        topic_name: str = "",
        partitions: list[int] = NEW,
    ) -> None:
        self.topic_id = topic_id
        self.topic_name = topic_name
        self.partitions = [] if partitions is NEW else partitions


class Assignment(WireStruct):
    __slots__ = ("topic_partitions",)
    topic_partitions: list[TopicPartitions]

    def __init__(
        self,
        topic_partitions: list[TopicPartitions] = NEW,
    ) -> None:
        self.topic_partitions = [] if topic_partitions is NEW else topic_partitions


class Member(WireStruct):
    __slots__ = ("member_id", "instance_id", "rack_id", "member_epoch", "client_id", "client_host", "subscribed_topic_names", "subscribed_topic_regex", "assignment", "target_assignment", "member_type")
    member_id: str
    instance_id: str | None
    rack_id: str | None
    member_epoch: int
    client_id: str
    client_host: str
    subscribed_topic_names: list[str]
    subscribed_topic_regex: str | None
    assignment: Assignment
    target_assignment: Assignment
    member_type: int

    def __init__(
        self,
        member_id: str = "",
        instance_id: str | None = None,
        rack_id: str | None = None,
        member_epoch: int = 0,
        client_id: str = "",
        client_host: str = "",
        subscribed_topic_names: list[str] = NEW,
        subscribed_topic_regex: str | None = None,
        assignment: Assignment = NEW,
        target_assignment: Assignment = NEW,
        member_type: int = -1,
    ) -> None:
        self.member_id = member_id
        self.instance_id = instance_id
        self.rack_id = rack_id
        self.member_epoch = member_epoch
        self.client_id = client_id
        self.client_host = client_host
        self.subscribed_topic_names = [] if subscribed_topic_names is NEW else subscribed_topic_names
        self.subscribed_topic_regex = subscribed_topic_regex
        self.assignment = Assignment() if assignment is NEW else assignment
        self.target_assignment = Assignment() if target_assignment is NEW else target_assignment
        self.member_type = member_type


class DescribedGroup(WireStruct):
    __slots__ = ("error_code", "error_message", "group_id", "group_state", "group_epoch", "assignment_epoch", "assignor_name", "members", "authorized_operations")
    error_code: int
    error_message: str | None
    group_id: str
    group_state: str
    group_epoch: int
    assignment_epoch: int
    assignor_name: str
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
        assignor_name: str = "",
        members: list[Member] = NEW,
        authorized_operations: int = -2147483648,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.group_id = group_id
        self.group_state = group_state
        self.group_epoch = group_epoch
        self.assignment_epoch = assignment_epoch
        self.assignor_name = assignor_name
        self.members = [] if members is NEW else members
        self.authorized_operations = authorized_operations


class ConsumerGroupDescribeResponse(WireStruct):
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


def _read_topic_partitions_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[TopicPartitions], int]:
    out: list[TopicPartitions] = []
    for _ in range(count):
        topic_id, n = _u_UB(buf, pos)
        pos += 17
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "TopicName")
        end = pos + n - 1
        topic_name = buf[pos:end].decode()
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
        out.append(TopicPartitions(topic_id, topic_name, partitions))
    return out, pos


def _read_assignment_v0(buf: bytes, pos: int) -> tuple[Assignment, int]:
    n = buf[pos]
    pos += 1
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 19, "TopicPartitions")
    topic_partitions, pos = _read_topic_partitions_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return Assignment(topic_partitions), pos


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
        n = buf[pos]
        pos += 1
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
        member_epoch, n = _u_iB(buf, pos)
        pos += 5
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
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 1, "SubscribedTopicNames")
        subscribed_topic_names, pos = read_compact_strings(buf, pos, n - 1, "SubscribedTopicNames")
        n = buf[pos]
        pos += 1
        if n == 0:
            subscribed_topic_regex = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "SubscribedTopicRegex")
            end = pos + n - 1
            subscribed_topic_regex = buf[pos:end].decode()
            pos = end
        assignment, pos = _read_assignment_v0(buf, pos)
        target_assignment, pos = _read_assignment_v0(buf, pos)
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Member(member_id, instance_id, rack_id, member_epoch, client_id, client_host, subscribed_topic_names, subscribed_topic_regex, assignment, target_assignment, -1))
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
        group_epoch, assignment_epoch, n = _u_iiB(buf, pos)
        pos += 9
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "AssignorName")
        end = pos + n - 1
        assignor_name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 16, "Members")
        members, pos = _read_member_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
        authorized_operations, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribedGroup(error_code, error_message, group_id, group_state, group_epoch, assignment_epoch, assignor_name, members, authorized_operations))
    return out, pos


def _read_consumer_group_describe_response_v0(buf: bytes, pos: int) -> tuple[ConsumerGroupDescribeResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 20, "Groups")
    groups, pos = _read_described_group_list_v0(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ConsumerGroupDescribeResponse(throttle_time_ms, groups), pos


def _read_member_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[Member], int]:
    out: list[Member] = []
    for _ in range(count):
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "MemberId")
        end = pos + n - 1
        member_id = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
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
        member_epoch, n = _u_iB(buf, pos)
        pos += 5
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
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 1, "SubscribedTopicNames")
        subscribed_topic_names, pos = read_compact_strings(buf, pos, n - 1, "SubscribedTopicNames")
        n = buf[pos]
        pos += 1
        if n == 0:
            subscribed_topic_regex = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "SubscribedTopicRegex")
            end = pos + n - 1
            subscribed_topic_regex = buf[pos:end].decode()
            pos = end
        assignment, pos = _read_assignment_v0(buf, pos)
        target_assignment, pos = _read_assignment_v0(buf, pos)
        member_type, tags = _u_bB(buf, pos)
        pos += 2
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(Member(member_id, instance_id, rack_id, member_epoch, client_id, client_host, subscribed_topic_names, subscribed_topic_regex, assignment, target_assignment, member_type))
    return out, pos


def _read_described_group_list_v1(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroup], int]:
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
        group_epoch, assignment_epoch, n = _u_iiB(buf, pos)
        pos += 9
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "AssignorName")
        end = pos + n - 1
        assignor_name = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 17, "Members")
        members, pos = _read_member_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
        authorized_operations, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribedGroup(error_code, error_message, group_id, group_state, group_epoch, assignment_epoch, assignor_name, members, authorized_operations))
    return out, pos


def _read_consumer_group_describe_response_v1(buf: bytes, pos: int) -> tuple[ConsumerGroupDescribeResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 20, "Groups")
    groups, pos = _read_described_group_list_v1(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return ConsumerGroupDescribeResponse(throttle_time_ms, groups), pos


def _write_topic_partitions_list_v0(w: Write, items: list[TopicPartitions]) -> None:
    for x in items:
        if len(x.topic_id) != 16:
            raise uuid_fault("TopicId")
        s = x.topic_name.encode()
        n = len(s) + 1
        w(_p_UB(x.topic_id, n) if n < 128 else _p_U(x.topic_id) + string_length(n, "TopicName"))
        w(s)
        n = len(x.partitions) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.partitions:
            w(pack_int32s(x.partitions))
        w(b"\0")


def _write_assignment_v0(w: Write, x: Assignment) -> None:
    n = len(x.topic_partitions) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.topic_partitions:
        _write_topic_partitions_list_v0(w, x.topic_partitions)
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
        w(ONE_BYTE[n] if n < 128 else string_length(n, "InstanceId"))
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
        w(_p_iB(x.member_epoch, n) if n < 128 else _p_i(x.member_epoch) + string_length(n, "ClientId"))
        w(s)
        s = x.client_host.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ClientHost"))
        w(s)
        n = len(x.subscribed_topic_names) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.subscribed_topic_names:
            write_compact_strings(w, x.subscribed_topic_names, "SubscribedTopicNames")
        if x.subscribed_topic_regex is None:
            s = b""
            n = 0
        else:
            s = x.subscribed_topic_regex.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "SubscribedTopicRegex"))
        w(s)
        _write_assignment_v0(w, x.assignment)
        _write_assignment_v0(w, x.target_assignment)
        w(b"\0")


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
        s = x.assignor_name.encode()
        n = len(s) + 1
        w(_p_iiB(x.group_epoch, x.assignment_epoch, n) if n < 128 else _p_ii(x.group_epoch, x.assignment_epoch) + string_length(n, "AssignorName"))
        w(s)
        n = len(x.members) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.members:
            _write_member_list_v0(w, x.members)
        w(_p_ix(x.authorized_operations))


def _write_consumer_group_describe_response_v0(w: Write, x: ConsumerGroupDescribeResponse) -> None:
    n = len(x.groups) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.groups:
        _write_described_group_list_v0(w, x.groups)
    w(b"\0")


def _write_member_list_v1(w: Write, items: list[Member]) -> None:
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
        w(ONE_BYTE[n] if n < 128 else string_length(n, "InstanceId"))
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
        w(_p_iB(x.member_epoch, n) if n < 128 else _p_i(x.member_epoch) + string_length(n, "ClientId"))
        w(s)
        s = x.client_host.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ClientHost"))
        w(s)
        n = len(x.subscribed_topic_names) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.subscribed_topic_names:
            write_compact_strings(w, x.subscribed_topic_names, "SubscribedTopicNames")
        if x.subscribed_topic_regex is None:
            s = b""
            n = 0
        else:
            s = x.subscribed_topic_regex.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "SubscribedTopicRegex"))
        w(s)
        _write_assignment_v0(w, x.assignment)
        _write_assignment_v0(w, x.target_assignment)
        w(_p_bx(x.member_type))


def _write_described_group_list_v1(w: Write, items: list[DescribedGroup]) -> None:
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
        s = x.assignor_name.encode()
        n = len(s) + 1
        w(_p_iiB(x.group_epoch, x.assignment_epoch, n) if n < 128 else _p_ii(x.group_epoch, x.assignment_epoch) + string_length(n, "AssignorName"))
        w(s)
        n = len(x.members) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.members:
            _write_member_list_v1(w, x.members)
        w(_p_ix(x.authorized_operations))


def _write_consumer_group_describe_response_v1(w: Write, x: ConsumerGroupDescribeResponse) -> None:
    n = len(x.groups) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.groups:
        _write_described_group_list_v1(w, x.groups)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[ConsumerGroupDescribeResponse, int]]]] = {
    0: _read_consumer_group_describe_response_v0,
    1: _read_consumer_group_describe_response_v1,
}
_WRITE: Final[dict[int, Callable[[Write, ConsumerGroupDescribeResponse], None]]] = {
    0: _write_consumer_group_describe_response_v0,
    1: _write_consumer_group_describe_response_v1,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> ConsumerGroupDescribeResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerGroupDescribeResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("ConsumerGroupDescribeResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[ConsumerGroupDescribeResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("ConsumerGroupDescribeResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("ConsumerGroupDescribeResponse", version, len(data), end)
    return message, end


def encode_parts(message: ConsumerGroupDescribeResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerGroupDescribeResponse", version, exc) from exc
    return parts


def encode(message: ConsumerGroupDescribeResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("ConsumerGroupDescribeResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: ConsumerGroupDescribeResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
