# Generated from table.txt by ottla.wire.generator; do not edit.
"""DescribeGroupsResponse, API key 15: versions 0 to 6, flexible from 5."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final

from ottla.wire.primitives import (
    DECODE_FAULTS,
    ENCODE_FAULTS,
    ONE_BYTE,
    Write,
    absent_fault,
    check_count,
    decode_fault,
    encode_fault,
    length_fault,
    long_bytes,
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 15
MIN_VERSION: Final = 0
MAX_VERSION: Final = 6
FLEXIBLE_SINCE: Final[int | None] = 5

_p_h = Struct(">h").pack
_p_hB = Struct(">hB").pack
_p_hh = Struct(">hh").pack
_p_i = Struct(">i").pack
_p_iB = Struct(">iB").pack
_p_ii = Struct(">ii").pack
_p_ix = Struct(">ix").pack
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_hh = Struct(">hh").unpack_from
_u_i = Struct(">i").unpack_from
_u_iB = Struct(">iB").unpack_from
_u_ii = Struct(">ii").unpack_from


class DescribedGroupMember(WireStruct):
    __slots__ = ("member_id", "group_instance_id", "client_id", "client_host", "member_metadata", "member_assignment")
    member_id: str
    group_instance_id: str | None
    client_id: str
    client_host: str
    member_metadata: bytes
    member_assignment: bytes

    def __init__(
        self,
        member_id: str = "",
        group_instance_id: str | None = None,
        client_id: str = "",
        client_host: str = "",
        member_metadata: bytes = b"",
        member_assignment: bytes = b"",
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.client_id = client_id
        self.client_host = client_host
        self.member_metadata = member_metadata
        self.member_assignment = member_assignment


class DescribedGroup(WireStruct):
    __slots__ = ("error_code", "error_message", "group_id", "group_state", "protocol_type", "protocol_data", "members", "authorized_operations")
    error_code: int
    error_message: str | None
    group_id: str
    group_state: str
    protocol_type: str
    protocol_data: str
    members: list[DescribedGroupMember]
    authorized_operations: int

    def __init__(
        self,
        error_code: int = 0,
        error_message: str | None = None,
        group_id: str = "",
        group_state: str = "",
        protocol_type: str = "",
        protocol_data: str = "",
        members: list[DescribedGroupMember] = NEW,
        authorized_operations: int = -2147483648,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.group_id = group_id
        self.group_state = group_state
        self.protocol_type = protocol_type
        self.protocol_data = protocol_data
        self.members = [] if members is NEW else members
        self.authorized_operations = authorized_operations


class DescribeGroupsResponse(WireStruct):
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


def _read_described_group_member_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroupMember], int]:
    out: list[DescribedGroupMember] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("MemberId")
        end = pos + n
        member_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ClientId")
        end = pos + n
        client_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ClientHost")
        end = pos + n
        client_host = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("MemberMetadata")
        end = pos + n
        member_metadata = buf[pos:end]
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("MemberAssignment")
        end = pos + n
        member_assignment = buf[pos:end]
        pos = end
        out.append(DescribedGroupMember(member_id, None, client_id, client_host, member_metadata, member_assignment))
    return out, pos


def _read_described_group_list_v0(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroup], int]:
    out: list[DescribedGroup] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("GroupId")
        end = pos + n
        group_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("GroupState")
        end = pos + n
        group_state = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ProtocolType")
        end = pos + n
        protocol_type = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ProtocolData")
        end = pos + n
        protocol_data = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 14, "Members")
        members, pos = _read_described_group_member_list_v0(buf, pos, n) if n else ([], pos)
        out.append(DescribedGroup(error_code, None, group_id, group_state, protocol_type, protocol_data, members, -2147483648))
    return out, pos


def _read_describe_groups_response_v0(buf: bytes, pos: int) -> tuple[DescribeGroupsResponse, int]:
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 14, "Groups")
    groups, pos = _read_described_group_list_v0(buf, pos, n) if n else ([], pos)
    return DescribeGroupsResponse(0, groups), pos


def _read_describe_groups_response_v1(buf: bytes, pos: int) -> tuple[DescribeGroupsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 14, "Groups")
    groups, pos = _read_described_group_list_v0(buf, pos, n) if n else ([], pos)
    return DescribeGroupsResponse(throttle_time_ms, groups), pos


def _read_described_group_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroup], int]:
    out: list[DescribedGroup] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("GroupId")
        end = pos + n
        group_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("GroupState")
        end = pos + n
        group_state = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ProtocolType")
        end = pos + n
        protocol_type = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ProtocolData")
        end = pos + n
        protocol_data = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 14, "Members")
        members, pos = _read_described_group_member_list_v0(buf, pos, n) if n else ([], pos)
        (authorized_operations,) = _u_i(buf, pos)
        pos += 4
        out.append(DescribedGroup(error_code, None, group_id, group_state, protocol_type, protocol_data, members, authorized_operations))
    return out, pos


def _read_describe_groups_response_v3(buf: bytes, pos: int) -> tuple[DescribeGroupsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 18, "Groups")
    groups, pos = _read_described_group_list_v3(buf, pos, n) if n else ([], pos)
    return DescribeGroupsResponse(throttle_time_ms, groups), pos


def _read_described_group_member_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroupMember], int]:
    out: list[DescribedGroupMember] = []
    for _ in range(count):
        (n,) = _u_h(buf, pos)
        pos += 2
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
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ClientId")
        end = pos + n
        client_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ClientHost")
        end = pos + n
        client_host = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("MemberMetadata")
        end = pos + n
        member_metadata = buf[pos:end]
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("MemberAssignment")
        end = pos + n
        member_assignment = buf[pos:end]
        pos = end
        out.append(DescribedGroupMember(member_id, group_instance_id, client_id, client_host, member_metadata, member_assignment))
    return out, pos


def _read_described_group_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroup], int]:
    out: list[DescribedGroup] = []
    for _ in range(count):
        error_code, n = _u_hh(buf, pos)
        pos += 4
        if n < 0:
            raise null_fault("GroupId")
        end = pos + n
        group_id = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("GroupState")
        end = pos + n
        group_state = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ProtocolType")
        end = pos + n
        protocol_type = buf[pos:end].decode()
        pos = end
        (n,) = _u_h(buf, pos)
        pos += 2
        if n < 0:
            raise null_fault("ProtocolData")
        end = pos + n
        protocol_data = buf[pos:end].decode()
        pos = end
        (n,) = _u_i(buf, pos)
        pos += 4
        if not -1 < n < 128:
            check_count(buf, pos, n, 16, "Members")
        members, pos = _read_described_group_member_list_v4(buf, pos, n) if n else ([], pos)
        (authorized_operations,) = _u_i(buf, pos)
        pos += 4
        out.append(DescribedGroup(error_code, None, group_id, group_state, protocol_type, protocol_data, members, authorized_operations))
    return out, pos


def _read_describe_groups_response_v4(buf: bytes, pos: int) -> tuple[DescribeGroupsResponse, int]:
    throttle_time_ms, n = _u_ii(buf, pos)
    pos += 8
    if not -1 < n < 128:
        check_count(buf, pos, n, 18, "Groups")
    groups, pos = _read_described_group_list_v4(buf, pos, n) if n else ([], pos)
    return DescribeGroupsResponse(throttle_time_ms, groups), pos


def _read_described_group_member_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroupMember], int]:
    out: list[DescribedGroupMember] = []
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
            n, pos = long_bytes(buf, pos, n, "MemberMetadata")
        end = pos + n - 1
        member_metadata = buf[pos:end]
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_bytes(buf, pos, n, "MemberAssignment")
        end = pos + n - 1
        member_assignment = buf[pos:end]
        pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribedGroupMember(member_id, group_instance_id, client_id, client_host, member_metadata, member_assignment))
    return out, pos


def _read_described_group_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroup], int]:
    out: list[DescribedGroup] = []
    for _ in range(count):
        error_code, n = _u_hB(buf, pos)
        pos += 3
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
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ProtocolType")
        end = pos + n - 1
        protocol_type = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ProtocolData")
        end = pos + n - 1
        protocol_data = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 7, "Members")
        members, pos = _read_described_group_member_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
        authorized_operations, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribedGroup(error_code, None, group_id, group_state, protocol_type, protocol_data, members, authorized_operations))
    return out, pos


def _read_describe_groups_response_v5(buf: bytes, pos: int) -> tuple[DescribeGroupsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 12, "Groups")
    groups, pos = _read_described_group_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeGroupsResponse(throttle_time_ms, groups), pos


def _read_described_group_list_v6(buf: bytes, pos: int, count: int) -> tuple[list[DescribedGroup], int]:
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
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ProtocolType")
        end = pos + n - 1
        protocol_type = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_string(buf, pos, n, "ProtocolData")
        end = pos + n - 1
        protocol_data = buf[pos:end].decode()
        pos = end
        n = buf[pos]
        pos += 1
        if not 0 < n < 128:
            n, pos = long_count(buf, pos, n, 7, "Members")
        members, pos = _read_described_group_member_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
        authorized_operations, tags = _u_iB(buf, pos)
        pos += 5
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(DescribedGroup(error_code, error_message, group_id, group_state, protocol_type, protocol_data, members, authorized_operations))
    return out, pos


def _read_describe_groups_response_v6(buf: bytes, pos: int) -> tuple[DescribeGroupsResponse, int]:
    throttle_time_ms, n = _u_iB(buf, pos)
    pos += 5
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 13, "Groups")
    groups, pos = _read_described_group_list_v6(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return DescribeGroupsResponse(throttle_time_ms, groups), pos


def _write_described_group_member_list_v0(w: Write, items: list[DescribedGroupMember]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.member_id.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.client_id.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.client_host.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        d = x.member_metadata
        n = len(d)
        w(_p_i(n))
        w(d)
        d = x.member_assignment
        n = len(d)
        w(_p_i(n))
        w(d)


def _write_described_group_list_v0(w: Write, items: list[DescribedGroup]) -> None:
    for x in items:
        if x.error_message is not None:
            raise absent_fault("ErrorMessage")
        if x.authorized_operations != -2147483648:
            raise absent_fault("AuthorizedOperations")
        s = x.group_id.encode()
        n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        s = x.group_state.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.protocol_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.protocol_data.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.members)
        w(_p_i(n))
        if x.members:
            _write_described_group_member_list_v0(w, x.members)


def _write_describe_groups_response_v0(w: Write, x: DescribeGroupsResponse) -> None:
    n = len(x.groups)
    w(_p_i(n))
    if x.groups:
        _write_described_group_list_v0(w, x.groups)


def _write_describe_groups_response_v1(w: Write, x: DescribeGroupsResponse) -> None:
    n = len(x.groups)
    w(_p_ii(x.throttle_time_ms, n))
    if x.groups:
        _write_described_group_list_v0(w, x.groups)


def _write_described_group_list_v3(w: Write, items: list[DescribedGroup]) -> None:
    for x in items:
        if x.error_message is not None:
            raise absent_fault("ErrorMessage")
        s = x.group_id.encode()
        n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        s = x.group_state.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.protocol_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.protocol_data.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.members)
        w(_p_i(n))
        if x.members:
            _write_described_group_member_list_v0(w, x.members)
        w(_p_i(x.authorized_operations))


def _write_describe_groups_response_v3(w: Write, x: DescribeGroupsResponse) -> None:
    n = len(x.groups)
    w(_p_ii(x.throttle_time_ms, n))
    if x.groups:
        _write_described_group_list_v3(w, x.groups)


def _write_described_group_member_list_v4(w: Write, items: list[DescribedGroupMember]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.member_id.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        if x.group_instance_id is None:
            s = b""
            n = -1
        else:
            s = x.group_instance_id.encode()
            n = len(s)
        w(_p_h(n))
        w(s)
        s = x.client_id.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.client_host.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        d = x.member_metadata
        n = len(d)
        w(_p_i(n))
        w(d)
        d = x.member_assignment
        n = len(d)
        w(_p_i(n))
        w(d)


def _write_described_group_list_v4(w: Write, items: list[DescribedGroup]) -> None:
    for x in items:
        if x.error_message is not None:
            raise absent_fault("ErrorMessage")
        s = x.group_id.encode()
        n = len(s)
        w(_p_hh(x.error_code, n))
        w(s)
        s = x.group_state.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.protocol_type.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        s = x.protocol_data.encode()
        n = len(s)
        w(_p_h(n))
        w(s)
        n = len(x.members)
        w(_p_i(n))
        if x.members:
            _write_described_group_member_list_v4(w, x.members)
        w(_p_i(x.authorized_operations))


def _write_describe_groups_response_v4(w: Write, x: DescribeGroupsResponse) -> None:
    n = len(x.groups)
    w(_p_ii(x.throttle_time_ms, n))
    if x.groups:
        _write_described_group_list_v4(w, x.groups)


def _write_described_group_member_list_v5(w: Write, items: list[DescribedGroupMember]) -> None:
    for x in items:
        d: bytes | bytearray | memoryview
        s = x.member_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "MemberId"))
        w(s)
        if x.group_instance_id is None:
            s = b""
            n = 0
        else:
            s = x.group_instance_id.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupInstanceId"))
        w(s)
        s = x.client_id.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ClientId"))
        w(s)
        s = x.client_host.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ClientHost"))
        w(s)
        d = x.member_metadata
        n = len(d) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        w(d)
        d = x.member_assignment
        n = len(d) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        w(d)
        w(b"\0")


def _write_described_group_list_v5(w: Write, items: list[DescribedGroup]) -> None:
    for x in items:
        if x.error_message is not None:
            raise absent_fault("ErrorMessage")
        s = x.group_id.encode()
        n = len(s) + 1
        w(_p_hB(x.error_code, n) if n < 128 else _p_h(x.error_code) + string_length(n, "GroupId"))
        w(s)
        s = x.group_state.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupState"))
        w(s)
        s = x.protocol_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolType"))
        w(s)
        s = x.protocol_data.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolData"))
        w(s)
        n = len(x.members) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.members:
            _write_described_group_member_list_v5(w, x.members)
        w(_p_ix(x.authorized_operations))


def _write_describe_groups_response_v5(w: Write, x: DescribeGroupsResponse) -> None:
    n = len(x.groups) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.groups:
        _write_described_group_list_v5(w, x.groups)
    w(b"\0")


def _write_described_group_list_v6(w: Write, items: list[DescribedGroup]) -> None:
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
        s = x.protocol_type.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolType"))
        w(s)
        s = x.protocol_data.encode()
        n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "ProtocolData"))
        w(s)
        n = len(x.members) + 1
        w(ONE_BYTE[n] if n < 128 else uvarint(n))
        if x.members:
            _write_described_group_member_list_v5(w, x.members)
        w(_p_ix(x.authorized_operations))


def _write_describe_groups_response_v6(w: Write, x: DescribeGroupsResponse) -> None:
    n = len(x.groups) + 1
    w(_p_iB(x.throttle_time_ms, n) if n < 128 else _p_i(x.throttle_time_ms) + uvarint(n))
    if x.groups:
        _write_described_group_list_v6(w, x.groups)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[DescribeGroupsResponse, int]]]] = {
    0: _read_describe_groups_response_v0,
    1: _read_describe_groups_response_v1,
    2: _read_describe_groups_response_v1,
    3: _read_describe_groups_response_v3,
    4: _read_describe_groups_response_v4,
    5: _read_describe_groups_response_v5,
    6: _read_describe_groups_response_v6,
}
_WRITE: Final[dict[int, Callable[[Write, DescribeGroupsResponse], None]]] = {
    0: _write_describe_groups_response_v0,
    1: _write_describe_groups_response_v1,
    2: _write_describe_groups_response_v1,
    3: _write_describe_groups_response_v3,
    4: _write_describe_groups_response_v4,
    5: _write_describe_groups_response_v5,
    6: _write_describe_groups_response_v6,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> DescribeGroupsResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeGroupsResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("DescribeGroupsResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[DescribeGroupsResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("DescribeGroupsResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("DescribeGroupsResponse", version, len(data), end)
    return message, end


def encode_parts(message: DescribeGroupsResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeGroupsResponse", version, exc) from exc
    return parts


def encode(message: DescribeGroupsResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("DescribeGroupsResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: DescribeGroupsResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
