# Generated from table.txt by ottla.wire.generator; do not edit.
"""LeaveGroupResponse, API key 13: versions 0 to 5, flexible from 4."""

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
_p_hx = Struct(">hx").pack
_p_ih = Struct(">ih").pack
_p_ihB = Struct(">ihB").pack
_p_ihi = Struct(">ihi").pack
_u_h = Struct(">h").unpack_from
_u_hB = Struct(">hB").unpack_from
_u_ih = Struct(">ih").unpack_from
_u_ihB = Struct(">ihB").unpack_from
_u_ihi = Struct(">ihi").unpack_from


class MemberResponse(WireStruct):
    __slots__ = ("member_id", "group_instance_id", "error_code")
    member_id: str
    group_instance_id: str | None
    error_code: int

    def __init__(
        self,
        member_id: str = "",
        group_instance_id: str | None = "",
        error_code: int = 0,
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.error_code = error_code


class LeaveGroupResponse(WireStruct):
    __slots__ = ("throttle_time_ms", "error_code", "members")
    throttle_time_ms: int
    error_code: int
    members: list[MemberResponse]

    def __init__(
        self,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        members: list[MemberResponse] = NEW,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.members = [] if members is NEW else members


def _read_leave_group_response_v0(buf: bytes, pos: int) -> tuple[LeaveGroupResponse, int]:
    (error_code,) = _u_h(buf, pos)
    pos += 2
    return LeaveGroupResponse(0, error_code, []), pos


def _read_leave_group_response_v1(buf: bytes, pos: int) -> tuple[LeaveGroupResponse, int]:
    throttle_time_ms, error_code = _u_ih(buf, pos)
    pos += 6
    return LeaveGroupResponse(throttle_time_ms, error_code, []), pos


def _read_member_response_list_v3(buf: bytes, pos: int, count: int) -> tuple[list[MemberResponse], int]:
    out: list[MemberResponse] = []
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
        (error_code,) = _u_h(buf, pos)
        pos += 2
        out.append(MemberResponse(member_id, group_instance_id, error_code))
    return out, pos


def _read_leave_group_response_v3(buf: bytes, pos: int) -> tuple[LeaveGroupResponse, int]:
    throttle_time_ms, error_code, n = _u_ihi(buf, pos)
    pos += 10
    if not -1 < n < 128:
        check_count(buf, pos, n, 6, "Members")
    members, pos = _read_member_response_list_v3(buf, pos, n) if n else ([], pos)
    return LeaveGroupResponse(throttle_time_ms, error_code, members), pos


def _read_member_response_list_v4(buf: bytes, pos: int, count: int) -> tuple[list[MemberResponse], int]:
    out: list[MemberResponse] = []
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
        error_code, tags = _u_hB(buf, pos)
        pos += 3
        if tags:
            pos = skip_tags(buf, pos, tags)
        out.append(MemberResponse(member_id, group_instance_id, error_code))
    return out, pos


def _read_leave_group_response_v4(buf: bytes, pos: int) -> tuple[LeaveGroupResponse, int]:
    throttle_time_ms, error_code, n = _u_ihB(buf, pos)
    pos += 7
    if not 0 < n < 128:
        n, pos = long_count(buf, pos, n, 5, "Members")
    members, pos = _read_member_response_list_v4(buf, pos, n - 1) if n > 1 else ([], pos)
    tags = buf[pos]
    pos += 1
    if tags:
        pos = skip_tags(buf, pos, tags)
    return LeaveGroupResponse(throttle_time_ms, error_code, members), pos


def _write_leave_group_response_v0(w: Write, x: LeaveGroupResponse) -> None:
    if x.members:
        raise absent_fault("Members")
    w(_p_h(x.error_code))


def _write_leave_group_response_v1(w: Write, x: LeaveGroupResponse) -> None:
    if x.members:
        raise absent_fault("Members")
    w(_p_ih(x.throttle_time_ms, x.error_code))


def _write_member_response_list_v3(w: Write, items: list[MemberResponse]) -> None:
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
        w(_p_h(x.error_code))


def _write_leave_group_response_v3(w: Write, x: LeaveGroupResponse) -> None:
    n = len(x.members)
    w(_p_ihi(x.throttle_time_ms, x.error_code, n))
    if x.members:
        _write_member_response_list_v3(w, x.members)


def _write_member_response_list_v4(w: Write, items: list[MemberResponse]) -> None:
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
        w(_p_hx(x.error_code))


def _write_leave_group_response_v4(w: Write, x: LeaveGroupResponse) -> None:
    n = len(x.members) + 1
    w(_p_ihB(x.throttle_time_ms, x.error_code, n) if n < 128 else _p_ih(x.throttle_time_ms, x.error_code) + uvarint(n))
    if x.members:
        _write_member_response_list_v4(w, x.members)
    w(b"\0")


_READ: Final[dict[int, Callable[[bytes, int], tuple[LeaveGroupResponse, int]]]] = {
    0: _read_leave_group_response_v0,
    1: _read_leave_group_response_v1,
    2: _read_leave_group_response_v1,
    3: _read_leave_group_response_v3,
    4: _read_leave_group_response_v4,
    5: _read_leave_group_response_v4,
}
_WRITE: Final[dict[int, Callable[[Write, LeaveGroupResponse], None]]] = {
    0: _write_leave_group_response_v0,
    1: _write_leave_group_response_v1,
    2: _write_leave_group_response_v1,
    3: _write_leave_group_response_v3,
    4: _write_leave_group_response_v4,
    5: _write_leave_group_response_v4,
}


def decode(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> LeaveGroupResponse:
    """The message that fills `buf` from `pos` to its end; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("LeaveGroupResponse", version, exc) from exc
    if end != len(data):
        raise length_fault("LeaveGroupResponse", version, len(data), end)
    return message


def decode_prefix(buf: bytes | bytearray | memoryview, version: int, pos: int = 0) -> tuple[LeaveGroupResponse, int]:
    """The message at `pos` and the position after it; raises WireError."""
    data = buf if type(buf) is bytes else bytes(buf)
    try:
        message, end = _READ[version](data, pos)
    except DECODE_FAULTS as exc:
        raise decode_fault("LeaveGroupResponse", version, exc) from exc
    if end > len(data):
        raise length_fault("LeaveGroupResponse", version, len(data), end)
    return message, end


def encode_parts(message: LeaveGroupResponse, version: int) -> list[bytes | bytearray | memoryview]:
    """The message in pieces whose concatenation is its bytes; byte fields are not copied. Raises WireError."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("LeaveGroupResponse", version, exc) from exc
    return parts


def encode(message: LeaveGroupResponse, version: int) -> bytes:
    """The message's bytes; raises WireError for what the version cannot carry."""
    parts: list[bytes | bytearray | memoryview] = []
    try:
        _WRITE[version](parts.append, message)
    except ENCODE_FAULTS as exc:
        raise encode_fault("LeaveGroupResponse", version, exc) from exc
    return b"".join(parts)


def encode_into(out: bytearray, message: LeaveGroupResponse, version: int) -> None:
    """Appends the message's bytes to `out`, or leaves it alone and raises WireError."""
    out += encode(message, version)
