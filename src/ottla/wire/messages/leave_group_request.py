# Generated from table.txt by ottla.wire.generator; do not edit.
"""LeaveGroupRequest, API key 13: versions 0 to 5, flexible from 4."""

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
    long_count,
    long_string,
    null_fault,
    skip_tags,
    string_length,
    uvarint,
)
from ottla.wire.structs import NEW, WireStruct

API_KEY: Final = 13
MIN_VERSION: Final = 0
MAX_VERSION: Final = 5
FLEXIBLE_SINCE: Final[int | None] = 4

_p_h = Struct(">h").pack
_p_i = Struct(">i").pack
_u_h = Struct(">h").unpack_from
_u_i = Struct(">i").unpack_from


class MemberIdentity(WireStruct):
    __slots__ = ("member_id", "group_instance_id", "reason")
    member_id: str
    group_instance_id: str | None
    reason: str | None

    def __init__(
        self,
        member_id: str = "",
        group_instance_id: str | None = None,
        reason: str | None = None,
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.reason = reason


class LeaveGroupRequest(WireStruct):
    __slots__ = ("group_id", "member_id", "members")
    group_id: str
    member_id: str
    members: list[MemberIdentity]

    def __init__(
        self,
        group_id: str = "",
        member_id: str = "",
        members: list[MemberIdentity] = NEW,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.members = [] if members is NEW else members


def _read_leave_group_request_v0(buf: bytes, pos: int) -> tuple[LeaveGroupRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("MemberId")
    end = pos + n
    member_id = buf[pos:end].decode()
    pos = end
    return LeaveGroupRequest(group_id, member_id, []), pos


def _read_member_identity_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[MemberIdentity], int]:
    out: list[MemberIdentity] = []
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
        out.append(MemberIdentity(member_id, group_instance_id, None))
    return out, pos


def _read_leave_group_request_v3(buf: bytes, pos: int) -> tuple[LeaveGroupRequest, int]:
    (n,) = _u_h(buf, pos)
    pos += 2
    if n < 0:
        raise null_fault("GroupId")
    end = pos + n
    group_id = buf[pos:end].decode()
    pos = end
    (n,) = _u_i(buf, pos)
    pos += 4
    if not -1 < n < 128:
        check_count(buf, pos, n, 4, "Members")
    members, pos = _read_member_identity_list_v3(buf, pos, n) if n else ([], pos)
    return LeaveGroupRequest(group_id, "", members), pos


def _read_member_identity_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[MemberIdentity], int]:
    out: list[MemberIdentity] = []
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
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MemberIdentity(member_id, group_instance_id, None))
    return out, pos


def _read_leave_group_request_v4(buf: bytes, pos: int) -> tuple[LeaveGroupRequest, int]:
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
        n, pos = long_count(buf, pos, n, 3, "Members")
    members, pos = _read_member_identity_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return LeaveGroupRequest(group_id, "", members), pos


def _read_member_identity_list_v5(buf: bytes, pos: int, count: int) -> tuple[list[MemberIdentity], int]:
    out: list[MemberIdentity] = []
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
        if n == 0:
            reason = None
        else:
            if n > 127:
                n, pos = long_string(buf, pos, n, "Reason")
            end = pos + n - 1
            reason = buf[pos:end].decode()
            pos = end
        tags = buf[pos]
        pos += 1
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MemberIdentity(member_id, group_instance_id, reason))
    return out, pos


def _read_leave_group_request_v5(buf: bytes, pos: int) -> tuple[LeaveGroupRequest, int]:
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
        n, pos = long_count(buf, pos, n, 4, "Members")
    members, pos = _read_member_identity_list_v5(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return LeaveGroupRequest(group_id, "", members), pos


def _write_leave_group_request_v0(w: Write, x: LeaveGroupRequest) -> None:
    if x.members:
        raise absent_fault("Members")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    s = x.member_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)


def _write_member_identity_list_v3(w: Write, items: list[MemberIdentity]) -> None:
    for x in items:
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


def _write_leave_group_request_v3(w: Write, x: LeaveGroupRequest) -> None:
    if x.member_id:
        raise absent_fault("MemberId")
    s = x.group_id.encode()
    n = len(s)
    w(_p_h(n))
    w(s)
    n = len(x.members)
    w(_p_i(n))
    if x.members:
        _write_member_identity_list_v3(w, x.members)


def _write_member_identity_list_v4(w: Write, items: list[MemberIdentity]) -> None:
    for x in items:
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
        w(b"\0")


def _write_leave_group_request_v4(w: Write, x: LeaveGroupRequest) -> None:
    if x.member_id:
        raise absent_fault("MemberId")
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    n = len(x.members) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.members:
        _write_member_identity_list_v4(w, x.members)
    w(b"\0")


def _write_member_identity_list_v5(w: Write, items: list[MemberIdentity]) -> None:
    for x in items:
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
        if x.reason is None:
            s = b""
            n = 0
        else:
            s = x.reason.encode()
            n = len(s) + 1
        w(ONE_BYTE[n] if n < 128 else string_length(n, "Reason"))
        w(s)
        w(b"\0")


def _write_leave_group_request_v5(w: Write, x: LeaveGroupRequest) -> None:
    if x.member_id:
        raise absent_fault("MemberId")
    s = x.group_id.encode()
    n = len(s) + 1
    w(ONE_BYTE[n] if n < 128 else string_length(n, "GroupId"))
    w(s)
    n = len(x.members) + 1
    w(ONE_BYTE[n] if n < 128 else uvarint(n))
    if x.members:
        _write_member_identity_list_v5(w, x.members)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[LeaveGroupRequest, int]]]] = {
    0: _read_leave_group_request_v0,
    1: _read_leave_group_request_v0,
    2: _read_leave_group_request_v0,
    3: _read_leave_group_request_v3,
    4: _read_leave_group_request_v4,
    5: _read_leave_group_request_v5,
}
_WRITE: Final[dict[int, Callable[[Write, LeaveGroupRequest], None]]] = {
    0: _write_leave_group_request_v0,
    1: _write_leave_group_request_v0,
    2: _write_leave_group_request_v0,
    3: _write_leave_group_request_v3,
    4: _write_leave_group_request_v4,
    5: _write_leave_group_request_v5,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> LeaveGroupRequest:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("LeaveGroupRequest", version, exc) from exc
    if end != len(data):
        raise length_fault("LeaveGroupRequest", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[LeaveGroupRequest, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("LeaveGroupRequest", version, exc) from exc
    if end > len(data):
        raise length_fault("LeaveGroupRequest", version, len(data), end)
    return message, end


def encode_parts(message: LeaveGroupRequest, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("LeaveGroupRequest", version, exc) from exc
    return parts


def encode(message: LeaveGroupRequest, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("LeaveGroupRequest", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: LeaveGroupRequest, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
